//! `vote-unknown-item`: a vote for what is not there.

use std::collections::HashSet;

use super::ballots::Suggestions;
use crate::handbook::votes::{Axis, Item};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "vote-unknown-item",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a vote for something that is none of the items of its prioritization session.",
        why: "The vote is lost, and the item that was meant ends lower than it should.",
        bad: Example {
            path: "data/votes.yml",
            text: "sessions:\n  winter:\n    title: What to do in winter\n    participants: [ada]\n    items:\n      alerts: {title: Alerts}\n    importance:\n      ada: [alert]\n",
        },
        good: Example {
            path: "data/votes.yml",
            text: "sessions:\n  winter:\n    title: What to do in winter\n    participants: [ada]\n    items:\n      alerts: {title: Alerts}\n    importance:\n      ada: [alerts]\n",
        },
        source: "GitLab, product processes, prioritization sessions: the votes of a prioritization session rank its items.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let mut suggestions = Suggestions::new();
    // Both axes may take one ballot from one anchor.
    let mut seen = HashSet::new();
    for session in &context.handbook.sessions {
        let Some(items) = &session.items else { continue };
        let keys: HashSet<&str> = items.iter().map(key).collect();
        for ballot in Axis::ALL.into_iter().flat_map(|axis| session.ballots(axis)) {
            for vote in ballot.votes.iter().filter(|vote| !keys.contains(vote.value.as_str())) {
                if !seen.insert(vote.span) {
                    continue;
                }
                let otherwise = "add it to `items`, or take the vote out";
                let help = suggestions.advice(&vote.value, items.iter().map(key), otherwise);
                let message = format!(
                    "session `{}` has no item `{}`, so the vote for it is not counted",
                    session.key.value, vote.value
                );
                report.add(Finding::new(vote.span, message).label("no such item").help(help));
            }
        }
    }
}

fn key(item: &Item) -> &str {
    &item.key.value
}

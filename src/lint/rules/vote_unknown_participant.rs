//! `vote-unknown-participant`: votes of somebody who takes no part.

use std::collections::HashSet;

use super::ballots::{Cast, Suggestions, cast};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::prioritization::Standing;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "vote-unknown-participant",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on votes of somebody who is no participant of their prioritization session.",
        why: "The name is misspelt, so that one person could vote twice, or somebody votes who was not asked. `pmctl priority-matrix` does not count the votes.",
        bad: Example {
            path: "data/votes.yml",
            text: "sessions:\n  winter:\n    title: What to do in winter\n    participants: [ada_pear]\n    items:\n      alerts: {title: Alerts}\n    importance:\n      ada-pear: [alerts]\n",
        },
        good: Example {
            path: "data/votes.yml",
            text: "sessions:\n  winter:\n    title: What to do in winter\n    participants: [ada_pear]\n    items:\n      alerts: {title: Alerts}\n    importance:\n      ada_pear: [alerts]\n",
        },
        source: "GitLab, product processes, prioritization sessions: the participants of a prioritization session vote.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let mut suggestions = Suggestions::new();
    // Both axes may take one ballot from one anchor.
    let mut seen = HashSet::new();
    for Cast { session, ballot, standing, .. } in cast(context.handbook) {
        let name = &ballot.participant;
        if standing != Standing::Stranger || !seen.insert(name.span) {
            continue;
        }
        let participants = session.participants.as_deref().unwrap_or_default();
        let known = participants.iter().map(|name| name.value.as_str());
        let otherwise = "add them to `participants`, or take the votes out";
        let help = suggestions.advice(&name.value, known, otherwise);
        let message = format!(
            "`{}` is no participant of session `{}`, so these votes are not counted",
            name.value, session.key.value
        );
        report.add(Finding::new(name.span, message).label("no participant").help(help));
    }
}

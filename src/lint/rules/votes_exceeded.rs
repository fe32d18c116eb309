//! `votes-exceeded`: more votes than a participant has.

use std::collections::HashSet;

use super::ballots::{Cast, cast, votes};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::prioritization::Standing;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "votes-exceeded",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a participant of a prioritization session who casts more votes on one axis than `votes_each` allows, which is five if the session does not say. Several votes for one item are allowed, and each is counted.",
        why: "Whoever votes more often than the others decides for them. Which votes are too many cannot be told, so `pmctl priority-matrix` counts none of theirs on that axis.",
        bad: Example {
            path: "data/votes.yml",
            text: "sessions:\n  winter:\n    title: What to do in winter\n    participants: [ada]\n    votes_each: 2\n    items:\n      maps: {title: Maps}\n      alerts: {title: Alerts}\n    importance:\n      ada: [maps, maps, alerts]\n",
        },
        good: Example {
            path: "data/votes.yml",
            text: "sessions:\n  winter:\n    title: What to do in winter\n    participants: [ada]\n    votes_each: 2\n    items:\n      maps: {title: Maps}\n      alerts: {title: Alerts}\n    importance:\n      ada: [maps, maps]\n",
        },
        source: "GitLab, product processes, prioritization sessions: each participant of a prioritization session gets 5 votes for importance and 5 for feasibility.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    // Both axes may take one ballot from one anchor.
    let mut seen = HashSet::new();
    for Cast { session, axis, ballot, standing } in cast(context.handbook) {
        let Standing::TooMany { allowed } = standing else { continue };
        let (name, key) = (&ballot.participant.value, &session.key.value);
        let (axis, count) = (axis.name(), ballot.votes.len());
        if seen.insert(ballot.participant.span) {
            report.add(
                Finding::new(
                    ballot.participant.span,
                    format!("`{name}` casts {count} votes for {axis} in session `{key}`, but has {allowed}"),
                )
                .label(format!("{} too many", votes(count - allowed)))
                .help("take out what is too much; until then, none of these votes is counted"),
            );
        }
    }
}

//! `rice-effort-not-positive`: an effort of zero or less.

use super::ideas::report_ideas;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};
use crate::rice::ProblemKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "rice-effort-not-positive",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on an effort that is not above zero.",
        why: "A score is divided by the effort, and nothing is built in no time.",
        bad: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    reach: 6\n    impact: 2\n    confidence: 80%\n    effort: 0\n",
        },
        good: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    reach: 6\n    impact: 2\n    confidence: 80%\n    effort: 0.5\n",
        },
        source: "GitLab: effort is how many person-months it takes to build.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report_ideas(context, ProblemKind::EffortNotPositive, report);
}

//! `rice-missing-factor`: an estimate without one of its factors.

use super::ideas::report_ideas;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};
use crate::rice::ProblemKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "rice-missing-factor",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on an idea or an estimate without reach, impact, confidence or effort.",
        why: "Without one of them there is no score, and the idea is in no order.",
        bad: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    reach: 6\n    impact: 2\n    confidence: 80%\n",
        },
        good: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    reach: 6\n    impact: 2\n    confidence: 80%\n    effort: 2\n",
        },
        source: "GitLab: all four factors are used to calculate a RICE score.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report_ideas(context, ProblemKind::MissingFactor, report);
}

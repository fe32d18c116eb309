//! `rice-disagreement`: raters who are far apart.

use super::ideas::report_ideas;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};
use crate::rice::ProblemKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "rice-disagreement",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on an idea of several raters whose highest score is four times the lowest or more.",
        why: "So far apart they mean different things by the idea, or one of them knows what the others do not. The median hides it.",
        bad: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    estimates:\n      - {by: ada, reach: 10, impact: 2, confidence: 100%, effort: 1}\n      - {by: bo, reach: 3, impact: 1, confidence: 50%, effort: 2}\n",
        },
        good: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    estimates:\n      - {by: ada, reach: 6, impact: 2, confidence: 80%, effort: 1}\n      - {by: bo, reach: 6, impact: 2, confidence: 80%, effort: 2}\n",
        },
        source: "GitLab: an asynchronous RICE exercise is there to come to one understanding of the ideas.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report_ideas(context, ProblemKind::Disagreement, report);
}

//! `rice-score-mismatch`: a score that is not what the factors give.

use super::ideas::report_ideas;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};
use crate::rice::ProblemKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "rice-score-mismatch",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a score, or on the formula of one, that stands beside the factors and is not what they give. A number may be rounded to the digits that it has, and the effort may be in months or in the unit in which it is written. The idea keeps its rank, by its factors.",
        why: "Somebody changed a factor and not the score, or worked it out wrongly. Whoever reads the page believes the score.",
        bad: Example {
            path: "direction/timetable.md",
            text: "# Boats on a map\n\n| RICE factor | Estimate |\n| --- | --- |\n| Reach | 6 |\n| Impact | 2 |\n| Confidence | 80% |\n| Effort | 2 months |\n| Score | (6 x 2 x .8) / 2 = 9.6 |\n",
        },
        good: Example {
            path: "direction/timetable.md",
            text: "# Boats on a map\n\n| RICE factor | Estimate |\n| --- | --- |\n| Reach | 6 |\n| Impact | 2 |\n| Confidence | 80% |\n| Effort | 2 months |\n| Score | (6 x 2 x .8) / 2 = 4.8 |\n",
        },
        source: "GitLab: (Reach x Impact x Confidence) / Effort = RICE.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report_ideas(context, ProblemKind::ScoreMismatch, report);
}

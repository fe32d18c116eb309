//! `rice-duplicate-id`: two ideas with one id.

use super::ideas::report_ideas;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};
use crate::rice::ProblemKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "rice-duplicate-id",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a second idea with the id of another. The id of an idea in rice.yml is its key; on a page or in a sheet without ids it is the title, as a slug.",
        why: "Nobody can tell which of the two is meant, and the idea is ranked twice.",
        bad: Example {
            path: "direction/timetable.md",
            text: "# Ideas\n\n| Idea | Reach | Impact | Confidence | Effort |\n| --- | --- | --- | --- | --- |\n| Boats on a map | 6 | 2 | 80% | 2 |\n| Boats on a map | 3 | 2 | 80% | 2 |\n",
        },
        good: Example {
            path: "direction/timetable.md",
            text: "# Ideas\n\n| Idea | Reach | Impact | Confidence | Effort |\n| --- | --- | --- | --- | --- |\n| Boats on a map | 6 | 2 | 80% | 2 |\n| Boats on a watch | 3 | 2 | 80% | 2 |\n",
        },
        source: "pmctl: commands name an idea by its id.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report_ideas(context, ProblemKind::DuplicateId, report);
}

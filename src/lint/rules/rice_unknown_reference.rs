//! `rice-unknown-reference`: an idea of something that is not there.

use super::ideas::report_ideas;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};
use crate::rice::ProblemKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "rice-unknown-reference",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on an idea whose category, feature or team the handbook does not have. A feature may be named by its key or by its title, and where there are stages a team may be a group or a stage. Where the file of these could not be read whole, nothing is reported.",
        why: "The idea is in nobody's list, and its area is not ranked with it.",
        bad: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    category: timetabel\n    reach: 6\n    impact: 2\n    confidence: 80%\n    effort: 2\n",
        },
        good: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    category: timetable\n    reach: 6\n    impact: 2\n    confidence: 80%\n    effort: 2\n",
        },
        source: "pmctl: every pointer of a handbook's data resolves.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report_ideas(context, ProblemKind::UnknownReference, report);
}

//! `rice-off-scale`: an estimate that is no step of its scale.

use super::ideas::report_ideas;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};
use crate::rice::ProblemKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "rice-off-scale",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a reach, impact or confidence that is no step of its scale, and on a value of any factor that cannot be read for sure: a calculation, a range, an unknown unit, a mark that may divide thousands. So it does on a table whose columns or rows cannot: two columns for one factor, more cells than the header, no column for titles. The steps are those of the handbook, or those that `[rice.scales]` gives.",
        why: "Scores compare across teams only if all of them measure with the same steps. A value between two steps claims to know what nobody does.",
        bad: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    reach: 4\n    impact: 2\n    confidence: 80%\n    effort: 2\n",
        },
        good: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    reach: 3\n    impact: 2\n    confidence: 80%\n    effort: 2\n",
        },
        source: "GitLab: the RICE factors have a standard, so that all prioritization decisions use the same metric.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report_ideas(context, ProblemKind::OffScale, report);
}

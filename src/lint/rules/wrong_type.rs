//! `wrong-type`: a field of the wrong kind.

use crate::handbook::ProblemKind;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "wrong-type",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a value of another kind than its field's: a list where text belongs, `2022-13-01` where a date belongs.",
        why: "Whatever reads the field breaks on it, or leaves it out.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  name: Dashboards\n  viable: 2022-13-01\n",
        },
        good: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  name: Dashboards\n  viable: 2022-12-01\n",
        },
        source: "The tables of fields in the handbooks.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    super::report_problems(context, ProblemKind::WrongType, report);
}

//! `invalid-value`: a value outside its legal set.

use crate::handbook::ProblemKind;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "invalid-value",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a value outside the legal set of its field: maturity levels, cells (`true`, `false`, `partially`, `not_applicable`), opportunity, differentiation, instrumentation, grades, shares of one.",
        why: "A table shows the wrong thing or nothing, and counts come out short.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  name: Dashboards\n  maturity: loveable\n",
        },
        good: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  name: Dashboards\n  maturity: lovable\n",
        },
        source: "GitLab: product categories, maturity and the fields of categories.yml and features.yml.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    super::report_problems(context, ProblemKind::InvalidValue, report);
}

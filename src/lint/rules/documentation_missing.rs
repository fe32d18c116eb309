//! `documentation-missing`: a category in use without documentation.

use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "documentation-missing",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a category at the second maturity level or above (`minimal`) without `documentation`.",
        why: "What customers can use they must be able to read about.",
        bad: Example { path: "data/categories.yml", text: "dashboards:\n  maturity: minimal\n" },
        good: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  maturity: minimal\n  documentation: https://docs.example.com/dashboards\n",
        },
        source: "GitLab: documentation is required once maturity is minimal or above.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for (category, maturity, height) in context.handbook.matured_categories() {
        if height > 0 && category.lacks("documentation") {
            let message = format!(
                "category `{}` is `{}` but has no `documentation`",
                category.key.value, maturity.value
            );
            report.add(
                Finding::new(category.key.span, message)
                    .label("documented nowhere")
                    .related(maturity.span, "the level it has")
                    .help("add `documentation:` with the page that describes it"),
            );
        }
    }
}

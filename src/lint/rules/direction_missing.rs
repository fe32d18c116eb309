//! `direction-missing`: a category without a direction.

use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "direction-missing",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a category without `direction`.",
        why: "Nobody finds the plan for the category, and nobody is reminded to review it.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  name: Dashboards\n  direction:\n",
        },
        good: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  name: Dashboards\n  direction: /direction/dashboards/\n",
        },
        source: "GitLab: every category has a direction page, or at least an issue or epic in its place.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for category in
        context.handbook.categories.iter().filter(|category| category.lacks("direction"))
    {
        let message = format!("category `{}` has no `direction`", category.key.value);
        report.add(
            Finding::new(category.key.span, message).label("its plan is nowhere").help(
                "add `direction:` with the page, or with the issue or epic that stands for it",
            ),
        );
    }
}

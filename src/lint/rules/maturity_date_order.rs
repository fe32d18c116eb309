//! `maturity-date-order`: the dates of maturity levels out of order.

use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "maturity-date-order",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a date of a maturity level that lies before the date of the level below it (the next lower one that has a date).",
        why: "A category cannot be complete before it is viable, so one of the two dates is wrong, and with it every chart of progress.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  available: 2022-06-01\n  viable: 2022-03-01\n",
        },
        good: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  available: 2022-03-01\n  viable: 2022-06-01\n",
        },
        source: "GitLab: category maturity. The dates of the levels must not decrease, a reached level has its date, and a date to come is a plan.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for category in &context.handbook.categories {
        for pair in category.dates.windows(2) {
            let (lower, higher) = (&pair[0], &pair[1]);
            if higher.date.value >= lower.date.value {
                continue;
            }
            let message = format!(
                "category `{}` is `{}` on {}, before it is `{}` on {}",
                category.key.value, higher.field, higher.date.value, lower.field, lower.date.value
            );
            report.add(
                Finding::new(higher.date.span, message)
                    .label("earlier than the lower level")
                    .related(lower.date.span, format!("`{}`", lower.field))
                    .help(
                        "the dates must not decrease from level to level: correct one of the two",
                    ),
            );
        }
    }
}

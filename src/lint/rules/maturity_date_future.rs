//! `maturity-date-future`: the current level's date lies after today.

use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "maturity-date-future",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a category whose current level has a date after today.",
        why: "Either the level is not reached yet or the date is wrong; the page that shows both contradicts itself.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  maturity: viable\n  viable: 2999-01-01\n",
        },
        good: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  maturity: minimal\n  viable: 2999-01-01\n",
        },
        source: "GitLab: category maturity. The dates of the levels must not decrease, a reached level has its date, and a date to come is a plan.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for (category, maturity, current) in context.handbook.matured_categories() {
        let Some(reached) = category.date_at(current) else { continue };
        if reached.date.value <= context.today {
            continue;
        }
        let message = format!(
            "category `{}` is `{}` already, but only from {} on",
            category.key.value, maturity.value, reached.date.value
        );
        report.add(
            Finding::new(reached.date.span, message)
                .label(format!("after {}", context.today))
                .related(maturity.span, "the level it has now")
                .help("correct the date, or the level until that day"),
        );
    }
}

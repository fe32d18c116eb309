//! `maturity-plan-missed`: a later level's date has passed and the level was not reached.

use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "maturity-plan-missed",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a level above the current one whose date has passed. A category without a level is at the lowest.",
        why: "The page promises what was not delivered; whoever plans with it is misled.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  maturity: minimal\n  viable: 2020-01-01\n",
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
    let ladder = &context.handbook.ladder;
    for category in &context.handbook.categories {
        let maturity = category.maturity.as_ref();
        let Some(current) = ladder.height(maturity.map(|maturity| maturity.value.as_str())) else {
            continue;
        };
        for missed in &category.dates {
            // What is at its end of life is not going to reach another step.
            let is_ahead = missed.height > current
                && (ladder.is_end(missed.height) || !ladder.is_end(current));
            if !is_ahead || missed.date.value >= context.today {
                continue;
            }
            let (state, help) = match maturity {
                Some(maturity) => (
                    format!("is still `{}`", maturity.value),
                    "move the date, or raise the level if it was reached",
                ),
                None => (
                    "has no maturity".to_owned(),
                    "set `maturity` if the level was reached, else move or remove the date",
                ),
            };
            let message = format!(
                "category `{}` {state}, but was to be `{}` by {}",
                category.key.value, missed.field, missed.date.value
            );
            report.add(
                Finding::new(missed.date.span, message).label("this day has passed").help(help),
            );
        }
    }
}

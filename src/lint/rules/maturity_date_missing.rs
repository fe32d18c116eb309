//! `maturity-date-missing`: a reached maturity level without its date.

use crate::config::DatedLevels;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "maturity-date-missing",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a category without the date of a level that it has reached: in GitLab's profile of its current level, elsewhere of every level up to it.",
        why: "Nobody can tell since when customers have what is promised.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  maturity: viable\n  available: 2022-03-01\n",
        },
        good: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  maturity: viable\n  available: 2022-03-01\n  viable: 2022-06-01\n",
        },
        source: "GitLab: category maturity. The dates of the levels must not decrease, a reached level has its date, and a date to come is a plan.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let ladder = &context.handbook.ladder;
    for (category, maturity, current) in context.handbook.matured_categories() {
        let from = match ladder.dated {
            DatedLevels::Current => current.max(1),
            // Which steps came before an end of life is not known.
            DatedLevels::Reached if ladder.is_end(current) => current,
            DatedLevels::Reached => 1,
        };
        for (height, rung) in ladder.rungs.iter().enumerate().take(current + 1).skip(from) {
            if !category.lacks(&rung.date_field) {
                continue;
            }
            let state = if height == current { "is" } else { "has reached" };
            let message = format!(
                "category `{}` {state} `{}` but does not say since when: `{}` is missing",
                category.key.value, rung.key, rung.date_field
            );
            report.add(
                Finding::new(maturity.span, message)
                    .of_quoted()
                    .label(format!("`{}` is reached", rung.key))
                    .help(format!("add `{}:` with the day", rung.date_field)),
            );
        }
    }
}

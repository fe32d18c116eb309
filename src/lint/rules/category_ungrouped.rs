//! `category-ungrouped`: a category in no group.

use std::collections::HashSet;

use crate::handbook::Table;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "category-ungrouped",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a category that no group of stages.yml lists.",
        why: "Nobody looks after it, and it shows on no group's page.",
        bad: Example {
            path: "data/stages.yml",
            text: "stages:\n  plan:\n    groups:\n      boards:\n        categories: []\n",
        },
        good: Example {
            path: "data/stages.yml",
            text: "stages:\n  plan:\n    groups:\n      boards:\n        categories: [dashboards]\n",
        },
        source: "GitLab: every category belongs to exactly one group, in the stage it names.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let handbook = context.handbook;
    // Without a single group there is nothing to belong to.
    let Some(stages) = handbook.keys(Table::Stages).filter(|_| handbook.groups().next().is_some())
    else {
        return;
    };
    let place = &stages.path;
    let grouped: HashSet<&str> = handbook
        .groups()
        .flat_map(|(_, group)| &group.categories)
        .map(|category| category.value.as_str())
        .collect();
    for category in &handbook.categories {
        let key = &category.key;
        if !grouped.contains(key.value.as_str()) {
            report.add(
                Finding::new(key.span, format!("category `{}` belongs to no group", key.value))
                    .label("nobody looks after it")
                    .help(format!(
                        "list it under `categories` of a group in {place}, or remove it"
                    )),
            );
        }
    }
}

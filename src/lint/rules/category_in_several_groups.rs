//! `category-in-several-groups`: a category in two or more groups.

use std::collections::HashMap;

use crate::lint::{Context, Example, Finding, Manual, Report, Rule, Severity};
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "category-in-several-groups",
    level: Severity::Error,
    manual: Manual {
        what: "Fires on a category that two or more groups list, of one stage or of several, or that one group lists twice.",
        why: "Two groups plan it, or neither does, and counts come out too high.",
        bad: Example {
            path: "data/stages.yml",
            text: "stages:\n  plan:\n    groups:\n      boards: {categories: [dashboards]}\n      charts: {categories: [dashboards]}\n",
        },
        good: Example {
            path: "data/stages.yml",
            text: "stages:\n  plan:\n    groups:\n      boards: {categories: [dashboards]}\n      charts: {categories: [reports]}\n",
        },
        source: "GitLab: every category belongs to exactly one group, in the stage it names.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let mut places: Vec<(&str, Vec<Span>)> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::new();
    for (_, group) in context.handbook.groups() {
        for category in &group.categories {
            let next = places.len();
            let at = *at.entry(&category.value).or_insert(next);
            if at == next {
                places.push((&category.value, Vec::new()));
            }
            places[at].1.push(category.span);
        }
    }
    for (category, spans) in places {
        let [first, second, others @ ..] = spans.as_slice() else { continue };
        let message = format!("category `{category}` belongs to {} groups", spans.len());
        let finding = Finding::new(*second, message)
            .label("again here")
            .related(*first, "first here")
            .help("leave it with the group that looks after it");
        report
            .add(others.iter().fold(finding, |finding, other| finding.related(*other, "and here")));
    }
}

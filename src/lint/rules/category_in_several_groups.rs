//! `category-in-several-groups`: a category in two or more groups.

use std::collections::{BTreeSet, HashMap};

use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "category-in-several-groups",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
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

/// Where a category is listed: the group by its place among all, and the entry.
type Listing = (usize, Span);

fn check(context: Context<'_>, report: &mut Report) {
    let mut categories: Vec<(&str, Vec<Listing>)> = Vec::new();
    let mut at: HashMap<&str, usize> = HashMap::new();
    for (number, (_, group)) in context.handbook.groups().enumerate() {
        for category in &group.categories {
            let next = categories.len();
            let at = *at.entry(&category.value).or_insert(next);
            if at == next {
                categories.push((&category.value, Vec::new()));
            }
            categories[at].1.push((number, category.span));
        }
    }
    for (category, listings) in categories {
        let [(group, first), (_, second), others @ ..] = listings.as_slice() else { continue };
        let groups = listings.iter().map(|(group, _)| group).collect::<BTreeSet<_>>().len();
        let (message, help) = if listings.iter().all(|(other, _)| other == group) {
            (
                format!("category `{category}` is listed {} times in one group", listings.len()),
                "remove all but one entry",
            )
        } else {
            (
                format!("category `{category}` belongs to {groups} groups"),
                "leave it with the group that looks after it",
            )
        };
        let finding = Finding::new(*second, message)
            .label("again here")
            .related(*first, "first here")
            .help(help);
        report.add(
            others.iter().fold(finding, |finding, (_, other)| finding.related(*other, "and here")),
        );
    }
}

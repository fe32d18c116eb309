//! `duplicate-role-slug`: two people with one role slug.

use std::collections::HashMap;

use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "duplicate-role-slug",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on the second person with one `manager_role_slug`.",
        why: "Whoever reports to the slug appears under both, or under the one that happens to be read last.",
        bad: Example {
            path: "data/team.yml",
            text: "ada: {manager_role_slug: cto}\nbob: {manager_role_slug: cto}\n",
        },
        good: Example {
            path: "data/team.yml",
            text: "ada: {manager_role_slug: cto}\nbob: {manager_role_slug: em_search}\n",
        },
        source: "Sourcegraph: data/team.yml, `manager_role_slug` names one role.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let mut first_of: HashMap<&str, Span> = HashMap::new();
    for slug in
        context.handbook.people.iter().filter_map(|person| person.manager_role_slug.as_ref())
    {
        let first = *first_of.entry(&slug.value).or_insert(slug.span);
        if first != slug.span {
            report.add(
                Finding::new(
                    slug.span,
                    format!("somebody else has the role slug `{}` too", slug.value),
                )
                .label("again here")
                .related(first, "first here")
                .help("give each role a slug of its own"),
            );
        }
    }
}

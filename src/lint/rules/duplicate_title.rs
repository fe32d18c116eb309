//! `duplicate-title`: two features with one title where the title is the identity.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::config::Profile;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "duplicate-title",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on the second feature of one title in a file where features have no keys, so that the title is what tells them apart.",
        why: "Whoever refers to the feature by its title means one of the two, and the matrices show both.",
        bad: Example {
            path: "data/features.yml",
            text: "features:\n  - title: Saved searches\n  - title: Saved searches\n",
        },
        good: Example {
            path: "data/features.yml",
            text: "features:\n  - title: Saved searches\n  - title: Shared searches\n",
        },
        source: "GitLab: features.yml has no ids; the title is the identity.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    if context.handbook.profile != Profile::Gitlab {
        return;
    }
    let mut first_of: HashMap<String, Span> = HashMap::new();
    for title in context.handbook.features.iter().filter_map(|feature| feature.title.as_ref()) {
        let words: Vec<&str> = title.value.split_whitespace().collect();
        match first_of.entry(words.join(" ")) {
            Entry::Vacant(entry) => {
                entry.insert(title.span);
            }
            Entry::Occupied(entry) => report.add(
                Finding::new(
                    title.span,
                    format!("another feature is called `{}` too", title.value),
                )
                .label("again here")
                .related(*entry.get(), "first here")
                .help("give each a title of its own, or remove one"),
            ),
        }
    }
}

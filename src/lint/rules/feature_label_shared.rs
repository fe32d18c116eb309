//! `feature-label-shared`: a feature label used by two categories.

use std::collections::{HashMap, HashSet};

use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "feature-label-shared",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a label in `feature_labels` that another category has too.",
        why: "Issues with the label count for both categories.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  feature_labels: [charts]\nreports:\n  feature_labels: [charts]\n",
        },
        good: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  feature_labels: [charts]\nreports:\n  feature_labels: [exports]\n",
        },
        source: "GitLab: a feature label belongs to one category only.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let mut owner_of: HashMap<&str, (usize, Span)> = HashMap::new();
    let mut reported: HashSet<(&String, usize)> = HashSet::new();
    let categories = &context.handbook.categories;
    for (at, category) in categories.iter().enumerate() {
        for label in &category.feature_labels {
            let (owner, first) = *owner_of.entry(&label.value).or_insert((at, label.span));
            if owner == at || !reported.insert((&label.value, at)) {
                continue;
            }
            let message = format!(
                "the label `{}` belongs to category `{}` and to category `{}`",
                label.value, categories[owner].key.value, category.key.value
            );
            report.add(
                Finding::new(label.span, message)
                    .label("again here")
                    .related(first, "first here")
                    .help("leave the label to one of the two"),
            );
        }
    }
}

//! `missing-feature-unlinked`: a feature that nothing has, without an issue.

use crate::handbook::Offers;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-feature-unlinked",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a feature that no tier and not GitLab.com has, wholly or in part, and that has no `link`.",
        why: "A feature that is listed as missing is a promise to think about it; the link is the issue where that is done.",
        bad: Example {
            path: "data/features.yml",
            text: "features:\n  - title: Hill charts\n    gitlab_core: false\n    gitlab_ultimate: false\n",
        },
        good: Example {
            path: "data/features.yml",
            text: "features:\n  - title: Hill charts\n    gitlab_core: false\n    gitlab_ultimate: false\n    link: https://gitlab.example.com/issues/1\n",
        },
        source: "GitLab: a feature that GitLab does not have must link the issue that would add it.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for feature in &context.handbook.features {
        let is_known =
            !feature.broken.iter().any(|field| Offers::is_offer(field) || field == "link");
        let is_missing =
            is_known && feature.offers.as_ref().is_some_and(|offers| !offers.has_any());
        if is_missing && feature.link.is_none() {
            let message =
                format!("{} is missing from the product and links no issue", feature.described);
            report.add(
                Finding::new(feature.name_span(), message)
                    .label("in no tier")
                    .help("add `link:` with the issue that would add it"),
            );
        }
    }
}

//! `tier-cascade`: a tier without what a lower tier has.

use crate::handbook::Cell;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "tier-cascade",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a tier that lacks a feature which a lower tier has: core, starter, premium, ultimate. A tier that is not named is not judged.",
        why: "What is in a tier is in every higher one; a customer who pays more does not get less.",
        bad: Example {
            path: "data/features.yml",
            text: "features:\n  - title: Saved searches\n    gitlab_core: true\n    gitlab_premium: false\n",
        },
        good: Example {
            path: "data/features.yml",
            text: "features:\n  - title: Saved searches\n    gitlab_core: true\n    gitlab_premium: true\n",
        },
        source: "GitLab: tiers cascade.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for feature in &context.handbook.features {
        let Some(offers) = &feature.offers else { continue };
        let mut lower = None;
        for (tier, cell) in &offers.tiers {
            match (cell.cell.value, lower) {
                (Cell::Yes, None) => lower = Some((*tier, cell.cell.span)),
                (Cell::No, Some((has, place))) => {
                    let message =
                        format!("{} is in `{has}` but not in `{tier}`", feature.described);
                    report.add(
                        Finding::new(cell.cell.span, message)
                            .label("a higher tier")
                            .related(place, "a lower tier has it")
                            .help(format!("set `{tier}: true`, or correct the lower tier")),
                    );
                }
                _ => {}
            }
        }
    }
}

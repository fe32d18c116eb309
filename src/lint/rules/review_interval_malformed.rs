//! `review-interval-malformed`: a page that asks for reviews at an interval that is none.

use super::pages::every;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "review-interval-malformed",
    level: Some(Severity::Error),
    needs: Needs::REVIEWS,
    manual: Manual {
        what: "Fires on a page whose `review_in` is no number of days, weeks, months, quarters or years.",
        why: "The page is reviewed at another interval than its writer meant.",
        bad: Example {
            path: "direction/search/index.md",
            text: "---\nlast_reviewed_on: 2026-01-05\nreview_in: 6 moons\n---\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "---\nlast_reviewed_on: 2026-01-05\nreview_in: 6 months\n---\n",
        },
        source: "gov.uk: `review_in` is a number and a unit.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for page in context.reviews.iter().flat_map(|survey| &survey.pages) {
        let (Some((_, span)), Some(interval)) = (&page.interval_error, &page.dates.interval) else {
            continue;
        };
        let help = format!(
            "write a number and a unit, such as `1 month`, `6 weeks` or `90 days`; until then the page \
             is due every {}",
            every(page.cadence)
        );
        report.add(
            Finding::new(*span, format!("`{}` is no interval", interval.raw))
                .label("how long is this?")
                .help(help),
        );
    }
}

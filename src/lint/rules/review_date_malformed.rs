//! `review-date-malformed`: what stands for the date of a review is no date.

use std::collections::HashSet;

use super::pages::DATE_FORM;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "review-date-malformed",
    level: Some(Severity::Error),
    needs: Needs::REVIEWS,
    manual: Manual {
        what: "Fires on a page whose date of its last review is none: a day that no calendar has, a version, a form that nobody filled in.",
        why: "The page looks as if it was looked after, and nobody can tell when.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2025-21-09\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2025-09-21\n",
        },
        source: "GitLab: the date is written as `yyyy-mm-dd`.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    // What several pages take from one partial stands in one place, and is reported once.
    let mut seen = HashSet::new();
    for page in context.reviews.iter().flat_map(|survey| &survey.pages) {
        let Some((raw, span)) = &page.malformed else { continue };
        if !seen.insert(*span) {
            continue;
        }
        let message = match raw.trim() {
            "" => "the date of the last review is empty".to_owned(),
            raw => format!("`{raw}` is no date, so nobody knows when this page was reviewed"),
        };
        report.add(
            Finding::new(*span, message)
                .label("no day")
                .help(format!("write the day of the last review as {DATE_FORM}")),
        );
    }
}

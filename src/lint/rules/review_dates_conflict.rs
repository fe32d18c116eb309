//! `review-dates-conflict`: a page that gives two days for its last review.

use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::review::dates::PartialDate;
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "review-dates-conflict",
    level: Some(Severity::Warning),
    needs: Needs::REVIEWS,
    manual: Manual {
        what: "Fires on a page that says twice when it was last reviewed, and gives different days. A month agrees with each of its days.",
        why: "Readers see one of them, and pmctl goes by the one nearest to the page's top. The other was forgotten.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2026-01-05\n\nFind every book.\n\nLast reviewed: 2025-06-01\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2026-01-05\n\nFind every book.\n",
        },
        source: "pmctl: a page was last reviewed on one day.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for page in context.reviews.iter().flat_map(|survey| &survey.pages) {
        let Some(first) = &page.reviewed else { continue };
        let others = page.dates.other_reviewed.iter();
        let mut others = others.filter(|other| !agree(first.date, other.date.value));
        let Some(other) = others.next() else { continue };
        let place = |span: &std::ops::Range<usize>| Span::new(page.file, span.clone());
        let message = format!(
            "this page gives {} here for its last review, and {} elsewhere",
            other.date.value, first.date
        );
        let finding = Finding::new(place(&other.span), message)
            .label("another day")
            .related(first.span, "the date that counts")
            .help("keep one date, the one that is true");
        report.add(
            others.fold(finding, |finding, other| finding.related(place(&other.span), "one more")),
        );
    }
}

/// Whether both can be the same day.
fn agree(one: PartialDate, other: PartialDate) -> bool {
    match (one, other) {
        (PartialDate::Day(one), PartialDate::Day(other)) => one == other,
        _ => one.last_day().first_of_month() == other.last_day().first_of_month(),
    }
}

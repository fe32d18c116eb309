//! `review-overdue`: a page whose next review is late.

use super::pages::{date_place, every};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::review::status::Status;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "review-overdue",
    level: Some(Severity::Warning),
    needs: Needs::REVIEWS,
    manual: Manual {
        what: "Fires on a page whose next review was due before today. How often a page is due it says itself (`review_in: 6 months`), or the configuration does; a month is the default.",
        why: "A page that nobody has read for so long says things that have stopped being true.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2025-10-05\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2026-01-05\n",
        },
        source: "GitLab: direction pages are reviewed at least monthly, and carry the date even if nothing else changed.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for page in context.reviews.iter().flat_map(|survey| &survey.pages) {
        let (Status::Overdue, Some(due)) = (page.status, page.due) else { continue };
        let cadence = every(page.cadence);
        let finding = Finding::new(
            date_place(page),
            match page.own_due() == Some(due) {
                true => format!(
                    "the review of this page has been overdue since {due}, the day that the page sets"
                ),
                false => format!(
                    "the review of this page has been overdue since {due}; it is due every {cadence}"
                ),
            },
        )
        .label("the last review")
        .help("read the page, correct what is out of date, and write the date of the review");
        let partial = page.reviewed.as_ref().filter(|dated| dated.span.file != page.file);
        report.add(match partial {
            Some(dated) => finding.related(dated.span, "the date"),
            None => finding,
        });
    }
}

//! `review-date-future`: a review on a day that is not here yet.

use super::pages;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::review::status::Status;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "review-date-future",
    level: Some(Severity::Error),
    needs: Needs::REVIEWS,
    manual: Manual {
        what: "Fires on a page whose last review is later than tomorrow. One day ahead is accepted: a page that is stamped in the morning in Sydney carries a date that a job in UTC has not reached yet. `review-status` and `classify` go by the same day.",
        why: "Nobody has reviewed anything next week. Most often it is a slip in the year, and it would keep the page fresh for just as long.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2062-01-05\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2026-01-05\n",
        },
        source: "GitLab: the date tells when the content was last reviewed.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for (page, dated) in pages::dates(context) {
        if page.status == Status::Future {
            let message = format!("the last review, on {}, is in the future", dated.date);
            report.add(
                Finding::new(dated.span, message)
                    .label("later than tomorrow")
                    .help("write the day on which the page was in fact reviewed"),
            );
        }
    }
}

//! `changed-since-review`: a page that was changed after its last review.

use super::pages::date_place;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "changed-since-review",
    level: None,
    needs: Needs::CHANGES,
    manual: Manual {
        what: "Fires on a page whose content was changed after its last review, as git knows it. A commit that sets the date of the review is the review itself, whatever else it changes; what it builds on was reviewed with it, and a date that is not committed yet is later than every commit. Work on a branch counts when it is merged, a move does not hide an edit, and modes and line ends are no content. Without git, and where a shallow or partial clone lacks what happened, nothing is reported.",
        why: "Nobody has read the page as a whole since. It is off unless asked for, because a page may well be changed between two reviews.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2026-01-05\n\nChanged on 2026-01-20.\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2026-01-20\n\nChanged on 2026-01-20.\n",
        },
        source: "pmctl: a review is of the page as it was on that day.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for page in context.reviews.iter().flat_map(|survey| &survey.pages) {
        let Some(commits @ 1..) = page.commits_since_review() else { continue };
        let (Some(last), Some((_, day))) = (page.last_change(), page.review_days()) else {
            continue;
        };
        let plural = if commits == 1 { "" } else { "s" };
        // The count is no part of the message, so that the finding stays the same one while it grows.
        report.add(
            Finding::new(
                date_place(page),
                format!("this page was changed after its last review on {day}"),
            )
            .label(format!(
                "{commits} commit{plural} since; last changed on {} by {}",
                last.date, last.author
            ))
            .help("review the page as it is now, and write the day"),
        );
    }
}

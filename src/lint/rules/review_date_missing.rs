//! `review-date-missing`: a page that does not say when it was reviewed.

use std::collections::HashSet;

use super::pages::{DATE_FORM, review_line, title_place};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::review::PageReview;
use crate::review::dates::{EmptyKey, Reviewed};
use crate::review::status::Status;
use crate::source::{FileId, Span};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "review-date-missing",
    level: Some(Severity::Error),
    needs: Needs::REVIEWS,
    manual: Manual {
        what: "Fires on a page without the date of its last review, or whose date is in a partial that is not there (a warning, also under `--deny`; an error only where the configuration says that the date is `required`).",
        why: "Nobody can tell whether what the page says still holds, and no reminder ever comes.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nFind every book by a word of its title.\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\nLast reviewed: 2026-01-05\n\nFind every book by a word of its title.\n",
        },
        source: "GitLab: direction pages carry `Content Last Reviewed: yyyy-mm-dd`. The date of an update is another fact and does not stand in for it.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    // The date may stand in front matter that cannot be read, which is another rule's to report.
    let problems = context.handbook.problems.iter();
    let broken = problems.filter(|problem| problem.kind.stops_reading());
    let broken: HashSet<FileId> = broken.map(|problem| problem.span.file).collect();
    for page in context.reviews.iter().flat_map(|survey| &survey.pages) {
        let finding = match page.status {
            Status::Missing if broken.contains(&page.file) => continue,
            Status::Missing => missing(context, page),
            Status::Unresolved => unresolved(page),
            _ => continue,
        };
        report.add(if page.is_required { finding } else { finding.warning() });
    }
}

fn missing(context: Context<'_>, page: &PageReview) -> Finding {
    let place = title_place(context.files, page.file);
    let line = review_line(context.handbook.profile);
    let help = match &page.dates.empty_key {
        Some(EmptyKey { key, .. }) => {
            format!("read it through, then give `{key}` in its front matter the date")
        }
        None => format!("read it through, then write `{line}: {DATE_FORM}` below its title"),
    };
    let finding = Finding::new(place, "this page does not say when it was last reviewed")
        .help(help)
        .of_file();
    match &page.dates.updated {
        Some(stamp) => finding
            .related(Span::new(page.file, stamp.span.clone()), "an update, which is no review"),
        None => finding,
    }
}

fn unresolved(page: &PageReview) -> Finding {
    let (name, place) = match &page.dates.reviewed {
        Reviewed::InPartial { name, span } => (name.as_str(), Span::new(page.file, span.clone())),
        _ => ("", Span::start_of(page.file)),
    };
    Finding::new(place, format!("the partial `{name}` with the date of the review is not there"))
        .label("leads to no file")
        .help("correct the name, or write the date into the page itself")
}

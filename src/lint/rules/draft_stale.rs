//! `draft-stale`: a draft that nobody has gone on with for a year.

use jiff::civil::Date;

use crate::config::Interval;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::review::PageReview;
use crate::review::dates::PartialDate;
use crate::source::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "draft-stale",
    level: Some(Severity::Warning),
    needs: Needs::DRAFTS,
    manual: Manual {
        what: "Fires on a page whose description calls it a draft, such as `50% DRAFT`, and that was not changed for a year. What git knows counts, and the dates that the page gives of itself: the newest of them, and without git (or where a shallow or partial clone lacks it) those of the page alone. A move changes no draft, nor do modes and line ends. A page with changes that are not committed is being worked on, and a draft at 100% is finished.",
        why: "Readers wait for a page that nobody writes, or take what was never finished for what holds.",
        bad: Example {
            path: "product/search.md",
            text: "---\ndescription: '50% DRAFT (revised by Ada on Oct 20, 2024)'\n---\n\n# Search\n",
        },
        good: Example {
            path: "product/search.md",
            text: "---\ndescription: How every book is found.\n---\n\n# Search\n",
        },
        source: "Mattermost: the description of a page tells how finished it is, as `N% DRAFT`.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    for page in context.reviews.iter().flat_map(|survey| &survey.pages) {
        let Some(draft) = page.dates.draft.as_ref().filter(|draft| draft.percent < 100) else {
            continue;
        };
        let Some((last, known)) = last_change(page) else { continue };
        if Interval::YEAR.after(last).is_some_and(|year_later| year_later <= context.today) {
            let percent = draft.percent;
            let message = match known {
                Known::Git => format!("this page is a {percent}% draft, last changed on {last}"),
                Known::Page => {
                    format!(
                        "this page is a {percent}% draft, by its own dates last changed on {last}"
                    )
                }
            };
            report.add(
                Finding::new(Span::new(page.file, draft.span.clone()), message)
                    .label("unchanged for a year")
                    .help("finish it and take the mark away, or remove what will not be written"),
            );
        }
    }
}

/// Who knows of a change.
enum Known {
    Git,
    Page,
}

/// The day of the last change that is known; `None` where nothing is, or where changes are not committed.
fn last_change(page: &PageReview) -> Option<(Date, Known)> {
    let updated = page.dates.updated.as_ref().map(|stamp| stamp.date.value);
    let reviewed = page.reviewed.as_ref().map(|dated| dated.date);
    let own = updated.into_iter().chain(reviewed).map(PartialDate::last_day).max();
    match &page.changes {
        Some(changes) if changes.is_edited => None,
        Some(changes) if own.is_none_or(|own| own <= changes.last.date) => {
            Some((changes.last.date, Known::Git))
        }
        _ => own.map(|own| (own, Known::Page)),
    }
}

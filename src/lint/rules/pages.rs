//! What the rules about pages share.

use std::collections::HashSet;

use crate::config::{Interval, Profile};
use crate::lint::Context;
use crate::review::dates::Reviewed;
use crate::review::{Dated, PageReview};
use crate::source::markdown::front_matter;
use crate::source::{FileId, FileStore, Span};

/// How a date is to be written.
pub(super) const DATE_FORM: &str = "yyyy-mm-dd";

/// What stands before the date of a review.
pub(super) fn review_line(profile: Profile) -> &'static str {
    match profile {
        Profile::Gitlab => "Content Last Reviewed",
        _ => "Last reviewed",
    }
}

/// The place for what concerns a page as a whole: the line of its title in the front matter, else its
/// first line of text.
pub(super) fn title_place(files: &FileStore, file: FileId) -> Span {
    let text = files.file(file).text();
    let front_matter = front_matter(text);
    let data = front_matter.as_ref().map_or(0..0, |found| found.content.clone());
    let body = front_matter.map_or(0, |found| found.block.end);
    let title = line_where(text, data, is_title_line);
    let first = || line_where(text, body..text.len(), |line| !line.trim().is_empty());
    title.or_else(first).map_or_else(|| Span::start_of(file), |range| Span::new(file, range))
}

/// Whether a line of front matter gives the page its title: `title: x`, `title = "x"`, `"title": "x"`.
fn is_title_line(line: &str) -> bool {
    let rest = line.trim_start().trim_start_matches('"').strip_prefix("title");
    let is_nested = line.starts_with([' ', '\t']) && !line.trim_start().starts_with('"');
    let rest = rest.map(|rest| rest.trim_start_matches(['"', ' ']));
    !is_nested && rest.is_some_and(|rest| rest.starts_with([':', '=']))
}

/// The first line in `range` of `text` that `is_it`, without the white space at its end.
fn line_where(
    text: &str,
    range: std::ops::Range<usize>,
    is_it: impl Fn(&str) -> bool,
) -> Option<std::ops::Range<usize>> {
    let mut start = range.start;
    for line in text[range].split_inclusive('\n') {
        if is_it(line) {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}

/// Where the page gives the date of its review: the date, or the name of the partial that holds it.
pub(super) fn date_place(page: &PageReview) -> Span {
    match (&page.dates.reviewed, &page.reviewed) {
        (Reviewed::InPartial { span, .. }, _) => Span::new(page.file, span.clone()),
        (_, Some(dated)) => dated.span,
        _ => Span::start_of(page.file),
    }
}

/// The dates of reviews, each with its page. What several pages take from one partial comes once.
pub(super) fn dates(context: Context<'_>) -> impl Iterator<Item = (&PageReview, &Dated)> {
    let mut seen = HashSet::new();
    let pages = context.reviews.into_iter().flat_map(|survey| &survey.pages);
    let dated = pages.filter_map(|page| Some((page, page.reviewed.as_ref()?)));
    dated.filter(move |(_, dated)| seen.insert(dated.span))
}

/// `month` for `1 month`, `6 months` for itself: what stands behind `every`.
pub(super) fn every(cadence: Interval) -> String {
    let cadence = cadence.to_string();
    cadence.strip_prefix("1 ").map_or(cadence.clone(), str::to_owned)
}

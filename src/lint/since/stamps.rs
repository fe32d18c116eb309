//! The dates of reviews in a page: a line on which nothing else changed has not changed.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::handbook::Loaded;
use crate::repo::diff::Lines;
use crate::review::dates::{PageDates, Reviewed, page_dates_in};
use crate::source::{FileStore, RepoPath, SourceFile, Span};

/// The dates of reviews in a file, and the lines on which nothing but such a date changed.
#[derive(Debug, Default)]
pub(super) struct Stamps {
    dates: Vec<Range<usize>>,
    lines: BTreeSet<usize>,
}

impl Stamps {
    /// The dates in the page at `path` of `loaded`; none in other files.
    pub(super) fn of(loaded: &Loaded, path: &RepoPath) -> Self {
        let pages = &loaded.handbook.pages;
        let Ok(at) = pages.binary_search_by(|page| page.path.cmp(path)) else {
            return Self::default();
        };
        let file = loaded.files.file(pages[at].file);
        let PageDates { reviewed, other_reviewed, .. } =
            page_dates_in(file.text(), file.known_outline());
        let first = match reviewed {
            Reviewed::Found(stamp) => Some(stamp.span),
            Reviewed::Malformed { span, .. } => Some(span),
            Reviewed::Missing | Reviewed::InPartial { .. } => None,
        };
        let others = other_reviewed.into_iter().map(|stamp| stamp.span);
        let mut dates: Vec<Range<usize>> = first.into_iter().chain(others).collect();
        dates.sort_by_key(|date| (date.start, date.end));
        Self { dates, lines: BTreeSet::new() }
    }

    /// With the lines of the page at `path` of `loaded` on which nothing else changed, since it was the page at `path` of
    /// `before`.
    pub(super) fn compared_with(
        mut self,
        (loaded, path): (&Loaded, &RepoPath),
        (before, path_before): (&Loaded, &RepoPath),
    ) -> Self {
        let old = Self::of(before, path_before);
        let file = |files: &'_ FileStore, path: &RepoPath| files.find(path);
        let (Some(new_file), Some(old_file)) =
            (file(&loaded.files, path), file(&before.files, path_before))
        else {
            return self;
        };
        let rest_before: BTreeSet<String> =
            old.rests(before.files.file(old_file)).map(|(_, rest)| rest).collect();
        let rests = self.rests(loaded.files.file(new_file));
        self.lines = rests
            .filter(|(_, rest)| rest_before.contains(rest))
            .map(|(line, _)| line)
            .collect::<Vec<_>>()
            .into_iter()
            .collect();
        self
    }

    /// The lines of `file` that hold a date, each with what else is on it.
    fn rests<'s>(&'s self, file: &'s SourceFile) -> impl Iterator<Item = (usize, String)> + 's {
        let text = file.text();
        let lines = self.dates.iter().map(|date| file.lines().position(text, date.start).line);
        let lines: BTreeSet<usize> = lines.collect();
        lines.into_iter().filter_map(move |line| {
            let range = file.lines().range(text, line)?;
            Some((line, without(text, range, &self.dates)))
        })
    }

    /// Whether the place at `span` on `lines`, of which `changed` are changed, is as it was but for the date of a review
    /// next to it.
    pub(super) fn excuse(&self, span: Span, lines: Range<usize>, changed: &Lines) -> bool {
        let is_date = self.dates.iter().any(|date| within(span, date));
        !is_date
            && !self.lines.is_empty()
            && lines.clone().all(|line| self.lines.contains(&line) || !changed.meet(&(line..=line)))
    }

    /// The dates to leave out where the text of the place at `span` is compared: all, unless it is a date itself.
    pub(super) fn cut_from(&self, span: Span) -> Vec<Range<usize>> {
        self.dates.iter().filter(|date| !within(span, date)).cloned().collect()
    }
}

fn within(span: Span, date: &Range<usize>) -> bool {
    let Range { start, end } = span.range();
    date.start <= start && end <= date.end
}

/// The text at `range` without the `dates` in it.
pub(in crate::lint) fn without(text: &str, range: Range<usize>, dates: &[Range<usize>]) -> String {
    let (mut rest, mut at) = (String::new(), range.start);
    for date in dates.iter().filter(|date| date.start < range.end && date.end > range.start) {
        rest.push_str(text.get(at..date.start.max(at)).unwrap_or_default());
        at = date.end.clamp(at, range.end);
    }
    rest.push_str(text.get(at..range.end).unwrap_or_default());
    rest
}

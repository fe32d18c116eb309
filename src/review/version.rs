//! Versions of a page, as far as its review is concerned.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::PageReview;
use super::dates::{PartialDate, Reviewed, Stamp, WrittenDate, page_dates};
use crate::repo::differing_lines;
use crate::repo::history::BlobId;
use crate::source::{FileStore, line_end, line_start};

/// A version of a page.
pub(super) struct Version {
    /// Its text, with LF at the ends of lines.
    text: String,
    /// The date of a review in it.
    stamp: Option<Stamp>,
}

impl Version {
    /// The page on disk; `None` if it does not carry the date of its review itself.
    pub(super) fn now(files: &FileStore, page: &PageReview) -> Option<Self> {
        match &page.dates.reviewed {
            Reviewed::Found(stamp) => {
                let text = files.file(page.file).text().to_owned();
                Some(Self { text, stamp: Some(stamp.clone()) })
            }
            _ => None,
        }
    }

    /// Whether its lines end in LF alone, as those of every version do that is not the page on disk.
    pub(super) fn has_lf_alone(&self) -> bool {
        memchr::memchr(b'\r', self.text.as_bytes()).is_none()
    }

    /// The version that holds `content`, with the date that `date_in` finds in its text.
    pub(super) fn new(content: Vec<u8>, date_in: impl FnOnce(&str) -> Option<Stamp>) -> Self {
        let mut text = String::from_utf8(content)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        // Spans count from behind a byte order mark.
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        if memchr::memchr(b'\r', text.as_bytes()).is_some() {
            text = text.replace("\r\n", "\n");
        }
        let stamp = date_in(&text);
        Self { text, stamp }
    }

    /// The date of the review in the page `text`. `newer` is a version that is known already: where both share the line
    /// of the date, the page need not be read again.
    pub(super) fn stamp_of(text: &str, newer: Option<&Self>) -> Option<Stamp> {
        newer.and_then(|newer| newer.stamp_in(text)).or_else(|| match page_dates(text).reviewed {
            Reviewed::Found(stamp) => Some(stamp),
            _ => None,
        })
    }

    /// The date of the review.
    pub(super) fn date(&self) -> Option<PartialDate> {
        self.stamp.as_ref().map(|stamp| stamp.date.value)
    }

    /// Whether the two say the same.
    pub(super) fn has_text_of(&self, other: &Self) -> bool {
        self.text == other.text
    }

    /// Whether the two say the same but for the date of the review.
    pub(super) fn differs_in_stamp_at_most(&self, other: &Self) -> bool {
        self.has_text_of(other)
            || self.around().zip(other.around()).is_some_and(|(one, other)| one == other)
    }

    /// Its text without the date of the review.
    fn undated(&self) -> Cow<'_, str> {
        match self.around() {
            Some((before, after)) => Cow::Owned(format!("{before}{after}")),
            None => Cow::Borrowed(&self.text),
        }
    }

    /// Whether the merge of `parents` with this outcome says nothing that none of them said: every part of it in which
    /// parents differ is as one of them has it, as in a merge without conflicts. The date of the review plays no part.
    pub(super) fn is_taken_from(&self, parents: &[&Self]) -> bool {
        let text = self.undated();
        let mut changed: Vec<(Range<usize>, usize)> = Vec::new();
        for (number, parent) in parents.iter().enumerate() {
            let differing = differing_lines(&parent.undated(), &text);
            changed.extend(differing.into_iter().map(|lines| (lines, number)));
        }
        changed.sort_unstable_by_key(|(lines, number)| (lines.start, lines.end, *number));
        let (mut end, mut differ) = (0, BTreeSet::new());
        for (lines, number) in changed {
            // What touches the part before belongs to it.
            if lines.start > end {
                differ.clear();
            }
            end = end.max(lines.end);
            differ.insert(number);
            if differ.len() == parents.len() {
                return false;
            }
        }
        true
    }

    /// A name for the question what became of the page since this stamp. Nothing else of this version matters to the
    /// answer.
    pub(super) fn question(&self) -> Option<BlobId> {
        let stamp = self.stamp.as_ref()?;
        let line = self.stamp_line(stamp);
        let date = format!("{:?} {} ", stamp.date.value, stamp.span.start - line.start);
        BlobId::of(&[date.as_bytes(), self.text[line].as_bytes()])
    }

    /// The stamp in `other`, if the line of this version's stamp is in it too, and once; its date may be another.
    fn stamp_in(&self, other: &str) -> Option<Stamp> {
        let stamp = self.stamp.as_ref()?;
        let Range { start, end } = stamp.span;
        let line = self.stamp_line(stamp);
        let (before, after) = (&self.text[line.start..start], &self.text[end..line.end]);
        let after = after.strip_suffix('\r').unwrap_or(after);
        // It takes more than a date to tell it from others, and its notation may be one of certain places only.
        let is_telling = before.contains(char::is_alphabetic)
            && WrittenDate::read(&self.text[start..])
                .is_some_and(|(date, length)| date == stamp.date && start + length == end);
        if !is_telling {
            return None;
        }
        let mut stamps = other.match_indices(before).filter_map(|(at, _)| {
            let is_start = at == 0 || other.as_bytes()[at - 1] == b'\n';
            let start = at + before.len();
            let (date, length) = WrittenDate::read(&other[start..]).filter(|_| is_start)?;
            let rest = other[start + length..].strip_prefix(after)?;
            let is_end = rest.is_empty() || rest.starts_with('\n');
            is_end.then(|| Stamp { date, span: start..start + length, ..stamp.clone() })
        });
        stamps.next().filter(|_| stamps.next().is_none())
    }

    /// The line or lines of `stamp`.
    fn stamp_line(&self, stamp: &Stamp) -> Range<usize> {
        let Range { start, end } = stamp.span;
        line_start(&self.text, start)..line_end(&self.text, end)
    }

    /// The text before the stamp and the text after it.
    fn around(&self) -> Option<(&str, &str)> {
        let Range { start, end } = self.stamp.as_ref()?.span;
        Some((&self.text[..start], &self.text[end..]))
    }
}

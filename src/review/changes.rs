//! What git knows of a page since its review.

use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use super::PageReview;
use super::dates::{PartialDate, Reviewed, Stamp, page_dates};
use crate::repo::history::{self, BlobId, History, HistoryError, PathHistory, Wanted};
use crate::source::FileStore;

/// The changes of one page, as far as they matter to its review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The last change of the page.
    pub last: Change,
    /// How many commits changed more than the stamp since the review; `None` where the history ends too
    /// early to tell, or where there is no review to count from.
    pub since_review: Option<usize>,
    /// When the date of the review was last changed itself.
    pub stamp_changed: Option<Date>,
}

/// One commit that changed a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The day.
    pub date: Date,
    /// Whose commit it is.
    pub author: String,
    /// The commit, 40 hexadecimal digits.
    pub commit: String,
}

/// Asks git for the changes of `pages`, and puts them where they belong.
pub(super) fn add(
    root: &Path,
    files: &FileStore,
    pages: &mut [PageReview],
) -> Result<Completeness, HistoryError> {
    let mut wanted = Vec::new();
    for page in &*pages {
        let path = page.path.clone();
        wanted.push(match page.review_days() {
            Some((first, _)) => Wanted::since(path, first),
            None => Wanted::last(path),
        });
        if let Some(partial) = page.partial() {
            wanted.push(Wanted::last(files.file(partial).path().clone()));
        }
    }
    let Some(history) = history::history(root, &wanted)? else { return Ok(Completeness::Whole) };
    pages.par_iter_mut().for_each(|page| page.changes = changes(&history, files, page));
    Ok(if history.is_shallow() { Completeness::Shallow } else { Completeness::Whole })
}

/// Whether git could tell everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Completeness {
    /// It could, or was not asked.
    #[default]
    Whole,
    /// The clone is shallow, and what is older than its boundary is not known.
    Shallow,
}

fn changes(history: &History, files: &FileStore, page: &PageReview) -> Option<Changes> {
    let known = history.of(&page.path);
    let last = known.last()?;
    let last = Change { date: last.date, author: last.author.clone(), commit: last.commit.clone() };
    let is_complete = matches!(known, PathHistory::Known { is_complete: true, .. });
    let (mut since_review, mut stamp_changed) = (None, None);
    if let Some(days) = page.review_days() {
        let now = Version::now(files, page);
        let (count, stamped) = since(history, known.changes(), days, now);
        since_review = is_complete.then_some(count);
        stamp_changed = match page.partial() {
            None => stamped,
            Some(partial) => {
                history.of(files.file(partial).path()).last().map(|change| change.date)
            }
        };
    }
    Some(Changes { last, since_review, stamp_changed })
}

/// How many of `changes`, newest first, came after a review that was on one of the days from `first` to
/// `last`, and when the stamp was last changed. The commit that set the stamp is the review itself, whatever
/// else it changed; on the days of the review only what came after it counts. What changes nothing but the
/// stamp never does. `now` is the page as it stands, if it carries the stamp itself.
fn since(
    history: &History,
    changes: &[history::Change],
    (first, last): (Date, Date),
    now: Option<Version>,
) -> (usize, Option<Date>) {
    let has_stamp = now.is_some();
    let mut count = 0;
    let mut stamped = None;
    // The version that was read last, and its blob: most often the next is the same, or differs by a few
    // lines.
    let mut newer = now.map(|now| (None, now));
    for change in changes.iter().take_while(|change| change.date >= first) {
        let may_count = change.date > last || (stamped.is_none() && has_stamp);
        if !has_stamp {
            count += usize::from(may_count);
            continue;
        }
        if stamped.is_some() && !may_count {
            continue;
        }
        let after = match newer {
            Some((blob, version)) if blob.is_some() && blob == change.blob => Some(version),
            _ => Version::read(history, change.blob, newer.as_ref().map(|(_, version)| version)),
        };
        let parent = change.parent_blobs.first().copied().flatten();
        let before = Version::read(history, parent, after.as_ref());
        let is_stamp = after.as_ref().map(Version::date) != before.as_ref().map(Version::date);
        if is_stamp && stamped.is_none() {
            stamped = Some(change.date);
        } else if may_count && !Version::differ_in_stamp_alone(before.as_ref(), after.as_ref()) {
            count += 1;
        }
        newer = match before {
            Some(before) => Some((parent, before)),
            None => after.map(|after| (change.blob, after)),
        };
    }
    (count, stamped)
}

/// A version of a page that carries the date of a review.
struct Version {
    text: String,
    stamp: Stamp,
}

impl Version {
    /// The page as it stands; `None` if its date is in a partial.
    fn now(files: &FileStore, page: &PageReview) -> Option<Self> {
        match &page.dates.reviewed {
            Reviewed::Found(stamp) => {
                let text = files.file(page.file).text().to_owned();
                Some(Self { text, stamp: stamp.clone() })
            }
            _ => None,
        }
    }

    /// The version that `blob` holds; `None` if there is no such version, or no date in it. `newer` is one
    /// that is known already: where both share the line of the stamp, the page need not be read again.
    fn read(history: &History, blob: Option<BlobId>, newer: Option<&Self>) -> Option<Self> {
        let bytes = history.blob(blob?)?;
        let text = String::from_utf8_lossy(&bytes);
        // Spans count from behind a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
        if let Some(stamp) = newer.and_then(|newer| newer.stamp_in(&text)) {
            return Some(Self { text, stamp });
        }
        match page_dates(&text).reviewed {
            Reviewed::Found(stamp) => Some(Self { text, stamp }),
            _ => None,
        }
    }

    /// This version's stamp in `other`, if the whole line stands there too, and once.
    fn stamp_in(&self, other: &str) -> Option<Stamp> {
        let Range { start, end } = self.stamp.span;
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at);
        let text = &self.text[line..line_end];
        let mut places = other.match_indices(text).map(|(at, _)| at).filter(|&at| {
            let is_start = at == 0 || other.as_bytes()[at - 1] == b'\n';
            is_start && other[at + text.len()..].chars().next().is_none_or(|next| next == '\n')
        });
        let at = places.next().filter(|_| places.next().is_none())?;
        Some(Stamp { span: at + (start - line)..at + (end - line), ..self.stamp.clone() })
    }

    fn date(&self) -> PartialDate {
        self.stamp.date.value
    }

    fn differ_in_stamp_alone(before: Option<&Self>, after: Option<&Self>) -> bool {
        let around = |version: &'_ Self| {
            let Range { start, end } = version.stamp.span;
            (version.text[..start].to_owned(), version.text[end..].to_owned())
        };
        before.is_some_and(|before| {
            // A change of the mode changes no text, and not the stamp either.
            after.is_some_and(|after| before.text != after.text && around(before) == around(after))
        })
    }
}

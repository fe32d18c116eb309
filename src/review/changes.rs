//! What git knows of a page since its review.

use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;

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
    for page in pages {
        page.changes = changes(&history, files, page);
    }
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
        let (count, stamped) = since(history, known.changes(), days, page.partial().is_none());
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
/// stamp never does.
fn since(
    history: &History,
    changes: &[history::Change],
    (first, last): (Date, Date),
    has_stamp: bool,
) -> (usize, Option<Date>) {
    let mut count = 0;
    let mut stamped = None;
    for change in changes.iter().take_while(|change| change.date >= first) {
        let may_count = change.date > last || (stamped.is_none() && has_stamp);
        if !has_stamp {
            count += usize::from(may_count);
            continue;
        }
        if stamped.is_some() && !may_count {
            continue;
        }
        let after = Version::read(history, change.blob);
        let before = Version::read(history, change.parent_blobs.first().copied().flatten());
        let is_stamp = after.as_ref().map(Version::date) != before.as_ref().map(Version::date);
        if is_stamp && stamped.is_none() {
            stamped = Some(change.date);
        } else if may_count && !Version::differ_in_stamp_alone(before.as_ref(), after.as_ref()) {
            count += 1;
        }
    }
    (count, stamped)
}

/// A version of a page that carries the date of a review.
struct Version {
    text: String,
    stamp: Stamp,
}

impl Version {
    /// `None` if there is no such version, or no date in it.
    fn read(history: &History, blob: Option<BlobId>) -> Option<Self> {
        let bytes = history.blob(blob?)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match page_dates(&text).reviewed {
            Reviewed::Found(stamp) => Some(Self { text, stamp }),
            _ => None,
        }
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

//! What git knows of a page since its review.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::PageReview;
use super::dates::{PartialDate, Reviewed, Stamp, WrittenDate, page_dates};
use crate::repo::history::{self, BlobId, Blobs, History, HistoryError, PathHistory, Wanted};
use crate::source::{FileStore, RepoPath, SourceFile};

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
    /// Whether a draft is not as that commit left it. Of other pages nobody asks it.
    pub is_edited: bool,
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

/// Asks git for the changes of `pages` up to `commit`, else up to `HEAD`, and puts them where they belong.
pub(super) fn add(
    root: &Path,
    commit: Option<&str>,
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
    let Some(mut opened) = history::open(root)? else {
        return Ok(Completeness::Whole);
    };
    if let Some(commit) = commit {
        opened = opened.until(commit)?;
    }
    let blobs = opened.blobs();
    // The versions of a page are looked at beside the walk, as soon as its changes are known.
    let early: Vec<OnceLock<Since>> = pages.iter().map(|_| OnceLock::new()).collect();
    let places: HashMap<&RepoPath, (usize, &PageReview)> =
        pages.iter().enumerate().map(|(at, page)| (&page.path, (at, page))).collect();
    let mut history = rayon::scope(|scope| {
        opened.history(&wanted, |path, history| {
            let Some(&(at, page)) = places.get(path) else { return };
            let Some(days) = page.review_days() else { return };
            let (early, blobs, changes) = (&early[at], &blobs, history.changes().to_vec());
            scope.spawn(move |_| {
                early.get_or_init(|| since(blobs, &changes, days, now(files, page)));
            });
        })
    })?;
    drop(places);
    let learned: Vec<Option<Learned>> = pages
        .par_iter_mut()
        .zip(early)
        .map(|(page, early)| {
            let (changes, learned) = changes(&history, &blobs, files, page, early.into_inner())?;
            page.changes = Some(changes);
            learned
        })
        .collect();
    for (page, learned) in pages.iter().zip(&learned) {
        if let Some(Learned { question, answer }) = learned {
            history.remember(&page.path, *question, answer);
        }
    }
    if commit.is_none() {
        history.save();
    }
    Ok(if history.is_shallow() { Completeness::Shallow } else { Completeness::Whole })
}

/// What took long enough to find out to be remembered.
struct Learned {
    question: BlobId,
    answer: Since,
}

/// What became of a page since its review.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Since {
    /// How many commits changed more than the stamp.
    commits: usize,
    /// When the stamp was last changed itself.
    stamped: Option<Date>,
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

fn changes(
    history: &History,
    blobs: &Blobs,
    files: &FileStore,
    page: &PageReview,
    early: Option<Since>,
) -> Option<(Changes, Option<Learned>)> {
    let known = history.of(&page.path);
    let last = known.last()?;
    let is_edited = page.dates.draft.is_some() && !is_as_in(last.blob, files.file(page.file));
    let last = Change { date: last.date, author: last.author.clone(), commit: last.commit.clone() };
    let is_complete = matches!(known, PathHistory::Known { is_complete: true, .. });
    let (mut since_review, mut stamp_changed, mut learned) = (None, None, None);
    if let Some(days) = page.review_days() {
        let question = Version::now(files, page).and_then(|now| now.question(days));
        let answer = question.and_then(|question| history.recall(&page.path, question));
        let found = answer.unwrap_or_else(|| {
            let found =
                early.unwrap_or_else(|| since(blobs, known.changes(), days, now(files, page)));
            learned = question.map(|question| Learned { question, answer: found });
            found
        });
        since_review = is_complete.then_some(found.commits);
        stamp_changed = match page.partial() {
            None => found.stamped,
            Some(partial) => {
                history.of(files.file(partial).path()).last().map(|change| change.date)
            }
        };
    }
    Some((Changes { last, since_review, stamp_changed, is_edited }, learned))
}

/// How many of `changes`, newest first, came after a review that was on one of the days from `first` to
/// `last`, and when the stamp was last changed. The commit that set the stamp is the review itself, whatever
/// else it changed; on the days of the review only what came after it counts. What changes nothing but the
/// stamp never does. `now` is the page as it stands and what finds out its blob, if it carries the stamp itself.
fn since(
    blobs: &Blobs,
    changes: &[history::Change],
    (first, last): (Date, Date),
    now: Option<(impl FnOnce() -> Option<BlobId>, Version)>,
) -> Since {
    let has_stamp = now.is_some();
    let mut count = 0;
    let mut stamped = None;
    let mut changes = changes.iter().take_while(|change| change.date >= first).peekable();
    // The version that was read last, and its blob: most often the next is the same, or differs by a few
    // lines.
    let is_read = changes.peek().is_some();
    let mut newer = now.map(|(blob, now)| (if is_read { blob() } else { None }, now));
    for change in changes {
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
            _ => Version::read(blobs, change.blob, newer.as_ref().map(|(_, version)| version)),
        };
        let parent = change.parent_blobs.first().copied().flatten();
        let before = Version::read(blobs, parent, after.as_ref());
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
    Since { commits: count, stamped }
}

/// The page as it stands, and what finds out its blob; `None` if its date is in a partial.
fn now<'f>(
    files: &'f FileStore,
    page: &PageReview,
) -> Option<(impl FnOnce() -> Option<BlobId> + use<'f>, Version)> {
    let file = files.file(page.file);
    Version::now(files, page).map(|now| (move || blob(file), now))
}

/// Whether git has the file as it stands, be it with other line breaks.
fn is_as_in(committed: Option<BlobId>, file: &SourceFile) -> bool {
    let with_newlines = || {
        let text = file.text().replace("\r\n", "\n");
        BlobId::of(&[file.bom().as_bytes(), text.as_bytes()])
    };
    committed.is_some() && (blob(file) == committed || with_newlines() == committed)
}

/// The name that git gives the file as it stands.
fn blob(file: &SourceFile) -> Option<BlobId> {
    BlobId::of(&[file.bom().as_bytes(), file.text().as_bytes()])
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
    fn read(blobs: &Blobs, blob: Option<BlobId>, newer: Option<&Self>) -> Option<Self> {
        let bytes = blobs.read(blob?)?;
        let mut text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        // Spans count from behind a byte order mark.
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        if let Some(stamp) = newer.and_then(|newer| newer.stamp_in(&text)) {
            return Some(Self { text, stamp });
        }
        match page_dates(&text).reviewed {
            Reviewed::Found(stamp) => Some(Self { text, stamp }),
            _ => None,
        }
    }

    /// The stamp in `other`, if this version's line stands there too, and once; its date may be another.
    fn stamp_in(&self, other: &str) -> Option<Stamp> {
        let Range { start, end } = self.stamp.span;
        let line = self.stamp_line();
        let (before, after) = (&self.text[line.start..start], &self.text[end..line.end]);
        // It takes more than a date to tell it from others, and its notation may be one of certain places only.
        let is_telling = before.contains(char::is_alphabetic)
            && WrittenDate::read(&self.text[start..])
                .is_some_and(|(date, length)| date == self.stamp.date && start + length == end);
        if !is_telling {
            return None;
        }
        let mut stamps = other.match_indices(before).filter_map(|(at, _)| {
            let is_start = at == 0 || other.as_bytes()[at - 1] == b'\n';
            let start = at + before.len();
            let (date, length) = WrittenDate::read(&other[start..]).filter(|_| is_start)?;
            let rest = other[start + length..].strip_prefix(after)?;
            let is_end = rest.is_empty() || rest.starts_with('\n');
            is_end.then(|| Stamp { date, span: start..start + length, ..self.stamp.clone() })
        });
        stamps.next().filter(|_| stamps.next().is_none())
    }

    /// The line or lines that the stamp stands in.
    fn stamp_line(&self) -> Range<usize> {
        let Range { start, end } = self.stamp.span;
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        line..self.text[end..].find('\n').map_or(self.text.len(), |at| end + at)
    }

    /// A name for the question what became of the page since this stamp, which stands for the days
    /// from `first` to `last`. Nothing else of this version matters to [`since`].
    fn question(&self, (first, last): (Date, Date)) -> Option<BlobId> {
        let line = self.stamp_line();
        let at = self.stamp.span.start - line.start;
        let days = format!("{first} {last} {at} ");
        BlobId::of(&[days.as_bytes(), self.text[line].as_bytes()])
    }

    fn date(&self) -> PartialDate {
        self.stamp.date.value
    }

    /// The text before the stamp and the text behind it.
    fn around(&self) -> (&str, &str) {
        let Range { start, end } = self.stamp.span;
        (&self.text[..start], &self.text[end..])
    }

    fn differ_in_stamp_alone(before: Option<&Self>, after: Option<&Self>) -> bool {
        before.is_some_and(|before| {
            // A change of the mode changes no text, and not the stamp either.
            after
                .is_some_and(|after| before.text != after.text && before.around() == after.around())
        })
    }
}

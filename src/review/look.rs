//! A look at the versions of one page: what became of it since its review.

use std::collections::HashMap;
use std::rc::Rc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::PageReview;
use super::changes::Change;
use super::dates::partial_date;
use super::version::Version;
use crate::repo::history::{self, BlobId, HistoryError, PathHistory, Trail, Versions};
use crate::source::{FileId, FileStore, SourceFile};

/// What became of a page since its review.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Since {
    /// How many commits changed more than the stamp, if that is known.
    pub(super) commits: Option<usize>,
    /// When the stamp was last changed itself.
    pub(super) stamped: Option<Date>,
    /// The last change of what the page says, if it is known.
    pub(super) last: Option<Change>,
}

/// What came of a look at a page; nothing where the line of its changes has to go further down.
pub(super) type Outcome = Result<Option<Since>, HistoryError>;

/// A look at the versions of one page.
pub(super) struct Look<'l> {
    versions: &'l Versions,
    files: &'l FileStore,
    page: &'l PageReview,
    /// The page on disk, if it carries the date of its review itself.
    now: Option<Rc<Version>>,
}

impl<'l> Look<'l> {
    pub(super) fn new(versions: &'l Versions, files: &'l FileStore, page: &'l PageReview) -> Self {
        Self { versions, files, page, now: Version::now(files, page).map(Rc::new) }
    }

    /// What became of the page, as far as the line of its changes goes. `partial` is the history of the file that holds
    /// the date.
    pub(super) fn at(&self, known: &PathHistory, partial: Option<&PathHistory>) -> Outcome {
        self.look(known, partial, false)
    }

    /// The same, as far down as it takes.
    pub(super) fn to_the_end(&self, known: &PathHistory) -> Outcome {
        self.look(known, None, true)
    }

    fn look(&self, known: &PathHistory, partial: Option<&PathHistory>, is_deep: bool) -> Outcome {
        let stamps = match self.page.partial().zip(partial) {
            Some((file, known)) => Some(self.stamps_of_partial(file, known)?),
            None => None,
        };
        let is_deep = is_deep || stamps.is_some();
        self.versions.trail(&self.page.path, known, true, |trail| match &stamps {
            Some(stamps) => Self::since_stamps(trail, stamps).map(Some),
            None => self.since_own_stamp(trail, is_deep),
        })
    }

    /// What became of a page that carries its date itself, or none.
    fn since_own_stamp(&self, trail: &mut Trail<'_>, is_deep: bool) -> Outcome {
        let wanted = self.now.as_ref().and_then(|now| now.date());
        let mut seen = Seen { now: self.now.as_deref(), versions: HashMap::new() };
        // Most pages are on disk as they are committed, and need not be read again.
        let on_disk = self.now.as_ref().filter(|now| now.has_lf_alone());
        if let Some((now, blob)) = on_disk.zip(blob(self.files.file(self.page.file))) {
            seen.versions.insert(blob, Rc::clone(now));
        }
        let mut since = Since::default();
        let mut later = Vec::new();
        let mut is_first = true;
        loop {
            if !is_deep && trail.is_at_end_of_line() {
                return Ok(None);
            }
            let Some(change) = trail.next()? else { break };
            let sides = seen.sides(trail, &change)?;
            let date = sides.after.as_ref().and_then(|after| after.date());
            if std::mem::take(&mut is_first) && date != wanted {
                // A stamp that is not committed yet is later than every commit.
                later.clear();
                since.commits = wanted.map(|_| 0);
            }
            if !change.is_ignored && since.last.is_none() && !sides.any_is(Version::has_text_of) {
                since.last = Some(change_of(&change));
            }
            if wanted.is_none() || since.commits.is_some() {
                if since.last.is_some() {
                    return Ok(Some(since));
                }
                continue;
            }
            let had_stamp = sides.before.iter().flatten().any(|before| before.date() == wanted);
            if date == wanted && !had_stamp {
                since.stamped = since.stamped.max(Some(change.date));
                trail.stop()?;
                if since.last.is_none() {
                    since.last = Some(change_of(&change));
                }
            } else if !change.is_ignored
                && !sides.any_is(Version::differs_in_stamp_at_most)
                && !sides.is_clean_merge()
            {
                later.push(change);
            }
        }
        if wanted.is_some() && since.commits.is_none() && !trail.is_cut() {
            since.commits = Some(later.iter().filter(|change| trail.matters(change)).count());
        }
        Ok(Some(since))
    }

    /// What became of a page whose date is in a partial, which the commits `stamps` set.
    fn since_stamps(trail: &mut Trail<'_>, stamps: &PartialStamps) -> Result<Since, HistoryError> {
        let mut seen = Seen { now: None, versions: HashMap::new() };
        let mut since = Since { stamped: stamps.day, ..Since::default() };
        let mut later = 0;
        while let Some(change) = trail.next()? {
            let is_reviewed = stamps.commits.iter().any(|stamp| trail.leads_to(&change, stamp));
            if is_reviewed && since.last.is_some() {
                trail.stop()?;
                continue;
            }
            let sides = seen.sides(trail, &change)?;
            let is_change = !change.is_ignored && !sides.any_is(Version::has_text_of);
            if is_change {
                since.last.get_or_insert_with(|| change_of(&change));
            }
            if is_reviewed {
                trail.stop()?;
            } else if is_change && !sides.is_clean_merge() {
                later += 1;
            }
        }
        since.commits = match stamps.state {
            PartialState::Committed if !trail.is_cut() => Some(later),
            PartialState::Edited => Some(0),
            PartialState::Committed | PartialState::Unknown => None,
        };
        Ok(since)
    }

    /// The commits that set the date in the partial `file`.
    fn stamps_of_partial(
        &self,
        file: FileId,
        known: &PathHistory,
    ) -> Result<PartialStamps, HistoryError> {
        let partial = self.files.file(file);
        let wanted = partial_date(partial.text()).ok().map(|stamp| stamp.date.value);
        let mut stamps = PartialStamps::default();
        self.versions.trail(partial.path(), known, true, |trail| {
            let mut is_first = true;
            while let Some(change) = trail.next()? {
                let date_in = |blob: Option<BlobId>| -> Result<_, HistoryError> {
                    let content = blob.map(|blob| trail.content(blob)).transpose()?.flatten();
                    let text =
                        content.map(|content| String::from_utf8_lossy(&content).into_owned());
                    let stamp = text.and_then(|text| partial_date(&text).ok());
                    Ok(stamp.map(|stamp| stamp.date.value))
                };
                let date = date_in(change.blob)?;
                if std::mem::take(&mut is_first) && date != wanted {
                    stamps.state = PartialState::Edited;
                    return Ok(());
                }
                let before: Vec<_> = change
                    .parent_blobs
                    .iter()
                    .map(|blob| date_in(*blob))
                    .collect::<Result<_, _>>()?;
                if date == wanted && !before.contains(&wanted) {
                    stamps.day = stamps.day.max(Some(change.date));
                    stamps.commits.push(change.commit);
                    trail.stop()?;
                }
            }
            if !is_first && !trail.is_cut() {
                stamps.state = PartialState::Committed;
            }
            Ok(())
        })?;
        Ok(stamps)
    }
}

/// Where the date in a partial comes from.
#[derive(Debug, Default)]
struct PartialStamps {
    commits: Vec<String>,
    day: Option<Date>,
    state: PartialState,
}

#[derive(Clone, Copy, Debug, Default)]
enum PartialState {
    Committed,
    /// The date is not committed yet.
    Edited,
    #[default]
    Unknown,
}

/// The versions of a page that were read.
struct Seen<'s> {
    now: Option<&'s Version>,
    versions: HashMap<BlobId, Rc<Version>>,
}

/// The page after a commit, and before it as each of its parents has it; none where it is not there.
struct Sides {
    after: Option<Rc<Version>>,
    before: Vec<Option<Rc<Version>>>,
}

impl Sides {
    /// Whether the page before and the page after are so, for any of the parents.
    fn any_is(&self, are_so: impl Fn(&Version, &Version) -> bool) -> bool {
        let Some(after) = &self.after else { return false };
        self.before.iter().flatten().any(|before| are_so(before, after))
    }
}

impl Sides {
    /// Whether this is a merge, of however many parents, that says only what one of them says in each place.
    fn is_clean_merge(&self) -> bool {
        let before: Vec<&Version> = self.before.iter().flatten().map(Rc::as_ref).collect();
        self.after.as_ref().is_some_and(|after| before.len() > 1 && after.is_taken_from(&before))
    }
}

impl Seen<'_> {
    fn sides(
        &mut self,
        trail: &Trail<'_>,
        change: &history::PathChange,
    ) -> Result<Sides, HistoryError> {
        let after = self.version(trail, change.blob, None)?;
        let before = change.parent_blobs.iter();
        let before = before
            .map(|blob| self.version(trail, *blob, after.as_deref()))
            .collect::<Result<_, _>>();
        Ok(Sides { before: before?, after })
    }

    fn version(
        &mut self,
        trail: &Trail<'_>,
        blob: Option<BlobId>,
        newer: Option<&Version>,
    ) -> Result<Option<Rc<Version>>, HistoryError> {
        let Some(blob) = blob else { return Ok(None) };
        if let Some(known) = self.versions.get(&blob) {
            return Ok(Some(Rc::clone(known)));
        }
        let Some(content) = trail.content(blob)? else { return Ok(None) };
        let version = Rc::new(Version::new(content, |text| match self.now {
            Some(now) => Version::stamp_of(text, newer.or(Some(now))),
            None => None,
        }));
        self.versions.insert(blob, Rc::clone(&version));
        Ok(Some(version))
    }
}

pub(super) fn change_of(change: &history::PathChange) -> Change {
    Change { date: change.date, author: change.author.clone(), commit: change.commit.clone() }
}

/// The name that git gives the file as it is on disk.
pub(super) fn blob(file: &SourceFile) -> Option<BlobId> {
    BlobId::of(&[file.bom().as_bytes(), file.text().as_bytes()])
}

//! What git knows of a page since its review.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::PageReview;
use super::dates::partial_date;
use super::version::Version;
use crate::repo::Repo;
use crate::repo::history::{
    self, BlobId, History, HistoryError, Opened, PathHistory, Trail, Versions, Wanted,
};
use crate::source::{FileStore, RepoPath, SourceFile};

/// The changes of one page, as far as they matter to its review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The last change of what the page says.
    pub last: Change,
    /// How many commits changed more than the stamp since the review; `None` where this clone lacks what is needed to
    /// count them, or where there is no review to count from.
    pub since_review: Option<usize>,
    /// When the date of the review was last changed itself.
    pub stamp_changed: Option<Date>,
    /// Whether a draft is not as that commit left it. Of other pages nobody asks it.
    pub is_edited: bool,
}

/// One commit that changed a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The day.
    pub date: Date,
    /// Whose commit it is.
    pub author: String,
    /// The commit, 40 hexadecimal digits.
    pub commit: String,
}

/// Whether git knew everything.
#[derive(Debug, Default)]
pub enum Completeness {
    /// It did, or was not asked.
    #[default]
    Whole,
    /// The clone is shallow, and what is older than its boundary is not known.
    Shallow,
    /// What became of some pages is not known, because objects are missing from this clone.
    Lacking {
        /// How many pages.
        pages: usize,
        /// What stands in the way.
        error: HistoryError,
    },
}

/// Asks git for the changes of `pages` up to `commit`, else up to `HEAD`, and puts them where they belong.
pub(super) fn add(
    repo: &Repo,
    commit: Option<&str>,
    files: &FileStore,
    pages: &mut [PageReview],
) -> Result<Completeness, HistoryError> {
    let Some(mut opened) = repo.history()? else {
        return Ok(Completeness::Whole);
    };
    if let Some(commit) = commit {
        opened = opened.until(commit)?;
    }
    match add_of(&mut opened, commit.is_none(), files, pages) {
        Err(HistoryError::NotFetched { .. }) if opened.fetches() => {
            opened.fetch_folders()?;
            add_of(&mut opened, commit.is_none(), files, pages)
        }
        result => result,
    }
}

/// The same of an open repository; `is_head` where its history up to `HEAD` is asked for, which is remembered.
fn add_of(
    opened: &mut Opened,
    is_head: bool,
    files: &FileStore,
    pages: &mut [PageReview],
) -> Result<Completeness, HistoryError> {
    let versions = opened.versions();
    // The versions of a page are looked at beside the walk, as soon as its changes are known.
    let early: Vec<OnceLock<Outcome>> = pages.iter().map(|_| OnceLock::new()).collect();
    let places: HashMap<&RepoPath, (usize, &PageReview)> =
        pages.iter().enumerate().map(|(at, page)| (&page.path, (at, page))).collect();
    let mut history = rayon::scope(|scope| {
        opened.history(&wanted(pages, files), |path, history| {
            let Some(&(at, page)) = places.get(path) else { return };
            // What became of a partial may not be known yet.
            if page.partial().is_none() {
                let (early, versions, history) = (&early[at], &versions, history.clone());
                scope.spawn(move |_| {
                    early.get_or_init(|| Look::new(versions, files, page).at(&history, None));
                });
            }
        })
    })?;
    drop(places);
    let questions: Vec<Option<BlobId>> = pages.iter().map(|page| question(files, page)).collect();
    let mut found: Vec<Option<Outcome>> = pages
        .par_iter()
        .zip(early)
        .zip(&questions)
        .map(|((page, early), question)| {
            let known = history.of(&page.path);
            if !is_committed(known) {
                return None;
            }
            let recalled = question.and_then(|question| history.recall(&page.path, question));
            let partial = page.partial().map(|partial| history.of(files.file(partial).path()));
            let look = || Look::new(&versions, files, page).at(known, partial);
            Some(match recalled {
                Some(since) => Ok(Some(since)),
                None => early.into_inner().unwrap_or_else(look),
            })
        })
        .collect();
    look_deeper(opened, &versions, files, pages, &mut found)?;
    fetch(opened, &versions, &history, files, pages, &mut found)?;
    let mut lacking = None;
    for ((page, found), question) in pages.iter_mut().zip(found).zip(questions) {
        match found {
            Some(Ok(Some(since))) => {
                if let Some(question) = question {
                    history.remember(&page.path, question, &since);
                }
                page.changes = changes(since, history.of(&page.path), files, page);
            }
            Some(Err(error)) => {
                let (pages, error) = lacking.take().unwrap_or((0, error));
                lacking = Some((pages + 1, error));
            }
            Some(Ok(None)) | None => {}
        }
    }
    if is_head {
        history.save();
    }
    Ok(match lacking {
        Some((pages, error)) => Completeness::Lacking { pages, error: opened.explain(error) },
        None if history.is_shallow() => Completeness::Shallow,
        None => Completeness::Whole,
    })
}

/// What is asked of the history of `pages`.
fn wanted(pages: &[PageReview], files: &FileStore) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for page in pages {
        let days = page.review_days();
        let of = |path: RepoPath| match days {
            Some((first, _)) => Wanted::since(path, first),
            None => Wanted::last(path),
        };
        wanted.push(of(page.path.clone()));
        wanted.extend(page.partial().map(|partial| of(files.file(partial).path().clone())));
    }
    wanted
}

/// Whether `HEAD` has the file of this history.
fn is_committed(known: &PathHistory) -> bool {
    match known {
        PathHistory::Known { changes, .. } => {
            changes.first().is_none_or(|head| head.blob.is_some())
        }
        PathHistory::Untracked | PathHistory::Unknown => false,
    }
}

/// Looks again at those pages whose line of changes did not go down far enough, all of them in one pass.
fn look_deeper(
    opened: &mut Opened,
    versions: &Versions,
    files: &FileStore,
    pages: &[PageReview],
    found: &mut [Option<Outcome>],
) -> Result<(), HistoryError> {
    let is_open = |found: &Option<Outcome>| matches!(found, Some(Ok(None)));
    let open = || pages.iter().zip(&*found).filter(|(_, found)| is_open(found));
    let wanted: Vec<Wanted> =
        open().map(|(page, _)| Wanted::since(page.path.clone(), Date::MIN)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let history = opened.history(&wanted, |_, _| {})?;
    pages.par_iter().zip(found).filter(|(_, found)| is_open(found)).for_each(|(page, found)| {
        let known = history.of(&page.path);
        *found = Some(Look::new(versions, files, page).to_the_end(known));
    });
    Ok(())
}

/// How often what pages lack is fetched: one version may lead to another.
const FETCHES: usize = 20;

/// Fetches the versions of pages that a partial clone lacks, all at once, and looks again, if that is asked for.
fn fetch(
    opened: &mut Opened,
    versions: &Versions,
    history: &History,
    files: &FileStore,
    pages: &[PageReview],
    found: &mut [Option<Outcome>],
) -> Result<(), HistoryError> {
    for _ in 0..FETCHES {
        if !opened.fetches() || !found.iter().flatten().any(Result::is_err) {
            break;
        }
        let lacking =
            || pages.iter().zip(&*found).filter(|(_, found)| matches!(found, Some(Err(_))));
        let blobs = lacking()
            .flat_map(|(page, _)| history.of(&page.path).changes())
            .flat_map(|change| change.parent_blobs.iter().copied().chain([change.blob]).flatten());
        let errors = lacking().filter_map(|(_, found)| found.as_ref()?.as_ref().err());
        if !opened.fetch_blobs(blobs, errors)? {
            break;
        }
        pages.par_iter().zip(&mut *found).for_each(|(page, found)| {
            if let Some(Err(_)) = found {
                let partial = page.partial().map(|partial| history.of(files.file(partial).path()));
                *found = Some(Look::new(versions, files, page).at(history.of(&page.path), partial));
            }
        });
        look_deeper(opened, versions, files, pages, found)?;
    }
    Ok(())
}

/// What became of a page since its review.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Since {
    /// How many commits changed more than the stamp, if that is known.
    commits: Option<usize>,
    /// When the stamp was last changed itself.
    stamped: Option<Date>,
    /// The last change of what the page says, if it is known.
    last: Option<Change>,
}

/// What came of a look at a page; nothing where the line of its changes has to go further down.
type Outcome = Result<Option<Since>, HistoryError>;

/// A look at the versions of one page.
struct Look<'l> {
    versions: &'l Versions,
    files: &'l FileStore,
    page: &'l PageReview,
    /// The page on disk, if it carries the date of its review itself.
    now: Option<Version>,
}

impl<'l> Look<'l> {
    fn new(versions: &'l Versions, files: &'l FileStore, page: &'l PageReview) -> Self {
        Self { versions, files, page, now: Version::now(files, page) }
    }

    /// What became of the page, as far as the line of its changes goes. `partial` is the history of the file that holds
    /// the date.
    fn at(&self, known: &PathHistory, partial: Option<&PathHistory>) -> Outcome {
        self.look(known, partial, false)
    }

    /// The same, as far down as it takes.
    fn to_the_end(&self, known: &PathHistory) -> Outcome {
        self.look(known, None, true)
    }

    fn look(&self, known: &PathHistory, partial: Option<&PathHistory>, is_deep: bool) -> Outcome {
        let stamps = match self.page.partial().zip(partial) {
            Some((file, known)) => Some(self.stamps_of_partial(file, known)?),
            None => None,
        };
        let is_deep = is_deep || stamps.is_some();
        self.versions.trail(&self.page.path, known, true, |trail| match &stamps {
            Some(stamps) => self.since_stamps(trail, stamps).map(Some),
            None => self.since_own_stamp(trail, is_deep),
        })
    }

    /// What became of a page that carries its date itself, or none.
    fn since_own_stamp(&self, trail: &mut Trail<'_>, is_deep: bool) -> Outcome {
        let wanted = self.now.as_ref().and_then(Version::date);
        let mut seen = Seen { now: self.now.as_ref(), versions: HashMap::new() };
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
            } else if !change.is_ignored && !sides.any_is(Version::differs_in_stamp_at_most) {
                later.push(change);
            }
        }
        if wanted.is_some() && since.commits.is_none() && !trail.is_cut() {
            since.commits = Some(later.iter().filter(|change| trail.matters(change)).count());
        }
        Ok(Some(since))
    }

    /// What became of a page whose date is in a partial, which the commits `stamps` set.
    fn since_stamps(
        &self,
        trail: &mut Trail<'_>,
        stamps: &PartialStamps,
    ) -> Result<Since, HistoryError> {
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
            } else if is_change {
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
        file: crate::source::FileId,
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

impl Seen<'_> {
    fn sides(
        &mut self,
        trail: &Trail<'_>,
        change: &history::Change,
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

fn change_of(change: &history::Change) -> Change {
    Change { date: change.date, author: change.author.clone(), commit: change.commit.clone() }
}

fn changes(
    since: Since,
    known: &PathHistory,
    files: &FileStore,
    page: &PageReview,
) -> Option<Changes> {
    let head = known.changes().first().and_then(|change| change.blob);
    let is_edited = page.dates.draft.is_some() && !is_as_in(head, files.file(page.file));
    let last = since.last.or_else(|| known.last().map(change_of))?;
    Some(Changes { last, since_review: since.commits, stamp_changed: since.stamped, is_edited })
}

/// A name for the question what became of the page. Nothing else of the page on disk matters to the answer.
fn question(files: &FileStore, page: &PageReview) -> Option<BlobId> {
    if let Some(now) = Version::now(files, page) {
        return now.question();
    }
    match page.partial().zip(page.reviewed.as_ref()) {
        Some((partial, dated)) => {
            let partial = files.file(partial).path().as_str().as_bytes();
            BlobId::of(&[format!("{:?} in ", dated.date).as_bytes(), partial])
        }
        None => BlobId::of(&[b"last change"]),
    }
}

/// Whether git has the file as it is on disk, be it with other line breaks.
fn is_as_in(committed: Option<BlobId>, file: &SourceFile) -> bool {
    let with_newlines = || {
        let text = file.text().replace("\r\n", "\n");
        BlobId::of(&[file.bom().as_bytes(), text.as_bytes()])
    };
    let blob = || BlobId::of(&[file.bom().as_bytes(), file.text().as_bytes()]);
    committed.is_some() && (blob() == committed || with_newlines() == committed)
}

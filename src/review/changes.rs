//! What git knows of a page since its review.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::PageReview;
use super::look::{Look, Outcome, Since, blob, change_of};
use super::version::Version;
use crate::repo::Repo;
use crate::repo::history::{BlobId, History, HistoryError, Opened, PathHistory, Versions, Wanted};
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
        /// What is in the way.
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
    committed.is_some() && (blob(file) == committed || with_newlines() == committed)
}

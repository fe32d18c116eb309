//! When, by whom and in which commit files changed: the history of a set of paths, in one pass.
//!
//! The answers are those of `git log -- PATH`: a merge that has a path as one of its parents has it is no change of that
//! path, and only that parent's line counts; a merge that differs from all its parents is a change, and all their lines
//! count. The pass goes down as long as there is one way to go; a [`Trail`] goes on from there, through every parent of
//! a merge and through renames. A commit that changes only the mode of a file does not change it, and commits that a
//! `.git-blame-ignore-revs` names do not count. What a shallow clone does not know is [`PathHistory::Unknown`], never a
//! guess. Unlike git, replacements (`git replace`) and the grafts that they replaced are not looked at.
//!
//! The parts, each below the ones that use it: `checkout` finds the repository, `walk` goes down the commits with all
//! paths, `trail` with one, `moves` finds renames, `compare` finds which paths differ between two trees, `paths` groups
//! paths by folder, `reader` reads each `commit` and `tree`, and `cache` remembers the answers for as long as `HEAD`
//! stays.

mod cache;
mod checkout;
mod commit;
mod compare;
mod error;
mod ignored;
mod moves;
mod partial;
mod paths;
pub(super) mod reader;
mod trail;
pub(super) mod tree;
mod walk;

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use git2::{Oid, Repository};
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha1::{Digest, Sha1};

use crate::source::RepoPath;

use super::Repo;

pub use error::HistoryError;

use cache::Cache;
use checkout::Bounds;
pub(super) use checkout::{Checkout, open_repository};
use paths::{PathId, Paths};
use reader::Reader;
pub use trail::Trail;
use walk::Walk;

/// A longer path is on no disk, and is not looked at.
pub(super) const MAX_PATH_BYTES: usize = 4096;

/// A path whose history is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The path of a file, from the handbook's root. It need not exist any more.
    pub path: RepoPath,
    /// Asks for the changes before the last one too, as far as there is one way to go, and at least down to commits of
    /// this day. `None`: only the last change.
    pub since: Option<Date>,
}

impl Wanted {
    /// Asks for the last change of `path` only.
    pub fn last(path: RepoPath) -> Self {
        Self { path, since: None }
    }

    /// Asks for the last change of `path` and for the changes before it, down to commits of `day`.
    pub fn since(path: RepoPath, day: Date) -> Self {
        Self { path, since: Some(day) }
    }
}

/// The name of a file's content in git.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(Oid);

impl BlobId {
    /// The name that git gives the content that is made of `parts`. Where git and libgit2 take their time to
    /// look out for forged collisions, this does not: nothing is trusted for having a name.
    pub fn of(parts: &[&[u8]]) -> Option<Self> {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let mut hash = Sha1::new();
        hash.update(format!("blob {length}\0"));
        for part in parts {
            hash.update(part);
        }
        Oid::from_bytes(&hash.finalize()).ok().map(Self)
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A commit that changed a path: its content, or whether it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathChange {
    /// The commit, 40 hexadecimal digits.
    pub commit: String,
    /// The author's name as the commit spells it, with U+FFFD for what is not UTF-8.
    pub author: String,
    /// The author's date in the author's own time zone, as `git log --format=%as` prints it.
    pub date: Date,
    /// The content after the commit; `None` if the commit deleted the file.
    pub blob: Option<BlobId>,
    /// The content in each parent of the commit, in their order; `None` where the file is not there.
    pub parent_blobs: Vec<Option<BlobId>>,
    /// Whether the commit is one of those that do not count.
    pub is_ignored: bool,
}

/// What the commits say about one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathHistory {
    /// No commit ever held a file of that name.
    Untracked,
    /// The clone is shallow, and its last change lies at or below the boundary; or it was not asked for.
    Unknown,
    /// Changes are known.
    Known {
        /// The changes, newest first: each commit builds on the next.
        changes: Vec<PathChange>,
        /// Where that line ends.
        end: End,
    },
}

/// Where a line of changes ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// At the first commit: there is nothing before it.
    Origin,
    /// It goes on at this commit, 40 hexadecimal digits, which has not been looked at; if it is the last of the changes,
    /// with several ways to go on, or under another name.
    Open(String),
    /// At the boundary of a shallow clone.
    Cut,
}

impl PathHistory {
    /// The last change that counts, if it is known; if none counts, the first of all.
    pub fn last(&self) -> Option<&PathChange> {
        let Self::Known { changes, end } = self else { return None };
        let last = changes.iter().find(|change| !change.is_ignored);
        last.or_else(|| changes.last().filter(|_| *end == End::Origin))
    }

    /// The known changes, newest first.
    pub fn changes(&self) -> &[PathChange] {
        match self {
            Self::Known { changes, .. } => changes,
            Self::Untracked | Self::Unknown => &[],
        }
    }
}

/// The versions of files in a repository, for several threads.
pub struct Versions {
    /// The repository, once for every thread that reads in it.
    readers: Mutex<Vec<Reader>>,
    git_folder: PathBuf,
    prefix: Vec<u8>,
    bounds: Bounds,
}

impl Versions {
    /// Lets `read` go down the trail of `path`, of which `known` is known. With `follows_moves`, the file is looked for
    /// under the names that it had before; else, what had its name before is taken for the same file.
    ///
    /// # Errors
    ///
    /// Fails where the repository cannot be opened, and as `read` does.
    pub fn trail<T>(
        &self,
        path: &RepoPath,
        known: &PathHistory,
        follows_moves: bool,
        read: impl FnOnce(&mut Trail<'_>) -> Result<T, HistoryError>,
    ) -> Result<T, HistoryError> {
        let full = match self.prefix.is_empty() {
            true => path.as_str().as_bytes().to_vec(),
            false => [&self.prefix, path.as_str().as_bytes()].join(&b'/'),
        };
        let free = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = match free {
            Some(reader) => reader,
            None => Reader::new(Repository::open(&self.git_folder).map_err(|error| {
                HistoryError::Unreadable {
                    folder: self.git_folder.clone(),
                    reason: error.message().to_owned(),
                }
            })?),
        };
        let result = read(&mut Trail::new(&mut reader, &self.bounds, full, known, follows_moves));
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        result
    }

    /// The content that `id` names; `None` if this clone lacks it or it is larger than
    /// [`MAX_FILE_BYTES`](crate::source::MAX_FILE_BYTES).
    pub fn read(&self, id: BlobId) -> Option<Vec<u8>> {
        let nothing = RepoPath::default();
        self.trail(&nothing, &PathHistory::Untracked, false, |trail| trail.content(id)).ok()?
    }
}

/// The histories of the wanted paths, up to `HEAD`.
pub struct History {
    paths: HashMap<RepoPath, PathHistory>,
    head: String,
    is_shallow: bool,
    cache: Cache,
}

impl History {
    /// The history of `path`; [`PathHistory::Unknown`] if it was not among the wanted.
    pub fn of(&self, path: &RepoPath) -> &PathHistory {
        self.paths.get(path).unwrap_or(&PathHistory::Unknown)
    }

    /// The commit that `HEAD` names, 40 hexadecimal digits.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Whether the clone is shallow, so that more history may exist than is here.
    pub fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    /// What [`Self::remember`] got for `path`, as long as `HEAD` stays: the answer to the question
    /// that the caller named `question`.
    pub fn recall<T: DeserializeOwned>(&self, path: &RepoPath, question: BlobId) -> Option<T> {
        self.cache.recall(path, question)
    }

    /// Remembers an answer about `path`, which must be among the wanted. It has to follow from the question, the
    /// path and the commits alone, and takes the place of what was answered to another question.
    pub fn remember<T: Serialize>(&mut self, path: &RepoPath, question: BlobId, answer: &T) {
        self.cache.remember(path, question, answer);
    }

    /// Keeps what was found out for the next run, if it is new and the git folder can be written.
    pub fn save(&mut self) {
        self.cache.save();
    }
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("History")
            .field("head", &self.head)
            .field("is_shallow", &self.is_shallow)
            .field("paths", &self.paths)
            .finish_non_exhaustive()
    }
}

/// A repository whose history can be asked for.
pub struct Opened {
    place: Checkout,
}

/// Opens the repository around the handbook's folder `root`.
///
/// `Ok(None)`: the folder is in no git work tree, or nothing is committed yet.
pub fn open(root: &Path) -> Result<Option<Opened>, HistoryError> {
    Ok(Checkout::of(root)?.map(|place| Opened { place }))
}

impl Repo {
    /// Opens the repository around the handbook, as [`open`] does; nothing where git is not to be asked.
    pub fn history(&self) -> Result<Option<Opened>, HistoryError> {
        Ok(self.place()?.map(|place| Opened { place }))
    }
}

/// The histories of `wanted`, as [`Opened::history`] returns them, of the repository that [`open`] opens.
pub fn history(root: &Path, wanted: &[Wanted]) -> Result<Option<History>, HistoryError> {
    open(root)?.map(|mut opened| opened.history(wanted, |_, _| {})).transpose()
}

impl Opened {
    /// The same up to the commit of the name `commit`, 40 hexadecimal digits, as if `HEAD` named it. The histories are
    /// not to be [saved](History::save): what is remembered is that of `HEAD`.
    pub fn until(mut self, commit: &str) -> Result<Self, HistoryError> {
        self.place.head = Oid::from_str(commit).map_err(|error| self.place.unreadable(&error))?;
        Ok(self)
    }

    /// Whether what a partial clone lacks is to be fetched.
    pub fn fetches(&self) -> bool {
        self.place.fetches && self.place.promisor().is_some()
    }

    /// Fetches the folders of all commits.
    ///
    /// # Errors
    ///
    /// Fails where git does.
    pub fn fetch_folders(&self) -> Result<(), HistoryError> {
        self.place.fetch_folders(self.place.head)
    }

    /// Fetches those of `blobs`, and of the objects that `errors` name, that are missing; whether there were any.
    ///
    /// # Errors
    ///
    /// Fails where git does.
    pub fn fetch_blobs<'e>(
        &self,
        blobs: impl IntoIterator<Item = BlobId>,
        errors: impl IntoIterator<Item = &'e HistoryError>,
    ) -> Result<bool, HistoryError> {
        let odb = self.place.repository.odb().map_err(|error| self.place.unreadable(&error))?;
        let named = errors.into_iter().filter_map(|error| match error {
            HistoryError::Missing { id } => Some(*id),
            _ => None,
        });
        let ids = blobs.into_iter().map(|blob| blob.0).chain(named);
        let ids: BTreeSet<Oid> = ids.filter(|id| !odb.exists(*id)).collect();
        if ids.is_empty() {
            return Ok(false);
        }
        self.place.fetch(&ids).map(|()| true)
    }

    /// `error` as it is in this clone: what a partial clone lacks is no damage.
    pub fn explain(&self, error: HistoryError) -> HistoryError {
        self.place.explain(error)
    }

    /// The versions of its files.
    pub fn versions(&self) -> Versions {
        let git_folder = self.place.repository.path().to_owned();
        let (prefix, bounds) = (self.place.prefix.clone(), self.place.bounds());
        Versions { readers: Mutex::default(), git_folder, prefix, bounds }
    }

    /// The histories of `wanted`, whose paths are relative to the handbook's folder. A path that is wanted twice is
    /// wanted since the earlier of the two days.
    ///
    /// `found` gets paths as soon as all is known of them, in any order, so that a caller can go on with
    /// those while others are looked for; not of those that are remembered, and not always of all others.
    pub fn history(
        &mut self,
        wanted: &[Wanted],
        mut found: impl FnMut(&RepoPath, &PathHistory),
    ) -> Result<History, HistoryError> {
        let Self { place } = self;
        let mut wanted: Vec<Wanted> = wanted.to_vec();
        // With `None` last, the first of each path asks for the most.
        wanted.sort_by(|a, b| {
            let since = |wanted: &Wanted| (wanted.since.is_none(), wanted.since);
            a.path.cmp(&b.path).then(since(a).cmp(&since(b)))
        });
        wanted.dedup_by(|later, first| later.path == first.path);

        let mut known = Cache::load(place);
        let missing: Vec<&Wanted> = wanted.iter().filter(|wanted| !known.answers(wanted)).collect();
        if !missing.is_empty() {
            let paths = Paths::new(&place.prefix, &missing);
            let mut report = |path: PathId, history: &PathHistory| {
                found(&missing[path as usize].path, history);
            };
            let walk = Walk::new(place.reader()?, &paths, place, &missing, &mut report);
            let histories = walk.run();
            let histories = histories.map_err(|error| place.explain(error))?;
            for (wanted, history) in missing.into_iter().zip(histories) {
                known.learn(wanted, history);
            }
        }
        let paths = wanted.into_iter().map(|wanted| {
            let history = known.answer(&wanted);
            (wanted.path, history)
        });
        Ok(History {
            paths: paths.collect(),
            head: place.head.to_string(),
            is_shallow: !place.boundary.is_empty(),
            cache: known,
        })
    }
}

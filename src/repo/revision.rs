//! A handbook as a commit has it.

use std::sync::{Mutex, PoisonError};

use git2::Oid;

use super::files::led_to;
use super::history::reader::Reader;
use super::history::tree::TreeEntry;
use super::history::{Checkout, HistoryError, MAX_PATH_BYTES};
use super::names::{self, Meaning};
use super::trees::walk_tree;
use super::{Files, Globs, ListError, Listing, Repo, Unlisted};
use crate::source::{self, MAX_FILE_BYTES, ReadError, RepoPath, nearest};

/// The handbook as a commit has it.
pub struct Revision {
    reader: Mutex<Reader>,
    /// The handbook's folder in it; `None` where the commit has none.
    folder: Option<Oid>,
    is_whole: bool,
    id: Oid,
}

/// Why there is no such revision.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// The handbook is in no git repository, or nothing is committed yet.
    #[error("the handbook is in no git repository with a commit, so it has no revision `{0}`")]
    NoRepository(String),
    /// Nothing has this name.
    #[error("git has no revision `{name}`; {help}")]
    Unknown {
        /// The name.
        name: String,
        /// What to do.
        help: String,
    },
    /// Several things have this name.
    #[error("`{name}` is ambiguous: it may be {places}; write one of them in full")]
    Ambiguous {
        /// The name.
        name: String,
        /// What it may be short for.
        places: String,
    },
    /// The two lines of commits begin apart.
    #[error("`{0}` and HEAD have no commit in common, so what changed since is unknown")]
    Unrelated(String),
    /// The clone is shallow, and the commit may lie below its boundary.
    #[error(
        "git has no revision `{0}` in this shallow clone; fetch it with `git fetch --unshallow`, in GitLab CI with \
         `GIT_DEPTH: 0`, in GitHub Actions with `fetch-depth: 0`"
    )]
    Shallow(String),
    /// The repository cannot be read.
    #[error(transparent)]
    History(#[from] HistoryError),
}

impl Revision {
    /// The handbook of `repo` as the commit has it that `name` means.
    pub fn open(repo: &Repo, name: &str) -> Result<Self, RevisionError> {
        let Some(place) = repo.place()? else {
            return Err(RevisionError::NoRepository(name.to_owned()));
        };
        let id = commit_of(&place, name)?;
        Self::at(place, id)
    }

    /// The handbook of `repo` as it was when the line of commits that leads to `HEAD` left that of `name`: at the
    /// merge base of the two.
    pub fn merge_base(repo: &Repo, name: &str) -> Result<Self, RevisionError> {
        let Some(place) = repo.place()? else {
            return Err(RevisionError::NoRepository(name.to_owned()));
        };
        let other = commit_of(&place, name)?;
        let base = place.repository.merge_base(place.head, other);
        let id = base.map_err(|_| match place.boundary.is_empty() {
            // What the two have in common may lie below the boundary.
            false => RevisionError::Shallow(name.to_owned()),
            true => RevisionError::Unrelated(name.to_owned()),
        })?;
        Self::at(place, id)
    }

    /// The handbook of `repo` in the first parent of `HEAD`, if `HEAD` is the commit `merge` and merges two commits:
    /// forges check such a merge of a branch with what it goes to, which comes first.
    pub fn merged_into(repo: &Repo, merge: &str) -> Result<Option<Self>, RevisionError> {
        let Some(place) = repo.place()? else { return Ok(None) };
        if place.head.to_string() != merge {
            return Ok(None);
        }
        let parents: Vec<Oid> = match place.repository.find_commit(place.head) {
            Ok(commit) => commit.parent_ids().collect(),
            Err(_) => Vec::new(),
        };
        match parents[..] {
            [first, _] => Self::at(place, first).map(Some),
            _ => Ok(None),
        }
    }

    fn at(place: Checkout, id: Oid) -> Result<Self, RevisionError> {
        let is_whole = place.prefix.is_empty();
        let folder = match place.folder_of(id) {
            Err(error) if place.fetches => {
                place.fetch_for(id, error)?;
                place.folder_of(id)?
            }
            folder => folder.map_err(|error| place.explain(error))?,
        };
        let reader = Mutex::new(Reader::new(place.repository));
        Ok(Self { reader, folder, is_whole, id })
    }

    /// The commit, 40 hexadecimal digits.
    pub fn id(&self) -> String {
        self.id.to_string()
    }

    pub(super) fn oid(&self) -> Oid {
        self.id
    }
}

/// The commit that `name` means.
fn commit_of(place: &Checkout, name: &str) -> Result<Oid, RevisionError> {
    match names::commit_of(&place.repository, name) {
        Meaning::Commit(id) => Ok(id),
        Meaning::Nothing => Err(unknown(place, name)),
        Meaning::Several(names) => {
            Err(RevisionError::Ambiguous { name: name.to_owned(), places: names::listed(&names) })
        }
    }
}

/// Why nothing has this name.
fn unknown(place: &Checkout, name: &str) -> RevisionError {
    if !place.boundary.is_empty() {
        return RevisionError::Shallow(name.to_owned());
    }
    let references = place.repository.references().into_iter().flatten().flatten();
    let known: Vec<String> =
        references.filter_map(|reference| Some(reference.shorthand().ok()?.to_owned())).collect();
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a commit, a tag or a branch".to_owned(),
    };
    RevisionError::Unknown { name: name.to_owned(), help }
}

/// Why a file of a commit cannot be read.
fn read_error(error: HistoryError) -> ReadError {
    match error {
        HistoryError::Missing { .. } | HistoryError::NotFetched { .. } => ReadError::NotFetched,
        error => ReadError::Io(std::io::Error::other(error.to_string())),
    }
}

impl Files for Revision {
    fn has(&self, path: &str) -> bool {
        path.is_empty() || matches!(self.entry(path), Ok(Some(_)))
    }

    fn read(&self, path: &RepoPath) -> Result<String, ReadError> {
        source::text_of(self.bytes(path)?)
    }

    fn bytes(&self, path: &RepoPath) -> Result<Vec<u8>, ReadError> {
        let named = self.entry(path.as_str()).map_err(read_error)?;
        let entry = match named {
            Some(entry) if !entry.is_link() => entry,
            // The path may lead through links.
            _ => {
                let target = self.led_to(path)?;
                let missing = || match named {
                    Some(_) => ReadError::DanglingLink,
                    None => ReadError::Missing,
                };
                self.entry(&target).map_err(read_error)?.ok_or_else(missing)?
            }
        };
        if !entry.is_file() {
            return Err(ReadError::NotAFile("a folder"));
        }
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let size = reader.blob_size(entry.id).map_err(read_error)?;
        if size > MAX_FILE_BYTES {
            return Err(ReadError::TooLarge(size));
        }
        Ok(reader.blob(entry.id).map_err(read_error)?.unwrap_or_default())
    }

    fn read_listed(&self, path: &RepoPath) -> Result<String, ReadError> {
        self.read(path)
    }

    fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn list(&self, globs: &[&Globs]) -> Listing {
        self.walk(false, |path| globs.iter().any(|globs| globs.matches(path)))
    }

    fn all(&self, _with_ignored: bool) -> Listing {
        self.walk(true, |_| true)
    }
}

impl Revision {
    /// Shows `see` everything that the commit has in the handbook's folder, each by its path.
    pub(super) fn see_all(&self, see: impl FnMut(&[u8], TreeEntry)) -> Result<(), HistoryError> {
        let Some(folder) = self.folder else { return Ok(()) };
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        walk_tree(&mut reader, folder, true, see)
    }

    /// What the commit has at `path`.
    fn entry(&self, path: &str) -> Result<Option<TreeEntry>, HistoryError> {
        let Some(folder) = self.folder else { return Ok(None) };
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader.entry(folder, path.as_bytes())
    }

    /// Returns where `path` leads through the symbolic links of the commit.
    fn led_to(&self, path: &RepoPath) -> Result<String, ReadError> {
        led_to(path, |here| {
            let entry = self.entry(here).map_err(read_error)?;
            let Some(link) = entry.filter(|entry| entry.is_link()) else { return Ok(None) };
            let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            let target = reader.blob(link.id).map_err(read_error)?;
            target.ok_or(ReadError::DanglingLink).map(Some)
        })
    }

    /// The files that `is_match`, hidden ones only `with_hidden`.
    fn walk(&self, with_hidden: bool, is_match: impl Fn(&RepoPath) -> bool) -> Listing {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let mut listing = Listing::default();
        let Some(folder) = self.folder else { return listing };
        let walked = walk_tree(&mut reader, folder, with_hidden, |path, entry| {
            if path.len() > MAX_PATH_BYTES {
                listing.unreadable.push(Unlisted {
                    path: RepoPath::escaped(&path[..MAX_PATH_BYTES.min(100)]),
                    obstacle: ListError::TooLong,
                });
            } else {
                listing.add(path, entry.is_link(), entry.is_file(), &is_match);
            }
        });
        // A folder that is not in this clone ends the list, as one that cannot be opened does on disk.
        if walked.is_err() {
            listing.unreadable.push(Unlisted {
                path: RepoPath::default(),
                obstacle: ListError::Folder(std::io::ErrorKind::NotFound),
            });
        }
        listing.files.sort_unstable();
        listing.links.sort_unstable();
        listing
    }
}

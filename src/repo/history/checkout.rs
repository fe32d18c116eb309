//! The git repository around a handbook.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use git2::{ErrorCode, Oid, Repository, RepositoryOpenFlags};

use super::error::unreadable;
use super::reader::Reader;
use super::{HistoryError, ignored};

/// The repository that a handbook is kept in, and all that the history depends on besides its objects.
pub(in crate::repo) struct Checkout {
    /// The repository.
    pub(in crate::repo) repository: Repository,
    /// The commit that `HEAD` names.
    pub(in crate::repo) head: Oid,
    /// The handbook's folder from the work tree's root, with `/` between its parts; empty for the root.
    pub(in crate::repo) prefix: Vec<u8>,
    /// The commits below which a shallow clone was cut off.
    pub(in crate::repo) boundary: BTreeSet<Oid>,
    /// The commits that do not count.
    pub(super) ignored: BTreeSet<Oid>,
    /// Whether what a partial clone lacks is fetched.
    pub(in crate::repo) fetches: bool,
    pub(super) work_tree: PathBuf,
}

/// The commits at which a history ends, and those that do not count.
#[derive(Clone, Debug, Default)]
pub(super) struct Bounds {
    /// The commits below which a shallow clone was cut off.
    pub(super) boundary: BTreeSet<Oid>,
    /// The commits that do not count.
    pub(super) ignored: BTreeSet<Oid>,
}

impl Checkout {
    /// Opens the repository once more, to read its objects.
    pub(in crate::repo) fn reader(&self) -> Result<Reader, HistoryError> {
        let repository = Repository::open(self.repository.path());
        Ok(Reader::new(repository.map_err(|error| self.unreadable(&error))?))
    }

    /// The place of the handbook in `root`; `None` if it is in no work tree or nothing is committed.
    pub(in crate::repo) fn of(root: &Path) -> Result<Option<Self>, HistoryError> {
        let root = root.canonicalize().map_err(|error| unreadable(root, &error))?;
        let repository = match open(&root) {
            Ok(repository) => repository,
            // A `.git` file leads to the repository of a linked work tree or a submodule. Where it leads
            // nowhere, git and libgit2 stop, rather than take the repository further up.
            Err(error) if error.code() == ErrorCode::NotFound => match git_file(&root) {
                Some(folder) => {
                    return Err(unreadable(folder, &"its .git file leads to no repository"));
                }
                None => return Ok(None),
            },
            Err(error) => return Err(refused(&root, &error)),
        };
        let Some(work_tree) = repository.workdir().and_then(|folder| folder.canonicalize().ok())
        else {
            return Ok(None);
        };
        let inside = root.strip_prefix(&work_tree).ok();
        let Some(inside) = inside.filter(|_| !root.starts_with(canonical(repository.path())))
        else {
            return Ok(None);
        };
        let head = match repository.head() {
            Ok(head) => head.target(),
            Err(error) if error.code() == ErrorCode::UnbornBranch => return Ok(None),
            Err(error) => return Err(unreadable(&work_tree, &error.message())),
        };
        let head = head.ok_or_else(|| unreadable(&work_tree, &"its HEAD names no commit"))?;
        let parts: Vec<&[u8]> = inside.iter().map(OsStr::as_encoded_bytes).collect();
        Ok(Some(Self {
            head,
            prefix: parts.join(&b'/'),
            boundary: boundary(&repository),
            ignored: ignored::ignored(&repository, &work_tree, &root),
            fetches: false,
            work_tree,
            repository,
        }))
    }

    /// The commits at which a history ends, and those that do not count.
    pub(super) fn bounds(&self) -> Bounds {
        Bounds { boundary: self.boundary.clone(), ignored: self.ignored.clone() }
    }

    /// That the repository cannot be read because of `error`.
    pub(in crate::repo) fn unreadable(&self, error: &git2::Error) -> HistoryError {
        match error.code() {
            ErrorCode::NotFound => self.lacking(error),
            _ => unreadable(&self.work_tree, &error.message()),
        }
    }
}

/// Opens the repository around `root`. Variables such as `GIT_DIR` are not heard: a hook that runs pmctl
/// sets them for its own repository, and the answer is about the folder.
fn open(root: &Path) -> Result<Repository, git2::Error> {
    let nowhere: [&Path; 0] = [];
    Repository::open_ext(root, RepositoryOpenFlags::empty(), nowhere)
}

/// The nearest folder upwards whose `.git` is a file.
fn git_file(root: &Path) -> Option<&Path> {
    let nearest = root.ancestors().find(|folder| folder.join(".git").exists())?;
    nearest.join(".git").is_file().then_some(nearest)
}

/// Opens the repository around `root`, or says why it cannot be read.
pub(in crate::repo) fn open_repository(root: &Path) -> Result<Repository, HistoryError> {
    open(root).map_err(|error| refused(root, &error))
}

fn refused(root: &Path, error: &git2::Error) -> HistoryError {
    let folder = root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(root);
    let reason = error.message();
    match error.code() {
        ErrorCode::Owner => HistoryError::NotTrusted { folder: folder.to_owned() },
        _ => unreadable(folder, &reason),
    }
}

fn canonical(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// The commits in the `shallow` file. It is read here because libgit2 looks for it in the folder of a
/// linked work tree, while git keeps it in the one that they all share.
#[expect(clippy::disallowed_methods, reason = "the file is of git")]
fn boundary(repository: &Repository) -> BTreeSet<Oid> {
    let text = fs::read_to_string(repository.commondir().join("shallow")).unwrap_or_default();
    text.lines().filter_map(|line| Oid::from_str(line.trim()).ok()).collect()
}

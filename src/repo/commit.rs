//! Committing some files, and nothing else: what is staged besides them stays staged, what is changed stays
//! changed.

use std::path::{Path, PathBuf};

use git2::build::TreeUpdateBuilder;
use git2::{
    ErrorCode, FileMode, Index, IndexEntry, Repository, RepositoryState, Signature, Status,
};

use super::history::{HistoryError, Place};
use crate::source::{RepoPath, fault};

/// Why nothing can be committed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// There is no repository, or no commit in it.
    #[error(
        "the handbook is in no git repository with a commit; commit it once by hand, or leave --commit out"
    )]
    NoRepository,
    /// `HEAD` names no branch.
    #[error(
        "HEAD is detached, so a commit would belong to no branch; switch to one with `git switch`"
    )]
    Detached,
    /// Something is in progress.
    #[error("a {0} is in progress; finish or abort it first, `git status` tells how")]
    InProgress(&'static str),
    /// Nobody is configured as the author.
    #[error(
        "git does not know who you are; run `git config user.name` and `git config user.email`"
    )]
    NoIdentity,
    /// Another program writes the index.
    #[error("the index of git is locked; wait for the other git command, or remove {} if there is none", .0.display())]
    Locked(PathBuf),
    /// A page has changes that are not ours.
    #[error(
        "{0} has other uncommitted changes, which would be committed too; commit or stash them, or use --include-dirty"
    )]
    Dirty(RepoPath),
    /// The repository cannot be read.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// Anything else that libgit2 says.
    #[error("git cannot do that: {0}")]
    Git(String),
}

impl From<git2::Error> for CommitError {
    fn from(error: git2::Error) -> Self {
        Self::Git(error.message().to_owned())
    }
}

/// A repository in which a commit can be made.
pub struct Committer {
    repository: Repository,
    prefix: PathBuf,
    author: Signature<'static>,
}

impl std::fmt::Debug for Committer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Committer").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl Committer {
    /// Looks whether a commit can be made in the repository around `root`.
    pub fn open(root: &Path) -> Result<Self, CommitError> {
        let place = Place::of(root)?.ok_or(CommitError::NoRepository)?;
        let repository = place.repository;
        if repository.head_detached()? {
            return Err(CommitError::Detached);
        }
        let state = match repository.state() {
            RepositoryState::Clean => None,
            RepositoryState::Merge => Some("merge"),
            RepositoryState::Revert | RepositoryState::RevertSequence => Some("revert"),
            RepositoryState::CherryPick | RepositoryState::CherryPickSequence => {
                Some("cherry-pick")
            }
            RepositoryState::Bisect => Some("bisection"),
            RepositoryState::Rebase
            | RepositoryState::RebaseInteractive
            | RepositoryState::RebaseMerge => Some("rebase"),
            RepositoryState::ApplyMailbox | RepositoryState::ApplyMailboxOrRebase => Some("git am"),
        };
        if let Some(state) = state {
            return Err(CommitError::InProgress(state));
        }
        let author = match repository.signature() {
            Ok(author) => author.to_owned(),
            Err(error) if error.code() == ErrorCode::NotFound => {
                return Err(CommitError::NoIdentity);
            }
            Err(error) => return Err(error.into()),
        };
        // One that cannot be read is told now and not when the pages are written.
        repository.index()?;
        let prefix = PathBuf::from(String::from_utf8_lossy(&place.prefix).into_owned());
        let committer = Self { repository, prefix, author };
        let lock = committer.lock();
        if lock.symlink_metadata().is_ok() {
            return Err(CommitError::Locked(lock));
        }
        Ok(committer)
    }

    /// Whether none of `paths` has changes against `HEAD` yet; else the first that has.
    pub fn check_clean<'p>(
        &self,
        paths: impl IntoIterator<Item = &'p RepoPath>,
    ) -> Result<(), CommitError> {
        for path in paths {
            match self.repository.status_file(&self.place(path)) {
                Ok(status) if status == Status::CURRENT => {}
                Ok(_) => return Err(CommitError::Dirty(path.clone())),
                // It does not exist yet.
                Err(error) if error.code() == ErrorCode::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Commits `paths` as they stand on disk, on the current branch, and gives the commit's name. If that
    /// fails, the index is as it was.
    pub fn commit(&self, paths: &[&RepoPath], message: &str) -> Result<String, CommitError> {
        let repository = &self.repository;
        let parent = repository.head()?.peel_to_commit()?;
        let mut index = repository.index()?;
        // Somebody may have staged something since it was looked at.
        index.read(false)?;
        let (mut update, mut before) = (TreeUpdateBuilder::new(), Vec::new());
        for path in paths {
            let place = self.place(path);
            before.push((place.clone(), index.get_path(&place, 0)));
            index.add_path(&place)?;
            // What the index holds is committed, so that the two agree in text and mode.
            let Some(entry) = index.get_path(&place, 0) else { continue };
            let mode = match entry.mode & 0o100 {
                0 => FileMode::Blob,
                _ => FileMode::BlobExecutable,
            };
            update.upsert(place, entry.id, mode);
        }
        let tree = repository.find_tree(update.create_updated(repository, &parent.tree()?)?)?;
        let point = || fault::point().map_err(|error| CommitError::Git(error.to_string()));
        point()?;
        // Before the commit: another command may hold the lock.
        index.write().map_err(|error| match error.code() {
            ErrorCode::Locked => CommitError::Locked(self.lock()),
            _ => error.into(),
        })?;
        let author = &self.author;
        point()?;
        let commit = repository.commit(Some("HEAD"), author, author, message, &tree, &[&parent]);
        commit.map(|id| id.to_string()).map_err(|error| {
            // The first error is the one to tell.
            let _ = restore(&mut index, before);
            error.into()
        })
    }

    fn lock(&self) -> PathBuf {
        self.repository.path().join("index.lock")
    }

    fn place(&self, path: &RepoPath) -> PathBuf {
        self.prefix.join(path.as_str())
    }
}

/// Gives each path the entry that it had.
fn restore(
    index: &mut Index,
    entries: Vec<(PathBuf, Option<IndexEntry>)>,
) -> Result<(), git2::Error> {
    for (place, entry) in entries {
        match entry {
            Some(entry) => index.add(&entry)?,
            None => index.remove(&place, 0)?,
        }
    }
    index.write()
}

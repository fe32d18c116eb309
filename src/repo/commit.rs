//! Committing some files, and nothing else: what is staged besides them stays staged, what is changed stays
//! changed.

use std::path::{Path, PathBuf};

use git2::build::TreeUpdateBuilder;
use git2::{ErrorCode, FileMode, Repository, RepositoryState, Signature, Status};

use super::history::{HistoryError, Place};
use crate::source::RepoPath;

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
        let lock = repository.path().join("index.lock");
        if lock.exists() {
            return Err(CommitError::Locked(lock));
        }
        let prefix = PathBuf::from(String::from_utf8_lossy(&place.prefix).into_owned());
        Ok(Self { repository, prefix, author })
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

    /// Commits `paths` as they stand on disk, on the current branch, and gives the commit's name.
    pub fn commit(&self, paths: &[&RepoPath], message: &str) -> Result<String, CommitError> {
        let repository = &self.repository;
        let parent = repository.head()?.peel_to_commit()?;
        let old = parent.tree()?;
        let mut update = TreeUpdateBuilder::new();
        for path in paths {
            let place = self.place(path);
            let blob = repository
                .blob_path(&repository.workdir().unwrap_or(Path::new("")).join(&place))?;
            let mode = match old.get_path(&place) {
                Ok(entry) if entry.filemode() == 0o100_755 => FileMode::BlobExecutable,
                _ => FileMode::Blob,
            };
            update.upsert(place.as_path(), blob, mode);
        }
        let tree = repository.find_tree(update.create_updated(repository, &old)?)?;
        let author = &self.author;
        let id = repository.commit(Some("HEAD"), author, author, message, &tree, &[&parent])?;
        // What else is staged stays so: only these entries are brought up to date.
        let mut index = repository.index()?;
        for path in paths {
            index.add_path(&self.place(path))?;
        }
        index.write()?;
        Ok(id.to_string())
    }

    fn place(&self, path: &RepoPath) -> PathBuf {
        self.prefix.join(path.as_str())
    }
}

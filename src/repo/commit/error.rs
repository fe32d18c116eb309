//! Why nothing can be committed.

use std::path::PathBuf;

use crate::repo::history::HistoryError;
use crate::source::RepoPath;

/// Why nothing can be committed. Up to [`finish`](super::Committer::finish), nothing but objects has been written.
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
    #[error("a {0} is in progress; finish or abort it first, `git status` says how")]
    InProgress(&'static str),
    /// No name or no mail address is configured.
    #[error(
        "git does not know who you are; run `git config user.name` and `git config user.email`, or set \
         GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL"
    )]
    NoIdentity,
    /// The names, addresses or dates cannot be used.
    #[error(
        "git cannot use the name, mail address or date of a GIT_AUTHOR_ or GIT_COMMITTER_ variable: {0}; correct it"
    )]
    Identity(String),
    /// Another program writes what a commit has to write.
    #[error("`{}` is locked; wait for the other git command, or remove the file if there is none", .0.display())]
    Locked(PathBuf),
    /// A file of git cannot be written.
    #[error("`{}` cannot be written: {reason}; check its permissions", .path.display())]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The message of the commit is empty.
    #[error("the message of the commit is empty; write one after -m, or leave -m out")]
    NoMessage,
    /// An attribute has git change the file on its way into the repository.
    #[error(
        "`{path}` has the git attribute `{attribute}`, and pmctl runs no filter; commit it with git, or leave --commit out"
    )]
    Filtered {
        /// The file.
        path: RepoPath,
        /// The attribute, as in `.gitattributes`.
        attribute: String,
    },
    /// A page has changes that are not ours.
    #[error(
        "{0} has other uncommitted changes, which would be committed too; commit or stash them, or use --include-dirty"
    )]
    Dirty(RepoPath),
    /// A file is other than what was to be committed.
    #[error("`{}` changed while it was being committed; run the command again", .0.display())]
    Changed(PathBuf),
    /// The branch is not where it was.
    #[error("`{0}` moved while pages were being written; run the command again")]
    Moved(String),
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

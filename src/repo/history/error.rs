//! Why the history cannot be read, and what to do about it.

use std::path::{Path, PathBuf};

use git2::Oid;

use crate::repo::GitCommandError;

/// Why the history cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The folder belongs to another user, and git's `safe.directory` does not list it.
    #[error(
        "git does not trust `{}`, which belongs to another user; if you do, run: \
         git config --global --add safe.directory '{}'",
        .folder.display(), .folder.display()
    )]
    NotTrusted {
        /// The work tree.
        folder: PathBuf,
    },
    /// The repository is kept in a way that git can read and libgit2 cannot.
    #[error("git can read the repository of `{}`, but pmctl cannot: {cause}; {help}", .folder.display())]
    Unsupported {
        /// The work tree.
        folder: PathBuf,
        /// What libgit2 does not know.
        cause: String,
        /// What to do.
        help: &'static str,
    },
    /// The repository cannot be opened, or its `HEAD` cannot be read.
    #[error(
        "the git repository of `{}` cannot be read: {reason}; see what `git status` says there",
        .folder.display()
    )]
    Unreadable {
        /// The work tree, or where it was looked for.
        folder: PathBuf,
        /// What prevents it.
        reason: String,
    },
    /// A commit or a folder of a commit is not in this clone.
    #[error("git object {id} is missing from this clone; see what `git fsck` says")]
    Missing {
        /// Its name.
        id: Oid,
    },
    /// A file or a folder of a commit is not in this clone, which was made with `--filter`.
    #[error(
        "git object {id} is missing from this partial clone, which was made with --filter; fetch what it lacks with \
         `git fetch --refetch --no-filter`, or let pmctl fetch what it needs with --fetch-missing"
    )]
    NotFetched {
        /// The name of the first object that is missing.
        id: Oid,
    },
    /// What is missing could not be fetched.
    #[error("what this partial clone lacks cannot be fetched: {0}")]
    Fetch(GitCommandError),
    /// No remote of the partial clone has what it lacks.
    #[error("what this partial clone lacks cannot be fetched: no remote promises it")]
    NoPromisor,
    /// A commit or a folder of a commit is damaged.
    #[error("git object {id} is damaged ({reason}); see what `git fsck` says")]
    Damaged {
        /// Its name.
        id: Oid,
        /// What is wrong with it.
        reason: String,
    },
}

/// What libgit2 cannot read, by the words that it says so with: the cause, and what to do.
const UNSUPPORTED: [(&str, &str, &str); 6] = [
    (
        "extensions.partialclone",
        "it is a partial clone, made with --filter by an old git",
        "note it as git does now, with `git config remote.origin.promisor true` and `git config --unset \
         extensions.partialClone`",
    ),
    (
        "extensions.refstorage",
        "its branches are kept as a reftable",
        "keep them as files with `git refs migrate --ref-format=files`",
    ),
    (
        "object format",
        "it names its objects by SHA-256",
        "leave git out with --no-git, or use a clone that names them by SHA-1",
    ),
    (
        "mandatory extension: 'link'",
        "its index is a split index",
        "make it one file with `git update-index --no-split-index`",
    ),
    (
        "mandatory extension: 'sdir'",
        "its index is a sparse index",
        "make it a full one with `git sparse-checkout reapply --no-sparse-index`",
    ),
    (
        "unsupported extension",
        "it uses an extension of git",
        "see `extensions` in its configuration, or leave git out with --no-git",
    ),
];

/// Why the repository of `folder` cannot be read, where libgit2 says `reason`.
pub(super) fn unreadable(folder: &Path, reason: &dyn std::fmt::Display) -> HistoryError {
    let (folder, reason) = (folder.to_owned(), reason.to_string());
    match UNSUPPORTED.iter().find(|(words, ..)| reason.contains(words)) {
        Some((_, cause, help)) => {
            HistoryError::Unsupported { folder, cause: format!("{cause} ({reason})"), help }
        }
        None => HistoryError::Unreadable { folder, reason },
    }
}

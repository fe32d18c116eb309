//! Why the history cannot be told, and what to do about it.

use std::path::PathBuf;

use git2::Oid;

/// Why the history cannot be told.
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
    /// The repository is kept in a way that libgit2 cannot read.
    #[error(
        "the git repository of `{}` is kept in a way that cannot be read here ({reason}); \
         use a full clone made without --filter, --ref-format or --object-format",
        .folder.display()
    )]
    Unsupported {
        /// The work tree.
        folder: PathBuf,
        /// What libgit2 says.
        reason: String,
    },
    /// The repository cannot be opened, or its `HEAD` cannot be read.
    #[error(
        "the git repository of `{}` cannot be read: {reason}; see what `git status` says there",
        .folder.display()
    )]
    Unreadable {
        /// The work tree, or where it was looked for.
        folder: PathBuf,
        /// What stands in the way.
        reason: String,
    },
    /// A commit or a folder of a commit is not in this clone.
    #[error(
        "git object {id} is missing from this clone; in a clone made with --filter run \
         `git fetch --refetch`, else see what `git fsck` says"
    )]
    Missing {
        /// Its name.
        id: Oid,
    },
    /// A commit or a folder of a commit is damaged.
    #[error("git object {id} is damaged ({reason}); see what `git fsck` says")]
    Damaged {
        /// Its name.
        id: Oid,
        /// What is wrong with it.
        reason: String,
    },
}

//! What would stop a commit, looked for before anything is written.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

use git2::{ErrorCode, Repository, RepositoryState};

use super::CommitError;

/// Fails if `HEAD` names no branch or if a merge or the like is in progress.
pub(super) fn state(repository: &Repository) -> Result<(), CommitError> {
    if repository.head_detached()? {
        return Err(CommitError::Detached);
    }
    let state = match repository.state() {
        RepositoryState::Clean => return Ok(()),
        RepositoryState::Merge => "merge",
        RepositoryState::Revert | RepositoryState::RevertSequence => "revert",
        RepositoryState::CherryPick | RepositoryState::CherryPickSequence => "cherry-pick",
        RepositoryState::Bisect => "bisection",
        RepositoryState::Rebase
        | RepositoryState::RebaseInteractive
        | RepositoryState::RebaseMerge => "rebase",
        RepositoryState::ApplyMailbox | RepositoryState::ApplyMailboxOrRebase => "git am",
    };
    Err(CommitError::InProgress(state))
}

/// Fails if something that a commit on `branch` has to write is locked or cannot be written: the index, the branch,
/// the logs of both. The objects are written before any page is, so they need no look.
pub(super) fn locks(repository: &Repository, branch: &str) -> Result<(), CommitError> {
    let (own, shared) = (repository.path(), repository.commondir());
    let of_branch = shared.join(format!("{branch}.lock"));
    // One that is a link to nowhere is in the way all the same.
    for lock in [own.join("index.lock"), own.join("HEAD.lock"), of_branch] {
        if lock.symlink_metadata().is_ok() {
            return Err(CommitError::Locked(lock));
        }
    }
    can_create_in(own)?;
    // Taken and given back at once: whatever is in the way of the branch is found so.
    let place = shared.join(branch);
    let taken = repository.transaction().and_then(|mut taken| taken.lock_ref(branch));
    taken.map_err(|error| match error.code() {
        ErrorCode::Locked => CommitError::Locked(place.clone()),
        _ => CommitError::Unwritable { path: place.clone(), reason: error.message().to_owned() },
    })?;
    can_write(&place)?;
    let makes_logs = match repository.config()?.get_string("core.logAllRefUpdates") {
        Ok(value) => !matches!(value.to_lowercase().as_str(), "false" | "no" | "off" | "0"),
        Err(_) => true,
    };
    for log in [own.join("logs/HEAD"), shared.join("logs").join(branch)] {
        if makes_logs || log.symlink_metadata().is_ok() {
            can_write(&log)?;
        }
    }
    Ok(())
}

/// Fails if the file at `path` cannot be written or, if it does not exist, cannot be made.
#[expect(clippy::disallowed_methods, reason = "a commit needs the files of git")]
fn can_write(path: &Path) -> Result<(), CommitError> {
    if path.symlink_metadata().is_ok() {
        let opened = OpenOptions::new().append(true).open(path).map(drop);
        return opened.map_err(|error| unwritable(path, &error));
    }
    let above = path.ancestors().skip(1).find(|above| above.symlink_metadata().is_ok());
    can_create_in(above.unwrap_or(path))
}

/// Fails if no file can be made in `folder`.
fn can_create_in(folder: &Path) -> Result<(), CommitError> {
    let made = tempfile::Builder::new().prefix(".pmctl-").tempfile_in(folder);
    made.map(drop).map_err(|error| unwritable(folder, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> CommitError {
    CommitError::Unwritable { path: PathBuf::from(path), reason: error.to_string() }
}

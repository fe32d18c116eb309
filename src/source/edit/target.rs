//! Whether a file may be written: inside the root, no link on the way, as it was when it was read.

use std::fs::{self, Metadata};
use std::io::{self, Read as _};
use std::path::Path;

use crate::source::{RepoPath, SourceFile};

/// Why a file is not written.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The file holds other bytes than those that were read.
    #[error("changed on disk since it was read; run the command again")]
    Changed,
    /// The file is no longer there.
    #[error("is gone since it was read; run the command again")]
    Gone,
    /// The file or a folder above it is a symbolic link.
    #[error(
        "is reached through the symbolic link `{0}`; nothing is written through links: name the file that it points to"
    )]
    Link(RepoPath),
    /// A folder, pipe, socket or device.
    #[error("is not a regular file; nothing is written to it")]
    NotAFile,
    /// What should be a folder is none.
    #[error("cannot be there, since `{0}` is not a folder; move one of the two")]
    NotAFolder(RepoPath),
    /// A file that was to be created is there already.
    #[error("exists already and is not overwritten; move it away, or choose another name")]
    Exists,
    /// A file of git itself.
    #[error("belongs to git; choose another name")]
    Git,
    /// The operating system refuses.
    #[error(
        "cannot be written: {0}; check the permissions of its folder and the space on the disk"
    )]
    Io(#[from] io::Error),
}

/// Looks at the file at `path`, which has to be the one that was read as `old`.
#[expect(clippy::disallowed_methods, reason = "what is written over is read first")]
pub(super) fn existing(
    root: &Path,
    path: &RepoPath,
    old: &SourceFile,
) -> Result<Metadata, TargetError> {
    let Some(data) = walk(root, path)? else { return Err(TargetError::Gone) };
    if !data.is_file() {
        return Err(TargetError::NotAFile);
    }
    let parts = [old.bom().as_bytes(), old.text().as_bytes()];
    // The length is asked first, so that a file that has become huge is not read.
    if data.len() != parts.iter().map(|part| part.len() as u64).sum::<u64>() {
        return Err(TargetError::Changed);
    }
    let (mut bytes, most) = (Vec::new(), data.len() + 1);
    fs::File::open(root.join(path.as_str()))?.take(most).read_to_end(&mut bytes)?;
    match bytes.strip_prefix(parts[0]) {
        Some(rest) if rest == parts[1] => Ok(data),
        _ => Err(TargetError::Changed),
    }
}

/// Looks at the place of a file that is to be created: nothing may be there.
pub(super) fn vacant(root: &Path, path: &RepoPath) -> Result<(), TargetError> {
    match walk(root, path)? {
        None => Ok(()),
        Some(_) => Err(TargetError::Exists),
    }
}

/// Follows `path` from `root` part by part and never through a link; `None` if nothing is there.
fn walk(root: &Path, path: &RepoPath) -> Result<Option<Metadata>, TargetError> {
    let parts: Vec<&str> = path.as_str().split('/').collect();
    // A handbook's configuration names files to write, and may come from anybody: no hooks for them.
    if path.is_in_git_folder() {
        return Err(TargetError::Git);
    }
    for count in 1..=parts.len() {
        let here = parts[..count].join("/");
        let data = match root.join(&here).symlink_metadata() {
            Ok(data) => data,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(TargetError::Io(error)),
        };
        let named = || RepoPath::new(&here).unwrap_or_default();
        if data.is_symlink() {
            return Err(TargetError::Link(named()));
        }
        if count == parts.len() {
            return Ok(Some(data));
        }
        if !data.is_dir() {
            return Err(TargetError::NotAFolder(named()));
        }
    }
    Ok(None)
}

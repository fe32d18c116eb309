//! The atomic writer: every file whole or as it was, and none at all if one is refused.

use std::collections::BTreeSet;
use std::fs::{File, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::folder::{self, Lock, MadeFolders};
use super::prepared::{NewText, Prepared};
use super::target::{self, TargetError};
use super::temporary::{self, Kind};
use crate::source::{RepoPath, fault};

/// What was written, each in order of the paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The files that hold another text than before.
    pub changed: Vec<RepoPath>,
    /// The files that did not exist before.
    pub created: Vec<RepoPath>,
}

/// Why not everything was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Every file is as it was.
    #[error("nothing was written: {}", list(.0))]
    Nothing(Vec<FileWriteError>),
    /// The disk failed between two files. Each of them is whole, old or new.
    #[error(
        "writing stopped at `{at}`: {reason}; already new: {}; still old: {}; \
         run the command again for the rest", list(.new), list(.old)
    )]
    Halfway {
        /// The files that are new.
        new: Vec<RepoPath>,
        /// The files that are as they were, `at` among them.
        old: Vec<RepoPath>,
        /// The file whose turn it was.
        at: RepoPath,
        /// What the operating system said.
        reason: io::Error,
    },
    /// Every file is new, but may be old again after a power cut.
    #[error(
        "all files are written, but `{folder}` could not be brought to the disk: {reason}; check \
         the disk"
    )]
    NotSynced {
        /// The folder.
        folder: String,
        /// What the operating system said.
        reason: io::Error,
    },
    /// Another pmctl writes, and does not end. Every file is as it was.
    #[error(
        "nothing was written: another pmctl has been writing to this handbook for 10 seconds; wait \
         for it or stop it, then run the command again"
    )]
    Busy,
    /// The root cannot be opened. Every file is as it was.
    #[error(
        "nothing was written: the handbook's folder cannot be opened: {0}; check the path and its permissions"
    )]
    Root(io::Error),
}

/// A file that is not written, and why.
#[derive(Debug, thiserror::Error)]
#[error("`{path}` {obstacle}")]
pub struct FileWriteError {
    /// The file.
    pub path: RepoPath,
    /// Why.
    pub obstacle: TargetError,
}

fn list(items: &[impl ToString]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    items.join(", ")
}

/// A point at which a write can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// Before the temporary file for this one is made.
    Temporary(&'a RepoPath),
    /// When all temporary files are there, before the targets are looked at again.
    Ready,
    /// Before this file is renamed into its place.
    Rename(&'a RepoPath),
    /// Before this folder is brought to the disk.
    Sync(&'a Path),
}

/// Writes `prepared` below `root`.
///
/// Nothing is written if any file differs from what was read, is no regular file, or is reached through
/// a symbolic link. Every new text is on the disk, in a temporary file next to its target, before the
/// first is renamed into its place. Permissions stay as they are.
pub fn write(root: &Path, prepared: &Prepared<'_>) -> Result<Written, WriteError> {
    write_watched(root, prepared, &mut |_| fault::point())
}

/// [`write()`], with `watch` asked before each step; what it returns as an error fails the step. For
/// tests of what a failing disk or a kill leaves.
pub(crate) fn write_watched(
    root: &Path,
    prepared: &Prepared<'_>,
    watch: &mut dyn FnMut(Step<'_>) -> io::Result<()>,
) -> Result<Written, WriteError> {
    if prepared.is_empty() {
        return Ok(Written::default());
    }
    let root = root.canonicalize().map_err(WriteError::Root)?;
    let lock = folder::lock(&root).map_err(WriteError::Root)?.ok_or(WriteError::Busy)?;
    let targets = Target::all(&root, prepared)?;
    let folders: BTreeSet<&Path> = targets.iter().map(|target| target.folder.as_path()).collect();
    if matches!(lock, Lock::Held(_)) {
        for folder in &folders {
            temporary::sweep(folder, Kind::Page);
            temporary::sweep(folder, Kind::Output);
        }
    }
    // Dropped in the other order: the temporary files first, then the folders made for them.
    let mut made = MadeFolders::default();
    let mut temporaries = Vec::with_capacity(targets.len());
    for target in &targets {
        let written = watch(Step::Temporary(target.path))
            .and_then(|()| made.make(&root, &target.folder))
            .and_then(|()| target.temporary());
        temporaries.push(written.map_err(|error| nothing(target.path, error))?);
    }
    // Bringing many files to the disk takes a while, and an editor may have saved one of them.
    watch(Step::Ready).map_err(|error| nothing(targets[0].path, error))?;
    Target::all(&root, prepared)?;

    for (done, (target, temporary)) in targets.iter().zip(temporaries).enumerate() {
        let renamed = watch(Step::Rename(target.path)).and_then(|()| target.rename(temporary));
        if let Err(reason) = renamed {
            return Err(halfway(&targets, done, reason));
        }
    }
    let parents: BTreeSet<&Path> = made.parents().chain(folders).collect();
    for folder in parents {
        watch(Step::Sync(folder)).and_then(|()| folder::sync(folder)).map_err(|reason| {
            // The root itself is `.`, so that no name of this machine is shown.
            let folder = folder.strip_prefix(&root).unwrap_or(folder);
            let folder = Path::new(".").join(folder).display().to_string();
            WriteError::NotSynced { folder, reason }
        })?;
    }
    Ok(written(&targets))
}

fn nothing(path: &RepoPath, error: io::Error) -> WriteError {
    let obstacle = TargetError::Io(error);
    WriteError::Nothing(vec![FileWriteError { path: path.clone(), obstacle }])
}

fn halfway(targets: &[Target<'_>], done: usize, reason: io::Error) -> WriteError {
    let at = targets[done].path;
    if done == 0 {
        return match reason.kind() {
            io::ErrorKind::AlreadyExists => WriteError::Nothing(vec![FileWriteError {
                path: at.clone(),
                obstacle: TargetError::Exists,
            }]),
            _ => nothing(at, reason),
        };
    }
    let paths = |targets: &[Target<'_>]| targets.iter().map(|target| target.path.clone()).collect();
    WriteError::Halfway {
        new: paths(&targets[..done]),
        old: paths(&targets[done..]),
        at: at.clone(),
        reason,
    }
}

fn written(targets: &[Target<'_>]) -> Written {
    let (changed, created): (Vec<_>, Vec<_>) =
        targets.iter().partition(|target| target.old.is_some());
    let paths = |targets: Vec<&Target<'_>>| targets.iter().map(|t| t.path.clone()).collect();
    Written { changed: paths(changed), created: paths(created) }
}

/// Gives the new file to the owner and group of the old one, where that is allowed: a run as root, as in
/// a container, would take the files of a handbook from those who write it.
fn keep_owner(new: &File, old: &Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        _ = fchown(new, Some(old.uid()), Some(old.gid()));
    }
    #[cfg(not(unix))]
    let _ = (new, old);
}

/// A file that may be written.
struct Target<'p> {
    path: &'p RepoPath,
    place: PathBuf,
    folder: PathBuf,
    text: &'p NewText<'p>,
    /// What the file is now; `None` for one that is created.
    old: Option<Metadata>,
}

impl<'p> Target<'p> {
    /// All files, if each of them may be written.
    fn all(root: &Path, prepared: &'p Prepared<'_>) -> Result<Vec<Self>, WriteError> {
        let mut targets = Vec::new();
        let mut refused = Vec::new();
        for (path, text) in prepared.files() {
            let old = match text.old {
                Some(old) => target::existing(root, path, old).map(Some),
                None => target::vacant(root, path).map(|()| None),
            };
            match old {
                Ok(old) => {
                    let place = root.join(path.as_str());
                    let folder = place.parent().unwrap_or(root).to_owned();
                    targets.push(Self { path, place, folder, text, old });
                }
                Err(obstacle) => refused.push(FileWriteError { path: path.clone(), obstacle }),
            }
        }
        if refused.is_empty() { Ok(targets) } else { Err(WriteError::Nothing(refused)) }
    }

    /// A file next to the target that holds the new text, on the disk and with the right permissions.
    fn temporary(&self) -> io::Result<TempPath> {
        let (mut file, path) = temporary::create(&self.folder, Kind::Page)?;
        // Before the text is in it: what few may read is never open to many.
        if let Some(old) = &self.old {
            keep_owner(&file, old);
            file.set_permissions(old.permissions())?;
        }
        for part in self.text.parts() {
            file.write_all(part.as_bytes())?;
            fault::point()?;
        }
        file.sync_all()?;
        fault::point()?;
        // Only the path is kept: a command may write more files than a process may have open.
        Ok(path)
    }

    fn rename(&self, temporary: TempPath) -> io::Result<()> {
        let renamed = match self.old {
            Some(_) => temporary.persist(&self.place),
            None => temporary.persist_noclobber(&self.place),
        };
        renamed.map_err(|error| error.error)
    }
}

//! Folders: locked during a write, made, and brought to the disk.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::source::fault;

/// How long to wait for another pmctl. Writing takes far less; who waits longer waits for a stopped one.
const PATIENCE: Duration = Duration::from_secs(10);

/// The lock by which no one else writes below a root. Given back when dropped, and by the system after a crash.
pub(super) enum Lock {
    /// Ours alone.
    Held(#[allow(dead_code, reason = "the lock lasts as long as the open folder")] File),
    /// The file system knows no locks.
    Unknown,
}

/// Waits until no one else writes below `root`; `None` if another program does not end.
pub(super) fn lock(root: &Path) -> io::Result<Option<Lock>> {
    if cfg!(not(unix)) {
        return Ok(Some(Lock::Unknown));
    }
    let folder = File::open(root)?;
    let start = Instant::now();
    loop {
        match folder.try_lock() {
            Ok(()) => return Ok(Some(Lock::Held(folder))),
            Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => return Ok(None),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
            Err(TryLockError::Error(_)) => return Ok(Some(Lock::Unknown)),
        }
    }
}

/// Brings the names in `folder` to the disk, so that a power cut does not undo a rename.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        // Some file systems have no such thing for folders.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
        {
            Ok(())
        }
        other => other,
    }
}

/// Folders that a run made. Dropping this removes those that are still empty: a run that writes
/// nothing leaves nothing.
#[derive(Default)]
pub(super) struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    /// Makes `folder` and those above it up to `root`, as far as they are missing.
    pub(super) fn make(&mut self, root: &Path, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|above| *above != root && above.symlink_metadata().is_err())
            .collect();
        for folder in missing.into_iter().rev() {
            fault::point()?;
            fs::create_dir(folder)?;
            self.0.push(folder.to_owned());
        }
        Ok(())
    }

    /// The folders in which the made ones are.
    pub(super) fn parents(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter_map(|folder| folder.parent())
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        // `remove_dir` removes empty folders only.
        for folder in self.0.iter().rev() {
            _ = fs::remove_dir(folder);
        }
    }
}

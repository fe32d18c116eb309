//! Temporary files: how they are named, made, and removed where a killed run left them.

use std::collections::hash_map::RandomState;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::BuildHasher as _;
use std::io;
use std::path::Path;

use tempfile::TempPath;

use crate::source::fault;
use crate::source::hash::stable_hash;

/// What ends all names.
const ENDING: &str = ".tmp";

/// How many names are tried, each of which another program would have to guess.
const TRIES: usize = 8;

/// What a temporary file becomes. The names begin with a dot, so that no file is taken for a page meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file of the handbook. Whoever makes one holds the lock of the handbook's folder.
    Page,
    /// A file that a person names for a result. Its maker holds a lock on the file itself.
    Output,
}

impl Kind {
    fn beginning(self) -> &'static str {
        match self {
            Self::Page => ".pmctl-write-",
            Self::Output => ".pmctl-output-",
        }
    }

    /// A name that no person gives a file: what it ends in follows from what is random in it.
    fn name(self, number: u64) -> String {
        let (beginning, random) = (self.beginning(), format!("{number:016x}"));
        format!("{beginning}{random}-{}{ENDING}", check(random.as_str()))
    }

    fn has(self, name: &str) -> bool {
        let inner =
            name.strip_prefix(self.beginning()).and_then(|inner| inner.strip_suffix(ENDING));
        inner
            .and_then(|inner| inner.split_once('-'))
            .is_some_and(|(random, end)| random.len() == 16 && check(random) == end)
    }
}

/// The eight digits that belong to `random`.
fn check(random: &str) -> String {
    let mut digits = stable_hash(&format!("a temporary file of pmctl: {random}"));
    digits.truncate(8);
    digits
}

/// Whether `name` is one that pmctl gives to a file only until it is complete.
pub(crate) fn is_temporary(name: &str) -> bool {
    [Kind::Page, Kind::Output].into_iter().any(|kind| kind.has(name))
}

/// Makes an empty file in `folder`, which is removed when the path is dropped. One of [`Kind::Output`] is locked
/// as long as it is open, where the file system has locks.
pub(crate) fn create(folder: &Path, kind: Kind) -> io::Result<(File, TempPath)> {
    fault::point()?;
    let mut last = None;
    for number in 0..TRIES {
        let path =
            folder.join(kind.name(RandomState::new().hash_one((std::process::id(), number))));
        // Errors name no folder of this machine; the caller knows the file.
        let file = match OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                last = Some(error);
                continue;
            }
            opened => opened?,
        };
        let temporary = TempPath::try_from_path(&path)?;
        if kind == Kind::Output {
            // Another run may have taken it for one of a killed run, before the lock was there.
            let is_taken = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
            if is_taken || path.symlink_metadata().is_err() {
                continue;
            }
        }
        fault::point()?;
        return Ok((file, temporary));
    }
    Err(last.unwrap_or_else(|| io::Error::other("another program removes temporary files")))
}

/// Removes the temporary files of `kind` that killed runs left in `folder`. What is in use or cannot be removed stays;
/// it is in no one's way. Of [`Kind::Page`], the caller holds the lock under which all of them are made.
pub(crate) fn sweep(folder: &Path, kind: Kind) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_own = entry.file_name().to_str().is_some_and(|name| kind.has(name));
        // The kind of the entry itself: a link is not followed, and is not ours.
        if is_own && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            match kind {
                Kind::Page => _ = fs::remove_file(entry.path()),
                Kind::Output => remove_unused(&entry.path()),
            }
        }
    }
}

/// Removes the file at `path` if no process has locked it.
fn remove_unused(path: &Path) {
    let Ok(file) = OpenOptions::new().write(true).open(path) else { return };
    if file.try_lock().is_ok() {
        // Under the lock, so that its maker cannot have begun meanwhile.
        _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_that_pmctl_makes_is_one() {
        for kind in [Kind::Page, Kind::Output] {
            let name = kind.name(7);
            assert!(is_temporary(&name), "{name}");
            assert!(!is_temporary(&name.replace("0007", "0008")), "{name}");
            assert!(!is_temporary(&format!("x{name}")) && !is_temporary(&format!("{name}~")));
        }
        assert!(!Kind::Page.has(&Kind::Output.name(7)));
        for name in [
            ".pmctl-write-notes.tmp",
            ".pmctl-write-.tmp",
            ".pmctl-write-0123456789abcdef-00000000.tmp",
            ".pmctl-output--.tmp",
            ".pmctl-baseline.json",
            "report.tmp",
        ] {
            assert!(!is_temporary(name), "{name}");
        }
    }

    #[test]
    fn what_nobody_uses_is_removed_and_everything_else_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let (file, path) = create(folder.path(), Kind::Output).expect("a file");
        let left = [at(&Kind::Output.name(1)), at(&Kind::Page.name(2))];
        for path in &left {
            fs::write(path, "half a page").expect("a file");
        }
        let notes = at(".pmctl-output-notes.tmp");
        fs::write(&notes, "mine").expect("a file");
        fs::create_dir(at(&Kind::Output.name(3))).expect("a folder");

        sweep(folder.path(), Kind::Output);
        assert!(path.exists(), "it is in use");
        assert!(!left[0].exists() && left[1].exists());
        sweep(folder.path(), Kind::Page);
        assert!(!left[1].exists() && path.exists() && notes.exists());
        assert!(at(&Kind::Output.name(3)).exists());

        drop(file);
        let kept = path.keep().expect("a path");
        sweep(folder.path(), Kind::Output);
        assert!(!kept.exists(), "its maker is gone");
    }

    #[test]
    #[cfg(unix)]
    fn a_link_with_such_a_name_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (page, link) =
            (folder.path().join("page.md"), folder.path().join(Kind::Output.name(1)));
        fs::write(&page, "text").expect("a page");
        std::os::unix::fs::symlink(&page, &link).expect("a link");
        sweep(folder.path(), Kind::Output);
        assert!(page.exists() && link.is_symlink());
    }
}

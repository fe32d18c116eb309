//! A walk through the handbook's folder, on all threads at once.
//!
//! Its answer depends on the handbook alone, not on the machine around it: of git's rules about what is ignored, only the
//! `.gitignore` files in the handbook count.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::ignores::{IGNORE_FILE, Ignores};
use super::listing::{ListError, Listing, Unlisted};
use crate::source::RepoPath;
use crate::source::edit::temporary::is_temporary;

/// The longest path that is looked at, in bytes, as on most systems.
pub(super) const MAX_PATH_BYTES: usize = 4096;

/// What a walk looks at.
pub(super) struct Walk<'w> {
    pub(super) root: &'w Path,
    /// Whether it looks at files and folders whose name begins with a dot.
    pub(super) with_hidden: bool,
    /// Whether it looks at what a `.gitignore` names.
    pub(super) with_ignored: bool,
    /// Which folders it goes into.
    pub(super) enters: &'w (dyn Fn(&str) -> bool + Sync),
    /// Which files it lists.
    pub(super) lists: &'w (dyn Fn(&RepoPath) -> bool + Sync),
}

/// A folder that is still to be looked into.
struct Folder {
    on_disk: PathBuf,
    /// Its path from the root with a slash at its end; empty for the root.
    path: Vec<u8>,
    ignores: Option<Arc<Ignores>>,
}

impl Walk<'_> {
    /// What is there.
    pub(super) fn listing(&self) -> Listing {
        let listing = Mutex::new(Listing::default());
        let root = Folder { on_disk: self.root.to_owned(), path: Vec::new(), ignores: None };
        rayon::scope(|scope| self.look_into(root, scope, &listing));
        let mut listing = listing.into_inner().unwrap_or_else(PoisonError::into_inner);
        // The threads found them in any order.
        listing.unreadable.sort_by(|one, other| one.path.cmp(&other.path));
        listing.files.sort_unstable();
        listing.links.sort_unstable();
        listing
    }

    #[expect(clippy::disallowed_methods, reason = "this is who lists the files of a folder")]
    fn look_into<'s>(
        &'s self,
        folder: Folder,
        scope: &rayon::Scope<'s>,
        listing: &'s Mutex<Listing>,
    ) {
        let Folder { on_disk, path: above, mut ignores } = folder;
        let mut found = Listing::default();
        let mut cannot = |path: &[u8], obstacle| {
            found.unreadable.push(Unlisted { path: RepoPath::escaped(path), obstacle });
        };
        let mut entries = Vec::new();
        match fs::read_dir(&on_disk) {
            Ok(all) => {
                for entry in all {
                    match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                        Ok(entry) => entries.push(entry),
                        Err(error) => cannot(&above, ListError::Folder(error.kind())),
                    }
                }
            }
            Err(error) if error.kind() == ErrorKind::InvalidFilename => {
                cannot(&above, ListError::TooLong);
            }
            Err(error) => cannot(&above, ListError::Folder(error.kind())),
        }
        if !self.with_ignored
            && let Some((_, kind)) = entries.iter().find(|(name, _)| name == IGNORE_FILE)
            && !kind.is_symlink()
            && !kind.is_dir()
        {
            match Ignores::read(&on_disk.join(IGNORE_FILE), above.len(), ignores.clone()) {
                Ok(own) => ignores = Some(Arc::new(own)),
                Err(obstacle) => {
                    cannot(&[&above, IGNORE_FILE.as_bytes()].concat(), obstacle);
                }
            }
        }
        for (name, kind) in entries {
            let bytes = name.as_encoded_bytes();
            if bytes.eq_ignore_ascii_case(b".git") || !self.with_hidden && bytes.starts_with(b".") {
                continue;
            }
            // What a killed run left is no file of the handbook.
            if name.to_str().is_some_and(is_temporary) {
                continue;
            }
            let path = [&above, bytes].concat();
            let is_ignored =
                || ignores.as_ref().is_some_and(|ignores| ignores.name(&path, kind.is_dir()));
            if is_ignored() {
                continue;
            }
            if path.len() > MAX_PATH_BYTES {
                found.unreadable.push(Unlisted {
                    path: RepoPath::escaped(&path),
                    obstacle: ListError::TooLong,
                });
            } else if kind.is_dir() {
                if (self.enters)(&String::from_utf8_lossy(&path)) {
                    let on_disk = on_disk.join(&name);
                    let path = [&path, &b"/"[..]].concat();
                    let folder = Folder { on_disk, path, ignores: ignores.clone() };
                    scope.spawn(move |scope| self.look_into(folder, scope, listing));
                }
            } else {
                found.add(&path, kind.is_symlink(), kind.is_file(), self.lists);
            }
        }
        let mut listing = listing.lock().unwrap_or_else(PoisonError::into_inner);
        listing.files.append(&mut found.files);
        listing.links.append(&mut found.links);
        listing.unreadable.append(&mut found.unreadable);
    }
}

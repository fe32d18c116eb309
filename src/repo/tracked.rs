//! What git tracks in a handbook.

use std::collections::BTreeSet;

use super::history::HistoryError;
use super::{Repo, Revision};
use crate::source::RepoPath;

/// What git tracks, by path from the handbook's root.
#[derive(Debug, Default)]
pub struct Tracked {
    /// The files.
    pub files: BTreeSet<RepoPath>,
    /// The folders that are repositories of their own.
    pub submodules: BTreeSet<RepoPath>,
}

/// The mode of a repository within another one.
const SUBMODULE: u32 = 0o160_000;

impl Repo {
    /// What the index has.
    pub fn tracked(&self) -> Result<Tracked, HistoryError> {
        let mut tracked = Tracked::default();
        let Some(place) = self.place()? else { return Ok(tracked) };
        let index = place.repository.index().map_err(|error| place.unreadable(&error))?;
        for entry in index.iter() {
            let path = match &place.prefix[..] {
                [] => Some(&entry.path[..]),
                prefix => entry.path.strip_prefix(prefix).and_then(|path| path.strip_prefix(b"/")),
            };
            let path = path.and_then(|path| RepoPath::new(std::str::from_utf8(path).ok()?).ok());
            match entry.mode == SUBMODULE {
                true => tracked.submodules.extend(path),
                false => tracked.files.extend(path),
            }
        }
        Ok(tracked)
    }
}

impl Revision {
    /// What the commit has.
    pub fn tracked(&self) -> Tracked {
        let mut tracked = Tracked::default();
        let seen = self.see_all(|path, entry| {
            let path = std::str::from_utf8(path).ok().and_then(|path| RepoPath::new(path).ok());
            match () {
                () if entry.is_blob() => tracked.files.extend(path),
                () if entry.is_submodule() => tracked.submodules.extend(path),
                () => {}
            }
        });
        // What is not in this clone is not known here.
        drop(seen);
        tracked
    }
}

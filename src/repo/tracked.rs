//! What git tracks in a handbook.

use std::collections::BTreeSet;

use git2::{ObjectType, TreeWalkMode, TreeWalkResult};

use super::history::{HistoryError, Place};
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
        let Some(place) = Place::of(self.root())? else { return Ok(tracked) };
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
        self.with_tree(|tree| {
            let walked = tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
                let path = entry
                    .name()
                    .ok()
                    .and_then(|name| RepoPath::new(format!("{folder}{name}")).ok());
                match entry.kind() {
                    Some(ObjectType::Blob) => tracked.files.extend(path),
                    Some(ObjectType::Commit) => tracked.submodules.extend(path),
                    _ => {}
                }
                TreeWalkResult::Ok
            });
            // What is not in this clone was not there for anybody.
            drop(walked);
        });
        tracked
    }
}

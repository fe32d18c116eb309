//! Files that a commit moved.

use std::borrow::Cow;
use std::collections::HashMap;

use git2::Oid;

use super::HistoryError;
use super::reader::Reader;
use super::tree::{Differences, Differing, TreeEntry};
use crate::repo::renames::{File, renames};

/// The files that are new in a commit, and what they were called in its parent.
#[derive(Debug, Default)]
pub(super) struct Moves {
    sources: HashMap<Vec<u8>, File>,
}

impl Moves {
    /// What moved between the root trees `old` and `new`.
    pub(super) fn between(reader: &mut Reader, new: Oid, old: Oid) -> Result<Self, HistoryError> {
        let (added, removed) = one_sided(reader, new, old)?;
        let reader = &*reader;
        let content = |(_, blob): &File| Ok(reader.blob(*blob)?.map(Cow::Owned));
        let renames = renames(&added, &removed, content)?.into_iter();
        Ok(Self { sources: renames.map(|((path, _), source)| (path, source)).collect() })
    }

    /// What the new file `path` was called before, and what it held.
    pub(super) fn source(&self, path: &[u8]) -> Option<&File> {
        self.sources.get(path)
    }
}

/// The files that only `new` has and those that only `old` has, each in order of their paths.
fn one_sided(
    reader: &mut Reader,
    new: Oid,
    old: Oid,
) -> Result<(Vec<File>, Vec<File>), HistoryError> {
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    let mut open: Vec<(Vec<u8>, Option<Oid>, Option<Oid>)> =
        vec![(Vec::new(), Some(new), Some(old))];
    while let Some((folder, new, old)) = open.pop() {
        let new_tree = new.map(|id| reader.tree(id)).transpose()?;
        let old_tree = old.map(|id| reader.tree(id)).transpose()?;
        let mut differing =
            Differences::new(new.zip(new_tree.as_deref()), old.zip(old_tree.as_deref()));
        while let Some(Differing { name, new, old }) = differing.next()? {
            if new == old {
                continue;
            }
            let mut path = folder.clone();
            if !path.is_empty() {
                path.push(b'/');
            }
            path.extend_from_slice(name.name);
            if path.len() > super::MAX_PATH_BYTES {
                // Nothing that long is on any disk.
                continue;
            }
            let is_file = |entry: &Option<TreeEntry>| entry.is_some_and(TreeEntry::is_file);
            let is_folder = |entry: &Option<TreeEntry>| entry.is_some_and(TreeEntry::is_folder);
            if is_folder(&new) || is_folder(&old) {
                let id = |entry: Option<TreeEntry>| {
                    entry.filter(|entry| entry.is_folder()).map(|entry| entry.id)
                };
                open.push((path, id(new), id(old)));
            } else {
                match (is_file(&new), is_file(&old)) {
                    (true, false) => added.extend(new.map(|entry| (path, entry.id))),
                    (false, true) => removed.extend(old.map(|entry| (path, entry.id))),
                    _ => {}
                }
            }
        }
    }
    added.sort();
    removed.sort();
    Ok((added, removed))
}

//! The trees of commits, gone through without a step on the stack for each folder.

use std::collections::BTreeSet;

use git2::Oid;

use super::history::reader::Reader;
use super::history::tree::{TreeEntry, entries_of};
use super::history::{Checkout, HistoryError, MAX_PATH_BYTES};

impl Checkout {
    /// The handbook's folder in the commit `id`, if it has one. Of a partial clone, all files in it have to be here.
    pub(super) fn folder_of(&self, id: Oid) -> Result<Option<Oid>, HistoryError> {
        let mut reader = self.reader()?;
        let root = reader.kept_commit(id)?.tree;
        let folder = match self.prefix.is_empty() {
            true => Some(root),
            false => {
                let entry = reader.entry(root, &self.prefix)?;
                entry.filter(|entry| entry.is_folder()).map(|entry| entry.id)
            }
        };
        if self.promisor().is_some()
            && let Some(folder) = folder
        {
            let missing = self.missing_in(&mut reader, folder)?;
            if let Some(id) = missing.first() {
                return Err(HistoryError::Missing { id: *id });
            }
        }
        Ok(folder)
    }

    /// The contents of files in `folder` that are missing from this clone.
    fn missing_in(&self, reader: &mut Reader, folder: Oid) -> Result<BTreeSet<Oid>, HistoryError> {
        let odb = self.repository.odb().map_err(|error| self.unreadable(&error))?;
        let mut missing = BTreeSet::new();
        walk_tree(reader, folder, true, |_, entry| {
            if entry.is_blob() && !odb.exists(entry.id) {
                missing.insert(entry.id);
            }
        })?;
        Ok(missing)
    }

    /// Fetches what is missing for the commit `id`, after `error`.
    pub(super) fn fetch_for(&self, id: Oid, error: HistoryError) -> Result<(), HistoryError> {
        let HistoryError::Missing { id: missing } = error else { return Err(error) };
        if self.promisor().is_none() {
            return Err(error);
        }
        let mut reader = self.reader()?;
        let root = reader.kept_commit(id)?.tree;
        match self.missing_in(&mut reader, root) {
            Ok(ids) => self.fetch(&ids.into_iter().chain([missing]).collect()),
            // Folders are missing too.
            Err(_) => {
                self.fetch_folders(id)?;
                let ids = self.missing_in(&mut reader, root)?;
                self.fetch(&ids)
            }
        }
    }
}

/// Goes through the tree `folder`, into hidden folders only `with_hidden`, and shows `see` what is in it, each by its path.
/// A path that is longer than any on disk is shown and not followed.
pub(super) fn walk_tree(
    reader: &mut Reader,
    folder: Oid,
    with_hidden: bool,
    mut see: impl FnMut(&[u8], TreeEntry),
) -> Result<(), HistoryError> {
    let mut open: Vec<(Vec<u8>, Oid)> = vec![(Vec::new(), folder)];
    while let Some((above, folder)) = open.pop() {
        let tree = reader.tree(folder)?;
        for (name, entry) in entries_of(folder, &tree)? {
            if name.starts_with(b".") && !with_hidden {
                continue;
            }
            let path = [&above, name].concat();
            see(&path, entry);
            if entry.is_folder() && path.len() <= MAX_PATH_BYTES {
                open.push(([&path, &b"/"[..]].concat(), entry.id));
            }
        }
    }
    Ok(())
}

//! Which of the pending paths differ between two trees.

use std::ops::Range;

use git2::Oid;

use super::HistoryError;
use super::paths::{PathId, Paths, ROOT};
use super::reader::Reader;
use super::tree::{Differences, Differing, TreeEntry};

/// A path that differs between two trees; `None` where no file has its name.
#[derive(Debug)]
pub(super) struct Difference {
    /// The path.
    pub(super) path: PathId,
    /// What the newer tree says.
    pub(super) new: Option<TreeEntry>,
    /// What the older tree says.
    pub(super) old: Option<TreeEntry>,
}

/// A pair of trees yet to be compared.
struct Pair {
    folder: usize,
    /// The part of the pending paths that lies in them.
    paths: Range<usize>,
    new: Option<Oid>,
    old: Option<Oid>,
}

/// The differences in `pending`, which is sorted, between the root trees `new` and `old`, sorted. `None` is
/// the empty tree. Folders that hold none of them are not opened, nor those that are the same in both.
pub(super) fn differences(
    reader: &mut Reader,
    paths: &Paths,
    pending: &[PathId],
    new: Oid,
    old: Option<Oid>,
) -> Result<Vec<Difference>, HistoryError> {
    let mut found = Vec::new();
    let mut open = vec![Pair { folder: ROOT, paths: 0..pending.len(), new: Some(new), old }];
    while let Some(pair) = open.pop() {
        if pair.new == pair.old {
            continue;
        }
        let new = pair.new.map(|id| reader.tree(id)).transpose()?;
        let old = pair.old.map(|id| reader.tree(id)).transpose()?;
        let mut differing =
            Differences::new(pair.new.zip(new.as_deref()), pair.old.zip(old.as_deref()));
        while let Some(Differing { name, new, old }) = differing.next()? {
            let child = paths.child_of(pair.folder, name, pair.paths.clone(), pending);
            let Some((child, held)) = child.filter(|_| new != old) else { continue };
            if let Some(folder) = child.folder {
                let (new, old) = (new.map(|entry| entry.id), old.map(|entry| entry.id));
                open.push(Pair { folder, paths: held, new, old });
            } else {
                // A submodule is no file, so becoming one is the same as being deleted.
                let (new, old) = (new.filter(|new| new.is_blob()), old.filter(|old| old.is_blob()));
                if new != old {
                    found.push(Difference { path: pending[held.start], new, old });
                }
            }
        }
    }
    found.sort_unstable_by_key(|difference| difference.path);
    Ok(found)
}

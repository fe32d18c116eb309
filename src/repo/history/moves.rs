//! Files that a commit moved, found as git finds renames: by the same content, then by the same name and much the same content,
//! then by content that is at least half the same.

use std::collections::HashMap;

use git2::Oid;

use super::HistoryError;
use super::reader::Reader;
use super::tree::{Differences, Differing, Entry};
use crate::repo::similarity::{Pieces, RENAMED, SAME};

/// How many files on either side are compared with each other, as `diff.renameLimit` of git has it.
const LIMIT: usize = 1000;

/// How many candidates of each new file are kept.
const CANDIDATES: usize = 4;

/// The files that are new in a commit, and what they were called in its parent.
#[derive(Debug, Default)]
pub(super) struct Moves {
    sources: HashMap<Vec<u8>, File>,
}

/// A file of one commit: its path and its content.
pub(super) type File = (Vec<u8>, Oid);

impl Moves {
    /// What moved between the root trees `old` and `new`.
    pub(super) fn between(reader: &mut Reader, new: Oid, old: Oid) -> Result<Self, HistoryError> {
        let (added, removed) = one_sided(reader, new, old)?;
        let mut moves = Self::default();
        if removed.is_empty() {
            return Ok(moves);
        }
        let mut pairs = Pairs { added, removed, moves: &mut moves };
        pairs.same_content();
        if pairs.added.is_empty() || pairs.removed.is_empty() {
            return Ok(moves);
        }
        if pairs.added.len() * pairs.removed.len() > LIMIT * LIMIT {
            return Ok(moves);
        }
        let added = pieces(reader, &pairs.added)?;
        let removed = pieces(reader, &pairs.removed)?;
        pairs.like_content(&added, &removed);
        Ok(moves)
    }

    /// What the new file `path` was called before, and what it held.
    pub(super) fn source(&self, path: &[u8]) -> Option<&File> {
        self.sources.get(path)
    }
}

/// Files that are still without the other side.
struct Pairs<'m> {
    added: Vec<File>,
    removed: Vec<File>,
    moves: &'m mut Moves,
}

impl Pairs<'_> {
    /// Pairs files with the same content, those of the same name first.
    fn same_content(&mut self) {
        let mut by_content: HashMap<Oid, Vec<usize>> = HashMap::new();
        for (at, (_, blob)) in self.removed.iter().enumerate() {
            by_content.entry(*blob).or_default().push(at);
        }
        let mut is_used = vec![false; self.removed.len()];
        let (removed, moves) = (&self.removed, &mut *self.moves);
        self.added.retain(|(path, blob)| {
            let Some(candidates) = by_content.get_mut(blob) else { return true };
            candidates.retain(|at| !is_used[*at]);
            let same_name = candidates.iter().find(|at| name_of(&removed[**at].0) == name_of(path));
            let Some(found) = same_name.or(candidates.first()).copied() else { return true };
            is_used[found] = true;
            moves.sources.insert(path.clone(), removed[found].clone());
            false
        });
        let mut is_used = is_used.into_iter();
        self.removed.retain(|_| !is_used.next().unwrap_or(false));
    }

    /// Pairs files with much the same content.
    fn like_content(&mut self, added: &[Option<Pieces>], removed: &[Option<Pieces>]) {
        let mut is_added_used = vec![false; added.len()];
        let mut is_removed_used = vec![false; removed.len()];
        let likeness = |new: usize, old: usize, least: u64| match (&added[new], &removed[old]) {
            (Some(new), Some(old)) => new.likeness(old, least),
            _ => 0,
        };
        // A name that there is once on both sides is looked at first, and has to be more alike than others.
        let least = RENAMED + (SAME - RENAMED) / 2;
        let (new_names, old_names) = (only_names(&self.added), only_names(&self.removed));
        let mut found = Vec::new();
        for (name, new) in &new_names {
            let Some((new, old)) = new.zip(old_names.get(name).copied().flatten()) else {
                continue;
            };
            if likeness(new, old, RENAMED) >= least {
                (is_added_used[new], is_removed_used[old]) = (true, true);
                found.push((new, old));
            }
        }
        let mut candidates = Vec::new();
        for new in (0..added.len()).filter(|new| !is_added_used[*new]) {
            let mut best: Vec<(u64, bool, usize, usize)> = (0..removed.len())
                .filter(|old| !is_removed_used[*old])
                .map(|old| (likeness(new, old, RENAMED), old))
                .filter(|(likeness, _)| *likeness >= RENAMED)
                .map(|(likeness, old)| {
                    let same_name = name_of(&self.added[new].0) == name_of(&self.removed[old].0);
                    (likeness, same_name, new, old)
                })
                .collect();
            best.sort_by(by_likeness);
            best.truncate(CANDIDATES);
            candidates.extend(best);
        }
        candidates.sort_by(by_likeness);
        for (_, _, new, old) in candidates {
            if !is_added_used[new] && !is_removed_used[old] {
                (is_added_used[new], is_removed_used[old]) = (true, true);
                found.push((new, old));
            }
        }
        for (new, old) in found {
            self.moves.sources.insert(self.added[new].0.clone(), self.removed[old].clone());
        }
    }
}

/// The most alike first, of these the same name, then in order of their paths.
fn by_likeness(
    one: &(u64, bool, usize, usize),
    other: &(u64, bool, usize, usize),
) -> std::cmp::Ordering {
    (other.0, other.1).cmp(&(one.0, one.1)).then((one.2, one.3).cmp(&(other.2, other.3)))
}

/// The files by their last name; `None` where several have it.
fn only_names(files: &[File]) -> std::collections::BTreeMap<&[u8], Option<usize>> {
    let mut names = std::collections::BTreeMap::new();
    for (at, (path, _)) in files.iter().enumerate() {
        names.entry(name_of(path)).and_modify(|only| *only = None).or_insert(Some(at));
    }
    names
}

fn name_of(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

/// The pieces of each file; `None` of one that is too large to be compared.
fn pieces(reader: &Reader, files: &[File]) -> Result<Vec<Option<Pieces>>, HistoryError> {
    let pieces = |(_, blob): &File| Ok(reader.blob(*blob)?.map(|content| Pieces::of(&content)));
    files.iter().map(pieces).collect()
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
            let is_file = |entry: &Option<Entry>| entry.is_some_and(Entry::is_file);
            let is_folder = |entry: &Option<Entry>| entry.is_some_and(Entry::is_folder);
            if is_folder(&new) || is_folder(&old) {
                let id = |entry: Option<Entry>| {
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

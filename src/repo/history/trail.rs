//! The way of one file down the commits, under all names that it had, through every parent of a merge.
//!
//! The walk over all files at once goes as far as there is one way to go. From there on, a trail looks at one file: a
//! merge that differs from all its parents leads to each of them, and a commit that brings the file leads to the file that
//! it was moved from.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use git2::Oid;

use super::checkout::Bounds;
use super::reader::Reader;
use super::{BlobId, End, HistoryError, PathChange, PathHistory};
use crate::repo::renames::File;

/// The changes of a file, the newest first: each of them after all that build on it where clocks are right.
pub struct Trail<'t> {
    reader: &'t mut Reader,
    bounds: &'t Bounds,
    /// Whether moves are followed, and the file is another one before it was removed.
    follows_moves: bool,
    path: Vec<u8>,
    /// The changes that are known already, the oldest first.
    line: Vec<PathChange>,
    /// The commit of the last change of them that was given.
    given: Option<Oid>,
    /// Where the way goes on from there.
    open: Option<Oid>,
    /// Whether the line ends there only because it was not to go further down.
    is_at_bound: bool,
    queue: BinaryHeap<Queued>,
    arrivals: u64,
    /// How many of the queue are the file itself, and not commits that no longer matter.
    positions: usize,
    visited: HashSet<(Oid, Vec<u8>)>,
    /// The commits of changes that were found on the way, and not in the line.
    found: HashSet<Oid>,
    /// Commits that no longer matter.
    settled: HashSet<Oid>,
    stops: Vec<Oid>,
    /// The last change that was given, and where the way goes on from it.
    pending: Option<Pending>,
    is_cut: bool,
}

/// A commit to look at. The order of the fields is the order of the queue: the newest first, and of several with the
/// same time the one that was queued first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Queued {
    /// The time of the commit, in seconds since 1970.
    time: i64,
    arrival: Reverse<u64>,
    commit: Oid,
    /// The path of the file there; `None` for a commit that no longer matters.
    path: Option<Vec<u8>>,
}

/// A change, and the commits to look at after it.
struct Pending {
    commit: Oid,
    /// The commits, each with the path of the file there.
    next: Vec<(Oid, Vec<u8>)>,
}

impl<'t> Trail<'t> {
    pub(super) fn new(
        reader: &'t mut Reader,
        bounds: &'t Bounds,
        path: Vec<u8>,
        known: &PathHistory,
        follows_moves: bool,
    ) -> Self {
        let (mut line, mut open, mut is_cut) = (Vec::new(), None, false);
        let mut is_at_bound = false;
        match known {
            PathHistory::Untracked => {}
            PathHistory::Unknown => is_cut = true,
            PathHistory::Known { changes, end } => {
                line = changes.iter().rev().cloned().collect();
                match end {
                    End::Origin => {}
                    End::Cut => is_cut = true,
                    End::Open(commit) => {
                        open = Oid::from_str(commit).ok();
                        let last = line.first().filter(|change| change.commit == *commit);
                        let has_one_way =
                            last.is_none_or(|last| matches!(last.parent_blobs[..], [Some(_)]));
                        is_at_bound = has_one_way;
                        // A merge, and a commit that brings the file, is looked at again with other names in mind.
                        if last.is_some() && !has_one_way {
                            line.remove(0);
                        }
                    }
                }
            }
        }
        Self {
            reader,
            bounds,
            follows_moves,
            path,
            line,
            is_at_bound,
            given: None,
            open,
            queue: BinaryHeap::new(),
            arrivals: 0,
            positions: 0,
            visited: HashSet::new(),
            found: HashSet::new(),
            settled: HashSet::new(),
            stops: Vec::new(),
            pending: None,
            is_cut,
        }
    }

    /// Whether the line of changes that is known has come to its end, and one more walk would make it longer.
    pub fn is_at_end_of_line(&self) -> bool {
        self.is_at_bound && self.line.is_empty() && self.open.is_some()
    }

    /// The next change.
    ///
    /// # Errors
    ///
    /// Fails where this clone lacks what has to be read.
    #[expect(clippy::should_implement_trait, reason = "it can fail, and it can be stopped")]
    pub fn next(&mut self) -> Result<Option<PathChange>, HistoryError> {
        if let Some(change) = self.line.pop() {
            return self.next_of_line(change).map(Some);
        }
        if let Some(open) = self.open.take() {
            let path = self.path.clone();
            match self.is_last_of_line(open) {
                true => {
                    for parent in self.reader.kept_commit(open)?.parents.clone() {
                        self.push(parent, path.clone())?;
                    }
                }
                false => self.push(open, path)?,
            }
        }
        for (commit, path) in self.pending.take().map(|pending| pending.next).unwrap_or_default() {
            self.push(commit, path)?;
        }
        while self.positions > 0 {
            let Some(Queued { commit, path, .. }) = self.queue.pop() else { break };
            let Some(path) = path else {
                self.settle_parents(commit)?;
                continue;
            };
            self.positions -= 1;
            if let Some(change) = self.visit(commit, path)? {
                return Ok(Some(change));
            }
        }
        Ok(None)
    }

    /// The way ends at the last change: neither it nor what it builds on matters.
    ///
    /// # Errors
    ///
    /// Fails where this clone lacks a commit.
    pub fn stop(&mut self) -> Result<(), HistoryError> {
        let Some(Pending { commit, .. }) = self.pending.take() else {
            // There is one way alone.
            self.line.clear();
            self.open = None;
            return Ok(());
        };
        self.stops.push(commit);
        self.settled.insert(commit);
        self.settle_parents(commit)
    }

    /// Whether `change` matters: whether no commit at which the trail was stopped builds on it.
    pub fn matters(&self, change: &PathChange) -> bool {
        let Ok(commit) = Oid::from_str(&change.commit) else { return true };
        !self.found.contains(&commit)
            || !self.settled.contains(&commit)
                && !self.stops.iter().any(|stop| self.reader.is_ancestor(commit, *stop))
    }

    /// Whether `stamp`, 40 hexadecimal digits, is the commit of `change` or builds on it.
    pub fn leads_to(&self, change: &PathChange, stamp: &str) -> bool {
        let ids = Oid::from_str(&change.commit).ok().zip(Oid::from_str(stamp).ok());
        ids.is_some_and(|(commit, stamp)| self.reader.is_ancestor(commit, stamp))
    }

    /// Whether a shallow clone's boundary was met, so that there may be more changes.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The content of a file; `None` if it is too large.
    ///
    /// # Errors
    ///
    /// Fails where this clone lacks it.
    pub fn content(&self, blob: BlobId) -> Result<Option<Vec<u8>>, HistoryError> {
        self.reader.blob(blob.0)
    }

    /// Whether the last change that was given is that of `commit`, and there is one way to go on from it.
    fn is_last_of_line(&self, commit: Oid) -> bool {
        self.given == Some(commit)
    }

    fn next_of_line(&mut self, change: PathChange) -> Result<PathChange, HistoryError> {
        self.given = Oid::from_str(&change.commit).ok();
        let is_new = change.blob.is_some() && change.parent_blobs.iter().all(Option::is_none);
        let (true, false) = (self.follows_moves && is_new, change.parent_blobs.is_empty()) else {
            return Ok(change);
        };
        let commit = Oid::from_str(&change.commit).unwrap_or(Oid::ZERO_SHA1);
        if self.sources(commit, &self.path.clone())?.iter().any(Option::is_some) {
            // Under its other name, it is another line.
            self.line.clear();
            (self.open, self.given, self.is_cut) = (Some(commit), None, false);
            self.is_at_bound = false;
            return self.next().map(|next| next.unwrap_or(change));
        }
        // A file that was removed and put back is what it was before.
        match self.line.last() {
            Some(removed) if removed.blob.is_none() => {
                let parent_blobs = removed.parent_blobs.clone();
                self.line.pop();
                Ok(PathChange { parent_blobs, ..change })
            }
            _ => Ok(change),
        }
    }

    fn push(&mut self, commit: Oid, path: Vec<u8>) -> Result<(), HistoryError> {
        let time = self.reader.kept_commit(commit)?.time;
        self.queue.push(Queued { time, arrival: Reverse(self.arrivals), commit, path: Some(path) });
        self.arrivals += 1;
        self.positions += 1;
        Ok(())
    }

    fn settle_parents(&mut self, commit: Oid) -> Result<(), HistoryError> {
        if self.bounds.boundary.contains(&commit) {
            return Ok(());
        }
        for parent in &self.reader.kept_commit(commit)?.parents {
            if self.settled.insert(*parent) {
                let time = self.reader.kept_commit(*parent)?.time;
                self.queue.push(Queued {
                    time,
                    arrival: Reverse(self.arrivals),
                    commit: *parent,
                    path: None,
                });
                self.arrivals += 1;
            }
        }
        Ok(())
    }

    /// What the file `path` of `commit` was called in each parent that does not have it, and what it held.
    fn sources(&mut self, commit: Oid, path: &[u8]) -> Result<Vec<Option<File>>, HistoryError> {
        let lineage = self.reader.kept_commit(commit)?;
        let mut sources = Vec::new();
        for parent in &lineage.parents {
            let tree = self.reader.kept_commit(*parent)?.tree;
            let moves = self.reader.moves(lineage.tree, tree)?;
            sources.push(moves.source(path).cloned());
        }
        Ok(sources)
    }

    /// Goes from `commit` to where the file was before; the change of it that the commit makes, if it does.
    fn visit(&mut self, commit: Oid, path: Vec<u8>) -> Result<Option<PathChange>, HistoryError> {
        if self.settled.contains(&commit) || !self.visited.insert((commit, path.clone())) {
            return Ok(None);
        }
        if self.bounds.boundary.contains(&commit) {
            self.is_cut = true;
            return Ok(None);
        }
        let lineage = self.reader.kept_commit(commit)?;
        let file = self.reader.file(lineage.tree, &path)?;
        let mut before = Vec::new();
        for parent in &lineage.parents {
            let tree = self.reader.kept_commit(*parent)?.tree;
            let file = match tree == lineage.tree {
                true => file,
                false => self.reader.file(tree, &path)?,
            };
            before.push(file.map(|file| (path.clone(), file)));
        }
        let same = |before: &Option<(Vec<u8>, super::tree::TreeEntry)>| {
            before.as_ref().map(|(_, file)| *file) == file
        };
        if let Some(at) = before.iter().position(same) {
            self.push(lineage.parents[at], path)?;
            return Ok(None);
        }
        let mut parents: Vec<Option<File>> =
            before.into_iter().map(|before| before.map(|(path, file)| (path, file.id))).collect();
        if self.follows_moves && file.is_some() && parents.iter().any(Option::is_none) {
            let sources = self.sources(commit, &path)?;
            for (parent, source) in parents.iter_mut().zip(sources) {
                if parent.is_none() {
                    *parent = source;
                }
            }
            // A file that was only moved has not changed.
            let is_moved = |parent: &Option<File>| {
                parent.as_ref().map(|(_, blob)| *blob) == file.map(|file| file.id)
            };
            if let Some(at) = parents.iter().position(is_moved) {
                let path = parents[at].as_ref().map(|(path, _)| path.clone()).unwrap_or_default();
                self.push(lineage.parents[at], path)?;
                return Ok(None);
            }
        }
        if file.is_none() && parents.iter().all(Option::is_none) {
            // It never was there.
            return Ok(None);
        }
        let (author, date) = self.reader.kept_commit(commit)?.author();
        let change = PathChange {
            commit: commit.to_string(),
            author,
            date,
            blob: file.map(|file| BlobId(file.id)),
            parent_blobs: parents
                .iter()
                .map(|parent| parent.as_ref().map(|(_, blob)| BlobId(*blob)))
                .collect(),
            is_ignored: self.bounds.ignored.contains(&commit),
        };
        let next = lineage.parents.iter().zip(parents);
        let next = next.filter_map(|(commit, parent)| match parent {
            Some((path, _)) => Some((*commit, path)),
            // Where moves are not followed, what had the name before is the same file.
            None => (!self.follows_moves).then(|| (*commit, path.clone())),
        });
        self.pending = Some(Pending { commit, next: next.collect() });
        self.found.insert(commit);
        Ok(Some(change))
    }
}

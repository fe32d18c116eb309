//! Down the commits, all paths at once.
//!
//! Every path is at a commit, at first at `HEAD`. Where a parent has the path as the commit has it, the path moves
//! there; where it differs from all parents, the commit changed it, and the path is done or goes on to the parent if
//! there is one. Where there are several, its way ends. Commits are visited from the latest to the earliest, each with
//! all the paths that are at it, so that its trees are compared once.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use git2::Oid;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::checkout::Checkout;
use super::commit::Commit;
use super::compare::{Difference, differences};
use super::paths::{PathId, Paths};
use super::reader::Reader;
use super::tree::TreeEntry;
use super::{BlobId, End, HistoryError, PathChange, PathHistory, Wanted};

/// How much earlier than the wanted day a commit must have been committed for the search to end there: a
/// day begins at different times around the world, and clocks are wrong.
const SLACK_SECONDS: i64 = 3 * 24 * 60 * 60;

/// A walk over the commits from `HEAD` on.
pub(super) struct Walk<'w> {
    reader: Reader,
    /// Called for each path whose way ends before the walk does.
    found: &'w mut dyn FnMut(PathId, &PathHistory),
    paths: &'w Paths,
    place: &'w Checkout,
    /// The times before which the paths do not go on.
    ends: Vec<i64>,
    findings: Vec<Findings>,
    /// What is known of the paths whose way has ended.
    histories: Vec<Option<PathHistory>>,
    /// The commits where paths are, the latest first; of those of one second, the first to be found.
    queue: BinaryHeap<(i64, Reverse<u64>, Oid)>,
    waiting: HashMap<Oid, Waiting>,
    arrivals: u64,
}

/// A commit and the paths that are at it, sorted.
struct Waiting {
    commit: Commit,
    paths: Vec<PathId>,
    /// The latest of the [`Walk::ends`] of these paths: before it, some of them do not go on.
    latest_end: i64,
}

/// What was found of a path.
#[derive(Default)]
struct Findings {
    since: Option<Date>,
    changes: Vec<PathChange>,
}

impl<'w> Walk<'w> {
    /// A walk for `wanted`, whose paths are `paths`.
    pub(super) fn new(
        reader: Reader,
        paths: &'w Paths,
        place: &'w Checkout,
        wanted: &[&Wanted],
        found: &'w mut dyn FnMut(PathId, &PathHistory),
    ) -> Self {
        let findings = |wanted: &&Wanted| Findings { since: wanted.since, ..Findings::default() };
        Self {
            reader,
            found,
            paths,
            place,
            ends: vec![i64::MIN; wanted.len()],
            findings: wanted.iter().map(findings).collect(),
            histories: wanted.iter().map(|_| None).collect(),
            queue: BinaryHeap::new(),
            waiting: HashMap::new(),
            arrivals: 0,
        }
    }

    /// The histories of the paths, in their order.
    pub(super) fn run(mut self) -> Result<Vec<PathHistory>, HistoryError> {
        let head = self.reader.commit(self.place.head)?;
        self.send(head, (0..self.paths.count()).collect(), i64::MIN);
        while let Some((_, _, id)) = self.queue.pop() {
            if let Some(waiting) = self.waiting.remove(&id) {
                self.visit(waiting)?;
            }
        }
        let known = self.histories.into_iter();
        Ok(known.map(|known| known.unwrap_or(PathHistory::Unknown)).collect())
    }

    /// Makes `paths`, which are sorted and of which none ends after `latest_end`, go to `commit`.
    #[expect(clippy::stable_sort_primitive, reason = "it merges two sorted lists in one pass")]
    fn send(&mut self, commit: Commit, paths: Vec<PathId>, latest_end: i64) {
        if paths.is_empty() {
            return;
        }
        if let Some(waiting) = self.waiting.get_mut(&commit.id) {
            waiting.paths.extend(paths);
            waiting.paths.sort();
            waiting.paths.dedup();
            waiting.latest_end = waiting.latest_end.max(latest_end);
            return;
        }
        self.queue.push((commit.time, Reverse(self.arrivals), commit.id));
        self.arrivals += 1;
        self.waiting.insert(commit.id, Waiting { commit, paths, latest_end });
    }

    fn visit(&mut self, waiting: Waiting) -> Result<(), HistoryError> {
        let Waiting { commit, mut paths, mut latest_end } = waiting;
        let commit = &commit;
        // There are many commits between two at which a path may stop.
        if commit.time < latest_end {
            let goes_on = |walk: &Self, path: PathId| commit.time >= walk.ends[index(path)];
            self.keep(&mut paths, goes_on, || End::Open(commit.id.to_string()));
            latest_end = self.latest_end(&paths);
        }
        if paths.is_empty() {
            return Ok(());
        }
        if self.place.boundary.contains(&commit.id) {
            // Its parents are not here, so whether it changed anything is not known.
            self.keep(&mut paths, |_, _| false, || End::Cut);
            return Ok(());
        }
        if commit.parents.is_empty() {
            let found = differences(&mut self.reader, self.paths, &paths, commit.tree, None)?;
            for change in found {
                self.record(change.path, commit, change.new, Vec::new());
            }
            self.keep(&mut paths, |_, _| false, || End::Origin);
            return Ok(());
        }
        let mut found: Vec<Vec<Difference>> = Vec::new();
        for parent in &commit.parents {
            let parent = self.reader.commit(*parent)?;
            let differing =
                differences(&mut self.reader, self.paths, &paths, commit.tree, Some(parent.tree))?;
            let changed: Vec<PathId> = differing.iter().map(|change| change.path).collect();
            if !changed.is_empty() {
                paths.retain(|path| changed.binary_search(path).is_err());
            }
            self.send(parent, std::mem::replace(&mut paths, changed), latest_end);
            found.push(differing);
            if paths.is_empty() {
                return Ok(());
            }
        }
        // What is left differs from every parent, and the last parent's differences are just that.
        for change in found.last().into_iter().flatten() {
            let old = |differing: &Vec<Difference>| {
                let at = differing.binary_search_by_key(&change.path, |other| other.path);
                at.ok().and_then(|at| differing[at].old)
            };
            self.record(change.path, commit, change.new, found.iter().map(old).collect());
        }
        // Those that are done stay, and those with several ways to go.
        let goes_on = |walk: &Self, path: PathId| {
            commit.parents.len() == 1 && walk.ends[index(path)] <= commit.time
        };
        self.keep(&mut paths, goes_on, || End::Open(commit.id.to_string()));
        latest_end = latest_end.max(self.latest_end(&paths));
        if let Some(parent) = commit.parents.first().filter(|_| !paths.is_empty()) {
            let parent = self.reader.commit(*parent)?;
            self.send(parent, paths, latest_end);
        }
        Ok(())
    }

    /// Lets those of `paths` go on that `goes_on` says; the way of the others ends so.
    fn keep(
        &mut self,
        paths: &mut Vec<PathId>,
        goes_on: impl Fn(&Self, PathId) -> bool,
        end: impl Fn() -> End,
    ) {
        paths.retain(|path| {
            let is_kept = goes_on(self, *path);
            if !is_kept {
                let findings = std::mem::take(&mut self.findings[index(*path)]);
                let history = findings.into_history(end());
                (self.found)(*path, &history);
                self.histories[index(*path)] = Some(history);
            }
            is_kept
        });
    }

    fn latest_end(&self, paths: &[PathId]) -> i64 {
        paths.iter().map(|path| self.ends[index(*path)]).max().unwrap_or(i64::MIN)
    }

    fn record(
        &mut self,
        path: PathId,
        commit: &Commit,
        new: Option<TreeEntry>,
        old: Vec<Option<TreeEntry>>,
    ) {
        let blob = |entry: Option<TreeEntry>| entry.map(|entry| BlobId(entry.id));
        let (author, date) = commit.author();
        let change = PathChange {
            commit: commit.id.to_string(),
            author,
            date,
            blob: blob(new),
            parent_blobs: old.into_iter().map(blob).collect(),
            is_ignored: self.place.ignored.contains(&commit.id),
        };
        let findings = &mut self.findings[index(path)];
        if !change.is_ignored {
            self.ends[index(path)] = findings.since.map_or(i64::MAX, end_of_search);
        }
        findings.changes.push(change);
    }
}

/// The time before which hardly any commit has changed anything on `since` or later.
fn end_of_search(since: Date) -> i64 {
    let midnight = since.to_zoned(TimeZone::UTC).map(|day| day.timestamp().as_second());
    midnight.map_or(i64::MIN, |midnight| midnight - SLACK_SECONDS)
}

impl Findings {
    fn into_history(self, end: End) -> PathHistory {
        match (self.changes.is_empty(), &end) {
            (true, End::Origin) => PathHistory::Untracked,
            (true, End::Cut) => PathHistory::Unknown,
            _ => PathHistory::Known { changes: self.changes, end },
        }
    }
}

fn index(path: PathId) -> usize {
    path as usize
}

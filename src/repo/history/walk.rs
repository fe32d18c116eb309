//! Down the commits, all paths at once.
//!
//! Every path stands at a commit, at first at `HEAD`. Where a parent has the path as the commit has it, the
//! path moves there; where it differs from all parents, the commit changed it, and the path is done or goes
//! on to all of them. Commits are visited from the latest to the earliest, each with all the paths that
//! stand at it, so that its trees are compared once.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use git2::Oid;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::commit::Commit;
use super::compare::{Difference, differences};
use super::objects::Objects;
use super::paths::{PathId, Paths};
use super::place::Place;
use super::tree::Entry;
use super::{BlobId, Change, HistoryError, PathHistory, Wanted};

/// How much earlier than the wanted day a commit must have been committed for the search to end there: a
/// day begins at different times around the world, and clocks are wrong.
const SLACK_SECONDS: i64 = 3 * 24 * 60 * 60;

/// A walk over the commits from `HEAD` on.
pub(super) struct Walk<'w, 'odb> {
    objects: Objects<'odb>,
    /// Told of each path whose way ends before the walk does.
    found: &'w mut dyn FnMut(PathId, &PathHistory),
    paths: &'w Paths,
    place: &'w Place,
    tracks: Vec<Track>,
    findings: Vec<Findings>,
    /// What is known of the paths whose way has ended.
    histories: Vec<Option<PathHistory>>,
    /// The commits where paths stand, the latest first; of those of one second, the first to be found.
    queue: BinaryHeap<(i64, Reverse<u64>, Oid)>,
    waiting: HashMap<Oid, Waiting<'odb>>,
    arrivals: u64,
    /// Whether any path ever went several ways.
    has_forked: bool,
    /// Where the paths that went several ways have been: their ways meet again, and where clocks are wrong
    /// one of them may come by a commit that another has left.
    visited: HashMap<Oid, PathSet>,
}

/// A commit and the paths that stand at it, sorted.
struct Waiting<'odb> {
    commit: Commit<'odb>,
    paths: Vec<PathId>,
    /// The latest [`Track::end`] of these paths: before it, some of them may not go on.
    latest_end: i64,
}

/// What a path needs at every commit.
#[derive(Clone, Copy)]
struct Track {
    /// The path does not go on at commits of before this time.
    end: i64,
    /// Whether it ever went to several parents.
    is_forked: bool,
}

/// What was found of a path.
#[derive(Default)]
struct Findings {
    since: Option<Date>,
    changes: Vec<Change>,
    /// The earliest change by a commit that does not count.
    ignored: Option<Change>,
    /// Whether a shallow clone's boundary was met.
    is_cut: bool,
}

impl<'w, 'odb> Walk<'w, 'odb> {
    /// A walk for `wanted`, whose paths are `paths`.
    pub(super) fn new(
        objects: Objects<'odb>,
        paths: &'w Paths,
        place: &'w Place,
        wanted: &[&Wanted],
        found: &'w mut dyn FnMut(PathId, &PathHistory),
    ) -> Self {
        let findings = |wanted: &&Wanted| Findings { since: wanted.since, ..Findings::default() };
        Self {
            objects,
            found,
            paths,
            place,
            tracks: vec![Track { end: i64::MIN, is_forked: false }; wanted.len()],
            findings: wanted.iter().map(findings).collect(),
            histories: wanted.iter().map(|_| None).collect(),
            queue: BinaryHeap::new(),
            waiting: HashMap::new(),
            arrivals: 0,
            has_forked: false,
            visited: HashMap::new(),
        }
    }

    /// The histories of the paths, in their order.
    pub(super) fn run(mut self) -> Result<Vec<PathHistory>, HistoryError> {
        let head = self.objects.commit(self.place.head)?;
        self.send(head, (0..self.paths.count()).collect(), i64::MIN);
        while let Some((_, _, id)) = self.queue.pop() {
            if let Some(waiting) = self.waiting.remove(&id) {
                self.visit(waiting)?;
            }
        }
        let ended = self.histories.into_iter().zip(self.findings);
        Ok(ended
            .map(|(known, findings)| known.unwrap_or_else(|| findings.into_history()))
            .collect())
    }

    /// Makes `paths`, which are sorted and of which none ends after `latest_end`, stand at `commit`.
    #[expect(clippy::stable_sort_primitive, reason = "it merges two sorted lists in one pass")]
    fn send(&mut self, commit: Commit<'odb>, paths: Vec<PathId>, latest_end: i64) {
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

    fn visit(&mut self, waiting: Waiting<'odb>) -> Result<(), HistoryError> {
        let Waiting { commit, mut paths, mut latest_end } = waiting;
        let commit = &commit;
        // There are many commits between two at which a path may stop.
        if commit.time < latest_end || self.has_forked {
            self.keep(&mut paths, |walk, path| walk.goes_on(path, commit));
            latest_end = self.latest_end(&paths);
        }
        if paths.is_empty() {
            return Ok(());
        }
        if self.place.boundary.contains(&commit.id) {
            // Its parents are not here, so whether it changed anything cannot be told.
            for path in paths {
                self.cut(path);
                self.end(path);
            }
            return Ok(());
        }
        if commit.parents.is_empty() {
            let found = differences(&mut self.objects, self.paths, &paths, commit.tree, None)?;
            for change in found {
                self.record(change.path, commit, change.new, Vec::new());
            }
            for path in paths {
                self.end(path);
            }
            return Ok(());
        }
        let mut found: Vec<Vec<Difference>> = Vec::new();
        for parent in &commit.parents {
            let parent = self.objects.commit(*parent)?;
            let differing =
                differences(&mut self.objects, self.paths, &paths, commit.tree, Some(parent.tree))?;
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
        // Those that are done stay behind, here rather than at each of the parents.
        self.keep(&mut paths, |walk, path| walk.tracks[index(path)].end <= commit.time);
        for path in &paths {
            self.tracks[index(*path)].is_forked |= commit.parents.len() > 1;
        }
        self.has_forked |= commit.parents.len() > 1;
        latest_end = latest_end.max(self.latest_end(&paths));
        if !paths.is_empty() {
            for parent in &commit.parents {
                let parent = self.objects.commit(*parent)?;
                self.send(parent, paths.clone(), latest_end);
            }
        }
        Ok(())
    }

    /// Lets those of `paths` go on that `goes_on` says; the way of the others ends.
    fn keep(&mut self, paths: &mut Vec<PathId>, goes_on: impl Fn(&mut Self, PathId) -> bool) {
        paths.retain(|path| {
            let is_kept = goes_on(self, *path);
            if !is_kept {
                self.end(*path);
            }
            is_kept
        });
    }

    /// A way of `path` ends. If it is the only one, all is known.
    fn end(&mut self, path: PathId) {
        if !self.tracks[index(path)].is_forked {
            let history = std::mem::take(&mut self.findings[index(path)]).into_history();
            (self.found)(path, &history);
            self.histories[index(path)] = Some(history);
        }
    }

    fn latest_end(&self, paths: &[PathId]) -> i64 {
        paths.iter().map(|path| self.tracks[index(*path)].end).max().unwrap_or(i64::MIN)
    }

    /// Whether `path`, which stands at `commit`, is still looked for there.
    fn goes_on(&mut self, path: PathId, commit: &Commit<'_>) -> bool {
        let track = self.tracks[index(path)];
        if commit.time < track.end {
            return false;
        }
        !track.is_forked
            || self
                .visited
                .entry(commit.id)
                .or_insert_with(|| PathSet::new(self.tracks.len()))
                .insert(path)
    }

    fn cut(&mut self, path: PathId) {
        let findings = &mut self.findings[index(path)];
        findings.is_cut = true;
        if findings.changes.is_empty() {
            // A change further down another way may not be the last one.
            self.tracks[index(path)].end = i64::MAX;
        }
    }

    fn record(
        &mut self,
        path: PathId,
        commit: &Commit<'_>,
        new: Option<Entry>,
        old: Vec<Option<Entry>>,
    ) {
        let blob = |entry: Option<Entry>| entry.map(|entry| BlobId(entry.id));
        let (author, date) = commit.author();
        let change = Change {
            commit: commit.id.to_string(),
            author,
            date,
            blob: blob(new),
            parent_blobs: old.into_iter().map(blob).collect(),
        };
        let findings = &mut self.findings[index(path)];
        if self.place.ignored.contains(&commit.id) {
            findings.ignored = Some(change);
        } else if findings.changes.is_empty() {
            findings.changes.push(change);
            self.tracks[index(path)].end = findings.since.map_or(i64::MAX, end_of_search);
        } else if findings.since.is_some_and(|since| date >= since) {
            findings.changes.push(change);
        }
    }
}

/// The time before which no commit can have changed anything on `since` or later.
fn end_of_search(since: Date) -> i64 {
    let midnight = since.to_zoned(TimeZone::UTC).map(|day| day.timestamp().as_second());
    midnight.map_or(i64::MIN, |midnight| midnight - SLACK_SECONDS)
}

impl Findings {
    fn into_history(mut self) -> PathHistory {
        if self.changes.is_empty() {
            if self.is_cut {
                return PathHistory::Unknown;
            }
            // Nothing but commits that do not count ever touched the file, so the first of them is where
            // it comes from.
            self.changes.extend(self.ignored);
        }
        if self.changes.is_empty() {
            return PathHistory::Untracked;
        }
        PathHistory::Known { changes: self.changes, is_complete: !self.is_cut }
    }
}

/// A set of paths.
struct PathSet(Vec<u64>);

impl PathSet {
    fn new(paths: usize) -> Self {
        Self(vec![0; paths.div_ceil(64)])
    }

    /// Adds `path`; whether it is new.
    fn insert(&mut self, path: PathId) -> bool {
        let (word, bit) = (&mut self.0[index(path) / 64], 1 << (path % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

fn index(path: PathId) -> usize {
    path as usize
}

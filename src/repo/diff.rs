//! What changed between a commit and the handbook's folder as it stands: which files, and which lines of them.
//!
//! The folder counts with everything that is not committed, untracked files too. A line whose end alone is
//! written otherwise, as after a change from LF to CRLF, has not changed.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::RangeInclusive;

use git2::{Delta, Diff as GitDiff, DiffFindOptions, DiffOptions, FileMode, Index, Oid, Patch};

use super::history::{HistoryError, Place};
use super::{Repo, Revision, sparse};
use crate::source::{MAX_FILE_BYTES, RepoPath};

/// What changed, by path from the handbook's root.
#[derive(Debug, Default)]
pub struct Diff {
    /// The files that are there now.
    present: BTreeMap<RepoPath, FileChange>,
    /// The files that are there no more, under this name or another.
    gone: BTreeSet<RepoPath>,
    /// Folders of which git knows that they changed, and not what in them: submodules, repositories within this one.
    folders: BTreeSet<RepoPath>,
    /// What else changed: files whose name is not UTF-8, which cannot be read here.
    unnamed: BTreeSet<RepoPath>,
}

/// How a file changed that is there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Where it was before.
    pub before: Before,
    /// Its lines that are new or changed.
    pub lines: Lines,
    /// Whether it may be run now and might not before, or the other way round.
    pub has_other_mode: bool,
}

/// Where a file was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nowhere.
    Nowhere,
    /// Under the name that it has.
    Here,
    /// Under another name.
    At(RepoPath),
}

/// Lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lines {
    /// All of them.
    All,
    /// These, counted from 1, in order.
    Some(Vec<RangeInclusive<usize>>),
}

impl Lines {
    /// Whether any of `lines` is among them.
    pub fn meet(&self, lines: &RangeInclusive<usize>) -> bool {
        let Self::Some(ranges) = self else { return true };
        let next = ranges.partition_point(|range| range.end() < lines.start());
        ranges.get(next).is_some_and(|range| range.start() <= lines.end())
    }
}

impl Diff {
    /// What changed in the handbook of `repo` since the commit of `base`.
    pub fn since(repo: &Repo, base: &Revision) -> Result<Self, HistoryError> {
        // The base was found here, so the repository is still the one that it was found in.
        let Some(place) = repo.place()? else { return Ok(Self::default()) };
        let unreadable = |error: git2::Error| place.unreadable(&error);
        let index = place.repository.index().map_err(unreadable)?;
        let skipped = sparse::left_out(&place, &index);
        let mut changes = Self::default();
        let diff = git_diff(&place, base.oid(), true).map_err(unreadable)?;
        for at in 0..diff.deltas().len() {
            changes.add(&diff, at, &place.prefix, &skipped).map_err(unreadable)?;
        }
        if !skipped.is_empty() {
            // What is not checked out is as the index has it.
            let diff = index_diff(&place, base.oid(), &index).map_err(unreadable)?;
            for at in 0..diff.deltas().len() {
                let path = diff
                    .get_delta(at)
                    .and_then(|delta| delta.new_file().path_bytes().map(<[u8]>::to_vec));
                if path.is_some_and(|path| skipped.contains(&path)) {
                    changes.add(&diff, at, &place.prefix, &HashSet::new()).map_err(unreadable)?;
                }
            }
        }
        Ok(changes)
    }

    /// What changed since the commit of `base` outside the handbook in `repo`, of a handbook that is a folder of a
    /// larger work tree: the places as seen from the handbook, in order.
    pub fn elsewhere(repo: &Repo, base: &Revision) -> Result<Vec<String>, HistoryError> {
        let Some(place) = repo.place()? else { return Ok(Vec::new()) };
        if place.prefix.is_empty() {
            return Ok(Vec::new());
        }
        let prefix = String::from_utf8_lossy(&place.prefix).into_owned();
        let up = "../".repeat(prefix.split('/').count());
        let diff = git_diff(&place, base.oid(), false).map_err(|error| place.unreadable(&error))?;
        let index = place.repository.index().map_err(|error| place.unreadable(&error))?;
        let skipped = sparse::left_out(&place, &index);
        let is_gone = |delta: &git2::DiffDelta<'_>| {
            let path = delta.old_file().path_bytes().unwrap_or_default();
            delta.status() != Delta::Deleted || !skipped.contains(path)
        };
        let mut deltas: Vec<_> = diff.deltas().filter(is_gone).collect();
        let of_index = match skipped.is_empty() {
            true => None,
            false => Some(
                index_diff(&place, base.oid(), &index).map_err(|error| place.unreadable(&error))?,
            ),
        };
        let is_skipped = |delta: &git2::DiffDelta<'_>| {
            delta.new_file().path_bytes().is_some_and(|path| skipped.contains(path))
        };
        deltas.extend(of_index.iter().flat_map(GitDiff::deltas).filter(is_skipped));
        let places = deltas.into_iter().flat_map(|delta| {
            [delta.old_file(), delta.new_file()].map(|file| {
                let path = file.path_bytes().unwrap_or_default();
                (inside(path, &place.prefix).is_none())
                    .then(|| format!("{up}{}", String::from_utf8_lossy(path)))
            })
        });
        Ok(places.flatten().collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        let Self { present, gone, folders, unnamed } = self;
        present.is_empty() && gone.is_empty() && folders.is_empty() && unnamed.is_empty()
    }

    /// The files that are there now and changed, by path.
    pub fn present(&self) -> impl Iterator<Item = (&RepoPath, &FileChange)> {
        self.present.iter()
    }

    /// The files that are there no more, by path; of a renamed file, its old name.
    pub fn gone(&self) -> impl Iterator<Item = &RepoPath> {
        self.gone.iter()
    }

    /// What else changed, of which git does not tell what is in it: submodules, and repositories within this one.
    pub fn folders(&self) -> impl Iterator<Item = &RepoPath> {
        self.folders.iter()
    }

    /// Whether a file changed whose name is not UTF-8.
    pub fn has_unnamed(&self) -> bool {
        !self.unnamed.is_empty()
    }

    /// Where the file at `path` was before; `None` if it is new.
    pub fn before<'p>(&'p self, path: &'p RepoPath) -> Option<&'p RepoPath> {
        match self.present.get(path).map(|change| &change.before) {
            None | Some(Before::Here) => Some(path),
            Some(Before::At(before)) => Some(before),
            Some(Before::Nowhere) => None,
        }
    }

    /// Which lines of the file at `path` changed; `None` if none did.
    pub fn lines(&self, path: &RepoPath) -> Option<&Lines> {
        if let Some(change) = self.present.get(path) {
            return Some(&change.lines);
        }
        if self.unnamed.contains(path) {
            return Some(&Lines::All);
        }
        let is_hidden = self.folders.iter().any(|folder| path.is_under(folder));
        is_hidden.then_some(&Lines::All)
    }

    /// Adds the change at `at` of `diff`. What is `skipped` has not gone: a sparse checkout leaves it out.
    fn add(
        &mut self,
        diff: &GitDiff<'_>,
        at: usize,
        prefix: &[u8],
        skipped: &HashSet<Vec<u8>>,
    ) -> Result<(), git2::Error> {
        let Some(delta) = diff.get_delta(at) else { return Ok(()) };
        let (old, new) = (delta.old_file(), delta.new_file());
        let paths = [old.path_bytes(), new.path_bytes()];
        let [was, is] = paths.map(|path| inside(path.unwrap_or_default(), prefix));
        let is_folder = [old.mode(), new.mode()].contains(&FileMode::Commit)
            || new.path_bytes().is_some_and(|path| path.ends_with(b"/"));
        if is_folder {
            self.folders.extend(is.or(was));
            return Ok(());
        }
        let is_skipped = skipped.contains(paths[0].unwrap_or_default());
        let has_other_mode = delta.status() == Delta::Modified && old.mode() != new.mode();
        match (delta.status(), was, is) {
            (Delta::Unmodified | Delta::Ignored, ..) => {}
            (Delta::Deleted, ..) if is_skipped => {}
            (Delta::Renamed, _, Some(is)) if is_skipped => {
                let change =
                    FileChange { before: Before::Nowhere, lines: Lines::All, has_other_mode };
                self.present.insert(is, change);
            }
            (Delta::Deleted, Some(was), _) => _ = self.gone.insert(was),
            (Delta::Added | Delta::Untracked | Delta::Copied, _, Some(is)) => {
                let change =
                    FileChange { before: Before::Nowhere, lines: Lines::All, has_other_mode };
                self.present.insert(is, change);
            }
            (Delta::Modified, _, Some(is)) => {
                let change =
                    FileChange { before: Before::Here, lines: lines(diff, at)?, has_other_mode };
                self.present.insert(is, change);
            }
            (Delta::Renamed, Some(was), Some(is)) => {
                self.gone.insert(was.clone());
                let change =
                    FileChange { before: Before::At(was), lines: lines(diff, at)?, has_other_mode };
                self.present.insert(is, change);
            }
            // In conflict, unreadable, of another type: whatever it was, it is another thing now.
            (_, _, Some(is)) => {
                let change = FileChange { before: Before::Here, lines: Lines::All, has_other_mode };
                self.present.insert(is, change);
            }
            (_, _, None) => {
                let path = paths[1].or(paths[0]).unwrap_or_default();
                let path = path.strip_prefix(prefix).unwrap_or(path);
                self.unnamed.insert(RepoPath::escaped(path.strip_prefix(b"/").unwrap_or(path)));
            }
        }
        Ok(())
    }
}

/// What changed since `base`, in the handbook alone or in the whole work tree.
fn git_diff(place: &Place, base: Oid, is_inside: bool) -> Result<GitDiff<'_>, git2::Error> {
    let repository = &place.repository;
    let tree = repository.find_commit(base)?.tree()?;
    let mut options = DiffOptions::new();
    options
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .include_unreadable(true)
        .context_lines(0)
        .ignore_whitespace_eol(true)
        .max_size(i64::try_from(MAX_FILE_BYTES).unwrap_or(i64::MAX));
    if is_inside && !place.prefix.is_empty() {
        options.disable_pathspec_match(true).pathspec(&place.prefix[..]);
    }
    let mut diff = repository.diff_tree_to_workdir_with_index(Some(&tree), Some(&mut options))?;
    if !is_inside {
        return Ok(diff);
    }
    // A file that was moved and not added yet is an untracked one beside one that is gone.
    diff.find_similar(Some(DiffFindOptions::new().renames(true).for_untracked(true)))?;
    Ok(diff)
}

/// What the index has changed since `base` in the handbook.
fn index_diff<'p>(place: &'p Place, base: Oid, index: &Index) -> Result<GitDiff<'p>, git2::Error> {
    let tree = place.repository.find_commit(base)?.tree()?;
    let mut options = DiffOptions::new();
    options.context_lines(0).ignore_whitespace_eol(true);
    let mut diff =
        place.repository.diff_tree_to_index(Some(&tree), Some(index), Some(&mut options))?;
    diff.find_similar(Some(DiffFindOptions::new().renames(true)))?;
    Ok(diff)
}

/// The changed lines of the file as it is now.
fn lines(diff: &GitDiff<'_>, at: usize) -> Result<Lines, git2::Error> {
    let Some(patch) = Patch::from_diff(diff, at)? else { return Ok(Lines::All) };
    if patch.delta().flags().is_binary() {
        return Ok(Lines::All);
    }
    let mut ranges = Vec::new();
    for hunk in 0..patch.num_hunks() {
        let (hunk, _) = patch.hunk(hunk)?;
        let (start, count) = (hunk.new_start() as usize, hunk.new_lines() as usize);
        if count > 0 {
            ranges.push(start..=start + count - 1);
        }
    }
    Ok(Lines::Some(ranges))
}

/// The path from the handbook's root of the file at `path` in the repository.
fn inside(path: &[u8], prefix: &[u8]) -> Option<RepoPath> {
    let path = match prefix {
        [] => path,
        prefix => path.strip_prefix(prefix)?.strip_prefix(b"/")?,
    };
    RepoPath::new(std::str::from_utf8(path).ok()?).ok()
}

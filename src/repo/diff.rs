//! What changed between a commit and the handbook's folder on disk: which files, and which lines of them.
//!
//! The folder counts with everything that is not committed, untracked files too. A line whose end alone is
//! written otherwise, as after a change from LF to CRLF, has not changed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::RangeInclusive;

use git2::{
    Delta, Diff as GitDiff, DiffDelta, DiffFile, DiffOptions, FileMode, Index, ObjectType, Oid,
};

use super::history::{Checkout, HistoryError};
use super::line_diff::changed_lines;
use super::renames::{File, renames};
use super::{Repo, Revision, sparse};
use crate::source::edit::temporary::is_temporary;
use crate::source::{MAX_FILE_BYTES, RepoPath};

/// What changed, by path from the handbook's root.
#[derive(Debug, Default)]
pub struct Diff {
    /// The files that are there now.
    present: BTreeMap<RepoPath, FileChange>,
    /// The files that are there no more, under this name or another.
    gone: BTreeSet<RepoPath>,
    /// Where those of them are now that are there under another name; bytes of it that are not UTF-8 are spelled.
    moved: BTreeMap<RepoPath, RepoPath>,
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
    /// Whether git knows it. What it does not know is in no commit yet.
    pub is_tracked: bool,
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
        let mut changes = Self::default();
        let found = || -> Result<Self, git2::Error> {
            let sides = Sides::of(&place, base.oid(), true)?;
            let deltas = sides.deltas();
            for delta in &deltas {
                changes.add(&place, delta)?;
            }
            changes.find_renames(&place, &deltas)?;
            Ok(changes)
        };
        found().map_err(|error| place.unreadable(&error))
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
        let sides = Sides::of(&place, base.oid(), false);
        let sides = sides.map_err(|error| place.unreadable(&error))?;
        // What is not tracked is in no commit, and belongs to whatever runs next to this.
        let tracked = sides.deltas().into_iter().filter(|delta| delta.status() != Delta::Untracked);
        let places = tracked.flat_map(|delta| {
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
        let Self { present, gone, folders, unnamed, moved: _ } = self;
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

    /// Whether there was a file at `path` and is none any more.
    pub fn is_gone(&self, path: &RepoPath) -> bool {
        self.gone.contains(path)
    }

    /// What else changed, of which git does not know what is in it: submodules, and repositories within this one.
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

    /// Returns the other name that the file has now that was at `path` before; `None` if it is gone or there still.
    pub fn after(&self, path: &RepoPath) -> Option<&RepoPath> {
        self.moved.get(path)
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

    fn add(&mut self, place: &Checkout, delta: &DiffDelta<'_>) -> Result<(), git2::Error> {
        let prefix = &place.prefix[..];
        let (old, new) = (delta.old_file(), delta.new_file());
        let paths = [old.path_bytes(), new.path_bytes()];
        let [was, is] = paths.map(|path| inside(path.unwrap_or_default(), prefix));
        // What a killed run left is no part of a change.
        let is_unfinished = |path: &RepoPath| is_temporary(path.file_name());
        if delta.status() == Delta::Untracked && is.as_ref().is_some_and(is_unfinished) {
            return Ok(());
        }
        let is_folder = [old.mode(), new.mode()].contains(&FileMode::Commit)
            || new.path_bytes().is_some_and(|path| path.ends_with(b"/"));
        if is_folder {
            self.folders.extend(is.or(was));
            return Ok(());
        }
        let has_other_mode = delta.status() == Delta::Modified && old.mode() != new.mode();
        let is_tracked = delta.status() != Delta::Untracked;
        let change = |before, lines| FileChange { before, lines, has_other_mode, is_tracked };
        match (delta.status(), was, is) {
            (Delta::Unmodified | Delta::Ignored, ..) => {}
            (Delta::Deleted, Some(was), _) => _ = self.gone.insert(was),
            (Delta::Added | Delta::Untracked | Delta::Copied, _, Some(is)) => {
                self.present.insert(is, change(Before::Nowhere, Lines::All));
            }
            (Delta::Modified, _, Some(is)) => {
                self.present.insert(is, change(Before::Here, lines(place, delta)?));
            }
            // In conflict, unreadable, of another type: whatever it was, it is another thing now.
            (_, _, Some(is)) => {
                self.present.insert(is, change(Before::Here, Lines::All));
            }
            (_, _, None) => {
                let path = paths[1].or(paths[0]).unwrap_or_default();
                let path = path.strip_prefix(prefix).unwrap_or(path);
                self.unnamed.insert(RepoPath::escaped(path.strip_prefix(b"/").unwrap_or(path)));
            }
        }
        Ok(())
    }

    /// Finds out which files of `diff` that are new were there under another name. A file that was moved and not added yet
    /// is an untracked one next to one that is gone.
    fn find_renames(
        &mut self,
        place: &Checkout,
        deltas: &[DiffDelta<'_>],
    ) -> Result<(), git2::Error> {
        let is_file = |mode: FileMode| matches!(mode, FileMode::Blob | FileMode::BlobExecutable);
        let is_removed = |delta: &&DiffDelta<'_>| {
            delta.status() == Delta::Deleted && is_file(delta.old_file().mode())
        };
        let removed: Vec<_> = deltas.iter().filter(is_removed).collect();
        let is_added = |delta: &&DiffDelta<'_>| {
            matches!(delta.status(), Delta::Added | Delta::Untracked)
                && is_file(delta.new_file().mode())
        };
        let added: Vec<_> = deltas.iter().filter(is_added).collect();
        if removed.is_empty() || added.is_empty() {
            return Ok(());
        }
        let mut contents: HashMap<Oid, Vec<u8>> = HashMap::new();
        // Empty files are the same by chance.
        let mut keep = |file: DiffFile<'_>, content: Option<Vec<u8>>| {
            let content = content.filter(|content| !content.is_empty())?;
            let id = Oid::hash_object(ObjectType::Blob, &content).ok()?;
            contents.insert(id, content);
            Some((file.path_bytes()?.to_vec(), id))
        };
        let mut old: Vec<File> = Vec::new();
        let mut sizes: Vec<u64> = Vec::new();
        for delta in removed {
            let content = content_before(place, delta)?;
            sizes.extend(content.as_ref().map(|content| content.len() as u64));
            old.extend(keep(delta.old_file(), content));
        }
        sizes.sort_unstable();
        // By its size alone, a file may not be half the same as any other.
        let may_be_moved = |size: u64| {
            let nearest = sizes.partition_point(|other| *other < size / 2);
            sizes.get(nearest).is_some_and(|other| *other <= size * 2)
        };
        let new = added
            .iter()
            .filter_map(|delta| keep(delta.new_file(), content_now(place, delta, may_be_moved)));
        let new: Vec<File> = new.collect();
        let content = |(_, id): &File| {
            Ok::<_, git2::Error>(contents.get(id).map(|content| Cow::Borrowed(&content[..])))
        };
        for ((new_path, now), (old_path, before)) in renames(&new, &old, content)? {
            let Some(was) = inside(&old_path, &place.prefix) else { continue };
            let Some(is) = inside(&new_path, &place.prefix) else {
                let inside = without_prefix(&new_path, &place.prefix);
                self.moved.extend(inside.map(|path| (was, RepoPath::escaped(path))));
                continue;
            };
            self.moved.insert(was.clone(), is.clone());
            let (Some(before), Some(now)) = (contents.get(&before), contents.get(&now)) else {
                continue;
            };
            if let Some(change) = self.present.get_mut(&is) {
                change.before = Before::At(was);
                change.lines = changed_lines(before, now);
                // It takes the place of a file that git knows.
                change.is_tracked = true;
            }
        }
        Ok(())
    }
}

/// What differs between a commit and the work tree. What a sparse checkout leaves out is as the index has it.
struct Sides<'p> {
    work_tree: GitDiff<'p>,
    /// Of a sparse checkout, what the index has changed.
    index: Option<GitDiff<'p>>,
    left_out: HashSet<Vec<u8>>,
}

impl<'p> Sides<'p> {
    fn of(place: &'p Checkout, base: Oid, is_inside: bool) -> Result<Self, git2::Error> {
        let index = place.repository.index()?;
        let left_out = sparse::left_out(place, &index);
        let work_tree = git_diff(place, base, is_inside)?;
        let index = match left_out.is_empty() {
            true => None,
            false => Some(index_diff(place, base, &index, is_inside)?),
        };
        Ok(Self { work_tree, index, left_out })
    }

    fn deltas(&self) -> Vec<DiffDelta<'_>> {
        let is_left_out = |delta: &DiffDelta<'_>| {
            let path = delta.new_file().path_bytes().or(delta.old_file().path_bytes());
            path.is_some_and(|path| self.left_out.contains(path))
        };
        let on_disk = self.work_tree.deltas().filter(|delta| !is_left_out(delta));
        on_disk.chain(self.index.iter().flat_map(GitDiff::deltas).filter(is_left_out)).collect()
    }
}

/// The content of a file before; `None` of one that is too large.
fn content_before(place: &Checkout, delta: &DiffDelta<'_>) -> Result<Option<Vec<u8>>, git2::Error> {
    let blob = place.repository.find_blob(delta.old_file().id())?;
    let is_small = blob.size() as u64 <= MAX_FILE_BYTES;
    Ok(is_small.then(|| blob.content().to_vec()))
}

/// The content of a file as it is on disk, or where it is not there, as the index has it; `None` of one that is too large,
/// cannot be read, or has a size that is not `wanted`.
#[expect(clippy::disallowed_methods, reason = "lines are compared with those of git")]
fn content_now(
    place: &Checkout,
    delta: &DiffDelta<'_>,
    wanted: impl Fn(u64) -> bool,
) -> Option<Vec<u8>> {
    let is_wanted = |size: u64| size <= MAX_FILE_BYTES && wanted(size);
    let path = place.repository.workdir()?.join(delta.new_file().path()?);
    let Ok(metadata) = path.symlink_metadata() else {
        let blob = place.repository.find_blob(delta.new_file().id()).ok()?;
        return is_wanted(blob.size() as u64).then(|| blob.content().to_vec());
    };
    let size = Some(metadata).filter(std::fs::Metadata::is_file)?.len();
    is_wanted(size).then(|| std::fs::read(path).ok()).flatten()
}

/// What changed since `base`, in the handbook alone or in the whole work tree.
fn git_diff(place: &Checkout, base: Oid, is_inside: bool) -> Result<GitDiff<'_>, git2::Error> {
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
    repository.diff_tree_to_workdir_with_index(Some(&tree), Some(&mut options))
}

/// What the index has changed since `base`, in the handbook alone or in the whole work tree.
fn index_diff<'p>(
    place: &'p Checkout,
    base: Oid,
    index: &Index,
    is_inside: bool,
) -> Result<GitDiff<'p>, git2::Error> {
    let tree = place.repository.find_commit(base)?.tree()?;
    let mut options = DiffOptions::new();
    options.context_lines(0).ignore_whitespace_eol(true);
    if is_inside && !place.prefix.is_empty() {
        options.disable_pathspec_match(true).pathspec(&place.prefix[..]);
    }
    place.repository.diff_tree_to_index(Some(&tree), Some(index), Some(&mut options))
}

/// The changed lines of a file that had the same name before.
fn lines(place: &Checkout, delta: &DiffDelta<'_>) -> Result<Lines, git2::Error> {
    let is_file = |mode: FileMode| matches!(mode, FileMode::Blob | FileMode::BlobExecutable);
    if !is_file(delta.old_file().mode()) || !is_file(delta.new_file().mode()) {
        return Ok(Lines::All);
    }
    let Some(before) = content_before(place, delta)? else { return Ok(Lines::All) };
    let now = content_now(place, delta, |_| true);
    Ok(now.map_or(Lines::All, |now| changed_lines(&before, &now)))
}

/// The path from the handbook's root of the file at `path` in the repository.
fn inside(path: &[u8], prefix: &[u8]) -> Option<RepoPath> {
    RepoPath::new(std::str::from_utf8(without_prefix(path, prefix)?).ok()?).ok()
}

fn without_prefix<'p>(path: &'p [u8], prefix: &[u8]) -> Option<&'p [u8]> {
    match prefix {
        [] => Some(path),
        prefix => path.strip_prefix(prefix)?.strip_prefix(b"/"),
    }
}

//! Files that a change hides: by a `.gitignore` that names them, or by a `.gitmodules` that takes their folder for a
//! submodule.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::links::module_of;
use crate::repo::{Files, IgnoreFiles, IgnoreLine, Tracked};
use crate::source::{LineTable, RepoPath};

/// The name of the file that says which folders are repositories of their own.
pub(super) const MODULES_FILE: &str = ".gitmodules";

/// The entries of `.gitmodules` in `files` that name a folder which is not a submodule, each with its line.
pub(super) fn phantoms(files: &impl Files, tracked: &Tracked) -> BTreeMap<RepoPath, usize> {
    let path = RepoPath::new(MODULES_FILE).ok();
    let Some(Ok(text)) = path.map(|path| files.read(&path)) else { return BTreeMap::new() };
    let named = text.lines().enumerate().filter_map(|(at, line)| Some((module_of(line)?, at + 1)));
    named.filter(|(folder, _)| !tracked.submodules.contains(folder)).collect()
}

/// The tracked pages that are hidden in one of two states, by what hides them.
pub(super) fn hidden_by<'p>(
    ignoring: &IgnoreFiles,
    pages: impl Iterator<Item = &'p RepoPath>,
) -> BTreeMap<IgnoreLine, BTreeSet<&'p RepoPath>> {
    let mut found: BTreeMap<IgnoreLine, BTreeSet<&RepoPath>> = BTreeMap::new();
    for page in pages {
        if let Some(culprit) = ignoring.line_that_names(page) {
            found.entry(culprit).or_default().insert(page);
        }
    }
    found
}

/// The line `number` of `text`, without its end.
pub(super) fn line(text: &str, number: usize) -> Option<Range<usize>> {
    let range = LineTable::new(text).range(text, number)?;
    Some(range.start..range.start + text.get(range.clone())?.trim_end().len())
}

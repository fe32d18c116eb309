//! Files that a change hides: by a `.gitignore` that names them, or by a `.gitmodules` that takes their folder for a
//! submodule.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::links::module_of;
use crate::repo::{Files, Tracked};
use crate::source::{LineTable, RepoPath, without_bom};

/// The name of the files that say what is ignored.
const IGNORE_FILE: &str = ".gitignore";
/// The name of the file that says which folders are repositories of their own.
pub(super) const MODULES_FILE: &str = ".gitmodules";

/// What says that something is hidden: a line of a file, from 1.
pub(super) type Culprit = (RepoPath, usize);

/// The files that say what is ignored, each with its folder.
pub(super) struct IgnoreFiles(BTreeMap<String, (RepoPath, Gitignore)>);

impl IgnoreFiles {
    /// Those of `files`.
    pub(super) fn read(files: &impl Files) -> Self {
        let all = files.all(true).files.into_iter();
        let named = all.filter(|path| path.file_name() == IGNORE_FILE);
        let read = named.filter_map(|path| {
            let text = files.read(&path).ok()?;
            let folder = path.as_str().strip_suffix(IGNORE_FILE)?.trim_end_matches('/').to_owned();
            let mut builder = GitignoreBuilder::new("");
            for (number, line) in without_bom(&text).lines().enumerate() {
                // A line that cannot be read names nothing.
                let _ = builder.add_line(Some((number + 1).to_string().into()), line);
            }
            Some((folder, (path, builder.build().ok()?)))
        });
        Self(read.collect())
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What hides the file at `path`: the file itself, or a folder above it.
    pub(super) fn culprit(&self, path: &RepoPath) -> Option<Culprit> {
        let path = path.as_str();
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.into_iter().find_map(|end| self.of_one(&path[..end], end < path.len()))
    }

    /// Returns the line that ignores `path` itself; `None` if no line matches it or the nearest file re-includes it.
    fn of_one(&self, path: &str, is_folder: bool) -> Option<Culprit> {
        let mut folder = path;
        while !folder.is_empty() {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            let Some((file, rules)) = self.0.get(folder) else { continue };
            let inside = path.strip_prefix(folder)?.trim_start_matches('/');
            match rules.matched(inside, is_folder) {
                ignore::Match::None => {}
                ignore::Match::Ignore(glob) => {
                    let line = glob.from().and_then(|line| line.to_str()?.parse().ok());
                    return Some((file.clone(), line.unwrap_or(1)));
                }
                ignore::Match::Whitelist(_) => return None,
            }
        }
        None
    }
}

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
) -> BTreeMap<Culprit, BTreeSet<&'p RepoPath>> {
    let mut found: BTreeMap<Culprit, BTreeSet<&RepoPath>> = BTreeMap::new();
    for page in pages {
        if let Some(culprit) = ignoring.culprit(page) {
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

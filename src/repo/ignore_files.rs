//! Which line of which `.gitignore` names a file, in a work tree or in a commit.

use std::collections::BTreeMap;
use std::path::Path;

use ignore::Match;
use ignore::gitignore::Gitignore;

use super::Files;
use super::ignores::{IGNORE_FILE, as_text, patterns};
use crate::source::RepoPath;

/// The line of a `.gitignore` that names something, from 1.
pub type IgnoreLine = (RepoPath, usize);

/// The `.gitignore` files of a handbook, each by its folder.
#[derive(Debug)]
pub struct IgnoreFiles(BTreeMap<String, (RepoPath, Gitignore)>);

impl IgnoreFiles {
    /// Reads those of `files`.
    pub fn read(files: &impl Files) -> Self {
        let all = files.all(true).files.into_iter();
        let named = all.filter(|path| path.file_name() == IGNORE_FILE);
        let read = named.filter_map(|path| {
            let bytes = files.bytes(&path).ok()?;
            let folder = path.as_str().strip_suffix(IGNORE_FILE)?.trim_end_matches('/').to_owned();
            Some((folder, (path, patterns(&bytes, true).ok()?)))
        });
        Self(read.collect())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What names the file at `path`: the file itself, or a folder above it.
    pub fn line_that_names(&self, path: &RepoPath) -> Option<IgnoreLine> {
        let path = path.as_str();
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.into_iter().find_map(|end| self.of_one(&path[..end], end < path.len()))
    }

    /// Returns the line that ignores `path` itself; `None` if no line matches it or the nearest file re-includes it.
    fn of_one(&self, path: &str, is_folder: bool) -> Option<IgnoreLine> {
        let mut folder = path;
        while !folder.is_empty() {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            let Some((file, rules)) = self.0.get(folder) else { continue };
            let inside = path.strip_prefix(folder)?.trim_start_matches('/');
            match rules.matched(Path::new(&*as_text(inside.as_bytes())), is_folder) {
                Match::None => {}
                Match::Ignore(glob) => {
                    let line = glob.from().and_then(|line| line.to_str()?.parse().ok());
                    return Some((file.clone(), line.unwrap_or(1)));
                }
                Match::Whitelist(_) => return None,
            }
        }
        None
    }
}

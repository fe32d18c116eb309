//! The folder that holds the handbook: where it is, what is in it, and what git knows of it.

mod commit;
pub mod diff;
mod files;
mod forge;
pub mod history;
mod similarity;
mod walked;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::{WalkBuilder, WalkState};

use crate::source::RepoPath;

pub use commit::{CommitError, Committer};
pub use files::{Files, NoRevision, Revision};
pub use forge::Forge;
pub use walked::Walked;

/// The name of pmctl's configuration file.
pub const CONFIG_FILE: &str = "pmctl.toml";

/// A handbook's folder.
#[derive(Clone, Debug)]
pub struct Repo {
    root: PathBuf,
}

impl Repo {
    /// The handbook in `folder`.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { root: folder.into() }
    }

    /// The handbook around `folder`: the nearest folder upwards that holds a `pmctl.toml`, else the
    /// root of the git work tree, else `folder` itself.
    pub fn around(folder: &Path) -> Self {
        let upwards = || folder.ancestors();
        let root = upwards()
            .find(|above| above.join(CONFIG_FILE).is_file())
            .or_else(|| upwards().find(|above| above.join(".git").exists()))
            .unwrap_or(folder);
        Self::at(root)
    }

    /// The folder's path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder's place in the git work tree around it, as forges count paths; the root where there is none.
    /// It is told by names alone: a repository that git does not trust, as in containers, has its place too.
    pub fn place_in_work_tree(&self) -> RepoPath {
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        let work_tree = root.ancestors().find(|above| above.join(".git").exists());
        let inside = work_tree.and_then(|top| root.strip_prefix(top).ok());
        inside.and_then(|inside| RepoPath::new(inside).ok()).unwrap_or_default()
    }

    /// Whether anything has this name, be it a link to nothing.
    pub fn has(&self, path: &str) -> bool {
        use std::io::ErrorKind::{NotADirectory, NotFound};
        match self.root.join(path).symlink_metadata() {
            Ok(_) => true,
            // What may not be looked at is there.
            Err(error) => !matches!(error.kind(), NotFound | NotADirectory),
        }
    }

    /// The regular files that any of `globs` match, in order of their paths. Left out are hidden
    /// files and what a `.gitignore` of the handbook names.
    pub fn list(&self, globs: &[&Globs]) -> Listing {
        let tops: Vec<String> = globs.iter().flat_map(|globs| globs.tops.clone()).collect();
        let root = self.root.clone();
        let mut walk = self.walk_builder();
        walk.filter_entry(move |entry| {
            let path = entry.path().strip_prefix(&root).unwrap_or(entry.path());
            entry.file_type().is_none_or(|kind| !kind.is_dir()) || are_near(path, &tops)
        });
        self.listing(&walk, |path| globs.iter().any(|globs| globs.matches(path)))
    }

    /// All regular files but git's own, in order of their paths. What a `.gitignore` of the handbook names is
    /// among them `with_ignored`.
    pub fn all(&self, with_ignored: bool) -> Listing {
        let mut walk = self.walk_builder();
        walk.hidden(false)
            .git_ignore(!with_ignored)
            .filter_entry(|entry| entry.file_name() != ".git");
        self.listing(&walk, |_| true)
    }

    /// A walk through the folder whose answer depends on the handbook alone, not on the machine around it.
    fn walk_builder(&self) -> WalkBuilder {
        let mut walk = WalkBuilder::new(&self.root);
        walk.require_git(false)
            .parents(false)
            .git_global(false)
            .git_exclude(false)
            .ignore(false)
            .threads(rayon::current_num_threads());
        walk
    }

    /// What `walk` finds of files that `is_match`.
    fn listing(&self, walk: &WalkBuilder, is_match: impl Fn(&RepoPath) -> bool + Sync) -> Listing {
        let root = self.root.to_str();
        let relative = |path: &Path| {
            // As text, where that is enough: looking at one component after another takes many times longer.
            let inside = path.to_str().zip(root).and_then(|(path, root)| {
                path.strip_prefix(root)?.strip_prefix('/').filter(|inside| !inside.starts_with('/'))
            });
            match inside {
                Some(inside) => RepoPath::new(inside).ok(),
                None => RepoPath::new(path.strip_prefix(&self.root).ok()?).ok(),
            }
        };
        let listing = Mutex::new(Listing::default());
        walk.build_parallel().run(|| {
            Box::new(|entry| {
                let entry = entry
                    .map(|entry| (entry.file_type(), relative(entry.path()).filter(&is_match)));
                let mut listing = listing.lock().unwrap_or_else(PoisonError::into_inner);
                match entry {
                    Ok((Some(kind), path)) if kind.is_file() => listing.files.extend(path),
                    Ok((Some(kind), path)) if kind.is_symlink() => listing.links.extend(path),
                    Ok(_) => {}
                    Err(error) => listing.unreadable.push(UnreadableFolder {
                        path: folder_of(&error).and_then(relative),
                        reason: reason_of(&error),
                    }),
                }
                WalkState::Continue
            })
        });
        let mut listing = listing.into_inner().unwrap_or_else(PoisonError::into_inner);
        // The threads found them in any order.
        listing.unreadable.sort_by(|one, other| one.path.cmp(&other.path));
        listing.files.sort();
        listing.links.sort();
        listing
    }
}

/// What [`Repo::list`] found.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The files, sorted by path.
    pub files: Vec<RepoPath>,
    /// The symbolic links among what matches, sorted; they are not followed.
    pub links: Vec<RepoPath>,
    /// The folders that could not be looked into.
    pub unreadable: Vec<UnreadableFolder>,
}

/// A folder that could not be looked into.
#[derive(Clone, Debug)]
pub struct UnreadableFolder {
    /// The folder, where it is known.
    pub path: Option<RepoPath>,
    /// What stood in the way.
    pub reason: std::io::ErrorKind,
}

fn folder_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            folder_of(err)
        }
        _ => None,
    }
}

/// The reason alone: the error's text holds the place of the handbook on this machine.
fn reason_of(error: &ignore::Error) -> std::io::ErrorKind {
    error.io_error().map_or(std::io::ErrorKind::Other, std::io::Error::kind)
}

/// Patterns for paths, as in `.gitignore`: `*` stays within a folder, `**` does not.
#[derive(Clone, Debug)]
pub struct Globs {
    set: GlobSet,
    /// The folders below which all matches lie, so that the others need not be walked.
    tops: Vec<String>,
}

impl Globs {
    /// Compiles `patterns`.
    pub fn new<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Result<Self, globset::Error> {
        let mut set = GlobSetBuilder::new();
        let mut tops: Vec<String> = Vec::new();
        for pattern in patterns {
            set.add(GlobBuilder::new(pattern).literal_separator(true).build()?);
            tops.push(literal_folder(pattern));
        }
        Ok(Self { set: set.build()?, tops })
    }

    /// Whether anything in `folder`, or below it, may match.
    pub fn may_match_in(&self, folder: &RepoPath) -> bool {
        are_near(Path::new(folder.as_str()), &self.tops)
    }

    /// Whether `path` matches one of the patterns.
    pub fn matches(&self, path: &RepoPath) -> bool {
        self.set.is_match(path.as_str())
    }
}

/// Whether `folder` holds any of `tops` or lies in one.
fn are_near(folder: &Path, tops: &[String]) -> bool {
    tops.iter().any(|top| folder.starts_with(top) || Path::new(top).starts_with(folder))
}

/// The folders at the beginning of `pattern` that hold no wildcard.
fn literal_folder(pattern: &str) -> String {
    let folders = pattern.rsplit_once('/').map_or("", |(folders, _)| folders);
    let literal: Vec<&str> =
        folders.split('/').take_while(|part| !part.contains(['*', '?', '[', '{', '\\'])).collect();
    literal.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn handbook(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, "").expect("a file");
        }
        folder
    }

    fn list(folder: &Path, patterns: &[&str]) -> Vec<String> {
        let globs = Globs::new(patterns.iter().copied()).expect("good patterns");
        Repo::at(folder).list(&[&globs]).files.iter().map(RepoPath::to_string).collect()
    }

    #[test]
    fn a_list_is_sorted_and_leaves_out_hidden_and_ignored_files() {
        let folder =
            handbook(&["b.md", "a/z.md", "a/y.md.erb", ".git/x.md", "public/p.md", "c.txt"]);
        fs::write(folder.path().join(".gitignore"), "/public\n").expect("a file");
        assert_eq!(list(folder.path(), &["**/*.{md,md.erb}"]), ["a/y.md.erb", "a/z.md", "b.md"]);
        assert_eq!(list(folder.path(), &["public/*.md"]), Vec::<String>::new());
        assert_eq!(list(folder.path(), &["*.md"]), ["b.md"]);
        assert_eq!(list(folder.path(), &["a/**/*.md", "a/*.md", "nowhere/**"]), ["a/z.md"]);
    }

    #[test]
    fn all_files_are_those_that_are_hidden_too_and_on_demand_those_that_are_ignored() {
        let folder = handbook(&["b.md", ".git/x.md", ".github/CODEOWNERS", "public/p.md"]);
        fs::write(folder.path().join(".gitignore"), "/public\n").expect("a file");
        let all = |with_ignored| {
            let files = Repo::at(folder.path()).all(with_ignored).files;
            files.iter().map(RepoPath::to_string).collect::<Vec<_>>()
        };
        assert_eq!(all(false), [".github/CODEOWNERS", ".gitignore", "b.md"]);
        assert_eq!(all(true), [".github/CODEOWNERS", ".gitignore", "b.md", "public/p.md"]);
    }

    #[test]
    fn the_root_is_the_nearest_configuration_then_the_git_work_tree() {
        let folder = handbook(&[".git/HEAD", "sub/pmctl.toml", "sub/deep/x.md", "other/x.md"]);
        let root = |from: &str| Repo::around(&folder.path().join(from)).root().to_owned();
        assert_eq!(root("sub/deep"), folder.path().join("sub"));
        assert_eq!(root("other"), folder.path());
    }
}

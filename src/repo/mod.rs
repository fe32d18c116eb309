//! The folder that holds the handbook: where it is, what is in it, and what git knows of it.

mod commit;
mod cone;
pub mod diff;
mod files;
mod forge;
mod git_command;
mod glob_lists;
pub mod history;
mod ignore_files;
mod ignores;
mod line_diff;
mod line_ends;
mod listing;
mod names;
mod overlaid;
mod renames;
mod revision;
mod similarity;
mod sparse;
mod sparse_ignores;
mod tracked;
mod trees;
mod walk;
mod walked;
mod write;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::source::RepoPath;

use history::{Checkout, HistoryError};
use sparse::Unchecked;
use sparse_ignores::SparseIgnores;
use walk::Walk;

pub use commit::{CommitError, Committer, NewContent, Planned, cleaned, inert};
pub use files::Files;
pub use forge::Forge;
pub use git_command::GitCommandError;
pub use glob_lists::GlobLists;
pub use ignore_files::{IgnoreFiles, IgnoreLine};
pub use line_diff::differing_lines;
pub use listing::{ListError, Listing, Unlisted};
pub use overlaid::Overlaid;
pub use revision::{Revision, RevisionError};
pub use tracked::Tracked;
pub use walked::Walked;
pub use write::SaveError;

/// The name of pmctl's configuration file.
pub const CONFIG_FILE: &str = "pmctl.toml";

/// A handbook's folder.
#[derive(Clone, Debug)]
pub struct Repo {
    root: PathBuf,
    /// Whether git is asked.
    has_git: bool,
    /// Whether what a partial clone lacks is fetched.
    fetches_missing: bool,
    /// What a sparse checkout leaves out, once it is known.
    unchecked: Arc<OnceLock<Result<Unchecked, String>>>,
}

impl Repo {
    /// The handbook in `folder`.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            root: folder.into(),
            has_git: true,
            fetches_missing: false,
            unchecked: Arc::default(),
        }
    }

    /// The handbook around `folder` where git is not to be asked: the nearest folder upwards that holds a `pmctl.toml`,
    /// else `folder` itself.
    pub fn around_without_git(folder: &Path) -> Self {
        let mut upwards = folder.ancestors();
        let root = upwards.find(|above| above.join(CONFIG_FILE).is_file());
        Self::at(root.unwrap_or(folder)).without_git()
    }

    /// The same handbook, of which git is not asked anything.
    #[must_use]
    pub fn without_git(self) -> Self {
        Self { has_git: false, ..self }
    }

    /// The same handbook; what a partial clone lacks is fetched where it is needed.
    #[must_use]
    pub fn fetching_missing(self) -> Self {
        Self { fetches_missing: true, ..self }
    }

    /// The repository that the handbook is in, if git is to be asked.
    fn place(&self) -> Result<Option<Checkout>, HistoryError> {
        if !self.has_git {
            return Ok(None);
        }
        let mut place = Checkout::of(&self.root)?;
        if let Some(place) = &mut place {
            place.fetches = self.fetches_missing;
        }
        Ok(place)
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
    /// It is found by names alone: a repository that git does not trust, as in containers, has its place too.
    pub fn place_in_work_tree(&self) -> RepoPath {
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        let work_tree = root.ancestors().find(|above| above.join(".git").exists());
        let inside = work_tree.and_then(|top| root.strip_prefix(top).ok());
        inside.and_then(|inside| RepoPath::new(inside).ok()).unwrap_or_default()
    }

    /// Whether anything has this name, be it a link to nothing, or a file that a sparse checkout leaves out.
    pub fn has(&self, path: &str) -> bool {
        use std::io::ErrorKind::{NotADirectory, NotFound};
        match self.root.join(path).symlink_metadata() {
            Ok(_) => true,
            // What may not be looked at is there.
            Err(error) if !matches!(error.kind(), NotFound | NotADirectory) => true,
            Err(_) => self.unchecked().is_ok_and(|unchecked| unchecked.has(path)),
        }
    }

    /// The regular files that any of `globs` match, in order of their paths. Left out are hidden
    /// files and what a `.gitignore` of the handbook names.
    pub fn list(&self, globs: &[&Globs]) -> Listing {
        let tops = globs.iter().flat_map(|globs| globs.tops.clone());
        let tops: Vec<String> = tops.collect::<BTreeSet<_>>().into_iter().collect();
        let lists = |path: &RepoPath| globs.iter().any(|globs| globs.matches(path));
        let walk = Walk {
            root: &self.root,
            with_hidden: false,
            with_ignored: false,
            enters: &|folder| are_near(Path::new(folder), &tops),
            lists: &lists,
        };
        let mut listing = walk.listing();
        self.add_unchecked(&mut listing, false, |path| !is_hidden(path.as_str()) && lists(path));
        listing
    }

    /// All regular files but git's own, in order of their paths. What a `.gitignore` of the handbook names is
    /// among them `with_ignored`.
    pub fn all(&self, with_ignored: bool) -> Listing {
        let walk = Walk {
            root: &self.root,
            with_hidden: true,
            with_ignored,
            enters: &|_| true,
            lists: &|_| true,
        };
        let mut listing = walk.listing();
        self.add_unchecked(&mut listing, with_ignored, |_| true);
        listing
    }

    /// Adds those files that a sparse checkout leaves out and that `is_listed`, those that a `.gitignore` names only
    /// `with_ignored`.
    fn add_unchecked(
        &self,
        listing: &mut Listing,
        with_ignored: bool,
        is_listed: impl Fn(&RepoPath) -> bool,
    ) {
        let unchecked = match self.unchecked() {
            Ok(unchecked) if unchecked.is_empty() => return,
            Ok(unchecked) => unchecked,
            Err(reason) => {
                listing.unreadable.push(Unlisted {
                    path: RepoPath::default(),
                    obstacle: ListError::Index(reason.to_owned()),
                });
                return;
            }
        };
        let mut ignores = SparseIgnores::new(self);
        for (path, is_link) in unchecked.entries() {
            if path.len() > walk::MAX_PATH_BYTES {
                let path = RepoPath::escaped(&path[..100]);
                listing.unreadable.push(Unlisted { path, obstacle: ListError::TooLong });
            } else if with_ignored || !ignores.name(path) {
                listing.add(path, is_link, !is_link, &is_listed);
            }
        }
        listing.unreadable.extend(ignores.unreadable);
        listing.files.sort_unstable();
        listing.links.sort_unstable();
    }

    /// What a sparse checkout leaves out.
    fn unchecked(&self) -> Result<&Unchecked, &str> {
        let find = || match self.has_git {
            true => Unchecked::of(&self.root),
            false => Ok(Unchecked::default()),
        };
        self.unchecked.get_or_init(find).as_ref().map_err(String::as_str)
    }
}

/// Whether a file or a folder on the way to it has a name that begins with a dot.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

/// Patterns for paths, as in `.gitignore`: `*` stays within a folder, `**` does not.
#[derive(Clone, Debug)]
pub struct Globs {
    set: GlobSet,
    /// As they are compiled one by one.
    compiled: Vec<Glob>,
    /// As they are written.
    patterns: Vec<String>,
    /// The folders below which all matches lie, so that the others need not be walked.
    tops: Vec<String>,
}

/// How many braces of a pattern may be open at once. The compiler of patterns calls itself for each of them.
const MAX_BRACES: usize = 32;

/// Why a pattern for paths cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GlobError {
    /// It is not a pattern.
    #[error(transparent)]
    Syntax(#[from] globset::Error),
    /// Its braces nest too deep.
    #[error(
        "a pattern has more than {MAX_BRACES} braces in each other; write several patterns instead"
    )]
    Nested,
}

impl Globs {
    /// Compiles `patterns`.
    pub fn new<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Result<Self, GlobError> {
        let mut set = GlobSetBuilder::new();
        let (mut compiled, mut written, mut tops) = (Vec::new(), Vec::new(), Vec::new());
        for pattern in patterns {
            if pattern.matches('{').count() > MAX_BRACES && open_braces(pattern) > MAX_BRACES {
                return Err(GlobError::Nested);
            }
            let glob = GlobBuilder::new(pattern).literal_separator(true).build()?;
            set.add(glob.clone());
            compiled.push(glob);
            written.push(pattern.to_owned());
            tops.push(literal_folder(pattern));
        }
        Ok(Self { set: set.build()?, compiled, patterns: written, tops })
    }

    /// The patterns of all `lists` in one; `None` where they are too many to be compiled together.
    pub fn together(lists: &[&Self]) -> Option<Self> {
        let compiled: Vec<Glob> = lists.iter().flat_map(|list| &list.compiled).cloned().collect();
        let mut set = GlobSetBuilder::new();
        for glob in &compiled {
            set.add(glob.clone());
        }
        let patterns = lists.iter().flat_map(|list| &list.patterns).cloned().collect();
        let tops: BTreeSet<&String> = lists.iter().flat_map(|list| &list.tops).collect();
        let tops = tops.into_iter().cloned().collect();
        Some(Self { set: set.build().ok()?, compiled, patterns, tops })
    }

    /// The patterns, as they are written.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
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

/// How many braces of `pattern` are open at once.
fn open_braces(pattern: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for byte in pattern.bytes() {
        match byte {
            b'{' => open += 1,
            b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

impl PartialEq for Globs {
    fn eq(&self, other: &Self) -> bool {
        self.patterns == other.patterns
    }
}

impl Eq for Globs {}

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
    fn braces_that_nest_too_deep_are_refused() {
        let nested = |depth| format!("{}a{}", "{".repeat(depth), "}".repeat(depth));
        assert!(Globs::new([&*nested(MAX_BRACES)]).is_ok());
        assert!(matches!(Globs::new([&*nested(200_000)]), Err(GlobError::Nested)));
        // One after the other they are no deeper.
        assert!(Globs::new([&*"{a,b}".repeat(50)]).is_ok());
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

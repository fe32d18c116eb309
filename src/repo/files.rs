//! What a handbook is read from: its folder as it stands, or as a commit has it.

use std::sync::{Mutex, PoisonError};

use git2::{ErrorCode, ObjectType, Oid, Repository, Tree, TreeWalkMode, TreeWalkResult};

use super::history::{HistoryError, Place};
use super::names::{self, Meaning};
use super::{Globs, Listing, Repo};
use crate::source::{self, MAX_FILE_BYTES, ReadError, RepoPath, nearest};

/// Where files are read from.
pub trait Files: Sync {
    /// Reads a file that somebody names.
    fn read(&self, path: &RepoPath) -> Result<String, ReadError>;

    /// Whether anything has this name.
    fn has(&self, path: &str) -> bool;

    /// Reads a file that [`Files::list`] gave.
    fn read_listed(&self, path: &RepoPath) -> Result<String, ReadError>;

    /// The files that any of `globs` match, in order of their paths, without hidden ones.
    fn list(&self, globs: &[&Globs]) -> Listing;

    /// All files but git's own, hidden ones too, in order of their paths; what a `.gitignore` names only
    /// `with_ignored`. A commit holds nothing that is ignored.
    fn all(&self, with_ignored: bool) -> Listing;

    /// Whether the handbook is all of its repository, and not a folder in it.
    fn is_whole(&self) -> bool;
}

impl Files for Repo {
    fn has(&self, path: &str) -> bool {
        Repo::has(self, path)
    }

    fn read(&self, path: &RepoPath) -> Result<String, ReadError> {
        source::read(self.root(), path)
    }

    fn read_listed(&self, path: &RepoPath) -> Result<String, ReadError> {
        source::read_listed(self.root(), path)
    }

    fn list(&self, globs: &[&Globs]) -> Listing {
        Repo::list(self, globs)
    }

    fn all(&self, with_ignored: bool) -> Listing {
        Repo::all(self, with_ignored)
    }

    fn is_whole(&self) -> bool {
        let root = self.root().canonicalize();
        root.is_ok_and(|root| !root.ancestors().skip(1).any(|above| above.join(".git").exists()))
    }
}

/// The handbook as a commit has it.
pub struct Revision {
    repository: Mutex<Repository>,
    /// The handbook's folder in it; `None` where the commit has none.
    folder: Option<Oid>,
    is_whole: bool,
    id: Oid,
}

/// Why there is no such revision.
#[derive(Debug, thiserror::Error)]
pub enum NoRevision {
    /// The handbook is in no git repository, or nothing is committed yet.
    #[error("the handbook is in no git repository with a commit, so it has no revision `{0}`")]
    NoRepository(String),
    /// Nothing has this name.
    #[error("git knows no revision `{name}`; {help}")]
    Unknown {
        /// The name.
        name: String,
        /// What to do.
        help: String,
    },
    /// Several things have this name.
    #[error("`{name}` is ambiguous: it may be {places}; write one of them in full")]
    Ambiguous {
        /// The name.
        name: String,
        /// What it may be short for.
        places: String,
    },
    /// The two lines of commits begin apart.
    #[error("`{0}` and HEAD have no commit in common, so nothing tells what changed since")]
    Unrelated(String),
    /// The clone is shallow, and the commit may lie below its boundary.
    #[error(
        "git knows no revision `{0}` in this shallow clone; fetch it with `git fetch --unshallow`, in GitLab CI with \
         `GIT_DEPTH: 0`, in GitHub Actions with `fetch-depth: 0`"
    )]
    Shallow(String),
    /// The repository cannot be read.
    #[error(transparent)]
    History(#[from] HistoryError),
}

impl Revision {
    /// The handbook of `repo` as the commit has it that `name` means.
    pub fn open(repo: &Repo, name: &str) -> Result<Self, NoRevision> {
        let Some(place) = Place::of(repo.root())? else {
            return Err(NoRevision::NoRepository(name.to_owned()));
        };
        let id = commit_of(&place, name)?;
        Self::at(place, id, name)
    }

    /// The handbook of `repo` as it was when the line of commits that leads to `HEAD` left that of `name`: at the
    /// merge base of the two.
    pub fn merge_base(repo: &Repo, name: &str) -> Result<Self, NoRevision> {
        let Some(place) = Place::of(repo.root())? else {
            return Err(NoRevision::NoRepository(name.to_owned()));
        };
        let other = commit_of(&place, name)?;
        let base = place.repository.merge_base(place.head, other);
        let id = base.map_err(|_| match place.boundary.is_empty() {
            // What the two have in common may lie below the boundary.
            false => NoRevision::Shallow(name.to_owned()),
            true => NoRevision::Unrelated(name.to_owned()),
        })?;
        Self::at(place, id, name)
    }

    /// The handbook of `repo` in the first parent of `HEAD`, if `HEAD` is the commit `merge` and merges two commits:
    /// forges check such a merge of a branch with what it goes to, which comes first.
    pub fn merged_into(repo: &Repo, merge: &str) -> Result<Option<Self>, NoRevision> {
        let Some(place) = Place::of(repo.root())? else { return Ok(None) };
        if place.head.to_string() != merge {
            return Ok(None);
        }
        let parents: Vec<Oid> = match place.repository.find_commit(place.head) {
            Ok(commit) => commit.parent_ids().collect(),
            Err(_) => Vec::new(),
        };
        match parents[..] {
            [first, _] => Self::at(place, first, "HEAD^1").map(Some),
            _ => Ok(None),
        }
    }

    fn at(place: Place, id: Oid, name: &str) -> Result<Self, NoRevision> {
        let is_whole = place.prefix.is_empty();
        let folder = {
            let commit = place.repository.find_commit(id);
            let tree =
                commit.and_then(|commit| commit.tree()).map_err(|_| unknown(&place, name))?;
            let prefix = String::from_utf8_lossy(&place.prefix);
            match prefix.is_empty() {
                true => Some(tree.id()),
                false => tree.get_path(prefix.as_ref().as_ref()).ok().map(|entry| entry.id()),
            }
        };
        Ok(Self { repository: Mutex::new(place.repository), folder, is_whole, id })
    }

    /// The commit, 40 hexadecimal digits.
    pub fn id(&self) -> String {
        self.id.to_string()
    }

    pub(super) fn oid(&self) -> Oid {
        self.id
    }
}

/// The commit that `name` means.
fn commit_of(place: &Place, name: &str) -> Result<Oid, NoRevision> {
    match names::commit_of(&place.repository, name) {
        Meaning::Commit(id) => Ok(id),
        Meaning::Nothing => Err(unknown(place, name)),
        Meaning::Several(names) => {
            Err(NoRevision::Ambiguous { name: name.to_owned(), places: names::listed(&names) })
        }
    }
}

/// Why nothing has this name.
fn unknown(place: &Place, name: &str) -> NoRevision {
    if !place.boundary.is_empty() {
        return NoRevision::Shallow(name.to_owned());
    }
    let references = place.repository.references().into_iter().flatten().flatten();
    let known: Vec<String> =
        references.filter_map(|reference| Some(reference.shorthand().ok()?.to_owned())).collect();
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a commit, a tag or a branch".to_owned(),
    };
    NoRevision::Unknown { name: name.to_owned(), help }
}

impl Files for Revision {
    fn has(&self, path: &str) -> bool {
        let repository = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        let tree = self.folder.and_then(|folder| repository.find_tree(folder).ok());
        tree.is_some_and(|tree| tree.get_path(path.as_ref()).is_ok())
    }

    fn read(&self, path: &RepoPath) -> Result<String, ReadError> {
        let repository = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = self.folder.ok_or(ReadError::Missing)?;
        let unreadable = |error: git2::Error| match error.code() {
            ErrorCode::NotFound => ReadError::Missing,
            _ => ReadError::Io(std::io::Error::other(error.message().to_owned())),
        };
        let tree = repository.find_tree(folder).map_err(unreadable)?;
        let named = tree.get_path(path.as_str().as_ref());
        let entry = match named {
            Ok(entry) if entry.filemode() != LINK => entry,
            Err(error) if error.code() != ErrorCode::NotFound => return Err(unreadable(error)),
            // The path may lead through links.
            named => {
                let target = led_to(&repository, &tree, path)?;
                let is_missing = |error: git2::Error| match named {
                    Ok(_) if error.code() == ErrorCode::NotFound => ReadError::DanglingLink,
                    _ => unreadable(error),
                };
                tree.get_path(target.as_ref()).map_err(is_missing)?
            }
        };
        if entry.kind() != Some(ObjectType::Blob) {
            return Err(ReadError::NotAFile("a folder"));
        }
        let odb = repository.odb().map_err(unreadable)?;
        let (size, _) = odb.read_header(entry.id()).map_err(unreadable)?;
        if size as u64 > MAX_FILE_BYTES {
            return Err(ReadError::TooLarge(size as u64));
        }
        let content = odb.read(entry.id()).map_err(unreadable)?.data().to_owned();
        source::text_of(content)
    }

    fn read_listed(&self, path: &RepoPath) -> Result<String, ReadError> {
        self.read(path)
    }

    fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn list(&self, globs: &[&Globs]) -> Listing {
        self.walk(false, |path| globs.iter().any(|globs| globs.matches(path)))
    }

    fn all(&self, _with_ignored: bool) -> Listing {
        self.walk(true, |_| true)
    }
}

/// The mode of a symbolic link.
const LINK: i32 = 0o120_000;

/// Returns where `path` leads through the symbolic links of `tree`, of which it may pass as many as a system allows.
fn led_to(repository: &Repository, tree: &Tree<'_>, path: &RepoPath) -> Result<String, ReadError> {
    let (mut done, mut links): (Vec<String>, usize) = (Vec::new(), 0);
    let mut rest: Vec<String> = path.as_str().split('/').rev().map(str::to_owned).collect();
    while let Some(part) = rest.pop() {
        match part.as_str() {
            "" | "." => continue,
            ".." => {
                done.pop().ok_or(ReadError::OutwardLink)?;
                continue;
            }
            _ => done.push(part),
        }
        let Ok(entry) = tree.get_path(done.join("/").as_ref()) else { continue };
        if entry.filemode() == LINK {
            links += 1;
            let target = repository.find_blob(entry.id()).ok().filter(|_| links <= MAX_LINKS);
            let target = target.and_then(|blob| String::from_utf8(blob.content().to_owned()).ok());
            let target = target.ok_or(ReadError::DanglingLink)?;
            if target.starts_with('/') {
                return Err(ReadError::OutwardLink);
            }
            done.pop();
            rest.extend(target.split('/').rev().map(str::to_owned));
        }
    }
    Ok(done.join("/"))
}

/// How many links a path may pass.
const MAX_LINKS: usize = 40;

impl Revision {
    /// Has `look` at the handbook's folder, if the commit has it.
    pub(super) fn with_tree(&self, look: impl FnOnce(&git2::Tree<'_>)) {
        let repository = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tree) = self.folder.and_then(|folder| repository.find_tree(folder).ok()) {
            look(&tree);
        }
    }

    /// The files that `is_match`, hidden ones only `with_hidden`.
    fn walk(&self, with_hidden: bool, is_match: impl Fn(&RepoPath) -> bool) -> Listing {
        let repository = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        let mut listing = Listing::default();
        let tree = self.folder.and_then(|folder| repository.find_tree(folder).ok());
        let walked = tree.map(|tree| {
            tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
                let Ok(name) = entry.name() else { return TreeWalkResult::Skip };
                if name.starts_with('.') && !with_hidden {
                    return TreeWalkResult::Skip;
                }
                let path = RepoPath::new(format!("{folder}{name}")).ok();
                let path = path.filter(&is_match);
                match (entry.kind(), entry.filemode()) {
                    (Some(ObjectType::Blob), LINK) => listing.links.extend(path),
                    (Some(ObjectType::Blob), _) => listing.files.extend(path),
                    _ => {}
                }
                TreeWalkResult::Ok
            })
        });
        // A folder that is not in this clone ends the list, as one that cannot be opened does on disk.
        if let Some(Err(_)) = walked {
            let reason = std::io::ErrorKind::NotFound;
            listing.unreadable.push(super::UnreadableFolder { path: None, reason });
        }
        listing.files.sort();
        listing.links.sort();
        listing
    }
}

//! What a handbook is read from: its folder as it stands, or as a commit has it.

use std::sync::{Mutex, PoisonError};

use git2::Oid;

use super::history::reader::Reader;
use super::history::tree::Entry;
use super::history::{HistoryError, MAX_PATH_BYTES, Place};
use super::names::{self, Meaning};
use super::sparse::Unchecked;
use super::trees::walk_tree;
use super::{Globs, Listing, Obstacle, Repo, Tracked, Unlisted};
use crate::source::{self, MAX_FILE_BYTES, ReadError, RepoPath, nearest};

/// Where files are read from.
pub trait Files: Sync {
    /// Reads a file that somebody names.
    fn read(&self, path: &RepoPath) -> Result<String, ReadError>;

    /// Whether anything has this name.
    fn has(&self, path: &str) -> bool;

    /// Reads a file that [`Files::all`] gave, which need not be text.
    fn bytes(&self, path: &RepoPath) -> Result<Vec<u8>, ReadError> {
        self.read(path).map(String::into_bytes)
    }

    /// Reads a file that [`Files::list`] gave.
    fn read_listed(&self, path: &RepoPath) -> Result<String, ReadError>;

    /// The files that any of `globs` match, in order of their paths, without hidden ones.
    fn list(&self, globs: &[&Globs]) -> Listing;

    /// All files but git's own, hidden ones too, in order of their paths; what a `.gitignore` names only
    /// `with_ignored`. A commit holds nothing that is ignored.
    fn all(&self, with_ignored: bool) -> Listing;

    /// Those of `paths` that git tracks and that are not there. A commit lacks nothing.
    fn lost<'p>(&self, _paths: &[&'p RepoPath]) -> Vec<&'p RepoPath> {
        Vec::new()
    }

    /// Fetches at once those of `paths` that a partial clone lacks, if that is asked for. Where it cannot, reading them
    /// says so.
    fn bring(&self, _paths: &[&RepoPath]) {}

    /// Whether the handbook is all of its repository, and not a folder in it.
    fn is_whole(&self) -> bool;
}

impl Files for Repo {
    fn has(&self, path: &str) -> bool {
        Repo::has(self, path)
    }

    fn read(&self, path: &RepoPath) -> Result<String, ReadError> {
        self.or_unchecked(path, source::read(self.root(), path))
    }

    fn bytes(&self, path: &RepoPath) -> Result<Vec<u8>, ReadError> {
        match source::read_bytes(&self.root().join(path.as_str())) {
            Err(ReadError::Missing) => self.read(path).map(String::into_bytes),
            content => content,
        }
    }

    fn read_listed(&self, path: &RepoPath) -> Result<String, ReadError> {
        self.or_unchecked(path, source::read_listed(self.root(), path))
    }

    fn list(&self, globs: &[&Globs]) -> Listing {
        Repo::list(self, globs)
    }

    fn all(&self, with_ignored: bool) -> Listing {
        Repo::all(self, with_ignored)
    }

    fn lost<'p>(&self, paths: &[&'p RepoPath]) -> Vec<&'p RepoPath> {
        let absent: Vec<_> =
            paths.iter().copied().filter(|path| !self.has(path.as_str())).collect();
        // Without a repository, or with one that cannot be read, nothing is known of it.
        let tracked = match absent.is_empty() {
            true => Tracked::default(),
            false => self.tracked().unwrap_or_default(),
        };
        absent.into_iter().filter(|path| tracked.files.contains(*path)).collect()
    }

    fn bring(&self, paths: &[&RepoPath]) {
        if let Some(unchecked) = self.unchecked().ok().filter(|_| self.fetches_missing) {
            // What goes wrong is kept, and said by whoever reads the files.
            let _ = self.fetch_unchecked(unchecked, paths);
        }
    }

    fn is_whole(&self) -> bool {
        let root = self.root().canonicalize();
        root.is_ok_and(|root| !root.ancestors().skip(1).any(|above| above.join(".git").exists()))
    }
}

impl Repo {
    /// `content`, or what git has for the file if a sparse checkout leaves it out.
    fn or_unchecked(
        &self,
        path: &RepoPath,
        content: Result<String, ReadError>,
    ) -> Result<String, ReadError> {
        if !matches!(content, Err(ReadError::Missing | ReadError::DanglingLink)) {
            return content;
        }
        let unchecked = match self.unchecked() {
            Ok(unchecked) if unchecked.is_empty() => return content,
            Ok(unchecked) => unchecked,
            Err(reason) => return Err(ReadError::Index(reason.to_owned())),
        };
        if unchecked.holds(path)
            && let Some(content) = self.fetched(unchecked, path, || unchecked.read(path))
        {
            return content;
        }
        // The path may lead through links, of which git may have one and the disk another.
        let place = led_to(path, |here| match unchecked.link(here) {
            Some(target) => target.map(Some),
            None => Ok(std::fs::read_link(self.root().join(here))
                .ok()
                .map(|target| target.into_os_string().into_encoded_bytes())),
        });
        let place = match place {
            Ok(place) => RepoPath::new(&place).ok().filter(|place| place != path),
            Err(error) => return Err(error),
        };
        let Some(place) = place else { return content };
        match self.fetched(unchecked, &place, || unchecked.read(&place)) {
            Some(content) => content,
            None if unchecked.link(path.as_str()).is_none() => content,
            None => match source::read(self.root(), &place) {
                Err(ReadError::Missing) => Err(ReadError::DanglingLink),
                content => content,
            },
        }
    }

    /// What `read` gives of the file at `path`, which a sparse checkout leaves out; fetched where that is asked for.
    fn fetched(
        &self,
        unchecked: &Unchecked,
        path: &RepoPath,
        read: impl Fn() -> Option<Result<String, ReadError>>,
    ) -> Option<Result<String, ReadError>> {
        match read() {
            Some(Err(ReadError::NotFetched)) if self.fetches_missing => {
                match self.fetch_unchecked(unchecked, &[path]) {
                    Ok(()) => read(),
                    Err(reason) => Some(Err(ReadError::Fetch(reason.to_owned()))),
                }
            }
            content => content,
        }
    }

    /// The bytes of the file at `path`, if a sparse checkout leaves one out there.
    pub(super) fn unchecked_bytes(&self, path: &RepoPath) -> Option<Result<Vec<u8>, ReadError>> {
        let unchecked = self.unchecked().ok()?;
        if !unchecked.holds(path) {
            return None;
        }
        self.bring(&[path]);
        unchecked.bytes(path)
    }

    /// Fetches the files at `paths`, which a sparse checkout leaves out of a partial clone, at once. What failed is not tried
    /// again.
    fn fetch_unchecked<'u>(
        &self,
        unchecked: &'u Unchecked,
        paths: &[&RepoPath],
    ) -> Result<(), &'u str> {
        if let Some(reason) = unchecked.fetch_error.get() {
            return Err(reason);
        }
        let missing = unchecked.missing(paths.iter().copied());
        if missing.is_empty() {
            return Ok(());
        }
        let fetched = self.place().and_then(|place| match place {
            Some(place) => place.fetch(&missing),
            None => Ok(()),
        });
        fetched.map_err(|error| &**unchecked.fetch_error.get_or_init(|| error.to_string()))
    }
}

/// The handbook as a commit has it.
pub struct Revision {
    reader: Mutex<Reader>,
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
        let Some(place) = repo.place()? else {
            return Err(NoRevision::NoRepository(name.to_owned()));
        };
        let id = commit_of(&place, name)?;
        Self::at(place, id)
    }

    /// The handbook of `repo` as it was when the line of commits that leads to `HEAD` left that of `name`: at the
    /// merge base of the two.
    pub fn merge_base(repo: &Repo, name: &str) -> Result<Self, NoRevision> {
        let Some(place) = repo.place()? else {
            return Err(NoRevision::NoRepository(name.to_owned()));
        };
        let other = commit_of(&place, name)?;
        let base = place.repository.merge_base(place.head, other);
        let id = base.map_err(|_| match place.boundary.is_empty() {
            // What the two have in common may lie below the boundary.
            false => NoRevision::Shallow(name.to_owned()),
            true => NoRevision::Unrelated(name.to_owned()),
        })?;
        Self::at(place, id)
    }

    /// The handbook of `repo` in the first parent of `HEAD`, if `HEAD` is the commit `merge` and merges two commits:
    /// forges check such a merge of a branch with what it goes to, which comes first.
    pub fn merged_into(repo: &Repo, merge: &str) -> Result<Option<Self>, NoRevision> {
        let Some(place) = repo.place()? else { return Ok(None) };
        if place.head.to_string() != merge {
            return Ok(None);
        }
        let parents: Vec<Oid> = match place.repository.find_commit(place.head) {
            Ok(commit) => commit.parent_ids().collect(),
            Err(_) => Vec::new(),
        };
        match parents[..] {
            [first, _] => Self::at(place, first).map(Some),
            _ => Ok(None),
        }
    }

    fn at(place: Place, id: Oid) -> Result<Self, NoRevision> {
        let is_whole = place.prefix.is_empty();
        let folder = match place.folder_of(id) {
            Err(error) if place.fetches => {
                place.fetch_for(id, error)?;
                place.folder_of(id)?
            }
            folder => folder.map_err(|error| place.explain(error))?,
        };
        let reader = Mutex::new(Reader::new(place.repository));
        Ok(Self { reader, folder, is_whole, id })
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

/// Why a file of a commit cannot be read.
fn read_error(error: HistoryError) -> ReadError {
    match error {
        HistoryError::Missing { .. } | HistoryError::NotFetched { .. } => ReadError::NotFetched,
        error => ReadError::Io(std::io::Error::other(error.to_string())),
    }
}

impl Files for Revision {
    fn has(&self, path: &str) -> bool {
        path.is_empty() || matches!(self.entry(path), Ok(Some(_)))
    }

    fn read(&self, path: &RepoPath) -> Result<String, ReadError> {
        source::text_of(self.bytes(path)?)
    }

    fn bytes(&self, path: &RepoPath) -> Result<Vec<u8>, ReadError> {
        let named = self.entry(path.as_str()).map_err(read_error)?;
        let entry = match named {
            Some(entry) if !entry.is_link() => entry,
            // The path may lead through links.
            _ => {
                let target = self.led_to(path)?;
                let missing = || match named {
                    Some(_) => ReadError::DanglingLink,
                    None => ReadError::Missing,
                };
                self.entry(&target).map_err(read_error)?.ok_or_else(missing)?
            }
        };
        if !entry.is_file() {
            return Err(ReadError::NotAFile("a folder"));
        }
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let size = reader.blob_size(entry.id).map_err(read_error)?;
        if size > MAX_FILE_BYTES {
            return Err(ReadError::TooLarge(size));
        }
        Ok(reader.blob(entry.id).map_err(read_error)?.unwrap_or_default())
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

/// How many links a path may pass.
const MAX_LINKS: usize = 40;

/// Returns where `path` leads through symbolic links, of which it may pass as many as a system allows; `target` says
/// where the one at a place leads, if one is there.
fn led_to(
    path: &RepoPath,
    target: impl Fn(&str) -> Result<Option<Vec<u8>>, ReadError>,
) -> Result<String, ReadError> {
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
        let here = done.join("/");
        if here.len() > MAX_PATH_BYTES {
            return Err(ReadError::Missing);
        }
        if let Some(target) = target(&here)? {
            links += 1;
            let target = String::from_utf8(target).ok().filter(|_| links <= MAX_LINKS);
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

impl Revision {
    /// Shows `see` everything that the commit has in the handbook's folder, each by its path.
    pub(super) fn see_all(&self, see: impl FnMut(&[u8], Entry)) -> Result<(), HistoryError> {
        let Some(folder) = self.folder else { return Ok(()) };
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        walk_tree(&mut reader, folder, true, see)
    }

    /// What the commit has at `path`.
    fn entry(&self, path: &str) -> Result<Option<Entry>, HistoryError> {
        let Some(folder) = self.folder else { return Ok(None) };
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader.entry(folder, path.as_bytes())
    }

    /// Returns where `path` leads through the symbolic links of the commit.
    fn led_to(&self, path: &RepoPath) -> Result<String, ReadError> {
        led_to(path, |here| {
            let entry = self.entry(here).map_err(read_error)?;
            let Some(link) = entry.filter(|entry| entry.is_link()) else { return Ok(None) };
            let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            let target = reader.blob(link.id).map_err(read_error)?;
            target.ok_or(ReadError::DanglingLink).map(Some)
        })
    }

    /// The files that `is_match`, hidden ones only `with_hidden`.
    fn walk(&self, with_hidden: bool, is_match: impl Fn(&RepoPath) -> bool) -> Listing {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let mut listing = Listing::default();
        let Some(folder) = self.folder else { return listing };
        let walked = walk_tree(&mut reader, folder, with_hidden, |path, entry| {
            if path.len() > MAX_PATH_BYTES {
                listing.unreadable.push(Unlisted {
                    path: RepoPath::escaped(&path[..MAX_PATH_BYTES.min(100)]),
                    obstacle: Obstacle::TooLong,
                });
            } else {
                listing.add(path, entry.is_link(), entry.is_file(), &is_match);
            }
        });
        // A folder that is not in this clone ends the list, as one that cannot be opened does on disk.
        if walked.is_err() {
            listing.unreadable.push(Unlisted {
                path: RepoPath::default(),
                obstacle: Obstacle::Folder(std::io::ErrorKind::NotFound),
            });
        }
        listing.files.sort_unstable();
        listing.links.sort_unstable();
        listing
    }
}

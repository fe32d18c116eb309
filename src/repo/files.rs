//! What a handbook is read from: its folder on disk, or a [`Revision`](super::Revision).

use super::history::MAX_PATH_BYTES;
use super::sparse::Unchecked;
use super::{Globs, Listing, Repo, Tracked};
use crate::source::{self, ReadError, RepoPath};

/// Where files are read from.
pub trait Files: Sync {
    /// Reads a file by its name.
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

/// How many links a path may pass.
const MAX_LINKS: usize = 40;

/// Returns where `path` leads through symbolic links, of which it may pass as many as a system allows; `target` says
/// where the one at a place leads, if one is there.
pub(super) fn led_to(
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

//! Lists of files, and what could not be listed.

use crate::source::{ReadError, RepoPath};

/// What [`Repo::list`] found.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The files, sorted by path, also those that git tracks and a sparse checkout leaves out.
    pub files: Vec<RepoPath>,
    /// The symbolic links among what matches, sorted; they are not followed.
    pub links: Vec<RepoPath>,
    /// What could not be looked at.
    pub unreadable: Vec<Unlisted>,
}

/// A file or folder that could not be looked at.
#[derive(Clone, Debug)]
pub struct Unlisted {
    /// Where it is; bytes of its name that are not UTF-8 are spelled.
    pub path: RepoPath,
    /// What is in the way.
    pub obstacle: ListError,
}

/// What is in the way of a list of files.
#[derive(Clone, Debug)]
pub enum ListError {
    /// A folder cannot be looked into.
    Folder(std::io::ErrorKind),
    /// A file of patterns cannot be read.
    File(std::io::ErrorKind),
    /// A pipe or a device is called as a file of patterns is.
    NotAFile,
    /// A file of patterns is too large.
    TooLarge(u64),
    /// A file of patterns has too many of them.
    TooManyPatterns,
    /// The name of a file is not UTF-8.
    Name,
    /// The path is too long.
    TooLong,
    /// What a sparse checkout leaves out is not known.
    Index(String),
    /// A file of patterns that a sparse checkout leaves out is missing from a partial clone.
    NotFetched,
}

impl ListError {
    /// Whether it is about what is ignored or tracked, and not about the file itself.
    pub(super) fn is_of_the_list(&self) -> bool {
        !matches!(self, Self::Folder(_) | Self::Name | Self::TooLong)
    }
}

impl From<ListError> for ReadError {
    fn from(obstacle: ListError) -> Self {
        match obstacle {
            ListError::Folder(kind) => Self::Unlistable(kind),
            ListError::File(kind) => Self::Io(kind.into()),
            ListError::NotAFile => Self::NotAFile("a pipe, socket or device"),
            ListError::TooLarge(bytes) => Self::TooLarge(bytes),
            ListError::TooManyPatterns => Self::TooManyPatterns,
            ListError::Name => Self::Name,
            ListError::TooLong => Self::TooLong,
            ListError::Index(reason) => Self::Index(reason),
            ListError::NotFetched => Self::NotFetched,
        }
    }
}

impl Listing {
    /// Adds the file or symbolic link at `path`, if it `is_listed`.
    pub(super) fn add(
        &mut self,
        path: &[u8],
        is_link: bool,
        is_file: bool,
        is_listed: impl Fn(&RepoPath) -> bool,
    ) {
        let named = std::str::from_utf8(path).ok().and_then(|path| RepoPath::new(path).ok());
        match named {
            Some(path) if is_file && is_listed(&path) => self.files.push(path),
            Some(path) if is_link && is_listed(&path) => self.links.push(path),
            Some(_) => {}
            None => {
                let path = RepoPath::escaped(path);
                if (is_file || is_link) && is_listed(&path) {
                    self.unreadable.push(Unlisted { path, obstacle: ListError::Name });
                }
            }
        }
    }
}

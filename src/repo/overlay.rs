//! Files as they would be after changes that are not written.

use std::collections::BTreeMap;

use super::{Files, Globs, Listing};
use crate::source::{ReadError, RepoPath};

/// Files, some of which have another text.
pub struct Overlay<'f, F> {
    files: &'f F,
    texts: BTreeMap<RepoPath, String>,
}

impl<'f, F: Files> Overlay<'f, F> {
    /// The same as `files`, but with `texts`, which are those of files that are there.
    pub fn new(files: &'f F, texts: BTreeMap<RepoPath, String>) -> Self {
        Self { files, texts }
    }
}

impl<F: Files> Files for Overlay<'_, F> {
    fn read(&self, path: &RepoPath) -> Result<String, ReadError> {
        self.texts.get(path).map_or_else(|| self.files.read(path), |text| Ok(text.clone()))
    }

    fn has(&self, path: &str) -> bool {
        self.files.has(path)
    }

    fn read_listed(&self, path: &RepoPath) -> Result<String, ReadError> {
        self.texts.get(path).map_or_else(|| self.files.read_listed(path), |text| Ok(text.clone()))
    }

    fn list(&self, globs: &[&Globs]) -> Listing {
        self.files.list(globs)
    }

    fn all(&self, with_ignored: bool) -> Listing {
        self.files.all(with_ignored)
    }

    fn is_whole(&self) -> bool {
        self.files.is_whole()
    }
}

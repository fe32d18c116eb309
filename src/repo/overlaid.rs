//! A handbook with some of its files as they would be.

use std::collections::BTreeMap;

use super::{Files, Globs, Listing};
use crate::source::{ReadError, RepoPath};

/// Files, some of which have other texts than on disk.
#[derive(Debug)]
pub struct Overlaid<'f, F> {
    files: &'f F,
    texts: BTreeMap<RepoPath, String>,
}

impl<'f, F: Files> Overlaid<'f, F> {
    /// `files`, of which those in `texts` have these texts.
    pub fn new(files: &'f F, texts: impl IntoIterator<Item = (RepoPath, String)>) -> Self {
        Self { files, texts: texts.into_iter().collect() }
    }
}

impl<F: Files> Files for Overlaid<'_, F> {
    fn read(&self, path: &RepoPath) -> Result<String, ReadError> {
        self.texts.get(path).cloned().map_or_else(|| self.files.read(path), Ok)
    }

    fn has(&self, path: &str) -> bool {
        self.files.has(path)
    }

    fn lost<'p>(&self, paths: &[&'p RepoPath]) -> Vec<&'p RepoPath> {
        self.files.lost(paths)
    }

    fn bring(&self, paths: &[&RepoPath]) {
        self.files.bring(paths);
    }

    fn read_listed(&self, path: &RepoPath) -> Result<String, ReadError> {
        self.texts.get(path).cloned().map_or_else(|| self.files.read_listed(path), Ok)
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

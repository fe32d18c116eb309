//! Pages: the Markdown side of a handbook.

use crate::source::{FileId, RepoPath};

/// A page of the handbook.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its place.
    pub path: RepoPath,
    /// Its file.
    pub file: FileId,
    /// What it is, such as `direction`.
    pub kind: String,
    /// Which entry of [`Config::pages`](crate::config::Config::pages) tells that: the first that matches its place.
    pub entry: usize,
}

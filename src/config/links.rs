//! What of a handbook is whole, so that a name that leads nowhere is a mistake.

use super::{repo_path, settings::LinkSettings};
use crate::source::RepoPath;

/// How what points to files is judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The folders of which every file is here; empty for the whole handbook.
    pub roots: Vec<RepoPath>,
}

impl Links {
    /// What `own` says, else `base`.
    pub(super) fn new(base: LinkSettings, own: LinkSettings) -> Result<Self, String> {
        let roots = own.roots.or(base.roots).unwrap_or_default();
        let roots = roots.iter().map(|root| repo_path("[links] roots", root));
        Ok(Self { roots: roots.collect::<Result<_, _>>()? })
    }
}

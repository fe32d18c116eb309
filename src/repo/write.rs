//! Writing files of the handbook, none of which a sparse checkout may leave out.

use super::Repo;
use crate::source::RepoPath;
use crate::source::edit::{self, Prepared, WriteError, Written};

/// How many files a message names.
const NAMED: usize = 8;

/// Why files of the handbook are not written.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The sparse checkout leaves some of them out. Every file is as it was.
    #[error(
        "nothing was written: the sparse checkout leaves out {}; check {} out with `{command}`{at}, then run this again",
        names(.paths), if .paths.len() == 1 { "it" } else { "them" }
    )]
    LeftOut {
        /// The files.
        paths: Vec<RepoPath>,
        /// The git command that checks them out.
        command: String,
        /// Where it has to be run.
        at: &'static str,
    },
    /// They cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

fn names(paths: &[RepoPath]) -> String {
    let mut names: Vec<String> = paths.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    if paths.len() > NAMED {
        names.push(format!("{} more", paths.len() - NAMED));
    }
    match names.pop() {
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} and {last}", names.join(", ")),
        None => String::new(),
    }
}

impl Repo {
    /// Returns the files below `folder` that a sparse checkout leaves out, and the git command that checks them out.
    pub fn left_out_below(&self, folder: &RepoPath) -> Option<(usize, String)> {
        let unchecked = self.unchecked().ok()?;
        let paths: Vec<RepoPath> =
            unchecked.paths().filter(|path| path.is_under(folder)).cloned().collect();
        (!paths.is_empty()).then(|| {
            (paths.len(), unchecked.cone().map_or_else(String::new, |cone| cone.command(&paths)))
        })
    }

    /// Writes `prepared`, unless a sparse checkout leaves out one of the files: then nothing is written.
    pub fn save(&self, prepared: &Prepared<'_>) -> Result<Written, SaveError> {
        self.check_saved(prepared.paths())?;
        Ok(edit::write(self.root(), prepared)?)
    }

    /// Fails if a sparse checkout leaves out one of the files at `paths`, or would leave it out once it is there.
    pub fn check_saved<'p>(
        &self,
        paths: impl IntoIterator<Item = &'p RepoPath>,
    ) -> Result<(), SaveError> {
        // One that cannot be read was refused when the files were read.
        let Ok(unchecked) = self.unchecked() else { return Ok(()) };
        let Some(cone) = unchecked.cone() else { return Ok(()) };
        let is_new = |path: &RepoPath| self.root().join(path.as_str()).symlink_metadata().is_err();
        let left_out = |path: &&RepoPath| unchecked.holds(path) || is_new(path) && !cone.has(path);
        let paths: Vec<RepoPath> = paths.into_iter().filter(left_out).cloned().collect();
        match paths.is_empty() {
            true => Ok(()),
            false => {
                let (command, at) = (cone.command(&paths), cone.at());
                Err(SaveError::LeftOut { paths, command, at })
            }
        }
    }
}

//! What the `.gitignore` files of a handbook name of the files that a sparse checkout leaves out. Some of these files are
//! on disk, others are left out themselves.

use std::collections::HashMap;
use std::sync::Arc;

use super::ignores::{IGNORE_FILE, Ignores};
use super::{ListError, Repo, Unlisted};
use crate::source::{ReadError, RepoPath};

/// The patterns of the folders that were asked about so far.
pub(super) struct SparseIgnores<'r> {
    repo: &'r Repo,
    /// By the path of the folder with a slash at its end.
    folders: HashMap<Vec<u8>, Folder>,
    /// The files of patterns that cannot be read. Those on disk are found by the walk.
    pub(super) unreadable: Vec<Unlisted>,
}

/// What is known of a folder.
#[derive(Clone)]
enum Folder {
    Ignored,
    Kept(Option<Arc<Ignores>>),
}

impl<'r> SparseIgnores<'r> {
    pub(super) fn new(repo: &'r Repo) -> Self {
        let mut ignores = Self { repo, folders: HashMap::new(), unreadable: Vec::new() };
        let top = ignores.own(b"", None);
        ignores.folders.insert(Vec::new(), Folder::Kept(top));
        ignores
    }

    /// Whether the file at `path`, or a folder that it is in, is ignored.
    pub(super) fn name(&mut self, path: &[u8]) -> bool {
        let ends = path.iter().enumerate().filter(|(_, byte)| **byte == b'/');
        let ends: Vec<usize> = ends.map(|(at, _)| at + 1).collect();
        let mut above = Folder::Kept(None);
        for end in std::iter::once(0).chain(ends) {
            let known = self.folders.get(&path[..end]).cloned();
            above = match (known, above) {
                (Some(known), _) => known,
                (None, Folder::Ignored) => return true,
                (None, Folder::Kept(ignores)) => {
                    let is_ignored =
                        ignores.as_ref().is_some_and(|one| one.name(&path[..end - 1], true));
                    let folder = match is_ignored {
                        true => Folder::Ignored,
                        false => Folder::Kept(self.own(&path[..end], ignores)),
                    };
                    self.folders.insert(path[..end].to_owned(), folder.clone());
                    folder
                }
            };
        }
        match above {
            Folder::Ignored => true,
            Folder::Kept(ignores) => ignores.is_some_and(|ignores| ignores.name(path, false)),
        }
    }

    /// The patterns that hold in `folder`, where those of `around` hold around it.
    fn own(&mut self, folder: &[u8], around: Option<Arc<Ignores>>) -> Option<Arc<Ignores>> {
        let name = [folder, IGNORE_FILE.as_bytes()].concat();
        let path = std::str::from_utf8(&name).ok().and_then(|name| RepoPath::new(name).ok());
        let Some(path) = path else { return around };
        let own = match self.repo.unchecked_bytes(&path) {
            None => {
                // The walk says what is wrong with it.
                let file = self.repo.root().join(path.as_str());
                return match Ignores::read(&file, folder.len(), around.clone()) {
                    Ok(own) => Some(Arc::new(own)),
                    Err(_) => around,
                };
            }
            Some(Ok(bytes)) => Ignores::new(&bytes, folder.len(), around.clone()),
            Some(Err(ReadError::TooLarge(bytes))) => Err(ListError::TooLarge(bytes)),
            Some(Err(ReadError::Io(error))) => Err(ListError::File(error.kind())),
            Some(Err(_)) => Err(ListError::NotFetched),
        };
        match own {
            Ok(own) => Some(Arc::new(own)),
            Err(obstacle) => {
                self.unreadable.push(Unlisted { path, obstacle });
                around
            }
        }
    }
}

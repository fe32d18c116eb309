//! The files that git tracks and a sparse checkout leaves out.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use git2::{Config, ErrorCode, Index, Oid, Repository};

use super::cone::Cone;
use super::git_command::GitCommand;
use super::history::{Checkout, open_repository};
use crate::source::{self, MAX_FILE_BYTES, ReadError, RepoPath};

/// The bit of an index entry that says so: `GIT_INDEX_ENTRY_SKIP_WORKTREE`.
pub(super) const SKIP_WORKTREE: u16 = 1 << 14;

/// The mode of a symbolic link in an index.
const LINK: u32 = 0o120_000;

/// The kinds of what has a content of its own: files, executable files and symbolic links.
const BLOB_MODES: [u32; 3] = [0o100_644, 0o100_755, LINK];

/// What a sparse checkout leaves out.
#[derive(Debug, Default)]
pub(super) struct Unchecked {
    files: BTreeMap<RepoPath, Skipped>,
    /// The names of those that have no path, because they are not UTF-8.
    unnamed: Vec<Vec<u8>>,
    store: Option<Store>,
    cone: Option<Cone>,
    /// Why what a partial clone lacks could not be fetched, once that was tried.
    pub(super) fetch_error: OnceLock<String>,
}

/// A file that is left out, as the index has it.
#[derive(Clone, Copy, Debug)]
struct Skipped {
    id: Oid,
    is_link: bool,
}

/// The repository that the contents are in.
struct Store(Mutex<Repository>);

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

impl Unchecked {
    /// What the sparse checkout leaves out that the handbook in `root` is in, if it is in one.
    ///
    /// # Errors
    ///
    /// Fails where the repository or its index cannot be read; the message says why.
    pub(super) fn of(root: &Path) -> Result<Self, String> {
        let Some((repository, folder)) = sparse_repository(root)? else {
            return Ok(Self::default());
        };
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let Some(work_tree) = repository.workdir().map(real) else { return Ok(Self::default()) };
        let root = real(root);
        let Ok(inside) = root.strip_prefix(&work_tree) else { return Ok(Self::default()) };
        let mut prefix = inside.as_os_str().as_encoded_bytes().to_vec();
        if !prefix.is_empty() {
            prefix.push(b'/');
        }
        let skipped = match repository.index() {
            Ok(index) => skipped(&index),
            // libgit2 knows neither a sparse nor a split index; git does.
            Err(_) => skipped_by_git(&work_tree)?,
        };
        let cone = Cone::read(&folder, &repository, &String::from_utf8_lossy(&prefix));
        let (mut files, mut unnamed) = (BTreeMap::new(), Vec::new());
        for (path, skipped) in skipped {
            let Some(path) = path.strip_prefix(&prefix[..]) else { continue };
            let named = std::str::from_utf8(path).ok().and_then(|path| RepoPath::new(path).ok());
            match named {
                // A file that is on disk all the same is what it is there.
                Some(path) if root.join(path.as_str()).symlink_metadata().is_ok() => {}
                Some(path) => {
                    files.insert(path, skipped);
                }
                None => unnamed.push(path.to_owned()),
            }
        }
        let store = Some(Store(Mutex::new(repository)));
        Ok(Self { files, unnamed, store, cone: Some(cone), fetch_error: OnceLock::new() })
    }

    /// Whether nothing is left out.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.unnamed.is_empty()
    }

    /// The files and links in order of their paths, then what has no path: the bytes of its path, and whether it is a
    /// link.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&[u8], bool)> {
        let named = self.files.iter().map(|(path, one)| (path.as_str().as_bytes(), one.is_link));
        named.chain(self.unnamed.iter().map(|name| (&name[..], false)))
    }

    /// The files and links that have a path, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &RepoPath> {
        self.files.keys()
    }

    /// Whether the file at `path` is one of these.
    pub(super) fn holds(&self, path: &RepoPath) -> bool {
        self.files.contains_key(path)
    }

    /// Which files the checkout has; `None` where it has all.
    pub(super) fn cone(&self) -> Option<&Cone> {
        self.cone.as_ref()
    }

    /// Whether a file, or a folder with files, has this name.
    pub(super) fn has(&self, path: &str) -> bool {
        if self.files.is_empty() {
            return false;
        }
        let Ok(path) = RepoPath::new(path) else { return false };
        let mut from = self
            .files
            .range(path.clone()..)
            .take_while(|(file, _)| file.as_str().starts_with(path.as_str()));
        from.any(|(file, _)| file.is_under(&path))
    }

    /// Reads the file at `path`; nothing if it is not one of these, or a symbolic link.
    pub(super) fn read(&self, path: &RepoPath) -> Option<Result<String, ReadError>> {
        let skipped = self.files.get(path).filter(|skipped| !skipped.is_link)?;
        Some(self.content(skipped.id).and_then(source::text_of))
    }

    /// Reads the bytes of the file at `path`; nothing if it is not one of these, or a symbolic link.
    pub(super) fn bytes(&self, path: &RepoPath) -> Option<Result<Vec<u8>, ReadError>> {
        let skipped = self.files.get(path).filter(|skipped| !skipped.is_link)?;
        Some(self.content(skipped.id))
    }

    /// Reads where the symbolic link at `path` leads; nothing if none is left out there.
    pub(super) fn link(&self, path: &str) -> Option<Result<Vec<u8>, ReadError>> {
        let path = RepoPath::new(path).ok()?;
        let skipped = self.files.get(&path).filter(|skipped| skipped.is_link)?;
        Some(self.content(skipped.id))
    }

    /// The names of those contents of `paths` that are missing from this clone.
    pub(super) fn missing<'p>(
        &self,
        paths: impl IntoIterator<Item = &'p RepoPath>,
    ) -> BTreeSet<Oid> {
        let ids = paths.into_iter().filter_map(|path| Some(self.files.get(path)?.id));
        let mut ids: BTreeSet<Oid> = ids.collect();
        if let Some(Store(repository)) = &self.store {
            let repository = repository.lock().unwrap_or_else(PoisonError::into_inner);
            if let Ok(odb) = repository.odb() {
                ids.retain(|id| !odb.exists(*id));
            }
        }
        ids
    }

    fn content(&self, id: Oid) -> Result<Vec<u8>, ReadError> {
        let io = |error: git2::Error| match error.code() {
            ErrorCode::NotFound => ReadError::NotFetched,
            _ => ReadError::Io(std::io::Error::other(error.message().to_owned())),
        };
        let Some(Store(repository)) = &self.store else { return Err(ReadError::Missing) };
        let repository = repository.lock().unwrap_or_else(PoisonError::into_inner);
        let odb = repository.odb().map_err(io)?;
        let (size, _) = odb.read_header(id).map_err(io)?;
        if size as u64 > MAX_FILE_BYTES {
            return Err(ReadError::TooLarge(size as u64));
        }
        Ok(odb.read(id).map_err(io)?.data().to_owned())
    }
}

/// The repository around `root` and its git folder, if its work tree is a sparse checkout.
#[expect(clippy::disallowed_methods, reason = "the file is of git")]
fn sparse_repository(root: &Path) -> Result<Option<(Repository, PathBuf)>, String> {
    let Some((root, folder)) = folder_of_sparse(root) else { return Ok(None) };
    match open_repository(&root) {
        Ok(repository) => {
            let config = repository.config();
            let is_sparse = config.is_ok_and(|config| is_sparse(&config));
            Ok(is_sparse.then_some((repository, folder)))
        }
        Err(error) => {
            let common = std::fs::read_to_string(folder.join("commondir")).ok();
            let common = common.map_or_else(|| folder.clone(), |path| folder.join(path.trim()));
            let files = [common.join("config"), folder.join("config.worktree")];
            let mut configs = files.iter().filter_map(|file| Config::open(file).ok());
            match configs.any(|config| is_sparse(&config)) {
                true => Err(error.to_string()),
                false => Ok(None),
            }
        }
    }
}

fn is_sparse(config: &Config) -> bool {
    config.get_bool("core.sparseCheckout").unwrap_or(false)
}

/// The real path of `root` and the git folder of the repository around it, if that has patterns of a sparse checkout.
#[expect(clippy::disallowed_methods, reason = "the file is of git")]
fn folder_of_sparse(root: &Path) -> Option<(PathBuf, PathBuf)> {
    // Opening a repository takes its time, and hardly any is sparse: that a work tree is, a file in the git folder says.
    let root = root.canonicalize().ok()?;
    let git = root.ancestors().map(|above| above.join(".git")).find(|git| git.exists())?;
    let folder = match git.is_file() {
        true => {
            let link = std::fs::read_to_string(&git).ok()?;
            git.parent()?.join(link.strip_prefix("gitdir:")?.trim())
        }
        false => git,
    };
    folder.join("info/sparse-checkout").exists().then_some((root, folder))
}

/// The files that the index says are left out.
fn skipped(index: &Index) -> Vec<(Vec<u8>, Skipped)> {
    let is_skipped = |entry: &git2::IndexEntry| {
        entry.flags_extended & SKIP_WORKTREE != 0 && BLOB_MODES.contains(&entry.mode)
    };
    let skipped = index.iter().filter(is_skipped);
    skipped
        .map(|entry| (entry.path, Skipped { id: entry.id, is_link: entry.mode == LINK }))
        .collect()
}

/// The paths in the repository of the files that the index says are left out, and that are not on disk.
pub(super) fn left_out(place: &Checkout, index: &Index) -> HashSet<Vec<u8>> {
    let Some(work_tree) = place.repository.workdir() else { return HashSet::new() };
    let is_gone = |path: &[u8]| {
        let path = std::str::from_utf8(path).map(|path| work_tree.join(path));
        path.is_ok_and(|path| path.symlink_metadata().is_err())
    };
    skipped(index).into_iter().map(|(path, _)| path).filter(|path| is_gone(path)).collect()
}

/// The same, as git says.
fn skipped_by_git(work_tree: &Path) -> Result<Vec<(Vec<u8>, Skipped)>, String> {
    let output = GitCommand::new(work_tree).run(&["ls-files", "-t", "-s", "-z"], b"");
    let output = output.map_err(|error| error.to_string())?;
    // `S MODE ID STAGE<TAB>PATH`, each with a NUL at its end.
    let skipped = output.split(|byte| *byte == 0).filter_map(|line| {
        let line = line.strip_prefix(b"S ")?;
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let mut words = std::str::from_utf8(&line[..tab]).ok()?.split(' ');
        let mode = u32::from_str_radix(words.next()?, 8).ok()?;
        let id = Oid::from_str(words.next()?).ok()?;
        let skipped = Skipped { id, is_link: mode == LINK };
        BLOB_MODES.contains(&mode).then(|| (line[tab + 1..].to_vec(), skipped))
    });
    Ok(skipped.collect())
}

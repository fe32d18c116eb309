//! The files that git tracks and a sparse checkout leaves out.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use git2::{ErrorCode, Index, Oid, Repository};

use super::git_command::GitCommand;
use super::history::Checkout;
use crate::source::{self, MAX_FILE_BYTES, ReadError, RepoPath};

/// The bit of an index entry that says so: `GIT_INDEX_ENTRY_SKIP_WORKTREE`.
const SKIP_WORKTREE: u16 = 1 << 14;

/// The kinds of what has a content of its own: files, executable files and symbolic links.
const BLOB_MODES: [u32; 3] = [0o100_644, 0o100_755, 0o120_000];

/// What a sparse checkout leaves out.
#[derive(Clone, Debug, Default)]
pub(super) struct Unchecked {
    files: BTreeMap<RepoPath, Oid>,
    git_folder: PathBuf,
}

impl Unchecked {
    /// What the sparse checkout leaves out that the handbook in `root` is in, if it is in one.
    ///
    /// # Errors
    ///
    /// Fails where the index cannot be read; the message says why.
    pub(super) fn of(root: &Path) -> Result<Self, String> {
        let Some(repository) = sparse_repository(root) else { return Ok(Self::default()) };
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
        let files = skipped.into_iter().filter_map(|(path, id)| {
            let path = RepoPath::new(std::str::from_utf8(path.strip_prefix(&prefix[..])?).ok()?);
            // A file that is on disk all the same is what it is there.
            path.ok()
                .filter(|path| root.join(path.as_str()).symlink_metadata().is_err())
                .zip(Some(id))
        });
        Ok(Self { files: files.collect(), git_folder: repository.path().to_owned() })
    }

    /// The files, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &RepoPath> {
        self.files.keys()
    }

    /// The content that the index has for the file at `path`, if it is one of these.
    pub(super) fn id(&self, path: &RepoPath) -> Option<Oid> {
        self.files.get(path).copied()
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

    /// Reads the file at `path`; nothing if it is not one of these.
    pub(super) fn read(&self, path: &RepoPath) -> Option<Result<String, ReadError>> {
        let id = self.id(path)?;
        let read = || {
            let io = |error: git2::Error| match error.code() {
                ErrorCode::NotFound => ReadError::NotFetched,
                _ => ReadError::Io(std::io::Error::other(error.message().to_owned())),
            };
            let repository = Repository::open(&self.git_folder).map_err(io)?;
            let odb = repository.odb().map_err(io)?;
            let (size, _) = odb.read_header(id).map_err(io)?;
            if size as u64 > MAX_FILE_BYTES {
                return Err(ReadError::TooLarge(size as u64));
            }
            source::text_of(odb.read(id).map_err(io)?.data().to_owned())
        };
        Some(read())
    }
}

/// The repository around `root`, if its work tree is a sparse checkout.
#[expect(clippy::disallowed_methods, reason = "the file is of git")]
fn sparse_repository(root: &Path) -> Option<Repository> {
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
    if !folder.join("info/sparse-checkout").exists() {
        return None;
    }
    let repository = Repository::discover(&root).ok()?;
    let is_sparse = repository.config().ok()?.get_bool("core.sparseCheckout").unwrap_or(false);
    is_sparse.then_some(repository)
}

/// The files that the index says are left out.
fn skipped(index: &Index) -> Vec<(Vec<u8>, Oid)> {
    let is_skipped = |entry: &git2::IndexEntry| {
        entry.flags_extended & SKIP_WORKTREE != 0 && BLOB_MODES.contains(&entry.mode)
    };
    index.iter().filter(is_skipped).map(|entry| (entry.path, entry.id)).collect()
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
fn skipped_by_git(work_tree: &Path) -> Result<Vec<(Vec<u8>, Oid)>, String> {
    let output = GitCommand::new(work_tree).run(&["ls-files", "-t", "-s", "-z"], b"")?;
    // `S MODE ID STAGE<TAB>PATH`, each with a NUL at its end.
    let skipped = output.split(|byte| *byte == 0).filter_map(|line| {
        let line = line.strip_prefix(b"S ")?;
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let mut words = std::str::from_utf8(&line[..tab]).ok()?.split(' ');
        let mode = u32::from_str_radix(words.next()?, 8).ok()?;
        let id = Oid::from_str(words.next()?).ok()?;
        BLOB_MODES.contains(&mode).then(|| (line[tab + 1..].to_vec(), id))
    });
    Ok(skipped.collect())
}

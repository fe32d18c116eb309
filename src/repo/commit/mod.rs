//! Committing some files, and nothing else: what is staged besides them stays staged, what is changed stays
//! changed.
//!
//! A commit is made in three steps, so that nothing is written before it is known to work: [`Committer::open`] looks for
//! all that would stop it, [`Committer::plan`] puts the commit among the objects where no branch leads to it, and
//! [`Committer::finish`] has the branch lead there, once the files are on disk.

mod attributes;
mod error;
mod identity;
mod message;
mod obstacles;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use git2::build::TreeUpdateBuilder;
use git2::{ErrorCode, FileMode, Index, IndexEntry, ObjectType, Oid, Repository};

use self::identity::Identity;
use super::history::Checkout;
use super::sparse::SKIP_WORKTREE;
use crate::source::{MAX_FILE_BYTES, RepoPath, fault};

pub use error::CommitError;
pub use message::{cleaned, inert};

/// A repository in which a commit can be made.
pub struct Committer {
    repository: Repository,
    /// The folder of the handbook in it.
    prefix: PathBuf,
    /// The branch that `HEAD` names, in full.
    branch: String,
    parent: Oid,
    identity: Identity,
}

/// A file that is to be committed.
#[derive(Debug)]
pub struct NewContent<'p> {
    /// Its path in the handbook.
    pub path: &'p RepoPath,
    /// All of its bytes, as they are on disk or will be.
    pub bytes: Vec<u8>,
}

/// What git has of a file besides the one on disk.
#[derive(Debug)]
pub struct Held {
    /// What the last commit has.
    pub committed: Option<Vec<u8>>,
    /// What is staged.
    pub staged: Option<Vec<u8>>,
    /// Whether its mode is another than that of the last commit.
    pub has_other_mode: bool,
}

/// A commit that no branch leads to yet.
#[derive(Debug)]
pub struct Planned {
    id: Oid,
    files: Vec<(PathBuf, Oid, FileMode)>,
    subject: String,
}

impl Planned {
    /// The name of the commit, in hexadecimal.
    pub fn id(&self) -> String {
        self.id.to_string()
    }
}

impl std::fmt::Debug for Committer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Committer").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl Committer {
    /// Looks whether a commit can be made in the repository around `root`.
    pub fn open(root: &Path) -> Result<Self, CommitError> {
        let place = Checkout::of(root)?.ok_or(CommitError::NoRepository)?;
        let repository = place.repository;
        obstacles::state(&repository)?;
        let identity = identity::of(&repository)?;
        // One that cannot be read is found now and not when the pages are written.
        repository.index()?;
        let branch = repository.head()?.name()?.to_owned();
        obstacles::locks(&repository, &branch)?;
        let prefix = PathBuf::from(String::from_utf8_lossy(&place.prefix).into_owned());
        Ok(Self { prefix, branch, parent: place.head, identity, repository })
    }

    /// Returns what git has of the file at `path`.
    pub fn held(&self, path: &RepoPath) -> Result<Held, CommitError> {
        let place = self.place(path);
        let read = |id: Oid| -> Result<Vec<u8>, git2::Error> {
            Ok(self.repository.find_blob(id)?.content().to_owned())
        };
        let entry = self.committed_entry(&place)?;
        let staged = self.repository.index()?.get_path(&place, 0);
        let has_other_mode = match &entry {
            Some((_, mode)) => self.mode(&place)? != *mode,
            None => false,
        };
        Ok(Held {
            committed: entry.map(|(id, _)| read(id)).transpose()?,
            staged: staged.map(|entry| read(entry.id)).transpose()?,
            has_other_mode,
        })
    }

    /// Returns `bytes` as git would store them for the file at `path`: with the line ends that its attributes ask for.
    pub fn stored(&self, path: &RepoPath, bytes: &[u8]) -> Result<Vec<u8>, CommitError> {
        let id = self.add_object(&self.place(path), bytes)?;
        Ok(self.repository.find_blob(id)?.content().to_owned())
    }

    /// Returns whether the file at `path` on disk is other than what the last commit has, or is in none.
    #[expect(clippy::disallowed_methods, reason = "git has to store the same bytes")]
    pub fn is_uncommitted(&self, path: &RepoPath) -> Result<bool, CommitError> {
        let place = self.place(path);
        let on_disk = self.repository.workdir().unwrap_or(Path::new("")).join(&place);
        let entry = self.committed_entry(&place)?;
        let on_disk_data = on_disk.symlink_metadata();
        // What a sparse checkout leaves out is as the index has it.
        if let (Some((id, _)), Err(_)) = (&entry, &on_disk_data)
            && let Some(staged) = self.repository.index()?.get_path(&place, 0)
            && staged.flags_extended & SKIP_WORKTREE != 0
        {
            return Ok(staged.id != *id);
        }
        Ok(match (entry, on_disk_data) {
            (None, Err(_)) => false,
            (None, Ok(_)) | (Some(_), Err(_)) => true,
            (Some((id, _)), Ok(metadata)) if metadata.is_symlink() => {
                let target = std::fs::read_link(&on_disk).unwrap_or_default();
                let target = target.into_os_string().into_encoded_bytes();
                self.repository.find_blob(id)?.content() != target
            }
            // No handbook is read from anything else.
            (Some(_), Ok(metadata)) if !metadata.is_file() || metadata.len() > MAX_FILE_BYTES => {
                true
            }
            (Some((id, _)), Ok(_)) => match std::fs::read(&on_disk) {
                // Most files are stored as they are.
                Ok(bytes) => {
                    Oid::hash_object(ObjectType::Blob, &bytes)? != id
                        && self.add_object(&place, &bytes)? != id
                }
                Err(_) => true,
            },
        })
    }

    /// Returns why the file at `path` cannot be committed by pmctl, if it cannot.
    pub fn check_attributes(&self, path: &RepoPath) -> Result<(), CommitError> {
        attributes::check(&self.repository, &self.place(path), path)
    }

    /// Returns whether git leaves out the file at `path`, which it does not track.
    pub fn is_ignored(&self, path: &RepoPath) -> Result<bool, CommitError> {
        let place = self.place(path);
        let is_tracked = self.repository.index()?.get_path(&place, 0).is_some();
        Ok(!is_tracked && self.repository.is_path_ignored(&place)?)
    }

    /// Makes the commit of `files` that `HEAD` could lead to; `None` where it would change nothing. All its objects
    /// are written, so that nothing but the branch is left to change.
    pub fn plan(
        &self,
        files: &[NewContent<'_>],
        message: &str,
    ) -> Result<Option<Planned>, CommitError> {
        let repository = &self.repository;
        let parent = repository.find_commit(self.parent)?;
        let (mut update, mut planned) = (TreeUpdateBuilder::new(), Vec::new());
        for NewContent { path, bytes } in files {
            let place = self.place(path);
            let id = self.add_object(&place, bytes)?;
            let mode = self.mode(&place)?;
            update.upsert(&place, id, mode);
            planned.push((place, id, mode));
        }
        let tree = update.create_updated(repository, &parent.tree()?)?;
        if tree == parent.tree_id() {
            return Ok(None);
        }
        let tree = repository.find_tree(tree)?;
        let Identity { author, committer } = &self.identity;
        let id = repository.commit(None, author, committer, message, &tree, &[&parent])?;
        let subject = message.lines().next().unwrap_or_default().to_owned();
        Ok(Some(Planned { id, files: planned, subject }))
    }

    /// Has the branch lead to `planned`, whose files are on disk now, and gives the name of the commit. If that fails,
    /// the index is as it was.
    pub fn finish(&self, planned: &Planned) -> Result<String, CommitError> {
        let mut index = self.repository.index()?;
        // Another command may have staged something since it was looked at.
        index.read(false)?;
        let mut before = Vec::new();
        for (place, id, mode) in &planned.files {
            before.push((place.clone(), index.get_path(place, 0)));
            index.add_path(place)?;
            let is_so = |entry: IndexEntry| {
                let is_executable = entry.mode & 0o100 != 0;
                entry.id == *id && is_executable == (*mode == FileMode::BlobExecutable)
            };
            if !index.get_path(place, 0).is_some_and(is_so) {
                return Err(CommitError::Changed(place.clone()));
            }
        }
        let point = || fault::point().map_err(|error| CommitError::Git(error.to_string()));
        point()?;
        // Before the branch: another command may hold the lock.
        index.write().map_err(|error| match error.code() {
            ErrorCode::Locked => CommitError::Locked(self.repository.path().join("index.lock")),
            _ => error.into(),
        })?;
        let Planned { id, subject, .. } = planned;
        let log = format!("commit: {subject}");
        let moved = point().and_then(|()| {
            let to = &self.branch;
            let moved = self.repository.reference_matching(to, *id, true, self.parent, &log);
            moved.map_err(|error| match error.code() {
                ErrorCode::Modified => CommitError::Moved(to.clone()),
                _ => error.into(),
            })
        });
        if moved.is_err() {
            // The first error is the one to report.
            let _ = restore(&mut index, before);
        }
        moved.map(|_| id.to_string())
    }

    /// The object and the mode that the last commit has at `place`.
    fn committed_entry(&self, place: &Path) -> Result<Option<(Oid, FileMode)>, CommitError> {
        let tree = self.repository.find_commit(self.parent)?.tree()?;
        match tree.get_path(place) {
            Ok(entry) if entry.filemode() & 0o100 != 0 => {
                Ok(Some((entry.id(), FileMode::BlobExecutable)))
            }
            Ok(entry) => Ok(Some((entry.id(), FileMode::Blob))),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes `bytes` among the objects, as git stores them at `place`.
    fn add_object(&self, place: &Path, bytes: &[u8]) -> Result<Oid, CommitError> {
        let mut writer = self.repository.blob_writer(Some(place))?;
        let written = writer.write_all(bytes);
        written.map_err(|error| CommitError::Git(error.to_string()))?;
        Ok(writer.commit()?)
    }

    /// The mode of the file at `place`: that on disk, where the file system knows modes, else that which git has.
    fn mode(&self, place: &Path) -> Result<FileMode, CommitError> {
        let knows_modes = self.repository.config()?.get_bool("core.fileMode").unwrap_or(true);
        let on_disk = self.repository.workdir().map(|folder| folder.join(place));
        if let Some(metadata) =
            on_disk.filter(|_| knows_modes && cfg!(unix)).and_then(|file| file.metadata().ok())
        {
            return Ok(if is_executable(&metadata) {
                FileMode::BlobExecutable
            } else {
                FileMode::Blob
            });
        }
        let entry = self.repository.index()?.get_path(place, 0);
        Ok(match entry {
            Some(entry) if entry.mode & 0o100 != 0 => FileMode::BlobExecutable,
            _ => FileMode::Blob,
        })
    }

    fn place(&self, path: &RepoPath) -> PathBuf {
        self.prefix.join(path.as_str())
    }
}

#[cfg(unix)]
fn is_executable(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &std::fs::Metadata) -> bool {
    false
}

/// Gives each path the entry that it had.
fn restore(
    index: &mut Index,
    entries: Vec<(PathBuf, Option<IndexEntry>)>,
) -> Result<(), git2::Error> {
    for (place, entry) in entries {
        match entry {
            Some(entry) => index.add(&entry)?,
            None => index.remove(&place, 0)?,
        }
    }
    index.write()
}

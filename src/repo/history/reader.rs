//! Reads the objects of a repository, and keeps those of late.

use std::collections::HashMap;
use std::sync::Arc;

use git2::{ErrorCode, ObjectType, Oid, Repository};

use super::HistoryError;
use super::commit::Commit;
use super::moves::Moves;
use super::tree::{TreeEntry, entry_in};
use crate::source::MAX_FILE_BYTES;

/// How many bytes of trees are kept.
const TREE_BYTES: usize = 32 * 1024 * 1024;

/// A repository, and what was read of it.
pub(in crate::repo) struct Reader {
    pub(in crate::repo) repository: Repository,
    commits: HashMap<Oid, Arc<Commit>>,
    trees: HashMap<Oid, Arc<[u8]>>,
    tree_bytes: usize,
    moves: HashMap<(Oid, Oid), Arc<Moves>>,
}

impl Reader {
    pub(in crate::repo) fn new(repository: Repository) -> Self {
        Self {
            repository,
            commits: HashMap::new(),
            trees: HashMap::new(),
            tree_bytes: 0,
            moves: HashMap::new(),
        }
    }

    /// Reads the commit `id`.
    pub(super) fn commit(&self, id: Oid) -> Result<Commit, HistoryError> {
        let read = |data: &[u8]| Commit::parse(id, data);
        self.read(id, ObjectType::Commit, read)?.ok_or_else(|| damaged(id, "not a commit"))
    }

    /// Reads the commit `id`, and keeps it.
    pub(in crate::repo) fn kept_commit(&mut self, id: Oid) -> Result<Arc<Commit>, HistoryError> {
        if let Some(known) = self.commits.get(&id) {
            return Ok(Arc::clone(known));
        }
        let commit = Arc::new(self.commit(id)?);
        self.commits.insert(id, Arc::clone(&commit));
        Ok(commit)
    }

    /// Reads the bytes of the tree `id`, and keeps them for a while: a commit's trees are needed twice, as its own and as
    /// its child's parent's, and most subtrees by many commits.
    pub(in crate::repo) fn tree(&mut self, id: Oid) -> Result<Arc<[u8]>, HistoryError> {
        if let Some(known) = self.trees.get(&id) {
            return Ok(Arc::clone(known));
        }
        let bytes: Arc<[u8]> = self.read(id, ObjectType::Tree, |data| data.into())?;
        if self.tree_bytes > TREE_BYTES {
            self.trees.clear();
            self.tree_bytes = 0;
        }
        self.tree_bytes += bytes.len();
        self.trees.insert(id, Arc::clone(&bytes));
        Ok(bytes)
    }

    fn read<T>(
        &self,
        id: Oid,
        kind: ObjectType,
        read: impl FnOnce(&[u8]) -> T,
    ) -> Result<T, HistoryError> {
        let odb = self.repository.odb().map_err(|error| damaged(id, error.message()))?;
        let object = odb.read(id).map_err(|error| unread(id, &error))?;
        match object.kind() == kind {
            true => Ok(read(object.data())),
            false => Err(damaged(id, &format!("not a {kind}"))),
        }
    }

    /// The file at `path` in the root tree `tree`, if there is one; a folder or a submodule is none.
    pub(super) fn file(
        &mut self,
        tree: Oid,
        path: &[u8],
    ) -> Result<Option<TreeEntry>, HistoryError> {
        Ok(self.entry(tree, path)?.filter(|entry| entry.is_blob()))
    }

    /// What the tree `tree` has at `path`.
    pub(in crate::repo) fn entry(
        &mut self,
        tree: Oid,
        path: &[u8],
    ) -> Result<Option<TreeEntry>, HistoryError> {
        let mut folder = tree;
        let mut parts = path.split(|byte| *byte == b'/').peekable();
        while let Some(name) = parts.next() {
            let bytes = self.tree(folder)?;
            let Some(entry) = entry_in(folder, &bytes, name)? else { return Ok(None) };
            match parts.peek() {
                None => return Ok(Some(entry)),
                Some(_) if entry.is_folder() => folder = entry.id,
                Some(_) => return Ok(None),
            }
        }
        Ok(None)
    }

    /// What moved between the root trees `old` and `new`.
    pub(super) fn moves(&mut self, new: Oid, old: Oid) -> Result<Arc<Moves>, HistoryError> {
        if let Some(known) = self.moves.get(&(new, old)) {
            return Ok(Arc::clone(known));
        }
        let moves = Arc::new(Moves::between(self, new, old)?);
        self.moves.insert((new, old), Arc::clone(&moves));
        Ok(moves)
    }

    /// The content that `id` names; `None` if it is larger than [`MAX_FILE_BYTES`] or not that of a file.
    pub(in crate::repo) fn blob(&self, id: Oid) -> Result<Option<Vec<u8>>, HistoryError> {
        let odb = self.repository.odb().map_err(|error| damaged(id, error.message()))?;
        // The header is cheap to read, and has the size before the content is unpacked.
        let (size, kind) = odb.read_header(id).map_err(|error| unread(id, &error))?;
        if kind != ObjectType::Blob || size as u64 > MAX_FILE_BYTES {
            return Ok(None);
        }
        let object = odb.read(id).map_err(|error| unread(id, &error))?;
        Ok(Some(object.data().to_owned()))
    }

    /// How many bytes the content has that `id` names.
    pub(in crate::repo) fn blob_size(&self, id: Oid) -> Result<u64, HistoryError> {
        let odb = self.repository.odb().map_err(|error| damaged(id, error.message()))?;
        let (size, _) = odb.read_header(id).map_err(|error| unread(id, &error))?;
        Ok(size as u64)
    }

    /// Whether `ancestor` is the commit `of` or one that it builds on.
    pub(super) fn is_ancestor(&self, ancestor: Oid, of: Oid) -> bool {
        ancestor == of || self.repository.graph_descendant_of(of, ancestor).unwrap_or(false)
    }
}

fn unread(id: Oid, error: &git2::Error) -> HistoryError {
    match error.code() {
        ErrorCode::NotFound => HistoryError::Missing { id },
        _ => damaged(id, error.message()),
    }
}

/// That the object `id` is damaged.
pub(super) fn damaged(id: Oid, reason: &str) -> HistoryError {
    HistoryError::Damaged { id, reason: reason.to_owned() }
}

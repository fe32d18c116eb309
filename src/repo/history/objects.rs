//! Reads commits and trees, and keeps the trees of late.
//!
//! They are parsed here, and not by libgit2, which refuses a whole commit for an odd author line and knows
//! a shallow clone's boundary only where the clone was made. Git itself reads them as leniently as this.

use std::collections::HashMap;
use std::rc::Rc;

use git2::{ErrorCode, ObjectType, Odb, OdbObject, Oid};

use super::HistoryError;
use super::commit::Commit;

/// How many bytes of trees a generation keeps. A commit's trees are needed twice, as its own and as its
/// child's parent's, and most subtrees by many commits.
const GENERATION_BYTES: usize = 16 * 1024 * 1024;

/// Reads commits and trees.
pub(super) struct Objects<'odb> {
    odb: &'odb Odb<'odb>,
    /// Trees of late, and those of before: what is not used for a generation is forgotten.
    young: HashMap<Oid, Rc<OdbObject<'odb>>>,
    old: HashMap<Oid, Rc<OdbObject<'odb>>>,
    young_bytes: usize,
}

impl<'odb> Objects<'odb> {
    /// Reads from `odb`.
    pub(super) fn new(odb: &'odb Odb<'odb>) -> Self {
        Self { odb, young: HashMap::new(), old: HashMap::new(), young_bytes: 0 }
    }

    /// The commit `id`.
    pub(super) fn commit(&self, id: Oid) -> Result<Commit<'odb>, HistoryError> {
        let object = self.read(id, ObjectType::Commit)?;
        Commit::parse(id, object).ok_or_else(|| damaged(id, "not a commit"))
    }

    /// The tree `id`.
    pub(super) fn tree(&mut self, id: Oid) -> Result<Rc<OdbObject<'odb>>, HistoryError> {
        if let Some(tree) = self.young.get(&id) {
            return Ok(Rc::clone(tree));
        }
        let tree = match self.old.remove(&id) {
            Some(tree) => tree,
            None => Rc::new(self.read(id, ObjectType::Tree)?),
        };
        if self.young_bytes > GENERATION_BYTES {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        self.young_bytes += tree.len();
        self.young.insert(id, Rc::clone(&tree));
        Ok(tree)
    }

    fn read(&self, id: Oid, kind: ObjectType) -> Result<OdbObject<'odb>, HistoryError> {
        let object = self.odb.read(id).map_err(|error| match error.code() {
            ErrorCode::NotFound => HistoryError::Missing { id },
            _ => damaged(id, error.message()),
        })?;
        if object.kind() == kind { Ok(object) } else { Err(damaged(id, &format!("not a {kind}"))) }
    }
}

/// That the object `id` is damaged.
pub(super) fn damaged(id: Oid, reason: &str) -> HistoryError {
    HistoryError::Damaged { id, reason: reason.to_owned() }
}

//! Attributes that have git change a file on its way into the repository.

use std::path::Path;

use git2::{AttrCheckFlags, AttrValue, Repository};

use super::CommitError;
use crate::source::RepoPath;

/// Fails if a filter would change the file at `place` on its way into the repository: a program of its own such as that
/// of Git LFS, `ident`, or another encoding. Line ends are no filter; libgit2 changes them as git does.
pub(super) fn check(
    repository: &Repository,
    place: &Path,
    path: &RepoPath,
) -> Result<(), CommitError> {
    let filtered = |attribute| Err(CommitError::Filtered { path: path.clone(), attribute });
    for name in ["filter", "ident", "working-tree-encoding"] {
        let value = repository.get_attr(place, name, AttrCheckFlags::FILE_THEN_INDEX)?;
        match AttrValue::from_string(value) {
            AttrValue::True if name == "ident" => return filtered(name.to_owned()),
            // Without a value there is neither a program nor an encoding.
            AttrValue::Unspecified | AttrValue::False | AttrValue::True => {}
            AttrValue::String(value) if is_utf8(name, value) => {}
            AttrValue::String(value) => return filtered(format!("{name}={value}")),
            AttrValue::Bytes(value) => {
                return filtered(format!("{name}={}", String::from_utf8_lossy(value)));
            }
        }
    }
    Ok(())
}

/// Whether the attribute `name` asks for the encoding that git stores anyway.
fn is_utf8(name: &str, value: &str) -> bool {
    name == "working-tree-encoding" && ["utf-8", "utf8"].contains(&&*value.to_lowercase())
}

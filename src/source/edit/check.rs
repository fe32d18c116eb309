//! What is checked of a changed file before anything is written.

use super::prepared::Change;
use crate::source::MAX_FILE_BYTES;
use crate::source::store::BOM;

/// That pmctl could read what it is about to write.
pub(super) fn readable(text: &str) -> Result<(), String> {
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err("the file would grow beyond the 8 MiB that are read".to_owned());
    }
    if text.contains('\0') {
        return Err("the file would hold a NUL byte".to_owned());
    }
    // Reading takes the mark away, so what was written would not be what is read.
    if text.starts_with(BOM) {
        return Err("the text would begin with a byte order mark".to_owned());
    }
    Ok(())
}

/// That every byte outside the edits is as it was, and that the edits hold what they should: walks
/// both texts without the code that applied the edits.
pub(super) fn nothing_else_changed(change: &Change<'_>) -> Result<(), String> {
    let (mut old, mut new) = (change.old.as_bytes(), change.new.as_bytes());
    let mut at = 0;
    let mut holds = true;
    for edit in change.edits {
        let range = edit.span.range();
        let (same, rest) = old.split_at_checked(range.start - at).unwrap_or((old, &[]));
        holds &= new.starts_with(same);
        new = new.get(same.len()..).unwrap_or_default();
        holds &= new.starts_with(edit.replacement.as_bytes());
        new = new.get(edit.replacement.len()..).unwrap_or_default();
        old = rest.get(range.len()..).unwrap_or_default();
        at = range.end;
    }
    if holds && old == new {
        Ok(())
    } else {
        Err("bytes outside the change would differ, which is a fault of pmctl".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::edit::Edit;
    use crate::source::{FileId, RepoPath, Span};

    #[test]
    fn bytes_outside_the_edits_are_compared_without_trusting_who_applied_them() {
        let edits = [Edit::new(Span::new(FileId(0), 2..4), "X")];
        let path = RepoPath::default();
        let holds = |new: &str| {
            let change = Change { path: &path, file: FileId(0), old: "abcdef", new, edits: &edits };
            nothing_else_changed(&change).is_ok()
        };
        assert!(holds("abXef"));
        for new in ["abXeF", "aBXef", "abYef", "abXe", "abXeff", "abX", "", "abcdef"] {
            assert!(!holds(new), "{new}");
        }
    }
}

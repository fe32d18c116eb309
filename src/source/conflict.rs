//! The lines that git leaves in a file where a merge was not finished.
//!
//! Source: git-merge(1), "How conflicts are presented", with the `|||||||` of the style diff3.

use std::ops::Range;

/// What to do about an unfinished merge.
pub const CONFLICT_HELP: &str =
    "choose what stays, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`";

/// What an unfinished merge is called.
pub const CONFLICT: &str = "a merge conflict is not resolved here";

/// One of the lines that git adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictMarker {
    /// Its first character: `<`, `|`, `=` or `>`.
    pub kind: u8,
    /// The line, without its end.
    pub line: Range<usize>,
}

/// The fewest characters of a marker; `conflict-marker-size` and nested merges make it longer.
const LENGTH: usize = 7;

/// The lines of `text` that look like those of an unfinished merge. A line of `=` alone may be something else.
pub fn conflict_markers(text: &str) -> Vec<ConflictMarker> {
    let bytes = text.as_bytes();
    let seven = |kind: u8| memchr::memmem::find(bytes, &[kind; LENGTH]).is_some();
    // Nearly no file gets further than this.
    if !seven(b'<') && !seven(b'>') && !seven(b'|') && !seven(b'=') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        if let Some(kind) = kind_of(line) {
            found.push(ConflictMarker { kind, line: at..at + line.len() });
        }
        at += whole.len();
    }
    found
}

/// The lines of the conflicts in `text` that are whole: from `<<<<<<<` over `=======` to `>>>>>>>`. Each
/// conflict is its markers, in order.
pub fn whole_conflicts(text: &str) -> Vec<Vec<ConflictMarker>> {
    let mut whole = Vec::new();
    let mut open: Vec<ConflictMarker> = Vec::new();
    for marker in conflict_markers(text) {
        match (marker.kind, open.is_empty()) {
            (b'<', _) => open = vec![marker],
            (_, true) => {}
            (b'>', false) => {
                let has_middle = open.iter().any(|marker| marker.kind == b'=');
                let mut markers = std::mem::take(&mut open);
                if has_middle {
                    markers.push(marker);
                    whole.push(markers);
                }
            }
            (_, false) => open.push(marker),
        }
    }
    whole
}

/// The first character of `line`, if it is a marker.
fn kind_of(line: &str) -> Option<u8> {
    let kind = *line.as_bytes().first()?;
    if !matches!(kind, b'<' | b'|' | b'=' | b'>') {
        return None;
    }
    let length = line.bytes().take_while(|&byte| byte == kind).count();
    let rest = &line[length..];
    let is_marker = match kind {
        b'=' => rest.is_empty(),
        _ => rest.is_empty() || rest.starts_with(' '),
    };
    (length >= LENGTH && is_marker).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> String {
        conflict_markers(text).iter().map(|marker| char::from(marker.kind)).collect()
    }

    #[test]
    fn the_lines_of_both_styles_are_known_whatever_their_line_ends() {
        let text = "a\n<<<<<<< HEAD\r\nb\r\n||||||| 12ab\r\n=======\r\nc\r\n>>>>>>> autumn\r\n";
        assert_eq!(kinds(text), "<|=>");
        assert_eq!(&text[conflict_markers(text)[0].line.clone()], "<<<<<<< HEAD");
        assert_eq!(kinds("<<<<<<<<< deeper\n>>>>>>>>> deeper"), "<>");
    }

    #[test]
    fn other_lines_are_not() {
        for text in
            ["<<<<<< six\n", " <<<<<<< in\n", "<<<<<<<x\n", "======= x\n", "||||||||x\n", ""]
        {
            assert_eq!(kinds(text), "", "{text}");
        }
    }

    #[test]
    fn a_conflict_is_whole_from_its_first_marker_to_its_last() {
        let text = "=======\n<<<<<<< a\n=======\n>>>>>>> b\n>>>>>>> c\n<<<<<<< d\n>>>>>>> e\n";
        let whole = whole_conflicts(text);
        assert_eq!(whole.len(), 1);
        assert_eq!(whole[0].len(), 3);
    }
}

//! The lines that git leaves in a file where a merge was not finished.
//!
//! Source: git-merge(1), "How conflicts are presented", with the `|||||||` of the style diff3.

use std::collections::HashSet;
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

/// The first lines of what unfinished merges left in `text`: of each conflict that is whole, and what is left where a person
/// removed some of the markers. A quote in quotes and the line under a heading look alike, and are not found.
pub fn open_merges(text: &str) -> Vec<ConflictMarker> {
    let whole = whole_conflicts(text);
    let known: HashSet<usize> = whole.iter().flatten().map(|marker| marker.line.start).collect();
    let is_quote = |line: Option<&str>| line.is_some_and(|line| line.starts_with('>'));
    let is_left = |marker: &ConflictMarker| {
        let Range { start, end } = marker.line;
        let label = text[start..end].trim_start_matches(char::from(marker.kind));
        match marker.kind {
            b'<' => !label.trim().is_empty(),
            b'>' => {
                let next = text[end..].trim_start_matches('\r').strip_prefix('\n');
                let is_alone = !is_quote(text[..start].lines().next_back())
                    && !is_quote(next.and_then(|next| next.lines().next()));
                // The name of a branch or a commit has no blank but before its subject.
                let name = label.trim();
                let is_name = !name.is_empty() && (!name.contains(' ') || name.ends_with(')'));
                is_alone && is_name && end - start - label.len() == LENGTH
            }
            _ => false,
        }
    };
    let left = conflict_markers(text)
        .into_iter()
        .filter(|marker| !known.contains(&marker.line.start) && is_left(marker));
    let mut first: Vec<ConflictMarker> = left.collect();
    first.extend(whole.iter().filter_map(|markers| markers.first().cloned()));
    first.sort_by_key(|marker| marker.line.start);
    first
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

    #[test]
    fn what_is_left_of_a_merge_is_found_and_what_looks_alike_is_not() {
        let places = |text: &str| -> Vec<usize> {
            open_merges(text).iter().map(|marker| marker.line.start).collect()
        };
        assert_eq!(places("a\n<<<<<<< HEAD\nb\n"), [2]);
        assert_eq!(places("a\n>>>>>>> origin/main\nb\n"), [2]);
        assert_eq!(places("a\n>>>>>>> 12ab (Add b)\r\n"), [2]);
        assert_eq!(places("<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n<<<<<<< c\n"), [0, 34]);
        for text in [
            "A\n=======\n",
            "|||||||\n",
            "<<<<<<<\n",
            ">>>>>>>\n",
            ">>>>>> q\n>>>>>>> quoted\n",
            ">>>>>>> Some words that are quoted.\n",
            ">>>>>>>> deeper\n",
        ] {
            assert_eq!(places(text), Vec::<usize>::new(), "{text:?}");
        }
    }
}

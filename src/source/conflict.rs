//! The lines that git leaves in a file where a merge was not finished.
//!
//! Source: git-merge(1), "How conflicts are presented", with the `|||||||` of the style diff3.

use std::ops::Range;

use super::markdown::Outline;

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

/// The lines of the conflicts in `text`, each conflict with its markers in order: the whole ones, from `<<<<<<<` over
/// `=======` to `>>>>>>>`, and those of which a part is left after somebody has removed the rest.
///
/// A line alone counts where nothing else looks so: `<<<<<<<` with a label always, `>>>>>>>`, which may be a quote in
/// seven quotes, and `|||||||`, which may be a row of a table, with a label as git writes it.
pub fn conflicts(text: &str) -> Vec<Vec<ConflictMarker>> {
    let mut found: Vec<Vec<ConflictMarker>> = Vec::new();
    // Whether the last of them may go on.
    let mut is_open = false;
    for marker in conflict_markers(text) {
        let kind = marker.kind;
        match found.last_mut().filter(|_| is_open && kind != b'<') {
            Some(open) => {
                open.push(marker);
                is_open = kind != b'>';
            }
            None if kind == b'<' || kind != b'=' && is_left_alone(text, &marker) => {
                found.push(vec![marker]);
                is_open = kind != b'>';
            }
            None => {}
        }
    }
    found.retain(|markers| is_whole(markers) || markers.iter().any(|it| is_left_alone(text, it)));
    found
}

/// The first marker outside of code of each conflict on the page `text`. In a comment, a conflict is one all the same.
pub fn conflicts_outside_code(text: &str, outline: &Outline) -> Vec<ConflictMarker> {
    let conflicts = conflicts(text);
    if conflicts.is_empty() {
        return Vec::new();
    }
    let mut code: Vec<&Range<usize>> = outline.code.iter().map(|code| &code.span).collect();
    code.sort_unstable_by_key(|range| range.end);
    let is_code = |marker: &ConflictMarker| {
        let next = code.partition_point(|range| range.end <= marker.line.start);
        code.get(next).is_some_and(|range| range.start <= marker.line.start)
    };
    // A line of `=` alone may be that of a heading.
    let is_open = |marker: &ConflictMarker| marker.kind != b'=' && !is_code(marker);
    conflicts.into_iter().filter_map(|markers| markers.into_iter().find(is_open)).collect()
}

fn is_whole(markers: &[ConflictMarker]) -> bool {
    let is = |at: Option<&ConflictMarker>, kind| at.is_some_and(|marker| marker.kind == kind);
    is(markers.first(), b'<')
        && is(markers.last(), b'>')
        && markers.iter().any(|marker| marker.kind == b'=')
}

/// Whether `marker` is of an unfinished merge, though the rest of it may be gone.
fn is_left_alone(text: &str, marker: &ConflictMarker) -> bool {
    let line = &text[marker.line.clone()];
    let label = line.trim_start_matches(char::from(marker.kind)).trim();
    match marker.kind {
        b'<' => !label.is_empty() && !label.ends_with('>'),
        b'|' => is_label(label),
        b'>' => {
            // Next to other quotes it is one.
            let is_quote = |line: Option<&str>| line.is_some_and(|line| line.starts_with('>'));
            let before = text[..marker.line.start].lines().next_back();
            let after = text[marker.line.end..].lines().nth(1);
            is_label(label) && !is_quote(before) && !is_quote(after)
        }
        _ => false,
    }
}

/// Whether git would call a side so: by one word, such as a branch or a commit, by a commit and its subject in brackets,
/// or by a name of its own.
fn is_label(label: &str) -> bool {
    const NAMES: [&str; 3] = ["Stashed changes", "Updated upstream", "merged common ancestors"];
    let (word, rest) = label.split_once(' ').unwrap_or((label, ""));
    let is_name = |c: char| c.is_alphanumeric() || "._/-+#@~^:".contains(c);
    let is_word = !word.is_empty()
        && word.chars().all(is_name)
        && !word.ends_with(['.', ':', ','])
        && word.contains(char::is_alphanumeric);
    let is_commit = (7..=40).contains(&word.len()) && word.bytes().all(|c| c.is_ascii_hexdigit());
    is_word && (rest.is_empty() || is_commit && rest.starts_with('(') && rest.ends_with(')'))
        || NAMES.contains(&label)
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
    fn a_part_that_is_left_of_a_conflict_is_found_by_its_label() {
        let firsts = |text: &str| -> Vec<String> {
            let found = conflicts(text);
            found.iter().map(|markers| text[markers[0].line.clone()].to_owned()).collect()
        };
        for line in [
            "<<<<<<< HEAD",
            "<<<<<<< Updated upstream",
            "<<<<<<< any words",
            ">>>>>>> origin/main",
            ">>>>>>> 1a2b3c4d",
            ">>>>>>> 1a2b3c4 (Add the second boards)",
            ">>>>>>> autumn",
            ">>>>>>> Stashed changes",
            "||||||| 1a2b3c4",
            "||||||| merged common ancestors",
        ] {
            assert_eq!(firsts(&format!("# A\n\ntext\n{line}\nmore\n")), [line], "{line}");
        }
        assert_eq!(firsts("<<<<<<< HEAD\na\n=======\nb\n"), ["<<<<<<< HEAD"]);
        assert_eq!(firsts("<<<<<<< HEAD\na\n>>>>>>> b\n"), ["<<<<<<< HEAD"]);
        assert_eq!(firsts("||||||| 12ab\na\n=======\nb\n>>>>>>> b\n"), ["||||||| 12ab"]);
        assert_eq!(firsts("a\n=======\nb\n>>>>>>> b\n"), [">>>>>>> b"]);
        assert_eq!(firsts("<<<<<<< a\n<<<<<<< b\n").len(), 2);
    }

    #[test]
    fn quotes_tables_and_headings_are_no_conflicts() {
        for text in [
            "Title\n=======\n",
            "<<<<<<<\n",
            ">>>>>>>\n",
            ">>>>>>> he said so\n",
            ">>>>>>> Yes.\n",
            ">>>>>> six\n>>>>>>> seven\n",
            ">>>>>>> seven\n>>>>>> six\n",
            "||||||| x |\n",
            "|||||||\n",
            "||||||| a | b | c |\n",
        ] {
            assert_eq!(conflicts(text), Vec::<Vec<_>>::new(), "{text}");
        }
    }

    #[test]
    fn a_conflict_is_whole_from_its_first_marker_to_its_last() {
        let text = "=======\n<<<<<<<\n=======\n>>>>>>>\n=======\n";
        let whole = conflicts(text);
        assert_eq!(whole.len(), 1);
        assert_eq!(whole[0].len(), 3);
    }
}

//! What would change, as a unified diff.

use std::fmt::Write as _;
use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices, group_diff_ops};

use super::prepared::Prepared;

/// Lines that are shown around a change.
const CONTEXT: usize = 3;

/// The unified diff of all `prepared` files, in order of their paths; empty if there are none.
///
/// `patch` and `git apply` take it: lines end as they do in the files, carriage returns and byte order
/// marks included. Text of a handbook is in it as it is: where it is printed to, it is made harmless.
pub fn diff(prepared: &Prepared<'_>) -> String {
    let mut diff = String::new();
    for (path, text) in prepared.files() {
        let new = text.parts().concat();
        let old = text.old.map(|old| [old.bom(), old.text()].concat());
        match old {
            Some(_) => _ = writeln!(diff, "--- {}", name("a/", path.as_str())),
            None => _ = writeln!(diff, "--- /dev/null"),
        }
        _ = writeln!(diff, "+++ {}", name("b/", path.as_str()));
        hunks(&mut diff, &old.unwrap_or_default(), &new);
    }
    diff
}

/// The name of a file as git writes it: in quotes if it holds characters that would end the line or the quotes, and with a
/// tab after it if it holds a space, at which it would end otherwise.
fn name(side: &str, path: &str) -> String {
    let is_special = |c: char| c.is_ascii_control() || matches!(c, '"' | '\\');
    if !path.contains(is_special) {
        let end = if path.contains(' ') { "\t" } else { "" };
        return format!("{side}{path}{end}");
    }
    let mut quoted = format!("\"{side}");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            // Writing to a string cannot fail.
            c if c.is_ascii_control() => _ = write!(quoted, "\\{:03o}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

fn hunks(diff: &mut String, old: &str, new: &str) {
    // Lines end at `\n` alone, as for `patch`; a lone carriage return is a character like any other.
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let changes = capture_diff_slices(Algorithm::Myers, &old, &new);
    for group in group_diff_ops(changes, CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let old_lines = first.old_range().start..last.old_range().end;
        let new_lines = first.new_range().start..last.new_range().end;
        _ = writeln!(diff, "@@ -{} +{} @@", numbers(&old_lines), numbers(&new_lines));
        for change in group {
            if change.tag() == DiffTag::Equal {
                lines(diff, ' ', &old[change.old_range()]);
            } else {
                lines(diff, '-', &old[change.old_range()]);
                lines(diff, '+', &new[change.new_range()]);
            }
        }
    }
}

fn lines(diff: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        diff.push(sign);
        diff.push_str(line);
        if !line.ends_with('\n') {
            diff.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// A range of lines as a hunk's header has it: the first line from 1 and the count, unless it is 1;
/// an empty range is given by the line before it.
fn numbers(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => (lines.start + 1).to_string(),
        count => format!("{},{count}", lines.start + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::edit::{Edit, Edits, prepare};
    use crate::source::{FileStore, RepoPath, Span};

    fn of(text: &str, changes: &[(&str, &str)]) -> String {
        let mut store = FileStore::new();
        let (file, _) = store.add(RepoPath::new("p.md").expect("a path"), Ok(text.to_owned()));
        let text = store.file(file).text();
        let edits: Edits = changes
            .iter()
            .map(|(old, new)| {
                let at = text.find(old).expect("in the text");
                Edit::new(Span::new(file, at..at + old.len()), *new)
            })
            .collect();
        diff(&prepare(&store, &edits, |_| Ok(())).expect("prepared"))
    }

    #[test]
    fn three_lines_around_a_change_are_shown() {
        assert_eq!(
            of("1\n2\n3\n4\n5\n6\n7\n8\n9\n", &[("5\n", "five\n")]),
            "--- a/p.md\n+++ b/p.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        );
    }

    #[test]
    fn far_changes_are_hunks_of_their_own_and_insertions_have_no_old_lines() {
        let text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let two = of(text, &[("1\n", ""), ("9\n", "9\n10\n")]);
        assert_eq!(
            two,
            "--- a/p.md\n+++ b/p.md\n@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -7,3 +6,4 @@\n 7\n 8\n 9\n+10\n"
        );
    }

    #[test]
    fn carriage_returns_the_byte_order_mark_and_a_missing_line_break_are_shown_as_they_are() {
        assert_eq!(
            of("\u{feff}a\r\nb\rb", &[("b\rb", "c\rc")]),
            "--- a/p.md\n+++ b/p.md\n@@ -1,2 +1,2 @@\n \u{feff}a\r\n-b\rb\n\\ No newline at end of \
             file\n+c\rc\n\\ No newline at end of file\n"
        );
        assert_eq!(
            of("a", &[("a", "a\n")]),
            "--- a/p.md\n+++ b/p.md\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"
        );
    }

    #[test]
    fn files_stand_in_order_of_their_paths_and_new_ones_come_from_nothing() {
        let mut prepared = Prepared::default();
        for path in ["z.md", "a/b.md"] {
            prepared.create(RepoPath::new(path).expect("a path"), "x\ny\n").expect("created");
        }
        assert_eq!(
            diff(&prepared),
            "--- /dev/null\n+++ b/a/b.md\n@@ -0,0 +1,2 @@\n+x\n+y\n\
             --- /dev/null\n+++ b/z.md\n@@ -0,0 +1,2 @@\n+x\n+y\n"
        );
        assert_eq!(diff(&Prepared::default()), "");
    }

    #[test]
    fn a_large_text_that_changes_everywhere_is_shown_in_time() {
        let lines = |word: &str| -> String {
            let lines: Vec<String> = (0..20_000).map(|line| format!("{word} {line}\n")).collect();
            lines.concat()
        };
        let (old, new) = (lines("old"), lines("new"));
        let shown = of(&old, &[(&old, &new)]);
        assert_eq!(shown.lines().count(), 40_003);
    }
}

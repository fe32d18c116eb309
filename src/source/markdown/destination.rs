//! Finds the characters of a link's destination, which the Markdown parser gives without its place.

use std::ops::Range;

/// The destination of an inline link: behind the `](` that follows its content.
///
/// `content_end` is the end of the last part of the link's content that is not white space, `end` the end
/// of the link.
pub(super) fn in_link(text: &str, content_end: usize, end: usize, target: &str) -> Range<usize> {
    let from = content_end.min(end);
    match text[from..end].find("](") {
        Some(at) => locate(text, from + at + 2..end, target),
        None => end..end,
    }
}

/// The destination of the link reference definition at `definition`.
pub(super) fn in_definition(text: &str, definition: Range<usize>, target: &str) -> Range<usize> {
    let mut escaped = false;
    let label_end = text[definition.clone()].bytes().position(|byte| {
        let ends = byte == b']' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    // The label is followed by `]:`, both of one byte.
    let start = label_end.map_or(definition.end, |at| definition.start + at + 2);
    locate(text, start.min(definition.end)..definition.end, target)
}

/// The destination that `tail` begins with, behind white space and quote marks.
fn locate(text: &str, tail: Range<usize>, target: &str) -> Range<usize> {
    let source = &text[tail.clone()];
    let indent = source.len() - source.trim_start_matches([' ', '\t', '\r', '\n', '>']).len();
    let (start, length) = match source[indent..].strip_prefix('<') {
        Some(inside) => (indent + 1, bracketed(inside)),
        // As a rule it is written as it is meant: only escapes and character references are read.
        None if source[indent..].starts_with(target) => (indent, target.len()),
        None => (indent, bare(&source[indent..])),
    };
    tail.start + start..tail.start + start + length
}

/// The length up to the `>` that closes the destination.
fn bracketed(source: &str) -> usize {
    let mut escaped = false;
    let end = source.bytes().position(|byte| {
        let ends = byte == b'>' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.unwrap_or(source.len())
}

/// The length up to white space or the `)` that closes the link.
fn bare(source: &str) -> usize {
    let mut escaped = false;
    let mut depth = 0_usize;
    let end = source.bytes().position(|byte| {
        let ends = match byte {
            _ if byte.is_ascii_whitespace() => true,
            b')' if !escaped && depth == 0 => true,
            b')' if !escaped => {
                depth -= 1;
                false
            }
            b'(' if !escaped => {
                depth += 1;
                false
            }
            _ => false,
        };
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.unwrap_or(source.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_link<'t>(text: &'t str, target: &str) -> &'t str {
        &text[in_link(text, 1, text.len(), target)]
    }

    fn of_definition<'t>(text: &'t str, target: &str) -> &'t str {
        &text[in_definition(text, 0..text.len(), target)]
    }

    #[test]
    fn an_inline_destination_is_found_as_written() {
        assert_eq!(of_link("[a](plans.md)", "plans.md"), "plans.md");
        assert_eq!(of_link("[a]( plans.md 'plans.md' )", "plans.md"), "plans.md");
        assert_eq!(of_link("[a](<our plans.md>)", "our plans.md"), "our plans.md");
        assert_eq!(of_link("[a](\n> plans.md)", "plans.md"), "plans.md");
        assert_eq!(of_link(r"[a](\_x_\).md)", "_x_).md"), r"\_x_\).md");
        assert_eq!(of_link("[a](b(c)&amp;d)", "b(c)&d"), "b(c)&amp;d");
        assert_eq!(of_link("[a]()", ""), "");
        assert_eq!(of_link("[a](<>)", ""), "");
    }

    #[test]
    fn a_definition_has_its_destination_behind_the_label() {
        assert_eq!(of_definition("[b.md]: b.md", "b.md"), "b.md");
        assert_eq!(of_definition(r"[a\]: x]: <b c> 'b c'", "b c"), "b c");
        assert_eq!(of_definition("[a]:\n  b&amp;c\n  'title'", "b&c"), "b&amp;c");
    }

    #[test]
    fn an_empty_target_in_brackets_is_between_them() {
        assert_eq!(in_link("[a](<>)", 1, 7, ""), 5..5);
    }
}

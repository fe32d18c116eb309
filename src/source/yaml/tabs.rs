//! Tabs where YAML is indented, which only spaces may do.
//!
//! Some parsers take such a tab for white space and read something; Ruby and `PyYAML` refuse the file.
//!
//! Source: YAML 1.2.2, 6.1: indentation is spaces only.

use super::{Content, NodeData};

/// The first tab of `text` that indents a key, a dash or a value; `nodes` stand in the text from byte `offset` on.
pub(super) fn first_tab(text: &str, nodes: &[NodeData<'_>], offset: usize) -> Option<usize> {
    if !text.contains('\t') {
        return None;
    }
    let place =
        |node: &NodeData<'_>| (node.span.start as usize - offset, node.span.end as usize - offset);
    // What may go over several lines, in which a tab is white space or text.
    let mut inside: Vec<(usize, usize)> = nodes
        .iter()
        .filter(|node| node.marks.flow || matches!(node.content, Content::Scalar { .. }))
        .map(place)
        .filter(|&(start, end)| text[start..end].contains('\n'))
        .collect();
    inside.sort_unstable();
    let mut found = leading_tab(text, nodes, &inside, offset);
    for node in nodes.iter().filter(|node| !node.marks.flow) {
        if matches!(node.content, Content::Mapping(_) | Content::Sequence(_)) {
            let (start, _) = place(node);
            // A list in the column of its key is said to begin at its first item, whose tab is white space.
            let is_item =
                matches!(node.content, Content::Sequence(_)) && !text[start..].starts_with('-');
            let tab = if is_item { None } else { tab_after_indicator(text, start) };
            found = match (found, tab) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
    }
    found
}

/// The first tab in the white space that a line begins with, where that indents something.
fn leading_tab(
    text: &str,
    nodes: &[NodeData<'_>],
    inside: &[(usize, usize)],
    offset: usize,
) -> Option<usize> {
    let values: std::collections::HashSet<usize> = nodes
        .iter()
        .filter(|node| node.marks.flow || matches!(node.content, Content::Scalar { .. }))
        .map(|node| node.span.start as usize - offset)
        .collect();
    // Scalars and brackets do not nest but in brackets, so that the one that begins last reaches furthest.
    let mut reach = 0;
    let mut next = 0;
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let start = line_start;
        line_start += line.len();
        let Some(tab) = indentation(line).find('\t') else { continue };
        let content = start + indentation(line).len();
        while let Some((_, to)) = inside.get(next).filter(|(from, _)| *from < content) {
            reach = reach.max(*to);
            next += 1;
        }
        let rest = &text.as_bytes()[content..];
        let is_blank = matches!(rest.first(), None | Some(b'\n' | b'\r' | b'#'));
        if is_blank || content < reach {
            continue;
        }
        let is_value = values.contains(&content) && !is_key(&text[content..]);
        // Behind the spaces that indent it, a value may have tabs.
        if !is_value || tab == 0 {
            return Some(start + tab);
        }
    }
    None
}

/// The line of `text` from byte `from` on, up to byte `to`, that a tab indents and that looks like a key or an item: where
/// a parser gives up, that is why.
pub(super) fn tab_at_error(text: &str, from: usize, to: usize) -> Option<usize> {
    if let Some(tab) = tab_after_indicator(text, text.floor_char_boundary(to)) {
        return Some(tab);
    }
    let mut at = text[..text.floor_char_boundary(from)].rfind('\n').map_or(0, |end| end + 1);
    let last = text[..text.floor_char_boundary(to)].rfind('\n').map_or(0, |end| end + 1);
    // The parser may give up on the line before.
    let mut lines_behind = 0;
    for line in text.get(at..)?.split_inclusive('\n') {
        let content = &line[indentation(line).len()..];
        if at > last {
            lines_behind += usize::from(!content.trim().is_empty());
            if lines_behind > 1 {
                return None;
            }
        }
        let is_structure = content.starts_with("- ") || is_key(content);
        if let Some(tab) = indentation(line).find('\t').filter(|_| is_structure) {
            return Some(at + tab);
        }
        at += line.len();
    }
    None
}

/// The tab because of which a parser gives up at byte `at`, on the line itself or on blank lines and remarks right above it: a
/// line that is not indented enough ends a text of several lines. It is the reason if the parser goes on without it;
/// `first_error` says where it gives up on a text.
pub(super) fn tab_above_error(
    text: &str,
    at: usize,
    first_error: impl Fn(&str) -> Option<usize>,
) -> Option<usize> {
    let at = text.floor_char_boundary(at);
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
    let mut start = line_start(at);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
    let is_passed = |line: &str| matches!(line.trim_start().chars().next(), None | Some('#'));
    let mut above = None;
    while start > 0 {
        let before = line_start(start - 1);
        let line = &text[before..start];
        if !is_passed(line) {
            above = Some(indentation(line));
            break;
        }
        start = before;
    }
    let indent = above?;
    let (mut first, mut at_line) = (None, start);
    let mut trial = text[..start].to_owned();
    for line in text[start..end].split_inclusive('\n') {
        let (own, content) = line.split_at(indentation(line).len());
        match own.find('\t') {
            Some(tab) => {
                first = first.or(Some(at_line + tab));
                trial.push_str(if content.trim().is_empty() { "" } else { indent });
            }
            None => trial.push_str(own),
        }
        trial.push_str(content);
        at_line += line.len();
    }
    let tried_to = trial.len();
    trial.push_str(&text[end..]);
    first.filter(|_| first_error(&trial).is_none_or(|error| error >= tried_to))
}

/// Whether there is a tab at byte `at`, with nothing but white space before it in its line.
pub(super) fn is_leading_tab(text: &str, at: usize) -> bool {
    let line = text[..text.floor_char_boundary(at)].rfind('\n').map_or(0, |end| end + 1);
    text.get(at..).is_some_and(|rest| rest.starts_with('\t'))
        && text[line..at].trim_matches([' ', '\t']).is_empty()
}

/// The first tab in the white space of a line after the one of byte `at`.
pub(super) fn leading_tab_after(text: &str, at: usize) -> Option<usize> {
    let at = text.floor_char_boundary(at);
    let mut start = at + text[at..].find('\n')? + 1;
    for line in text[start..].split_inclusive('\n') {
        if let Some(tab) = indentation(line).find('\t') {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

/// The tab between the indicator of an item or a value, and the collection that begins at `start` in the same line.
fn tab_after_indicator(text: &str, start: usize) -> Option<usize> {
    let before = &text[..start];
    let blank = before.trim_end_matches([' ', '\t']).len();
    let tab = before[blank..].find('\t')?;
    before[..blank].ends_with(['-', '?', ':']).then_some(blank + tab)
}

/// The white space at the beginning of `line`.
fn indentation(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// Whether a line begins with a key and its colon.
fn is_key(content: &str) -> bool {
    let line = content.lines().next().unwrap_or_default();
    let key = match line.as_bytes().first() {
        Some(&quote @ (b'"' | b'\'')) => {
            let Some(end) = line[1..].find(char::from(quote)) else { return false };
            return line[end + 2..].trim_start().starts_with(':');
        }
        _ => line,
    };
    let colon = key
        .find(": ")
        .or_else(|| key.find(":\t"))
        .or_else(|| key.trim_end().strip_suffix(':').map(str::len));
    colon.is_some_and(|colon| colon > 0 && !key[..colon].contains(" #"))
}

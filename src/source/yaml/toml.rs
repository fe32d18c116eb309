//! TOML as a tree, read by the `toml` crate.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::grow::Grower;
use super::{Content, NodeId, Parsed, ScalarStyle, SyntaxError};
use crate::source::{FileId, Ranges, Span};

/// Parses the TOML `text`, which is in `file` from byte `offset` on.
///
/// Keys are in the order of the text. A string is quoted text, everything else a plain scalar as written:
/// dates, numbers, `true`.
pub fn parse_toml(file: FileId, text: &str, offset: usize) -> Parsed<'_> {
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().unwrap_or(text.len()..text.len());
            let at = text.floor_char_boundary(at.start)..text.ceil_char_boundary(at.end);
            let span = Span::new(file, at.start + offset..at.end + offset);
            let message = format!("this is not TOML: {}", error.message().replace('\n', ", "));
            let help = Some("write `key = \"text\"`, `key = 2031-05-04` or `[table]`".to_owned());
            return Parsed { tree: None, errors: vec![SyntaxError::new(span, message, help)] };
        }
    };
    let mut tree = Grower::new(file, offset);
    let root = tree.add(0..text.len(), Content::Mapping(Vec::new()));
    self::table(&mut tree, text, root, table.into_inner());
    let comments = comments(text, &tree.scalars());
    Parsed { tree: Some(tree.finish(root, comments)), errors: Vec::new() }
}

fn table<'s>(tree: &mut Grower<'s>, text: &'s str, node: NodeId, table: DeTable<'s>) {
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(key, value)| (key.span().start, value.span().start));
    let mut pairs = Vec::with_capacity(entries.len());
    for (key, entry) in entries {
        let span = within(text, key.span());
        let is_text = text[span.clone()].starts_with(['"', '\'']);
        let style = style(&text[span.clone()]);
        let key = tree.add(span, Content::Scalar { text: key.into_inner(), style, is_text });
        pairs.push((key, value(tree, text, entry)));
    }
    tree.fill(node, Content::Mapping(pairs));
}

fn value<'s>(tree: &mut Grower<'s>, text: &'s str, value: Spanned<DeValue<'s>>) -> NodeId {
    let span = within(text, value.span());
    match value.into_inner() {
        DeValue::String(string) => {
            let style = style(&text[span.clone()]);
            tree.add(span, Content::Scalar { text: string, style, is_text: true })
        }
        DeValue::Array(items) => {
            let node = tree.add(span, Content::Sequence(Vec::new()));
            let items = items.into_iter().map(|item| self::value(tree, text, item)).collect();
            tree.fill(node, Content::Sequence(items));
            node
        }
        DeValue::Table(inner) => {
            let node = tree.add(span, Content::Mapping(Vec::new()));
            table(tree, text, node, inner);
            node
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            let written = Cow::Borrowed(&text[span.clone()]);
            let content =
                Content::Scalar { text: written, style: ScalarStyle::Plain, is_text: false };
            tree.add(span, content)
        }
    }
}

fn style(written: &str) -> ScalarStyle {
    match written {
        _ if written.starts_with("\"\"\"") || written.starts_with("'''") => ScalarStyle::Block,
        _ if written.starts_with('"') => ScalarStyle::DoubleQuoted,
        _ if written.starts_with('\'') => ScalarStyle::SingleQuoted,
        _ => ScalarStyle::Plain,
    }
}

/// `range` in `text`, on the borders of characters.
fn within(text: &str, range: Range<usize>) -> Range<usize> {
    let end = text.ceil_char_boundary(range.end.min(text.len()));
    text.floor_char_boundary(range.start.min(end))..end
}

/// From each `#` that is in no key and no value to the end of its line.
fn comments(text: &str, scalars: &Ranges) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('#') {
        if scalars.contains(at) || found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let line = &text[at..];
        let end = line.find('\n').unwrap_or(line.len());
        found.push(at..at + line[..end].trim_end().len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::yaml::Value;

    #[test]
    fn every_key_and_value_has_its_place_and_order() {
        let text = "title = \"B \\u00e9\" # one # two\n'last reviewed' = 2031-05-04\ntags = [\"#x\", 1]\n[extra]\na.b = true\n";
        let page = format!("+++\n{text}");
        let tree = parse_toml(FileId::NONE, &page[4..], 4).tree.expect("a tree");
        let root = tree.root().and_then(|root| root.mapping()).expect("a table");
        let pairs: Vec<_> = root.pairs().collect();
        let keys: Vec<_> = pairs.iter().map(|pair| pair.key.unwrap_or_default()).collect();
        assert_eq!(keys, ["title", "last reviewed", "tags", "extra"]);
        let Value::Scalar(title) = pairs[0].value.value() else { panic!("a text") };
        assert_eq!((title.text, title.is_text), ("B é", true));
        assert_eq!(&page[pairs[0].value.span().range()], "\"B \\u00e9\"");
        assert_eq!(&page[pairs[1].value.span().range()], "2031-05-04");
        let comments: Vec<_> = tree.comments().iter().map(|span| &page[span.range()]).collect();
        assert_eq!(comments, ["# one # two"]);
    }

    #[test]
    fn what_is_not_toml_has_an_error_at_its_place() {
        for (text, at) in [("a = 1\nb =\n", 9), ("a = 2031-21-09\n", 4), ("a = \"x\n", 4)] {
            let parsed = parse_toml(FileId::NONE, text, 0);
            assert!(parsed.tree.is_none(), "{text}");
            let place = parsed.errors[0].span.range();
            assert!(place.start >= at && place.end <= text.len(), "{text}: {place:?}");
        }
    }
}

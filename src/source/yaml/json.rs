//! JSON as a tree: checked by `serde_json`, then read once more for the places.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::grow::Grower;
use super::parse::NESTING_LIMIT;
use super::{Content, NodeId, Parsed, ScalarStyle, SyntaxError};
use crate::source::{FileId, Span};

/// The length of the JSON value that `text` begins with; `None` if it begins with none.
pub fn json_value_length(text: &str) -> Option<usize> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    Some(values.byte_offset())
}

/// Parses `text`, which is in `file` from byte `offset` on: a JSON object, with its braces or without.
///
/// Strings are quoted text, everything else is a plain scalar as written.
pub fn parse_json(file: FileId, text: &str, offset: usize) -> Parsed<'_> {
    let has_braces = text.trim_start().starts_with('{');
    let checked = match has_braces {
        true => Cow::Borrowed(text),
        false => Cow::Owned(format!("{{{text}}}")),
    };
    let failed = |at: usize, message: String| {
        let at = text.floor_char_boundary(at.min(text.len()));
        let span = Span::new(file, at + offset..at + offset);
        let help = Some("write `\"key\": \"text\"`, with commas between entries".to_owned());
        Parsed { tree: None, errors: vec![SyntaxError::new(span, message, help)] }
    };
    if let Err(error) = serde_json::from_str::<IgnoredAny>(&checked) {
        let at = place_of(&checked, &error).saturating_sub(usize::from(!has_braces));
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        return failed(at, format!("this is not JSON: {message}"));
    }
    let mut reader = Reader { text, at: 0, tree: Grower::new(file, offset), depth: 0 };
    let root = match has_braces {
        true => reader.value(),
        false => reader.members(0),
    };
    match root {
        Ok(root) => Parsed { tree: Some(reader.tree.finish(root, Vec::new())), errors: Vec::new() },
        Err(message) => failed(reader.at, format!("this is not JSON: {message}")),
    }
}

/// The byte of `text` at which `error` is.
fn place_of(text: &str, error: &serde_json::Error) -> usize {
    let line = error.line().saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    start + error.column().saturating_sub(1)
}

/// Reads what is known to be JSON.
struct Reader<'s> {
    text: &'s str,
    at: usize,
    tree: Grower<'s>,
    depth: usize,
}

impl<'s> Reader<'s> {
    fn value(&mut self) -> Result<NodeId, String> {
        self.skip();
        let start = self.at;
        match self.text.as_bytes().get(start) {
            Some(b'"') => self.string(),
            Some(b'{') => {
                self.at += 1;
                self.members(start)
            }
            Some(b'[') => {
                self.at += 1;
                self.items(start)
            }
            _ => {
                let ends = |c: char| c.is_ascii_whitespace() || matches!(c, ',' | '}' | ']');
                let rest = &self.text[start..];
                let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
                self.at += word.len();
                let (text, style) = (Cow::Borrowed(word), ScalarStyle::Plain);
                let content = Content::Scalar { text, style, is_text: false };
                Ok(self.tree.add(start..self.at, content))
            }
        }
    }

    fn string(&mut self) -> Result<NodeId, String> {
        let start = self.at;
        let mut escaped = false;
        let length = self.text.as_bytes()[start + 1..].iter().position(|byte| {
            let ends = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            ends
        });
        let end = start + 1 + length.ok_or("a string has no end")? + 1;
        let written = &self.text[start..end];
        let inside = &written[1..written.len() - 1];
        let text = match inside.contains('\\') {
            false => Cow::Borrowed(inside),
            true => Cow::Owned(serde_json::from_str(written).map_err(|_| "an invalid escape")?),
        };
        self.at = end;
        let style = ScalarStyle::DoubleQuoted;
        Ok(self.tree.add(start..end, Content::Scalar { text, style, is_text: true }))
    }

    /// The members of an object that begins at `start`, up to its brace or the end.
    fn members(&mut self, start: usize) -> Result<NodeId, String> {
        let node = self.open(start, Content::Mapping(Vec::new()))?;
        let mut pairs = Vec::new();
        while self.is_more('}') {
            let key = self.string()?;
            self.is_more(':');
            pairs.push((key, self.value()?));
        }
        Ok(self.close(node, start, Content::Mapping(pairs)))
    }

    fn items(&mut self, start: usize) -> Result<NodeId, String> {
        let node = self.open(start, Content::Sequence(Vec::new()))?;
        let mut items = Vec::new();
        while self.is_more(']') {
            items.push(self.value()?);
        }
        Ok(self.close(node, start, Content::Sequence(items)))
    }

    fn open(&mut self, start: usize, content: Content<'s>) -> Result<NodeId, String> {
        self.depth += 1;
        match self.depth > NESTING_LIMIT {
            true => Err(format!("it nests more than {NESTING_LIMIT} levels deep")),
            false => Ok(self.tree.add(start..start, content)),
        }
    }

    fn close(&mut self, node: NodeId, start: usize, content: Content<'s>) -> NodeId {
        self.depth -= 1;
        self.tree.fill(node, content);
        self.tree.set_range(node, start..self.at);
        node
    }

    /// Moves to the next thing in a collection; `false` after its end, which is `close` or that of the text.
    fn is_more(&mut self, close: char) -> bool {
        loop {
            self.skip();
            let Some(next) = self.text[self.at..].chars().next() else { return false };
            if next == close {
                self.at += 1;
                return false;
            }
            if !matches!(next, ',' | ':') {
                return true;
            }
            self.at += 1;
        }
    }

    fn skip(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::yaml::Value;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let tree = parse_json(FileId::NONE, text, 0).tree.expect("a tree");
        let root = tree.root().and_then(|root| root.mapping()).expect("an object");
        let pair = |pair: super::super::Pair<'_, '_>| {
            let place = text[pair.value.span().range()].to_owned();
            (pair.key.unwrap_or_default().to_owned(), place)
        };
        root.pairs().map(pair).collect()
    }

    #[test]
    fn every_key_and_value_has_its_place() {
        let text = "{\n\t\"title\":\"B \\\"x\\\" \\ud83d\\ude00\",\r\n\t\"n\": 3, \"tags\": [\"a\", {\"b\": null}],\"e\":{}\n}";
        let own = |(key, value): (&str, &str)| (key.to_owned(), value.to_owned());
        let expected = [
            ("title", "\"B \\\"x\\\" \\ud83d\\ude00\""),
            ("n", "3"),
            ("tags", "[\"a\", {\"b\": null}]"),
            ("e", "{}"),
        ];
        assert_eq!(pairs(text), expected.map(own));
        assert_eq!(pairs("\"a\": 1,\n\"b\": 2\n"), [("a", "1"), ("b", "2")].map(own));
        let tree = parse_json(FileId::NONE, text, 0).tree.expect("a tree");
        let root = tree.root().and_then(|root| root.mapping()).expect("an object");
        let Some(Value::Scalar(title)) = root.pairs().next().map(|pair| pair.value.value()) else {
            panic!("a text")
        };
        assert_eq!(title.text, "B \"x\" 😀");
    }

    #[test]
    fn what_is_not_json_has_an_error_at_its_place() {
        for (text, at) in [
            ("{\n\"a\" 1}", 6),
            ("{\"a\": 1,}", 8),
            ("{'a': 1}", 1),
            ("\"a\": \"\\ud800\"", 5),
            ("{\"a\": 1} x", 9),
            ("{\"a\":", 5),
        ] {
            let parsed = parse_json(FileId::NONE, text, 0);
            assert!(parsed.tree.is_none(), "{text}");
            let place = parsed.errors[0].span.range().start;
            assert!(place.abs_diff(at) <= 1, "{text}: {place}");
        }
    }

    #[test]
    fn a_tree_of_any_depth_is_read_or_refused() {
        let deep = format!("{{\"a\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(parse_json(FileId::NONE, &deep, 0).tree.is_none());
        assert_eq!(json_value_length("{\"a\": [1]}\n\n# B\n"), Some(10));
        assert_eq!(json_value_length("{: .x}"), None);
    }
}

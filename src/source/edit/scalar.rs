//! Another value in the place of one in a YAML file.

use super::edits::Edit;
use super::spelling::{Kind, is_one_line, spell};
use crate::source::Span;
use crate::source::yaml::{Anchor, Scalar, ScalarStyle, Target, Tree};

/// Why a value is not written. The caller knows file and line and says them with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// The tree has nothing at the span.
    #[error("no value is here; read the file again")]
    Nothing,
    /// The value is a list or a map.
    #[error("this is a list or a map, not a single value; change it by hand")]
    Collection,
    /// The value is an alias.
    #[error("this is an alias of a value elsewhere; change it there, or write it out here")]
    Alias,
    /// The value has an anchor.
    #[error("this value has an anchor, so that others may refer to it; change it by hand")]
    Anchored,
    /// A collection around the value has an anchor.
    #[error("this is in a part with an anchor, so other places may use it too; change it by hand")]
    InAnchored,
    /// The value has a tag.
    #[error("this value has a tag, which says how it is read; change it by hand")]
    Tagged,
    /// The value is a `|` or `>` block.
    #[error("this value is a block of lines; change it by hand")]
    Block,
    /// The value goes over several lines.
    #[error("this value goes over several lines; write it on one line first, or change it by hand")]
    SeveralLines,
    /// The empty value is an item of a list or has no colon of its own.
    #[error("this value is empty and follows no colon; write it by hand")]
    NoColon,
    /// The new value has a line break or a control character.
    #[error("the new value has a line break or control character; write it by hand")]
    NotOneLine,
    /// The front matter cannot be parsed.
    #[error("the front matter is not valid; repair it first")]
    BrokenFrontMatter,
    /// The front matter has no end.
    #[error("the front matter that begins on line {line} has no closing `{close}`; close it first")]
    OpenFrontMatter {
        /// The line that opens it.
        line: usize,
        /// The line that would close it.
        close: &'static str,
    },
    /// The front matter is written in a language that pmctl does not read.
    #[error("the front matter is in a language that pmctl does not read; write the date by hand")]
    OtherLanguage,
    /// The front matter is something else than `key: value` lines.
    #[error("the front matter is not a plain list of `key: value`; write the key by hand")]
    UnusualFrontMatter,
    /// The front matter has the key.
    #[error("the front matter has this key already; change its value instead")]
    KeyExists,
    /// The key would need quotes.
    #[error("a key of front matter has letters, digits, `_`, `-` and `.` only")]
    UnusualKey,
}

/// The edit that puts `value` in the place of the key or value at `span`.
///
/// `text` is the whole file, and `tree` its YAML (or that of its front matter, parsed with its offset).
/// Quotes stay as they are. A value without quotes stays so if the new one is safe without them and
/// means the same kind of thing (a text, a number, a date ...), and gets single quotes otherwise. An
/// empty value is written after its colon.
///
/// Check the result with [`only_these_values_changed`](super::only_these_values_changed).
pub fn replace_scalar(
    text: &str,
    tree: &Tree<'_>,
    span: Span,
    value: &str,
) -> Result<Edit, ValueError> {
    let (scalar, in_flow) = replaceable(text, tree, span)?;
    let spelled = &text[span.range()];
    if !is_one_line(value) {
        return Err(ValueError::NotOneLine);
    }
    if span.is_empty() {
        return if text[..span.range().start].ends_with(':') {
            let value = spell(value, ScalarStyle::Plain, Kind::Nothing, in_flow);
            Ok(Edit::new(span, format!(" {value}")))
        } else {
            Err(ValueError::NoColon)
        };
    }
    if scalar.text == value {
        // Nothing to do: escapes that could be spelt otherwise stay as they are written.
        return Ok(Edit::new(span, spelled));
    }
    Ok(Edit::new(span, spell(value, scalar.style, Kind::of(scalar.text), in_flow)))
}

/// The edit that puts the key or value at `span` in quotes, if it is written without.
pub fn quote_scalar(text: &str, tree: &Tree<'_>, span: Span) -> Result<Edit, ValueError> {
    let (scalar, in_flow) = replaceable(text, tree, span)?;
    let quoted = match scalar.style {
        _ if span.is_empty() => return Err(ValueError::Nothing),
        ScalarStyle::Plain => spell(scalar.text, ScalarStyle::SingleQuoted, Kind::Text, in_flow),
        _ => text[span.range()].to_owned(),
    };
    Ok(Edit::new(span, quoted))
}

/// The scalar at `span` that another text may take the place of, and whether it is in brackets.
fn replaceable<'t>(
    text: &str,
    tree: &'t Tree<'_>,
    span: Span,
) -> Result<(Scalar<'t>, bool), ValueError> {
    let (scalar, in_flow) = match tree.target(span) {
        Target::Nothing => return Err(ValueError::Nothing),
        Target::Collection => return Err(ValueError::Collection),
        Target::Alias => return Err(ValueError::Alias),
        Target::Scalar { anchor: Anchor::Own, .. } => return Err(ValueError::Anchored),
        Target::Scalar { anchor: Anchor::Above, .. } => return Err(ValueError::InAnchored),
        Target::Scalar { tagged: true, .. } => return Err(ValueError::Tagged),
        Target::Scalar { scalar, in_flow, .. } => (scalar, in_flow),
    };
    let spelled = text.get(span.range()).ok_or(ValueError::Nothing)?;
    if scalar.style == ScalarStyle::Block {
        return Err(ValueError::Block);
    }
    if spelled.contains(['\n', '\r']) {
        return Err(ValueError::SeveralLines);
    }
    Ok((scalar, in_flow))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::edit::{Edits, diff, only_these_values_changed, prepare};
    use crate::source::yaml::{Value, parse};
    use crate::source::{FileStore, RepoPath};

    /// The file after the value of its first key, or that key's first item, became `value`; the
    /// result is checked as a command checks it.
    fn replaced(text: &str, value: &str) -> Result<String, ValueError> {
        let mut store = FileStore::new();
        let (file, _) = store.add(RepoPath::new("x.yml").expect("a path"), Ok(text.to_owned()));
        let tree = parse(file, store.file(file).text(), 0).tree.expect("a tree");
        let Some(Value::Mapping(top)) = tree.root().map(|root| root.value()) else {
            panic!("a mapping: {text}");
        };
        let mut node = top.pairs().next().expect("a pair").value;
        if let Value::Sequence(items) = node.value()
            && value != "(list)"
        {
            node = items.items().next().expect("an item");
        }
        let edit = replace_scalar(store.file(file).text(), &tree, node.span(), value)?;
        let edits: Edits = [edit].into_iter().collect();
        let prepared = prepare(&store, &edits, only_these_values_changed).expect("it is safe");
        let added = diff(&prepared)
            .lines()
            .filter_map(|line| line.strip_prefix('+'))
            .nth(1)
            .map(str::to_owned);
        Ok(added.unwrap_or_else(|| "(unchanged)".to_owned()))
    }

    #[test]
    fn the_quotes_stay_as_they_were() {
        for (text, value, line) in [
            ("a: one # why\n", "two", "a: two # why"),
            ("a: 'one' # why\n", "two", "a: 'two' # why"),
            ("a: \"one\"\n", "say \"hi\"", "a: \"say \\\"hi\\\"\""),
            ("a: 'one'\n", "it's", "a: 'it''s'"),
            ("a: one\n", "x: y", "a: 'x: y'"),
            ("a: one\n", "yes", "a: 'yes'"),
            ("a: 12\n", "13", "a: 13"),
            ("a: 2022-10\n", "2022-11-05", "a: 2022-11-05"),
            ("a: [one, two]\n", "x, y", "a: ['x, y', two]"),
            ("a: ~\n", "x", "a: x"),
            ("a: \"\\x41\"\n", "A", "(unchanged)"),
            ("a: one\r\nb: c\r\n", "two", "a: two\r"),
        ] {
            let line = line.trim_end_matches('\r');
            assert_eq!(
                replaced(text, value).map(|new| new.trim_end().to_owned()),
                Ok(line.to_owned())
            );
        }
    }

    #[test]
    fn an_empty_value_is_written_behind_its_colon() {
        for (text, line) in [
            ("a:\nb: 1\n", "a: x"),
            ("a:   # later\nb: 1\n", "a: x   # later"),
            ("a :\n", "a : x"),
            ("a:", "a: x"),
            ("{a: , b: 1}\n", "{a: x , b: 1}"),
            ("\"a\":\n", "\"a\": x"),
        ] {
            assert_eq!(replaced(text, "x"), Ok(line.to_owned()));
        }
    }

    #[test]
    fn what_cannot_be_changed_safely_is_refused() {
        for (text, refusal) in [
            ("a: |\n  one\n", ValueError::Block),
            ("a: >-\n  one\n", ValueError::Block),
            ("a: one\n  two\n", ValueError::SeveralLines),
            ("a: 'one\n  two'\n", ValueError::SeveralLines),
            ("a: &x one\nb: *x\n", ValueError::Anchored),
            ("a: &x\n", ValueError::Anchored),
            ("a: &x [one]\n", ValueError::InAnchored),
            ("a: !!str 12\n", ValueError::Tagged),
            ("a:\n  -\n  - b\n", ValueError::NoColon),
            ("a:\n  b: c\n", ValueError::Collection),
            ("? a\n", ValueError::NoColon),
        ] {
            assert_eq!(replaced(text, "x"), Err(refusal), "{text}");
        }
        assert_eq!(replaced("a: [b]\n", "(list)"), Err(ValueError::Collection));
        assert_eq!(replaced("a: [b]\n", "x\ny"), Err(ValueError::NotOneLine));
    }

    #[test]
    fn aliases_and_places_without_a_value_are_refused() {
        let text = "a: &x one\nb: *x\n";
        let mut store = FileStore::new();
        let (file, _) = store.add(RepoPath::new("x.yml").expect("a path"), Ok(text.to_owned()));
        let tree = parse(file, text, 0).tree.expect("a tree");
        let refused = |range| replace_scalar(text, &tree, Span::new(file, range), "y");
        assert_eq!(refused(13..15), Err(ValueError::Alias));
        assert_eq!(refused(13..14), Err(ValueError::Nothing));
        assert_eq!(refused(90..99), Err(ValueError::Nothing));
    }
}

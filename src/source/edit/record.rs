//! Adding a record to a map of records in a YAML file, after the last, as the others are written.

use super::edits::Edit;
use super::spelling::{Kind, is_one_line, is_safe_plain, spell};
use crate::source::yaml::{self, Mapping, Node, ScalarStyle, Value};
use crate::source::{FileId, line_end, line_ending, line_start, next_line};

/// A record to add: a key, and the fields below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecord {
    /// The key.
    pub key: String,
    /// Names and values, in the order in which they are written.
    pub fields: Vec<(String, NewValue)>,
}

/// A value to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewValue {
    /// Words, which are quoted where they would be read as something else.
    Text(String),
    /// A number, a date or the like, which is written as it is.
    Plain(String),
}

/// Why a record cannot be added without a person.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RecordError {
    /// The file is broken.
    #[error("it is not valid YAML")]
    Broken,
    /// The file is laid out in another way.
    #[error("{0}")]
    Layout(String),
    /// The key is taken.
    #[error("it has a record `{0}` already")]
    Taken(String),
    /// A value cannot be written on a line.
    #[error("the value of `{0}` has a line break or a control character")]
    Value(String),
    /// The key cannot be one.
    #[error("`{0}` cannot be a key; write it with letters, digits, `_` and `-`")]
    Key(String),
}

/// How deep a record's fields are below its key where nothing shows it.
const INDENT: usize = 2;

/// The text of a file that holds nothing but `record` in the map `under`.
pub fn new_file(under: &str, record: &NewRecord) -> Result<String, RecordError> {
    Ok(format!("{under}:\n{}\n", lines(record, INDENT, INDENT)?.join("\n")))
}

/// The edit that adds `record` to the map `under` at the top of the file `text`.
pub fn add_record(
    file: FileId,
    text: &str,
    under: &str,
    record: &NewRecord,
) -> Result<Edit, RecordError> {
    let parsed = yaml::parse(file, text, 0);
    let tree =
        parsed.tree.as_ref().filter(|_| parsed.errors.is_empty()).ok_or(RecordError::Broken)?;
    let newline = line_ending(text);
    let layout = |what: &str| Err(RecordError::Layout(what.to_owned()));
    let Some(root) = tree.root() else {
        return append_map(file, text, under, record, newline);
    };
    let Some(root) = root.mapping() else { return layout("it is not a map") };
    let mut places = root.pairs().filter(|pair| pair.key == Some(under));
    let Some(place) = places.next() else {
        return append_map(file, text, under, record, newline);
    };
    if places.next().is_some() {
        return layout(&format!("it has `{under}` twice"));
    }
    let value = place.value.span().range();
    match place.value.value() {
        Value::Null if value.is_empty() => {
            let at = line_end(text, place.key_span.range().end);
            Ok(Edit::insert(file, at, joined(&lines(record, INDENT, INDENT)?, newline)))
        }
        Value::Mapping(mapping) if text[value.clone()].starts_with('{') => {
            if mapping.pairs().len() > 0 {
                return layout(&format!("`{under}` is written in braces"));
            }
            let colon = place.key_span.range().end;
            let Some(colon) = text[colon..value.start].find(':').map(|at| colon + at + 1) else {
                return layout(&format!("`{under}` is written in an unusual way"));
            };
            // A comment after the braces stays on its line.
            let end = line_end(text, value.end);
            let lines = joined(&lines(record, INDENT, INDENT)?, newline);
            let span = crate::source::Span::new(file, colon..end);
            Ok(Edit::new(span, format!("{}{lines}", text[value.end..end].trim_end())))
        }
        Value::Mapping(mapping) => after_last(file, text, &mapping, under, record, newline),
        _ => layout(&format!("`{under}` is not a map")),
    }
}

/// Adds the record after the last of `mapping`.
fn after_last(
    file: FileId,
    text: &str,
    mapping: &Mapping<'_, '_>,
    under: &str,
    record: &NewRecord,
    newline: &str,
) -> Result<Edit, RecordError> {
    let unusual = || RecordError::Layout(format!("`{under}` is written in an unusual way"));
    if mapping.pairs().any(|pair| pair.key == Some(&record.key)) {
        return Err(RecordError::Taken(record.key.clone()));
    }
    let pairs: Vec<_> = mapping.pairs().collect();
    let Some(last) = pairs.last() else { return Err(unusual()) };
    let key = last.key_span.range();
    let indent = indent(text, key.start).ok_or_else(unusual)?;
    let inner = last.value.mapping().and_then(|mapping| mapping.pairs().next());
    let inner = inner.and_then(|pair| self::indent(text, pair.key_span.range().start));
    let step = inner.filter(|inner| *inner > indent).map_or(INDENT, |inner| inner - indent);
    let is_apart = pairs.len() > 1 && {
        let before = &pairs[pairs.len() - 2];
        let before = line_end(text, said_end(text, before.value, before.key_span.range().end));
        let between = text.get(before..key.start - indent).unwrap_or_default();
        between.lines().skip(1).any(|line| line.trim().is_empty())
    };
    let mut lines = lines(record, indent, step)?;
    if is_apart {
        lines.insert(0, String::new());
    }
    let end = after_comments(text, said_end(text, last.value, key.end), indent);
    Ok(Edit::insert(file, end, joined(&lines, newline)))
}

/// Where the last thing ends that `node` says, which comes after `after`. The span of a map or a list in
/// lines of its own reaches to whatever comes next, with the comments before it.
fn said_end(text: &str, node: Node<'_, '_>, after: usize) -> usize {
    let range = node.span().range();
    if range.is_empty() || range.start < after {
        return after;
    }
    let is_flow = text[range.start..].starts_with(['{', '[']);
    let last = match node.value() {
        Value::Mapping(mapping) if !is_flow => {
            mapping.pairs().last().map(|pair| (pair.value, pair.key_span.range().end))
        }
        Value::Sequence(items) if !is_flow => items.items().last().map(|item| (item, range.start)),
        _ => None,
    };
    match last {
        Some((last, after)) if range.contains(&after) => said_end(text, last, after),
        // What an alias means is further up. The span of a block of text takes in the line break at its end.
        _ => text[..range.end].trim_end_matches(['\n', '\r', ' ']).len(),
    }
}

/// The end of the line that `at` is in, or of the last comment below it that is indented as the records are,
/// or deeper.
fn after_comments(text: &str, at: usize, indent: usize) -> usize {
    let mut end = line_end(text, at);
    let mut seen = end;
    while next_line(text, seen) < text.len() {
        let start = next_line(text, seen);
        seen = line_end(text, start);
        let line = text[start..seen].trim_start_matches(' ');
        if line.starts_with('#') && seen - start - line.len() >= indent {
            end = seen;
        } else if !line.is_empty() {
            break;
        }
    }
    end
}

/// Adds the map `under` with the record at the end of a file that has none.
fn append_map(
    file: FileId,
    text: &str,
    under: &str,
    record: &NewRecord,
    newline: &str,
) -> Result<Edit, RecordError> {
    let mut lines = lines(record, INDENT, INDENT)?;
    lines.insert(0, format!("{under}:"));
    let added = joined(&lines, newline);
    if text.is_empty() || text.ends_with('\n') {
        let added = format!("{}{newline}", added.trim_start_matches(['\r', '\n']));
        return Ok(Edit::insert(file, text.len(), added));
    }
    Ok(Edit::insert(file, text.len(), added))
}

/// The lines, each after a line break.
fn joined(lines: &[String], newline: &str) -> String {
    lines.iter().flat_map(|line| [newline, line.as_str()]).collect()
}

fn lines(record: &NewRecord, indent: usize, step: usize) -> Result<Vec<String>, RecordError> {
    let spelled = |name: &str, value: &NewValue| {
        let (text, old) = match value {
            NewValue::Text(text) => (text, Kind::Text),
            NewValue::Plain(text) => (text, Kind::Nothing),
        };
        if !is_one_line(text) {
            return Err(RecordError::Value(name.to_owned()));
        }
        Ok(spell(text, ScalarStyle::Plain, old, false))
    };
    if !is_safe_plain(&record.key, false) {
        return Err(RecordError::Key(record.key.clone()));
    }
    let key = spell(&record.key, ScalarStyle::Plain, Kind::Text, false);
    let mut lines = vec![format!("{:indent$}{key}:", "")];
    for (name, value) in &record.fields {
        let inner = indent + step;
        lines.push(format!("{:inner$}{name}: {}", "", spelled(name, value)?));
    }
    Ok(lines)
}

/// How many spaces are before the byte at `at`; `None` if there is anything else.
fn indent(text: &str, at: usize) -> Option<usize> {
    let before = &text[line_start(text, at)..at];
    before.bytes().all(|byte| byte == b' ').then_some(before.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::edit::{EditedFile, only_this_record_added};

    fn record() -> NewRecord {
        NewRecord {
            key: "maps".to_owned(),
            fields: vec![
                ("title".to_owned(), NewValue::Text("Boats: on a map".to_owned())),
                ("reach".to_owned(), NewValue::Plain("6".to_owned())),
            ],
        }
    }

    /// The text with the record added, after the check.
    fn added(text: &str) -> Result<String, RecordError> {
        let edit = add_record(FileId::NONE, text, "ideas", &record())?;
        let range = edit.span.range();
        let new = format!("{}{}{}", &text[..range.start], edit.replacement, &text[range.end..]);
        let path = crate::source::RepoPath::new("a.yml").expect("a path");
        let edits = [edit];
        let change =
            EditedFile { path: &path, file: FileId::NONE, old: text, new: &new, edits: &edits };
        let checked = only_this_record_added(&change, "ideas", &record());
        assert_eq!(checked, Ok(()), "{new}");
        Ok(new)
    }

    #[test]
    fn a_record_is_added_behind_the_last_as_the_others_are_written() {
        for (old, new) in [
            (
                "ideas:\n  a:\n    title: A\n",
                "ideas:\n  a:\n    title: A\n  maps:\n    title: 'Boats: on a map'\n    reach: 6\n",
            ),
            (
                "ideas:\n  a: {title: A} # one",
                "ideas:\n  a: {title: A} # one\n  maps:\n    title: 'Boats: on a map'\n    reach: 6",
            ),
            (
                "ideas:\n    a:\n       title: A\n\n    # two\n    b:\n       notes: |\n         x\n\nother: 1\n",
                "ideas:\n    a:\n       title: A\n\n    # two\n    b:\n       notes: |\n         x\n\n    maps:\n       title: 'Boats: on a map'\n       reach: 6\n\nother: 1\n",
            ),
            (
                "# none\nideas:\n",
                "# none\nideas:\n  maps:\n    title: 'Boats: on a map'\n    reach: 6\n",
            ),
            (
                "ideas: {} # none yet\nother: 1\n",
                "ideas: # none yet\n  maps:\n    title: 'Boats: on a map'\n    reach: 6\nother: 1\n",
            ),
            (
                "ideas:\n  a:\n    title: A\n  b:\n    title: B\n",
                "ideas:\n  a:\n    title: A\n  b:\n    title: B\n  maps:\n    title: 'Boats: on a map'\n    reach: 6\n",
            ),
            (
                "ideas:\n  a:\n    estimates:\n    - by: ada\n\n# The others.\nother: 1\n",
                "ideas:\n  a:\n    estimates:\n    - by: ada\n  maps:\n    title: 'Boats: on a map'\n    reach: 6\n\n# The others.\nother: 1\n",
            ),
            (
                "ideas:\n  a:\n    title: A\n    # reach: 6\n\n  # b:\n\n# The end.\n",
                "ideas:\n  a:\n    title: A\n    # reach: 6\n\n  # b:\n  maps:\n    title: 'Boats: on a map'\n    reach: 6\n\n# The end.\n",
            ),
            (
                "ideas:\n  a: &a\n    title: A\n  b: *a\n# The end.\n",
                "ideas:\n  a: &a\n    title: A\n  b: *a\n  maps:\n    title: 'Boats: on a map'\n    reach: 6\n# The end.\n",
            ),
            (
                "ideas:\n  a: {title: A,\n    notes: x\n  }\n# The end.\n",
                "ideas:\n  a: {title: A,\n    notes: x\n  }\n  maps:\n    title: 'Boats: on a map'\n    reach: 6\n# The end.\n",
            ),
            ("ideas: {}\n", "ideas:\n  maps:\n    title: 'Boats: on a map'\n    reach: 6\n"),
            ("# none\n", "# none\nideas:\n  maps:\n    title: 'Boats: on a map'\n    reach: 6\n"),
            ("a: 1", "a: 1\nideas:\n  maps:\n    title: 'Boats: on a map'\n    reach: 6"),
            (
                "ideas:\r\n  a:\r\n    title: A\r\n",
                "ideas:\r\n  a:\r\n    title: A\r\n  maps:\r\n    title: 'Boats: on a map'\r\n    reach: 6\r\n",
            ),
            (
                "ideas:\r\n  a:\n    title: A\n",
                "ideas:\r\n  a:\n    title: A\n  maps:\n    title: 'Boats: on a map'\n    reach: 6\n",
            ),
        ] {
            assert_eq!(added(old).as_deref(), Ok(new), "{old}");
        }
    }

    #[test]
    fn a_key_that_means_something_else_is_quoted_and_what_can_be_no_key_is_refused() {
        let keyed =
            |key: &str| new_file("ideas", &NewRecord { key: key.to_owned(), fields: vec![] });
        assert_eq!(keyed("no").as_deref(), Ok("ideas:\n  'no':\n"));
        assert_eq!(keyed("123").as_deref(), Ok("ideas:\n  '123':\n"));
        assert_eq!(keyed("a: b"), Err(RecordError::Key("a: b".to_owned())));
    }

    #[test]
    fn what_is_laid_out_otherwise_is_left_to_a_person() {
        assert_eq!(added("ideas:\n  maps: {}\n"), Err(RecordError::Taken("maps".to_owned())));
        for text in
            ["- a\n", "ideas: {a: {title: A}}\n", "ideas: [a]\n", "ideas: none\n", "ideas: 'x\n"]
        {
            assert!(added(text).is_err(), "{text}");
        }
    }
}

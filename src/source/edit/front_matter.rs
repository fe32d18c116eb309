//! A key that a page's front matter does not have yet, or has without a value.

use super::edits::{Edit, apply};
use super::scalar::{ValueError, replace_scalar};
use super::spelling::{Kind, is_one_line, spell};
use crate::source::markdown::{FrontMatter, Language, front_matter, opens_yaml};
use crate::source::yaml::{Node, Pair, ScalarStyle, Tree, Value};
use crate::source::{FileId, LineTable, Span, line_ending, line_start, next_line};

/// The edit that gives the page `text` the front matter `key: value`: as the last line of its front
/// matter, or in a new one at the top of a page that has none. It is written in the language of the front matter that
/// is there; of TOML, the key goes before the first table. Lines end as the page's own do.
///
/// `text` has no byte order mark; the edit goes after it by itself. The page that comes of it is read
/// again, and only an edit that adds this one key and changes no other is returned.
pub fn insert_front_matter_key(
    file: FileId,
    text: &str,
    key: &str,
    value: &str,
) -> Result<Edit, ValueError> {
    let begins_well = key.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !begins_well || !key.chars().all(word) || Kind::of(key) != Kind::Text {
        return Err(ValueError::UnusualKey);
    }
    if !is_one_line(value) {
        return Err(ValueError::NotOneLine);
    }
    let plain = format!("{key}: {}", spell(value, ScalarStyle::Plain, Kind::Nothing, false));
    let edit = match front_matter(text) {
        None if opens_yaml(text) => return Err(open_front_matter(text, 0)),
        // What begins like front matter and is none to us may be some to the site generator.
        None if text.lines().next().is_some_and(|line| line.trim_end() == "---") => {
            return Err(ValueError::UnusualFrontMatter);
        }
        None => {
            let ending = line_ending(text);
            // A blank line keeps the block apart from what follows, as pages have it.
            let gap = if text.is_empty() || text.starts_with(ending) { "" } else { ending };
            Edit::insert(file, 0, format!("---{ending}{plain}{ending}---{ending}{gap}"))
        }
        Some(found) => {
            let tree = readable(&found, file, text)?;
            if pairs(&tree).iter().any(|pair| pair.key == Some(key)) {
                return Err(ValueError::KeyExists);
            }
            let ending = line_ending(text);
            match found.language {
                Language::Toml => {
                    let entry = format!("{key} = {}{ending}", toml_value(value));
                    Edit::insert(file, before_tables(&found, &tree, text), entry)
                }
                Language::Json => json_member(file, &found, &tree, text, key, value),
                Language::Yaml | Language::Other => {
                    Edit::insert(file, found.content.end, format!("{plain}{ending}"))
                }
            }
        }
    };
    if adds_only(file, text, &edit, key, value) {
        Ok(edit)
    } else {
        Err(ValueError::UnusualFrontMatter)
    }
}

/// The edit that puts `value` in the place of the value at `span` in the front matter of the page `text`, which is
/// empty or is replaced as a whole: in its quotes, or as its language writes it.
pub fn set_front_matter_value(
    file: FileId,
    text: &str,
    span: Span,
    value: &str,
) -> Result<Edit, ValueError> {
    let found = front_matter(text).ok_or(ValueError::Nothing)?;
    let tree = readable(&found, file, text)?;
    if tree.shared().holds(span) {
        return Err(ValueError::Anchored);
    }
    let written = text.get(span.range()).ok_or(ValueError::Nothing)?;
    if !is_one_line(value) {
        return Err(ValueError::NotOneLine);
    }
    match found.language {
        Language::Yaml => replace_scalar(text, &tree, span, value),
        Language::Toml if written.starts_with('\'') && !value.contains('\'') => {
            Ok(Edit::new(span, format!("'{value}'")))
        }
        Language::Toml if !written.starts_with(['"', '\'']) => {
            Ok(Edit::new(span, toml_value(value)))
        }
        Language::Toml | Language::Json => Ok(Edit::new(span, quoted(value))),
        Language::Other => Err(ValueError::OtherLanguage),
    }
}

/// The tree of front matter that something can be written into.
fn readable<'s>(found: &FrontMatter, file: FileId, text: &'s str) -> Result<Tree<'s>, ValueError> {
    if !found.is_closed {
        return Err(open_front_matter(text, found.block.start));
    }
    if found.language == Language::Other {
        return Err(ValueError::OtherLanguage);
    }
    let parsed = found.parse(file, text);
    parsed.tree.filter(|_| parsed.errors.is_empty()).ok_or(ValueError::BrokenFrontMatter)
}

/// The refusal of front matter of `text` that begins at `start` and has no end.
pub fn open_front_matter(text: &str, start: usize) -> ValueError {
    let close = match text.get(start..start + 1) {
        Some("+") => "+++",
        Some(";") => ";;;",
        Some("{") => "}",
        _ => "---",
    };
    ValueError::OpenFrontMatter { line: LineTable::new(text).position(text, start).line, close }
}

/// Why nothing can be written into the front matter `found` of the page `text`, or next to it, before it is
/// repaired.
pub fn front_matter_refusal(found: &FrontMatter, text: &str) -> Option<ValueError> {
    readable(found, FileId::NONE, text).err()
}

/// A date as it is, any other text in quotes.
fn toml_value(value: &str) -> String {
    let is_date = Kind::of(value) == Kind::Date && value.len() == "2031-05-04".len();
    if is_date { value.to_owned() } else { quoted(value) }
}

/// `value`, which has no control characters but tabs, as JSON and TOML quote it.
fn quoted(value: &str) -> String {
    let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', "\\t");
    format!("\"{value}\"")
}

/// The place of a new key in TOML: below the last one that is in no table.
fn before_tables(found: &FrontMatter, tree: &Tree<'_>, text: &str) -> usize {
    let pairs = pairs(tree);
    // A table of its own begins with a bracket at the start of a line, and its key is in it.
    let is_table = |pair: &&Pair<'_, '_>| {
        let start = pair.key_span.range().start;
        text[line_start(text, start)..start].trim_start().starts_with('[')
    };
    let first_table = pairs.iter().find(is_table).map(|pair| pair.key_span.range().start);
    let limit = first_table.map_or(found.content.end, |at| line_start(text, at));
    let last = pairs.iter().filter(|pair| pair.key_span.range().start < limit);
    let last = last.map(|pair| end_of(&pair.value).max(pair.key_span.range().end)).max();
    let Some(last) = last else {
        return if first_table.is_some() { found.content.start } else { found.content.end };
    };
    next_line(text, last).min(found.content.end)
}

/// The end of a value and of all that it holds.
fn end_of(value: &Node<'_, '_>) -> usize {
    let own = value.span().range().end;
    match value.value() {
        Value::Mapping(inner) => {
            inner.pairs().map(|pair| end_of(&pair.value)).fold(own, usize::max)
        }
        _ => own,
    }
}

/// A new last member of an object, on a line of its own where the last one has that.
fn json_member(
    file: FileId,
    found: &FrontMatter,
    tree: &Tree<'_>,
    text: &str,
    key: &str,
    value: &str,
) -> Edit {
    let entry = format!("\"{key}\": {}", quoted(value));
    let Some(last) = pairs(tree).pop() else {
        let content = &text[found.content.clone()];
        let at = content.find('{').map_or(0, |at| at + 1);
        return Edit::insert(file, found.content.start + at, entry);
    };
    let key_start = last.key_span.range().start;
    let before = &text[line_start(text, key_start)..key_start];
    let at = last.value.span().range().end;
    let entry = if before.trim().is_empty() {
        format!(",{}{before}{entry}", line_ending(text))
    } else {
        format!(", {entry}")
    };
    Edit::insert(file, at, entry)
}

fn pairs<'t, 's>(tree: &'t Tree<'s>) -> Vec<Pair<'t, 's>> {
    match tree.root().map(|root| root.value()) {
        Some(Value::Mapping(mapping)) => mapping.pairs().collect(),
        _ => Vec::new(),
    }
}

/// Whether the page has, after `edit`, the front matter that it had and `key` with `value` in addition.
fn adds_only(file: FileId, text: &str, edit: &Edit, key: &str, value: &str) -> bool {
    let Ok(new) = apply(text, std::slice::from_ref(edit)) else { return false };
    let Some(found) = front_matter(&new) else { return false };
    let before = front_matter(text);
    if before.as_ref().is_some_and(|before| {
        (before.language, before.block.start) != (found.language, found.block.start)
            || before.block.end.saturating_add_signed(edit.growth()) != found.block.end
    }) {
        return false;
    }
    let old = match &before {
        Some(before) => before.parse(file, text).tree,
        None => crate::source::yaml::parse(file, "", 0).tree,
    };
    let (Some(old), Some(new)) = (old, found.parse(file, &new).tree) else { return false };
    let (old, mut new) = (pairs(&old), pairs(&new));
    let Some(added) = new.iter().position(|pair| pair.key == Some(key)) else { return false };
    let added = new.remove(added);
    let is_written = match added.value.value() {
        Value::Scalar(scalar) => scalar.text == value,
        Value::Null => Kind::of(value) == Kind::Nothing,
        _ => false,
    };
    // Equal texts of equal keys at places that the edit moved are equal values.
    let at = edit.span.range().start;
    let moved = |span: Span| {
        let move_by = |offset: usize| match offset > at {
            true => offset.saturating_add_signed(edit.growth()),
            false => offset,
        };
        move_by(span.range().start)..move_by(span.range().end)
    };
    is_written
        && new.len() == old.len()
        && new
            .iter()
            .zip(&old)
            .all(|(new, old)| new.key == old.key && is_same(&new.value, &old.value, &moved))
}

/// Whether `new` is the value `old` at the place to which that `moved`.
fn is_same(
    new: &Node<'_, '_>,
    old: &Node<'_, '_>,
    moved: &impl Fn(Span) -> std::ops::Range<usize>,
) -> bool {
    match (new.value(), old.value()) {
        // A table of TOML has the place of its header, and what it holds is compared.
        (Value::Mapping(new), Value::Mapping(old)) => {
            new.pairs().len() == old.pairs().len()
                && new
                    .pairs()
                    .zip(old.pairs())
                    .all(|(new, old)| new.key == old.key && is_same(&new.value, &old.value, moved))
        }
        (Value::Sequence(new), Value::Sequence(old)) => {
            new.items().len() == old.items().len()
                && new.items().zip(old.items()).all(|(new, old)| is_same(&new, &old, moved))
        }
        (Value::Scalar(one), Value::Scalar(other)) if one != other => false,
        _ => {
            let (new, old) = (new.span().range(), moved(old.span()));
            // An empty value right at the edit may be counted on either side of it.
            new == old || new.is_empty() && old.is_empty()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, value: &str) -> Result<String, ValueError> {
        let edit = insert_front_matter_key(FileId(0), text, "last_reviewed", value)?;
        Ok(apply(text, &[edit]).expect("a good span"))
    }

    #[test]
    fn the_key_is_the_last_of_the_block() {
        for (text, new) in [
            (
                "---\ntitle: x\n---\n\n# X\n",
                "---\ntitle: x\nlast_reviewed: 2022-11-05\n---\n\n# X\n",
            ),
            ("---\r\na: x\r\n...\r\n", "---\r\na: x\r\nlast_reviewed: 2022-11-05\r\n...\r\n"),
            ("---\r\na: x\n---\n\n# X\n", "---\r\na: x\nlast_reviewed: 2022-11-05\n---\n\n# X\n"),
            (
                "---\na: x\r\n---\r\n# X\r\n",
                "---\na: x\r\nlast_reviewed: 2022-11-05\r\n---\r\n# X\r\n",
            ),
            ("---\n---\nx", "---\nlast_reviewed: 2022-11-05\n---\nx"),
            ("---\n# note\n---\n", "---\n# note\nlast_reviewed: 2022-11-05\n---\n"),
            ("---\na: |\n  b\n\n---\n", "---\na: |\n  b\n\nlast_reviewed: 2022-11-05\n---\n"),
            (
                "<!-- x -->\n---\na: b\n---\n",
                "<!-- x -->\n---\na: b\nlast_reviewed: 2022-11-05\n---\n",
            ),
        ] {
            assert_eq!(with(text, "2022-11-05"), Ok(new.to_owned()));
        }
    }

    #[test]
    fn a_page_without_a_block_gets_one_at_the_top() {
        let block = "---\nlast_reviewed: 2022-11-05\n---\n";
        for (text, gap) in [("# X\n", "\n"), ("\n# X\n", ""), ("", "")] {
            assert_eq!(with(text, "2022-11-05"), Ok(format!("{block}{gap}{text}")));
        }
        let windows = "---\r\nlast_reviewed: 2022-11-05\r\n---\r\n\r\n# X\r\n";
        assert_eq!(with("# X\r\n", "2022-11-05"), Ok(windows.to_owned()));
    }

    #[test]
    fn a_value_is_quoted_where_it_has_to_be() {
        let line = |value| with("", value).map(|text| text.lines().nth(1).map(str::to_owned));
        assert_eq!(line("Ada: Lovelace"), Ok(Some("last_reviewed: 'Ada: Lovelace'".to_owned())));
        assert_eq!(line("6 months"), Ok(Some("last_reviewed: 6 months".to_owned())));
        assert_eq!(line("a\nb"), Err(ValueError::NotOneLine));
    }

    #[test]
    fn front_matter_that_is_no_plain_mapping_is_left_alone() {
        for (text, refusal) in [
            ("---\nlast_reviewed:\n---\n", ValueError::KeyExists),
            ("---\n\"last_reviewed\": x\n---\n", ValueError::KeyExists),
            ("---\ntitle: [x\n---\n", ValueError::BrokenFrontMatter),
            ("---\ntitle: *x\n---\n", ValueError::BrokenFrontMatter),
            ("---\n  title: x\n---\n", ValueError::UnusualFrontMatter),
            ("---\n{a: b,\nc: d}\n---\n", ValueError::UnusualFrontMatter),
            ("---\nText.\n---\n", ValueError::UnusualFrontMatter),
            ("---\nnever: closed\n", ValueError::OpenFrontMatter { line: 1, close: "---" }),
        ] {
            assert_eq!(with(text, "x"), Err(refusal), "{text}");
        }
        let odd = insert_front_matter_key(FileId(0), "", "a: b", "x");
        assert_eq!(odd, Err(ValueError::UnusualKey));
    }

    #[test]
    fn toml_gets_the_key_before_its_first_table() {
        for (text, new) in [
            ("+++\na = \"x\" # y\n+++\n", "+++\na = \"x\" # y\nlast_reviewed = 2022-11-05\n+++\n"),
            (
                "+++\r\na = 1\r\n\r\n[b]\r\nc = 1\r\n+++\r\n",
                "+++\r\na = 1\r\nlast_reviewed = 2022-11-05\r\n\r\n[b]\r\nc = 1\r\n+++\r\n",
            ),
            ("+++\n[b]\nc = 1\n+++\n", "+++\nlast_reviewed = 2022-11-05\n[b]\nc = 1\n+++\n"),
            ("+++\n+++\n", "+++\nlast_reviewed = 2022-11-05\n+++\n"),
            (
                "+++\na.b = [\n 1,\n]\n[[c]]\nd = 1\n[[c]]\n+++\n",
                "+++\na.b = [\n 1,\n]\nlast_reviewed = 2022-11-05\n[[c]]\nd = 1\n[[c]]\n+++\n",
            ),
        ] {
            assert_eq!(with(text, "2022-11-05"), Ok(new.to_owned()), "{text}");
        }
        let text = with("+++\n+++\n", "Ada \"A\"").unwrap_or_default();
        assert_eq!(text, "+++\nlast_reviewed = \"Ada \\\"A\\\"\"\n+++\n");
    }

    #[test]
    fn json_gets_the_key_as_its_last_member() {
        for (text, new) in [
            ("{\n  \"a\": 1\n}\n", "{\n  \"a\": 1,\n  \"last_reviewed\": \"2022-11-05\"\n}\n"),
            ("{\"a\": {}}\n# B\n", "{\"a\": {}, \"last_reviewed\": \"2022-11-05\"}\n# B\n"),
            ("{}\n", "{\"last_reviewed\": \"2022-11-05\"}\n"),
            (
                ";;;\r\n\"a\": 1\r\n;;;\r\n",
                ";;;\r\n\"a\": 1,\r\n\"last_reviewed\": \"2022-11-05\"\r\n;;;\r\n",
            ),
        ] {
            assert_eq!(with(text, "2022-11-05"), Ok(new.to_owned()), "{text}");
        }
    }

    #[test]
    fn an_empty_value_gets_one_in_its_language() {
        for (text, old, new) in [
            ("---\na:\n---\n", "", "---\na: 2022-11-05\n---\n"),
            ("---\na: # x\n---\n", "", "---\na: 2022-11-05 # x\n---\n"),
            ("---\na: ~\n---\n", "~", "---\na: 2022-11-05\n---\n"),
            ("---\na: ''\n---\n", "''", "---\na: '2022-11-05'\n---\n"),
            ("+++\na = \"\"\n+++\n", "\"\"", "+++\na = \"2022-11-05\"\n+++\n"),
            ("+++\na = ''\n+++\n", "''", "+++\na = '2022-11-05'\n+++\n"),
            ("{\"a\": null}\n", "null", "{\"a\": \"2022-11-05\"}\n"),
            ("{\"a\": \"\"}\n", "\"\"", "{\"a\": \"2022-11-05\"}\n"),
        ] {
            let key = text.find('a').expect("a key");
            let at = match old {
                "" => text.find(':').expect("a colon") + 1,
                old => key + text[key..].find(old).expect("the value"),
            };
            let span = Span::new(FileId(0), at..at + old.len());
            let edit = set_front_matter_value(FileId(0), text, span, "2022-11-05").expect(text);
            assert_eq!(apply(text, &[edit]).as_deref().ok(), Some(new), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_reason() {
        for (text, refusal) in [
            ("+++\na = \n+++\n", ValueError::BrokenFrontMatter),
            ("+++\na = 1\n", ValueError::OpenFrontMatter { line: 1, close: "+++" }),
            ("{\n\"a\": 1,\n}\n", ValueError::BrokenFrontMatter),
            ("---php\n$a = 1;\n---\n", ValueError::OtherLanguage),
            ("+++\nlast_reviewed = \"\"\n+++\n", ValueError::KeyExists),
        ] {
            assert_eq!(with(text, "2022-11-05"), Err(refusal), "{text}");
        }
    }
}

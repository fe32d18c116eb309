//! A key that a page's front matter does not have yet.

use super::edits::{Edit, apply};
use super::scalar::Refusal;
use super::spelling::{Kind, is_one_line, spell};
use crate::source::markdown::front_matter;
use crate::source::yaml::{self, Pair, ScalarStyle, Tree, Value};
use crate::source::{FileId, line_ending};

/// The edit that gives the page `text` the front matter `key: value`: as the last line of its front
/// matter, or in a new one at the top of a page that has none. Lines end as the page's own do.
///
/// `text` has no byte order mark; the edit goes behind it by itself. The page that comes of it is read
/// again, and only an edit that adds this one key and changes no other is returned.
pub fn insert_front_matter_key(
    file: FileId,
    text: &str,
    key: &str,
    value: &str,
) -> Result<Edit, Refusal> {
    let begins_well = key.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !begins_well || !key.chars().all(word) || Kind::of(key) != Kind::Text {
        return Err(Refusal::UnusualKey);
    }
    if !is_one_line(value) {
        return Err(Refusal::NotOneLine);
    }
    let entry = format!("{key}: {}", spell(value, ScalarStyle::Plain, Kind::Nothing, false));
    let ending = line_ending(text);
    let edit = match front_matter(text) {
        // What begins like front matter and is none to us may be some to whoever builds the site.
        None if text.lines().next().is_some_and(|line| line.trim_end() == "---") => {
            return Err(Refusal::UnusualFrontMatter);
        }
        None => {
            // A blank line keeps the block apart from what follows, as pages have it.
            let gap = if text.is_empty() || text.starts_with(ending) { "" } else { ending };
            Edit::insert(file, 0, format!("---{ending}{entry}{ending}---{ending}{gap}"))
        }
        Some(found) => {
            let ending = line_ending(&text[found.block.clone()]);
            let old = yaml::parse(file, &text[found.yaml.clone()], found.yaml.start);
            let tree = old.tree.filter(|_| old.errors.is_empty());
            let tree = tree.ok_or(Refusal::BrokenFrontMatter)?;
            if pairs(&tree).iter().any(|pair| pair.key == Some(key)) {
                return Err(Refusal::KeyExists);
            }
            Edit::insert(file, found.yaml.end, format!("{entry}{ending}"))
        }
    };
    if adds_only(file, text, &edit, key, value) {
        Ok(edit)
    } else {
        Err(Refusal::UnusualFrontMatter)
    }
}

fn pairs<'t, 's>(tree: &'t Tree<'s>) -> Vec<Pair<'t, 's>> {
    match tree.root().map(|root| root.value()) {
        Some(Value::Mapping(mapping)) => mapping.pairs().collect(),
        _ => Vec::new(),
    }
}

/// Whether the page has, after `edit`, the front matter that it had and `key` with `value` behind it.
fn adds_only(file: FileId, text: &str, edit: &Edit, key: &str, value: &str) -> bool {
    let Ok(new) = apply(text, std::slice::from_ref(edit)) else { return false };
    let Some(found) = front_matter(&new) else { return false };
    let old = front_matter(text).map_or("", |found| &text[found.yaml]);
    let (old, new) = (yaml::parse(file, old, 0), yaml::parse(file, &new[found.yaml], 0));
    let (Some(old), Some(new)) = (old.tree, new.tree) else { return false };
    let (old, new) = (pairs(&old), pairs(&new));
    let Some((last, rest)) = new.split_last() else { return false };
    // The old text stands before the key, so equal places of equal keys are equal values.
    let same = rest.len() == old.len()
        && rest.iter().zip(&old).all(|(new, old)| {
            (new.key, new.key_span, new.value.span()) == (old.key, old.key_span, old.value.span())
        });
    let written = match last.value.value() {
        Value::Scalar(scalar) => scalar.text == value,
        Value::Null => Kind::of(value) == Kind::Nothing,
        _ => false,
    };
    same && last.key == Some(key) && written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, value: &str) -> Result<String, Refusal> {
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
        assert_eq!(line("a\nb"), Err(Refusal::NotOneLine));
    }

    #[test]
    fn front_matter_that_is_no_plain_mapping_is_left_alone() {
        for (text, refusal) in [
            ("---\nlast_reviewed:\n---\n", Refusal::KeyExists),
            ("---\n\"last_reviewed\": x\n---\n", Refusal::KeyExists),
            ("---\ntitle: [x\n---\n", Refusal::BrokenFrontMatter),
            ("---\ntitle: *x\n---\n", Refusal::BrokenFrontMatter),
            ("---\n  title: x\n---\n", Refusal::UnusualFrontMatter),
            ("---\n{a: b,\nc: d}\n---\n", Refusal::UnusualFrontMatter),
            ("---\nText.\n---\n", Refusal::UnusualFrontMatter),
            ("---\nnever: closed\n", Refusal::UnusualFrontMatter),
        ] {
            assert_eq!(with(text, "x"), Err(refusal), "{text}");
        }
        let odd = insert_front_matter_key(FileId(0), "", "a: b", "x");
        assert_eq!(odd, Err(Refusal::UnusualKey));
    }
}

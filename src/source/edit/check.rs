//! What is checked of a changed file before anything is written.

use std::collections::HashMap;
use std::ops::Range;

use super::edits::Edit;
use super::prepared::{CheckError, EditedFile};
use crate::source::markdown::front_matter;
use crate::source::store::BOM;
use crate::source::yaml::{self, Parsed, Tree};
use crate::source::{LineTable, MAX_FILE_BYTES, Span};

/// That pmctl could read what it is about to write.
pub(super) fn readable(text: &str) -> Result<(), CheckError> {
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err("the file would grow beyond the 8 MiB that are read".into());
    }
    if text.contains('\0') {
        return Err("the file would hold a NUL byte".into());
    }
    // Reading takes the mark away, so what was written would not be what is read.
    if text.starts_with(BOM) {
        return Err("the text would begin with a byte order mark".into());
    }
    Ok(())
}

/// That every byte outside the edits is as it was, and that the edits hold what they should: walks
/// both texts without the code that applied the edits.
pub(super) fn nothing_else_changed(change: &EditedFile<'_>) -> Result<(), CheckError> {
    let (mut old, mut new) = (change.old.as_bytes(), change.new.as_bytes());
    let mut at = 0;
    let mut holds = true;
    for edit in change.edits {
        let range = edit.span.range();
        let (same, rest) = old.split_at_checked(range.start - at).unwrap_or((old, &[]));
        holds &= new.starts_with(same);
        new = new.get(same.len()..).unwrap_or_default();
        holds &= new.starts_with(edit.replacement.as_bytes());
        new = new.get(edit.replacement.len()..).unwrap_or_default();
        old = rest.get(range.len()..).unwrap_or_default();
        at = range.end;
    }
    if holds && old == new {
        Ok(())
    } else {
        Err("bytes outside the change would differ, which is a fault of pmctl".into())
    }
}

/// Checks a YAML file: every edit lies in one key or value, which is still one scalar and spans exactly
/// what the edit wrote there, and no other key, value, comment, anchor or tag says anything else.
pub fn only_these_values_changed(change: &EditedFile<'_>) -> Result<(), CheckError> {
    let file = change.file;
    only_values_changed(change, |text| Some(yaml::parse(file, text, 0)), change.edits)
}

/// Checks the front matter of a page as [`only_these_values_changed`] checks a YAML file. Edits after
/// the front matter are left to the caller.
pub fn only_front_matter_values_changed(change: &EditedFile<'_>) -> Result<(), CheckError> {
    let end = front_matter(change.old).map_or(0, |found| found.content.end);
    let inside = change.edits.partition_point(|edit| edit.span.range().start < end);
    let file = change.file;
    let parse = |text| front_matter(text).map(|found| found.parse(file, text));
    only_values_changed(change, parse, &change.edits[..inside])
}

fn only_values_changed<'s>(
    change: &EditedFile<'s>,
    parse: impl Fn(&'s str) -> Option<Parsed<'s>>,
    edits: &[Edit],
) -> Result<(), CheckError> {
    let (old_yaml, new_yaml) = match (parse(change.old), parse(change.new)) {
        (Some(old), Some(new)) => (old, new),
        (None, None) if edits.is_empty() => return Ok(()),
        _ => return Err("the front matter would begin or end elsewhere".into()),
    };
    let Some(old_tree) = old_yaml.tree else {
        return Err("it cannot be read as it is".into());
    };
    let Some(new_tree) = new_yaml.tree else {
        let error = new_yaml.errors.first();
        let error = error.map_or_else(String::new, |error| {
            format!(", at line {}: {}", line(change.new, error.span), error.message)
        });
        return Err(format!("it could not be read any more{error}").into());
    };
    let messages = |errors: &[yaml::SyntaxError]| -> Vec<String> {
        errors.iter().map(|error| error.message.clone()).collect()
    };
    if messages(&old_yaml.errors) != messages(&new_yaml.errors) {
        return Err("it would have other errors than before".into());
    }
    let edited = edited_scalars(&old_tree, edits)
        .map_err(|span| format!("a change at line {} is in no value", line(change.old, span)))?;
    if let Some((was, is)) = old_tree.difference(&new_tree, &edited) {
        return Err(format!(
            "more than the value would change: line {} would become `{}`",
            line(change.old, was),
            line_text(change.new, is),
        )
        .into());
    }
    let comments = |text: &str, tree: &Tree<'_>| -> Vec<String> {
        tree.comments().iter().map(|span| text[span.range()].to_owned()).collect()
    };
    if comments(change.old, &old_tree) != comments(change.new, &new_tree) {
        return Err("a comment would begin or end elsewhere".into());
    }
    if new_tree.duplicate_keys().len() > old_tree.duplicate_keys().len() {
        return Err("a key would be in one map twice".into());
    }
    Ok(())
}

/// The numbers of the scalars that `edits` are in, with the places they will have. An edit that is in
/// no scalar is the error.
fn edited_scalars(tree: &Tree<'_>, edits: &[Edit]) -> Result<HashMap<usize, Range<usize>>, Span> {
    let scalars = tree.scalars();
    let mut edited: HashMap<usize, Range<usize>> = HashMap::new();
    let mut grown = 0;
    for edit in edits {
        let wanted = edit.span;
        // The last scalar that begins before the edit does, or with it; the edit has to end in it.
        let at = scalars.partition_point(|(_, span)| span.start <= wanted.start);
        let found = at.checked_sub(1).map(|at| scalars[at]);
        let (number, span) = found.filter(|(_, span)| wanted.end <= span.end).ok_or(wanted)?;
        let moved = |offset: u32| (offset as usize).saturating_add_signed(grown);
        let place = edited.entry(number).or_insert_with(|| moved(span.start)..moved(span.end));
        place.end = place.end.saturating_add_signed(edit.growth());
        if span.is_empty() {
            // An empty value is right after its colon; the space after it belongs to no value.
            let blanks = edit.replacement.len() - edit.replacement.trim_start_matches(' ').len();
            place.start += blanks;
        }
        grown += edit.growth();
    }
    Ok(edited)
}

fn line(text: &str, span: Span) -> usize {
    LineTable::new(text).position(text, span.start as usize).line
}

fn line_text(text: &str, span: Span) -> &str {
    let lines = LineTable::new(text);
    let line = lines.position(text, span.start as usize).line;
    lines.range(text, line).map_or("", |range| &text[range])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::edit::{Edits, prepare};
    use crate::source::{FileId, FileStore, RepoPath};

    fn checked(
        text: &str,
        edits: &[(&str, &str)],
        check: fn(&EditedFile<'_>) -> Result<(), CheckError>,
    ) -> Result<(), String> {
        let mut store = FileStore::new();
        let (file, _) = store.add(RepoPath::new("x").expect("a path"), Ok(text.to_owned()));
        let edits: Edits = edits
            .iter()
            .map(|(old, new)| {
                let at = text.find(old).expect("in the text");
                Edit::new(Span::new(file, at..at + old.len()), *new)
            })
            .collect();
        prepare(&store, &edits, check).map(drop).map_err(|error| error.to_string())
    }

    fn yaml(text: &str, edits: &[(&str, &str)]) -> Result<(), String> {
        checked(text, edits, only_these_values_changed)
    }

    #[test]
    fn values_keys_and_parts_of_values_may_change() {
        let text = "# top\na: one # why\nb: 'two 2022-10'\nc: [x, {y: z}]\nd: *k\n";
        let text = text.replace("a: one", "k: &k v\na: one");
        for edits in [
            &[("one", "eleven"), ("x", "'x, y'")][..],
            &[("2022-10", "2022-11-05")],
            &[("2022", "2023"), ("10", "11")],
            &[("z", "zz"), ("two ", "")],
        ] {
            assert_eq!(yaml(&text, edits), Ok(()), "{edits:?}");
        }
        assert_eq!(yaml("titel: x\nb: y\n", &[("titel", "title")]), Ok(()));
    }

    #[test]
    fn an_empty_value_may_be_filled_behind_its_colon() {
        let fill = |text: &str, value: &str| {
            let mut store = FileStore::new();
            let (file, _) = store.add(RepoPath::new("x").expect("a path"), Ok(text.to_owned()));
            let at = text.find(':').expect("a colon") + 1;
            let edits: Edits = [Edit::insert(file, at, value)].into_iter().collect();
            prepare(&store, &edits, only_these_values_changed).map(drop).is_ok()
        };
        assert!(fill("a:\nb: 1\n", " x"));
        assert!(fill("a: # later\nb: 1\n", " x"));
        assert!(fill("a:", " x"));
        assert!(!fill("a:\nb: 1\n", "x"));
        assert!(!fill("a:\n  b: 1\n", " x"));
    }

    #[test]
    fn anything_else_that_a_change_would_do_is_found() {
        let text = "a: one # why\nb: two\nc: &y ten\nd: *y\n";
        for (old, new, reason) in [
            ("one", "one # two", "more than the value"),
            ("one", "x: y", "not be read any more"),
            ("one", "one\nc: d", "more than the value"),
            ("one", "[one]", "more than the value"),
            ("one", "&x one", "more than the value"),
            ("one", "!x one", "more than the value"),
            ("one", "*x", "other errors"),
            ("one", "'one", "not be read any more"),
            ("one", "|", "more than the value"),
            ("one ", "one", "is in no value"),
            ("why", "what", "is in no value"),
            ("two", "", "more than the value"),
            ("b", "a", "in one map twice"),
            ("ten", "eleven", "more than the value"),
            ("two", "two\n---\nx", "other errors"),
        ] {
            let error = yaml(text, &[(old, new)]).expect_err(new);
            assert!(error.contains(reason), "{new:?}: {error}");
        }
    }

    #[test]
    fn a_file_that_is_no_yaml_is_not_changed() {
        let error = yaml("a: one\nb: [\n", &[("one", "two")]).expect_err("no YAML");
        assert!(error.contains("cannot be read as it is"), "{error}");
    }

    #[test]
    fn front_matter_is_checked_and_the_page_is_left_to_the_caller() {
        let text = "---\ntitle: Plans\nwhen: 2022-10-10\n---\n\nReviewed: never # x\n";
        let page = |edits: &[(&str, &str)]| checked(text, edits, only_front_matter_values_changed);
        assert_eq!(page(&[("2022-10-10", "2022-11-11")]), Ok(()));
        assert_eq!(page(&[("2022-10-10", "2022-11-11"), ("never", "- [ now")]), Ok(()));
        assert_eq!(page(&[("never", "now")]), Ok(()));
        for (old, new) in
            [("Plans", "a: b"), ("Plans", "x\n---"), ("---", "--"), ("Plans", "x # y")]
        {
            page(&[(old, new)]).expect_err(new);
        }
        let plain = checked("no\n", &[("no", "yes")], only_front_matter_values_changed);
        assert_eq!(plain, Ok(()));
    }

    #[test]
    fn bytes_outside_the_edits_are_compared_without_trusting_who_applied_them() {
        let edits = [Edit::new(Span::new(FileId(0), 2..4), "X")];
        let path = RepoPath::default();
        let holds = |new: &str| {
            let change =
                EditedFile { path: &path, file: FileId(0), old: "abcdef", new, edits: &edits };
            nothing_else_changed(&change).is_ok()
        };
        assert!(holds("abXef"));
        for new in ["abXeF", "aBXef", "abYef", "abXe", "abXeff", "abX", "", "abcdef"] {
            assert!(!holds(new), "{new}");
        }
    }
}

//! Whatever the text and whatever the edits: only what an edit names changes.

use std::fs;

use proptest::prelude::*;

use super::edits::apply;
use super::*;
use crate::source::yaml::{Mapping, Node, Value, parse};
use crate::source::{FileId, FileStore, RepoPath, Span, read};

/// Text with everything in it that could be taken apart wrongly.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "é", "日本", "😀", "e\u{301}", "\r\n", "\n", "\r", " ", "---", ": ", "#", "\t",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A text and edits that do not touch each other, each as a range and its replacement.
fn edited() -> impl Strategy<Value = (String, Vec<(usize, usize, String)>)> {
    (text(), prop::collection::vec((any::<prop::sample::Index>(), text()), 0..6)).prop_map(
        |(text, wishes)| {
            let ends: Vec<usize> =
                text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut places: Vec<usize> =
                wishes.iter().flat_map(|(i, _)| [i.index(ends.len()), i.index(7)]).collect();
            places.sort_unstable();
            places.truncate(places.len() / 2 * 2);
            let pairs = places.chunks(2).map(|pair| (pair[0], pair[1]));
            let mut behind = None;
            let mut edits = Vec::new();
            for ((start, end), (_, replacement)) in pairs.zip(wishes) {
                let last = ends.len() - 1;
                if behind.is_none_or(|behind| start > behind) && start <= last {
                    let end = end.min(last);
                    edits.push((ends[start], ends[end], replacement));
                    behind = Some(end);
                }
            }
            (text, edits)
        },
    )
}

fn edits(file: FileId, wishes: &[(usize, usize, String)]) -> Edits {
    let edit = |(start, end, new): &(usize, usize, String)| {
        Edit::new(Span::new(file, *start..*end), new.clone())
    };
    wishes.iter().map(edit).collect()
}

/// Reads the page, applies the edits and writes it; says whether there was anything to write.
fn run(folder: &std::path::Path, wishes: &[(usize, usize, String)]) -> bool {
    let path = RepoPath::new("page.md").expect("a path");
    let mut store = FileStore::new();
    let (file, _) = store.add(path.clone(), read(folder, &path));
    let prepared = prepare(&store, &edits(file, wishes), |_| Ok(())).expect("prepared");
    write(folder, &prepared).expect("written");
    !prepared.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn bytes_outside_the_edits_stay_and_the_way_back_restores_the_file(
        (text, wishes) in edited(),
        bom in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let page = folder.path().join("page.md");
        let bom = if bom { "\u{feff}" } else { "" };
        let original = [bom, &text].concat().into_bytes();
        fs::write(&page, &original).expect("a page");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&page, fs::Permissions::from_mode(0o640)).expect("a mode");
        }
        let permissions = fs::metadata(&page).expect("a page").permissions();

        // What should come of it, by cutting the bytes of the file from its end.
        let mut expected = original.clone();
        for (start, end, new) in wishes.iter().rev() {
            expected.splice(bom.len() + start..bom.len() + end, new.bytes());
        }
        let changed = run(folder.path(), &wishes);
        prop_assert_eq!(fs::read(&page).expect("a page"), expected.clone());
        prop_assert_eq!(changed, expected != original);
        prop_assert_eq!(fs::metadata(&page).expect("a page").permissions(), permissions.clone());

        let mut grown = 0_isize;
        let back: Vec<(usize, usize, String)> = wishes
            .iter()
            .map(|(start, end, new)| {
                let at = start.checked_add_signed(grown).expect("inside");
                grown += new.len().cast_signed() - (end - start).cast_signed();
                (at, at + new.len(), text[*start..*end].to_owned())
            })
            .collect();
        run(folder.path(), &back);
        prop_assert_eq!(fs::read(&page).expect("a page"), original);
        prop_assert_eq!(fs::metadata(&page).expect("a page").permissions(), permissions);
    }
}

/// Values that YAML could take for something else.
fn value() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "é",
        "日本",
        " ",
        ": ",
        ":",
        " #",
        "#",
        "'",
        "\"",
        "\\",
        "-",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "? ",
        "<<",
        "=",
        "~",
        "null",
        "yes",
        "1",
        "0x",
        "_",
        ".",
        "...",
        "---",
        "\t",
        "2022-11-05",
        "\u{a0}",
        "\u{202e}",
        "😀",
    ]);
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

/// YAML in which the value of `a` can be replaced in each style and place.
const PLACES: [&str; 9] = [
    "# top\r\na: one # why\r\nb: 2\r\n",
    "a: 'it''s' # why\nb: 2",
    "a: \"one \\u00e9\"\nb: 2\n",
    "b: 2\na:\n",
    "b: 2\na:   # why\nc: &x 1\nd: *x\n",
    "{a: one, b: [2]}\n",
    "{b: 2, a: }\n",
    "b: 2\na: 12",
    "b: {x: y}\na: ~\nc: |\n  text\n",
];

fn top<'t, 's>(tree: &'t crate::source::yaml::Tree<'s>) -> Mapping<'t, 's> {
    match tree.root().expect("a root").value() {
        Value::Mapping(mapping) => mapping,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn any_value_is_written_so_that_it_reads_back_and_nothing_else_changes(value in value()) {
        for text in PLACES {
            let mut store = FileStore::new();
            let path = RepoPath::new("x.yml").expect("a path");
            let (file, _) = store.add(path, Ok(text.to_owned()));
            let tree = parse(file, text, 0).tree.expect("a tree");
            let place = top(&tree).pairs().find(|pair| pair.key == Some("a")).expect("a");
            let edit = replace_scalar(text, &tree, place.value.span(), &value).expect("it can be");
            let new = apply(text, std::slice::from_ref(&edit)).expect("a good span");
            let edits: Edits = [edit].into_iter().collect();
            if let Err(error) = prepare(&store, &edits, only_these_values_changed) {
                return Err(TestCaseError::fail(format!("{error}: {new}")));
            }
            let tree = parse(file, &new, 0).tree.expect("a tree");
            let place = top(&tree).pairs().find(|pair| pair.key == Some("a")).expect("a");
            match place.value.value() {
                Value::Scalar(scalar) => prop_assert_eq!(scalar.text, &value),
                // Where nothing stood, a word for nothing is taken at its word.
                Value::Null => prop_assert!(["~", "null"].contains(&value.as_str())),
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            }
            // Twice is once.
            let again = replace_scalar(&new, &tree, place.value.span(), &value).expect("it can be");
            prop_assert_eq!(apply(&new, &[again]).expect("a good span"), new);
        }
    }

    #[test]
    fn any_value_can_be_a_new_key_of_front_matter(value in value(), body in text()) {
        for top in ["", "---\ntitle: x\n---\n", "---\r\n# note\r\n---\r\n"] {
            let page = format!("{top}{body}");
            let edit = insert_front_matter_key(FileId(0), &page, "owner", &value);
            // A text that begins with a fence of its own may be front matter that is no YAML.
            let fenced = top.is_empty() && body.trim_start().starts_with("---");
            prop_assert!(edit.is_ok() || fenced, "{page:?} {value:?} {edit:?}");
        }
    }

    #[test]
    fn whatever_an_edit_does_to_yaml_the_check_lets_only_values_change(
        number in 0..PLACES.len(), start in 0..40_usize, length in 0..8_usize, new in value(),
    ) {
        let text = PLACES[number];
        let range = start.min(text.len())..(start + length).min(text.len());
        let mut store = FileStore::new();
        let (file, _) = store.add(RepoPath::new("x.yml").expect("a path"), Ok(text.to_owned()));
        let edits: Edits = [Edit::new(Span::new(file, range.clone()), new)].into_iter().collect();
        let Ok(prepared) = prepare(&store, &edits, only_these_values_changed) else { return Ok(()) };
        if prepared.is_empty() {
            return Ok(());
        }
        // Told by the tree's public face, which the check does not use: one leaf differs at most.
        let new = apply(text, &edits.in_order(file).expect("one edit")).expect("a good span");
        let (old_tree, new_tree) = (parse(file, text, 0).tree, parse(file, &new, 0).tree);
        let leaves = [&old_tree, &new_tree].map(|tree| {
            let mut leaves = Vec::new();
            leaves_of(tree.as_ref().expect("a tree").root().expect("a root"), &mut leaves);
            leaves
        });
        let differ = leaves[0].iter().zip(&leaves[1]).filter(|(old, new)| old != new).count();
        prop_assert!(leaves[0].len() == leaves[1].len() && differ <= 1, "{}", diff(&prepared));
    }
}

/// All keys and values in their order, with marks for where collections begin and end.
fn leaves_of(node: Node<'_, '_>, leaves: &mut Vec<String>) {
    match node.value() {
        Value::Mapping(mapping) => {
            leaves.push("{".to_owned());
            for pair in mapping.pairs() {
                leaves.push(format!("key {:?}", pair.key));
                leaves_of(pair.value, leaves);
            }
            leaves.push("}".to_owned());
        }
        Value::Sequence(items) => {
            leaves.push("[".to_owned());
            items.items().for_each(|item| leaves_of(item, leaves));
            leaves.push("]".to_owned());
        }
        Value::Scalar(scalar) => leaves.push(format!("{:?}", scalar.plain()) + scalar.text),
        Value::Null | Value::Unresolved => leaves.push("nothing".to_owned()),
    }
}

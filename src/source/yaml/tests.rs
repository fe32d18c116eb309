use super::*;
use crate::source::{FileStore, RepoPath};

fn file() -> FileId {
    FileStore::new().add(RepoPath::new("data.yml").expect("a path"), Ok(String::new())).0
}

fn tree(text: &str) -> Tree<'_> {
    let parsed = parse(file(), text, 0);
    assert_eq!(parsed.errors, [], "{text}");
    parsed.tree.expect("a tree")
}

fn error(text: &str) -> (String, String) {
    let parsed = parse(file(), text, 0);
    let error = parsed.errors.first().expect("an error");
    (text[error.span.range()].to_owned(), error.message.clone())
}

fn pairs<'t, 's>(tree: &'t Tree<'s>) -> Vec<Pair<'t, 's>> {
    match tree.root().map(|root| root.value()) {
        Some(Value::Mapping(mapping)) => mapping.pairs().collect(),
        other => panic!("not a mapping: {other:?}"),
    }
}

#[test]
fn every_key_and_value_knows_its_place() {
    let text = "title : \"A \\\"B\\\"\"\nnote: 'x'\nlist:\n  - one\n  - two\n\nflow: {a: 1}\n";
    let tree = tree(text);
    let spelled: Vec<(&str, &str)> = pairs(&tree)
        .iter()
        .map(|pair| (&text[pair.key_span.range()], &text[pair.value.span().range()]))
        .collect();
    assert_eq!(
        spelled,
        [
            ("title", "\"A \\\"B\\\"\""),
            ("note", "'x'"),
            ("list", "- one\n  - two"),
            ("flow", "{a: 1}"),
        ]
    );
}

#[test]
fn an_empty_value_stands_behind_its_colon() {
    for text in ["a:\nb: 1\n", "a :\nb: 1\n", "{a: , b: 1}", "a:\r\nb: 1\r\n"] {
        let tree = tree(text);
        let first = pairs(&tree)[0];
        assert!(matches!(first.value.value(), Value::Null), "{text}");
        let colon = text.find(':').expect("a colon");
        assert_eq!(first.value.span().range(), colon + 1..colon + 1, "{text}");
    }
}

#[test]
fn quotes_and_tags_make_text_of_anything() {
    let tree = tree("a: 12\nb: '12'\nc: !!str 12\nd: null\ne: 'null'\n");
    let meanings: Vec<Option<Plain>> = pairs(&tree)
        .iter()
        .map(|pair| match pair.value.value() {
            Value::Scalar(scalar) => Some(scalar.plain()),
            _ => None,
        })
        .collect();
    let text = Some(Plain::Text);
    assert_eq!(meanings, [Some(Plain::Integer(12)), text, text, None, text]);
}

#[test]
fn comments_are_kept_however_many() {
    let text = format!("{}a: 1 # last\n", "# line\n".repeat(500));
    let tree = tree(&text);
    assert_eq!(tree.comments().len(), 501);
    assert_eq!(&text[tree.comments()[500].range()], "# last");
}

#[test]
fn a_second_equal_key_is_found_at_any_depth_quoted_or_not() {
    let text = "a: 1\nb: {c: 1, d: 2, c: 3}\n'a': 2\n";
    let tree = tree(text);
    let found: Vec<(&str, usize, usize)> = tree
        .duplicate_keys()
        .iter()
        .map(|dup| (dup.key, dup.first.start as usize, dup.second.start as usize))
        .collect();
    assert_eq!(found, [("c", 9, 21), ("a", 0, 27)]);
}

#[test]
fn merge_keys_bring_in_what_is_not_there_and_the_first_wins() {
    let tree = tree(
        "one: &one {a: 1, b: 1}\ntwo: &two {<<: *one, b: 2, c: 2}\nthree: &three {c: 3, d: 3}\n\
         use:\n  <<: [*two, *three]\n  a: own\n",
    );
    let entries = pairs(&tree)[3].value.mapping().expect("a mapping").entries();
    let shown: Vec<(&str, &str, bool)> = entries
        .iter()
        .map(|entry| match entry.pair.value.value() {
            Value::Scalar(scalar) => (entry.pair.key.expect("text"), scalar.text, entry.is_own),
            other => panic!("{other:?}"),
        })
        .collect();
    let wanted = [("a", "own", true), ("b", "2", false), ("c", "2", false), ("d", "3", false)];
    assert_eq!(shown, wanted);
}

#[test]
fn a_cycle_of_merge_keys_ends() {
    let tree = tree("a: &a\n  <<: *a\n  b: 1\n");
    let entries = pairs(&tree)[0].value.mapping().expect("a mapping").entries();
    assert_eq!(entries.len(), 1);
}

#[test]
fn a_cycle_of_aliases_is_only_a_reference() {
    let tree = tree("a: &a [*a]\n");
    let mut node = pairs(&tree)[0].value;
    for _ in 0..1_000 {
        let Value::Sequence(sequence) = node.value() else { panic!("a sequence") };
        node = sequence.items().next().expect("an item");
    }
}

#[test]
fn aliases_that_stand_for_too_much_are_an_error() {
    let keys = (0..20_000).fold(String::new(), |text, key| text + &format!("  k{key}: 1\n"));
    let text = format!("big: &big\n{keys}many:\n{}", "- *big\n".repeat(20_000));
    let (place, message) = error(&text);
    assert_eq!(place, "*big");
    assert!(message.contains("expand to too many values"), "{message}");
    assert!(parse(file(), &text, 0).tree.is_none());
}

#[test]
fn aliases_of_aliases_are_followed_until_it_is_enough() {
    let text =
        format!("a: &a [{}]\nb: &b [{}]\nc: [*b, *b]\n", "1, ".repeat(1_000), "*a, ".repeat(150));
    let tree = tree(&text);
    let list = |node: Node<'_, '_>| match node.value() {
        Value::Sequence(items) => items.items().map(|item| item.span()).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    let mut reached = 0;
    let Value::Sequence(both) = pairs(&tree)[2].value.value() else { panic!("a sequence") };
    for b in both.items() {
        let Value::Sequence(items) = b.value() else { continue };
        reached += items.items().map(|a| list(a).len()).sum::<usize>();
    }
    assert!(reached < 200_000, "{reached}");
    assert!(tree.over_budget().is_some());
}

#[test]
fn an_under_indented_continuation_has_a_message_of_its_own() {
    let (place, message) = error("description: \"one\ntwo\"\n");
    assert_eq!(place, "t");
    assert!(message.contains("continues a quoted text"), "{message}");
}

#[test]
fn a_quote_that_is_never_closed_is_shown_where_it_opens() {
    for text in ["title: \"Saved\nowner: x\n", "title: 'Saved\nowner: 'x'\n", "a: [\"x]\nb: 1\n"] {
        let (place, message) = error(text);
        assert!(place == "\"" || place == "'", "{text}");
        assert!(message.contains("unclosed quote"), "{text}: {message}");
    }
    let (place, message) = error("note: 'see\nRatio: the new page'\n");
    assert_eq!(place, "'", "a line that looks like a key is taken for one");
    assert!(message.contains("unclosed quote"), "{message}");
}

#[test]
fn an_empty_item_stands_behind_its_dash() {
    let tree = tree("- # nothing yet\n-\n- x\n");
    let Some(Value::Sequence(items)) = tree.root().map(|root| root.value()) else {
        panic!("a list")
    };
    let places: Vec<usize> = items.items().map(|item| item.span().range().start).collect();
    assert_eq!(places, [1, 17, 20]);
}

#[test]
fn errors_say_what_stands_where() {
    let cases = [
        ("a: [1,\n", "[", "unclosed bracket"),
        ("a: \"x", "\"", "unclosed quote"),
        ("a: b: c\n", ":", "mapping values are not allowed"),
        ("a: %x\n", "%", "unexpected character: `%`"),
        ("a: 1\n---\nb: 1\n", "---", "second document"),
        ("a: *b\n", "*b", "anchored as `&b`"),
    ];
    for (text, place, message) in cases {
        let (found, said) = error(text);
        assert_eq!(found, place, "{text}");
        assert!(said.contains(message), "{said}");
    }
    for deep in ["[".repeat(100_000), "- ".repeat(30_000), "{a: ".repeat(50_000)] {
        assert!(error(&deep).1.contains("levels deep"));
    }
}

#[test]
fn front_matter_has_the_offsets_of_its_page() {
    let page = "---\ntitle: x\n---\n";
    let parsed = parse(file(), &page[4..13], 4);
    let tree = parsed.tree.expect("a tree");
    assert_eq!(&page[pairs(&tree)[0].key_span.range()], "title");
}

/// Text that is often YAML, and often nearly so.
fn nearly_yaml() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    const PIECES: [&str; 20] = [
        ": ", "\n", "\n  ", "- ", "\r\n", "\"", "'", "&a ", "*a", "{", "}", "[", "]", ", ", "# b",
        "|\n", "---\n", "? ", "<<", "!!str ",
    ];
    let piece = prop_oneof![
        1 => "[a-cé]{1,3}",
        2 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Every span of a tree lies in the text, inside that of the collection around it.
fn check_spans(node: Node<'_, '_>, around: std::ops::Range<usize>, text: &str) {
    let range = node.span().range();
    assert!(text.get(range.clone()).is_some(), "{range:?} of {text:?}");
    assert!(
        around.start <= range.start && range.end <= around.end,
        "{range:?} in {around:?} of {text:?}"
    );
    if matches!(node.tree.nodes[node.id.0 as usize].content, Content::Alias(_)) {
        return;
    }
    match node.value() {
        Value::Mapping(mapping) => mapping.pairs().for_each(|pair| {
            assert!(text.get(pair.key_span.range()).is_some());
            check_spans(pair.value, range.clone(), text);
        }),
        Value::Sequence(items) => {
            items.items().for_each(|item| check_spans(item, range.clone(), text));
        }
        Value::Scalar(_) | Value::Null | Value::Unresolved => {}
    }
}

#[test]
fn an_empty_item_lies_in_the_sequence_around_it() {
    for text in ["a: \n- ", "a:\n-  # b\n- ", "a:\n- b\n-", "- \n- ", "a:\n-  - \n"] {
        let parsed = parse(file(), text, 0);
        let root = parsed.tree.as_ref().and_then(Tree::root).expect("a tree");
        check_spans(root, 0..text.len(), text);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_gives_a_tree_or_errors_with_spans_inside_it(text in nearly_yaml()) {
        let parsed = parse(file(), &text, 0);
        proptest::prop_assert!(parsed.tree.is_some() || !parsed.errors.is_empty());
        for error in &parsed.errors {
            proptest::prop_assert!(text.get(error.span.range()).is_some());
        }
        if let Some(root) = parsed.tree.as_ref().and_then(Tree::root) {
            check_spans(root, 0..text.len(), &text);
        }
    }
}

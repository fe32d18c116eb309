//! A data file as single facts, so that two versions can be compared whatever their order and layout.

use std::collections::BTreeMap;

use crate::handbook::profile::{DataFile, Layout};
use crate::source::yaml::{Node, Tree, Value};
use crate::source::{Span, Spanned};

/// Facts by where they stand: the key of the record, then the fields down to the value. An entry of a list is
/// [named](entry) by its text, so that its place in the list does not matter.
pub(super) type Facts = BTreeMap<Vec<String>, Spanned<String>>;

/// How deep a file is looked into. The files of handbooks have five levels; aliases can make any number.
const MAX_DEPTH: usize = 32;

/// The facts of the file `tree` of this format.
pub(super) fn facts(format: &DataFile, tree: &Tree<'_>) -> Facts {
    let mut facts = Facts::new();
    let Some(root) = tree.root() else { return facts };
    let mut path = Vec::new();
    match format.layout {
        Layout::Map | Layout::Free => flatten(root, &mut path, &mut facts),
        Layout::MapUnder(key) => flatten(under(root, key), &mut path, &mut facts),
        Layout::List(name) => records(root, name, &mut path, &mut facts),
        Layout::ListUnder(key, name) => records(under(root, key), name, &mut path, &mut facts),
        Layout::Lists(name) => {
            for pair in root.mapping().into_iter().flat_map(|lists| lists.pairs()) {
                path.push(pair.key.unwrap_or_default().to_owned());
                records(pair.value, name, &mut path, &mut facts);
                path.pop();
            }
        }
    }
    facts
}

/// What stands under the one key of a file; all of it where that is not there.
fn under<'t, 's>(root: Node<'t, 's>, key: &str) -> Node<'t, 's> {
    let pairs = root.mapping().into_iter().flat_map(|top| top.pairs());
    pairs.filter(|pair| pair.key == Some(key)).last().map_or(root, |pair| pair.value)
}

/// The records of a list, told apart by the field `name`.
fn records(node: Node<'_, '_>, name: &str, path: &mut Vec<String>, facts: &mut Facts) {
    let Value::Sequence(items) = node.value() else { return flatten(node, path, facts) };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for item in items.items() {
        let pairs = item.mapping().into_iter().flat_map(|record| record.pairs());
        let title =
            pairs.filter(|pair| pair.key == Some(name)).find_map(|pair| match pair.value.value() {
                Value::Scalar(scalar) => Some(scalar.text.to_owned()),
                _ => None,
            });
        path.push(numbered(title.unwrap_or_default(), &mut seen));
        flatten(item, path, facts);
        path.pop();
    }
}

fn flatten(node: Node<'_, '_>, path: &mut Vec<String>, facts: &mut Facts) {
    let before = facts.len();
    if path.len() < MAX_DEPTH {
        match node.value() {
            Value::Mapping(mapping) => {
                for pair in mapping.pairs() {
                    path.push(pair.key.unwrap_or_default().to_owned());
                    flatten(pair.value, path, facts);
                    path.pop();
                }
            }
            Value::Sequence(items) => {
                let mut seen = BTreeMap::new();
                for (at, item) in items.items().enumerate() {
                    let name = match item.value() {
                        Value::Scalar(scalar) => entry(scalar.text),
                        _ => format!("#{at}"),
                    };
                    path.push(numbered(name, &mut seen));
                    flatten(item, path, facts);
                    path.pop();
                }
            }
            Value::Scalar(scalar) => insert(facts, path, scalar.text, node.span()),
            Value::Null | Value::Unresolved => {}
        }
    }
    if facts.len() == before {
        // What holds nothing is there all the same.
        insert(facts, path, "", node.span());
    }
}

fn insert(facts: &mut Facts, path: &[String], text: &str, span: Span) {
    facts.entry(path.to_vec()).or_insert_with(|| Spanned::new(text.to_owned(), span));
}

/// How the entry `text` of a list is named in a path.
pub(super) fn entry(text: &str) -> String {
    format!("={text}")
}

/// `name`, with a number if it was there before.
fn numbered(name: String, seen: &mut BTreeMap<String, usize>) -> String {
    let count = seen.entry(name.clone()).or_insert(0);
    *count += 1;
    match *count {
        1 => name,
        count => format!("{name} #{count}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Profile;
    use crate::handbook::profile::data_files;
    use crate::source::FileStore;

    fn of(name: &str, text: &str) -> Vec<String> {
        let mut files = FileStore::new();
        let path = crate::source::RepoPath::new("x.yml").expect("a path");
        let (file, _) = files.add(path, Ok(text.to_owned()));
        let parsed = crate::source::yaml::parse(file, text, 0);
        let format = data_files(Profile::Gitlab).iter().find(|format| format.name == name);
        let facts = facts(format.expect("a format"), &parsed.tree.expect("a tree"));
        facts.iter().map(|(path, fact)| format!("{} {}", path.join("/"), fact.value)).collect()
    }

    #[test]
    fn order_and_layout_make_no_difference() {
        let one = of(
            "stages",
            "stages:\n  plan:\n    groups:\n      a: {categories: [x, y]}\n    pm: B\n",
        );
        let other = of(
            "stages",
            "stages:\n  plan:\n    pm: 'B'\n    groups:\n      a:\n        categories:\n        - y\n        - x\n",
        );
        assert_eq!(one, other);
        assert_eq!(
            one,
            ["plan/groups/a/categories/=x x", "plan/groups/a/categories/=y y", "plan/pm B"]
        );
    }

    #[test]
    fn records_of_a_list_are_known_by_their_title() {
        let facts = of("features", "features:\n- title: A\n  link: x\n- title: A\n- link: y\n");
        assert_eq!(facts, ["/link y", "A/link x", "A/title A", "A #2/title A"]);
    }

    #[test]
    fn a_cycle_of_aliases_ends() {
        assert!(of("categories", "a: &a [*a, *a]\n").len() < 10_000_000);
        assert_eq!(of("categories", "a:\nb: {}\n"), ["a ", "b "]);
    }
}

//! Any text parses to a tree or to errors, and every span lies in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmctl::source::yaml::{self, Node, Value};
use pmctl::source::{FileStore, RepoPath};

fuzz_target!(|text: &str| {
    let (file, _) = FileStore::new().add(RepoPath::default(), Ok(String::new()));
    let parsed = yaml::parse(file, text, 0);
    for error in &parsed.errors {
        assert!(text.get(error.span.range()).is_some());
    }
    if let Some(tree) = &parsed.tree {
        let _ = tree.duplicate_keys();
        if let Some(root) = tree.root() {
            walk(root, text, 4);
        }
    }
});

fn walk(node: Node<'_, '_>, text: &str, depth: usize) {
    assert!(text.get(node.span().range()).is_some());
    if depth == 0 {
        return;
    }
    match node.value() {
        Value::Mapping(mapping) => mapping.pairs().for_each(|pair| walk(pair.value, text, depth - 1)),
        Value::Sequence(items) => items.items().for_each(|item| walk(item, text, depth - 1)),
        Value::Scalar(_) | Value::Null | Value::Unresolved => {}
    }
}

//! YAML and TOML as JSON, for the tests that look into files or hold them against a schema.

use pmctl::source::yaml::{self, Node, Plain};
use pmctl::source::{FileStore, RepoPath};
use serde_json::{Map, Value};

/// What the YAML `text` says; it must be YAML.
pub fn json_of_yaml(text: &str) -> Value {
    let mut files = FileStore::new();
    let path = RepoPath::new("file.yml").expect("a path");
    let (file, _) = files.add(path, Ok(text.to_owned()));
    let parsed = yaml::parse(file, files.file(file).text(), 0);
    assert!(parsed.errors.is_empty(), "{:?}\n{text}", parsed.errors);
    let root = parsed.tree.as_ref().and_then(yaml::Tree::root);
    root.map_or(Value::Null, json)
}

fn json(node: Node<'_, '_>) -> Value {
    match node.value() {
        yaml::Value::Null | yaml::Value::Unresolved => Value::Null,
        yaml::Value::Scalar(scalar) => match scalar.plain() {
            Plain::Null => Value::Null,
            Plain::Bool(value) => value.into(),
            Plain::Integer(value) => value.into(),
            Plain::Float(value) => value.into(),
            Plain::Text => scalar.text.into(),
        },
        yaml::Value::Sequence(items) => items.items().map(json).collect(),
        yaml::Value::Mapping(mapping) => {
            let entries = mapping.entries().into_iter().map(|entry| entry.pair);
            let entry = |pair: yaml::Pair<'_, '_>| Some((pair.key?.to_owned(), json(pair.value)));
            Value::Object(entries.filter_map(entry).collect::<Map<_, _>>())
        }
    }
}

/// What the TOML `text` says; it must be TOML.
pub fn json_of_toml(text: &str) -> Value {
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

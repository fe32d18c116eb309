//! What is checked of a file to which a record was added.

use super::prepared::{CheckError, EditedFile};
use super::record::{NewRecord, NewValue};
use crate::source::yaml::{self, Node, Value};

/// Checks that a change has added just `record` to the map `under`, and that everything else of the file
/// says what it said.
pub fn only_this_record_added(
    change: &EditedFile<'_>,
    under: &str,
    record: &NewRecord,
) -> Result<(), CheckError> {
    let (old, new) =
        (yaml::parse(change.file, change.old, 0), yaml::parse(change.file, change.new, 0));
    if !new.errors.is_empty() {
        return Err("it would not be valid YAML any more".into());
    }
    let entries = |parsed: &yaml::Parsed<'_>| {
        let root = parsed.tree.as_ref().and_then(yaml::Tree::root);
        let pairs = root.and_then(|root| root.mapping()).map(|mapping| mapping.pairs());
        let mut others = Vec::new();
        let mut records = Vec::new();
        for pair in pairs.into_iter().flatten() {
            match (pair.key, pair.value.mapping()) {
                (Some(key), Some(mapping)) if key == under => {
                    records.extend(
                        mapping
                            .pairs()
                            .map(|pair| (pair.key.map(str::to_owned), shape(pair.value, DEPTH))),
                    );
                }
                (Some(key), _) if key == under => {}
                (key, _) => others.push((key.map(str::to_owned), shape(pair.value, DEPTH))),
            }
        }
        let comments = parsed.tree.as_ref().map_or(0, |tree| tree.comments().len());
        (others, records, comments)
    };
    let (old_others, mut wanted, old_comments) = entries(&old);
    let (new_others, records, new_comments) = entries(&new);
    let fields: Vec<String> = record
        .fields
        .iter()
        .map(|(name, value)| {
            let (NewValue::Text(text) | NewValue::Plain(text)) = value;
            format!("{name:?}:{text:?},")
        })
        .collect();
    wanted.push((Some(record.key.clone()), format!("{{{}}}", fields.concat())));
    if old_others != new_others || wanted != records || old_comments != new_comments {
        return Err(format!("more than `{}` would change", record.key).into());
    }
    Ok(())
}

/// How deep values are compared: deeper ones cannot be parsed, but aliases can go round in a circle.
const DEPTH: usize = 128;

/// What a value says, spelled out.
fn shape(node: Node<'_, '_>, depth: usize) -> String {
    let Some(depth) = depth.checked_sub(1) else { return "deeper".to_owned() };
    match node.value() {
        Value::Null => "null".to_owned(),
        Value::Unresolved => "unresolved".to_owned(),
        Value::Scalar(scalar) => format!("{:?}", scalar.text),
        Value::Sequence(items) => {
            let items: String = items.items().map(|item| shape(item, depth) + ",").collect();
            format!("[{items}]")
        }
        Value::Mapping(mapping) => {
            let pair = |pair: yaml::Pair<'_, '_>| {
                format!("{:?}:{},", pair.key.unwrap_or_default(), shape(pair.value, depth))
            };
            format!("{{{}}}", mapping.pairs().map(pair).collect::<String>())
        }
    }
}

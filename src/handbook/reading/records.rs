//! The records of a file: maps and lists of them.

use super::Reader;
use super::check::unquoted;
use super::fields::Fields;
use super::value::{FromNode, describe, shortened};
use crate::handbook::schema::Schema;
use crate::handbook::{Problem, ProblemKind};
use crate::source::yaml::{Node, Value};
use crate::source::{Span, Spanned};

/// Whose a record is.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    /// Its key, or the title of a list's item, at the place where the record begins.
    pub(super) name: Spanned<String>,
    /// What messages call it, such as ``feature `Saved searches` ``.
    pub(super) described: String,
}

impl Owner {
    fn named(schema: &Schema, name: Spanned<String>) -> Self {
        Self { described: format!("{} `{}`", schema.noun, shortened(&name.value)), name }
    }

    /// The owner of a list's item without a name, known by its number, from 1.
    fn numbered(schema: &Schema, number: usize, span: Span) -> Self {
        let name = Spanned::new(format!("number {number}"), span);
        Self { described: format!("{} {}", schema.noun, name.value), name }
    }
}

/// Reads every record of the map `node`; `false` if it is something else.
pub(in crate::handbook) fn read_records<'a, 't, 's>(
    reader: &mut Reader<'a>,
    schema: &'static Schema,
    node: Node<'t, 's>,
    read: &mut dyn FnMut(&mut Fields<'_, 'a, 't, 's>),
) -> bool {
    match node.value() {
        Value::Null | Value::Unresolved => true,
        Value::Mapping(mapping) => {
            for pair in mapping.entries().into_iter().map(|entry| entry.pair) {
                match pair.key {
                    // GitLab hides such keys: they hold anchors.
                    Some(key) if key.starts_with('.') && pair.key_elsewhere.is_none() => {}
                    Some(key) => {
                        if let Some(elsewhere) = pair.key_elsewhere {
                            let subject = format!("the key of {} `{key}`", schema.noun);
                            reader.problem(unquoted(pair.key_span, &subject, key, elsewhere));
                        }
                        let key = Spanned::new(key.to_owned(), pair.key_span);
                        read_record(reader, schema, Owner::named(schema, key), pair.value, read);
                    }
                    None => reader.lost(key_is_no_text(pair.key_span)),
                }
            }
            true
        }
        _ => {
            let message =
                format!("{} stands where a map of {} keys belongs", describe(node), schema.noun);
            reader.lost(
                Problem::new(ProblemKind::WrongType, node.span(), message).label("expected a map"),
            );
            false
        }
    }
}

/// Reads every record of the list `node`, whose items the field `name` tells apart; `false` if it is
/// something else.
pub(in crate::handbook) fn read_list<'a, 't, 's>(
    reader: &mut Reader<'a>,
    schema: &'static Schema,
    name: &str,
    node: Node<'t, 's>,
    read: &mut dyn FnMut(&mut Fields<'_, 'a, 't, 's>),
) -> bool {
    match node.value() {
        Value::Null | Value::Unresolved => true,
        Value::Sequence(items) => {
            for (at, item) in items.items().enumerate() {
                let owner = owner_of_item(schema, item, name, at + 1);
                read_record(reader, schema, owner, item, read);
            }
            true
        }
        _ => {
            let message = format!(
                "{} stands where a list of {} entries belongs",
                describe(node),
                schema.noun
            );
            reader.lost(
                Problem::new(ProblemKind::WrongType, node.span(), message).label("expected a list"),
            );
            false
        }
    }
}

/// An item is known by its name field, and stands at its first key.
fn owner_of_item(schema: &Schema, item: Node<'_, '_>, name: &str, number: usize) -> Owner {
    let Some(first) = item.mapping().and_then(|mapping| mapping.pairs().next()) else {
        return Owner::numbered(schema, number, item.span());
    };
    let entries = item.mapping().map(|mapping| mapping.entries()).unwrap_or_default();
    let named = entries.iter().rfind(|entry| entry.pair.key == Some(name));
    match named.and_then(|entry| String::from_node(entry.pair.value)) {
        Some(title) => Owner::named(schema, Spanned::new(title, first.key_span)),
        None => Owner::numbered(schema, number, first.key_span),
    }
}

fn read_record<'a, 't, 's>(
    reader: &mut Reader<'a>,
    schema: &'static Schema,
    owner: Owner,
    value: Node<'t, 's>,
    read: &mut dyn FnMut(&mut Fields<'_, 'a, 't, 's>),
) {
    match value.value() {
        Value::Mapping(mapping) => {
            read(&mut Fields::new(reader, schema, owner, mapping));
        }
        Value::Null => {
            reader.findings.broken_keys.push(owner.name.value);
            let message = format!("{} is empty", owner.described);
            let problem = Problem::new(ProblemKind::MissingField, owner.name.span, message)
                .label("nothing stands below this")
                .maybe_help(required_fields(schema));
            reader.lost(problem);
        }
        Value::Unresolved => {
            let message = format!("{} cannot be read", owner.described);
            reader.lose(value.span(), message);
            reader.findings.broken_keys.push(owner.name.value);
        }
        _ => {
            reader.findings.broken_keys.push(owner.name.value.clone());
            let message =
                format!("{} is {}, where a map belongs", owner.described, describe(value));
            reader.lost(
                Problem::new(ProblemKind::WrongType, value.span(), message).label("expected a map"),
            );
        }
    }
}

fn required_fields(schema: &Schema) -> Option<String> {
    let required = schema.fields.iter().filter(|field| field.is_required);
    let names: Vec<String> = required.map(|field| format!("`{}`", field.name)).collect();
    (!names.is_empty()).then(|| format!("give it {}", names.join(", ")))
}

pub(in crate::handbook) fn key_is_no_text(span: Span) -> Problem {
    Problem::new(ProblemKind::WrongType, span, "a key has to be text")
        .label("expected text")
        .help("quote the key")
}

//! The records of a file: maps and lists of them.

use super::Reader;
use super::fields::{Fields, Owner};
use super::value::{FromNode, describe};
use crate::handbook::schema::Schema;
use crate::handbook::{Problem, ProblemKind};
use crate::source::yaml::{Mapping, Node, Value};
use crate::source::{Span, Spanned};

/// Reads every record of the map `node`; `false` if it is something else.
pub(in crate::handbook) fn read_records<'a, 't, 's>(
    reader: &mut Reader<'a>,
    schema: &'static Schema,
    node: Node<'t, 's>,
    read: &mut dyn FnMut(&mut Fields<'_, 'a, 't, 's>),
) -> bool {
    match node.value() {
        Value::Null => true,
        Value::Mapping(mapping) => {
            for pair in mapping.pairs() {
                match pair.key {
                    Some("<<") => {}
                    Some(key) => {
                        let owner = Spanned::new(key.to_owned(), pair.key_span);
                        read_record(reader, schema, owner, pair.value, read);
                    }
                    None => reader.problem(key_is_no_text(pair.key_span)),
                }
            }
            true
        }
        _ => {
            let message =
                format!("{} stands where a map of {} keys belongs", describe(node), schema.noun);
            reader.problem(
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
        Value::Null => true,
        Value::Sequence(items) => {
            for (at, item) in items.items().enumerate() {
                let owner = match item.value() {
                    Value::Mapping(mapping) => owner_of_item(mapping, name, at),
                    _ => None,
                };
                let owner = owner
                    .unwrap_or_else(|| Spanned::new(format!("number {}", at + 1), item.span()));
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
            reader.problem(
                Problem::new(ProblemKind::WrongType, node.span(), message).label("expected a list"),
            );
            false
        }
    }
}

/// An item is known by its name field, and stands at its first key.
fn owner_of_item(mapping: Mapping<'_, '_>, name: &str, at: usize) -> Option<Spanned<String>> {
    let first = mapping.pairs().next()?;
    let named = mapping.pairs().filter(|pair| pair.key == Some(name)).last();
    let title = named.and_then(|pair| String::from_node(pair.value));
    let title = title.unwrap_or_else(|| format!("number {}", at + 1));
    Some(Spanned::new(title, first.key_span))
}

fn read_record<'a, 't, 's>(
    reader: &mut Reader<'a>,
    schema: &'static Schema,
    owner: Spanned<String>,
    value: Node<'t, 's>,
    read: &mut dyn FnMut(&mut Fields<'_, 'a, 't, 's>),
) {
    match value.value() {
        Value::Mapping(mapping) => {
            let owner = Owner::new(schema, owner);
            read(&mut Fields::new(reader, schema, owner, mapping));
        }
        Value::Null => {
            let message = format!("{} `{}` is empty", schema.noun, owner.value);
            let problem = Problem::new(ProblemKind::MissingField, owner.span, message)
                .label("nothing stands below this")
                .help(required_fields(schema));
            reader.problem(problem);
        }
        _ => {
            let (noun, name) = (schema.noun, &owner.value);
            let message = format!("{noun} `{name}` is {}, where a map belongs", describe(value));
            reader.problem(
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

pub(super) fn key_is_no_text(span: Span) -> Problem {
    Problem::new(ProblemKind::WrongType, span, "a key has to be text")
        .label("expected text")
        .help("quote the key, or remove the `?`".to_owned())
}

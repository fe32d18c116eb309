//! One record: its fields, checked and ready to be asked for.
//!
//! All checks happen in [`Fields::new`], so that no reader can forget one: wrong kinds, values outside
//! their legal set, required fields that are absent or empty, and unknown keys with a suggestion.

use super::Reader;
use super::check::Check;
use super::records::{key_is_no_text, read_records};
use super::value::{FromNode, is_empty, shortened};
use crate::handbook::schema::{Kind, Schema};
use crate::handbook::{Ladder, Problem, ProblemKind, ToolCell};
use crate::source::yaml::{Mapping, Node, Value};
use crate::source::{Spanned, edits, fold, nearest};

/// Whose a record is.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    /// Its key, or the title of a list's item, at the place where the record begins.
    pub(super) name: Spanned<String>,
    /// What messages call it, such as ``feature `Saved searches` ``.
    pub(super) described: String,
}

impl Owner {
    pub(super) fn new(schema: &Schema, name: Spanned<String>) -> Self {
        let described = format!("{} `{}`", schema.noun, shortened(&name.value));
        Self { name, described }
    }
}

/// One record's fields, checked.
pub struct Fields<'r, 'a, 't, 's> {
    reader: &'r mut Reader<'a>,
    schema: &'static Schema,
    owner: Owner,
    values: Vec<Option<Node<'t, 's>>>,
    /// The dates of levels that are no declared fields, by their field's name.
    level_dates: Vec<(&'a str, Node<'t, 's>)>,
    tools: Vec<(Spanned<String>, ToolCell)>,
}

impl<'r, 'a, 't, 's> Fields<'r, 'a, 't, 's> {
    /// Checks `mapping`, the record of `owner`, by `schema`.
    pub(super) fn new(
        reader: &'r mut Reader<'a>,
        schema: &'static Schema,
        owner: Owner,
        mapping: Mapping<'t, 's>,
    ) -> Self {
        let values = vec![None; schema.fields.len()];
        let mut fields =
            Self { reader, schema, owner, values, level_dates: Vec::new(), tools: Vec::new() };
        let mut unknown = Vec::new();
        // What a merge key brings in yields to the record's own keys, so it comes first.
        for merged in mapping.merged() {
            for pair in merged.pairs() {
                if let Some(at) = pair.key.and_then(|key| schema.position(key)) {
                    fields.values[at] = Some(pair.value);
                }
            }
        }
        for pair in mapping.pairs() {
            match pair.key {
                Some("<<") => {}
                Some(key) => match schema.position(key) {
                    Some(at) => fields.values[at] = Some(pair.value),
                    None if fields.take_level_date(key, pair.value) => {}
                    None => unknown.push((Spanned::new(key, pair.key_span), pair.value)),
                },
                None => fields.reader.problem(key_is_no_text(pair.key_span)),
            }
        }
        fields.check_declared();
        for (key, value) in unknown {
            fields.check_unknown(key, value);
        }
        fields
    }

    /// The record's key, or the title of a list's item.
    pub fn key(&self) -> Spanned<String> {
        self.owner.name.clone()
    }

    /// Whether the record's format has the field `name`.
    pub fn declares(&self, name: &str) -> bool {
        self.schema.position(name).is_some()
    }

    /// The part of the file that the record stands in, where a file has parts.
    pub fn part(&self) -> Option<Spanned<String>> {
        self.reader.part.clone()
    }

    /// The maturity ladder.
    pub fn ladder(&self) -> &'a Ladder {
        self.reader.ladder
    }

    /// The value of `name`, if it is there and right.
    pub fn get<T: FromNode>(&self, name: &str) -> Option<Spanned<T>> {
        let node = self.node(name)?;
        T::from_node(node).map(|value| Spanned::new(value, node.span()))
    }

    /// The values of `name`: a list's items, or the one value that stands for a list of one.
    pub fn list<T: FromNode>(&self, name: &str) -> Vec<Spanned<T>> {
        let spanned = |node: Node<'_, '_>| Some(Spanned::new(T::from_node(node)?, node.span()));
        match self.node(name) {
            None => Vec::new(),
            Some(node) => match node.value() {
                Value::Sequence(items) => items.items().filter_map(spanned).collect(),
                _ => spanned(node).into_iter().collect(),
            },
        }
    }

    /// The keys and values of the map `name`.
    pub fn map<T: FromNode>(&self, name: &str) -> Vec<(Spanned<String>, Spanned<T>)> {
        let Some(Value::Mapping(mapping)) = self.node(name).map(|node| node.value()) else {
            return Vec::new();
        };
        mapping
            .pairs()
            .filter_map(|pair| {
                let key = Spanned::new(pair.key?.to_owned(), pair.key_span);
                let value = Spanned::new(T::from_node(pair.value)?, pair.value.span());
                Some((key, value))
            })
            .collect()
    }

    /// The records of the map `name`, each read by `read`.
    pub fn records<T>(
        &mut self,
        name: &str,
        mut read: impl FnMut(&mut Fields<'_, 'a, 't, 's>) -> T,
    ) -> Vec<T> {
        let Some(at) = self.schema.position(name) else { return Vec::new() };
        let Kind::Records(schema) = self.schema.fields[at].kind else { return Vec::new() };
        let Some(node) = self.values[at] else { return Vec::new() };
        let mut records = Vec::new();
        read_records(self.reader, schema, node, &mut |fields| records.push(read(fields)));
        records
    }

    /// The cells of the tools beside the fields.
    pub fn tools(&mut self) -> Vec<(Spanned<String>, ToolCell)> {
        std::mem::take(&mut self.tools)
    }

    fn node(&self, name: &str) -> Option<Node<'t, 's>> {
        match self.schema.position(name) {
            Some(at) => self.values[at],
            None => self.level_dates.iter().find(|(key, _)| *key == name).map(|(_, node)| *node),
        }
    }

    /// Takes `value` if `key` holds the date of a level that is no declared field.
    fn take_level_date(&mut self, key: &str, value: Node<'t, 's>) -> bool {
        let ladder = self.reader.ladder;
        let rung = match self.schema.has_level_dates {
            true => ladder.rungs.iter().skip(1).find(|rung| rung.date_field == key),
            false => None,
        };
        let Some(rung) = rung else { return false };
        self.level_dates.push((&rung.date_field, value));
        if !is_empty(value) {
            let owner = self.owner.described.clone();
            Check::new(&rung.date_field, Kind::Date, &owner).run(value, self.reader);
        }
        true
    }

    fn check_declared(&mut self) {
        let schema = self.schema;
        let owner = self.owner.described.clone();
        for (field, value) in schema.fields.iter().zip(self.values.clone()) {
            match value {
                Some(node) if !is_empty(node) => {
                    Check::of(field, &owner).run(node, self.reader);
                }
                _ if field.is_required => {
                    let (state, label) = match value {
                        Some(_) => ("is empty", "its field is empty"),
                        None => ("is missing", "the field belongs to this"),
                    };
                    let message = format!("`{}` of {owner} {state}", field.name);
                    self.reader.problem(
                        Problem::new(ProblemKind::MissingField, self.owner.name.span, message)
                            .label(label)
                            .help(format!("add `{}`: {}", field.name, field.meaning)),
                    );
                }
                _ => {}
            }
        }
    }

    fn check_unknown(&mut self, key: Spanned<&str>, value: Node<'t, 's>) {
        let schema = self.schema;
        let owner = self.owner.described.clone();
        let unknown = |near: Option<&str>| {
            let message = format!("`{}` is no field of a {}", key.value, schema.noun);
            Problem::new(ProblemKind::UnknownField, key.span, message)
                .label("unknown field")
                .help(near.map(|near| format!("did you mean `{near}`?")))
        };
        if !schema.has_tools {
            let near = nearest(key.value, schema.fields.iter().map(|field| field.name));
            self.reader.problem(unknown(near));
            return;
        }
        if let Some(field) = self.misspelt_field(key.value, value) {
            self.reader.problem(unknown(Some(field)));
        } else if let Some(cell) = ToolCell::from_value(value) {
            self.tools.push((key.map(str::to_owned), cell));
        } else if could_be_cell(value) {
            Check::new(key.value, Kind::Cell, &owner).run(value, self.reader);
        }
    }

    /// The field that `key` is a slip of, in a record whose other keys may be the names of tools: one
    /// that is near, is not there itself, and could hold `value`. `github_com` beside `gitlab_com` is a
    /// tool, `gitlab_stater` without `gitlab_starter` is not.
    fn misspelt_field(&mut self, key: &str, value: Node<'t, 's>) -> Option<&'static str> {
        let schema = self.schema;
        let near = self.reader.near_fields(schema, key);
        let at = near.iter().copied().find(|at| self.values[*at].is_none())?;
        let field = &schema.fields[at];
        (is_empty(value) || self.reader.fits(field, value)).then_some(field.name)
    }
}

/// The places of the fields that `key` may be a slip of, the nearest first: a letter away, or two in a
/// long word.
pub(super) fn near_fields(schema: &Schema, key: &str) -> Vec<usize> {
    let limit = if key.chars().count() > 12 { 2 } else { 1 };
    let folded = fold(key);
    let mut near: Vec<(usize, usize)> = Vec::new();
    for (at, field) in schema.fields.iter().enumerate() {
        let distance = match fold(field.name) == folded {
            true => Some(0),
            false => edits(key, field.name, limit),
        };
        if let Some(distance) = distance.filter(|_| field.name.len() > 3) {
            near.push((distance, at));
        }
    }
    near.sort_unstable();
    near.into_iter().map(|(_, at)| at).collect()
}

/// Whether a value beside the fields was meant as a tool's cell: a word, or a map with `valid`.
fn could_be_cell(node: Node<'_, '_>) -> bool {
    match node.value() {
        Value::Scalar(scalar) => {
            scalar.text.len() <= 24
                && scalar.text.chars().all(|c| c.is_alphabetic() || matches!(c, '_' | '-' | '/'))
        }
        Value::Mapping(mapping) => mapping.pairs().any(|pair| pair.key == Some("valid")),
        _ => false,
    }
}

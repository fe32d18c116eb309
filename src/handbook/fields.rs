//! Reading a record by its [`Schema`]: every field is checked once against its declaration, whatever
//! is wrong is collected, and what is right can be asked for by name.
//!
//! All checks happen in [`Fields::new`], so that no reader can forget one: wrong kinds, values outside
//! their legal set, required fields that are absent or empty, and unknown keys with a suggestion.

use jiff::civil::Date;
use strsim::damerau_levenshtein;

use super::schema::{Field, Kind, Schema, Table};
use super::{Cell, Ladder, Problem, ProblemKind, ToolCell};
use crate::config::parse_date;
use crate::source::yaml::{Mapping, Node, Plain, Scalar, Value};
use crate::source::{Span, Spanned, fold, nearest};

/// A pointer from one fact to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it points into.
    pub table: Table,
    /// The key it names.
    pub key: Spanned<String>,
    /// Whose it is, such as ``feature `Saved searches` ``.
    pub owner: String,
}

/// A word of a vocabulary that a file sets itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VocabularyWord {
    /// The field, such as `priority_level`.
    pub field: String,
    /// The word.
    pub word: Spanned<String>,
}

/// What reading finds beside the records.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What points where.
    pub references: Vec<Reference>,
    /// The words of the fields whose vocabulary the file sets.
    pub vocabulary: Vec<VocabularyWord>,
}

/// What reading a file needs to know, and what it finds.
pub struct Reader<'a> {
    ladder: &'a Ladder,
    part: Option<Spanned<String>>,
    findings: Findings,
}

impl<'a> Reader<'a> {
    /// A reader with nothing found yet.
    pub fn new(ladder: &'a Ladder) -> Self {
        Self { ladder, part: None, findings: Findings::default() }
    }

    /// What was found.
    pub fn into_findings(self) -> Findings {
        self.findings
    }

    /// From here on, records belong to `part` of the file.
    pub fn enter(&mut self, part: Spanned<String>) {
        self.part = Some(part);
    }

    /// Adds a problem.
    pub fn problem(&mut self, problem: Problem) {
        self.findings.problems.push(problem);
    }
}

/// Whose a record is.
#[derive(Clone, Debug)]
pub struct Owner {
    /// Its key, or the title of a list's item, at the place where the record begins.
    pub name: Spanned<String>,
    /// What messages call it, such as ``feature `Saved searches` ``.
    pub described: String,
}

impl Owner {
    fn new(schema: &Schema, name: Spanned<String>) -> Self {
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
    fn new(
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
            let check =
                Check { ladder, owner: &owner, name: &rung.date_field, is_vocabulary: false };
            check.kind(Kind::Date, value, &mut self.reader.findings);
        }
        true
    }

    fn check_declared(&mut self) {
        let schema = self.schema;
        let owner = self.owner.described.clone();
        for (field, value) in schema.fields.iter().zip(self.values.clone()) {
            match value {
                Some(node) if !is_empty(node) => {
                    let check = Check::of(field, self.reader.ladder, &owner);
                    check.kind(field.kind, node, &mut self.reader.findings);
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
            let ladder = self.reader.ladder;
            let check = Check { ladder, owner: &owner, name: key.value, is_vocabulary: false };
            check.kind(Kind::Cell, value, &mut self.reader.findings);
        }
    }

    /// The field that `key` is a slip of, in a record whose other keys may be the names of tools: one
    /// that is a letter away (two in a long word), is not there itself, and could hold `value`.
    /// `github_com` beside `gitlab_com` is a tool, `gitlab_stater` without `gitlab_starter` is not.
    fn misspelt_field(&self, key: &str, value: Node<'t, 's>) -> Option<&'static str> {
        let schema = self.schema;
        let folded = fold(key);
        let limit = if key.chars().count() > 12 { 2 } else { 1 };
        let candidates = schema.fields.iter().zip(&self.values).filter_map(|(field, there)| {
            let distance = match fold(field.name) == folded {
                true => 0,
                false => damerau_levenshtein(key, field.name),
            };
            let is_near = distance <= limit && field.name.chars().count() > 3;
            (is_near && there.is_none()).then_some((distance, field))
        });
        let (_, field) = candidates.min_by_key(|(distance, _)| *distance)?;
        let mut scratch = Findings::default();
        if !is_empty(value) {
            let check = Check::of(field, self.reader.ladder, "");
            check.kind(field.kind, value, &mut scratch);
        }
        scratch.problems.is_empty().then_some(field.name)
    }
}

/// Reads every record of the map `node`; `false` if it is something else.
pub fn read_records<'a, 't, 's>(
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
pub fn read_list<'a, 't, 's>(
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

fn key_is_no_text(span: Span) -> Problem {
    Problem::new(ProblemKind::WrongType, span, "a key has to be text")
        .label("expected text")
        .help("quote the key, or remove the `?`".to_owned())
}

/// Whether there is nothing in a value: null, or text of spaces alone.
fn is_empty(node: Node<'_, '_>) -> bool {
    match node.value() {
        Value::Null => true,
        Value::Scalar(scalar) => scalar.text.trim().is_empty(),
        Value::Sequence(items) => items.items().len() == 0,
        Value::Mapping(mapping) => mapping.pairs().len() == 0,
    }
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

/// What a value is, in words.
fn describe(node: Node<'_, '_>) -> String {
    match node.value() {
        Value::Null => "nothing".to_owned(),
        Value::Sequence(_) => "a list".to_owned(),
        Value::Mapping(_) => "a map".to_owned(),
        Value::Scalar(scalar) => match scalar.plain() {
            Plain::Text | Plain::Null => format!("the text `{}`", shortened(scalar.text)),
            Plain::Bool(_) => format!("`{}`", scalar.text),
            Plain::Integer(_) | Plain::Float(_) => format!("the number `{}`", scalar.text),
        },
    }
}

/// At most 60 characters of a text's first line.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        None if line.len() == text.len() => text.to_owned(),
        None => format!("{line}…"),
        Some((at, _)) => format!("{}…", &line[..at]),
    }
}

/// The check of one field's value.
struct Check<'c> {
    ladder: &'c Ladder,
    owner: &'c str,
    name: &'c str,
    is_vocabulary: bool,
}

impl<'c> Check<'c> {
    fn of(field: &Field, ladder: &'c Ladder, owner: &'c str) -> Self {
        Self { ladder, owner, name: field.name, is_vocabulary: field.is_vocabulary }
    }

    fn kind(&self, kind: Kind, node: Node<'_, '_>, findings: &mut Findings) {
        let value = node.value();
        match kind {
            Kind::Any => {}
            Kind::Text => match value {
                Value::Scalar(scalar) if !matches!(scalar.plain(), Plain::Bool(_)) => {
                    self.word(scalar, node, findings);
                }
                _ => self.wrong_type(kind, node, findings),
            },
            Kind::TextOrFalse => match value {
                Value::Scalar(scalar) if scalar.plain() != Plain::Bool(true) => {}
                _ => self.wrong_type(kind, node, findings),
            },
            Kind::Bool => match value {
                Value::Scalar(scalar) if matches!(scalar.plain(), Plain::Bool(_)) => {}
                _ => self.wrong_type(kind, node, findings),
            },
            Kind::Integer => match value {
                Value::Scalar(scalar) if matches!(scalar.plain(), Plain::Integer(_)) => {}
                _ => self.wrong_type(kind, node, findings),
            },
            Kind::Number | Kind::Fraction => match number(value) {
                Some(number) if matches!(kind, Kind::Number) || (0.0..=1.0).contains(&number) => {}
                Some(number) => {
                    let help = "write a share of one, such as `0.25` for a quarter";
                    self.invalid(&number.to_string(), Some(help.to_owned()), node, findings);
                }
                None => self.wrong_type(kind, node, findings),
            },
            Kind::Date => match value {
                Value::Scalar(scalar) if parse_date(scalar.text).is_some() => {}
                _ => self.wrong_type(kind, node, findings),
            },
            Kind::Choice(legal) => self.choice(legal, node, findings),
            Kind::Grade => self.grade(node, findings),
            Kind::Level if self.ladder.is_table => {
                self.reference(Table::MaturityLevels, node, findings);
            }
            Kind::Level => {
                let levels: Vec<&str> = self.ladder.keys().collect();
                self.choice(&levels, node, findings);
            }
            Kind::Key(table) => self.reference(table, node, findings),
            Kind::KeyOr(table, nothing) => match value {
                Value::Scalar(scalar) if scalar.text == nothing => {}
                _ => self.reference(table, node, findings),
            },
            Kind::Cell => self.cell(node, findings),
            Kind::OneOrMany(kind) => match value {
                Value::Sequence(items) => {
                    items.items().filter(|item| !is_empty(*item)).for_each(|item| {
                        self.kind(*kind, item, findings);
                    });
                }
                _ => self.kind(*kind, node, findings),
            },
            Kind::List(kind) => match value {
                Value::Sequence(items) => {
                    items.items().filter(|item| !is_empty(*item)).for_each(|item| {
                        self.kind(*kind, item, findings);
                    });
                }
                _ => self.wrong_type(Kind::List(kind), node, findings),
            },
            Kind::Map(kind) => match value {
                Value::Mapping(mapping) => {
                    for pair in mapping.pairs().filter(|pair| !is_empty(pair.value)) {
                        self.kind(*kind, pair.value, findings);
                    }
                }
                _ => self.wrong_type(Kind::Map(kind), node, findings),
            },
            Kind::MapByKey(table, kind) => match value {
                Value::Mapping(mapping) => {
                    for pair in mapping.pairs().filter(|pair| pair.key != Some("<<")) {
                        if let Some(key) = pair.key {
                            let key = Spanned::new(key.to_owned(), pair.key_span);
                            findings.references.push(self.reference_to(table, key));
                        }
                        if !is_empty(pair.value) {
                            self.kind(*kind, pair.value, findings);
                        }
                    }
                }
                Value::Scalar(scalar) if scalar.plain() == Plain::Bool(false) => {}
                _ => self.wrong_type(Kind::MapByKey(table, kind), node, findings),
            },
            Kind::Record(schema) => match value {
                Value::Mapping(mapping) => {
                    let mut reader = Reader {
                        ladder: self.ladder,
                        part: None,
                        findings: std::mem::take(findings),
                    };
                    let name = Spanned::new(self.name.to_owned(), node.span());
                    let described = format!("`{}` of {}", self.name, self.owner);
                    let owner = Owner { name, described };
                    Fields::new(&mut reader, schema, owner, mapping);
                    *findings = reader.into_findings();
                }
                _ => self.wrong_type(Kind::Record(schema), node, findings),
            },
            // The records are checked when they are read.
            Kind::Records(_) => {}
        }
    }

    fn word(&self, scalar: Scalar<'_>, node: Node<'_, '_>, findings: &mut Findings) {
        if self.is_vocabulary {
            findings.vocabulary.push(VocabularyWord {
                field: self.name.to_owned(),
                word: Spanned::new(scalar.text.to_owned(), node.span()),
            });
        }
    }

    fn choice(&self, legal: &[&str], node: Node<'_, '_>, findings: &mut Findings) {
        match node.value() {
            Value::Scalar(scalar) if legal.contains(&scalar.text) => {}
            Value::Scalar(scalar) => {
                let help = match nearest(scalar.text, legal.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write one of `{}`", legal.join("`, `")),
                };
                self.invalid(scalar.text, Some(help), node, findings);
            }
            _ => self.wrong_type(Kind::Choice(&[]), node, findings),
        }
    }

    fn grade(&self, node: Node<'_, '_>, findings: &mut Findings) {
        let Value::Scalar(scalar) = node.value() else {
            return self.wrong_type(Kind::Grade, node, findings);
        };
        let letter = scalar.text.strip_suffix(['+', '-']).unwrap_or(scalar.text);
        let is_grade = matches!(letter, "A" | "B" | "C" | "D" | "E" | "F");
        if !is_grade && !matches!(scalar.text, "-" | "N/A" | "TBD") {
            let help = "write one grade, `A` to `F`, with `+` or `-` if you like, or `-` for none";
            self.invalid(scalar.text, Some(help.to_owned()), node, findings);
        }
    }

    fn cell(&self, node: Node<'_, '_>, findings: &mut Findings) {
        if ToolCell::from_value(node).is_some() {
            return;
        }
        let (text, node) = match node.value() {
            Value::Scalar(scalar) => (scalar.text, node),
            Value::Mapping(mapping) => {
                match mapping.pairs().find(|pair| pair.key == Some("valid")).map(|pair| pair.value)
                {
                    Some(valid) => match valid.value() {
                        Value::Scalar(scalar) => (scalar.text, valid),
                        _ => return self.wrong_type(Kind::Cell, valid, findings),
                    },
                    None => {
                        return self.invalid(
                            "a map without `valid`",
                            Some("write `{valid: true, details: \"…\"}`".to_owned()),
                            node,
                            findings,
                        );
                    }
                }
            }
            _ => return self.wrong_type(Kind::Cell, node, findings),
        };
        let help = match text {
            "true" | "false" => format!("write `{text}` without quotes; quoted it is a text"),
            "yes" | "Yes" | "y" | "on" => "write `true`".to_owned(),
            "no" | "No" | "n" | "off" => "write `false`".to_owned(),
            "N/A" | "n/a" | "na" => "write `not_applicable`".to_owned(),
            _ => match nearest(text, Cell::WORDS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of `{}`", Cell::WORDS.join("`, `")),
            },
        };
        self.invalid(text, Some(help), node, findings);
    }

    fn reference(&self, table: Table, node: Node<'_, '_>, findings: &mut Findings) {
        match node.value() {
            Value::Scalar(scalar) => {
                let key = Spanned::new(scalar.text.to_owned(), node.span());
                findings.references.push(self.reference_to(table, key));
            }
            _ => self.wrong_type(Kind::Key(table), node, findings),
        }
    }

    fn reference_to(&self, table: Table, key: Spanned<String>) -> Reference {
        Reference { table, key, owner: self.owner.to_owned() }
    }

    fn wrong_type(&self, kind: Kind, node: Node<'_, '_>, findings: &mut Findings) {
        let (expected, found) = (kind.expected(), describe(node));
        let message = format!("`{}` of {} is {found}", self.name, self.owner);
        let help = match (kind, node.value()) {
            (Kind::Text | Kind::TextOrFalse, Value::Scalar(_)) => {
                Some("quote it if it is meant as a word".to_owned())
            }
            (Kind::Bool, Value::Scalar(scalar)) => match scalar.text {
                "yes" | "Yes" | "on" | "y" => Some("write `true`".to_owned()),
                "no" | "No" | "off" | "n" => Some("write `false`".to_owned()),
                "true" | "false" => Some("remove the quotes".to_owned()),
                _ => None,
            },
            (Kind::Date, Value::Scalar(scalar)) => Some(match padded_date(scalar.text) {
                Some(date) => format!("write `{date}`"),
                None => "write year, month and day of a day that exists".to_owned(),
            }),
            _ => None,
        };
        findings.problems.push(
            Problem::new(ProblemKind::WrongType, node.span(), message)
                .label(format!("expected {expected}"))
                .help(help),
        );
    }

    fn invalid(
        &self,
        text: &str,
        help: Option<String>,
        node: Node<'_, '_>,
        findings: &mut Findings,
    ) {
        let text = shortened(text);
        let message = format!("`{text}` is no value for `{}` of {}", self.name, self.owner);
        findings.problems.push(
            Problem::new(ProblemKind::InvalidValue, node.span(), message)
                .label("not a legal value")
                .help(help),
        );
    }
}

fn number(value: Value<'_, '_>) -> Option<f64> {
    let Value::Scalar(scalar) = value else { return None };
    match scalar.plain() {
        #[expect(clippy::cast_precision_loss, reason = "the numbers of a handbook are small")]
        Plain::Integer(number) => Some(number as f64),
        Plain::Float(number) => Some(number),
        _ => None,
    }
}

/// The date that `2022-1-5` or `2022-01-05T00:00:00Z` must mean, in full.
fn padded_date(text: &str) -> Option<Date> {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let mut parts = day.split('-').map(|part| part.parse::<i16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || year < 1000 {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// What can be made of a YAML value; `None` where it is something else.
pub trait FromNode: Sized {
    /// The value of `node`.
    fn from_node(node: Node<'_, '_>) -> Option<Self>;
}

impl FromNode for String {
    fn from_node(node: Node<'_, '_>) -> Option<Self> {
        let Value::Scalar(scalar) = node.value() else { return None };
        let is_word = !matches!(scalar.plain(), Plain::Bool(_)) && !scalar.text.trim().is_empty();
        is_word.then(|| scalar.text.to_owned())
    }
}

impl FromNode for bool {
    fn from_node(node: Node<'_, '_>) -> Option<Self> {
        let Value::Scalar(scalar) = node.value() else { return None };
        match scalar.plain() {
            Plain::Bool(value) => Some(value),
            _ => None,
        }
    }
}

impl FromNode for Date {
    fn from_node(node: Node<'_, '_>) -> Option<Self> {
        let Value::Scalar(scalar) = node.value() else { return None };
        parse_date(scalar.text).or_else(|| padded_date(scalar.text))
    }
}

impl FromNode for ToolCell {
    fn from_node(node: Node<'_, '_>) -> Option<Self> {
        Self::from_value(node)
    }
}

//! The check of a value against the kind that its field declares.

use super::fields::{Fields, Owner};
use super::value::{describe, is_empty, number, padded_date, shortened};
use super::{Reader, Reference, VocabularyWord};
use crate::config::parse_date;
use crate::handbook::schema::{Field, Kind, Table};
use crate::handbook::{Cell, Problem, ProblemKind, ToolCell};
use crate::source::yaml::{Node, Plain, Scalar, Value};
use crate::source::{Spanned, nearest};

/// The check of one field's value.
#[derive(Clone, Copy)]
pub(super) struct Check<'c> {
    owner: &'c str,
    name: &'c str,
    kind: Kind,
    is_vocabulary: bool,
}

impl<'c> Check<'c> {
    /// The check of `name`, a field of `owner`.
    pub(super) fn new(name: &'c str, kind: Kind, owner: &'c str) -> Self {
        Self { owner, name, kind, is_vocabulary: false }
    }

    /// The check of a declared field of `owner`.
    pub(super) fn of(field: &Field, owner: &'c str) -> Self {
        Self { is_vocabulary: field.is_vocabulary, ..Self::new(field.name, field.kind, owner) }
    }

    /// Puts into `reader` what is wrong with `node`, and what it points to.
    pub(super) fn run(self, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        self.kind(self.kind, node, reader);
    }

    fn kind(&self, kind: Kind, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        let value = node.value();
        match kind {
            Kind::Text => match value {
                Value::Scalar(scalar) if !matches!(scalar.plain(), Plain::Bool(_)) => {
                    self.word(scalar, node, reader);
                }
                _ => self.wrong_type(kind, node, reader),
            },
            Kind::TextOrFalse => match value {
                Value::Scalar(scalar) if scalar.plain() != Plain::Bool(true) => {}
                _ => self.wrong_type(kind, node, reader),
            },
            Kind::Bool => match value {
                Value::Scalar(scalar) if matches!(scalar.plain(), Plain::Bool(_)) => {}
                _ => self.wrong_type(kind, node, reader),
            },
            Kind::Integer => match value {
                Value::Scalar(scalar) if matches!(scalar.plain(), Plain::Integer(_)) => {}
                _ => self.wrong_type(kind, node, reader),
            },
            Kind::Number | Kind::Fraction => match number(value) {
                Some(number) if matches!(kind, Kind::Number) || (0.0..=1.0).contains(&number) => {}
                Some(number) => {
                    let help = "write a share of one, such as `0.25` for a quarter";
                    self.invalid(&number.to_string(), Some(help.to_owned()), node, reader);
                }
                None => self.wrong_type(kind, node, reader),
            },
            Kind::Date => match value {
                Value::Scalar(scalar) if parse_date(scalar.text).is_some() => {}
                _ => self.wrong_type(kind, node, reader),
            },
            Kind::Choice(legal) => self.choice(legal, node, reader),
            Kind::Grade => self.grade(node, reader),
            Kind::Level if reader.ladder.is_table => {
                self.reference(Table::MaturityLevels, node, reader);
            }
            Kind::Level => {
                let levels: Vec<&str> = reader.ladder.keys().collect();
                self.choice(&levels, node, reader);
            }
            Kind::Key(table) => self.reference(table, node, reader),
            Kind::KeyOr(table, nothing) => match value {
                Value::Scalar(scalar) if scalar.text == nothing => {}
                _ => self.reference(table, node, reader),
            },
            Kind::Cell => self.cell(node, reader),
            Kind::OneOrMany(kind) => match value {
                Value::Sequence(items) => {
                    items.items().filter(|item| !is_empty(*item)).for_each(|item| {
                        self.kind(*kind, item, reader);
                    });
                }
                _ => self.kind(*kind, node, reader),
            },
            Kind::List(kind) => match value {
                Value::Sequence(items) => {
                    items.items().filter(|item| !is_empty(*item)).for_each(|item| {
                        self.kind(*kind, item, reader);
                    });
                }
                _ => self.wrong_type(Kind::List(kind), node, reader),
            },
            Kind::Map(kind) => match value {
                Value::Mapping(mapping) => {
                    for pair in mapping.pairs().filter(|pair| !is_empty(pair.value)) {
                        self.kind(*kind, pair.value, reader);
                    }
                }
                _ => self.wrong_type(Kind::Map(kind), node, reader),
            },
            Kind::MapByKey(table, kind) => match value {
                Value::Mapping(mapping) => {
                    for pair in mapping.pairs().filter(|pair| pair.key != Some("<<")) {
                        if let Some(key) = pair.key {
                            let key = Spanned::new(key.to_owned(), pair.key_span);
                            reader.findings.references.push(self.reference_to(table, key));
                        }
                        if !is_empty(pair.value) {
                            self.kind(*kind, pair.value, reader);
                        }
                    }
                }
                Value::Scalar(scalar) if scalar.plain() == Plain::Bool(false) => {}
                _ => self.wrong_type(Kind::MapByKey(table, kind), node, reader),
            },
            Kind::Record(schema) => match value {
                Value::Mapping(mapping) => {
                    let name = Spanned::new(self.name.to_owned(), node.span());
                    let described = format!("`{}` of {}", self.name, self.owner);
                    let owner = Owner { name, described };
                    Fields::new(reader, schema, owner, mapping);
                }
                _ => self.wrong_type(Kind::Record(schema), node, reader),
            },
            // Records are checked when they are read.
            Kind::Any | Kind::Records(_) => {}
        }
    }

    fn word(&self, scalar: Scalar<'_>, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        if self.is_vocabulary {
            reader.findings.vocabulary.push(VocabularyWord {
                field: self.name.to_owned(),
                word: Spanned::new(scalar.text.to_owned(), node.span()),
            });
        }
    }

    fn choice(&self, legal: &[&str], node: Node<'_, '_>, reader: &mut Reader<'_>) {
        match node.value() {
            Value::Scalar(scalar) if legal.contains(&scalar.text) => {}
            Value::Scalar(scalar) => {
                let help = match nearest(scalar.text, legal.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write one of `{}`", legal.join("`, `")),
                };
                self.invalid(scalar.text, Some(help), node, reader);
            }
            _ => self.wrong_type(Kind::Choice(&[]), node, reader),
        }
    }

    fn grade(&self, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        let Value::Scalar(scalar) = node.value() else {
            return self.wrong_type(Kind::Grade, node, reader);
        };
        let letter = scalar.text.strip_suffix(['+', '-']).unwrap_or(scalar.text);
        let is_grade = matches!(letter, "A" | "B" | "C" | "D" | "E" | "F");
        if !is_grade && !matches!(scalar.text, "-" | "N/A" | "TBD") {
            let help = "write one grade, `A` to `F`, with `+` or `-` if you like, or `-` for none";
            self.invalid(scalar.text, Some(help.to_owned()), node, reader);
        }
    }

    fn cell(&self, node: Node<'_, '_>, reader: &mut Reader<'_>) {
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
                        _ => return self.wrong_type(Kind::Cell, valid, reader),
                    },
                    None => {
                        return self.invalid(
                            "a map without `valid`",
                            Some("write `{valid: true, details: \"…\"}`".to_owned()),
                            node,
                            reader,
                        );
                    }
                }
            }
            _ => return self.wrong_type(Kind::Cell, node, reader),
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
        self.invalid(text, Some(help), node, reader);
    }

    fn reference(&self, table: Table, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        match node.value() {
            Value::Scalar(scalar) => {
                let key = Spanned::new(scalar.text.to_owned(), node.span());
                reader.findings.references.push(self.reference_to(table, key));
            }
            _ => self.wrong_type(Kind::Key(table), node, reader),
        }
    }

    fn reference_to(&self, table: Table, key: Spanned<String>) -> Reference {
        Reference { table, key, owner: self.owner.to_owned() }
    }

    fn wrong_type(&self, kind: Kind, node: Node<'_, '_>, reader: &mut Reader<'_>) {
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
        reader.problem(
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
        reader: &mut Reader<'_>,
    ) {
        let text = shortened(text);
        let message = format!("`{text}` is no value for `{}` of {}", self.name, self.owner);
        reader.problem(
            Problem::new(ProblemKind::InvalidValue, node.span(), message)
                .label("not a legal value")
                .help(help),
        );
    }
}

//! The check of a value against the kind that its field declares.

use super::fields::Fields;
use super::records::Owner;
use super::value::{describe, is_empty, number, padded_date, shortened};
use super::{LinkingText, Reader, Reference, VocabularyWord};
use crate::config::parse_date;
use crate::handbook::schema::{Field, Kind, Links, Table};
use crate::handbook::{Cell, Problem, ProblemKind, ToolCell};
use crate::source::yaml::{Elsewhere, Mapping, Node, Plain, Scalar, Value};
use crate::source::{Guess, Replacement, Span, Spanned, guess};

/// The check of one field's value. It is made for every value there is, so it holds no text of its own:
/// what a message calls the value is put together when there is a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Check<'c> {
    /// The field's name.
    name: &'c str,
    /// Whose it is, such as ``team `search` ``.
    owner: &'c str,
    kind: Kind,
    is_vocabulary: bool,
    links: Option<Links>,
    part: Part<'c>,
}

/// Which part of a field's value is checked.
#[derive(Clone, Copy, Debug)]
enum Part<'c> {
    Whole,
    /// An entry of a list.
    Entry,
    /// The value of this key of a map.
    Value(&'c str),
}

impl<'c> Check<'c> {
    /// The check of `name`, a field of `owner`.
    pub(super) fn new(name: &'c str, kind: Kind, owner: &'c str) -> Self {
        Self { name, owner, kind, is_vocabulary: false, links: None, part: Part::Whole }
    }

    /// The check of a declared field of `owner`.
    pub(super) fn of(field: &Field, owner: &'c str) -> Self {
        let Field { is_vocabulary, links, .. } = *field;
        Self { is_vocabulary, links, ..Self::new(field.name, field.kind, owner) }
    }

    /// What messages call the value, such as ``` `pm` of team `search` ```.
    fn subject(&self) -> String {
        let (name, owner) = (self.name, self.owner);
        match self.part {
            Part::Whole => format!("`{name}` of {owner}"),
            Part::Entry => format!("an entry of `{name}` of {owner}"),
            Part::Value(key) => format!("`{key}` in `{name}` of {owner}"),
        }
    }

    /// Puts into `reader` what is wrong with `node`, and what it points to.
    pub(super) fn run(&self, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        self.kind(self.kind, node, reader);
    }

    fn kind(&self, kind: Kind, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        let value = node.value();
        if matches!(value, Value::Unresolved) {
            return;
        }
        match kind {
            Kind::Text | Kind::Estimate => match value {
                Value::Scalar(scalar) if !matches!(scalar.plain(), Plain::Bool(_)) => {
                    self.word(scalar, node, reader);
                    if matches!(kind, Kind::Text) {
                        self.quotes(scalar, node, reader);
                    }
                }
                Value::Scalar(scalar) if matches!(kind, Kind::Text) => {
                    self.quotes(scalar, node, reader);
                }
                _ => self.wrong_type(kind, node, reader),
            },
            Kind::TextOrFalse => match value {
                Value::Scalar(scalar) if scalar.plain() == Plain::Bool(false) => {}
                Value::Scalar(scalar) if scalar.plain() != Plain::Bool(true) => {
                    self.word(scalar, node, reader);
                    self.quotes(scalar, node, reader);
                }
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
            Kind::Count => match value {
                Value::Scalar(scalar) => match scalar.plain() {
                    Plain::Integer(number) if number > 0 => {}
                    Plain::Integer(_) => {
                        let help = "write a whole number above zero".to_owned();
                        self.invalid(scalar.text, Some(help), None, node, reader);
                    }
                    _ => self.wrong_type(kind, node, reader),
                },
                _ => self.wrong_type(kind, node, reader),
            },
            Kind::Number | Kind::Fraction => match number(value) {
                Some(number) if matches!(kind, Kind::Number) || (0.0..=1.0).contains(&number) => {}
                Some(number) => {
                    let help = "write a share of one, such as `0.25` for a quarter";
                    let help = Some(help.to_owned());
                    self.invalid(&number.to_string(), help, None, node, reader);
                }
                None => self.wrong_type(kind, node, reader),
            },
            Kind::Date => match value {
                Value::Scalar(scalar) if parse_date(scalar.text).is_some() => {}
                _ => self.wrong_type(kind, node, reader),
            },
            Kind::Choice(legal) => self.choice(kind, legal, node, reader),
            Kind::Grade => self.grade(node, reader),
            // Without a ladder there is nothing to judge by.
            Kind::Level if reader.ladder.rungs.is_empty() && !reader.ladder.is_table => {}
            Kind::Level if reader.ladder.is_table => {
                self.reference(Table::MaturityLevels, node, reader);
            }
            Kind::Level => {
                let levels: Vec<&str> = reader.ladder.keys().collect();
                self.choice(kind, &levels, node, reader);
            }
            Kind::Key(table) => self.reference(table, node, reader),
            Kind::KeyOr(table, nothing) => match value {
                Value::Scalar(scalar) if scalar.text == nothing => {}
                _ => self.reference(table, node, reader),
            },
            Kind::Cell => self.cell(node, reader),
            Kind::OneOrMany(item) => match value {
                Value::Sequence(_) => self.items(*item, node, reader),
                _ => self.kind(*item, node, reader),
            },
            Kind::List(item) => match value {
                Value::Sequence(_) => self.items(*item, node, reader),
                _ => self.wrong_type(kind, node, reader),
            },
            Kind::Map(values) => match value {
                Value::Mapping(mapping) => self.entries(None, *values, mapping, reader),
                _ => self.wrong_type(kind, node, reader),
            },
            Kind::MapByKey(table, values) => match value {
                Value::Mapping(mapping) => self.entries(Some(table), *values, mapping, reader),
                Value::Scalar(scalar) if scalar.plain() == Plain::Bool(false) => {}
                _ => self.wrong_type(kind, node, reader),
            },
            Kind::Record(schema) => match value {
                Value::Mapping(mapping) => {
                    let name = Spanned::new(self.name.to_owned(), node.span());
                    let owner = Owner { name, described: self.subject() };
                    Fields::new(reader, schema, owner, mapping);
                }
                _ => self.wrong_type(Kind::Record(schema), node, reader),
            },
            // Records are checked when they are read.
            Kind::Any | Kind::Records(_) | Kind::ListOf(_) => {}
        }
    }

    /// The items of a list.
    fn items(&self, kind: Kind, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        let Value::Sequence(items) = node.value() else { return };
        let item_check = Check { part: Part::Entry, ..*self };
        for item in items.items() {
            match is_empty(item) {
                false => item_check.kind(kind, item, reader),
                // An item that only has its dash is nothing; a word for nothing may be meant as a word.
                true if is_text(kind) => {
                    if let Some(scalar) = item.written_scalar() {
                        item_check.quotes(scalar, item, reader);
                    }
                }
                true => {}
            }
        }
    }

    /// The values of a map, and its keys where they point into `table`.
    fn entries(
        &self,
        table: Option<Table>,
        kind: Kind,
        mapping: Mapping<'_, '_>,
        reader: &mut Reader<'_>,
    ) {
        for pair in mapping.entries().into_iter().map(|entry| entry.pair) {
            if let Some((key, elsewhere)) = pair.key.zip(pair.key_elsewhere) {
                let subject = format!("the key `{key}` in {}", self.subject());
                reader.problem(unquoted(pair.key_span, &subject, key, elsewhere));
            }
            if let (Some(table), Some(key)) = (table, pair.key) {
                let key = Spanned::new(key.to_owned(), pair.key_span);
                reader.findings.references.push(self.reference_to(table, key));
            }
            if !is_empty(pair.value) {
                let value_check = Check { part: Part::Value(pair.key.unwrap_or("?")), ..*self };
                value_check.kind(kind, pair.value, reader);
            }
        }
    }

    fn word(&self, scalar: Scalar<'_>, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        if self.is_vocabulary {
            reader.findings.vocabulary.push(VocabularyWord {
                field: self.name.to_owned(),
                word: Spanned::new(scalar.text.to_owned(), node.span()),
            });
        }
        let may_link = |links: &Links| match links {
            Links::Whole => true,
            Links::Markdown => scalar.text.contains("](") || scalar.text.contains('<'),
        };
        if let Some(links) = self.links.filter(may_link) {
            let text = Spanned::new(scalar.text.to_owned(), node.span());
            reader.findings.links.push(LinkingText { links, text });
        }
    }

    /// Reports the text `scalar` if other programs take it for something else.
    fn quotes(&self, scalar: Scalar<'_>, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        let Some(elsewhere) = scalar.elsewhere() else { return };
        let problem = unquoted(node.span(), &self.subject(), scalar.text, elsewhere);
        reader.problem(match (self.kind, elsewhere) {
            // What other programs read may well be what is meant.
            (Kind::TextOrFalse, Elsewhere::Truth(false)) => problem
                .help("write `false` if there is none, or put the word in quotes")
                .replacement(None),
            _ => problem,
        });
    }

    /// Reports a word for nothing, such as `~`, where a text has to be.
    pub(super) fn nothing(&self, node: Node<'_, '_>, reader: &mut Reader<'_>) -> bool {
        let word = node.written_scalar().filter(|scalar| scalar.elsewhere().is_some());
        let Some(word) = word.filter(|_| is_text(self.kind)) else { return false };
        let message = format!("{} is `{}`, which means nothing", self.subject(), word.text);
        let help = format!("fill it in, or write `'{}'` if the word is meant", word.text);
        reader.problem(
            Problem::new(ProblemKind::WrongType, node.span(), message)
                .label("expected text")
                .help(help)
                .replacement(Some(Replacement::quoted(word.text).unsure())),
        );
        true
    }

    fn choice(&self, kind: Kind, legal: &[&str], node: Node<'_, '_>, reader: &mut Reader<'_>) {
        match node.value() {
            Value::Scalar(scalar) if legal.contains(&scalar.text) => {
                self.quotes(scalar, node, reader);
            }
            Value::Scalar(scalar) => {
                let near = guess(scalar.text, legal.iter().copied());
                let help = match near {
                    Some(Guess { word, .. }) => format!("did you mean `{word}`?"),
                    None => format!("write one of `{}`", legal.join("`, `")),
                };
                let replacement = near.and_then(Replacement::guessed);
                self.invalid(scalar.text, Some(help), replacement, node, reader);
            }
            _ => self.wrong_type(kind, node, reader),
        }
    }

    fn grade(&self, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        let Value::Scalar(scalar) = node.value() else {
            return self.wrong_type(Kind::Grade, node, reader);
        };
        let letter = scalar.text.strip_suffix(['+', '-']).unwrap_or(scalar.text);
        let is_grade = matches!(letter, "A" | "B" | "C" | "D" | "E" | "F");
        if !is_grade && !matches!(scalar.text, "-" | "N/A" | "TBD") {
            let upper = scalar.text.to_uppercase();
            let (help, replacement) = match upper.strip_suffix(['+', '-']).unwrap_or(&upper) {
                "A" | "B" | "C" | "D" | "E" | "F" => {
                    (format!("write `{upper}`"), Some(Replacement::new(upper, true)))
                }
                _ => (
                    "write one grade, `A` to `F`, with `+` or `-` if you like, or `-` for none"
                        .to_owned(),
                    None,
                ),
            };
            self.invalid(scalar.text, Some(help), replacement, node, reader);
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
                        let message = format!("{} is a map without `valid`", self.subject());
                        let problem = Problem::new(ProblemKind::InvalidValue, node.span(), message)
                            .label("not a legal value")
                            .help("write `{valid: true, details: \"…\"}`");
                        return reader.problem(problem);
                    }
                }
            }
            _ => return self.wrong_type(Kind::Cell, node, reader),
        };
        let near = guess(text, Cell::WORDS);
        let help = match text {
            "true" | "false" => format!("write `{text}` without quotes; quoted, it is text"),
            "yes" | "Yes" | "y" | "on" => "write `true`".to_owned(),
            "no" | "No" | "n" | "off" => "write `false`".to_owned(),
            "N/A" | "n/a" | "na" => "write `not_applicable`".to_owned(),
            _ if text.to_lowercase().starts_with("partial") => {
                "did you mean `partially`?".to_owned()
            }
            _ => match near {
                Some(Guess { word, .. }) => format!("did you mean `{word}`?"),
                None => format!("write one of `{}`", Cell::WORDS.join("`, `")),
            },
        };
        // `true` and `false` are no words: in quotes they would be as wrong as what they replace.
        let word = near.filter(|near| !matches!(near.word, "true" | "false"));
        self.invalid(text, Some(help), word.and_then(Replacement::guessed), node, reader);
    }

    fn reference(&self, table: Table, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        match node.value() {
            Value::Scalar(scalar) => {
                let key = Spanned::new(scalar.text.to_owned(), node.span());
                reader.findings.references.push(self.reference_to(table, key));
                self.quotes(scalar, node, reader);
            }
            _ => self.wrong_type(Kind::Key(table), node, reader),
        }
    }

    fn reference_to(&self, table: Table, key: Spanned<String>) -> Reference {
        Reference { table, key, owner: self.owner.to_owned(), field: self.name.to_owned() }
    }

    fn wrong_type(&self, kind: Kind, node: Node<'_, '_>, reader: &mut Reader<'_>) {
        let (expected, found) = (kind.expected(), describe(node));
        let message = format!("{} is {found}", self.subject());
        let padded = match (kind, node.value()) {
            (Kind::Date, Value::Scalar(scalar)) => {
                let text = scalar.text;
                let lacks_zeros_alone = text.len() < "2026-01-31".len()
                    && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
                padded_date(text).map(|date| (date.to_string(), lacks_zeros_alone))
            }
            _ => None,
        };
        let help = match (kind, node.value()) {
            (Kind::TextOrFalse, Value::Scalar(_)) => {
                Some("write the text, or `false` if there is none".to_owned())
            }
            (
                Kind::Integer | Kind::Count | Kind::Number | Kind::Fraction,
                Value::Scalar(scalar),
            ) if number(Value::Scalar(Scalar { is_text: false, ..scalar })).is_some() => {
                Some("remove the quotes".to_owned())
            }
            (Kind::Bool, Value::Scalar(scalar)) => match scalar.text {
                "yes" | "Yes" | "on" | "y" => Some("write `true`".to_owned()),
                "no" | "No" | "off" | "n" => Some("write `false`".to_owned()),
                "true" | "false" => Some("remove the quotes".to_owned()),
                _ => None,
            },
            (Kind::Fraction, Value::Scalar(scalar)) => percentage(scalar.text),
            (Kind::List(_), Value::Scalar(scalar)) => {
                Some(format!("write it as a list: `[{}]`", shortened(scalar.text)))
            }
            (Kind::List(_), Value::Mapping(mapping)) => {
                let keys: Vec<&str> = mapping.pairs().filter_map(|pair| pair.key).take(3).collect();
                Some(match keys.is_empty() {
                    true => "write it as a list: `[]`".to_owned(),
                    false => format!(
                        "write it as a list with an entry for each: `[{}]`",
                        shortened(&keys.join(", "))
                    ),
                })
            }
            (Kind::Map(_) | Kind::MapByKey(..), Value::Sequence(_) | Value::Scalar(_)) => {
                Some("write it as a map, with a line `key: ...` for each".to_owned())
            }
            (Kind::Date, Value::Scalar(_)) => Some(match &padded {
                Some((date, _)) => format!("write `{date}`"),
                None => "write year, month and day of a day that exists".to_owned(),
            }),
            _ => None,
        };
        reader.problem(
            Problem::new(ProblemKind::WrongType, node.span(), message)
                .label(format!("expected {expected}"))
                .maybe_help(help)
                .replacement(padded.map(|(value, is_sure)| Replacement::new(value, is_sure))),
        );
    }

    fn invalid(
        &self,
        text: &str,
        help: Option<String>,
        replacement: Option<Replacement>,
        node: Node<'_, '_>,
        reader: &mut Reader<'_>,
    ) {
        let text = shortened(text);
        let message = format!("`{text}` is no value for {}", self.subject());
        reader.problem(
            Problem::new(ProblemKind::InvalidValue, node.span(), message)
                .label("not a legal value")
                .maybe_help(help)
                .replacement(replacement),
        );
    }
}

/// Whether a value of `kind` is a text.
fn is_text(kind: Kind) -> bool {
    match kind {
        Kind::Text | Kind::TextOrFalse | Kind::Key(_) | Kind::KeyOr(..) => true,
        Kind::OneOrMany(item) => is_text(*item),
        _ => false,
    }
}

/// The problem that other programs take the unquoted `text`, which is `subject`, for something else.
pub(super) fn unquoted(span: Span, subject: &str, text: &str, elsewhere: Elsewhere) -> Problem {
    let is_truth = matches!(Plain::of(text), Plain::Bool(_));
    let read_as = elsewhere.described();
    let message = match subject.ends_with(&format!("`{text}`")) {
        true => format!("{subject} has no quotes, and other programs read it as {read_as}"),
        // So does pmctl.
        false if is_truth => format!("{subject} is `{text}`"),
        false => format!("{subject} is `{text}`, which other programs read as {read_as}"),
    };
    let is_lost = is_truth || Plain::of(text) == Plain::Null;
    let kind = if is_lost { ProblemKind::WrongType } else { ProblemKind::Unquoted };
    Problem::new(kind, span, message)
        .label("expected text")
        .help(format!("put it in quotes: `'{text}'`"))
        .replacement(Some(Replacement::quoted(text)))
}

/// What to write instead of `80%` where a share of one belongs.
fn percentage(text: &str) -> Option<String> {
    let percent: f64 = text.strip_suffix('%')?.trim().parse().ok()?;
    Some(format!("write `{}`", percent / 100.0))
}

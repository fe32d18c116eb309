//! What a YAML value is, and what can be made of it.

use std::num::NonZeroUsize;

use jiff::civil::Date;

use crate::config::parse_date;
use crate::handbook::ToolCell;
use crate::source::Spanned;
use crate::source::yaml::{Node, Plain, Value};

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

impl FromNode for NonZeroUsize {
    fn from_node(node: Node<'_, '_>) -> Option<Self> {
        let Value::Scalar(scalar) = node.value() else { return None };
        match scalar.plain() {
            Plain::Integer(number) => usize::try_from(number).ok().and_then(Self::new),
            _ => None,
        }
    }
}

impl<T: FromNode> FromNode for Vec<Spanned<T>> {
    /// The items of a list, without those that are something else.
    fn from_node(node: Node<'_, '_>) -> Option<Self> {
        let Value::Sequence(items) = node.value() else { return None };
        let spanned = |item: Node<'_, '_>| Some(Spanned::new(T::from_node(item)?, item.span()));
        Some(items.items().filter_map(spanned).collect())
    }
}

impl FromNode for ToolCell {
    fn from_node(node: Node<'_, '_>) -> Option<Self> {
        Self::from_value(node)
    }
}

/// Whether there is nothing in a value: null, or text of spaces alone.
pub(super) fn is_empty(node: Node<'_, '_>) -> bool {
    match node.value() {
        Value::Null => true,
        Value::Scalar(scalar) => scalar.text.trim().is_empty(),
        Value::Sequence(items) => items.items().len() == 0,
        Value::Mapping(mapping) => mapping.pairs().len() == 0,
        Value::Unresolved => false,
    }
}

/// What a value is, in words.
pub(super) fn describe(node: Node<'_, '_>) -> String {
    match node.value() {
        Value::Null | Value::Unresolved => "nothing".to_owned(),
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
pub(super) fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        None if line.len() == text.len() => text.to_owned(),
        None => format!("{line}…"),
        Some((at, _)) => format!("{}…", &line[..at]),
    }
}

pub(super) fn number(value: Value<'_, '_>) -> Option<f64> {
    let Value::Scalar(scalar) = value else { return None };
    match scalar.plain() {
        #[expect(clippy::cast_precision_loss, reason = "the numbers of a handbook are small")]
        Plain::Integer(number) => Some(number as f64),
        Plain::Float(number) => Some(number),
        _ => None,
    }
}

/// The date that `2022-1-5` or `2022-01-05T00:00:00Z` must mean, in full.
pub(super) fn padded_date(text: &str) -> Option<Date> {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let mut parts = day.split('-').map(|part| part.parse::<i16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || year < 1000 {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

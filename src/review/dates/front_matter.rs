//! The keys of a page's front matter, or of a page that is a YAML file.

use std::ops::Range;

use crate::source::FileId;
use crate::source::markdown::FrontMatter;
use crate::source::yaml::{self, Mapping, Node, Value};

use super::date::WrittenDate;
use super::draft::{Draft, draft};
use super::marker::{Strength, marker};
use super::phrases::{self, phrases_in_value};
use super::{Finding, Form, Raw, What};

/// What the keys say.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) findings: Vec<Finding>,
    pub(super) interval: Option<Raw>,
    pub(super) owner: Option<Raw>,
    pub(super) draft: Option<Draft>,
    /// Whether the page is a YAML file, so that there is nothing else to read.
    pub(super) is_all: bool,
}

/// Keys that name the page's owner, the best first.
const OWNERS: [&str; 13] = [
    "owner",
    "page_owner",
    "content_owner",
    "document_owner",
    "policy_owner",
    "owners",
    "dri",
    "page_dri",
    "content_dri",
    "dris",
    "owner_slack",
    "maintainer",
    "maintainers",
];

/// Reads the front matter of `page`, or all of it if it is YAML.
pub(super) fn read(page: &str, front_matter: Option<&FrontMatter>) -> Known {
    let (entries, is_all) = match front_matter {
        Some(found) => (entries(page, found.yaml.clone()), false),
        None => match yaml_file(page) {
            Some(entries) => (entries, true),
            None => return Known::default(),
        },
    };
    let mut known = Known { is_all, ..Known::default() };
    let mut owner_rank = OWNERS.len();
    for Entry { key, value, text, is_nested } in entries {
        let name = snake(&key);
        if !is_nested && name == "description" && !is_all {
            known.draft = known.draft.or_else(|| draft(page, value.clone()));
            known.findings.extend(described(page, value.clone()));
        }
        let raw = || Raw { raw: text.clone(), span: value.clone() };
        if matches!(name.as_str(), "review_in" | "review_interval") && !text.is_empty() {
            known.interval.get_or_insert_with(raw);
        }
        let rank = OWNERS.iter().position(|owner| *owner == name);
        if let Some(rank) = rank.filter(|&rank| rank < owner_rank && !is_nested && !text.is_empty())
        {
            (owner_rank, known.owner) = (rank, Some(raw()));
        }
        known.findings.extend(finding(page, key, &name, value, is_all));
    }
    known
}

/// What the key and its value say of a date.
fn finding(
    page: &str,
    key: String,
    name: &str,
    value: Range<usize>,
    is_all: bool,
) -> Option<Finding> {
    let words: Vec<&str> = name.split('_').collect();
    let found = marker(&words)?;
    words[found.words..].iter().all(|word| matches!(*word, "on" | "at" | "date")).then_some(())?;
    let text = &page[value.clone()];
    let what = match WrittenDate::read(text) {
        Some((date, length)) => What::Date(date, value.start..value.start + length),
        None if text.is_empty() => return None,
        // `reviewed: true`.
        None if found.strength == Strength::Bare
            && !text.starts_with(|char: char| char.is_ascii_digit()) =>
        {
            return None;
        }
        None => What::Malformed(value),
    };
    let form = if is_all { Form::YamlKey(key) } else { Form::FrontMatter(key) };
    Some(Finding { facts: found.facts, form, what })
}

/// The dates that a description speaks of: `50% DRAFT (revised by Ada on Oct 20, 2020)`.
fn described(page: &str, value: Range<usize>) -> impl Iterator<Item = Finding> {
    phrases_in_value(page, value).into_iter().filter_map(|phrase| {
        let phrases::Value::Date(date, span) = phrase.value else { return None };
        let what = What::Date(date, span);
        Some(Finding { facts: phrase.facts, form: Form::Description, what })
    })
}

/// A key, and its value without quotes and white space.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Range<usize>,
    /// The value as YAML reads it, without the escapes of a quoted scalar.
    pub(super) text: String,
    pub(super) is_nested: bool,
}

/// The entries of the YAML in `page[range]`; line by line where it is broken, as YAML often is that no
/// program reads.
pub(super) fn entries(page: &str, range: Range<usize>) -> Vec<Entry> {
    let parsed = yaml::parse(FileId::NONE, &page[range.clone()], range.start);
    let Some(tree) = parsed.tree else { return lines(page, range) };
    match tree.root().map(|root| root.value()) {
        Some(Value::Mapping(root)) => collect(page, &root, true),
        _ => Vec::new(),
    }
}

/// The entries of `page` if it is a YAML file: a mapping whose keys are names. A page of Markdown that
/// happens to be YAML as well (`Last reviewed: 2022-10-05` and nothing else) has a space in its key.
fn yaml_file(page: &str) -> Option<Vec<Entry>> {
    let is_name = |key: &str| {
        key.starts_with(|char: char| char.is_ascii_alphabetic())
            && key.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-'))
    };
    let is_content = |line: &&str| {
        !matches!(line.trim_end(), "" | "---") && !line.starts_with('#') && !line.starts_with('%')
    };
    is_name(page.lines().find(is_content)?.split_once(':')?.0).then_some(())?;
    let tree = yaml::parse(FileId::NONE, page, 0).tree?;
    let Value::Mapping(root) = tree.root()?.value() else { return None };
    root.pairs().all(|pair| pair.key.is_some_and(is_name)).then(|| collect(page, &root, false))
}

/// The entries of `root`. Those of a mapping in it too, if wanted: `review: { last_reviewed: ... }`, and
/// `last_update: { date: ... }`, where the outer key says what the date is.
fn collect(page: &str, root: &Mapping<'_, '_>, nested: bool) -> Vec<Entry> {
    let mut found = Vec::new();
    for pair in root.pairs() {
        let Some(key) = pair.key.map(str::to_owned) else { continue };
        match pair.value.value() {
            Value::Mapping(inner) if nested => {
                for pair in inner.pairs() {
                    let (Some(name), Some((value, text))) = (pair.key, content(page, &pair.value))
                    else {
                        continue;
                    };
                    let key = if name == "date" { key.clone() } else { name.to_owned() };
                    found.push(Entry { key, value, text, is_nested: true });
                }
            }
            _ => found.extend(content(page, &pair.value).map(|(value, text)| Entry {
                key,
                value,
                text,
                is_nested: false,
            })),
        }
    }
    found
}

/// The characters of a scalar, or of the first scalar of a sequence, and what they say.
fn content(page: &str, node: &Node<'_, '_>) -> Option<(Range<usize>, String)> {
    match node.value() {
        Value::Scalar(scalar) => {
            let text = scalar.text.trim().to_owned();
            Some((unquoted(page, node.span().range()), text))
        }
        Value::Sequence(items) => match items.items().next()?.value() {
            Value::Scalar(_) => content(page, &items.items().next()?),
            _ => None,
        },
        Value::Null | Value::Unresolved | Value::Mapping(_) => None,
    }
}

/// `range` without the white space and the quotes around it.
fn unquoted(page: &str, range: Range<usize>) -> Range<usize> {
    let trim = |range: Range<usize>| {
        let text = &page[range.clone()];
        let start = range.end - text.trim_start().len();
        start..start + text.trim().len()
    };
    let range = trim(range);
    let text = &page[range.clone()];
    let quoted = |quote| text.len() >= 2 && text.starts_with(quote) && text.ends_with(quote);
    if quoted('"') || quoted('\'') { trim(range.start + 1..range.end - 1) } else { range }
}

/// The entries of lines that begin with a key.
fn lines(page: &str, range: Range<usize>) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut at = range.start;
    for line in page[range].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((key, value)) = line.split_once(':') else { continue };
        if key.is_empty() || key.starts_with([' ', '\t', '#', '-']) {
            continue;
        }
        let comment = value.find(" #").unwrap_or(value.len());
        let from = start + key.len() + 1;
        let value = unquoted(page, from..from + comment);
        let text = page[value.clone()].to_owned();
        found.push(Entry { key: key.trim().to_owned(), value, text, is_nested: false });
    }
    found
}

/// `lastReviewed`, `last-reviewed` and `Last reviewed` as `last_reviewed`.
pub(super) fn snake(key: &str) -> String {
    let mut name = String::with_capacity(key.len() + 2);
    let mut was_lower = false;
    for char in key.chars() {
        if char.is_ascii_uppercase() && was_lower {
            name.push('_');
        }
        was_lower = char.is_ascii_lowercase() || char.is_ascii_digit();
        name.push(if matches!(char, '-' | ' ' | '.') { '_' } else { char.to_ascii_lowercase() });
    }
    name
}

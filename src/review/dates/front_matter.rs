//! The keys of a page's front matter, in whatever language it is, or of a page that is a YAML file.

use std::ops::Range;

use crate::source::markdown::FrontMatter;
use crate::source::yaml::{self, Mapping, Node, Shared, Value};
use crate::source::{FileId, Span};

use super::date::WrittenDate;
use super::draft::{Draft, draft};
use super::lines;
use super::marker::{Facts, Marker, Strength, marker};
use super::next;
use super::phrases::{self, phrases_in_value};
use super::{EmptyKey, Finding, Form, Raw, Stamp, What};

/// What the keys say.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) findings: Vec<Finding>,
    pub(super) interval: Option<Raw>,
    pub(super) owner: Option<Raw>,
    pub(super) next: Option<Stamp>,
    pub(super) draft: Option<Draft>,
    /// The first key for the date of a review that has no value.
    pub(super) empty: Option<EmptyKey>,
    /// The values of such keys that other keys take too, by an alias.
    pub(super) shared: Vec<Range<usize>>,
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
        Some(found) => (entries(page, found), false),
        None => match yaml_file(page) {
            Some(entries) => (entries, true),
            None => return Known::default(),
        },
    };
    let mut known = Known { is_all, ..Known::default() };
    if is_all {
        known.findings.extend(leading_comments(page));
    }
    let mut owner_rank = OWNERS.len();
    for Entry { key, value, node, text, is_nested, is_shared } in entries {
        let name = snake(&key);
        let is_review = || review_key(&name).is_some_and(|facts| facts.reviewed && !facts.updated);
        if text.is_empty() && !is_all && is_review() {
            known.empty.get_or_insert_with(|| EmptyKey { key: key.clone(), span: node });
        }
        if is_shared {
            known.shared.push(value.clone());
        }
        if !is_nested && name == "description" && !is_all {
            known.draft = known.draft.or_else(|| draft(page, value.clone()));
            known.findings.extend(described(page, value.clone()));
        }
        let raw = || Raw { raw: text.clone(), span: value.clone() };
        if matches!(name.as_str(), "review_in" | "review_interval") && !text.is_empty() {
            known.interval.get_or_insert_with(raw);
        }
        if known.next.is_none() && next::is_key(&name) {
            known.next = next_review(page, &key, value.clone(), &text);
        }
        let rank = OWNERS.iter().position(|owner| *owner == name);
        if let Some(rank) = rank.filter(|&rank| rank < owner_rank && !is_nested && !text.is_empty())
        {
            (owner_rank, known.owner) = (rank, Some(raw()));
        }
        known.findings.extend(finding(page, key, &name, value, &text, is_all));
    }
    known
}

/// The day of the next review that a key has, if that is a day.
fn next_review(page: &str, key: &str, value: Range<usize>, text: &str) -> Option<Stamp> {
    let is_alias = is_alias(page, &value, text);
    let (date, length) = WrittenDate::read(if is_alias { text } else { &page[value.clone()] })?;
    let span = if is_alias { value } else { value.start..value.start + length };
    Some(Stamp { form: Form::FrontMatter(key.to_owned()), date, span })
}

/// What a key says that is a marker and little else.
fn review_key(name: &str) -> Option<Facts> {
    key_marker(name).map(|found| found.facts)
}

fn key_marker(name: &str) -> Option<Marker> {
    let words: Vec<&str> = name.split('_').collect();
    let found = marker(&words)?;
    let ends = |word: &&str| matches!(*word, "on" | "at" | "date");
    words[found.words..].iter().all(ends).then_some(found)
}

/// What the key and its value say of a date. Of an alias that is the `text` which it refers to.
fn finding(
    page: &str,
    key: String,
    name: &str,
    value: Range<usize>,
    text: &str,
    is_all: bool,
) -> Option<Finding> {
    let found = key_marker(name)?;
    let is_alias = is_alias(page, &value, text);
    let text = if is_alias || text.is_empty() { text } else { &page[value.clone()] };
    let what = match WrittenDate::read(text) {
        Some((date, _)) if is_alias => What::Date(date, value),
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

/// What the comments before the first key of a YAML file say: `# Last reviewed: 2022-10-05`. A file of records has no
/// other place for it.
fn leading_comments(page: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim();
        if !matches!(content, "" | "---") && !content.starts_with('#') {
            break;
        }
        let text = line.trim_start().trim_start_matches('#');
        let phrases = phrases::phrases(page, start + line.len() - text.len()..at);
        found.extend(phrases.into_iter().filter_map(|phrase| {
            let what = match phrase.value {
                phrases::Value::Date(date, span) => What::Date(date, span),
                phrases::Value::Malformed(span) => What::Malformed(span),
                phrases::Value::Partial(..) | phrases::Value::Nothing => return None,
            };
            Some(Finding { facts: phrase.facts, form: Form::Line, what })
        }));
    }
    found
}

/// The dates that a description speaks of: `50% DRAFT (revised by Ada on Oct 20, 2020)`.
fn described(page: &str, value: Range<usize>) -> impl Iterator<Item = Finding> {
    phrases_in_value(page, value).into_iter().filter_map(|phrase| {
        let phrases::Value::Date(date, span) = phrase.value else { return None };
        let what = What::Date(date, span);
        Some(Finding { facts: phrase.facts, form: Form::Description, what })
    })
}

/// Whether the value `page[value]` is an alias, of which `text` is what it refers to.
fn is_alias(page: &str, value: &Range<usize>, text: &str) -> bool {
    page[value.clone()].starts_with('*') && !text.starts_with('*')
}

/// A key, and its value without quotes and white space.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Range<usize>,
    /// The value with its quotes; behind the colon where it is empty.
    pub(super) node: Range<usize>,
    /// The value as it is read, without the escapes of a quoted scalar; empty for nothing, such as `~`.
    pub(super) text: String,
    pub(super) is_nested: bool,
    /// Whether an alias elsewhere takes the value too.
    pub(super) is_shared: bool,
}

/// The entries of the front matter `found` of `page`; line by line where it is broken, as it often is where no
/// program reads it.
pub(super) fn entries(page: &str, found: &FrontMatter) -> Vec<Entry> {
    let parsed = found.parse(FileId::NONE, page);
    let Some(tree) = parsed.tree else { return lines::entries(page, found) };
    match tree.root().map(|root| root.value()) {
        Some(Value::Mapping(root)) => collect(page, &tree.shared(), &root, true),
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
    root.pairs()
        .all(|pair| pair.key.is_some_and(|key| is_name(key) || key == "<<"))
        .then(|| collect(page, &tree.shared(), &root, false))
}

/// What a map in the front matter may be called that holds data of the page, word by word: Hugo's `params`, Zola's
/// `extra`, `page_metadata`, `review`.
const PAGE_DATA: [&str; 28] = [
    "about",
    "attributes",
    "control",
    "custom",
    "dates",
    "doc",
    "document",
    "extra",
    "fields",
    "freshness",
    "front",
    "frontmatter",
    "info",
    "information",
    "lifecycle",
    "maintenance",
    "matter",
    "meta",
    "metadata",
    "page",
    "params",
    "properties",
    "review",
    "reviewing",
    "reviews",
    "status",
    "this",
    "vars",
];

/// Whether a map called `key` holds data of the page, and not of what it names, such as a `vendor`: by one of the
/// usual names, or as the map of a review or an update, `last_update: { date: ... }`.
pub(super) fn holds_page_data(key: &str) -> bool {
    let name = snake(key);
    name.split('_').all(|word| PAGE_DATA.contains(&word)) || key_marker(&name).is_some()
}

/// The entries of `root`. Those of a mapping in it too, if wanted, where the mapping holds data of the page:
/// `review: { last_reviewed: ... }`, and `last_update: { date: ... }`, where the outer key says what the date is.
///
/// What a merge key (`<<`) brings in counts as the page's own; the map that it comes from does not count once more.
fn collect(page: &str, shared: &Shared, root: &Mapping<'_, '_>, nested: bool) -> Vec<Entry> {
    let mut found = Vec::new();
    let has_merges = root.pairs().any(|pair| pair.key == Some("<<"));
    for pair in root.entries().into_iter().map(|entry| entry.pair) {
        let Some(key) = pair.key.map(str::to_owned) else { continue };
        match pair.value.value() {
            Value::Mapping(_) if has_merges && shared.holds(pair.value.span()) => {}
            Value::Mapping(inner) if nested && holds_page_data(&key) => {
                for pair in inner.pairs() {
                    let (Some(name), Some(value)) = (pair.key, content(page, &pair.value)) else {
                        continue;
                    };
                    let key = if name == "date" { key.clone() } else { name.to_owned() };
                    found.push(value.entry(shared, key, true));
                }
            }
            _ => found
                .extend(content(page, &pair.value).map(|value| value.entry(shared, key, false))),
        }
    }
    found
}

/// What a key has: its characters with and without quotes, and what they say.
struct Content {
    node: Span,
    value: Range<usize>,
    text: String,
}

impl Content {
    fn entry(self, shared: &Shared, key: String, is_nested: bool) -> Entry {
        let Self { node, value, text } = self;
        let is_shared = shared.holds(node);
        Entry { key, value, node: node.range(), text, is_nested, is_shared }
    }
}

/// The characters of a scalar, or of the first scalar of a sequence, and what they say.
fn content(page: &str, node: &Node<'_, '_>) -> Option<Content> {
    let span = node.span();
    match node.value() {
        Value::Scalar(scalar) => {
            let text = scalar.text.trim().to_owned();
            Some(Content { node: span, value: unquoted(page, span.range()), text })
        }
        Value::Sequence(items) => match items.items().next()?.value() {
            Value::Scalar(_) => content(page, &items.items().next()?),
            _ => None,
        },
        Value::Null => Some(Content { node: span, value: span.range(), text: String::new() }),
        Value::Unresolved | Value::Mapping(_) => None,
    }
}

/// `range` without the white space and the quotes around it.
pub(super) fn unquoted(page: &str, range: Range<usize>) -> Range<usize> {
    let trim = |range: Range<usize>| {
        let text = &page[range.clone()];
        let start = range.end - text.trim_start().len();
        start..start + text.trim().len()
    };
    let range = trim(range);
    let text = &page[range.clone()];
    for quote in ["\"\"\"", "\'\'\'", "\"", "'"] {
        let length = quote.len();
        if text.len() >= 2 * length && text.starts_with(quote) && text.ends_with(quote) {
            return trim(range.start + length..range.end - length);
        }
    }
    range
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

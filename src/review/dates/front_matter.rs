//! The keys of a page's front matter, in whatever language it is, or of a page that is a YAML file.

use std::ops::Range;

use super::draft::draft;
use super::forms::{Facts, Strength, marker};
use super::lines;
use super::notation::WrittenDate;
use super::pattern::Pattern;
use super::statement::Text;
use super::{EmptyKey, Finding, Form, PageDates, Raw, Value as Said};
use crate::source::FileId;
use crate::source::markdown::{FrontMatter, PlainText};
use crate::source::yaml::{self, Mapping, Node, Shared, Value};

/// What the keys say.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) findings: Vec<Finding>,
    /// What they say besides, before the findings are weighed.
    pub(super) page: PageDates,
    /// Whether the page is a YAML file, so that there is nothing else to read.
    pub(super) is_all: bool,
}

/// Keys that name the page's owner, the best first.
const OWNERS: &str = "owner page_owner content_owner document_owner policy_owner owners dri page_dri content_dri dris \
                      owner_slack maintainer maintainers";

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
        known.findings = leading_comments(page);
    }
    let mut owner_rank = usize::MAX;
    for entry in entries {
        let Entry { key, value, text, .. } = &entry;
        let name = snake(key);
        let said = key_facts(&name);
        let is_review = said.is_some_and(|(facts, _)| facts.reviewed && !facts.updated);
        if text.is_empty() && !is_all && is_review {
            let span = entry.node.clone();
            known.page.empty_key.get_or_insert_with(|| EmptyKey { key: key.clone(), span });
        }
        if entry.is_shared {
            known.page.shared.push(value.clone());
        }
        if !entry.is_nested && name == "description" && !is_all {
            known.page.draft = known.page.draft.or_else(|| draft(page, value.clone()));
            let dated = dates_in(&Text::of_value(page, value.clone()), &Form::Description);
            known.findings.extend(dated.filter(|it| matches!(it.value, Said::Date(..))));
        }
        let raw = || Raw { raw: text.clone(), span: value.clone() };
        if matches!(name.as_str(), "review_in" | "review_interval") && !text.is_empty() {
            known.page.interval.get_or_insert_with(raw);
        }
        let rank = OWNERS.split(' ').position(|owner| owner == name);
        let is_better = |rank: &usize| *rank < owner_rank && !entry.is_nested && !text.is_empty();
        if let Some(rank) = rank.filter(is_better) {
            (owner_rank, known.page.owner) = (rank, Some(raw()));
        }
        let form = if is_all { Form::YamlKey } else { Form::FrontMatter };
        known.findings.extend(said.and_then(|said| finding(page, &entry, said, form)));
    }
    known
}

/// What a key, in snake case, says if it is a form and little else, or the day of the next review.
fn key_facts(name: &str) -> Option<(Facts, Strength)> {
    static NEXT: Pattern = Pattern::new(
        "^(?:next_review(?:ed|_due|_scheduled)?|review_(?:by|due|before|again))(?:_date|_on)?$",
    );
    if NEXT.is_match(name) {
        return Some((Facts { next: true, ..Facts::default() }, Strength::Bare));
    }
    let words = name.replace('_', " ");
    let found = marker(&words).filter(|found| !found.facts.next)?;
    let mut rest = words[found.end..].split_whitespace();
    rest.all(|word| matches!(word, "on" | "at" | "date")).then_some((found.facts, found.strength))
}

/// What an entry says of a date. Of an alias that is the text which it refers to.
fn finding(
    page: &str,
    entry: &Entry,
    (facts, strength): (Facts, Strength),
    form: fn(String) -> Form,
) -> Option<Finding> {
    let (written, span) = (&page[entry.value.clone()], entry.value.clone());
    let is_alias = written.starts_with('*') && !entry.text.starts_with('*');
    let text = if is_alias || entry.text.is_empty() { &entry.text } else { written };
    let value = match WrittenDate::read(text) {
        Some((date, _)) if is_alias => Said::Date(date, span),
        Some((date, length)) => Said::Date(date, span.start..span.start + length),
        None if text.is_empty() => return None,
        // `reviewed: true`.
        None if strength == Strength::Bare && !text.starts_with(|c: char| c.is_ascii_digit()) => {
            return None;
        }
        None => Said::Malformed(span),
    };
    Some(Finding { facts, form: form(entry.key.clone()), value })
}

/// What the comments before the first key of a YAML file say: `# Last reviewed: 2022-10-05`. A file of records has no
/// other place for it.
fn leading_comments(page: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        at += line.len();
        let content = line.trim();
        if !matches!(content, "" | "---") && !content.starts_with('#') {
            break;
        }
        let text = line.trim_start().trim_start_matches('#');
        let plain = PlainText::of_one_paragraph(page, at - text.len()..at);
        let dated = dates_in(&Text::new(page, plain), &Form::Line);
        found.extend(dated.filter(|it| !matches!(it.value, Said::Partial(..))));
    }
    found
}

/// What `text` says of dates, wherever in it.
fn dates_in<'f>(text: &Text<'_>, form: &'f Form) -> impl Iterator<Item = Finding> + 'f {
    text.statements()
        .into_iter()
        .filter_map(|it| Some(Finding { facts: it.facts, form: form.clone(), value: it.value? }))
}

/// A key, and its value without quotes and white space.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Range<usize>,
    /// The value with its quotes; after the colon where it is empty.
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
        key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
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

/// Whether a map called `key` holds data of the page, and not of what it names, such as a `vendor`: by one of the
/// usual names, word by word (Hugo's `params`, Zola's `extra`, `page_metadata`, `review`), or as the map of a review or
/// an update, `last_update: { date: ... }`.
pub(super) fn holds_page_data(key: &str) -> bool {
    static NAMES: Pattern = Pattern::new("^{page_data}(?:_{page_data})*$");
    let name = snake(key);
    NAMES.is_match(&name) || key_facts(&name).is_some_and(|(facts, _)| !facts.next)
}

/// The entries of `root`. Those of a mapping in it too, if wanted, where the mapping holds data of the page:
/// `review: { last_reviewed: ... }`, and `last_update: { date: ... }`, where the outer key says what the date is.
///
/// What a merge key (`<<`) brings in counts as the page's own; the map that it comes from does not count once more.
fn collect(page: &str, shared: &Shared, root: &Mapping<'_, '_>, nested: bool) -> Vec<Entry> {
    let mut found = Vec::new();
    let has_merges = root.pairs().any(|pair| pair.key == Some("<<"));
    for pair in root.entries().into_iter().map(|entry| entry.pair) {
        let Some(key) = pair.key else { continue };
        match pair.value.value() {
            Value::Mapping(_) if has_merges && shared.holds(pair.value.span()) => {}
            Value::Mapping(inner) if nested && holds_page_data(key) => {
                found.extend(inner.pairs().filter_map(|pair| {
                    let name = pair.key.map(|name| if name == "date" { key } else { name })?;
                    Some(Entry { is_nested: true, ..entry(page, shared, name, &pair.value)? })
                }));
            }
            _ => found.extend(entry(page, shared, key, &pair.value)),
        }
    }
    found
}

/// The entry of a scalar, or of the first scalar of a sequence.
fn entry(page: &str, shared: &Shared, key: &str, node: &Node<'_, '_>) -> Option<Entry> {
    let span = node.span();
    let (value, text) = match node.value() {
        Value::Scalar(scalar) => (unquoted(page, span.range()), scalar.text.trim().to_owned()),
        Value::Sequence(items) => {
            let first = items.items().next()?;
            let is_scalar = matches!(first.value(), Value::Scalar(_));
            return is_scalar.then(|| entry(page, shared, key, &first))?;
        }
        Value::Null => (span.range(), String::new()),
        Value::Unresolved | Value::Mapping(_) => return None,
    };
    let (key, node, is_shared) = (key.to_owned(), span.range(), shared.holds(span));
    Some(Entry { key, value, node, text, is_nested: false, is_shared })
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
    for c in key.chars() {
        if c.is_ascii_uppercase() && was_lower {
            name.push('_');
        }
        was_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        name.push(if matches!(c, '-' | ' ' | '.') { '_' } else { c.to_ascii_lowercase() });
    }
    name
}

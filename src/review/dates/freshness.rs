//! Google's freshness comment: `<!--* freshness: { owner: 'ada' reviewed: '2022-10-05' } *-->`.

use std::ops::Range;

use super::forms::Facts;
use super::notation::WrittenDate;
use super::pattern::Pattern;
use super::{Finding, Form, Raw, Value};

/// What a freshness comment says.
#[derive(Debug, Default)]
pub(super) struct Freshness {
    pub(super) finding: Option<Finding>,
    pub(super) owner: Option<Raw>,
    pub(super) interval: Option<Raw>,
}

/// A freshness comment holds nothing but its braces, a star at either end, and lines that begin with `#`.
static COMMENT: Pattern = Pattern::new(r"^<!--\**(?:\s*#[^\n]*\n)*\s*freshness:\s*\{");

static ENTRY: Pattern = Pattern::new(
    r#"^[^A-Za-z}]*([A-Za-z][A-Za-z0-9_-]*)\s*:\s*(?:'([^']*)'|"([^"]*)"|([^\s,}'"]*))"#,
);

/// Reads the comment `page[comment]`; nothing if it is any other comment.
pub(super) fn read(page: &str, comment: Range<usize>) -> Option<Freshness> {
    let text = &page[comment.clone()];
    let mut at = COMMENT.find(text)?.end();
    let mut found = Freshness::default();
    while let Some(entry) = ENTRY.captures(&text[at..]) {
        let Some(value) = (2..5).find_map(|group| entry.get(group)) else { break };
        let span = comment.start + at + value.start()..comment.start + at + value.end();
        let raw = || Raw { raw: value.as_str().to_owned(), span: span.clone() };
        match &entry[1] {
            _ if value.is_empty() => {}
            "reviewed" if found.finding.is_none() => {
                let value = match WrittenDate::read(value.as_str()) {
                    Some((date, length)) if length == value.len() => Value::Date(date, span),
                    _ => Value::Malformed(span),
                };
                let facts = Facts { reviewed: true, ..Facts::default() };
                found.finding = Some(Finding { facts, form: Form::Freshness, value });
            }
            "owner" if found.owner.is_none() => found.owner = Some(raw()),
            "review_interval" if found.interval.is_none() => found.interval = Some(raw()),
            _ => {}
        }
        at += entry[0].len();
    }
    Some(found)
}

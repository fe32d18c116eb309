//! Google's freshness comment: `<!--* freshness: { owner: 'ada' reviewed: '2022-10-05' } *-->`.

use std::ops::Range;

use super::date::WrittenDate;
use super::marker::Facts;
use super::{Finding, Form, Raw, What};

/// What a freshness comment says.
#[derive(Debug, Default)]
pub(super) struct Freshness {
    pub(super) finding: Option<Finding>,
    pub(super) owner: Option<Raw>,
    pub(super) interval: Option<Raw>,
}

/// Reads the comment `page[comment]`; nothing if it is any other comment.
///
/// A freshness comment holds nothing but its braces, a star at either end, and lines that begin with `#`.
pub(super) fn read(page: &str, comment: Range<usize>) -> Option<Freshness> {
    let text = &page[comment.clone()];
    let mut open = text.len() - text.trim_start_matches("<!--").trim_start_matches('*').len();
    for line in text[open..].split_inclusive('\n') {
        let content = line.trim_start();
        if content.starts_with("freshness:") {
            open += line.len() - content.len() + "freshness:".len();
            break;
        }
        (content.is_empty() || content.starts_with('#')).then_some(())?;
        open += line.len();
    }
    open += text[open..].find('{').filter(|&at| text[open..open + at].trim().is_empty())?;
    let mut at = open + 1;
    let mut found = Freshness::default();
    while let Some((key, value)) = entry(text, &mut at) {
        let span = comment.start + value.start..comment.start + value.end;
        let raw = || Raw { raw: text[value.clone()].to_owned(), span: span.clone() };
        match &text[key.clone()] {
            _ if value.is_empty() => {}
            "reviewed" if found.finding.is_none() => {
                let date = WrittenDate::read(&text[value.clone()]);
                let what = match date {
                    Some((date, length)) if length == value.len() => What::Date(date, span),
                    _ => What::Malformed(span),
                };
                let facts = Facts { reviewed: true, updated: false };
                found.finding = Some(Finding { facts, form: Form::Freshness, what });
            }
            "owner" if found.owner.is_none() => found.owner = Some(raw()),
            "review_interval" if found.interval.is_none() => found.interval = Some(raw()),
            _ => {}
        }
    }
    Some(found)
}

/// The next `key: 'value'` from `at` on, without its quotes.
fn entry(text: &str, at: &mut usize) -> Option<(Range<usize>, Range<usize>)> {
    let rest = &text[*at..];
    let start = *at + rest.find(|char: char| char.is_ascii_alphabetic() || char == '}')?;
    let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-');
    let length = text[start..].find(|char| !is_name(char)).filter(|&length| length > 0)?;
    let key = start..start + length;
    let behind = text[key.end..].trim_start();
    let behind = behind.strip_prefix(':').map(str::trim_start)?;
    let value = text.len() - behind.len();
    let quote = behind.chars().next().filter(|char| matches!(char, '\'' | '"'));
    let (value, end) = match quote {
        Some(quote) => {
            let end = value + 1 + behind[1..].find(quote)?;
            (value + 1..end, end + 1)
        }
        None => {
            let ends = |char: char| char.is_whitespace() || matches!(char, ',' | '}');
            let end = value + behind.find(ends)?;
            (value..end, end)
        }
    };
    *at = end;
    Some((key, value))
}

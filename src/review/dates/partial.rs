//! Dates that a page keeps in an ERB partial of its own.

use std::ops::Range;

use super::notation::WrittenDate;
use super::pattern::Pattern;
use super::{Form, Raw, Reviewed, Stamp, page_dates};
use crate::source::markdown::{Outline, PlainText};

static CALL: Pattern =
    Pattern::new(r#"(?s)^<%.*?(?:partial|render)[^'"]*(?:'(?<one>[^']+)'|"(?<two>[^"]+)").*?%>"#);

/// The partial that the ERB tag at byte `at` of `page` renders: its name, and where the name is.
pub(super) fn call(page: &str, at: usize) -> Option<(String, Range<usize>)> {
    let tag = &page[at..];
    let tag = &tag[..tag.find("%>")? + 2];
    let found = CALL.captures(tag)?;
    let name = found.name("one").or_else(|| found.name("two"))?;
    Some((name.as_str().to_owned(), at + name.start()..at + name.end()))
}

/// Reads a partial that holds a date, `_last_updated.erb`: the one date in it, bare or in backticks, with
/// or without words and HTML around. If it says so in the words of a page, that date.
///
/// # Errors
///
/// What the partial holds, if that is no date, several, or nothing.
pub fn partial_date(text: &str) -> Result<Stamp, Raw> {
    if let Reviewed::Found(Stamp { date, span, .. }) = page_dates(text).reviewed {
        return Ok(Stamp { form: Form::Partial, date, span });
    }
    let plain = PlainText::new(text, &Outline::parse_without_bare_links(text).text);
    let mut found: Vec<Stamp> = Vec::new();
    let mut before = ' ';
    for (at, c) in plain.text.char_indices() {
        // Words of ASCII and of other writing are never one.
        let goes_on = before.is_ascii() && (before.is_alphanumeric() || before == '_');
        let begins = c.is_ascii_alphanumeric() && !goes_on;
        before = c;
        if !begins {
            continue;
        }
        let start = plain.in_page(at);
        if found.last().is_none_or(|last| last.span.end <= start)
            && let Some((date, length)) = WrittenDate::read(&text[start..])
        {
            found.push(Stamp { form: Form::Partial, date, span: start..start + length });
        }
    }
    let first = found.pop().filter(|_| found.is_empty());
    first.ok_or_else(|| {
        let content = text.trim();
        let start = text.len() - text.trim_start().len();
        Raw { raw: content.to_owned(), span: start..start + content.len() }
    })
}

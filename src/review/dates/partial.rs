//! Dates that a page keeps in an ERB partial of its own.

use std::ops::Range;

use super::date::WrittenDate;
use super::tokens::{Kind, tokens};
use super::{Form, Raw, Reviewed, Stamp, page_dates};

/// The partial that the ERB tag `page[tag]` renders: its name, and where the name stands.
pub(super) fn call(page: &str, tag: Range<usize>) -> Option<(String, Range<usize>)> {
    let inside = &page[tag.clone()];
    let verb =
        ["partial", "render"].iter().find_map(|verb| Some(inside.find(verb)? + verb.len()))?;
    let quote = verb + inside[verb..].find(['"', '\''])?;
    let mark = &inside[quote..=quote];
    let length = inside[quote + 1..].find(mark)?;
    let start = tag.start + quote + 1;
    let name = &page[start..start + length];
    (!name.is_empty()).then(|| (name.to_owned(), start..start + length))
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
    let mut found: Option<Stamp> = None;
    let mut several = false;
    let mut behind = 0;
    for token in tokens(text, 0..text.len()) {
        let start = token.span.start;
        if token.kind != Kind::Word || start < behind {
            continue;
        }
        if let Some((date, length)) = WrittenDate::read(&text[start..]) {
            behind = start + length;
            several |= found.is_some();
            found.get_or_insert(Stamp { form: Form::Partial, date, span: start..behind });
        }
    }
    found.filter(|_| !several).ok_or_else(|| {
        let content = text.trim();
        let start = text.len() - text.trim_start().len();
        Raw { raw: content.to_owned(), span: start..start + content.len() }
    })
}

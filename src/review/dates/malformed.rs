//! What was meant as a date and is none: `2022-21-09`, `v1.30`, `yyyy-mm-dd`, `Feb 30, 2022`, `TBD`.

use super::pattern::Pattern;

/// A word of what was meant as a date goes up to the next space or mark.
static FIRST: Pattern = Pattern::new(r"^{date_char}+");

/// What can only be meant as a date where one is expected: a number, a version, a month with a number, or what holds
/// the place of a date.
static BEGINNINGS: Pattern =
    Pattern::new(r"^(?:[0-9]|v[0-9]|{month}[.,]*{space}[0-9]|{date_place})");

/// It, with the words after the first that begin with a digit or name a month or a day.
static WHOLE: Pattern = Pattern::new(
    r"^{date_char}*(?:\x20+(?:[0-9年月日]{date_char}*|(?:{month}|{day})[.,]*(?:$|{b}))){0,3}",
);

/// No such thing is longer, in bytes.
const LONGEST: usize = 120;

/// The length of what `text`, which begins with no date, begins with if that looks like a date that went wrong. Where
/// none is expected, that is only what can be nothing else.
pub(super) fn length(text: &str, is_expected: bool) -> Option<usize> {
    let near = text[..text.floor_char_boundary(LONGEST)].to_ascii_lowercase();
    let first = FIRST.find(&near).map_or("", |first| first.as_str());
    let parts = first.split(['-', '/', '–']).filter(|part| !part.is_empty());
    let numbers = parts.filter(|part| part.bytes().all(|byte| byte.is_ascii_digit())).count();
    let is_it = numbers == 3 || is_format(first) || is_expected && BEGINNINGS.is_match(&near);
    let whole = WHOLE.find(&near).filter(|_| is_it)?;
    Some(whole.as_str().trim_end_matches([',', '.', ':', '_', '~']).len().max(1))
}

/// Whether `text` says how a date is to be written: `YYYY-MM-DD`.
pub(super) fn is_format(text: &str) -> bool {
    text.to_ascii_lowercase().contains("yyyy")
}

//! What was meant as a date and is none: `2022-21-09`, `v1.30`, `yyyy-mm-dd`, `Feb 30, 2022`, `TBD`.

use super::pattern::Pattern;

/// A word of what was meant as a date goes up to the next space or mark.
static FIRST: Pattern = Pattern::new(r"^{date_char}+");

/// What can only be meant as a date where one is expected: a number, a version, a month with a number, or what holds
/// the place of a date.
static BEGINNINGS: Pattern = Pattern::new(r"^(?:[0-9]|v[0-9]|{month}[.,]*\s+[0-9]|{date_place})");

/// It, with the words after the first that begin with a digit or name a month or a day.
static WHOLE: Pattern = Pattern::new(
    r"^{date_char}*(?: +(?:[0-9年月日]{date_char}*|(?:{month}|{day})[.,]*(?:$|\b))){0,3}",
);

/// No such thing is longer, in bytes.
const LONGEST: usize = 120;

/// The length of what `text` begins with, where a date is expected and `text` begins with none, if it
/// looks like one that went wrong.
pub(super) fn attempt(text: &str) -> Option<usize> {
    let near = near(text);
    BEGINNINGS.is_match(&near).then(|| length(&near))
}

/// As [`attempt`], where no colon says that a date must follow: only what can be nothing else.
pub(super) fn surely_attempt(text: &str) -> Option<usize> {
    let near = near(text);
    let first = FIRST.find(&near)?.as_str();
    let parts = first.split(['-', '/', '–']).filter(|part| !part.is_empty());
    let numbers = parts.filter(|part| part.bytes().all(|byte| byte.is_ascii_digit())).count();
    (numbers == 3 || is_format(first)).then(|| length(&near))
}

/// Whether `text` says how a date is to be written: `YYYY-MM-DD`.
pub(super) fn is_format(text: &str) -> bool {
    text.to_ascii_lowercase().contains("yyyy")
}

fn near(text: &str) -> String {
    text[..text.floor_char_boundary(LONGEST)].to_ascii_lowercase()
}

fn length(near: &str) -> usize {
    let whole = WHOLE.find(near).map_or("", |found| found.as_str());
    whole.trim_end_matches([',', '.', ':', '_', '~']).len().max(1)
}

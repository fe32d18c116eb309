//! Numbers in a text, with the words and signs around them: `~65%`, `less than 5%`, `1/2`, `10k`.

use crate::rice::Exact;

/// A number in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub(super) value: Exact,
    pub(super) is_percent: bool,
    /// `less than 5%`.
    pub(super) is_less: bool,
}

/// Words before a number that change nothing.
const ABOUT: [&str; 12] = [
    "about",
    "around",
    "approximately",
    "approx.",
    "approx",
    "roughly",
    "circa",
    "ca.",
    "an estimated",
    "at least",
    "more than",
    "over",
];
const LESS: [&str; 6] = ["less than", "fewer than", "under", "below", "up to", "at most"];

/// Takes a number off the beginning of `text`, with the words and signs that go before it.
pub(super) fn number(text: &str) -> Option<(Number, &str)> {
    let mut rest = text.trim_start();
    let mut is_less = false;
    loop {
        let before = rest;
        rest = rest.trim_start_matches(['~', '\u{2248}', '>', '=', '\u{2265}', ' ']);
        if let Some(after) = rest.strip_prefix(['<', '\u{2264}']) {
            (rest, is_less) = (after, true);
        }
        for word in ABOUT {
            rest =
                rest.strip_prefix(word).filter(|rest| rest.starts_with([' ', '~'])).unwrap_or(rest);
        }
        for word in LESS {
            if let Some(after) = rest.strip_prefix(word).filter(|rest| rest.starts_with([' ', '~']))
            {
                (rest, is_less) = (after, true);
            }
        }
        if rest == before {
            break;
        }
    }
    let (is_negative, digits) = match rest.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, rest.strip_prefix('+').unwrap_or(rest)),
    };
    let mut end = digits
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))
        .unwrap_or(digits.len());
    // A full stop or a comma that ends a sentence is no part of the number.
    end = digits[..end].trim_end_matches(['.', ',']).len();
    // `10,000` is ten thousand or ten; `0,500` can only be a half.
    if is_grouped(&digits[..end]) {
        return None;
    }
    let value = Exact::decimal(&digits[..end])?;
    let (mut value, mut rest) = (if is_negative { value.negated() } else { value }, &digits[end..]);
    // A fraction, `1/2`.
    if let Some(below) = rest.strip_prefix('/') {
        let end = below.find(|c: char| !c.is_ascii_digit()).unwrap_or(below.len());
        if let Some(divided) = Exact::decimal(&below[..end]).and_then(|below| value.over(below)) {
            (value, rest) = (divided, &below[end..]);
        }
        // A choice, `10/6/3`.
        if rest.starts_with('/') {
            return None;
        }
    }
    let percent =
        rest.trim_start().strip_prefix('%').or_else(|| rest.trim_start().strip_prefix("percent"));
    let is_percent = percent.is_some();
    let value = if is_percent { value.over(Exact::new(100, 1))? } else { value };
    Some((Number { value, is_percent, is_less }, percent.unwrap_or(rest)))
}

/// Whether `digits` may have a comma that divides thousands.
fn is_grouped(digits: &str) -> bool {
    digits
        .split_once(',')
        .is_some_and(|(whole, part)| part.len() == 3 && !whole.trim_start_matches('0').is_empty())
}

/// The upper end of a range, taken off the beginning of `text`: `to 80%`, `- 80%`.
pub(super) fn range_end(text: &str) -> Option<(Number, &str)> {
    let rest = text.trim_start();
    let rest = rest.strip_prefix("to ").or_else(|| rest.strip_prefix('-'))?;
    number(rest)
}

/// Things that are counted, and are no steps however many they are.
const COUNTED: [&str; 15] = [
    "k",
    "million",
    "millions",
    "thousand",
    "hundred",
    "users",
    "customers",
    "people",
    "persons",
    "accounts",
    "teams",
    "companies",
    "organizations",
    "organisations",
    "requests",
];

/// Whether a number is no step because of what follows it: `10k`, `10 customers`, `3 of 20`.
pub(super) fn is_count(rest: &str) -> bool {
    let own = rest.strip_prefix('x').filter(|rest| !begins_with_word(rest)).unwrap_or(rest);
    if begins_with_word(own) {
        return true;
    }
    let rest = own.trim_start();
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let of = ["of ", "out of ", "in "].into_iter().find_map(|of| rest.strip_prefix(of));
    COUNTED.contains(&&rest[..end]) || of.is_some_and(|rest| number(rest).is_some())
}

pub(super) fn begins_with_word(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
}

//! Numbers in a text, with the words and signs around them: `~65%`, `less than 5%`, `1/2`, `10k`.

use super::notation::{Digits, Notation, digits};
use crate::rice::Exact;

/// A number in a text.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub(super) value: Exact,
    /// What it is if its mark divides thousands, where that cannot be known.
    pub(super) other: Option<Exact>,
    pub(super) is_percent: bool,
    /// `less than 5%`.
    pub(super) is_less: bool,
    /// `at least 5%`, `less than 5%`: an end of a range whose other end is open.
    pub(super) is_bound: bool,
    /// `1/2`.
    pub(super) is_fraction: bool,
}

/// Words before a number that change nothing.
pub(super) const ABOUT: [&str; 9] = [
    "about",
    "around",
    "approximately",
    "approx.",
    "approx",
    "roughly",
    "circa",
    "ca.",
    "an estimated",
];
const MORE: [&str; 3] = ["at least", "more than", "over"];
const LESS: [&str; 6] = ["less than", "fewer than", "under", "below", "up to", "at most"];

/// Takes a number off the beginning of `text`, with the words and signs that go before it.
pub(super) fn number(text: &str, notation: Notation) -> Option<(Number, &str)> {
    let (rest, is_less, is_more) = before(text);
    let (is_negative, rest) = match rest.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, rest.strip_prefix('+').unwrap_or(rest)),
    };
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '\''))
        .unwrap_or(rest.len());
    // A full stop or a comma that ends a sentence is no part of the number.
    let end = rest[..end].trim_end_matches(['.', ',', '\'']).len();
    let (mut value, other) = match digits(&rest[..end], notation)? {
        Digits::One(value) => (value, None),
        Digits::Either(value, other) => (value, Some(other)),
    };
    let mut rest = &rest[end..];
    if is_negative {
        value = value.negated();
    }
    let fraction = fraction(value, rest);
    if let Some((divided, after)) = fraction {
        // A choice, `10/6/3`.
        if after.starts_with('/') {
            return None;
        }
        (value, rest) = (divided, after);
    }
    let percent =
        rest.trim_start().strip_prefix('%').or_else(|| rest.trim_start().strip_prefix("percent"));
    let is_percent = percent.is_some();
    let hundredth = |value: Exact| value.over(Exact::new(100, 1));
    let (value, other) = match is_percent {
        true => (hundredth(value)?, other.and_then(hundredth)),
        false => (value, other),
    };
    let number = Number {
        value,
        other,
        is_percent,
        is_less,
        is_bound: is_less || is_more,
        is_fraction: fraction.is_some(),
    };
    Some((number, percent.unwrap_or(rest)))
}

/// Takes the words and signs off that go before a number, and whether they make it an upper or a lower end.
fn before(text: &str) -> (&str, bool, bool) {
    let mut rest = text.trim_start();
    let (mut is_less, mut is_more) = (false, false);
    loop {
        let before = rest;
        rest = rest.trim_start_matches(['~', '\u{2248}', ' ']);
        if let Some(after) = rest.strip_prefix(['<', '\u{2264}']) {
            (rest, is_less) = (after.strip_prefix('=').unwrap_or(after), true);
        }
        if let Some(after) = rest.strip_prefix(['>', '\u{2265}']) {
            (rest, is_more) = (after.strip_prefix('=').unwrap_or(after), true);
        }
        let strip = |rest: &'_ str, word: &str| {
            rest.strip_prefix(word).filter(|rest| rest.starts_with([' ', '~'])).map(str::len)
        };
        for word in ABOUT {
            rest = strip(rest, word).map_or(rest, |left| &rest[rest.len() - left..]);
        }
        for (words, flag) in [(&MORE[..], &mut is_more), (&LESS[..], &mut is_less)] {
            for word in words {
                if let Some(left) = strip(rest, word) {
                    (rest, *flag) = (&rest[rest.len() - left..], true);
                }
            }
        }
        if rest == before {
            return (rest, is_less, is_more);
        }
    }
}

/// A fraction such as `1/2` or `8/10`, whose numerator is `above` and whose rest is `text`. Of other numbers with a
/// slash, `6/3`, nobody knows whether they are fractions or choices.
fn fraction(above: Exact, text: &str) -> Option<(Exact, &str)> {
    let below = text.strip_prefix('/')?;
    let end = below.find(|c: char| !c.is_ascii_digit()).unwrap_or(below.len());
    let divisor = Exact::decimal(&below[..end])?;
    let is_whole = |number: Exact| number.parts().1 == 1;
    let is_usual = [2, 3, 4, 10, 100].into_iter().any(|usual| divisor == Exact::new(usual, 1));
    let is_fraction = is_usual && is_whole(above) && above.is_positive() && above <= divisor;
    let after = &below[end..];
    (is_fraction || after.starts_with('/')).then(|| Some((above.over(divisor)?, after)))?
}

/// The upper end of a range, taken off the beginning of `text`: `to 80%`, `- 80%`.
pub(super) fn range_end(text: &str, notation: Notation) -> Option<(Number, &str)> {
    let rest = text.trim_start();
    let rest = rest.strip_prefix("to ").or_else(|| rest.strip_prefix('-'))?;
    number(rest, notation)
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
    let is_of = ["of ", "out of ", "in "].into_iter().any(|of| rest.starts_with(of));
    COUNTED.contains(&&rest[..end]) || is_of
}

/// What follows the things counted that `rest`, after a number, names: `users`, `k customers`.
pub(super) fn after_count(rest: &str) -> Option<&str> {
    let mut rest = rest.trim_start();
    let mut is_counted = false;
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if !COUNTED.contains(&&rest[..end]) {
            return is_counted.then_some(rest);
        }
        (rest, is_counted) = (rest[end..].trim_start(), true);
    }
}

pub(super) fn begins_with_word(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
}

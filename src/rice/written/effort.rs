//! Amounts of work: `2`, `2 months`, `6 weeks`, `1 month 2 weeks`, `half a month`.

use super::number::{ABOUT, begins_with_word, number};
use super::remainder::{OF_WORK, first_doubt};
use super::rest::{Left, left, of_sentence};
use super::unit::{Unit, is_measure, take_unit};
use super::{Doubt, Measure, Place, Written};
use crate::rice::Exact;

/// Signs before the same amount of work in another unit.
const EQUALS: [char; 7] = ['=', '~', '\u{2248}', '\u{2259}', '\u{223c}', '\u{2245}', '\u{2243}'];

/// Reads an amount of work, all of it.
pub(super) fn read_effort(text: &str, place: &Place<'_>) -> Written {
    let mut total = Exact::ZERO;
    let mut has_unit = false;
    let mut is_first = true;
    let mut last: Option<Unit>;
    let mut rest = text;
    loop {
        let amount = match amount(rest, place) {
            Ok(Some(amount)) => amount,
            Ok(None) if is_first => return Written::Unreadable,
            Ok(None) => break,
            Err(doubt) => return Written::Refused(Box::new(doubt)),
        };
        // An amount without a unit is the only one.
        if amount.unit.is_none() && !is_first {
            break;
        }
        let months =
            amount.unit.map_or(Some(amount.value), |unit| amount.value.times(unit.months()));
        let Some(sum) = months.and_then(|months| total.plus(months)) else {
            return Written::Unreadable;
        };
        (total, rest) = (sum, amount.rest);
        (has_unit, is_first) = (amount.unit.is_some(), false);
        if !has_unit {
            break;
        }
        last = amount.unit;
        let Some(next) = next_of_sum(rest) else { break };
        let Ok(Some(Amount { unit: Some(unit), .. })) = self::amount(next, place) else { break };
        // `2 days a week` and `1 month 2 months` are no sums.
        if last.is_some_and(|last| unit.months() >= last.months()) {
            return Written::Refused(Box::new(Doubt::Several));
        }
        rest = next;
    }
    let after = if place.is_prose { of_sentence(rest) } else { rest };
    match unit_after(after, total, has_unit, place) {
        Ok(unit) => match doubtful(after, total, unit, place).filter(|_| !place.is_prose) {
            Some(doubt) => Written::Refused(Box::new(Doubt::Rest(doubt.to_owned()))),
            None if !has_unit
                && unit.is_none()
                && *place.measure == Measure::Plain
                && is_year(total) =>
            {
                Written::Refused(Box::new(Doubt::Year))
            }
            None => valued(total, unit, has_unit, place),
        },
        Err(doubt) => Written::Refused(Box::new(doubt)),
    }
}

/// What follows the first amount of a sum in `rest`: `1 month 2 weeks`, `1 month, 2 weeks`, `1 month and a week`.
/// Without a sign or a word before it, `a week` says how often.
fn next_of_sum(rest: &str) -> Option<&str> {
    let next = rest.trim_start_matches([' ', ',', '+']);
    let signs = &rest[..rest.len() - next.len()];
    let (next, is_joined) = match next.strip_prefix("and ") {
        Some(next) => (next, true),
        // `1 month, about 4 weeks` says the same again.
        None if is_approximate(next) && !signs.contains('+') => return None,
        None => (next, signs.contains([',', '+'])),
    };
    (is_joined || !["a ", "an "].iter().any(|article| next.starts_with(article))).then_some(next)
}

/// Whether `text` begins with a sign or a word for an approximation.
fn is_approximate(text: &str) -> bool {
    let is_word =
        |word: &&str| text.strip_prefix(*word).is_some_and(|rest| rest.starts_with([' ', '~']));
    text.starts_with(EQUALS) || ABOUT.iter().any(is_word)
}

/// Takes off the beginning of `rest` a conversion of the amount `total`, in months, to another unit: `(42 days)`,
/// `, about 4 weeks`. One that is not the same within rounding is a second number.
fn conversion<'t>(
    rest: &'t str,
    total: Exact,
    place: &Place<'_>,
) -> Option<Result<&'t str, Doubt>> {
    let text = rest.trim_start_matches([' ', ',', '-']);
    let text = text.strip_prefix(['(', '[']).unwrap_or(text);
    let amount_at = text.trim_start_matches(EQUALS).trim_start_matches([' ', '(']);
    if !is_approximate(text) {
        return None;
    }
    let Amount { value, unit: Some(unit), rest } = amount(amount_at, place).ok()?? else {
        return None;
    };
    Some(if is_same_work(total, value, unit) { Ok(rest) } else { Err(Doubt::Several) })
}

/// Whether `value` of `unit` is `total`, in months, within rounding.
fn is_same_work(total: Exact, value: Exact, unit: Unit) -> bool {
    let half_a_digit = match value.parts().1 {
        1 => Exact::new(1, 2),
        _ => Exact::new(1, 20),
    };
    let Some(exact) = total.over(unit.months()) else { return false };
    let tenth = exact.over(Exact::new(10, 1));
    let distance = exact.distance(value);
    distance.zip(tenth).is_some_and(|(by, tenth)| by <= half_a_digit && by <= tenth)
}

/// What in `rest` after the amount `total` may change it. `own` is the unit that is found there.
fn doubtful<'t>(
    rest: &'t str,
    total: Exact,
    own: Option<Unit>,
    place: &Place<'_>,
) -> Option<&'t str> {
    first_doubt(rest, &[OF_WORK], |text| {
        if let (Some(unit), after) = take_unit(text) {
            return (own == Some(unit)).then_some(after);
        }
        let Amount { value, unit, rest } = amount(text, place).ok()??;
        let is_same = unit.map_or(value == total, |unit| is_same_work(total, value, unit));
        is_same.then_some(rest)
    })
}

/// The value of `total`, which is in months if it `has_unit`, else in `unit` or in that of its place.
fn valued(total: Exact, unit: Option<Unit>, has_unit: bool, place: &Place<'_>) -> Written {
    let unit = match (unit, place.measure) {
        _ if has_unit => Unit::Month,
        (Some(unit), _) => unit,
        (None, Measure::Unit(unit)) => *unit,
        (None, Measure::Plain) => Unit::Month,
        (None, Measure::Unknown(header)) => {
            return Written::Refused(Box::new(Doubt::Column(header.clone())));
        }
        (None, _) => return Written::Refused(Box::new(Doubt::Unit("%".to_owned()))),
    };
    match total.times(unit.months()) {
        Some(months) if months.is_positive() => Written::Value(months),
        Some(_) => Written::NotPositive,
        None => Written::Unreadable,
    }
}

/// Whether a bare number may be a year.
fn is_year(number: Exact) -> bool {
    let is_whole = number.parts().1 == 1;
    is_whole && number >= Exact::new(1900, 1) && number <= Exact::new(2100, 1)
}

/// A number and its unit.
struct Amount<'t> {
    value: Exact,
    unit: Option<Unit>,
    rest: &'t str,
}

/// Takes an amount off the beginning of `text`.
fn amount<'t>(text: &'t str, place: &Place<'_>) -> Result<Option<Amount<'t>>, Doubt> {
    if let Some((value, rest)) = spelled(text) {
        let (unit, rest) = take_unit(rest);
        return Ok(Some(Amount { value, unit, rest }));
    }
    let Some((number, rest)) = number(text, place.notation) else { return Ok(None) };
    if number.is_percent {
        return Ok(None);
    }
    if let Some(other) = number.other {
        return Err(Doubt::Grouped(number.value, other));
    }
    if number.is_bound {
        return Err(Doubt::Bound);
    }
    let (unit, after) = take_unit(rest.trim_start_matches([' ', '-', '\u{a0}']));
    if unit.is_some() {
        return Ok(Some(Amount { value: number.value, unit, rest: after }));
    }
    // An amount of something else: `3 sprints`, `2 engineers for 3 weeks`, `1\u{bd} months`.
    if begins_with_word(rest.trim_start()) {
        let word = first_word(rest.trim_start());
        let is_choice = matches!(word, "to" | "or" | "and" | "x" | "by");
        let is_word = word.chars().all(char::is_alphabetic);
        return Err(if is_choice || !is_word {
            Doubt::Several
        } else {
            Doubt::Unit(word.to_owned())
        });
    }
    Ok(Some(Amount { value: number.value, unit: None, rest }))
}

/// What `rest` after the amount `total` says of its unit. It may say the same again in brackets.
fn unit_after(
    mut rest: &str,
    total: Exact,
    has_unit: bool,
    place: &Place<'_>,
) -> Result<Option<Unit>, Doubt> {
    const NUMBERS: [&str; 9] =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let mut found = None;
    let mut is_first = true;
    // `6 weeks for two people` may be 12 weeks.
    let mut words = rest.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| NUMBERS.contains(&word)) {
        return Err(Doubt::Several);
    }
    loop {
        if let Some(after) = conversion(rest, total, place).filter(|_| has_unit) {
            rest = after?;
            continue;
        }
        match left(rest, !is_first) {
            Left::Nothing => return Ok(found),
            Left::Sign => return Err(Doubt::Several),
            Left::Remark { text, opener }
                if text.starts_with(|c: char| c.is_ascii_digit() || c == '.') =>
            {
                let Some(Amount { value, unit, rest: after }) = amount(text, place)? else {
                    return Err(Doubt::Several);
                };
                let months = unit.map_or(Some(value), |unit| value.times(unit.months()));
                let is_same = months == Some(total) && has_unit == unit.is_some();
                if !is_same || !matches!(opener, Some('(' | '[' | '=')) {
                    return Err(Doubt::Several);
                }
                rest = after;
            }
            Left::Remark { text, .. } if number(text, place.notation).is_some() => {
                return Err(Doubt::Several);
            }
            Left::Remark { text, opener } => {
                let word = first_word(text);
                match take_unit(text) {
                    (Some(unit), after)
                        if !has_unit && found.is_none() && matches!(opener, Some('(' | '[')) =>
                    {
                        found = Some(unit);
                        rest = after;
                    }
                    (Some(_), _) => return Err(Doubt::Several),
                    (None, _) if is_measure(word) => return Err(Doubt::Unit(word.to_owned())),
                    (None, _) => rest = text,
                }
            }
        }
        is_first = false;
    }
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

/// The unit that `text`, an effort, names for its first amount.
pub fn unit_in(text: &str) -> Option<Unit> {
    let text = super::text::bare(text);
    let place = Place::default();
    let amount = amount(&text, &place).ok()??;
    amount.unit.or_else(|| unit_after(amount.rest, amount.value, false, &place).ok()?)
}

/// `half a`, `one`, `two` and so on at the beginning of `text`.
fn spelled(text: &str) -> Option<(Exact, &str)> {
    const WORDS: [(&str, i64, u32); 9] = [
        ("half a ", 1, 2),
        ("half ", 1, 2),
        ("a ", 1, 1),
        ("an ", 1, 1),
        ("one ", 1, 1),
        ("two ", 2, 1),
        ("three ", 3, 1),
        ("four ", 4, 1),
        ("six ", 6, 1),
    ];
    WORDS.iter().find_map(|&(word, numerator, denominator)| {
        let rest = text.strip_prefix(word)?;
        take_unit(rest).0.map(|_| (Exact::new(numerator, denominator), rest))
    })
}

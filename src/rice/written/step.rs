//! Steps of a scale: numbers, names, shares of users, and what explains them.

use super::number::{Number, after_count, begins_with_word, is_count, number, range_end};
use super::remainder::{OF_SHARE, OF_STEP, OF_USERS, first_doubt};
use super::rest::{Left, left, of_sentence};
use super::{Doubt, Measure, Place, Written};
use crate::rice::Exact;
use crate::rice::scales::{Factor, Scale, Step};

/// Reads what `text` says of `scale`, all of it.
pub(super) fn read_step(scale: &Scale, text: &str, place: &Place<'_>) -> Written {
    let Some((first, mut rest)) = said(scale, text, place) else { return Written::Unreadable };
    let value = match first {
        Said::Step(value) => value,
        other => return other.refused(),
    };
    let times = rest.trim_start().strip_prefix(['x', '\u{d7}']);
    rest = times.filter(|rest| !goes_on(rest) && !begins_with_word(rest)).unwrap_or(rest);
    // An upper or a lower end: of shares of users it is as good as the share.
    if rest.trim_start().starts_with('+') && !goes_on(&rest.trim_start()[1..]) {
        if scale.factor != Factor::Reach || !text.contains('%') {
            return Written::Refused(Box::new(Doubt::Bound));
        }
        rest = &rest.trim_start()[1..];
    }
    if place.is_prose {
        rest = of_sentence(rest);
    }
    let whole = rest;
    // What explains it in brackets or behind a sign says the same, or something is wrong.
    let mut is_first = true;
    loop {
        match left(rest, !is_first) {
            Left::Nothing if place.is_prose => return Written::Value(value),
            Left::Nothing => {
                return match doubtful(scale, value, whole, text.contains('%'), place) {
                    None => Written::Value(value),
                    Some(doubt) => doubt,
                };
            }
            Left::Sign => {
                // A choice of two is best named as one.
                let after = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '.');
                let after = ["to ", "or ", "and "]
                    .iter()
                    .find_map(|word| after.strip_prefix(word))
                    .unwrap_or(after);
                return match said(scale, after, place) {
                    Some((Said::Step(other), _)) if other != value => {
                        Written::Contradiction(Box::new((value, other)))
                    }
                    _ => Written::Refused(Box::new(Doubt::Several)),
                };
            }
            Left::Remark { text, opener } => match said(scale, text, place) {
                Some((Said::Step(other), after)) => {
                    if other != value {
                        return Written::Contradiction(Box::new((value, other)));
                    }
                    let said = &text[..text.len() - after.len()];
                    let is_share = said.contains('%') || said.contains("percent");
                    let explains = match opener {
                        Some('(' | '[' | '=') => true,
                        Some('-' | ':') => is_share || number(text, place.notation).is_none(),
                        // A row of a table in a section.
                        Some('|') if place.is_prose => true,
                        _ => number(text, place.notation).is_none(),
                    };
                    if !explains {
                        return Written::Refused(Box::new(Doubt::Several));
                    }
                    rest = after;
                }
                Some((other, _)) => match other.refused() {
                    Written::OffScale(_) => return Written::Refused(Box::new(Doubt::Several)),
                    refused => return refused,
                },
                // A count of something, or a word.
                None => rest = without_number(text),
            },
        }
        is_first = false;
    }
}

/// Why `rest`, which follows the step `value`, may change it.
fn doubtful(
    scale: &Scale,
    value: Exact,
    rest: &str,
    has_share: bool,
    place: &Place<'_>,
) -> Option<Written> {
    let is_explained = rest.trim_start().starts_with(['(', '[']);
    let meaning = scale.step(value).map(|step| step.meaning.to_lowercase()).unwrap_or_default();
    let same = |text| {
        let meant = |text: &str| !meaning.is_empty() && begins_with(text, &meaning);
        if meant(text) {
            return Some(&text[meaning.len()..]);
        }
        match said(scale, text, place) {
            Some((Said::Step(other), after)) if other == value => {
                let times = after.strip_prefix(['x', '\u{d7}']);
                times.filter(|rest| !goes_on(rest) && !begins_with_word(rest)).or(Some(after))
            }
            // `10 (12,000 users)`.
            None if scale.factor == Factor::Reach && is_explained => {
                after_count(number(text, place.notation)?.1)
            }
            _ => None,
        }
    };
    let phrases = match scale.factor {
        Factor::Reach => &[OF_USERS, OF_STEP, if has_share { OF_SHARE } else { &[] }][..],
        _ => &[OF_STEP],
    };
    let doubt = first_doubt(rest, phrases, same)?;
    Some(match said(scale, doubt, place) {
        Some((Said::Step(other), _)) if other != value => {
            Written::Contradiction(Box::new((value, other)))
        }
        _ => Written::Refused(Box::new(Doubt::Rest(doubt.to_owned()))),
    })
}

/// What is left of `text` without the number that it may begin with.
fn without_number(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\''))
}

fn goes_on(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '.')
}

/// What the beginning of a text says of a scale.
enum Said {
    Step(Exact),
    OffScale(Exact),
    /// A range from one step to another.
    Between(Exact, Exact),
    Doubt(Doubt),
}

impl Said {
    fn refused(self) -> Written {
        match self {
            Self::Step(value) => Written::Value(value),
            Self::OffScale(value) => Written::OffScale(value),
            Self::Between(one, other) => Written::Contradiction(Box::new((one, other))),
            Self::Doubt(doubt) => Written::Refused(Box::new(doubt)),
        }
    }
}

fn said<'t>(scale: &Scale, text: &'t str, place: &Place<'_>) -> Option<(Said, &'t str)> {
    if let Some((number, rest)) = number(text, place.notation) {
        return said_in_numbers(scale, number, rest, place);
    }
    let mut text = text.trim_start();
    for article in ["the ", "a ", "an "] {
        text = text.strip_prefix(article).unwrap_or(text);
    }
    // The longest name first: `minimal reach` before `minimal`.
    let names = scale.steps.iter().flat_map(|step| step.names.iter().map(move |name| (name, step)));
    let longest =
        names.filter(|(name, _)| begins_with(text, name)).max_by_key(|(name, _)| name.len());
    longest.map(|(name, step)| (Said::Step(step.value), &text[name.len()..]))
}

/// What `first` says, and `rest` after it.
fn said_in_numbers<'t>(
    scale: &Scale,
    first: Number,
    rest: &'t str,
    place: &Place<'_>,
) -> Option<(Said, &'t str)> {
    let is_share = |number: Number, rest: &str| number.is_percent || !is_count(rest);
    if !is_share(first, rest) {
        return None;
    }
    let own = said_by(scale, first, place);
    let Some((last, after)) = range_end(rest, place.notation) else { return Some((own, rest)) };
    if !is_share(last, after) {
        // `6 - about 1,200 users` in a sentence is not a range.
        let is_remark = place.is_prose && rest.starts_with(" - ");
        return is_remark.then_some((own, rest));
    }
    // In a range the sign may stand at the end only.
    let is_percent = first.is_percent || last.is_percent;
    let from = step_of(scale, first, is_percent);
    let to = step_of(scale, Number { is_less: true, ..last }, is_percent);
    Some(match (from, to) {
        (Said::Step(from), Said::Step(to)) if from == to && is_percent => (Said::Step(from), after),
        (Said::Step(from), Said::Step(to)) if from == to => (Said::Doubt(Doubt::Several), after),
        (from, to) => {
            // A step and what it means: `10 - 80% or more`, `3 - 25 to 50%`.
            let range = range_end(after, place.notation).filter(|(number, _)| number.is_percent);
            let meant = step_of(scale, last, last.is_percent || range.is_some());
            match (own, meant, from, to) {
                (Said::Step(own), Said::Step(meant), ..) if own == meant => {
                    (Said::Step(own), range.map_or(after, |(_, end)| end))
                }
                (_, _, Said::Step(from), Said::Step(to)) => (Said::Between(from, to), after),
                (_, _, Said::Step(_), other) | (_, _, other, _) => (other, after),
            }
        }
    })
}

fn begins_with(text: &str, name: &str) -> bool {
    text.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// What a number by itself says, in the place where it is.
fn said_by(scale: &Scale, number: Number, place: &Place<'_>) -> Said {
    let is_confidence = scale.factor == Factor::Confidence;
    if let Some(other) = number.other.filter(|_| !is_confidence) {
        return Said::Doubt(Doubt::Grouped(number.value, other));
    }
    let is_share = scale.factor == Factor::Reach && number.is_percent;
    if number.is_bound && !is_share {
        return Said::Doubt(Doubt::Bound);
    }
    if number.is_fraction && !is_confidence {
        return Said::Doubt(Doubt::Several);
    }
    if number.is_percent {
        return step_of(scale, number, true);
    }
    match place.measure {
        Measure::Percent if number.value <= Exact::ONE && scale.factor != Factor::Impact => {
            match is_confidence || number.value < Exact::ONE {
                true => Said::Doubt(Doubt::Percent(number.value)),
                false => step_of(scale, number, true),
            }
        }
        Measure::Percent => step_of(scale, number, true),
        Measure::Unknown(header) => Said::Doubt(Doubt::Column(header.clone())),
        _ => step_of(scale, number, false),
    }
}

fn step_of(scale: &Scale, number: Number, is_percent: bool) -> Said {
    let Number { value, is_less, is_percent: is_own_percent, .. } = number;
    let value_of = |step: &Step| Said::Step(step.value);
    // In a range the sign may stand at the end only.
    let share = if is_percent && !is_own_percent {
        value.over(Exact::new(100, 1)).unwrap_or(value)
    } else {
        value
    };
    match scale.factor {
        Factor::Reach if is_percent => {
            let in_range = share >= Exact::ZERO && share <= Exact::ONE;
            let step = scale.of_share(share, is_less).filter(|_| in_range);
            step.map_or(Said::OffScale(share), value_of)
        }
        // 80 is 80%, but 1 is 100%.
        Factor::Confidence => {
            let hundredth = value.over(Exact::new(100, 1)).filter(|_| !is_percent);
            let mut steps = [Some(share), hundredth].into_iter().flatten();
            let step = steps.find_map(|value| scale.step(value));
            step.map_or(Said::OffScale(share), value_of)
        }
        _ if is_percent => Said::OffScale(share),
        _ => scale.step(value).map_or(Said::OffScale(value), value_of),
    }
}

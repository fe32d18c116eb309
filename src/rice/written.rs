//! What people write for a factor, and what it counts: `10.0`, `3x`, `High`, `80%`, `~65% of users`, `6 weeks`.

mod number;

use super::scales::{Factor, Scale, Step};
use super::{Exact, Scales};
use number::{Number, begins_with_word, is_count, number, range_end};

/// What stands where a factor belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// Nothing, or a word for nothing such as `TBD`.
    Nothing,
    /// A number that counts: a step of the scale, or person-months above zero.
    Value(Exact),
    /// A number that is no step.
    OffScale(Exact),
    /// An effort of zero or less.
    NotPositive,
    /// Two steps that contradict each other, as they are written.
    Contradiction(Exact, Exact),
    /// No number and no word of the scale.
    Unreadable,
}

/// Units of effort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// A working day; a month has 21.
    Day,
    /// A week; a month has 52/12.
    Week,
    /// A person-month.
    #[default]
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
}

impl Unit {
    /// The unit that `word` means, with whatever stands before it, as in `person-months`.
    pub fn named(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let word = word.rsplit(['-', ' ']).next().unwrap_or(&word).trim_end_matches('.');
        Some(match word {
            "d" | "day" | "days" => Self::Day,
            "w" | "wk" | "wks" | "week" | "weeks" => Self::Week,
            "m" | "mo" | "mos" | "pm" | "month" | "months" => Self::Month,
            "q" | "quarter" | "quarters" => Self::Quarter,
            "y" | "yr" | "yrs" | "year" | "years" => Self::Year,
            _ => return None,
        })
    }

    fn months(self) -> Exact {
        match self {
            Self::Day => Exact::new(1, 21),
            Self::Week => Exact::new(12, 52),
            Self::Month => Exact::ONE,
            Self::Quarter => Exact::new(3, 1),
            Self::Year => Exact::new(12, 1),
        }
    }
}

/// Reads `text`, which stands for `factor`. `unit` is that of an effort without one.
pub fn read(factor: Factor, text: &str, scales: &Scales, unit: Unit) -> Written {
    let text = bare(text);
    if is_nothing(&text) {
        return Written::Nothing;
    }
    match scales.of(factor) {
        Some(scale) => read_step(scale, &text),
        None => read_effort(&text, unit),
    }
}

/// Reads a section's text, in which a factor is told in sentences: what the first line begins with, else
/// what is set in bold or as code, else the first number.
pub fn read_prose(factor: Factor, text: &str, scales: &Scales) -> Written {
    let first = text.trim_start().lines().next().unwrap_or_default();
    let item = first.trim_start_matches(MARKS);
    if let Some(several) = several_steps(factor, text, scales).filter(|_| {
        item != first || !matches!(read(factor, first, scales, Unit::Month), Written::Value(_))
    }) {
        return several;
    }
    let tries = [first, item].map(str::to_owned).into_iter().chain(emphasised(text));
    for candidate in tries {
        match read(factor, &candidate, scales, Unit::Month) {
            Written::Unreadable | Written::Nothing => {}
            written => return written,
        }
    }
    match first_number(text).map(|rest| read(factor, rest, scales, Unit::Month)) {
        Some(written) => written,
        None if is_nothing(&bare(text)) => Written::Nothing,
        None => Written::Unreadable,
    }
}

/// What stands before an item of a list or a row of a table.
const MARKS: [char; 5] = ['-', '*', '+', ' ', '|'];

/// A list or a table of different steps chooses none: it tells what the steps are.
fn several_steps(factor: Factor, text: &str, scales: &Scales) -> Option<Written> {
    scales.of(factor)?;
    let items = text.lines().filter_map(|line| {
        let item = line.trim_start().trim_start_matches(MARKS);
        (item.len() < line.trim_start().len()).then(|| read(factor, item, scales, Unit::Month))
    });
    let mut values = items.filter_map(|item| match item {
        Written::Value(value) => Some(value),
        _ => None,
    });
    let first = values.next()?;
    values.find(|value| *value != first).map(|other| Written::Contradiction(first, other))
}

/// The rest of the line from the first number of `text`; years and the like of `Q3` are none.
fn first_number(text: &str) -> Option<&str> {
    let mut before = None;
    let mut starts = text.char_indices().filter(|&(_, c)| {
        let is_inside = before.replace(c).is_some_and(char::is_alphanumeric);
        c.is_ascii_digit() && !is_inside
    });
    let at = starts.find(|&(at, _)| {
        let end = text[at..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |end| at + end);
        let digits = &text[at..end];
        !(digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
    });
    let start = text[..at?.0].trim_end_matches(['.', '~', '-', '<', '>']).len();
    text[start..].lines().next()
}

/// The pieces of `text` in backticks or in double stars or underscores, in order.
fn emphasised(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*', '_']) {
        let mark = &rest[at..=at];
        let mark =
            if rest[at..].starts_with(&mark.repeat(2)) { mark.repeat(2) } else { mark.to_owned() };
        rest = &rest[at + mark.len()..];
        if let Some(end) = rest.find(&mark) {
            found.push(rest[..end].to_owned());
            rest = &rest[end + mark.len()..];
        }
    }
    found
}

/// `text` without marks of emphasis, in lower case, with single spaces.
fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut is_apart = false;
    for c in text.chars() {
        match c {
            '`' | '*' | '_' | '"' | '\'' => {}
            c if c.is_whitespace() => is_apart = true,
            c => {
                if is_apart && !bare.is_empty() {
                    bare.push(' ');
                }
                is_apart = false;
                match c {
                    '\u{2013}' | '\u{2014}' | '\u{2212}' => bare.push('-'),
                    c => bare.extend(c.to_lowercase()),
                }
            }
        }
    }
    bare
}

fn is_nothing(text: &str) -> bool {
    matches!(
        text,
        "" | "-"
            | "--"
            | "---"
            | "?"
            | "??"
            | "tbd"
            | "tba"
            | "todo"
            | "n/a"
            | "na"
            | "none"
            | "unknown"
    )
}

fn read_step(scale: &Scale, text: &str) -> Written {
    let Some((first, rest)) = said(scale, text) else { return Written::Unreadable };
    let value = match first {
        Said::Step(value) => value,
        Said::OffScale(value) => return Written::OffScale(value),
        Said::Between(one, other) => return Written::Contradiction(one, other),
    };
    // What explains it in brackets or behind a sign says the same, or something is wrong.
    let rest = rest.trim_start_matches([' ', ')', 'x', '\u{d7}']);
    let Some(explained) = rest.strip_prefix(['(', '=', ':', '/', '-', ',']) else {
        return Written::Value(value);
    };
    match said(scale, explained) {
        Some((Said::Step(other), _)) if other != value => Written::Contradiction(value, other),
        _ => Written::Value(value),
    }
}

/// What the beginning of a text says of a scale.
enum Said {
    Step(Exact),
    OffScale(Exact),
    /// A range from one step to another.
    Between(Exact, Exact),
}

fn said<'t>(scale: &Scale, text: &'t str) -> Option<(Said, &'t str)> {
    if let Some((number, rest)) = number(text) {
        return said_in_numbers(scale, number, rest);
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
fn said_in_numbers<'t>(scale: &Scale, first: Number, rest: &'t str) -> Option<(Said, &'t str)> {
    let is_share = |number: Number, rest: &str| number.is_percent || !is_count(rest);
    if !is_share(first, rest) {
        return None;
    }
    let own = step_of(scale, first, first.is_percent);
    let Some((last, after)) = range_end(rest) else { return Some((own, rest)) };
    if !is_share(last, after) {
        return None;
    }
    // In a range the sign may stand at the end only.
    let is_percent = first.is_percent || last.is_percent;
    let from = step_of(scale, first, is_percent);
    let to = step_of(scale, Number { is_less: true, ..last }, is_percent);
    Some(match (from, to) {
        (Said::Step(from), Said::Step(to)) if from == to => (Said::Step(from), after),
        (from, to) => {
            // A step and what it means: `10 - 80% or more`, `3 - 25 to 50%`.
            let is_range = range_end(after).is_some_and(|(number, _)| number.is_percent);
            let meant = step_of(scale, last, last.is_percent || is_range);
            match (own, meant, from, to) {
                (Said::Step(own), Said::Step(meant), ..) if own == meant => {
                    (Said::Step(own), after)
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

fn step_of(scale: &Scale, number: Number, is_percent: bool) -> Said {
    let Number { value, is_less, is_percent: is_own_percent } = number;
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

/// Reads an amount of work: `2`, `2 months`, `6 weeks`, `1 month 2 weeks`, `half a month`.
fn read_effort(text: &str, unit: Unit) -> Written {
    let mut total = Exact::ZERO;
    let mut rest = text;
    let mut is_first = true;
    loop {
        let spelled = spelled(rest);
        let Some((amount, after)) = spelled.or_else(|| {
            number(rest)
                .filter(|(number, _)| !number.is_percent)
                .map(|(number, rest)| (number.value, rest))
        }) else {
            break;
        };
        let before_unit = after;
        let (own, after) = take_unit(after.trim_start_matches([' ', '-', '\u{a0}']));
        // An amount of something else: `3 sprints`, `2 engineers for 3 weeks`, `1\u{bd} months`.
        if own.is_none() && (!is_first || begins_with_word(before_unit.trim_start())) {
            return Written::Unreadable;
        }
        // Which end of a range is meant cannot be told, nor how often it is taken.
        let is_taken_often = ["x ", "\u{d7}", "each", "per "]
            .into_iter()
            .any(|sign| after.trim_start().starts_with(sign));
        if is_taken_often || range_end(before_unit).or_else(|| range_end(after)).is_some() {
            return Written::Unreadable;
        }
        let months = amount.times(own.unwrap_or(unit).months());
        let Some(sum) = months.and_then(|months| total.plus(months)) else {
            return Written::Unreadable;
        };
        total = sum;
        rest = after.trim_start_matches([' ', ',', '+']);
        rest = rest.strip_prefix("and ").unwrap_or(rest);
        is_first = false;
        if own.is_none() {
            break;
        }
    }
    match is_first {
        true => Written::Unreadable,
        false if total.is_positive() => Written::Value(total),
        false => Written::NotPositive,
    }
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

/// Words before a unit, as in `person-months`. Of two with one beginning the longer comes first.
const BEFORE_UNITS: [&str; 11] = [
    "person",
    "people",
    "engineer",
    "developer",
    "dev",
    "man",
    "staff",
    "fte",
    "working",
    "calendar",
    "eng",
];

/// Takes a unit off the beginning of `text`, with `person-` or the like before it.
fn take_unit(text: &str) -> (Option<Unit>, &str) {
    let mut rest = text;
    for before in BEFORE_UNITS {
        let after = rest.strip_prefix(before).map(|rest| rest.trim_start_matches(['s', '-', ' ']));
        if let Some(after) = after {
            rest = after;
        }
    }
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    match Unit::named(&rest[..end]) {
        Some(unit) => (Some(unit), rest[end..].trim_start_matches(['.', '(', ')'])),
        None => (None, text),
    }
}

#[cfg(test)]
#[path = "written_tests.rs"]
mod tests;

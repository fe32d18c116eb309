//! One written date: a table of notations, each of which is read and written.
//!
//! What a date looks like is decided here; whether it is the date of a review is not. A date is only read
//! when all of it is one: `2022-21-09`, `2022-10-051` and `Feb 30, 2022` are none.

use std::fmt::{self, Write as _};
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

/// A date as precise as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A day.
    Day(Date),
    /// A month: `2022-10`, `October 2022`.
    Month {
        /// The year.
        year: i16,
        /// The month, from 1.
        month: i8,
    },
}

impl PartialDate {
    /// The day itself, or the month's last day.
    pub fn last_day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Month { year, month } => Date::constant(year, month, 1).last_of_month(),
        }
    }
}

/// `2022-10-05`, or `2022-10` for a month.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
        }
    }
}

/// The kinds of notation that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotationKind {
    /// `2022-10-05`
    Iso,
    /// `2022-10-5`, `2022-8-18`
    IsoUnpadded,
    /// `2022-10-05T17:00:00.000Z`, `2022-10-05 17:00`
    DateTime,
    /// `20221005`
    Compact,
    /// `2022-10`, `2022/10`
    YearMonth,
    /// `10/2022`
    MonthYear,
    /// `2022/10/05`, `2022.10.05`
    Ymd,
    /// `28/10/2022`, `5.10.2022`
    Dmy,
    /// `10/28/2022`
    Mdy,
    /// `Oct 20, 2020`
    TextualUs,
    /// `20 October 2020`
    TextualDay,
    /// `2020 October 20`, `2020-Oct-20`
    TextualYear,
    /// `October 2022`
    TextualMonth,
    /// `2025年12月12日`
    Japanese,
    /// `2025年12月`
    JapaneseMonth,
}
use NotationKind as Kind;

/// How each kind is written. `y`, `m` and `d` are numbers, `M` is the name of a month, `D` a day that may be `1st`;
/// `-` is a hyphen of any length, a slash or a dot, the same in all of the date; `_` is what may be between the words
/// of a date, and a space are spaces or none.
const NOTATIONS: [(Kind, &str); 12] = [
    (Kind::Japanese, "y 年 m 月 d 日"),
    (Kind::JapaneseMonth, "y 年 m 月"),
    (Kind::Iso, "y-m-d"),
    (Kind::YearMonth, "y-m"),
    (Kind::Compact, r"(?<y>\d{4})(?<m>\d\d)(?<d>\d\d)"),
    (Kind::Dmy, "d-m-y"),
    (Kind::Mdy, "m-d-y"),
    (Kind::MonthYear, "m/y"),
    (Kind::TextualDay, "D_M_y"),
    (Kind::TextualUs, "M_D_y"),
    (Kind::TextualMonth, "M_y"),
    (Kind::TextualYear, "y_M_D"),
];

/// What a sign of [`NOTATIONS`] is.
const SIGNS: [(char, &str); 8] = [
    ('y', r"(?<y>[0-9]{4})"),
    ('m', r"(?<m>[0-9]{1,2})"),
    ('d', r"(?<d>[0-9]{1,2})"),
    ('D', r"(?<d>[0-9]{1,2}(?:[sS][tT]|[nN][dD]|[rR][dD]|[tT][hH])?)"),
    ('M', r"(?<m>[A-Za-z]+)"),
    ('-', r"[-/.–\x{2010}\x{2011}−]"),
    ('_', r"\.?,?(?:[ \x{a0}\x{3000}]{1,4}|\r?\n {0,40}|[-/])?(?:[oO][fF][ \x{a0}\x{3000}]{1,4})?"),
    (' ', r"[ \x{a0}\x{3000}]{0,4}"),
];

static PATTERNS: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    let patterns = NOTATIONS.iter().filter_map(|(kind, form)| {
        let is_written_out = form.starts_with('(');
        let sign = |c: char| match SIGNS.iter().find(|(sign, _)| *sign == c && !is_written_out) {
            Some((_, pattern)) => (*pattern).to_owned(),
            None => c.to_string(),
        };
        let pattern: String = form.chars().map(sign).collect();
        Some((*kind, Regex::new(&format!("^{pattern}")).ok()?))
    });
    patterns.collect()
});

/// A time and its zone, after a date in numbers.
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let time = r"^(?<time>[Tt ][0-9]{1,2}:[0-9]{2}(?:[:.,][0-9:.,]*[0-9])?)";
    let zone = r"(?:[+-](?:[0-9]{4}|[0-9]{2})(?::[0-9]{2})?|(?:Z|z|UTC|GMT)(?-u:\b))";
    Regex::new(&format!(r"{time}(?:[ \x{{a0}}]{{0,4}}{zone}){{0,2}}")).ok()
});

/// A day of the week before a date.
static WEEKDAY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([A-Za-z]{3,9})\.?,?[ \x{a0}\x{3000}]{1,4}").ok());

/// No date with its day of the week and its time is longer.
const LONGEST: usize = 160;

/// How a number or a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Style {
    Padded,
    Unpadded,
    /// `1st`.
    Ordinal,
    /// `October`.
    Full,
    /// `Oct`.
    Short,
}

/// A part of a written date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Piece {
    Year,
    Month(Style),
    Day(Style),
    /// The day's name, in full or by three letters.
    Weekday(Style),
    /// What is between the parts, as written.
    Text(String),
}

/// How a date is written: its kind, and the parts that it is put together from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Notation {
    kind: Kind,
    /// The parts of a full date: a notation of months has the day's part too, for [`Notation::write`].
    pieces: Vec<Piece>,
}

impl Notation {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether the day is missing.
    pub fn is_month_only(&self) -> bool {
        use Kind::{JapaneseMonth, MonthYear, TextualMonth, YearMonth};
        matches!(self.kind, YearMonth | MonthYear | TextualMonth | JapaneseMonth)
    }

    /// `2022-10-05` and its kin.
    pub fn iso() -> Self {
        let dash = || Piece::Text("-".to_owned());
        let (month, day) = (Piece::Month(Style::Padded), Piece::Day(Style::Padded));
        Self { kind: Kind::Iso, pieces: vec![Piece::Year, dash(), month, dash(), day] }
    }

    /// `date` in this notation, so that it is read as that date again. Four things are not kept:
    /// a month becomes a full date; `2022-8-18` gets its zeros, because the missing ones are a defect;
    /// a time becomes midnight in the same zone, because the day is all that is known; and where two
    /// numbers would not tell day and month apart (`05/06/2022`), the date is written `2022-06-05`.
    pub fn write(&self, date: Date) -> String {
        if self.would_be_ambiguous(date) {
            return Self::iso().write(date);
        }
        let mut out = String::new();
        for piece in &self.pieces {
            // Writing to a string does not fail.
            let _ = match piece {
                Piece::Year => write!(out, "{:04}", date.year()),
                Piece::Month(style) => out.write_str(&part(date.month(), *style, &MONTHS)),
                Piece::Day(style) => out.write_str(&part(date.day(), *style, &[])),
                Piece::Weekday(style) => {
                    out.write_str(&part(date.weekday().to_monday_one_offset(), *style, &WEEKDAYS))
                }
                Piece::Text(text) => out.write_str(text),
            };
        }
        out
    }

    fn would_be_ambiguous(&self, date: Date) -> bool {
        let is_dotted = || self.pieces.contains(&Piece::Text(".".to_owned()));
        let is_alike = date.day() <= 12 && date.day() != date.month();
        self.kind == Kind::MonthYear
            || matches!(self.kind, Kind::Dmy | Kind::Mdy) && is_alike && !is_dotted()
    }
}

/// `number` as it is written in this style, where it is a name the one of `names` with that number.
fn part(number: i8, style: Style, names: &[&str]) -> String {
    let index = usize::try_from(number - 1).unwrap_or_default();
    let name = || names.get(index).copied().unwrap_or_default();
    match style {
        Style::Padded => format!("{number:02}"),
        Style::Unpadded => number.to_string(),
        Style::Full => name().to_owned(),
        Style::Short => name().chars().take(3).collect(),
        Style::Ordinal => {
            let ending = match number {
                1 | 21 | 31 => "st",
                2 | 22 => "nd",
                3 | 23 => "rd",
                _ => "th",
            };
            format!("{number}{ending}")
        }
    }
}

/// Which of day and month `5/6/2022` begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slashes {
    /// Not known: only dates whose numbers tell are read.
    Unknown,
    /// The month: the place is one where dates are written the American way.
    MonthFirst,
}

/// A date, and how it is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WrittenDate {
    /// The date.
    pub value: PartialDate,
    /// How it is written.
    pub notation: Notation,
}

impl WrittenDate {
    /// Reads the date that `text` begins with, and tells how many bytes it takes. Between day and month
    /// in numbers the numbers decide, and where they cannot, nothing is read.
    pub fn read(text: &str) -> Option<(Self, usize)> {
        Self::read_with(text, Slashes::Unknown)
    }

    pub(super) fn read_with(text: &str, slashes: Slashes) -> Option<(Self, usize)> {
        if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let near = &text[..text.floor_char_boundary(LONGEST)];
        let mut pieces = Vec::new();
        let mut start = 0;
        if let Some(found) = WEEKDAY.as_ref().and_then(|weekday| weekday.captures(near))
            && let Some(style) = weekday(&found[1])
        {
            start = found[0].len();
            pieces =
                vec![Piece::Weekday(style), Piece::Text(found[0][found[1].len()..].to_owned())];
        }
        let (mut date, length) = PATTERNS.iter().find_map(|(kind, pattern)| {
            let found = pattern.captures(&near[start..])?;
            let (date, length) = read_as(*kind, &found, slashes)?;
            let mut notation = date.notation;
            let mut length = start + length;
            length += add_time(&mut notation, &near[length..]);
            let date = Self { notation, ..date };
            ends_well(date.notation.kind, &text[length..]).then_some((date, length))
        })?;
        date.notation.pieces.splice(..0, pieces);
        Some((date, length))
    }
}

/// What was `found` as a date of this kind, and its length.
fn read_as(kind: Kind, found: &Captures<'_>, slashes: Slashes) -> Option<(WrittenDate, usize)> {
    use Kind::{Compact, Dmy, Iso, Japanese, JapaneseMonth, Mdy, TextualMonth, YearMonth};
    let number = |text: &str| text.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    let (year, month_part, day_part) = (found.name("y")?, found.name("m")?, found.name("d"));
    let (month, month_style) = match number(month_part.as_str()) {
        Some(month) => (month, None),
        None => month_named(month_part.as_str()).map(|(month, style)| (month, Some(style)))?,
    };
    let year_number: i16 = year.as_str().parse().ok()?;
    (1900..=9998).contains(&year_number).then_some(())?;
    let day = match day_part {
        Some(part) => Some(number(part.as_str())?),
        None => None,
    };
    let first = Date::new(year_number, month, day.unwrap_or(1)).ok()?;
    let mut parts = vec![(year, Piece::Year), (month_part, Piece::Month(Style::Full))];
    parts.extend(day_part.map(|part| (part, Piece::Day(Style::Full))));
    parts.sort_by_key(|(part, _)| part.start());
    let all = &found[0];
    let between: Vec<&str> =
        parts.windows(2).map(|pair| &all[pair[0].0.end()..pair[1].0.start()]).collect();
    let separator = between[0];
    let has_one_separator = || between.iter().all(|it| *it == separator);
    let is_full_length = |part: &regex::Match<'_>| part.len() == 2;
    let is_padded = is_full_length(&month_part) && day_part.as_ref().is_none_or(is_full_length);
    let mut kind = kind;
    let is_it = match kind {
        Japanese | JapaneseMonth | Compact => true,
        // `2022.1` is a release.
        YearMonth => separator != "." || is_padded,
        Iso => {
            kind = match separator {
                "/" | "." => Kind::Ymd,
                _ if is_padded => Iso,
                _ => Kind::IsoUnpadded,
            };
            has_one_separator()
        }
        Dmy => {
            let is_told = day == Some(month) || day.is_some_and(|day| day > 12);
            has_one_separator() && (separator == "." || slashes == Slashes::Unknown && is_told)
        }
        Mdy => {
            let is_told = slashes == Slashes::MonthFirst || day.is_some_and(|day| day > 12);
            has_one_separator() && separator != "." && is_told
        }
        // Words are apart.
        _ => between.iter().all(|it| !it.is_empty()),
    };
    is_it.then_some(())?;
    let style = |part: &str| match kind {
        Iso | Kind::IsoUnpadded | Compact => Style::Padded,
        YearMonth | Kind::Ymd | Dmy | Mdy if is_padded => Style::Padded,
        YearMonth | Kind::Ymd | Dmy | Mdy => Style::Unpadded,
        _ if part.ends_with(|c: char| c.is_ascii_alphabetic()) => Style::Ordinal,
        _ if part.starts_with('0') => Style::Padded,
        _ => Style::Unpadded,
    };
    let mut pieces = Vec::new();
    for (index, (part, piece)) in parts.iter().enumerate() {
        pieces.push(match piece {
            Piece::Month(_) => Piece::Month(month_style.unwrap_or_else(|| style(part.as_str()))),
            Piece::Day(_) => Piece::Day(style(part.as_str())),
            _ => Piece::Year,
        });
        let next = parts.get(index + 1).map_or(all.len(), |(next, _)| next.start());
        pieces.push(Piece::Text(all[part.end()..next].to_owned()));
    }
    let text = |text: &str| Piece::Text(text.to_owned());
    match kind {
        Kind::MonthYear => pieces = Notation::iso().pieces,
        YearMonth => {
            pieces.pop();
            pieces.extend([text(separator), Piece::Day(style("")), Piece::Text(String::new())]);
        }
        TextualMonth => {
            pieces.splice(1..2, [text(" "), Piece::Day(Style::Unpadded), text(", ")]);
        }
        JapaneseMonth => {
            pieces.splice(
                3..,
                [
                    text(&separator.replace('年', "月")),
                    Piece::Day(Style::Unpadded),
                    text(&format!("{}日", separator.split('年').next().unwrap_or_default())),
                ],
            );
        }
        _ => {}
    }
    pieces.retain(|piece| *piece != Piece::Text(String::new()));
    let value = match day {
        Some(_) => PartialDate::Day(first),
        None => PartialDate::Month { year: year_number, month },
    };
    Some((WrittenDate { value, notation: Notation { kind, pieces } }, all.len()))
}

/// Adds the time that `rest` begins with to the notation of a date in numbers; how many bytes it takes.
fn add_time(notation: &mut Notation, rest: &str) -> usize {
    let is_iso = matches!(notation.kind, Kind::Iso | Kind::IsoUnpadded);
    let time = TIME.as_ref().filter(|_| is_iso);
    let Some(found) = time.and_then(|time| time.captures(rest)) else { return 0 };
    let zone = &found[0][found["time"].len()..];
    let midnight = found["time"].replace(|c: char| c.is_ascii_digit(), "0");
    notation.kind = Kind::DateTime;
    notation.pieces.push(Piece::Text(format!("{midnight}{zone}")));
    found[0].len()
}

/// Whether `rest`, which follows a date, does not go on like a part of the date.
fn ends_well(kind: Kind, rest: &str) -> bool {
    let is_joint = |c: char| "-/.–\u{2010}\u{2011}−".contains(c);
    match kind {
        Kind::Japanese | Kind::JapaneseMonth => !rest.starts_with(|c: char| c.is_ascii_digit()),
        _ => !rest
            .strip_prefix(is_joint)
            .unwrap_or(rest)
            .starts_with(|c: char| c.is_ascii_alphanumeric()),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The month that `word` names in English, and whether in full. `Sept` is a short September.
fn month_named(word: &str) -> Option<(i8, Style)> {
    let same = |name: &str| name.eq_ignore_ascii_case(word);
    let is_short = |name: &str| same(&name[..3]) || name.starts_with("Sept") && same("Sept");
    let at = MONTHS.iter().position(|name| same(name) || is_short(name))?;
    let style = if same(MONTHS[at]) { Style::Full } else { Style::Short };
    Some((i8::try_from(at + 1).ok()?, style))
}

/// How `word` names a day of the week, if it does.
fn weekday(word: &str) -> Option<Style> {
    let same = |name: &str| name.eq_ignore_ascii_case(word);
    let is_short = |name: &str| same(&name[..3]) || same(&name[..4]) && name.starts_with('T');
    let at = WEEKDAYS.iter().position(|name| same(name) || is_short(name))?;
    Some(if same(WEEKDAYS[at]) { Style::Full } else { Style::Short })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_of_the_table_is_a_pattern() {
        assert_eq!(PATTERNS.len(), NOTATIONS.len());
        assert!(TIME.is_some() && WEEKDAY.is_some());
    }
}

//! One written date: a table of notations, each of which is read and written.
//!
//! What a date looks like is decided here; whether it is the date of a review is not. A date is only read
//! when all of it is one: `2022-21-09`, `2022-10-051` and `Feb 30, 2022` are none.

use std::fmt;

use jiff::civil::Date;
use jiff::fmt::strtime;
use regex::{Captures, Match};

use super::pattern::Pattern;

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

/// How each kind is written. The first one counts that fits and is a date.
static NOTATIONS: [(Kind, Pattern); 12] = [
    (Kind::Iso, Pattern::new("^{y}{joint}{m}{joint}{d}")),
    (Kind::Japanese, Pattern::new("^{y}{spaces}年{spaces}{m}{spaces}月{spaces}{d}{spaces}日")),
    (Kind::JapaneseMonth, Pattern::new("^{y}{spaces}年{spaces}{m}{spaces}月")),
    (Kind::YearMonth, Pattern::new("^{y}{joint}{m}")),
    (Kind::Compact, Pattern::new("^{y}{m}{d}")),
    (Kind::Dmy, Pattern::new("^{d}{joint}{m}{joint}{y}")),
    (Kind::Mdy, Pattern::new("^{m}{joint}{d}{joint}{y}")),
    (Kind::MonthYear, Pattern::new("^{m}/{y}")),
    (Kind::TextualDay, Pattern::new("^{nth}{apart}{name_of_month}{apart}{y}")),
    (Kind::TextualUs, Pattern::new("^{name_of_month}{apart}{nth}{apart}{y}")),
    (Kind::TextualMonth, Pattern::new("^{name_of_month}{apart}{y}")),
    (Kind::TextualYear, Pattern::new("^{y}{apart}{name_of_month}{apart}{nth}")),
];

/// A time and its zone, after a date in numbers.
static TIME: Pattern = Pattern::new(
    r"^(?<time>[Tt ][0-9]{1,2}:[0-9]{2}(?:[:.,][0-9:.,]*[0-9])?)(?:[ \x{a0}]{0,4}(?:[+-](?:[0-9]{4}|[0-9]{2})(?::[0-9]{2})?|(?:Z|z|UTC|GMT)(?-u:\b))){0,2}",
);

/// A day of the week before a date.
static WEEKDAY: Pattern = Pattern::new(r"^([A-Za-z]{3,9})(\.?,?[ \x{a0}\x{3000}]{1,4})");

/// No date with its day of the week and its time is longer.
const LONGEST: usize = 160;

/// In a format, the ending of an ordinal number for the day.
const ORDINAL: char = '\0';

/// How a date is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Notation {
    kind: Kind,
    /// As [`strftime`](jiff::fmt::strtime) has it, for a full date: a notation of months has the day's part too.
    format: String,
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
        Self { kind: Kind::Iso, format: "%Y-%m-%d".to_owned() }
    }

    /// `date` in this notation, so that it is read as that date again. Four things are not kept:
    /// a month becomes a full date; `2022-8-18` gets its zeros, because the missing ones are a defect;
    /// a time becomes midnight in the same zone, because the day is all that is known; and where two
    /// numbers would not tell day and month apart (`05/06/2022`), the date is written `2022-06-05`.
    pub fn write(&self, date: Date) -> String {
        let is_alike = date.day() <= 12 && date.day() != date.month() && !self.format.contains('.');
        if self.kind == Kind::MonthYear || matches!(self.kind, Kind::Dmy | Kind::Mdy) && is_alike {
            return date.to_string();
        }
        let ordinal = match date.day() {
            1 | 21 | 31 => "st",
            2 | 22 => "nd",
            3 | 23 => "rd",
            _ => "th",
        };
        let written = strtime::format(&self.format, date).unwrap_or_else(|_| date.to_string());
        written.replace(ORDINAL, ordinal)
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
        text.starts_with(|c: char| c.is_ascii_alphanumeric()).then_some(())?;
        let near = &text[..text.floor_char_boundary(LONGEST)];
        let (mut start, mut weekday) = (0, String::new());
        if let Some(found) = WEEKDAY.captures(near)
            && let Some((_, is_full)) = named(&found[1], WEEKDAYS)
        {
            let name = if is_full { "%A" } else { "%a" };
            (start, weekday) = (found[0].len(), name.to_owned() + &found[2]);
        }
        let is_name = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
        let begins = |kind: Kind| {
            is_name(&near[start..]) == matches!(kind, Kind::TextualUs | Kind::TextualMonth)
        };
        NOTATIONS.iter().filter(|(kind, _)| begins(*kind)).find_map(|(kind, pattern)| {
            let found = pattern.captures(&near[start..])?;
            let (mut date, mut length) = (read_as(*kind, &found, slashes)?, start + found[0].len());
            length += date.notation.add_time(&near[length..]);
            date.notation.format.insert_str(0, &weekday);
            ends_well(date.notation.kind, &text[length..]).then_some((date, length))
        })
    }
}

/// What was `found` as a date of this kind.
fn read_as(mut kind: Kind, found: &Captures<'_>, slashes: Slashes) -> Option<WrittenDate> {
    use Kind::{Compact, Dmy, Iso, IsoUnpadded, Mdy, TextualMonth, YearMonth, Ymd};
    let number = |text: &str| text.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    let (year_part, month_part) = (found.name("y")?, found.name("m")?);
    let day_part = found.name("d");
    let year: i16 = year_part.as_str().parse().ok().filter(|year| (1900..=9998).contains(year))?;
    let name = named(month_part.as_str(), MONTHS);
    let month: i8 = name.map(|name| name.0).or_else(|| number(month_part.as_str()))?;
    let day: Option<i8> = day_part.and_then(|part| number(part.as_str()));
    let date = Date::new(year, month, day.unwrap_or(1)).ok()?;
    let mut parts = vec![(year_part, 'y'), (month_part, 'm')];
    parts.extend(day_part.map(|part| (part, 'd')));
    parts.sort_by_key(|(part, _)| part.start());
    let between = |pair: &[(Match<'_>, char)]| &found[0][pair[0].0.end()..pair[1].0.start()];
    let between: Vec<&str> = parts.windows(2).map(between).collect();
    let separator = between[0];
    let is_one = between.iter().all(|it| *it == separator);
    let is_long = |part: &Match<'_>| part.len() == 2;
    let is_padded = is_long(&month_part) && day_part.as_ref().is_none_or(is_long);
    let fits = match kind {
        Kind::Japanese | Kind::JapaneseMonth => true,
        Compact => is_padded,
        // `2022.1` is a release.
        YearMonth => separator != "." || is_padded,
        Iso => is_one,
        Dmy if separator == "." => is_one,
        Dmy => is_one && slashes == Slashes::Unknown && (day == Some(month) || day > Some(12)),
        Mdy => is_one && separator != "." && (slashes == Slashes::MonthFirst || day > Some(12)),
        // Words are apart.
        _ => between.iter().all(|it| !it.is_empty()),
    };
    fits.then_some(())?;
    kind = match kind {
        Iso if matches!(separator, "/" | ".") => Ymd,
        Iso if !is_padded => IsoUnpadded,
        kind => kind,
    };
    let has_zero = |part: &str| match kind {
        Iso | IsoUnpadded | Compact => true,
        YearMonth | Ymd | Dmy | Mdy => is_padded,
        _ => part.starts_with('0'),
    };
    let mut format = String::new();
    for (index, (part, sign)) in parts.iter().enumerate() {
        let text = part.as_str();
        format.push_str(match (sign, name) {
            ('y', _) => "%Y",
            ('m', Some((_, true))) => "%B",
            ('m', Some((_, false))) => "%b",
            ('m', None) => {
                if has_zero(text) {
                    "%m"
                } else {
                    "%-m"
                }
            }
            _ if text.ends_with(|c: char| c.is_ascii_alphabetic()) => "%-d\0",
            _ => {
                if has_zero(text) {
                    "%d"
                } else {
                    "%-d"
                }
            }
        });
        let next = parts.get(index + 1).map_or(found[0].len(), |(next, _)| next.start());
        format.push_str(&found[0][part.end()..next]);
    }
    match kind {
        Kind::MonthYear => format = Notation::iso().format,
        YearMonth => format = format + separator + if is_padded { "%d" } else { "%-d" },
        TextualMonth => format = format.replacen(separator, " %-d, ", 1),
        Kind::JapaneseMonth => {
            let (before, behind) = separator.split_once('年')?;
            format = format + behind + "%-d" + before + "日";
        }
        _ => {}
    }
    let value = match day {
        Some(_) => PartialDate::Day(date),
        None => PartialDate::Month { year, month },
    };
    Some(WrittenDate { value, notation: Notation { kind, format } })
}

impl Notation {
    /// Adds the time that `rest` begins with to a date in numbers; how many bytes it takes.
    fn add_time(&mut self, rest: &str) -> usize {
        let is_iso = matches!(self.kind, Kind::Iso | Kind::IsoUnpadded);
        let may_be = is_iso && matches!(rest.as_bytes(), [b'T' | b't' | b' ', b'0'..=b'9', ..]);
        let found = if may_be { TIME.captures(rest) } else { None };
        let Some(found) = found else { return 0 };
        let (time, zone) = found[0].split_at(found["time"].len());
        self.kind = Kind::DateTime;
        self.format += &time.replace(|c: char| c.is_ascii_digit(), "0");
        self.format += zone;
        found[0].len()
    }
}

/// Whether `rest`, which follows a date, does not go on like a part of the date.
fn ends_well(kind: Kind, rest: &str) -> bool {
    match kind {
        Kind::Japanese | Kind::JapaneseMonth => !rest.starts_with(|c: char| c.is_ascii_digit()),
        _ => {
            let joint = |c: char| "-/.–\u{2010}\u{2011}−".contains(c);
            let rest = rest.strip_prefix(joint).unwrap_or(rest);
            !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        }
    }
}

const MONTHS: &str =
    "January February March April May June July August September October November December";
const WEEKDAYS: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday";

/// Which of `names` `word` is, from 1, and whether in full. `Sept`, `Tues` and `Thur` are short ones, too.
fn named(word: &str, names: &str) -> Option<(i8, bool)> {
    let is_short = |name: &str| {
        let is_long = name.starts_with('T') || name.starts_with("Sept");
        let length = if is_long && word.len() == 4 { 4 } else { 3 };
        name[..length].eq_ignore_ascii_case(word)
    };
    let fits = |(_, name): &(i8, &str)| name.eq_ignore_ascii_case(word) || is_short(name);
    let (number, name) = (1..).zip(names.split(' ')).find(fits)?;
    Some((number, name.len() == word.len()))
}

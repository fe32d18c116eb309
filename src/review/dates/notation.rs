//! How a date is written, so that another date can be written the same way.

use std::fmt::{self, Write as _};

use jiff::civil::{Date, Weekday};

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

/// How a month is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum MonthStyle {
    Padded,
    Unpadded,
    Full,
    Short,
}

/// How a day of the month is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum DayStyle {
    Padded,
    Unpadded,
    Ordinal,
}

/// A part of a written date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Piece {
    Year,
    Month(MonthStyle),
    Day(DayStyle),
    /// The day's name, in full or by three letters.
    Weekday {
        full: bool,
    },
    /// What stands between the parts, as written.
    Text(String),
}

/// How a date is written: its kind, and the parts that it is put together from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Notation {
    pub(super) kind: NotationKind,
    /// The parts of a full date: a notation of months has the day's part too, for [`Notation::write`].
    pub(super) pieces: Vec<Piece>,
}

impl Notation {
    /// Its kind.
    pub fn kind(&self) -> NotationKind {
        self.kind
    }

    /// Whether the day is missing.
    pub fn is_month_only(&self) -> bool {
        use NotationKind as Kind;
        matches!(
            self.kind,
            Kind::YearMonth | Kind::MonthYear | Kind::TextualMonth | Kind::JapaneseMonth
        )
    }

    /// `2022-10-05` and its kin.
    pub fn iso() -> Self {
        let text = |text: &str| Piece::Text(text.to_owned());
        let month = Piece::Month(MonthStyle::Padded);
        let day = Piece::Day(DayStyle::Padded);
        Self {
            kind: NotationKind::Iso,
            pieces: vec![Piece::Year, text("-"), month, text("-"), day],
        }
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
                Piece::Month(MonthStyle::Padded) => write!(out, "{:02}", date.month()),
                Piece::Month(MonthStyle::Unpadded) => write!(out, "{}", date.month()),
                Piece::Month(MonthStyle::Full) => write!(out, "{}", month_name(date.month())),
                Piece::Month(MonthStyle::Short) => {
                    write!(out, "{}", &month_name(date.month())[..3])
                }
                Piece::Day(DayStyle::Padded) => write!(out, "{:02}", date.day()),
                Piece::Day(DayStyle::Unpadded) => write!(out, "{}", date.day()),
                Piece::Day(DayStyle::Ordinal) => {
                    write!(out, "{}{}", date.day(), ordinal(date.day()))
                }
                Piece::Weekday { full } => {
                    let name = weekday_name(date.weekday());
                    write!(out, "{}", if *full { name } else { &name[..3] })
                }
                Piece::Text(text) => write!(out, "{text}"),
            };
        }
        out
    }

    fn would_be_ambiguous(&self, date: Date) -> bool {
        let dotted = || self.pieces.contains(&Piece::Text(".".to_owned()));
        match self.kind {
            NotationKind::Dmy => date.day() <= 12 && date.day() != date.month() && !dotted(),
            NotationKind::Mdy => date.day() <= 12 && date.day() != date.month(),
            NotationKind::MonthYear => true,
            _ => false,
        }
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

fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("January")
}

fn weekday_name(weekday: Weekday) -> &'static str {
    let at = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0);
    WEEKDAYS[at % 7]
}

fn ordinal(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// The month that `word` names in English, and whether in full. `Sept` is a short September.
pub(super) fn month(word: &str) -> Option<(i8, MonthStyle)> {
    let same = |name: &str| name.eq_ignore_ascii_case(word);
    let short = |name: &str| same(&name[..3]) || name.starts_with("Sept") && same("Sept");
    let number = |at: usize| i8::try_from(at + 1).unwrap_or(1);
    if let Some(at) = MONTHS.iter().position(|name| same(name)) {
        return Some((number(at), MonthStyle::Full));
    }
    MONTHS.iter().position(|name| short(name)).map(|at| (number(at), MonthStyle::Short))
}

/// Whether `word` names a day of the week, and then whether in full.
pub(super) fn weekday(word: &str) -> Option<bool> {
    let same = |name: &str| name.eq_ignore_ascii_case(word);
    if WEEKDAYS.iter().any(|name| same(name)) {
        return Some(true);
    }
    let short = |name: &&str| same(&name[..3]) || same(&name[..4]) && name.starts_with('T');
    WEEKDAYS.iter().any(short).then_some(false)
}

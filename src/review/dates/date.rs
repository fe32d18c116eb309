//! Reads one written date.
//!
//! What a date looks like is decided here; whether it is the date of a review is not. A date is only read
//! when all of it is one: `2022-21-09`, `2022-10-051` and `Feb 30, 2022` are none.

use jiff::civil::Date;

use super::notation::{
    DayStyle, MonthStyle, Notation, NotationKind as Kind, PartialDate, Piece, weekday,
};

/// A date, and how it is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WrittenDate {
    /// The date.
    pub value: PartialDate,
    /// How it is written.
    pub notation: Notation,
}

/// Which of day and month `5/6/2022` begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slashes {
    /// Not known: only dates whose numbers tell are read.
    Unknown,
    /// The month: the place is one where dates are written the American way.
    MonthFirst,
}

impl WrittenDate {
    /// Reads the date that `text` begins with, and tells how many bytes it takes. Between day and month
    /// in numbers the numbers decide, and where they cannot, nothing is read.
    pub fn read(text: &str) -> Option<(Self, usize)> {
        Self::read_with(text, Slashes::Unknown)
    }

    pub(super) fn read_with(text: &str, slashes: Slashes) -> Option<(Self, usize)> {
        let mut reader = Reader { text, at: 0, pieces: Vec::new() };
        reader.weekday();
        let (kind, value) = reader.date(slashes)?;
        let value = match value {
            Value { year, month, day: Some(day) } => {
                PartialDate::Day(Date::new(year, month, day).ok()?)
            }
            Value { year, month, day: None } => {
                Date::new(year, month, 1).ok()?;
                PartialDate::Month { year, month }
            }
        };
        let kind = reader.time(kind);
        reader.ends_well(kind).then_some(())?;
        let notation = Notation { kind, pieces: reader.pieces };
        Some((Self { value, notation }, reader.at))
    }
}

/// The numbers of a date.
pub(super) struct Value {
    pub(super) year: i16,
    pub(super) month: i8,
    pub(super) day: Option<i8>,
}

/// Reads a date, and notes its parts.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) pieces: Vec<Piece>,
}

/// What stands between numbers: hyphens of all lengths, slashes, dots.
const SEPARATORS: [char; 7] = ['-', '/', '.', '–', '\u{2010}', '\u{2011}', '−'];

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Takes characters while `wanted`, at most `most` bytes.
    pub(super) fn take(&mut self, most: usize, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let mut chars = rest.char_indices();
        let end = chars.find(|&(at, char)| at >= most || !wanted(char));
        let taken = &rest[..end.map_or(rest.len(), |(at, _)| at)];
        self.at += taken.len();
        taken
    }

    pub(super) fn spaces(&mut self) -> &'t str {
        self.take(4, |char| matches!(char, ' ' | '\u{a0}' | '\u{3000}'))
    }

    /// Takes a number of at most four digits that no other digit follows.
    pub(super) fn number(&mut self) -> Option<&'t str> {
        let digits = self.take(5, |char| char.is_ascii_digit());
        (1..=4).contains(&digits.len()).then_some(digits)
    }

    pub(super) fn word(&mut self) -> &'t str {
        self.take(12, |char| char.is_ascii_alphabetic())
    }

    pub(super) fn text(&mut self, text: &str) {
        self.pieces.push(Piece::Text(text.to_owned()));
    }

    /// Does what `read` does, or nothing at all.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let (at, pieces) = (self.at, self.pieces.len());
        let found = read(self);
        if found.is_none() {
            self.at = at;
            self.pieces.truncate(pieces);
        }
        found
    }

    /// `Monday, `: written as a part of the date, so that a new date does not stay a Monday.
    fn weekday(&mut self) {
        self.attempt(|reader| {
            let full = weekday(reader.word())?;
            let start = reader.at;
            reader.take(1, |char| char == '.');
            reader.take(1, |char| char == ',');
            (!reader.spaces().is_empty()).then_some(())?;
            let between = &reader.text[start..reader.at];
            reader.pieces.push(Piece::Weekday { full });
            reader.text(between);
            Some(())
        });
    }

    fn date(&mut self, slashes: Slashes) -> Option<(Kind, Value)> {
        self.attempt(Self::japanese)
            .or_else(|| self.attempt(Self::year_first))
            .or_else(|| self.attempt(Self::compact))
            .or_else(|| self.attempt(|reader| reader.day_and_month(slashes)))
            .or_else(|| self.attempt(Self::month_and_year))
            .or_else(|| self.attempt(Self::day_then_name))
            .or_else(|| self.attempt(Self::name_then_day))
            .or_else(|| self.attempt(Self::name_then_year))
            .or_else(|| self.attempt(Self::year_then_name))
    }

    /// `2025年12月12日`, with or without spaces, with or without the day.
    fn japanese(&mut self) -> Option<(Kind, Value)> {
        let year = year(self.number()?)?;
        let before = self.spaces();
        self.sign('年')?;
        let after = self.spaces();
        let month = self.number()?;
        (self.spaces() == before).then_some(())?;
        self.sign('月')?;
        self.pieces.push(Piece::Year);
        self.text(&format!("{before}年{after}"));
        self.pieces.push(Piece::Month(unpadded_month(month)));
        self.text(&format!("{before}月{after}"));
        let day = self.attempt(|reader| {
            reader.spaces();
            let day = reader.number()?;
            reader.spaces();
            reader.sign('日')?;
            Some(day)
        });
        self.pieces.push(Piece::Day(day.map_or(DayStyle::Unpadded, unpadded_day)));
        self.text(&format!("{before}日"));
        let kind = if day.is_some() { Kind::Japanese } else { Kind::JapaneseMonth };
        let value = Value { year, month: small(month), day: day.map(small) };
        Some((kind, value))
    }

    pub(super) fn sign(&mut self, wanted: char) -> Option<()> {
        (self.take(wanted.len_utf8(), |char| char == wanted).len() == wanted.len_utf8())
            .then_some(())
    }

    fn separator(&mut self) -> Option<&'t str> {
        let taken = self.take(1, |char| SEPARATORS.contains(&char));
        (!taken.is_empty()).then_some(taken)
    }

    /// `2022-10-05`, `2022/10/05`, `2022-8-5`, and the month alone.
    fn year_first(&mut self) -> Option<(Kind, Value)> {
        let year = year(self.number()?)?;
        let between = self.separator()?;
        let month = self.number().filter(|number| number.len() <= 2)?;
        let day = self.attempt(|reader| {
            (reader.separator()? == between).then_some(())?;
            reader.number().filter(|number| number.len() <= 2)
        });
        let full_length = month.len() == 2 && day.is_none_or(|day| day.len() == 2);
        // `2022.1` is a release.
        (day.is_some() || between != "." || full_length).then_some(())?;
        let kind = match day {
            None => Kind::YearMonth,
            Some(_) if between == "/" || between == "." => Kind::Ymd,
            Some(_) if full_length => Kind::Iso,
            Some(_) => Kind::IsoUnpadded,
        };
        let padded = full_length || kind == Kind::IsoUnpadded;
        self.pieces.push(Piece::Year);
        self.text(between);
        self.pieces.push(Piece::Month(if padded {
            MonthStyle::Padded
        } else {
            MonthStyle::Unpadded
        }));
        self.text(between);
        self.pieces.push(Piece::Day(if padded { DayStyle::Padded } else { DayStyle::Unpadded }));
        let value = Value { year, month: small(month), day: day.map(small) };
        Some((kind, value))
    }

    /// `20221005`.
    fn compact(&mut self) -> Option<(Kind, Value)> {
        let digits = self.take(9, |char| char.is_ascii_digit());
        (digits.len() == 8).then_some(())?;
        self.pieces.extend([
            Piece::Year,
            Piece::Month(MonthStyle::Padded),
            Piece::Day(DayStyle::Padded),
        ]);
        let (month, day) = (small(&digits[4..6]), Some(small(&digits[6..])));
        Some((Kind::Compact, Value { year: year(&digits[..4])?, month, day }))
    }

    /// `28/10/2022`, `10/28/2022`, `5.10.2022`.
    fn day_and_month(&mut self, slashes: Slashes) -> Option<(Kind, Value)> {
        let first = self.number().filter(|number| number.len() <= 2)?;
        let between = self.separator()?;
        let second = self.number().filter(|number| number.len() <= 2)?;
        (self.separator()? == between).then_some(())?;
        let year = year(self.number()?)?;
        let (one, two) = (small(first), small(second));
        let month_first = match slashes {
            _ if between == "." => false,
            Slashes::MonthFirst => true,
            Slashes::Unknown if one == two || one > 12 => false,
            Slashes::Unknown if two > 12 => true,
            Slashes::Unknown => return None,
        };
        let padded = first.len() == 2 && second.len() == 2;
        let day_piece = Piece::Day(if padded { DayStyle::Padded } else { DayStyle::Unpadded });
        let month_piece =
            Piece::Month(if padded { MonthStyle::Padded } else { MonthStyle::Unpadded });
        let (kind, month, day, pieces) = if month_first {
            (Kind::Mdy, one, two, [month_piece, day_piece])
        } else {
            (Kind::Dmy, two, one, [day_piece, month_piece])
        };
        for piece in pieces {
            self.pieces.push(piece);
            self.text(between);
        }
        self.pieces.push(Piece::Year);
        Some((kind, Value { year, month, day: Some(day) }))
    }

    /// `10/2022`.
    fn month_and_year(&mut self) -> Option<(Kind, Value)> {
        let month = self.number().filter(|number| number.len() <= 2)?;
        (self.separator()? == "/").then_some(())?;
        let year = year(self.number()?)?;
        self.pieces = Notation::iso().pieces;
        Some((Kind::MonthYear, Value { year, month: small(month), day: None }))
    }

    /// A time behind a date in numbers, and its zone.
    fn time(&mut self, kind: Kind) -> Kind {
        if !matches!(kind, Kind::Iso | Kind::IsoUnpadded) {
            return kind;
        }
        let start = self.at;
        let found = self.attempt(|reader| {
            (reader.take(1, |char| matches!(char, 'T' | 't' | ' ')).len() == 1).then_some(())?;
            (reader.number()?.len() <= 2).then_some(())?;
            reader.sign(':')?;
            (reader.number()?.len() == 2).then_some(())?;
            reader.take(14, |char| char.is_ascii_digit() || matches!(char, ':' | '.' | ','));
            // A full stop or a comma behind the time is the sentence's.
            let time = reader.text[start..reader.at].trim_end_matches(['.', ',', ':']);
            reader.at = start + time.len();
            Some(())
        });
        if found.is_none() {
            return kind;
        }
        let midnight: String = self.text[start..self.at]
            .chars()
            .map(|char| if char.is_ascii_digit() { '0' } else { char })
            .collect();
        let zone = self.at;
        for _ in 0..2 {
            self.attempt(Self::zone);
        }
        let zone = &self.text[zone..self.at];
        self.text(&format!("{midnight}{zone}"));
        Kind::DateTime
    }

    fn zone(&mut self) -> Option<()> {
        self.spaces();
        if self.take(1, |char| matches!(char, '+' | '-')).is_empty() {
            return matches!(self.word(), "Z" | "z" | "UTC" | "GMT").then_some(());
        }
        let hours = self.number()?;
        self.attempt(|reader| {
            reader.sign(':')?;
            (reader.number()?.len() == 2).then_some(())
        });
        (hours.len() == 2 || hours.len() == 4).then_some(())
    }

    /// Whether what follows does not go on like a part of the date.
    fn ends_well(&self, kind: Kind) -> bool {
        if matches!(kind, Kind::Japanese | Kind::JapaneseMonth) {
            return !self.rest().starts_with(|char: char| char.is_ascii_digit());
        }
        let mut chars = self.rest().chars();
        let mut next = chars.next();
        if next.is_some_and(|char| SEPARATORS.contains(&char)) {
            next = chars.next();
        }
        !next.is_some_and(|char| char.is_ascii_alphanumeric())
    }
}

/// The year that four digits spell.
pub(super) fn year(digits: &str) -> Option<i16> {
    let year = digits.parse().ok().filter(|_| digits.len() == 4)?;
    (1900..=9998).contains(&year).then_some(year)
}

/// The number of at most two digits; one that is no number is no day and no month either.
pub(super) fn small(digits: &str) -> i8 {
    digits.parse().unwrap_or(0)
}

/// How `day` is written where no zero is expected: with one only if there is one.
pub(super) fn unpadded_day(day: &str) -> DayStyle {
    if day.starts_with('0') { DayStyle::Padded } else { DayStyle::Unpadded }
}

fn unpadded_month(month: &str) -> MonthStyle {
    if month.starts_with('0') { MonthStyle::Padded } else { MonthStyle::Unpadded }
}

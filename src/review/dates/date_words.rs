//! Dates whose month is a word: `Oct 20, 2020`, `1st of April, 2023`, `October 2022`.

use super::date::{Reader, Value, small, unpadded_day, year};
use super::notation::{DayStyle, NotationKind as Kind, Piece, month};

impl Reader<'_> {
    /// A day that a name follows: `20`, `1st`.
    fn day(&mut self) -> Option<i8> {
        let digits = self.number().filter(|number| number.len() <= 2)?;
        let suffix = self.word();
        let style = match suffix {
            "" => unpadded_day(digits),
            _ if ["st", "nd", "rd", "th"].iter().any(|it| it.eq_ignore_ascii_case(suffix)) => {
                DayStyle::Ordinal
            }
            _ => return None,
        };
        self.pieces.push(Piece::Day(style));
        Some(small(digits))
    }

    fn month_name(&mut self) -> Option<i8> {
        let (number, style) = month(self.word())?;
        self.pieces.push(Piece::Month(style));
        Some(number)
    }

    fn written_year(&mut self) -> Option<i16> {
        let year = year(self.number()?)?;
        self.pieces.push(Piece::Year);
        Some(year)
    }

    /// What stands between the words of a date: a space, a comma, a hyphen, `of`.
    fn between(&mut self) -> Option<()> {
        let start = self.at;
        self.take(1, |char| char == '.');
        self.take(1, |char| char == ',');
        if self.spaces().is_empty() && self.line_break().is_none() {
            self.take(1, |char| matches!(char, '-' | '/'));
        }
        self.attempt(|reader| {
            (reader.word().eq_ignore_ascii_case("of") && !reader.spaces().is_empty()).then_some(())
        });
        let between = &self.text[start..self.at];
        (!between.is_empty()).then(|| self.text(between))
    }

    /// A line break, where a paragraph is broken in the middle of a date.
    fn line_break(&mut self) -> Option<()> {
        self.attempt(|reader| {
            reader.take(1, |char| char == '\r');
            reader.sign('\n')?;
            reader.take(40, |char| char == ' ');
            Some(())
        })
    }

    /// `20 October 2020`, `1st of April, 2023`, `05-Oct-2022`.
    pub(super) fn day_then_name(&mut self) -> Option<(Kind, Value)> {
        let day = self.day()?;
        self.between()?;
        let month = self.month_name()?;
        self.between()?;
        let year = self.written_year()?;
        Some((Kind::TextualDay, Value { year, month, day: Some(day) }))
    }

    /// `Oct 20, 2020`, `April 1st 2023`.
    pub(super) fn name_then_day(&mut self) -> Option<(Kind, Value)> {
        let month = self.month_name()?;
        self.between()?;
        let day = self.day()?;
        self.between()?;
        let year = self.written_year()?;
        Some((Kind::TextualUs, Value { year, month, day: Some(day) }))
    }

    /// `October 2022`.
    pub(super) fn name_then_year(&mut self) -> Option<(Kind, Value)> {
        let month = self.month_name()?;
        self.between()?;
        self.pieces.pop();
        self.text(" ");
        self.pieces.push(Piece::Day(DayStyle::Unpadded));
        self.text(", ");
        let year = self.written_year()?;
        Some((Kind::TextualMonth, Value { year, month, day: None }))
    }

    /// `2020 October 20`, `2020-Oct-20`.
    pub(super) fn year_then_name(&mut self) -> Option<(Kind, Value)> {
        let year = self.written_year()?;
        self.between()?;
        let month = self.month_name()?;
        self.between()?;
        let day = self.day()?;
        Some((Kind::TextualYear, Value { year, month, day: Some(day) }))
    }
}

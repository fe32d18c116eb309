//! Which mark divides the fraction from the whole: `3.500` is three and a half for some and thousands for others.

use crate::rice::Exact;

/// What is known of how numbers are written in a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notation {
    /// Nothing: `3.500` and `3,500` may be either.
    #[default]
    Unknown,
    /// A point goes before the fraction, a comma between thousands.
    Point,
    /// A comma goes before the fraction, a point between thousands.
    Comma,
    /// As in YAML, where a point goes before the fraction; a comma may be anything.
    Yaml,
}

impl Notation {
    /// The notation of a table with these cells, as far as the unmistakable among its numbers show it: `2,5` and
    /// `1.000.000` have decimal commas, `2.5` and `1,250.5` decimal points.
    pub fn of<'c>(cells: impl IntoIterator<Item = &'c str>) -> Self {
        let (mut is_point, mut is_comma) = (false, false);
        for cell in cells {
            for number in numbers(cell) {
                match decimal_mark(number) {
                    Some('.') => is_point = true,
                    Some(_) => is_comma = true,
                    None => {}
                }
            }
        }
        match (is_point, is_comma) {
            (true, false) => Self::Point,
            (false, true) => Self::Comma,
            _ => Self::Unknown,
        }
    }

    fn decimal(self) -> Option<char> {
        match self {
            Self::Unknown => None,
            Self::Point | Self::Yaml => Some('.'),
            Self::Comma => Some(','),
        }
    }

    fn thousands(self) -> Option<char> {
        match self {
            Self::Unknown | Self::Yaml => None,
            Self::Point => Some(','),
            Self::Comma => Some('.'),
        }
    }
}

/// What digits with marks among them may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digits {
    /// One number.
    One(Exact),
    /// A number with a fraction, or one with thousands.
    Either(Exact, Exact),
}

/// Reads `text`, which is digits with points, commas and apostrophes among them.
pub(super) fn digits(text: &str, notation: Notation) -> Option<Digits> {
    let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let one = |text: &str| Exact::decimal(text).map(Digits::One);
    let Some(&last) = marks.last() else { return one(text) };
    if marks.iter().all(|mark| *mark == last) {
        let is_grouped = is_grouped(text, last);
        if marks.len() > 1 || last == '\'' {
            let may_be = is_grouped && notation.decimal() != Some(last);
            return may_be.then(|| one(&without(text, last))).flatten();
        }
        return match is_grouped {
            false => one(text),
            true if notation.decimal() == Some(last) => one(text),
            true if notation.thousands() == Some(last) => one(&without(text, last)),
            true => {
                Some(Digits::Either(Exact::decimal(text)?, Exact::decimal(&without(text, last))?))
            }
        };
    }
    // `1,250.5`: the last mark, which is there once, divides, and all others are of one kind.
    let (whole, part) = text.rsplit_once(last)?;
    let first = *marks.first()?;
    let is_regular = marks[..marks.len() - 1].iter().all(|mark| *mark == first)
        && is_grouped(whole, first)
        && matches!(last, '.' | ',')
        && notation.decimal().is_none_or(|mark| mark == last);
    is_regular.then(|| one(&format!("{}.{part}", without(whole, first)))).flatten()
}

/// What digits with marks among them may be, each with the number of digits of its fraction.
pub(in crate::rice) fn readings(text: &str) -> Vec<(Exact, u32)> {
    let places = |mark: Option<char>| {
        let part = mark.and_then(|mark| text.rsplit_once(mark)).map_or(0, |(_, part)| part.len());
        u32::try_from(part).unwrap_or(0)
    };
    match digits(text, Notation::Unknown) {
        None => Vec::new(),
        Some(Digits::One(value)) => {
            let marks: Vec<char> = text.chars().filter(|c| matches!(c, '.' | ',')).collect();
            let is_grouped = marks.len() > 1 && marks.iter().all(|mark| *mark == marks[0]);
            let mark = marks.last().copied().filter(|_| !is_grouped);
            vec![(value, places(mark))]
        }
        Some(Digits::Either(value, other)) => vec![(value, 3), (other, 0)],
    }
}

/// Whether `mark` stands before every three digits from the end, and the first of them are not nothing.
fn is_grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3)
}

fn without(text: &str, mark: char) -> String {
    text.chars().filter(|c| *c != mark).collect()
}

/// The mark before the fraction of `number`, where there can be no doubt.
fn decimal_mark(number: &str) -> Option<char> {
    let marks: Vec<char> = number.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let (&first, &last) = (marks.first()?, marks.last()?);
    let other = |mark| if mark == '.' { ',' } else { '.' };
    match digits(number, Notation::Unknown)? {
        Digits::Either(..) => None,
        Digits::One(_) if marks.len() > 1 && first == last => Some(other(last)),
        Digits::One(_) => Some(last),
    }
}

/// The digits of `text` with marks among them.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '\''));
    pieces
        .map(|piece| piece.trim_end_matches(['.', ',', '\'']).trim_start_matches(['\'', ',']))
        .filter(|piece| piece.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, notation: Notation) -> String {
        match digits(text, notation) {
            Some(Digits::One(value)) => value.fraction(),
            Some(Digits::Either(one, other)) => {
                format!("{} or {}", one.fraction(), other.fraction())
            }
            None => "none".to_owned(),
        }
    }

    #[test]
    fn what_may_be_thousands_is_either_unless_the_place_decides() {
        for (text, unknown, point, comma) in [
            ("3.500", "7/2 or 3500", "7/2", "3500"),
            ("3,500", "7/2 or 3500", "3500", "7/2"),
            ("2.5", "5/2", "5/2", "5/2"),
            ("0.500", "1/2", "1/2", "1/2"),
            (".125", "1/8", "1/8", "1/8"),
            ("1.2500", "5/4", "5/4", "5/4"),
            ("1,250.5", "2501/2", "2501/2", "none"),
            ("1.250,5", "2501/2", "none", "2501/2"),
            ("1,250,000", "1250000", "1250000", "none"),
            ("1'250", "1250", "1250", "1250"),
            ("1.2.3", "none", "none", "none"),
            ("12,34,567", "none", "none", "none"),
        ] {
            assert_eq!(read(text, Notation::Unknown), unknown, "{text}");
            assert_eq!(read(text, Notation::Point), point, "{text} with points");
            assert_eq!(read(text, Notation::Comma), comma, "{text} with commas");
        }
        assert_eq!(read("3.500", Notation::Yaml), "7/2");
        assert_eq!(read("3,500", Notation::Yaml), "7/2 or 3500");
    }

    #[test]
    fn a_table_shows_its_notation_by_its_unmistakable_numbers() {
        assert_eq!(Notation::of(["3.500", "2,5", "80%"]), Notation::Comma);
        assert_eq!(Notation::of(["3,500", "0.5 months"]), Notation::Point);
        assert_eq!(Notation::of(["1.250.000", "3.500"]), Notation::Comma);
        assert_eq!(Notation::of(["3.500", "3,500", "10", "x, y."]), Notation::Unknown);
        assert_eq!(Notation::of(["2.5", "2,5"]), Notation::Unknown);
    }
}

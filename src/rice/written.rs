//! What people write for a factor, and what it counts: `10.0`, `3x`, `High`, `80%`, `~65% of users`, `6 weeks`.
//!
//! A text is read whole or not at all: what is left after its value is a remark, says the same again, or makes the
//! value a doubt. Of `3*2`, `2-3`, `2 (3)` and `3,500` no number is taken.

mod effort;
mod elsewhere;
mod layout;
mod notation;
mod number;
mod prose;
mod remainder;
mod rest;
mod sentence;
mod step;
mod text;
mod unit;

use super::scales::Factor;
use super::{Exact, Scales};
pub use effort::unit_in;
pub use notation::Notation;
pub(super) use notation::readings;
pub use prose::{Prose, read_prose};
pub use text::is_struck;
use text::{bare, is_nothing};
pub use unit::Unit;
pub(super) use unit::{is_before_unit, is_measure};

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
    Contradiction(Box<(Exact, Exact)>),
    /// No number and no word of the scale.
    Unreadable,
    /// Something of which no number can be taken for sure.
    Refused(Box<Doubt>),
}

/// Why no number can be taken of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It has several numbers: a calculation, a range, a list, a time.
    Several,
    /// It is a bare effort that may be a year.
    Year,
    /// It has a unit that cannot be converted.
    Unit(String),
    /// It has a mark that may divide a fraction or thousands.
    Grouped(Exact, Exact),
    /// A share below 1 where percent are expected: `0.8` may be 80%, or less than 1%.
    Percent(Exact),
    /// It says at least or at most how much.
    Bound,
    /// After the value comes this, which may change it.
    Rest(String),
    /// Something in it is struck through.
    Struck,
    /// It is the formula of a spreadsheet.
    Formula,
    /// It is a bare number, and the header of its column, which is this, gives bare numbers another meaning.
    Column(String),
    /// Several columns, which are these, claim the factor.
    Claimed(Vec<String>),
    /// Its column, which is this, may hold a part of the factor only.
    Part(String),
}

/// What a bare number counts in a column, by the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// A step, or person-months.
    #[default]
    Plain,
    /// Percent.
    Percent,
    /// Work in this unit.
    Unit(Unit),
    /// Something that is not known; the header.
    Unknown(String),
    /// Nothing: several columns claim the factor; their headers.
    Claimed(Vec<String>),
    /// Nothing: the header speaks of a part of the factor.
    Part(String),
}

static PLAIN: Measure = Measure::Plain;

/// Where a text is, as far as it matters for what the text says.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// What a bare number counts.
    pub measure: &'a Measure,
    /// How numbers are written.
    pub notation: Notation,
    /// Whether it is the beginning of a sentence.
    pub is_prose: bool,
}

impl Default for Place<'_> {
    fn default() -> Self {
        Self { measure: &PLAIN, notation: Notation::default(), is_prose: false }
    }
}

impl<'a> Place<'a> {
    /// A column of a table.
    pub fn column(measure: &'a Measure, notation: Notation) -> Self {
        Self { measure, notation, is_prose: false }
    }
}

/// Reads `text`, which stands for `factor` in no column.
pub fn read(factor: Factor, text: &str, scales: &Scales) -> Written {
    read_in(factor, text, scales, Place::default())
}

/// Reads `text`, which stands for `factor` in `place`.
pub fn read_in(factor: Factor, text: &str, scales: &Scales, place: Place<'_>) -> Written {
    let shown = bare(text);
    if is_nothing(&shown) {
        return Written::Nothing;
    }
    let doubt = match place.measure {
        Measure::Claimed(headers) => Some(Doubt::Claimed(headers.clone())),
        Measure::Part(header) => Some(Doubt::Part(header.clone())),
        _ if is_struck(text) => Some(Doubt::Struck),
        _ if shown.starts_with('=') => Some(Doubt::Formula),
        // `2-`, as in a range without its end.
        _ if shown.ends_with('-') => Some(Doubt::Bound),
        _ => None,
    };
    if let Some(doubt) = doubt {
        return Written::Refused(Box::new(doubt));
    }
    match scales.of(factor) {
        Some(scale) => step::read_step(scale, &shown, &place),
        None => effort::read_effort(&shown, &place),
    }
}

#[cfg(test)]
#[path = "written_tests.rs"]
mod tests;

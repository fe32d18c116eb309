//! The names that have no room in the plot: in columns below it, by number.

use super::geometry::Point;
use super::words;

/// The font size of a key.
pub(super) const SIZE: f64 = 11.0;
/// From line to line.
const LINE: f64 = 15.0;
const COLUMNS: usize = 3;
const LEFT: f64 = 16.0;
/// What the numbers take.
const NUMBER: f64 = 28.0;
/// From column to column, and what is left free at the end of one.
const COLUMN: f64 = 308.0;
const GAP: f64 = 14.0;

/// A line of the key.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Where its text begins.
    pub(super) at: Point,
    /// The number of a mark, which ends a little before the text.
    pub(super) number: String,
    /// What it says.
    pub(super) text: String,
}

/// The lines of `entries` below `top`, column by column, and where they end.
pub(super) fn lines(entries: &[(String, String)], top: f64) -> (Vec<Line>, f64) {
    let rows = entries.len().div_ceil(COLUMNS).max(1);
    let mut lines = Vec::with_capacity(entries.len());
    let mut bottom = top;
    let mut x = LEFT;
    for column in entries.chunks(rows) {
        let mut y = top;
        for (number, text) in column {
            y += LINE;
            let text = words::fit(text, SIZE, COLUMN - NUMBER - GAP);
            lines.push(Line { at: Point::new(x + NUMBER, y), number: number.clone(), text });
        }
        bottom = bottom.max(y);
        x += COLUMN;
    }
    (lines, bottom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_down_its_columns() {
        let entries: Vec<_> = (1..=7).map(|n| (n.to_string(), "Renew".to_owned())).collect();
        let (lines, bottom) = lines(&entries, 600.0);
        assert!((bottom - 645.0).abs() < 0.1);
        assert_eq!(lines[2].at, Point::new(44.0, 645.0));
        assert_eq!(lines[3].at, Point::new(352.0, 615.0));
        assert_eq!(lines.len(), 7);
    }
}

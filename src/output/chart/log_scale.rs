//! Where a quantity that spreads over decades is on an axis, and which of its values are marked.

use super::geometry::tenth;
use super::scene::Tick;

/// The least that an axis spans, in decades: about a factor of four, so that one idea has an axis too.
const LEAST: f64 = 0.6;
/// How much of the span is left free at either end.
const MARGIN: f64 = 0.1;
/// How many ticks an axis has at most.
const TICKS: usize = 9;
/// The decades that a finite number can be in.
const DECADES: std::ops::RangeInclusive<i32> = -330..=310;

/// The first digits that ticks may have, the densest first.
const TICK_LADDERS: [&[u8]; 5] =
    [&[1, 2, 3, 4, 5, 6, 7, 8, 9], &[1, 2, 3, 5], &[1, 2, 5], &[1, 3], &[1]];

/// A logarithmic axis.
#[derive(Clone, Debug)]
pub(super) struct LogScale {
    /// The decimal logarithms of its ends.
    low: f64,
    high: f64,
    /// Where they are drawn.
    from: f64,
    to: f64,
}

/// The decimal logarithm of a positive number, without the bits that differ between platforms.
pub(super) fn log10(number: f64) -> f64 {
    (number.log10() * 1e6).round() / 1e6
}

impl LogScale {
    /// The axis from `from` to `to` on which all of `logs`, some decimal logarithms, have a place.
    pub(super) fn spanning(logs: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (low, high) = span(logs, LEAST);
        let margin = (high - low) * MARGIN;
        Self { low: low - margin, high: high + margin, from, to }
    }

    /// The decimal logarithms of its ends.
    pub(super) fn ends(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// Where the number with this decimal logarithm is drawn.
    pub(super) fn at(&self, log: f64) -> f64 {
        let share = (log - self.low) / (self.high - self.low);
        tenth(self.from + share * (self.to - self.from))
    }

    /// The ticks.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        nice(self.low, self.high, &TICK_LADDERS, TICKS)
            .into_iter()
            .map(|number| Tick { at: self.at(number.log()), text: number.text() })
            .collect()
    }
}

/// The least and the greatest of some decimal logarithms, drawn apart to a distance of at least `least`.
pub(super) fn span(logs: impl Iterator<Item = f64>, least: f64) -> (f64, f64) {
    let (low, high) = logs
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), log| (low.min(log), high.max(log)));
    // Without any, the axis is about one.
    let (low, high) = if low <= high { (low, high) } else { (0.0, 0.0) };
    let missing = (least - (high - low)).max(0.0) / 2.0;
    (low - missing, high + missing)
}

/// A number that is easy to read: a digit and its decade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nice {
    digit: u8,
    decade: i32,
}

impl Nice {
    /// Its decimal logarithm.
    pub(super) fn log(self) -> f64 {
        f64::from(self.decade) + log10(f64::from(self.digit))
    }

    /// How it is written. Not by way of a floating-point number, which some of these do not fit in.
    pub(super) fn text(self) -> String {
        let Self { digit, decade } = self;
        match decade {
            0..=2 => format!("{digit}{}", "0".repeat(decade.unsigned_abs() as usize)),
            3..=5 => format!("{digit}{},000", "0".repeat(decade.unsigned_abs() as usize - 3)),
            -3..=-1 => format!("0.{}{digit}", "0".repeat(decade.unsigned_abs() as usize - 1)),
            _ => format!("{digit}e{decade}"),
        }
    }
}

/// The nice numbers between two decimal logarithms: at most `most`, by the first of `ladders` of first
/// digits that has no more, or else only every second, third, fifth… power of ten.
pub(super) fn nice(low: f64, high: f64, ladders: &[&[u8]], most: usize) -> Vec<Nice> {
    let between = |digits: &[u8], step: i32| -> Vec<Nice> {
        DECADES
            .filter(|decade| decade % step == 0)
            .flat_map(|decade| digits.iter().map(move |&digit| Nice { digit, decade }))
            .filter(|number| (low..=high).contains(&number.log()))
            .collect()
    };
    ladders
        .iter()
        .map(|digits| between(digits, 1))
        .chain([2, 3, 5, 10, 20, 50, 100, 200].map(|step| between(&[1], step)))
        .find(|numbers| numbers.len() <= most)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(numbers: &[f64]) -> Vec<String> {
        let scale = LogScale::spanning(numbers.iter().map(|n| log10(*n)), 0.0, 600.0);
        scale.ticks().into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn ticks_are_numbers_that_are_easy_to_read() {
        assert_eq!(texts(&[3.0]), ["2", "3", "4", "5", "6"]);
        assert_eq!(texts(&[0.5, 8.0]), ["0.5", "1", "2", "3", "5", "10"]);
        assert_eq!(texts(&[0.1, 30.0]), ["0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50"]);
        assert_eq!(
            texts(&[1e3, 1e6]),
            ["1,000", "3,000", "10,000", "30,000", "100,000", "300,000", "1e6"]
        );
        assert_eq!(texts(&[]), ["0.5", "0.6", "0.7", "0.8", "0.9", "1", "2"]);
    }

    #[test]
    fn every_positive_number_has_a_place() {
        let ends = [5e-324, f64::MAX].map(log10);
        let scale = LogScale::spanning(ends.into_iter(), 0.0, 600.0);
        assert_eq!(ends.map(|end| scale.at(end).to_string()), ["50", "550"]);
        assert!((2..=TICKS).contains(&scale.ticks().len()));
    }
}

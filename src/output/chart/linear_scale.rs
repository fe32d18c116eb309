//! Where a count is on an axis that a cut divides, and which whole numbers are marked.

use super::geometry::tenth;
use super::scene::Tick;

/// How many ticks an axis has at most.
const TICKS: f64 = 12.0;
/// How much of the axis either side of the cut has at least: enough for the name of a quadrant.
const SIDE: f64 = 0.24;
/// More votes than there are; greater numbers are drawn here.
const FARTHEST: f64 = 1e6;

/// A linear axis.
#[derive(Clone, Debug)]
pub(super) struct LinearScale {
    low: f64,
    high: f64,
    /// Below this nothing is marked: there is no negative vote because the cut is low.
    least: f64,
    from: f64,
    to: f64,
}

impl LinearScale {
    /// The axis from `from` to `to` on which all of `numbers`, which are finite, have a place, and a
    /// cut that leaves room at either side.
    pub(super) fn around(cut: f64, numbers: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let cut = if cut.is_finite() { bounded(cut) } else { 0.0 };
        let (mut low, mut high, mut least) = (cut - 1.0, cut + 1.0, 0.0_f64);
        for number in numbers.map(bounded) {
            low = low.min(number);
            high = high.max(number);
            least = least.min(number);
        }
        let side = SIDE / (1.0 - SIDE);
        low = low.min(cut - (high - cut) * side);
        high = high.max(cut + (cut - low) * side);
        Self { low, high, least, from, to }
    }

    /// Where `number` is drawn.
    pub(super) fn at(&self, number: f64) -> f64 {
        let share = (bounded(number) - self.low) / (self.high - self.low);
        tenth(self.from + share * (self.to - self.from))
    }

    /// The ticks.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let step = self.step();
        let mut ticks = Vec::new();
        let mut number = (self.low.max(self.least) / step).ceil() * step;
        while number <= self.high {
            ticks.push(Tick { at: self.at(number), text: grouped(number) });
            number += step;
        }
        ticks
    }

    /// The distance of ticks: one, two or five times a power of ten.
    fn step(&self) -> f64 {
        let mut power = 1.0;
        loop {
            for digit in [1.0, 2.0, 5.0] {
                if (self.high - self.low) / (digit * power) <= TICKS {
                    return digit * power;
                }
            }
            power *= 10.0;
        }
    }
}

fn bounded(number: f64) -> f64 {
    number.clamp(-FARTHEST, FARTHEST)
}

/// A whole number with its thousands set off.
fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = if number < 0.0 { "-".to_owned() } else { String::new() };
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(cut: f64, numbers: &[f64]) -> Vec<String> {
        let scale = LinearScale::around(cut, numbers.iter().copied(), 0.0, 600.0);
        scale.ticks().into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn ticks_are_whole_numbers() {
        assert_eq!(texts(2.5, &[0.0, 5.0]), ["0", "1", "2", "3", "4", "5"]);
        assert_eq!(
            texts(10.0, &[3.0, 24.0]),
            ["4", "6", "8", "10", "12", "14", "16", "18", "20", "22", "24"]
        );
        assert_eq!(texts(1.0, &[]), ["0", "1", "2"]);
        assert_eq!(
            texts(-1e3, &[0.0, -2500.0]),
            ["-2,500", "-2,000", "-1,500", "-1,000", "-500", "0"]
        );
    }

    #[test]
    fn a_low_cut_does_not_make_votes_negative() {
        let scale = LinearScale::around(0.5, [0.0, 9.0].into_iter(), 0.0, 600.0);
        assert!(scale.at(0.5) >= 0.24 * 600.0 - 0.1);
        assert_eq!(scale.ticks()[0].text, "0");
    }

    #[test]
    fn every_finite_number_has_a_place() {
        let scale = LinearScale::around(f64::MAX, [f64::MIN].into_iter(), 0.0, 600.0);
        assert!((0.0..=600.0).contains(&scale.at(f64::MIN)));
        assert!(scale.ticks().len() > 2);
    }
}

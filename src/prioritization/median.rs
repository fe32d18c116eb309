//! The median of whole numbers, exactly.

use std::fmt;

use crate::rice::middle;

/// The median of some numbers of votes: a whole number, or a half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Median {
    /// Twice the median, so that no half is lost.
    doubled: usize,
}

impl Median {
    /// The middle of `numbers` in order of size, or what lies halfway between the two in the middle;
    /// `None` of no numbers.
    pub fn of(numbers: impl IntoIterator<Item = usize>) -> Option<Self> {
        let (lower, upper) = middle(numbers.into_iter().collect())?;
        Some(Self { doubled: lower + upper })
    }

    /// Whether `number` is above the median.
    pub fn is_below(self, number: usize) -> bool {
        number * 2 > self.doubled
    }

    /// Whether `number` is the median.
    pub fn is(self, number: usize) -> bool {
        number * 2 == self.doubled
    }

    /// The median if it is a whole number.
    pub fn whole(self) -> Option<usize> {
        self.doubled.is_multiple_of(2).then_some(self.doubled / 2)
    }

    /// The median as a number with a fraction, for drawing.
    #[expect(clippy::cast_precision_loss, reason = "a file holds fewer votes than that")]
    pub fn as_f64(self) -> f64 {
        self.doubled as f64 / 2.0
    }
}

impl fmt::Display for Median {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let half = if self.whole().is_some() { "" } else { ".5" };
        write!(f, "{}{half}", self.doubled / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_lies_in_the_middle_or_halfway() {
        let median = |numbers: &[usize]| {
            Median::of(numbers.iter().copied()).map(|median| median.to_string())
        };
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3]).as_deref(), Some("3"));
        assert_eq!(median(&[5, 1, 3]).as_deref(), Some("3"));
        assert_eq!(median(&[4, 1, 3, 9]).as_deref(), Some("3.5"));
        assert_eq!(median(&[4, 2, 9, 0]).as_deref(), Some("3"));
        assert_eq!(median(&[0, 1]).as_deref(), Some("0.5"));
    }

    #[test]
    fn a_half_is_compared_exactly() {
        let half = Median::of([3, 4]).expect("numbers");
        assert!(half.is_below(4) && !half.is_below(3) && !half.is(3) && !half.is(4));
        assert_eq!((half.whole(), half.as_f64()), (None, 3.5));
        let whole = Median::of([3]).expect("a number");
        assert!(whole.is(3) && !whole.is_below(3) && whole.is_below(4));
        assert_eq!(whole.whole(), Some(3));
    }
}

//! Exact numbers: `3 x 0.8` is 2.4 here, and a tie is a tie.

use std::cmp::Ordering;
use std::fmt;

use num_rational::Ratio;
use num_traits::{CheckedAdd as _, CheckedDiv as _, CheckedMul as _};

/// More digits in one number mean nothing in an estimate, and could not be multiplied exactly.
const MAX_DIGITS: usize = 9;

/// A fraction of whole numbers. Arithmetic says `None` where a result would need more than 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Exact(Ratio<i128>);

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));

    /// `numerator / denominator`; the denominator is above zero.
    pub fn new(numerator: i64, denominator: u32) -> Self {
        Self(Ratio::new(numerator.into(), u64::from(denominator).max(1).into()))
    }

    /// Reads digits with or without a point: `10`, `10.0`, `.5`, `5.`; a comma in the point's place is read
    /// as one. `None` for anything else, and for more than nine digits.
    pub fn decimal(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let whole = whole.trim_start_matches('0');
        let part = part.trim_end_matches('0');
        if !text.contains(|c: char| c.is_ascii_digit())
            || !digits(whole)
            || !digits(part)
            || whole.len() + part.len() > MAX_DIGITS
        {
            return None;
        }
        let number: i128 = format!("0{whole}{part}").parse().ok()?;
        let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
        Some(Self(Ratio::new(number, scale)))
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(&other.0).map(Self)
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        self.0.checked_mul(&other.0).map(Self)
    }

    /// The quotient; `None` also where `other` is zero.
    pub fn over(self, other: Self) -> Option<Self> {
        self.0.checked_div(&other.0).map(Self)
    }

    /// The same with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self(-self.0)
    }

    /// How far the two are apart.
    pub fn distance(self, other: Self) -> Option<Self> {
        let distance = self.plus(other.negated())?;
        Some(if distance < Self::ZERO { distance.negated() } else { distance })
    }

    /// Whether it is above zero.
    pub fn is_positive(self) -> bool {
        self > Self::ZERO
    }

    /// A number of the machine that is as near as three roundings allow.
    #[expect(clippy::cast_precision_loss, reason = "that is the point")]
    pub fn to_f64(self) -> f64 {
        let (numerator, denominator) = self.parts();
        numerator as f64 / denominator as f64
    }

    /// The fraction in lowest terms.
    pub fn parts(self) -> (i128, i128) {
        (*self.0.numer(), *self.0.denom())
    }

    /// `12/5`; a whole number without its denominator.
    pub fn fraction(self) -> String {
        self.0.to_string()
    }

    /// Rounded to `places` digits behind the point, halves away from zero; `None` where that needs too many.
    pub fn rounded(self, places: u32) -> Option<Self> {
        let scale = 10_i128.checked_pow(places)?;
        let (numerator, denominator) = self.parts();
        let (whole, rest) = (numerator / denominator, numerator % denominator);
        let scaled = rest.checked_mul(scale)?;
        let up = i128::from((scaled % denominator).abs().checked_mul(2)? >= denominator);
        let part = scaled / denominator + up * numerator.signum();
        Some(Self(Ratio::new(whole.checked_mul(scale)?.checked_add(part)?, scale)))
    }

    /// The middle of `numbers`: of an even count, halfway between the two in the middle. `None` of none.
    pub fn median(numbers: Vec<Self>) -> Option<Self> {
        let (lower, upper) = middle(numbers)?;
        match lower == upper {
            true => Some(upper),
            false => lower.plus(upper)?.over(Self::new(2, 1)),
        }
    }
}

/// Returns the two in the middle of `numbers` in order of size, which are the same one where their count is odd; `None`
/// of none.
pub fn middle<T: Ord + Copy>(mut numbers: Vec<T>) -> Option<(T, T)> {
    numbers.sort_unstable();
    let upper = *numbers.get(numbers.len() / 2)?;
    let lower = *numbers.get(numbers.len().checked_sub(1)? / 2)?;
    Some((lower, upper))
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// For people: three digits that count, such as `9.6`, `0.75`, `1.33` or `0.0208`; whole numbers whole.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, denominator) = self.parts();
        let (sign, magnitude) = if numerator < 0 { ("-", -numerator) } else { ("", numerator) };
        let (mut whole, rest) = (magnitude / denominator, magnitude % denominator);
        let mut places: usize = match whole {
            100.. => 0,
            10..100 => 1,
            _ => 2,
        };
        // Below one the zeros behind the point do not count.
        let mut shifted = magnitude;
        while whole == 0 && rest > 0 && shifted < denominator && places < 12 {
            let Some(next) = shifted.checked_mul(10) else { break };
            (shifted, places) = (next, places + 1);
        }
        let scale = 10_i128.pow(u32::try_from(places).unwrap_or(0));
        let Some(scaled) = rest.checked_mul(scale) else { return write!(f, "{}", self.to_f64()) };
        let (mut part, left) = (scaled / denominator, scaled % denominator);
        if left >= denominator - left {
            part += 1;
        }
        if part == scale {
            (whole, part) = (whole + 1, 0);
        }
        write!(f, "{sign}{whole}")?;
        if part > 0 {
            let digits = format!("{part:0places$}");
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::decimal(text).expect(text)
    }

    #[test]
    fn decimals_are_read_as_they_are_written() {
        assert_eq!(exact("10.0"), Exact::new(10, 1));
        assert_eq!(exact(".5"), Exact::new(1, 2));
        assert_eq!(exact("0,25"), Exact::new(1, 4));
        assert_eq!(exact("5."), exact("005.00"));
        for text in ["", ".", "1.2.3", "-1", "1e3", "1234567890", "٣"] {
            assert_eq!(Exact::decimal(text), None, "{text}");
        }
    }

    #[test]
    fn three_times_point_eight_is_two_point_four() {
        assert_eq!(exact("3").times(exact("0.8")), Some(exact("2.4")));
        assert_eq!(exact("1").over(Exact::ZERO), None);
        let huge = exact("999999999").times(exact("999999999")).expect("fits");
        let huge = huge.times(huge).expect("fits");
        assert_eq!(huge.times(huge), None, "too many bits are said, not wrapped");
    }

    #[test]
    fn people_read_three_digits_that_count() {
        let shown = |numerator, denominator| Exact::new(numerator, denominator).to_string();
        assert_eq!(shown(48, 5), "9.6");
        assert_eq!(shown(12, 5), "2.4");
        assert_eq!(shown(3, 4), "0.75");
        assert_eq!(shown(4, 3), "1.33");
        assert_eq!(shown(1, 48), "0.0208");
        assert_eq!(shown(40, 3), "13.3");
        assert_eq!(shown(400, 3), "133");
        assert_eq!(shown(0, 1), "0");
        assert_eq!(shown(-5, 2), "-2.5");
        assert_eq!(shown(1999, 1000), "2");
    }

    #[test]
    fn the_median_of_two_lies_between_them() {
        assert_eq!(Exact::median(vec![exact("3"), exact("1")]), Some(exact("2")));
        assert_eq!(Exact::median(vec![exact("9"), exact("1"), exact("2")]), Some(exact("2")));
        assert_eq!(Exact::median(Vec::new()), None);
    }

    proptest! {
        #[test]
        fn rounding_moves_a_number_by_half_a_step_at_most(
            numerator in -1_000_000_i64..1_000_000, denominator in 1_u32..10_000, places in 0_u32..6,
        ) {
            let number = Exact::new(numerator, denominator);
            let rounded = number.rounded(places).expect("fits");
            let step = Exact::new(1, 10_u32.pow(places));
            let moved = number.distance(rounded).expect("fits");
            prop_assert!(moved.times(Exact::new(2, 1)).expect("fits") <= step);
            prop_assert!(!number.to_string().is_empty());
        }
    }
}

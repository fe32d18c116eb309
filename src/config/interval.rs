//! Lengths of time as people write them: `6 months`, `90 days`.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A length of time in one unit, such as `6 months`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Interval {
    amount: u16,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// What is no interval.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an interval; write a number and a unit, such as `1 month`, `6 weeks` or `90 days`"
)]
pub struct IntervalError(String);

impl Interval {
    /// One calendar month.
    pub const MONTH: Self = Self { amount: 1, unit: Unit::Month };
    /// Two quarters of a year.
    pub const HALF_YEAR: Self = Self { amount: 2, unit: Unit::Quarter };
    /// One calendar year.
    pub const YEAR: Self = Self { amount: 1, unit: Unit::Year };
    /// Seven days.
    pub const WEEK: Self = Self { amount: 7, unit: Unit::Day };

    /// The day that lies so long after `day`. Months are those of the calendar: a month after
    /// 31 October is 30 November. `None` beyond the year 9999.
    pub fn after(self, day: Date) -> Option<Date> {
        let amount = i64::from(self.amount);
        let span = match self.unit {
            Unit::Day => Span::new().try_days(amount),
            Unit::Week => Span::new().try_weeks(amount),
            Unit::Month => Span::new().try_months(amount),
            Unit::Quarter => Span::new().try_months(amount * 3),
            Unit::Year => Span::new().try_years(amount),
        };
        day.checked_add(span.ok()?).ok()
    }
}

impl FromStr for Interval {
    type Err = IntervalError;

    /// Reads `6 months`, `1 week`, `90 days`, `a year`, `quarterly`, in any case.
    fn from_str(text: &str) -> Result<Self, IntervalError> {
        let wrong = || IntervalError(text.to_owned());
        let words = text.trim().to_lowercase();
        let interval = |amount, unit| Ok(Self { amount, unit });
        match words.as_str() {
            "daily" => return interval(1, Unit::Day),
            "weekly" => return interval(1, Unit::Week),
            "monthly" => return interval(1, Unit::Month),
            "quarterly" => return interval(1, Unit::Quarter),
            "yearly" | "annually" => return interval(1, Unit::Year),
            _ => {}
        }
        let unit_at = words.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let (amount, unit) = match unit_at {
            0 => words.split_once(' ').ok_or_else(wrong)?,
            _ => words.split_at(unit_at),
        };
        let amount = match amount {
            "a" | "an" | "one" | "every" => 1,
            number => number.parse().map_err(|_| wrong())?,
        };
        let unit = match unit.trim() {
            "day" | "days" | "d" => Unit::Day,
            "week" | "weeks" | "w" => Unit::Week,
            "month" | "months" | "m" => Unit::Month,
            "quarter" | "quarters" | "q" => Unit::Quarter,
            "year" | "years" | "y" => Unit::Year,
            _ => return Err(wrong()),
        };
        if amount == 0 {
            return Err(wrong());
        }
        interval(amount, unit)
    }
}

impl TryFrom<String> for Interval {
    type Error = IntervalError;

    fn try_from(text: String) -> Result<Self, IntervalError> {
        text.parse()
    }
}

impl From<Interval> for String {
    fn from(interval: Interval) -> Self {
        interval.to_string()
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
        };
        let plural = if self.amount == 1 { "" } else { "s" };
        write!(f, "{} {unit}{plural}", self.amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_are_those_of_the_calendar() {
        let due = |text: &str, day| text.parse::<Interval>().expect("an interval").after(day);
        assert_eq!(due("1 month", date(2022, 10, 31)), Some(date(2022, 11, 30)));
        assert_eq!(due("6 months", date(2023, 8, 31)), Some(date(2024, 2, 29)));
        assert_eq!(due("1 year", date(2024, 2, 29)), Some(date(2025, 2, 28)));
        assert_eq!(due("2 weeks", date(2022, 12, 25)), Some(date(2023, 1, 8)));
        assert_eq!(due("90 days", date(2022, 1, 1)), Some(date(2022, 4, 1)));
        assert_eq!(due("2 quarters", date(2022, 1, 31)), Some(date(2022, 7, 31)));
        assert_eq!(due("1 year", date(9999, 6, 1)), None);
    }

    #[test]
    fn an_interval_is_read_as_people_write_it() {
        for (text, shown) in [
            ("6 months", "6 months"),
            (" 1 Month ", "1 month"),
            ("12weeks", "12 weeks"),
            ("a year", "1 year"),
            ("quarterly", "1 quarter"),
            ("30 days", "30 days"),
        ] {
            assert_eq!(
                text.parse::<Interval>().map(|interval| interval.to_string()),
                Ok(shown.to_owned())
            );
        }
        for wrong in
            ["6 moons", "soon", "", "0 days", "-1 month", "six months", "1.5 years", "99999 days"]
        {
            assert!(wrong.parse::<Interval>().is_err(), "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_is_read_back(amount in 1_u16.., unit in 0_usize..5) {
            let unit = [Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year][unit];
            let interval = Interval { amount, unit };
            proptest::prop_assert_eq!(interval.to_string().parse(), Ok(interval));
        }

        #[test]
        fn what_comes_after_is_never_before(days in 0_i32..30_000, amount in 1_u16..500) {
            let day = date(1970, 1, 1).checked_add(Span::new().days(days)).expect("a day");
            let after = Interval { amount, unit: Unit::Month }.after(day).expect("a day");
            proptest::prop_assert!(after > day);
        }
    }
}

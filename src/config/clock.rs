//! What day it is, for everything that compares dates.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned, tz::TimeZone};

/// Why today's date is not known.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// `--today` or `PMCTL_TODAY` is no date.
    #[error("{source_name} is `{value}`, which is not a date; write it as 2026-01-31")]
    NotADate {
        /// Where the value comes from.
        source_name: &'static str,
        /// The value.
        value: String,
    },
    /// `SOURCE_DATE_EPOCH` is not a number of seconds.
    #[error("SOURCE_DATE_EPOCH is `{0}`, which is not a number of seconds since 1970")]
    NotAnEpoch(String),
}

/// Today, by `--today`, else `PMCTL_TODAY`, else `SOURCE_DATE_EPOCH` (in UTC), else the system.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
pub fn today(
    flag: Option<&str>,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Date, ClockError> {
    if let Some(value) = flag {
        return date("--today", value);
    }
    if let Some(value) = variable("PMCTL_TODAY").filter(|value| !value.is_empty()) {
        return date("PMCTL_TODAY", &value);
    }
    if let Some(value) = variable("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) {
        let seconds = value.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
        let instant = seconds.ok_or(ClockError::NotAnEpoch(value))?;
        return Ok(instant.to_zoned(TimeZone::UTC).date());
    }
    Ok(Zoned::now().date())
}

fn date(source_name: &'static str, value: &str) -> Result<Date, ClockError> {
    parse_date(value).ok_or_else(|| ClockError::NotADate { source_name, value: value.to_owned() })
}

/// The date that `text` spells in full, `2026-01-31`; `None` for any other spelling.
pub fn parse_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let well_formed = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !well_formed {
        return None;
    }
    let number = |range: std::ops::Range<usize>| text[range].parse::<i16>().ok();
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_flag_wins_over_the_variables_and_an_epoch_is_utc() {
        let variables = |name: &str| match name {
            "PMCTL_TODAY" => Some("2024-02-29".to_owned()),
            "SOURCE_DATE_EPOCH" => Some("86399".to_owned()),
            _ => None,
        };
        let epoch = |name: &str| variables(name).filter(|_| name == "SOURCE_DATE_EPOCH");
        assert_eq!(today(Some("2022-11-11"), variables).ok(), Some(date(2022, 11, 11)));
        assert_eq!(today(None, variables).ok(), Some(date(2024, 2, 29)));
        assert_eq!(today(None, epoch).ok(), Some(date(1970, 1, 1)));
    }

    #[test]
    fn what_is_no_date_is_said_and_never_guessed() {
        for wrong in ["2022-13-01", "2023-02-29", "2022-1-1", "20220101", "tomorrow", "2022-01-01Z"]
        {
            let error = today(Some(wrong), |_| None).expect_err("no date").to_string();
            assert!(error.contains(wrong) && error.contains("--today"), "{error}");
        }
        let error = today(None, |name| (name == "SOURCE_DATE_EPOCH").then(|| "x".to_owned()));
        assert!(error.is_err());
    }
}

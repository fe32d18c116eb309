//! What other programs make of a text without quotes.
//!
//! pmctl reads YAML 1.2. Ruby (Psych) and `PyYAML` read a handbook's data by YAML 1.1, and each with
//! habits of its own; a word that any of them takes for something else has to be quoted.

/// What some program takes an unquoted text for.
///
/// Sources: YAML 1.1's types bool, null, int, float and timestamp (<https://yaml.org/type/>), the resolver of
/// `PyYAML`, `scalar_scanner.rb` of Psych, and the core schema of YAML 1.2.2 (10.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// `yes`, `off`, `true`, `n`.
    Truth(bool),
    /// `~`, `null`.
    Nothing,
    /// `0x1F`, `017`, `1_000`, `1e3`, `.inf`: a number that is written otherwise than its text.
    Number,
    /// `22:22`, which is 1342 to the base of 60.
    Sexagesimal,
    /// `2022-11-05`, with or without a time of day.
    Date,
}

impl Elsewhere {
    /// What a program takes the unquoted `text` for, if it is something else than this text. A number that every
    /// program writes back as it is, such as `404` or `-1.5`, is as good as a text.
    pub fn of(text: &str) -> Option<Self> {
        let first = *text.as_bytes().first()?;
        if text.len() > LONGEST || !first.is_ascii() {
            return None;
        }
        if first.is_ascii_alphabetic() || first == b'~' {
            return word(text);
        }
        if is_date(text) {
            return Some(Self::Date);
        }
        if is_sexagesimal(text) {
            return Some(Self::Sexagesimal);
        }
        (is_number(text) && !is_written_back(text)).then_some(Self::Number)
    }

    /// What it is, in words that go with "other programs read this as".
    pub fn described(self) -> &'static str {
        match self {
            Self::Truth(true) => "`true`",
            Self::Truth(false) => "`false`",
            Self::Nothing => "nothing",
            Self::Number => "another number",
            Self::Sexagesimal => "a number to the base of 60",
            Self::Date => "a date",
        }
    }
}

/// How long such a text may be, in bytes; one with more is no number that a person wrote.
const LONGEST: usize = 64;

fn word(text: &str) -> Option<Elsewhere> {
    let is_one_of = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_one_of(&["y", "yes", "true", "on"]) {
        return Some(Elsewhere::Truth(true));
    }
    if is_one_of(&["n", "no", "false", "off"]) {
        return Some(Elsewhere::Truth(false));
    }
    is_one_of(&["~", "null"]).then_some(Elsewhere::Nothing)
}

/// Whether `text` is a day, be its zeros left out, or a day and a time.
fn is_date(text: &str) -> bool {
    let (day, time) = match text.find(['T', 't', ' ', '\t']) {
        Some(at) => (&text[..at], Some(text[at + 1..].trim_start())),
        None => (text, None),
    };
    let is_count = |part: &str, least: u32, most: u32| {
        (1..=2).contains(&part.len())
            && is_digits(part)
            && part.parse().is_ok_and(|number: u32| (least..=most).contains(&number))
    };
    let mut parts = day.split('-');
    let year = parts.next().is_some_and(|year| year.len() == 4 && is_digits(year));
    let month = parts.next().is_some_and(|month| is_count(month, 1, 12));
    let day = parts.next().is_some_and(|day| is_count(day, 1, 31));
    let has_time = time.is_none_or(|time| {
        let mut clock = time.splitn(3, ':');
        let mut next =
            |most| clock.next().filter(|part| part.len() <= 2 && is_count(part, 0, most));
        let is_whole = next(24).is_some() && next(59).is_some();
        let seconds = clock.next().and_then(|rest| rest.get(..2));
        is_whole && seconds.is_some_and(is_digits)
    });
    year && month && day && parts.next().is_none() && has_time
}

/// Whether `text` is digits with colons between parts below 60.
fn is_sexagesimal(text: &str) -> bool {
    let unsigned = unsigned(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut parts = whole.split(':');
    let first = parts.next().unwrap_or_default();
    let mut count = 0;
    let are_below = parts.all(|part| {
        count += 1;
        (1..=2).contains(&part.len())
            && is_digits(part)
            && (part.len() == 1 || part.as_bytes()[0] < b'6')
    });
    let is_fraction = fraction.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    first.starts_with(|first: char| first.is_ascii_digit())
        && first.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
        && count > 0
        && are_below
        && is_fraction
}

/// Whether any program takes `text` for a number to the base of 2, 8, 10 or 16, or for one that is none.
fn is_number(text: &str) -> bool {
    let unsigned = unsigned(text);
    let of = |digits: &str, is_digit: fn(u8) -> bool| {
        digits.bytes().any(is_digit) && digits.bytes().all(|byte| byte == b'_' || is_digit(byte))
    };
    if let Some(digits) = unsigned.strip_prefix("0x").or(unsigned.strip_prefix("0X")) {
        return of(digits, |byte| byte.is_ascii_hexdigit());
    }
    if let Some(digits) = unsigned.strip_prefix("0b") {
        return of(digits, |byte| matches!(byte, b'0' | b'1'));
    }
    if let Some(digits) = unsigned.strip_prefix("0o") {
        return of(digits, |byte| matches!(byte, b'0'..=b'7'));
    }
    if [".inf", ".Inf", ".INF"].contains(&unsigned) || [".nan", ".NaN", ".NAN"].contains(&text) {
        return true;
    }
    let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, Some(exponent)),
        None => (unsigned, None),
    };
    let is_exponent = exponent
        .is_none_or(|exponent| is_digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent)));
    // Ruby passes over commas between digits.
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_whole = whole.is_empty()
        || whole.starts_with(|first: char| first.is_ascii_digit())
            && whole.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b','))
            && !whole.ends_with(',')
            && !whole.contains(",,");
    let is_fraction = fraction.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let has_digits = digits.bytes().any(|byte| byte.is_ascii_digit());
    is_exponent && is_whole && is_fraction && has_digits
}

/// Whether every program that reads the number `text` writes it as it is.
fn is_written_back(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_plain = is_digits(whole) && (whole == "0" || !whole.starts_with('0'));
    // A number of 64 bits with a fraction holds 15 digits.
    let is_short = whole.len() + fraction.len() <= 15;
    let is_fraction = !unsigned.contains('.') || is_digits(fraction) && !fraction.ends_with('0');
    is_plain && is_short && is_fraction && text != "-0"
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_dates_of_the_older_standard_are_known() {
        for (meaning, texts) in [
            (Elsewhere::Truth(true), &["yes", "Yes", "on", "TRUE", "y", "Y"][..]),
            (Elsewhere::Truth(false), &["no", "NO", "off", "Off", "false", "n", "N"]),
            (Elsewhere::Nothing, &["~", "null", "Null", "NULL"]),
            (
                Elsewhere::Number,
                &[
                    "017",
                    "00",
                    "0o17",
                    "0x1F",
                    "0b101",
                    "1_000",
                    "1,000",
                    "+12",
                    "1e3",
                    "1E-3",
                    "1.10",
                    "1.0",
                    "12.",
                    ".5",
                    "-.5",
                    ".inf",
                    "-.INF",
                    ".NaN",
                    "6.02e+23",
                    "-0",
                    "12345678901234567890",
                    "1_0.5",
                ],
            ),
            (Elsewhere::Sexagesimal, &["22:22", "1:30:00", "00:30", "190:20:30.15", "-1:5"]),
            (
                Elsewhere::Date,
                &[
                    "2022-11-05",
                    "2022-1-5",
                    "2022-11-05T10:00:00Z",
                    "2022-11-05 10:00:00",
                    "2001-12-14t21:59:43.10-05:00",
                ],
            ),
        ] {
            for text in texts {
                assert_eq!(Elsewhere::of(text), Some(meaning), "{text}");
            }
        }
    }

    #[test]
    fn what_every_program_reads_as_it_is_written_is_left_alone() {
        for text in [
            "",
            "norway",
            "yes!",
            "none",
            "nil",
            "404",
            "0",
            "-7",
            "1.5",
            "-0.25",
            "3.14159",
            "1.2.3",
            "v1.0",
            "80%",
            "22:99",
            "22:222",
            "1:",
            ":30",
            "2022-13-01",
            "2022-11",
            "2022-11-05-x",
            "2022-11-05 at noon",
            "Oct 5",
            "0xyz",
            "0b12",
            "1e",
            "e3",
            ".",
            "-",
            "+",
            "--1",
            "1,",
            "1,,2",
            "10,5 kg",
            "5 months",
            "C#",
            "inf",
            "nan",
            "é",
            "127.0.0.1",
            "1:2:x",
            "truth",
            "once",
            "2022",
        ] {
            assert_eq!(Elsewhere::of(text), None, "{text}");
        }
    }
}

//! How a value is spelt in YAML: without quotes where that is safe, in the quotes it had otherwise.

use crate::source::yaml::{Elsewhere, Plain, ScalarStyle};

/// What a text means without quotes, to pmctl and to the other programs that read a handbook. Those
/// that follow YAML 1.1 (Ruby, `PyYAML`) take more words for truth values and numbers than YAML 1.2 does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `null`, `~`.
    Nothing,
    /// `true`.
    Truth,
    /// `yes`, `on`: a truth value in YAML 1.1.
    OldTruth,
    /// `12`, `1.5`.
    Number,
    /// `1_000`, `12:30`, `0x1F`: a number in YAML 1.1.
    OldNumber,
    /// `2022-11-05`, and what only lacks precision or padding: `2022-11`, `2022-1-5`.
    Date,
    /// Anything else.
    Text,
}

impl Kind {
    /// What the unquoted `text` means.
    pub(super) fn of(text: &str) -> Self {
        match Plain::of(text) {
            Plain::Null => Self::Nothing,
            Plain::Bool(_) => Self::Truth,
            Plain::Integer(_) | Plain::Float(_) => Self::Number,
            Plain::Text if ["y", "n"].iter().any(|word| text.eq_ignore_ascii_case(word)) => {
                Self::OldTruth
            }
            Plain::Text if is_date(text) => Self::Date,
            Plain::Text => match Elsewhere::of(text) {
                None => Self::Text,
                Some(Elsewhere::Truth(_)) => Self::OldTruth,
                Some(Elsewhere::Nothing) => Self::Nothing,
                Some(Elsewhere::Number | Elsewhere::Sexagesimal) => Self::OldNumber,
                Some(Elsewhere::Date) => Self::Date,
            },
        }
    }
}

/// Whether `text` is a year and a month, with or without a day, with or without a time after it.
fn is_date(text: &str) -> bool {
    let number =
        |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let (date, _time) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    let mut parts = date.split('-');
    let year = parts.next().is_some_and(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()));
    let rest: Vec<&str> = parts.collect();
    year && (1..=2).contains(&rest.len()) && rest.into_iter().all(number)
}

/// Whether `value` can be written on one line of YAML, in quotes at least. Line breaks and control
/// characters cannot.
pub(super) fn is_one_line(value: &str) -> bool {
    !value.chars().any(|c| {
        c.is_control() && c != '\t'
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    })
}

/// `value` in quotes of `style`; without quotes only if `old` is nothing or `value` means without
/// quotes what `old` does, and else in single quotes. `in_flow` says that it is in brackets.
pub(super) fn spell(value: &str, style: ScalarStyle, old: Kind, in_flow: bool) -> String {
    let kind = Kind::of(value);
    let same_kind = kind == old || old == Kind::Nothing;
    match style {
        ScalarStyle::Plain if same_kind && is_safe_plain(value, in_flow) => value.to_owned(),
        ScalarStyle::DoubleQuoted => {
            format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
        }
        _ => format!("'{}'", value.replace('\'', "''")),
    }
}

/// Whether `value` reads as itself without quotes, wherever on a line it is. Stricter than YAML:
/// where parsers are known to differ, quotes are the answer.
pub(super) fn is_safe_plain(value: &str, in_flow: bool) -> bool {
    let Some(first) = value.chars().next() else { return false };
    let second = value[first.len_utf8()..].chars().next();
    let begins_well = match first {
        '-' => second.is_some_and(char::is_alphanumeric),
        '?' | ':' | ',' | '[' | ']' | '{' | '}' | '#' | '&' | '*' | '!' | '|' | '>' | '\''
        | '"' | '%' | '@' | '`' => false,
        _ => true,
    };
    let edges = value.trim() == value && !value.starts_with("...") && !value.ends_with(':');
    let inside = !value.contains(": ") && !value.contains(" #") && !value.contains('\t');
    // The last two would do for YAML 1.2, and PyYAML stumbles over them.
    let flow = !in_flow || !value.contains([',', '[', ']', '{', '}', ':', '?']);
    // `=` and `<<` are values of their own in YAML 1.1.
    begins_well && edges && inside && flow && value != "=" && value != "<<" && is_one_line(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_those_of_the_readers_of_both_standards() {
        for (kind, texts) in [
            (Kind::Nothing, &["", "~", "null"][..]),
            (Kind::Truth, &["true", "False"]),
            (Kind::OldTruth, &["yes", "No", "on", "y"]),
            (Kind::Number, &["12", "-1.5", "017", ".5"]),
            (Kind::OldNumber, &["1_000", "12:30", "0x1F", ".inf", "-.INF", "1:20:30.5"]),
            (Kind::Date, &["2022-11-05", "2022-11", "2022-1-5", "2022-11-05T10:00:00Z"]),
            (Kind::Text, &["viable", "1.2.3", "80%", "2022-11-05-x", "5 months", "Oct 20, 2020"]),
        ] {
            for text in texts {
                assert_eq!(Kind::of(text), kind, "{text}");
            }
        }
    }

    #[test]
    fn plain_stays_plain_only_where_it_means_itself() {
        let plain = |value: &str| spell(value, ScalarStyle::Plain, Kind::Text, false);
        for value in ["viable", "a:b", "C#", "it's", "Foo, bar [x]", "-x", "日本"] {
            assert_eq!(plain(value), value);
        }
        for (value, spelled) in [
            ("no", "'no'"),
            ("12", "'12'"),
            ("", "''"),
            (" x", "' x'"),
            ("x ", "'x '"),
            ("a: b", "'a: b'"),
            ("a #b", "'a #b'"),
            ("a:", "'a:'"),
            ("- a", "'- a'"),
            ("---", "'---'"),
            ("it's: x", "'it''s: x'"),
            ("@ada", "'@ada'"),
            ("2022-11-05", "'2022-11-05'"),
            ("a\tb", "'a\tb'"),
        ] {
            assert_eq!(plain(value), spelled);
        }
        let in_flow = |value: &str| spell(value, ScalarStyle::Plain, Kind::Text, true);
        assert_eq!(in_flow("a, b"), "'a, b'");
        assert_eq!(in_flow("why?"), "'why?'");
        assert_eq!(in_flow("a b"), "a b");
    }

    #[test]
    fn a_kind_stays_and_an_empty_place_takes_any() {
        let as_kind = |value: &str, old: Kind| spell(value, ScalarStyle::Plain, old, false);
        assert_eq!(as_kind("13", Kind::Number), "13");
        assert_eq!(as_kind("many", Kind::Number), "'many'");
        assert_eq!(as_kind("2022-11-05", Kind::Date), "2022-11-05");
        assert_eq!(as_kind("no", Kind::OldTruth), "no");
        assert_eq!(as_kind("2022-11-05", Kind::Nothing), "2022-11-05");
        assert_eq!(as_kind("x", Kind::Nothing), "x");
    }

    #[test]
    fn double_quotes_escape_what_ends_them() {
        let double = |value: &str| spell(value, ScalarStyle::DoubleQuoted, Kind::Text, false);
        assert_eq!(double(r#"a "b" \n"#), r#""a \"b\" \\n""#);
    }
}

//! What a plain scalar means.

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|` or `>` and lines below.
    Block,
}

/// The meaning of an unquoted scalar in YAML 1.2's core schema. `yes`, `on`, `y` and `017` are text
/// and the number 17 here, and what other parsers make of them differs: quote them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Plain {
    /// Empty, `~`, `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Everything else.
    Text,
}

impl Plain {
    /// What the unquoted `text` means.
    pub fn of(text: &str) -> Self {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Self::Null,
            "true" | "True" | "TRUE" => return Self::Bool(true),
            "false" | "False" | "FALSE" => return Self::Bool(false),
            _ => {}
        }
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        // Rust reads "inf" and "nan" as numbers, YAML does not.
        if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
            || !digits.contains(|digit: char| digit.is_ascii_digit())
        {
            return Self::Text;
        }
        match text.parse::<i64>() {
            Ok(number) => Self::Integer(number),
            Err(_) => text.parse::<f64>().map_or(Self::Text, Self::Float),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_dates_are_text_and_only_numbers_are_numbers() {
        assert_eq!(Plain::of("~"), Plain::Null);
        assert_eq!(Plain::of("True"), Plain::Bool(true));
        assert_eq!(Plain::of("-12"), Plain::Integer(-12));
        assert_eq!(Plain::of(".5"), Plain::Float(0.5));
        assert_eq!(Plain::of("1e3"), Plain::Float(1000.0));
        for text in
            ["yes", "y", "on", "2022-11-11", "1.2.3", "inf", ".nan", ".", "-", "80%", "0x1F"]
        {
            assert_eq!(Plain::of(text), Plain::Text, "{text}");
        }
    }
}

//! What is left of a text after its value: nothing that counts, a remark, or a sign that makes more of it.

/// What is left of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left<'t> {
    /// Nothing that says anything of a number.
    Nothing,
    /// A sign or a word of a calculation, a range or a list, directly after the value.
    Sign,
    /// Text that begins with a word directly after a sign such as a bracket, or with a number.
    Remark {
        /// The text.
        text: &'t str,
        /// The sign before it, without white space.
        opener: Option<char>,
    },
}

/// Signs that come before a remark.
const OPENERS: [char; 10] = ['(', '[', '=', ':', '-', '/', ',', ';', '|', '{'];
/// Signs between two things, neither of which is the whole.
const SIGNS: [char; 21] = [
    '+', '*', '\u{d7}', '\u{b7}', '\u{b1}', '&', '^', '\u{2026}', '\u{2192}', '\u{f7}', '\u{21d2}',
    '\\', '@', '_', '%', '\u{2030}', '\u{b0}', '\u{20ac}', '$', '\u{a3}', '\u{a5}',
];
/// Words of the same kind, whatever follows them.
const WORDS: [&str; 9] = ["x", "times", "plus", "minus", "per", "each", "vs", "versus", "every"];
/// Words of the same kind if a number follows; what else follows is an alternative, or a remark.
const CHOICES: [&str; 7] = ["to", "or", "and", "by", "through", "until", "bis"];
const NUMBERS: [&str; 11] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half"];
/// Words and signs before a number that only names something: `issue 4711`, `#12`.
const REFERENCES: [&str; 15] = [
    "issue", "issues", "ticket", "epic", "pr", "mr", "see", "phase", "option", "version",
    "release", "since", "page", "section", "no.",
];

/// What is left in `rest`. `is_remark` says that words have been read already, so that what follows is prose.
pub(super) fn left(rest: &str, is_remark: bool) -> Left<'_> {
    let mut opener = None;
    let mut is_remark = is_remark;
    let mut is_reference = false;
    let mut text = rest;
    loop {
        let Some(first) = text.chars().next() else { return Left::Nothing };
        let after = &text[first.len_utf8()..];
        if first.is_whitespace()
            || matches!(first, ')' | ']' | '}' | '?' | '!' | '\'' | '~' | '>' | '<')
        {
            let is_arrow = matches!(first, '>' | '~')
                && after.trim_start().starts_with(|c: char| c.is_ascii_digit());
            if is_arrow && opener.is_none() {
                return Left::Remark { text: after, opener };
            }
            text = after;
        } else if let Some(numbered) = text.strip_prefix('#') {
            // A reference to an issue.
            text = numbered.trim_start_matches(|c: char| c.is_alphanumeric());
        } else if first.is_ascii_digit()
            || first == '.' && after.starts_with(|c: char| c.is_ascii_digit())
        {
            if is_reference || is_date(text) {
                text = text.trim_start_matches(|c: char| {
                    c.is_alphanumeric() || matches!(c, '.' | '-' | '/')
                });
                is_reference = false;
                continue;
            }
            return Left::Remark { text, opener };
        } else if first == '.' {
            if after.starts_with('.') {
                return Left::Sign;
            }
            opener = Some(first);
            text = after;
        } else if first.is_alphanumeric() {
            let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
            let word = &text[..end];
            if !is_remark && opener.is_none() && WORDS.contains(&word) {
                return Left::Sign;
            }
            if CHOICES.contains(&word) {
                let is_choice = matches!(word, "to" | "or") || !is_remark;
                if is_choice && next_is_number(&text[end..]) {
                    return Left::Sign;
                }
                if !is_remark {
                    return Left::Remark { text: text[end..].trim_start(), opener: Some('|') };
                }
            }
            if opener.is_some_and(|opener| opener != '.') && !is_remark {
                return Left::Remark { text, opener };
            }
            if word.starts_with("http") {
                return Left::Nothing;
            }
            is_remark = true;
            is_reference = REFERENCES.contains(&word);
            text = &text[end..];
        } else if SIGNS.contains(&first) {
            if !is_remark || next_is_number(after) {
                return Left::Sign;
            }
            text = after;
        } else {
            if OPENERS.contains(&first) {
                // A sign directly between two numbers, `1:30`, is of a calculation or a time.
                if opener.is_none() && !matches!(first, '(' | '[' | '=' | '{') && !is_remark {
                    let is_close =
                        text.len() == rest.len() && after.starts_with(|c: char| c.is_ascii_digit());
                    if is_close {
                        return Left::Sign;
                    }
                }
                opener = Some(first);
                is_reference = false;
            }
            text = after;
        }
    }
}

fn next_is_number(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '~', '(']);
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    text.starts_with(|c: char| c.is_ascii_digit() || c == '.') || NUMBERS.contains(&&text[..end])
}

/// As much of `rest` as belongs to the value in a sentence: what comes before its first word, unless that makes a
/// choice of the value.
pub(super) fn of_sentence(rest: &str) -> &str {
    let Some(at) = rest.find(char::is_alphabetic) else { return rest };
    let word = &rest[at..];
    let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
    let is_choice = CHOICES.contains(&&word[..end]) && next_is_number(&word[end..]);
    if is_choice || WORDS.contains(&&word[..end]) { rest } else { &rest[..at] }
}

/// Whether `text` begins with a year or a date.
fn is_date(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    end == 4 && (text.starts_with("19") || text.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_is_passed_over_and_more_numbers_are_not() {
        for nothing in
            ["", " ", ")", " of users", " see issue 4711", ".", " #12", " planned for q3 2026", "?"]
        {
            assert_eq!(left(nothing, false), Left::Nothing, "{nothing}");
        }
        for sign in [
            "+1",
            "*2",
            " x 2",
            "..3",
            "\u{2026}3",
            ":30",
            "/3",
            " or 3",
            " to 3",
            " & 3",
            " per team",
            "+",
            ", or 3",
        ] {
            assert_eq!(left(sign, false), Left::Sign, "{sign}");
        }
        for (text, remark, opener) in [
            (" (3)", "3)", Some('(')),
            (" 500", "500", None),
            (" (weeks)", "weeks)", Some('(')),
            (" weeks, maybe 3", "3", Some(',')),
            (" - both of us", "both of us", Some('-')),
        ] {
            assert_eq!(left(text, false), Left::Remark { text: remark, opener }, "{text}");
        }
    }
}

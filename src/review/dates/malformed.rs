//! What was meant as a date and is none: `2022-21-09`, `v1.30`, `yyyy-mm-dd`, `Feb 30, 2022`, `TBD`.

use super::notation::{month, weekday};

/// The length of what `text` begins with, where a date is expected and `text` begins with none, if it
/// looks like one that went wrong: it has a digit, names a month, or holds a date's place.
pub(super) fn attempt(text: &str) -> Option<usize> {
    let first = word(text);
    let begins = first.starts_with(|char: char| char.is_ascii_digit())
        || is_placeholder(first)
        || is_version(first)
        || month(first.trim_end_matches([',', '.'])).is_some() && next_has_digit(text, first);
    begins.then(|| length(text))
}

/// As [`attempt`], where no colon says that a date must follow: only what can be nothing else.
pub(super) fn surely_attempt(text: &str) -> Option<usize> {
    let first = word(text);
    let numbers = first
        .split(['-', '/', '.', '–'])
        .filter(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_placeholder = is_format(first);
    (numbers.count() == 3 && !first.contains('.') || is_placeholder).then(|| length(text))
}

/// Whether `text` says how a date is to be written: `YYYY-MM-DD`.
pub(super) fn is_format(text: &str) -> bool {
    text.to_ascii_lowercase().contains("yyyy")
}

/// What stands up to the next space or mark.
fn word(text: &str) -> &str {
    let ends = |char: char| {
        char.is_whitespace()
            || matches!(
                char,
                '*' | '`' | '|' | '<' | '>' | ')' | ']' | '"' | '\'' | '}' | ';' | '。'
            )
    };
    &text[..text.find(ends).unwrap_or(text.len())]
}

/// The words that belong to it: those behind the first that begin with a digit or name a month.
fn length(text: &str) -> usize {
    let mut end = word(text).len();
    for _ in 0..3 {
        let behind = &text[end..];
        let gap = behind.len() - behind.trim_start_matches(' ').len();
        let next = word(&behind[gap..]);
        let plain = next.trim_end_matches([',', '.']);
        let belongs = next.starts_with(|char: char| char.is_ascii_digit())
            || next.starts_with(['年', '月', '日'])
            || month(plain).is_some()
            || weekday(plain).is_some();
        if gap == 0 || !belongs {
            break;
        }
        end += gap + next.len();
    }
    text[..end].trim_end_matches([',', '.', ':', '_', '~']).len().max(1)
}

fn is_placeholder(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    ["yyyy", "yy-mm", "dd/mm", "mm/dd", "dd-mm", "mm-dd"].iter().any(|it| lower.contains(it))
        || ["tbd", "tbc", "tba", "todo", "xxxx", "date", "xx", "20xx"]
            .contains(&lower.trim_end_matches(['.', ',', ':', '_']))
        || lower.starts_with("xxxx")
        || word.starts_with("日付")
}

fn is_version(word: &str) -> bool {
    word.strip_prefix(['v', 'V']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn next_has_digit(text: &str, first: &str) -> bool {
    word(text[first.len()..].trim_start()).starts_with(|char: char| char.is_ascii_digit())
}

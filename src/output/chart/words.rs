//! How a text of the handbook fits into a chart: made harmless, measured, shortened and wrapped.

use unicode_width::UnicodeWidthChar;

use crate::source::sanitise_line;

/// How many characters without a width may follow each other: enough for every script and emoji,
/// too few to tower over the lines above.
const MARKS: usize = 4;
const ELLIPSIS: char = '…';
const JOINER: char = '\u{200d}';

/// `text` on one line, with nothing that XML forbids or that turns the direction of writing round.
pub(super) fn clean(text: &str) -> String {
    let line = sanitise_line(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut clean = String::with_capacity(line.len());
    let mut marks = 0;
    for c in line.chars() {
        marks = if c.width() == Some(0) { marks + 1 } else { 0 };
        if marks <= MARKS {
            clean.push(c);
        }
    }
    clean
}

/// The [`clean`] names and texts of `facts`.
pub(super) fn facts(facts: &[(String, String)]) -> impl Iterator<Item = (String, String)> {
    facts.iter().map(|(fact, text)| (clean(fact), clean(text)))
}

/// [`clean`] for the name of something, which is never empty.
pub(super) fn name(text: &str) -> String {
    let name = clean(text);
    if name.is_empty() { "(no name)".to_owned() } else { name }
}

/// About how wide `text` is at a font size. The reader's font is not known, so this is what a wide one
/// such as `DejaVu` Sans takes: rather a gap too many than two labels in one another.
pub(super) fn width(text: &str, size: f64) -> f64 {
    super::geometry::tenth(text.chars().map(ems).sum::<f64>() * size)
}

fn ems(c: char) -> f64 {
    match c.width().unwrap_or(0) {
        0 => 0.0,
        1 => match c {
            ' ' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' | 'i' | 'j' | 'l' => 0.36,
            'f' | 'r' | 't' | '(' | ')' | '-' | '/' => 0.45,
            'm' | 'w' | 'M' | 'W' | '@' | '%' | ELLIPSIS | '—' => 1.0,
            _ if c.is_uppercase() => 0.8,
            _ if c.is_ascii() => 0.65,
            _ => 0.75,
        },
        // Emoji are wider than the em square in most fonts.
        _ if c >= '\u{1f000}' => 1.35,
        _ => 1.05,
    }
}

/// `text`, shortened with an ellipsis to what is `most` wide at a font size.
pub(super) fn fit(text: &str, size: f64, most: f64) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut used = ems(ELLIPSIS) * size;
    let mut shortened = String::new();
    for c in text.chars() {
        used += ems(c) * size;
        if used > most {
            break;
        }
        shortened.push(c);
    }
    let kept = shortened.trim_end_matches(|c: char| c == JOINER || c.is_whitespace()).len();
    shortened.truncate(kept);
    shortened.push(ELLIPSIS);
    shortened
}

/// `text` on at most `lines` lines that are `most` wide at a font size, broken at its spaces.
pub(super) fn wrap(text: &str, size: f64, most: f64, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match wrapped.last_mut() {
            Some(line) if wrapped_width(line, word, size) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => wrapped.push(word.to_owned()),
        }
    }
    if wrapped.len() > lines && lines > 0 {
        let rest = wrapped.split_off(lines - 1).join(" ");
        wrapped.push(rest);
    }
    wrapped.iter().map(|line| fit(line, size, most)).collect()
}

fn wrapped_width(line: &str, word: &str, size: f64) -> f64 {
    width(line, size) + width(" ", size) + width(word, size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_one_harmless_line() {
        assert_eq!(clean(" two\n\tlines\u{2028}more "), "two lines more");
        assert_eq!(clean("abc\u{202e}cba\u{0}\u{ffff}"), "abc\\u{202e}cba\\u{0}\\u{ffff}");
        assert_eq!(clean("👩‍💻 Zoë שלום"), "👩‍💻 Zoë שלום");
        assert_eq!(clean(&format!("Z{}!", "\u{301}".repeat(50))), "Z\u{301}\u{301}\u{301}\u{301}!");
        assert_eq!(name("\n"), "(no name)");
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        let shortened = fit("Renew everything that is on loan by text message", 11.0, 180.0);
        assert_eq!(shortened, "Renew everything that is o…");
        assert!(width(&shortened, 11.0) <= 180.0);
        assert_eq!(fit("Renew", 11.0, 180.0), "Renew");
        assert_eq!(fit("👩‍💻👩‍💻👩‍💻", 10.0, 40.0), "👩\u{200d}💻…");
    }

    #[test]
    fn a_long_text_is_wrapped_and_then_cut() {
        assert_eq!(wrap("one two three four", 10.0, 50.0, 2), ["one two", "three f…"]);
        assert_eq!(wrap("", 10.0, 50.0, 2), [""]);
    }
}

//! Text of a handbook is not to be trusted: shown in a terminal, it must not move the cursor, change
//! the title or turn the reading direction round.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` with every character that a terminal would obey spelled out: control characters other than
/// tab and line break as `\u{1b}`, and likewise the characters that set the direction of writing or
/// show nothing, or that XML forbids. The result of a prefix is a prefix of the result, so offsets can be carried over.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    // Most text is of letters that need no second look.
    let is_plain = |byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r');
    if text.bytes().all(is_plain) || !text.contains(is_dangerous) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_dangerous(c) {
            // Writing to a string cannot fail.
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// [`sanitise`] for a text that has to stay on one line: its line breaks are spelled out too.
pub fn sanitise_line(text: &str) -> String {
    let safe = sanitise(text);
    match safe.contains(['\n', '\r']) {
        true => safe.replace('\n', "\\n").replace('\r', "\\r"),
        false => safe.into_owned(),
    }
}

/// Whether a terminal would obey `c`, or show nothing or another direction of writing for it.
pub fn is_dangerous(c: char) -> bool {
    matches!(c,
        // Joiners and variation selectors stay: emoji and several scripts need them.
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0001}'..='\u{e007f}')
        || (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_spelled_out() {
        assert_eq!(sanitise("plain Zoë 👩‍💻\n"), "plain Zoë 👩‍💻\n");
        assert_eq!(sanitise("\u{1b}[31mred\u{7}"), "\\u{1b}[31mred\\u{7}");
        assert_eq!(sanitise("\u{9b}2J"), "\\u{9b}2J");
        assert_eq!(sanitise("\u{ffff}"), "\\u{ffff}");
        assert_eq!(sanitise("abc\u{202e}cba"), "abc\\u{202e}cba");
    }
}

//! Keeps the Markdown parser's time linear on absurdly nested pages.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

/// How many bytes at the start of a line may open quotes and lists. 60 nested lists take that many.
const MAX_PREFIX: usize = 128;

/// `text` with every quote or list marker made harmless that stands further than [`MAX_PREFIX`] behind the
/// start of its line, and nothing but indentation and markers before it. No byte moves.
///
/// pulldown-cmark visits every open quote and list on every line, so time grows with depth times lines: a
/// page of 200 KB that opens 50,000 lists takes it 20 seconds. No page that a person wrote is cut.
pub(super) fn bounded(text: &str) -> Cow<'_, str> {
    let mut bounded = Cow::Borrowed(text);
    if !may_nest(text) {
        return bounded;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(marker) = deep_marker(line.as_bytes()) {
            // A full stop begins a paragraph, and the markers behind it are its text.
            bounded.to_mut().replace_range(shift(marker, start), ".");
        }
        start += line.len();
    }
    bounded
}

/// Whether any line can begin with that many markers: it takes so many bytes in a row without a letter, or the
/// labels of footnotes. One byte in as many is enough to tell, and most pages need no more.
fn may_nest(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_marker = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphabetic();
    let is_in_run = |at: usize| {
        if !is_marker(&bytes[at]) {
            return false;
        }
        let before = bytes[..at].iter().rev().take(MAX_PREFIX).take_while(|byte| is_marker(byte));
        let behind = bytes[at..].iter().take(MAX_PREFIX).take_while(|byte| is_marker(byte));
        before.count() + behind.count() >= MAX_PREFIX
    };
    let holds = |mark: &[u8]| memmem::find(bytes, mark).is_some();
    holds(b"[^") && holds(b"]:") || (0..bytes.len()).step_by(MAX_PREFIX).any(is_in_run)
}

fn shift(at: usize, by: usize) -> Range<usize> {
    at + by..at + by + 1
}

/// The first marker of `line` behind [`MAX_PREFIX`], if the line up to there is only markers.
fn deep_marker(line: &[u8]) -> Option<usize> {
    if line.len() <= MAX_PREFIX {
        return None;
    }
    let mut at = 0;
    while at < line.len() {
        let length = match line[at] {
            b' ' | b'\t' => {
                at += 1;
                continue;
            }
            b'>' | b'-' | b'+' | b'*' => 1,
            b'0'..=b'9' => digits_and_delimiter(&line[at..])?,
            b'[' => footnote_label(&line[at..])?,
            _ => return None,
        };
        let opens = line[at] == b'>'
            || line[at] == b'['
            || line.get(at + length).is_none_or(u8::is_ascii_whitespace);
        if !opens {
            return None;
        }
        if at >= MAX_PREFIX {
            return Some(at);
        }
        at += length;
    }
    None
}

fn digits_and_delimiter(text: &[u8]) -> Option<usize> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    matches!(text.get(digits), Some(b'.' | b')')).then_some(digits + 1)
}

/// The length of `[^label]:`.
fn footnote_label(text: &[u8]) -> Option<usize> {
    let close = text.iter().position(|&byte| byte == b']')?;
    (text[1] == b'^' && text.get(close + 1) == Some(&b':')).then_some(close + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_stay_as_they_are() {
        let rule = "-".repeat(300);
        let code = format!("{}- not a list\n", " ".repeat(100));
        for text in ["", "> - 1. a\n", &rule, &code, &"a - b ".repeat(99), &"**".repeat(99)] {
            assert!(matches!(bounded(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn the_shortest_run_of_markers_that_is_too_long_is_seen_wherever_it_stands() {
        for before in 0..=2 * MAX_PREFIX {
            let text = format!("{}\n{}b\n", "a".repeat(before), ">".repeat(MAX_PREFIX + 1));
            assert!(matches!(bounded(&text), Cow::Owned(_)), "{before}");
        }
    }

    #[test]
    fn markers_far_behind_the_start_of_their_line_become_text() {
        for marker in [">", "> ", "- ", "* ", "1. ", "23) ", "\t+ ", "> - ", "[^a]: "] {
            let text = format!("a\n{}b\nc", marker.repeat(500));
            let bounded = bounded(&text);
            let at = bounded.find('.').filter(|_| !marker.contains('.'));
            assert_eq!(bounded.len(), text.len());
            assert_ne!(bounded, text, "{marker:?}");
            assert!(at.is_none_or(|at| (130..140).contains(&at)), "{marker:?} {at:?}");
        }
    }
}

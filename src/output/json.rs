//! Results as JSON: one document, indented, with nothing in it that a terminal or a CI runner obeys.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::runner::marks_in;
use crate::source::is_dangerous;

/// Writes `document` and a line break. Characters that a terminal would obey, and what would be a command to a
/// CI runner, are escaped as `\u202e`, so that a reader of JSON gets the same text.
///
/// # Errors
///
/// Fails if `document` cannot be serialised, or `out` cannot be written.
pub fn write(out: &mut dyn Write, document: &impl Serialize) -> io::Result<()> {
    let mut lines = EscapedLines { out, line: Vec::new() };
    serde_json::to_writer_pretty(&mut lines, document)?;
    writeln!(lines)
}

/// Writes each line when it has ended, so that no whole document is in memory. All that is outside of strings is
/// harmless, so that what has to be escaped is in a string, and a string is on one line.
struct EscapedLines<'o> {
    out: &'o mut dyn Write,
    line: Vec<u8>,
}

impl EscapedLines<'_> {
    fn end_line(&mut self) -> io::Result<()> {
        let text = String::from_utf8_lossy(&self.line);
        let marks = marks_in(&text);
        let is_plain = |byte| matches!(byte, b' '..=b'~' | b'\n');
        if marks.is_empty() && text.bytes().all(is_plain) {
            self.out.write_all(text.as_bytes())?;
        } else {
            let mut safe = String::with_capacity(text.len());
            for (at, c) in text.char_indices() {
                if c != '\n' && (is_dangerous(c) || marks.binary_search(&at).is_ok()) {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        // Writing to a string cannot fail.
                        let _ = write!(safe, "\\u{unit:04x}");
                    }
                } else {
                    safe.push(c);
                }
            }
            self.out.write_all(safe.as_bytes())?;
        }
        self.line.clear();
        Ok(())
    }
}

impl Write for EscapedLines<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.end_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::sanitise;

    #[test]
    fn escaped_text_decodes_to_itself() {
        let text = "a\u{1b}[0m\u{7f}\u{9b}\u{202e}\u{2066}\u{e0041}\u{feff}##[error]x\n###[b ##vso[c section_start:1 Zoë 👩‍💻";
        let mut out = Vec::new();
        write(&mut out, &serde_json::json!({ text: [text, {}, []] })).expect("memory");
        let json = String::from_utf8(out).expect("UTF-8");
        assert_eq!(sanitise(&json), json);
        assert!(
            !json.contains("##[") && !json.contains("##vso") && !json.contains("section_start:")
        );
        assert!(json.contains("Zoë 👩‍💻"), "{json}");
        assert!(json.contains("\\u202e") && json.contains("\\udb40\\udc41"), "{json}");
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(value[text][0], text);
    }
}

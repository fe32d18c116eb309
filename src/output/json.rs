//! Results as JSON: one document, indented, with nothing in it that a terminal or a CI runner obeys.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use super::runner::marks_in;
use crate::source::sanitise;

/// Writes `document` and a line break. Characters that a terminal would obey, and what would be a command to a
/// CI runner, are escaped as `\u202e`, so that a reader of JSON gets the same text.
pub fn write(out: &mut dyn Write, document: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, Safe(PrettyFormatter::new()));
    document.serialize(&mut serializer)?;
    writeln!(out)
}

struct Safe<'f>(PrettyFormatter<'f>);

impl Formatter for Safe<'_> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        text: &str,
    ) -> io::Result<()> {
        let marks = marks_in(text);
        let is_dangerous = |c: char| {
            let mut bytes = [0; 4];
            let c = &*c.encode_utf8(&mut bytes);
            sanitise(c) != c
        };
        let is_plain = |byte| matches!(byte, b' '..=b'~');
        if marks.is_empty() && (text.bytes().all(is_plain) || !text.chars().any(is_dangerous)) {
            return writer.write_all(text.as_bytes());
        }
        for (at, c) in text.char_indices() {
            if is_dangerous(c) || marks.binary_search(&at).is_ok() {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            } else {
                writer.write_all(c.encode_utf8(&mut [0; 4]).as_bytes())?;
            }
        }
        Ok(())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

//! From byte offsets to the lines and columns that people read.

/// A place in a text as people count it: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters (not bytes, not cells of a terminal).
    pub column: usize,
}

/// The line starts of one text. A line ends with `\n` or `\r\n`.
#[derive(Debug)]
pub struct LineTable {
    starts: Vec<usize>,
}

impl LineTable {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { starts }
    }

    /// The position of byte `offset` of `text`, the text this table was made for.
    /// An offset inside a character counts as that character's start, one past the end as the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        Position { line, column: text[start..offset].chars().count() + 1 }
    }

    /// The byte range of `line` (from 1) of `text`, without its line break.
    /// `None` if there is no such line.
    pub fn range(&self, text: &str, line: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).map_or(text.len(), |&next| next - 1);
        let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
        Some(start..end)
    }

    /// How many lines there are; a final line break begins a last, empty line.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_before_their_break() {
        let text = "name: Zoë\r\nrole: 日本\n";
        let lines = LineTable::new(text);
        let at = |needle: &str| lines.position(text, text.find(needle).expect("in the text"));
        assert_eq!(at("ë"), Position { line: 1, column: 9 });
        assert_eq!(at("本"), Position { line: 2, column: 8 });
        assert_eq!(&text[lines.range(text, 1).expect("a line")], "name: Zoë");
        assert_eq!(&text[lines.range(text, 2).expect("a line")], "role: 日本");
        assert_eq!(lines.range(text, 3), Some(text.len()..text.len()));
        assert_eq!(lines.range(text, 4), None);
        assert_eq!(lines.range(text, 0), None);
    }

    #[test]
    fn an_offset_past_the_end_or_inside_a_character_still_has_a_position() {
        let text = "é";
        let lines = LineTable::new(text);
        assert_eq!(lines.position(text, 1), Position { line: 1, column: 1 });
        assert_eq!(lines.position(text, 99), Position { line: 1, column: 2 });
        assert_eq!(LineTable::new("").position("", 0), Position { line: 1, column: 1 });
    }
}

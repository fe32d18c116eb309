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
    /// How many characters are before every [`STRIDE`]th byte, so that columns far into a long line
    /// need no count from its start.
    characters: Vec<usize>,
}

/// How many bytes lie between two counts of characters.
const STRIDE: usize = 1024;

impl LineTable {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(breaks.map(|at| at + 1)).collect();
        let mut sum = 0;
        let characters = text.as_bytes().chunks(STRIDE).map(|chunk| {
            let before = sum;
            sum += character_starts(chunk);
            before
        });
        Self { starts, characters: characters.collect() }
    }

    /// The position of byte `offset` of `text`, the text this table was made for.
    /// An offset inside a character counts as that character's start, one past the end as the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let column = self.characters_before(text, offset) - self.characters_before(text, start) + 1;
        Position { line, column }
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let chunk = (offset / STRIDE).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(chunk).copied().unwrap_or_default();
        counted + character_starts(&text.as_bytes()[chunk * STRIDE..offset])
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

/// How many characters begin in `bytes` of a UTF-8 text.
fn character_starts(bytes: &[u8]) -> usize {
    let is_start = |byte: &u8| u8::from(byte & 0b1100_0000 != 0b1000_0000);
    // A sum of so few fits in a byte, so that many are counted at once.
    let sums = bytes.chunks(usize::from(u8::MAX)).map(|some| some.iter().map(is_start).sum::<u8>());
    sums.map(usize::from).sum()
}

/// Returns how the lines of `text` end: as most of them do, in `\n` where neither form has more.
pub fn line_ending(text: &str) -> &'static str {
    line_ending_of([text])
}

/// Returns the [`line_ending`] of a text whose lines are in `parts`.
pub fn line_ending_of<'t>(parts: impl IntoIterator<Item = &'t str>) -> &'static str {
    let (mut all, mut with_return) = (0, 0);
    for part in parts {
        all += part.matches('\n').count();
        with_return += part.matches("\r\n").count();
    }
    if 2 * with_return > all { "\r\n" } else { "\n" }
}

/// Returns where the line that byte `offset` of `text` is in starts.
pub fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// Returns where the line that byte `offset` of `text` is in ends, before its line break.
pub fn line_end(text: &str, offset: usize) -> usize {
    let rest = &text[offset..];
    let line =
        rest.find('\n').map_or(rest, |at| rest[..at].strip_suffix('\r').unwrap_or(&rest[..at]));
    offset + line.len()
}

/// Returns where the line after the one of byte `offset` of `text` starts; the end of `text` where there is none.
pub fn next_line(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
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

    #[test]
    fn lines_end_as_most_of_them_do() {
        for (text, ending) in [
            ("", "\n"),
            ("a", "\n"),
            ("a\r\n", "\r\n"),
            ("a\r\nb\nc\n", "\n"),
            ("a\nb\r\nc\r\n", "\r\n"),
            ("a\r\nb\n", "\n"),
            ("a\rb\r\n", "\r\n"),
        ] {
            assert_eq!(line_ending(text), ending, "{text:?}");
        }
    }

    #[test]
    fn the_line_of_a_byte_has_a_start_and_an_end() {
        let text = "ab\r\nc\n\nd";
        for (offset, start, end, next) in
            [(0, 0, 2, 4), (1, 0, 2, 4), (4, 4, 5, 6), (6, 6, 6, 7), (8, 7, 8, 8)]
        {
            let line = (line_start(text, offset), line_end(text, offset), next_line(text, offset));
            assert_eq!(line, (start, end, next), "{offset}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_position_is_what_counting_from_the_start_gives(
            text in "[aé日\n]{0,3000}",
            offset in 0_usize..9_000,
        ) {
            let offset = text.floor_char_boundary(offset);
            let before = &text[..offset];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
            let position = LineTable::new(&text).position(&text, offset);
            proptest::prop_assert_eq!(position, Position { line, column });
        }
    }
}

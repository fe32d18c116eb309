//! The text of one piece of raw HTML, and where each byte of it stands in the page.

use std::ops::Range;

/// Raw HTML without what its quotes and lists put before its lines.
#[derive(Debug, Default)]
pub(super) struct HtmlSource {
    text: String,
    pieces: Vec<Piece>,
}

/// A run of bytes that stand in the page as they stand in the text.
#[derive(Debug)]
struct Piece {
    at: usize,
    source: Range<usize>,
}

impl HtmlSource {
    /// Adds `html`, which stands at `source` in the page.
    pub(super) fn push(&mut self, html: &str, source: Range<usize>) {
        let at = self.text.len();
        self.text.push_str(html);
        match self.pieces.last_mut() {
            Some(last) if last.continues(at, &source) => last.source.end = source.end,
            _ => self.pieces.push(Piece { at, source }),
        }
    }

    /// The HTML.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where `range` of the HTML stands in `page`. From the first byte to the last: a range over several
    /// lines covers what its quote puts before them.
    pub(super) fn in_page(&self, page: &str, range: Range<usize>) -> Range<usize> {
        let start = self.offset_in_page(range.start, 0);
        let end = if range.is_empty() { start } else { self.offset_in_page(range.end - 1, 1) };
        // Only a tab that the parser expanded can put these inside a character.
        page.floor_char_boundary(start)..page.ceil_char_boundary(end.max(start))
    }

    fn offset_in_page(&self, offset: usize, further: usize) -> usize {
        let index = self.pieces.partition_point(|piece| piece.at <= offset).saturating_sub(1);
        self.pieces.get(index).map_or(0, |piece| {
            (piece.source.start + (offset - piece.at) + further).min(piece.source.end)
        })
    }
}

impl Piece {
    /// Whether text from `at` on, which stands at `source`, only makes this piece longer.
    fn continues(&self, at: usize, source: &Range<usize>) -> bool {
        self.source.end == source.start && at - self.at == self.source.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_found_again_behind_quote_marks() {
        let page = "> <div\n> id=plans>";
        let mut html = HtmlSource::default();
        html.push("<div\n", 2..7);
        html.push("id=plans>", 9..18);
        assert_eq!(html.text(), "<div\nid=plans>");
        assert_eq!(&page[html.in_page(page, 8..13)], "plans");
        assert_eq!(&page[html.in_page(page, 0..14)], "<div\n> id=plans>");
        assert_eq!(html.in_page(page, 5..5), 9..9);
        assert_eq!(HtmlSource::default().in_page(page, 0..0), 0..0);
    }
}

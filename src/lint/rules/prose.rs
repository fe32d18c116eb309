//! What of a page is its own prose: not code, markup, links, template tags or generated text.

use std::ops::Range;

use crate::generate::mark::{marks_in, may_hold_marks};
use crate::source::Ranges;
use crate::source::markdown::{Outline, RunKind};

/// The prose of a page.
pub(super) struct Prose<'o> {
    outline: &'o Outline,
    /// What of its visible text is no prose.
    skipped: Ranges,
}

impl<'o> Prose<'o> {
    /// The prose of the page `text`. What is in a link is the name of something else, and no prose of
    /// this page.
    pub(super) fn of(text: &str, outline: &'o Outline) -> Self {
        let links = outline.links.iter().map(|link| link.span.clone());
        Self { outline, skipped: generated(text, outline).chain(links).collect() }
    }

    /// Whether the byte at `offset` is prose.
    pub(super) fn holds(&self, offset: usize) -> bool {
        let runs = &self.outline.text;
        let next = runs.partition_point(|run| run.span.end <= offset);
        let is_text = runs.get(next).is_some_and(|run| {
            run.span.start <= offset && matches!(run.kind, RunKind::Text | RunKind::Reference)
        });
        is_text && !self.skipped.contains(offset)
    }
}

/// The lines of a text, asked for by rising offsets: none is looked for twice, however long it is.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// The last one, and where the next begins.
    last: Option<Range<usize>>,
    next: usize,
}

impl<'t> Lines<'t> {
    /// The lines of `text`.
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, last: None, next: 0 }
    }

    /// The line on which the byte at `offset` stands, without its line break; `None` where it defines the target of
    /// links.
    pub(super) fn around(&mut self, offset: usize) -> Option<Range<usize>> {
        if offset >= self.next {
            let (before, rest) = self.text.as_bytes().split_at(offset);
            let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
            let end = memchr::memchr(b'\n', rest).map_or(self.text.len(), |at| offset + at + 1);
            let line = self.text[start..end].trim_end();
            self.last = (!is_definition(line)).then(|| start..start + line.len());
            self.next = end;
        }
        self.last.clone()
    }
}

/// Template tags and generated blocks of the page `text`: what they hold is not of the
/// page's own making.
pub(super) fn written_by_others(text: &str, outline: &Outline) -> Ranges {
    let tags = outline.text.iter().filter(|run| run.kind == RunKind::Template);
    generated(text, outline).chain(tags.map(|run| run.span.clone())).collect()
}

/// The marks of generated blocks, and what is between them.
fn generated(text: &str, outline: &Outline) -> impl Iterator<Item = Range<usize>> {
    let marks = if may_hold_marks(text) { marks_in(text, outline).0 } else { Vec::new() };
    marks.into_iter().map(|mark| mark.span())
}

/// Whether `line` defines the target of links: `[label]: target`. A footnote is prose.
fn is_definition(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('[') && !line.starts_with("[^") && line.contains("]:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_opens_a_tag_is_seen_in_a_text() {
        for (open, close) in [("<%", "%>"), ("{{", "}}"), ("{%", "%}")] {
            let text = format!("a {open} b {close} c");
            assert_eq!(words(&text), ["a", "c"], "{text}");
        }
        assert_eq!(words("{a} 100% {#id} { %"), ["{a}", "100%", "{#id}", "{", "%"]);
    }

    /// The words of `text` that are prose.
    fn words(text: &str) -> Vec<&str> {
        let outline = Outline::parse(text);
        let prose = Prose::of(text, &outline);
        let mut lines = Lines::of(text);
        let words = text.split_whitespace().filter(|word| {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            prose.holds(at) && lines.around(at).is_some_and(|line| line.contains(&at))
        });
        words.collect()
    }

    #[test]
    fn markup_links_and_what_others_write_is_no_prose() {
        assert_eq!(words("---\na: b\n---\nc `d` <!-- e --> <b f='g'> h</b>"), ["c", "h</b>"]);
        assert_eq!(words("a [b c](d) e\n\n[f]: g\n\n[^1]: h"), ["a", "e", "h"]);
        assert_eq!(words("a <%= b\nc %> d {{ e }} f {{ g\nh"), ["a", "d", "f", "{{", "g", "h"]);
        let block = "a\n\n<!-- pmctl:begin matrix -->\nb\n<!-- pmctl:end -->\n\nc\n";
        assert_eq!(words(block), ["a", "c"]);
    }
}

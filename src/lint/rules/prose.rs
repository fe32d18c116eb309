//! What of a page is its own prose: not code, markup, links, template tags or generated text.

use std::ops::Range;

use memchr::memmem;

use crate::generate::mark::{marks_in, may_hold_marks};
use crate::source::Ranges;
use crate::source::markdown::Outline;

/// The tags of templates, and whether one may go on over several lines.
const TEMPLATE_TAGS: [(&str, &str, bool); 3] =
    [("<%", "%>", true), ("{{", "}}", false), ("{%", "%}", false)];

/// The prose of a page.
pub(super) struct Prose {
    /// What is no prose, in order and apart.
    skipped: Ranges,
}

impl Prose {
    /// The prose of the page `text`. What stands in a link is the name of something else, and no prose of
    /// this page.
    pub(super) fn of(text: &str, outline: &Outline) -> Self {
        let front_matter = outline.front_matter.iter().map(|found| &found.block);
        let code = outline.code.iter().map(|code| &code.span);
        let comments = outline.comments.iter().map(|comment| &comment.span);
        let links = outline.links.iter().flat_map(|link| [&link.span, &link.target_span]);
        let others = written_by_others(text, outline);
        let markup = front_matter.chain(code).chain(comments).chain(&outline.html).chain(links);
        let skipped = others.as_slice().iter().cloned().chain(markup.cloned()).collect();
        Self { skipped }
    }

    /// Whether the byte at `offset` is prose.
    pub(super) fn holds(&self, offset: usize) -> bool {
        !self.skipped.contains(offset)
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
    let mut spans = Vec::new();
    // Most pages have none.
    let has_tags = may_hold_tags(text.as_bytes());
    for (open, close, is_long) in TEMPLATE_TAGS.into_iter().filter(|_| has_tags) {
        let mut at = 0;
        while let Some(found) = memmem::find(&text.as_bytes()[at..], open.as_bytes()) {
            let start = at + found;
            let inside = start + open.len();
            let end = match text[inside..].find('\n') {
                Some(length) if !is_long => inside + length,
                _ => text.len(),
            };
            let closed = text[inside..end].find(close);
            at = closed.map_or(end, |length| inside + length + close.len());
            if closed.is_some() {
                spans.push(start..at);
            }
        }
    }
    if may_hold_marks(text) {
        spans.extend(marks_in(text, outline).0.iter().map(crate::generate::mark::Mark::span));
    }
    spans.into_iter().collect()
}

/// Whether one of [`TEMPLATE_TAGS`] opens in `text`.
fn may_hold_tags(text: &[u8]) -> bool {
    memchr::memchr2_iter(b'{', b'%', text).any(|at| match text[at] {
        b'%' => text[..at].ends_with(b"<"),
        _ => matches!(text.get(at + 1), Some(b'{' | b'%')),
    })
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
        for (open, close, _) in TEMPLATE_TAGS {
            let text = format!("a {open} b {close} c");
            assert!(may_hold_tags(text.as_bytes()), "{text}");
            assert_eq!(words(&text), ["a", "c"], "{text}");
        }
        assert!(!may_hold_tags(b"{a} 100% {#id} <b> { %"));
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
        assert_eq!(words("a [b c](d) e\n\n[f]: g\n\n[^1]: h"), ["a", "e", "[^1]:", "h"]);
        assert_eq!(words("a <%= b\nc %> d {{ e }} f {{ g\nh"), ["a", "d", "f", "{{", "g", "h"]);
        let block = "a\n\n<!-- pmctl:begin matrix -->\nb\n<!-- pmctl:end -->\n\nc\n";
        assert_eq!(words(block), ["a", "c"]);
    }
}

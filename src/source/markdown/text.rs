//! The visible text of a page: runs of characters, each with its place and the block that it is in.

use std::ops::Range;

use memchr::memmem;

use super::html;

/// A part of the visible text, in a block that is no code, or a boundary in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What it is.
    pub kind: RunKind,
    /// The block that it is in.
    pub block: TextBlock,
    /// Whether the block is in a quote.
    pub is_quoted: bool,
    /// Its bytes in the page; of a boundary that no character marks, an empty range.
    pub span: Range<usize>,
}

/// What a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// A block begins.
    Start,
    /// A line break in a block.
    LineBreak,
    /// A tag of an HTML element that no sentence goes on through, such as `<br>` or `<td>`.
    Tag,
    /// Text that is shown as it is written.
    Text,
    /// Characters that are written as something else: `&mdash;`.
    Reference,
    /// What a code span holds, without its backticks, or `<code>`.
    Code,
    /// A template tag: `<%= ... %>`, `{{ ... }}`, `{% ... %}`.
    Template,
}

/// The block that a run is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextBlock {
    /// A paragraph.
    #[default]
    Paragraph,
    /// A heading, not in raw HTML.
    Heading,
    /// The first paragraph of a list item.
    Item,
    /// A cell of a table.
    Cell,
    /// Raw HTML.
    Html,
}

/// Elements that a sentence goes on through.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s",
    "small", "span", "strong", "sub", "sup", "time", "tt", "u",
];

/// Collects the runs of a page.
#[derive(Debug, Default)]
pub(super) struct Runs {
    found: Vec<Run>,
    block: TextBlock,
    /// Whether the block has begun and no run of it was found.
    is_new: bool,
    /// How many quotes are open.
    pub(super) quotes: usize,
    /// The end of the last template tag.
    template_end: usize,
    /// Set once no `%>` was found in the rest of the page.
    no_more_template_ends: bool,
}

impl Runs {
    /// A block begins. What begins at the start of a list item is the item.
    pub(super) fn start(&mut self, block: TextBlock) {
        let is_item = self.is_new && self.block == TextBlock::Item;
        if !(is_item && block == TextBlock::Paragraph) {
            self.block = block;
        }
        self.is_new = true;
    }

    /// Text is at `span`, shown as `text`.
    pub(super) fn text(&mut self, page: &str, mut span: Range<usize>, text: &str) {
        let written = &page[span.clone()];
        if written.starts_with('&') && written != text {
            return self.push(RunKind::Reference, span);
        }
        while let Some(open) = opening(page, &span) {
            self.push(RunKind::Text, span.start..open);
            let Some(end) = self.end_of_template(page, open) else {
                self.push(RunKind::Text, open..open + 1);
                span.start = open + 1;
                continue;
            };
            self.push(RunKind::Template, open..end);
            self.template_end = self.template_end.max(end);
            span.start = end.min(span.end);
        }
        self.push(RunKind::Text, span);
    }

    /// Text of raw HTML is at `span`, its character references still in it.
    pub(super) fn html_text(&mut self, page: &str, span: Range<usize>) {
        let mut at = span.start;
        while let Some(start) = memchr::memchr(b'&', &page.as_bytes()[at..span.end]) {
            let start = at + start;
            let length = page[start..span.end].find(';').filter(|&length| length < 32);
            let end = length.map_or(start + 1, |length| start + length + 1);
            let shown = html::unescape(&page[start..end]);
            self.text(page, at..start, "");
            self.text(page, start..end, &shown);
            at = end;
        }
        self.text(page, at..span.end, "");
    }

    /// A tag of an element called `name` is at `span`.
    pub(super) fn tag(&mut self, name: &str, span: Range<usize>) {
        if !INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name)) {
            self.push(RunKind::Tag, span);
        }
    }

    /// A run is at `span`. What is in a template tag is the tag's.
    pub(super) fn push(&mut self, kind: RunKind, span: Range<usize>) {
        let span = span.start.max(self.template_end)..span.end;
        if span.is_empty() {
            return;
        }
        let (block, is_quoted) = (self.block, self.quotes > 0);
        if std::mem::take(&mut self.is_new) {
            let span = span.start..span.start;
            self.found.push(Run { kind: RunKind::Start, block, is_quoted, span });
        }
        match self.found.last_mut() {
            Some(last)
                if kind == RunKind::Text
                    && last.kind == RunKind::Text
                    && last.span.end == span.start =>
            {
                last.span.end = span.end;
            }
            _ => self.found.push(Run { kind, block, is_quoted, span }),
        }
    }

    /// The runs in the order of the page.
    pub(super) fn finish(self) -> Vec<Run> {
        self.found
    }

    /// Where the template tag ends that opens at `open`, if it does.
    fn end_of_template(&mut self, page: &str, open: usize) -> Option<usize> {
        let inside = &page[open + 2..];
        let is_long = page[open..].starts_with('<');
        let (inside, close) = match &page[open..open + 2] {
            "<%" if self.no_more_template_ends => return None,
            "<%" => (inside, "%>"),
            "{%" => (inside.lines().next()?, "%}"),
            _ => (inside.lines().next()?, "}}"),
        };
        let end = memmem::find(inside.as_bytes(), close.as_bytes());
        self.no_more_template_ends |= is_long && end.is_none();
        end.map(|length| open + 2 + length + close.len())
    }
}

/// `runs` without what `hidden` holds, both in order.
pub(super) fn without(runs: Vec<Run>, hidden: &[Range<usize>]) -> Vec<Run> {
    let mut left = Vec::with_capacity(runs.len());
    for mut run in runs {
        let first = hidden.partition_point(|hidden| hidden.end <= run.span.start);
        for hidden in hidden[first..].iter().take_while(|hidden| hidden.start < run.span.end) {
            if run.span.start < hidden.start {
                left.push(Run { span: run.span.start..hidden.start, ..run.clone() });
            }
            run.span.start = hidden.end.min(run.span.end);
        }
        if !run.span.is_empty() || run.kind == RunKind::Start {
            left.push(run);
        }
    }
    left
}

/// Where in `span` of `page` a template tag opens.
fn opening(page: &str, span: &Range<usize>) -> Option<usize> {
    let bytes = page.as_bytes();
    let signs = memchr::memchr2_iter(b'<', b'{', &bytes[span.clone()]);
    signs
        .map(|at| span.start + at)
        .find(|&at| matches!((bytes[at], bytes.get(at + 1)), (_, Some(b'%')) | (b'{', Some(b'{'))))
}

/// Runs put together, with one control character for each boundary, and the way back to the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainText {
    /// The text. A line break is a line feed; other control characters of the page are spaces.
    pub text: String,
    /// Where parts of the text begin, there and in the page, in order.
    places: Vec<(usize, usize)>,
}

impl PlainText {
    /// Begins a paragraph.
    pub const PARAGRAPH: char = '\u{1}';
    /// Begins a list item.
    pub const ITEM: char = '\u{2}';
    /// Begins a heading.
    pub const HEADING: char = '\u{3}';
    /// Begins a cell of a table.
    pub const CELL: char = '\u{4}';
    /// Begins a row of a table in raw HTML.
    pub const ROW: char = '\u{5}';
    /// Any other tag of an element that no sentence goes on through.
    pub const ELEMENT: char = '\u{6}';
    /// A template tag.
    pub const TEMPLATE: char = '\u{7}';

    /// Puts `runs` of `page` together.
    pub fn new<'r>(page: &str, runs: impl IntoIterator<Item = &'r Run>) -> Self {
        let mut plain = Self::default();
        for run in runs {
            plain.places.push((plain.text.len(), run.span.start));
            let written = &page[run.span.clone()];
            match run.kind {
                RunKind::Text | RunKind::Code => plain.push(written),
                RunKind::Reference => plain.push(&html::unescape_closed(written)),
                RunKind::LineBreak => plain.text.push('\n'),
                RunKind::Template => plain.text.push(Self::TEMPLATE),
                RunKind::Tag => plain.text.push(boundary_of(written)),
                RunKind::Start => plain.text.push(match run.block {
                    TextBlock::Paragraph | TextBlock::Html => Self::PARAGRAPH,
                    TextBlock::Heading => Self::HEADING,
                    TextBlock::Item => Self::ITEM,
                    TextBlock::Cell => Self::CELL,
                }),
            }
        }
        plain
    }

    /// The text at `span` of `page`, which is no Markdown, as one paragraph.
    pub fn of_one_paragraph(page: &str, span: Range<usize>) -> Self {
        let (block, is_quoted) = (TextBlock::Paragraph, false);
        let start = Run { kind: RunKind::Start, block, is_quoted, span: span.start..span.start };
        Self::new(page, [&start, &Run { kind: RunKind::Text, span, ..start.clone() }])
    }

    fn push(&mut self, text: &str) {
        // Of a control character as many spaces as it has bytes, so that places stay true.
        let is_control = |char: char| char.is_control() && char != '\n';
        for part in text.split_inclusive(is_control) {
            let shown = part.trim_end_matches(is_control);
            self.text.push_str(shown);
            self.text.extend(std::iter::repeat_n(' ', part.len() - shown.len()));
        }
    }

    /// The place in the page of byte `at` of the text.
    pub fn in_page(&self, at: usize) -> usize {
        let next = self.places.partition_point(|(start, _)| *start <= at);
        next.checked_sub(1).map_or(0, |last| {
            let (start, in_page) = self.places[last];
            in_page + (at - start)
        })
    }

    /// The place in the text of byte `at` of the page; of one that is not in the text, the next.
    pub fn in_text(&self, at: usize) -> usize {
        let next = self.places.partition_point(|(_, in_page)| *in_page <= at);
        let end = self.places.get(next).map_or(self.text.len(), |(start, _)| *start);
        next.checked_sub(1).map_or(0, |last| {
            let (start, in_page) = self.places[last];
            self.text.ceil_char_boundary((start + (at - in_page)).min(end))
        })
    }
}

/// The boundary that an HTML tag is.
fn boundary_of(tag: &str) -> char {
    let name = tag.trim_start_matches(['<', '/']);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let is = |names: &[&str]| names.iter().any(|it| it.eq_ignore_ascii_case(name));
    match () {
        () if tag.starts_with("</") => PlainText::ELEMENT,
        () if is(&["td", "th"]) => PlainText::CELL,
        () if is(&["tr"]) => PlainText::ROW,
        () if is(&["li"]) => PlainText::ITEM,
        () => PlainText::ELEMENT,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Outline;
    use super::*;

    fn plain(page: &str) -> PlainText {
        PlainText::new(page, &Outline::parse(page).text)
    }

    #[test]
    fn what_is_shown_is_text_and_the_rest_is_not() {
        for (page, text) in [
            ("---\na: b\n---\n# C\n\nd **e**\nf\n", "\u{3}C\u{1}d e\nf"),
            ("a [b](c) `d` <!-- e --> <b title=f>g</b>", "\u{1}a b d  g"),
            ("- a\n- b\n\n  c\n  - d\n", "\u{2}a\u{2}b\u{1}c\u{2}d"),
            ("```\na\n```\n\n    b\n\nc\n", "\u{1}c"),
            ("a <%= b\n**c** %> d {{e}} {% f", "\u{1}a \u{7} d \u{7} {% f"),
            ("<p>a&amp;b<br>\nc</p>\n\n![d](e)", "\u{1}\u{6}a&b\u{6}\nc\u{6}\n"),
            ("| a | b |\n|---|---|\n| c | `d` |\n", "\u{4}a\u{4}b\u{4}c\u{4}d"),
            ("<table><tr><td>a</td></tr></table>", "\u{1}\u{6}\u{5}\u{4}a\u{6}\u{6}\u{6}"),
            (
                "> a\n> b\n\n<pre>\nc\n</pre>\n<script>d</script>\n",
                "\u{1}a\nb\u{1}\u{6}\u{6}\n\u{1}\u{6}\u{6}\n",
            ),
            ("a &mdash; \\*b &x; {: .c}", "\u{1}a — *b &x; {: .c}"),
            ("{::comment}a{:/comment} b", "\u{1} b"),
        ] {
            assert_eq!(plain(page).text, text, "{page}");
        }
    }

    #[test]
    fn a_place_in_the_text_is_found_again_in_the_page() {
        let page = "# Über\n\na **b** &eacute;\n<%= c %> [d](e)\n";
        let plain = plain(page);
        for word in ["Über", "a ", "b", "d"] {
            let at = plain.text.find(word).expect(word);
            assert!(page[plain.in_page(at)..].starts_with(word), "{word}");
            assert_eq!(plain.in_text(plain.in_page(at)), at, "{word}");
        }
        assert_eq!(plain.in_text(page.find("](e)").expect("a target")), plain.text.len());
    }

    #[test]
    fn a_run_knows_its_block() {
        let page = "# a\n\n> - b\n\nc\n\n| d |\n|---|\n\n<p>e</p>\n";
        let outline = Outline::parse(page);
        let text = outline.text.iter().filter(|run| run.kind == RunKind::Text);
        let blocks: Vec<_> =
            text.map(|run| (page[run.span.clone()].trim(), run.block, run.is_quoted)).collect();
        assert_eq!(
            blocks[..5],
            [
                ("a", TextBlock::Heading, false),
                ("b", TextBlock::Item, true),
                ("c", TextBlock::Paragraph, false),
                ("d", TextBlock::Cell, false),
                ("e", TextBlock::Html, false),
            ]
        );
    }
}

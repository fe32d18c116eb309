//! Reads a page once, event by event, and hands every event to the collector that wants it.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, RefDefs, Tag, TagEnd};

use super::attributes;
use super::bare;
use super::destination;
use super::front_matter::front_matter;
use super::headings::Headings;
use super::html;
use super::html_source::HtmlSource;
use super::kramdown::{self, Padded};
use super::links::Links;
use super::nesting;
use super::outline::{
    Anchor, Block, BlockKind, CodeKind, CodeRange, Comment, Link, LinkForm, LinkKind, Outline,
};
use super::tables::Tables;
use super::text::{self, RunKind, Runs, TextBlock};

/// The outline of `page`, with or without the web addresses that stand in it without a mark.
///
/// Front matter and heading attributes are ours, not the parser's: it finds front matter on the first line
/// only, and would take `{name}` off a heading's end as an attribute.
pub(super) fn outline(page: &str, has_bare_links: bool) -> Outline {
    let front_matter = front_matter(page);
    let block = front_matter.as_ref().map_or(0..0, |found| found.block.clone());
    let read = |hidden: &[Range<usize>]| {
        let masked = kramdown::masked(page, hidden);
        let mut walk = Walk { has_bare_links, ..Walk::new(page) };
        walk.part(&masked, 0..block.start);
        walk.part(&masked, block.end..page.len());
        let comments = hidden.iter().map(|span| {
            let text = page[span.clone()].to_owned();
            Comment { span: span.clone(), text }
        });
        walk.outline.comments.extend(comments);
        let mut outline = walk.finish();
        if !hidden.is_empty() {
            outline.text = text::without(outline.text, hidden);
        }
        outline
    };
    let mut outline = read(&[]);
    if kramdown::may_hold_comments(page) {
        let mut hidden: Vec<Range<usize>> = Vec::new();
        // What a comment holds may have hidden where others begin.
        for _ in 0..3 {
            let found =
                kramdown::comments(page, block.end, &outline, &hidden.iter().cloned().collect());
            if found.is_empty() {
                break;
            }
            hidden.extend(found);
            hidden.sort_by_key(|span| span.start);
            hidden.dedup_by(|next, last| next.start < last.end);
            outline = read(&hidden);
        }
    }
    outline.front_matter = front_matter;
    outline
}

/// What was read so far.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own")]
pub(super) struct Walk<'t> {
    pub(super) page: &'t str,
    /// Lists that need no collector: anchors, code, comments, HTML and blocks.
    pub(super) outline: Outline,
    pub(super) headings: Headings,
    pub(super) links: Links,
    pub(super) runs: Runs,
    tables: Tables,
    /// The raw HTML block being read.
    html: HtmlSource,
    /// Whether web addresses without a mark are looked for.
    has_bare_links: bool,
    /// How many blocks are open.
    depth: usize,
    in_code_block: bool,
    /// Whether nothing but the start of a paragraph was read since a heading.
    behind_heading: bool,
    /// The HTML element being read that is code: its name, and where it begins.
    pub(super) code_element: Option<(String, usize)>,
    /// The end of a comment that goes on behind its block: nothing before it counts.
    pub(super) hidden_until: usize,
    /// Set once no `-->` was found in the rest of the page.
    pub(super) no_more_comment_ends: bool,
}

impl<'t> Walk<'t> {
    fn new(page: &'t str) -> Self {
        Self {
            page,
            outline: Outline::default(),
            headings: Headings::default(),
            links: Links::default(),
            runs: Runs::default(),
            tables: Tables::default(),
            html: HtmlSource::default(),
            has_bare_links: true,
            depth: 0,
            in_code_block: false,
            behind_heading: false,
            code_element: None,
            hidden_until: 0,
            no_more_comment_ends: false,
        }
    }

    /// Reads a part of the page on its own, from a `text` of it in which nothing moved.
    fn part(&mut self, text: &str, part: Range<usize>) {
        if part.is_empty() {
            return;
        }
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let padded = kramdown::padded(nesting::bounded(&text[part.clone()]));
        let mut events = Parser::new_ext(&padded.text, options).into_offset_iter();
        while let Some((event, range)) = events.next() {
            let range = padded.original(range);
            let range = range.start + part.start..range.end + part.start;
            self.event(
                event,
                range,
                &Definitions { all: events.reference_definitions(), part: &part, padded: &padded },
            );
        }
        let anchor = self.headings.give_up_element();
        self.outline.anchors.extend(anchor);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>, definitions: &Definitions<'_>) {
        let is_hidden = range.start < self.hidden_until;
        let was_behind_heading = std::mem::take(&mut self.behind_heading);
        match event {
            Event::Start(tag) => {
                let is_inline = is_inline(tag.to_end());
                self.in_code_block |= matches!(tag, Tag::CodeBlock(_));
                self.runs.quotes += usize::from(matches!(tag, Tag::BlockQuote(_)));
                if !is_hidden {
                    self.behind_heading = was_behind_heading && tag == Tag::Paragraph;
                    if is_inline {
                        self.start_inline(tag, range, definitions);
                    } else {
                        self.start_block(&tag, range);
                    }
                }
                self.depth += usize::from(!is_inline);
            }
            Event::End(tag) if is_inline(tag) => match tag {
                TagEnd::Link => self.links.end(LinkKind::Link, self.page),
                TagEnd::Image => self.links.end(LinkKind::Image, self.page),
                _ => {}
            },
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.end_block(tag);
            }
            _ if is_hidden => {}
            Event::Text(text) if self.in_code_block => self.headings.text(&text),
            Event::Text(text) => {
                self.cover(&range);
                if text.starts_with("{:") {
                    self.attribute_list(range.start, was_behind_heading);
                }
                self.bare_links(range.clone());
                self.run(RunKind::Text, range, &text);
                self.text(&text);
            }
            Event::Code(code) => {
                self.cover(&range);
                let marks =
                    self.page[range.clone()].bytes().take_while(|&byte| byte == b'`').count();
                let inside = range.start + marks..range.end - marks;
                self.run(RunKind::Code, inside, &code);
                self.outline.code.push(CodeRange { kind: CodeKind::Span, span: range });
                self.text(&code);
            }
            Event::InlineHtml(html) => {
                self.cover(&range);
                let mut source = HtmlSource::default();
                source.push(&html, range);
                self.markup(&source);
            }
            Event::Html(html) => self.html.push(&html, range),
            // A line break in a heading is no space: its slug has nothing there.
            Event::SoftBreak | Event::HardBreak => {
                self.cover(&range);
                self.run(RunKind::LineBreak, range, "\n");
                self.text("\n");
            }
            Event::Rule => self.block(BlockKind::Rule, range),
            Event::FootnoteReference(_) => self.cover(&range),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// A part of whatever is open stands at `range`.
    fn cover(&mut self, range: &Range<usize>) {
        self.headings.cover(range);
        self.links.cover(range);
    }

    /// A run of visible text is at `range`, shown as `text`.
    fn run(&mut self, kind: RunKind, range: Range<usize>, text: &str) {
        match (kind, &self.code_element) {
            _ if self.links.is_in_image() => {}
            (RunKind::Text, None) => self.runs.text(self.page, range, text),
            (_, None) => self.runs.push(kind, range),
            (_, Some((name, _))) => self.code_run(name.eq_ignore_ascii_case("code"), range),
        }
    }

    /// Text in an HTML element that is code is at `range`. Only `<code>` is a part of a sentence.
    pub(super) fn code_run(&mut self, is_span: bool, range: Range<usize>) {
        if is_span {
            self.runs.push(RunKind::Code, range);
        }
    }

    /// Text as rendered, for whatever is open.
    pub(super) fn text(&mut self, text: &str) {
        if !self.links.is_in_image() {
            self.headings.text(text);
            self.tables.text(text);
        }
    }

    fn start_inline(&mut self, tag: Tag<'_>, range: Range<usize>, definitions: &Definitions<'_>) {
        self.cover(&range);
        let (kind, link_type, target, label) = match tag {
            Tag::Link { link_type, dest_url, id, .. } => (LinkKind::Link, link_type, dest_url, id),
            Tag::Image { link_type, dest_url, id, .. } => {
                (LinkKind::Image, link_type, dest_url, id)
            }
            _ => return,
        };
        let mut target = target.into_string();
        let inside_brackets = range.start + 1..range.end.max(range.start + 2) - 1;
        let (form, target_span) = match link_type {
            LinkType::Inline | LinkType::WikiLink { .. } => {
                (LinkForm::Inline, range.end..range.end)
            }
            LinkType::Autolink => (LinkForm::Autolink, inside_brackets),
            LinkType::Email => {
                target.insert_str(0, "mailto:");
                (LinkForm::Autolink, inside_brackets)
            }
            LinkType::Reference
            | LinkType::ReferenceUnknown
            | LinkType::Collapsed
            | LinkType::CollapsedUnknown
            | LinkType::Shortcut
            | LinkType::ShortcutUnknown => {
                let found = definitions.destination(self.page, &label, &target);
                (LinkForm::Reference, found.unwrap_or(range.end..range.end))
            }
        };
        self.links.start(Link { kind, form, span: range, target, target_span });
    }

    fn start_block(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let range = self.trimmed(range);
        if let Some(kind) = block_kind(tag) {
            self.block(kind, range.clone());
        }
        let block = match tag {
            Tag::Paragraph => Some(TextBlock::Paragraph),
            Tag::Heading { .. } => Some(TextBlock::Heading),
            Tag::Item => Some(TextBlock::Item),
            Tag::TableCell => Some(TextBlock::Cell),
            Tag::HtmlBlock => Some(TextBlock::Html),
            _ => None,
        };
        if let Some(block) = block {
            self.runs.start(block);
        }
        match tag {
            Tag::Heading { level, .. } => {
                let given_up = self.headings.start(*level as u8, range);
                self.outline.anchors.extend(given_up);
            }
            Tag::CodeBlock(kind) => {
                let kind = if kind.is_fenced() { CodeKind::Fenced } else { CodeKind::Indented };
                self.outline.code.push(CodeRange { kind, span: range });
            }
            Tag::Item => self.outline.items.push(range),
            Tag::Table(_) => self.tables.start(range),
            Tag::TableHead | Tag::TableRow => self.tables.start_row(range),
            Tag::TableCell => self.tables.start_cell(range, self.page),
            _ => {}
        }
    }

    fn end_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) if self.headings.is_open() => {
                self.headings.end(self.page);
                self.behind_heading = true;
            }
            TagEnd::CodeBlock => self.in_code_block = false,
            TagEnd::BlockQuote(_) => self.runs.quotes = self.runs.quotes.saturating_sub(1),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.markup(&html);
            }
            TagEnd::TableCell => self.tables.end_cell(),
            TagEnd::TableHead => self.tables.end_header(),
            TagEnd::TableRow => self.tables.end_row(self.page),
            TagEnd::Table => self.tables.end(),
            _ => {}
        }
        self.links.end_block();
        self.code_element = None;
    }

    /// Notes a block if it is of the top level.
    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        if self.depth == 0 {
            let span = self.trimmed(range);
            self.outline.blocks.push(Block { kind, span });
        }
    }

    /// The kramdown list at `start` names the heading on the line before, or else what it is in.
    fn attribute_list(&mut self, start: usize, behind_heading: bool) {
        if self.headings.is_open() {
            return;
        }
        let Some(list) = attributes::leading(&self.page[start..]) else { return };
        let Some(id) = list.id else { return };
        let heading_end = self.headings.last_end().filter(|&end| behind_heading && end <= start);
        let is_next_line =
            |end: usize| self.page[end..start].bytes().filter(|&byte| byte == b'\n').count() == 1;
        if heading_end.is_some_and(is_next_line) {
            self.headings.name_last(id);
        } else {
            self.outline.anchors.push(Anchor { id, span: start..start + list.span.end });
        }
    }

    /// The web addresses that stand in the text at `range` without any mark.
    fn bare_links(&mut self, range: Range<usize>) {
        let mut from = range.start.max(self.links.end_of_last());
        while self.has_bare_links && !self.links.is_open() && from < range.end {
            let Some(span) = bare::address(self.page, from..range.end) else { return };
            from = span.end;
            let mut target = html::unescape_closed(&self.page[span.clone()]).into_owned();
            if target.starts_with("www.") {
                target.insert_str(0, "http://");
            }
            let (kind, form, target_span) = (LinkKind::Link, LinkForm::Bare, span.clone());
            self.links.bare(Link { kind, form, span, target, target_span });
        }
    }

    /// `range` without the white space at its end.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        range.start..range.start + self.page[range.clone()].trim_ascii_end().len()
    }

    fn finish(self) -> Outline {
        let mut outline = self.outline;
        outline.headings = self.headings.finish();
        outline.links = self.links.finish();
        outline.tables = self.tables.finish();
        outline.text = self.runs.finish();
        outline.anchors.sort_by_key(|anchor| anchor.span.start);
        outline.code.sort_by_key(|code| code.span.start);
        outline.comments.sort_by_key(|comment| comment.span.start);
        outline.merge_literal();
        outline
    }
}

/// `text` as a browser shows it: runs of white space are one space.
pub(super) fn on_one_line(text: String) -> String {
    let bytes = text.as_bytes();
    let is_run =
        |pair: &[u8]| pair[1].is_ascii_whitespace() && (pair[0] == b' ' || pair[1] != b' ');
    let is_at_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    // Most text is so already.
    match is_at_edge(bytes.first()) || is_at_edge(bytes.last()) || bytes.windows(2).any(is_run) {
        true => text.split_ascii_whitespace().collect::<Vec<_>>().join(" "),
        false => text,
    }
}

/// The link reference definitions of a part of the page.
struct Definitions<'a> {
    all: &'a RefDefs<'a>,
    part: &'a Range<usize>,
    padded: &'a Padded<'a>,
}

impl Definitions<'_> {
    fn destination(&self, page: &str, label: &str, target: &str) -> Option<Range<usize>> {
        let definition = self.padded.original(self.all.get(label)?.span.clone());
        let offset = self.part.start;
        let span = definition.start + offset..definition.end + offset;
        Some(destination::in_definition(page, span, target))
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// What `tag` is at the top level; nothing for the parts of a block.
fn block_kind(tag: &Tag<'_>) -> Option<BlockKind> {
    Some(match tag {
        Tag::Paragraph => BlockKind::Paragraph,
        Tag::Heading { .. } => BlockKind::Heading,
        Tag::BlockQuote(_) => BlockKind::Quote,
        Tag::List(_) | Tag::DefinitionList => BlockKind::List,
        Tag::Table(_) => BlockKind::Table,
        Tag::CodeBlock(_) => BlockKind::Code,
        Tag::HtmlBlock => BlockKind::Html,
        Tag::FootnoteDefinition(_) => BlockKind::Footnote,
        _ => return None,
    })
}

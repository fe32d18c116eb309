//! What an outline holds. Every range is of bytes in the page, on character boundaries.

use std::ops::Range;

use super::FrontMatter;
use super::text::Run;
use super::walk;
use crate::source::Ranges;

/// What stands where in a Markdown page. Every list is in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The front matter at the top.
    pub front_matter: Option<FrontMatter>,
    /// Headings, those in raw HTML too.
    pub headings: Vec<Heading>,
    /// Link targets other than headings.
    pub anchors: Vec<Anchor>,
    /// Tables, nested ones too.
    pub tables: Vec<Table>,
    /// Links and images, those in raw HTML too.
    pub links: Vec<Link>,
    /// Code. A code span may stand in an HTML element that is code as well.
    pub code: Vec<CodeRange>,
    /// HTML comments.
    pub comments: Vec<Comment>,
    /// The other raw HTML: each tag and declaration. The text between the tags is not HTML.
    pub html: Vec<Range<usize>>,
    /// The addresses in raw HTML that are [not safe](crate::source::scheme) to follow, whatever attribute holds them.
    pub unsafe_html: Vec<Range<usize>>,
    /// The top level of the page, front matter and link definitions aside.
    pub blocks: Vec<Block>,
    /// The items of lists, nested ones too.
    pub items: Vec<Range<usize>>,
    /// The visible text.
    pub text: Vec<Run>,
    /// Code and comments, merged, for [`Outline::is_literal`].
    pub(super) literal: Ranges,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// All of it: `## Plans {#plans}`, both lines of an underlined one, `<h2>` to `</h2>`.
    pub span: Range<usize>,
    /// Its text as rendered, on one line. Images add nothing.
    pub title: String,
    /// Its content as written, without marks, attributes and tags.
    pub title_span: Range<usize>,
    /// Its anchor. An id that the page gives is as written; the others differ from all before them.
    pub id: String,
    /// Whether the page gives the id.
    pub explicit_id: bool,
}

/// A place that a link can lead to: `id` or `name` of an HTML element, or kramdown's `{: #id}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The id.
    pub id: String,
    /// The id's characters, or the attribute list that gives it.
    pub span: Range<usize>,
}

/// A table. Its rows all have as many cells as its header, as rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// From the header to the last row.
    pub span: Range<usize>,
    /// The header's cells.
    pub header: Vec<Cell>,
    /// The rows below the delimiter row.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The row, without indentation and line break.
    pub span: Range<usize>,
    /// One for each cell of the header: a short row is filled up with empty cells at its end, what a long
    /// row has more is not shown.
    pub cells: Vec<Cell>,
    /// How many cells are written.
    pub raw_cells: usize,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The content, without the white space around it.
    pub span: Range<usize>,
    /// The content as rendered, code included, images not.
    pub text: String,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is.
    pub kind: LinkKind,
    /// How it is written.
    pub form: LinkForm,
    /// All of it. Of an HTML link that the block it stands in does not close: its tag.
    pub span: Range<usize>,
    /// The destination: escapes and character references read, nothing decoded or resolved.
    /// `mailto:` is put before a mail address in angle brackets, `http://` before a bare `www.`.
    pub target: String,
    /// The destination as written. It is outside `span` for [`LinkForm::Reference`]: in the definition,
    /// which other links may share.
    pub target_span: Range<usize>,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// It leads somewhere.
    Link,
    /// It shows an image.
    Image,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkForm {
    /// `[text](target)`.
    Inline,
    /// `[text][label]`, `[label][]` or `[label]`, with a definition elsewhere.
    Reference,
    /// `<https://...>` or `<name@host>`.
    Autolink,
    /// `https://...` or `www....` in the text, without any mark.
    Bare,
    /// `<a href="...">` or `<img src="...">`.
    Html,
}

/// A range that shows characters as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRange {
    /// What makes it code.
    pub kind: CodeKind,
    /// All of it, fences and backticks included.
    pub span: Range<usize>,
}

/// What makes a range code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// A block between fences.
    Fenced,
    /// An indented block.
    Indented,
    /// Backticks in a line.
    Span,
    /// An HTML element: `<code>`, `<pre>`, `<script>`, `<style>` or `<textarea>`.
    Element,
}

/// An HTML comment, or one of kramdown (`{::comment}`). An HTML comment that is not closed in its block hides everything
/// up to the next `-->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// All of it.
    pub span: Range<usize>,
    /// What stands between `<!--` and `-->`, without the marks of a quote around it; all of one of kramdown.
    pub text: String,
}

/// A block of the page's top level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// All of it, without the line break at its end.
    pub span: Range<usize>,
}

/// What a block of the top level is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading, not in raw HTML.
    Heading,
    /// A block quote.
    Quote,
    /// A list of any kind.
    List,
    /// A table.
    Table,
    /// A fenced or indented code block.
    Code,
    /// Raw HTML, comments included.
    Html,
    /// A thematic break.
    Rule,
    /// The text of a footnote.
    Footnote,
}

impl Outline {
    /// Reads `text`, which has no byte order mark. Takes time in proportion to its length.
    pub fn parse(text: &str) -> Self {
        walk::outline(text, true)
    }

    /// Reads `text` like [`Outline::parse`], but for web addresses that stand in it without a mark: looking
    /// for them takes a fifth of the time, and few ask for them.
    pub fn parse_without_bare_links(text: &str) -> Self {
        walk::outline(text, false)
    }

    /// Whether the byte at `offset` is in code or in a comment.
    pub fn is_literal(&self, offset: usize) -> bool {
        self.literal.contains(offset)
    }

    /// Every id that a link can lead to: those of headings, then the other anchors.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let headings = self.headings.iter().map(|heading| heading.id.as_str());
        headings.chain(self.anchors.iter().map(|anchor| anchor.id.as_str()))
    }

    /// Fills `literal` from the code and the comments.
    pub(super) fn merge_literal(&mut self) {
        let code = self.code.iter().map(|code| code.span.clone());
        let comments = self.comments.iter().map(|comment| comment.span.clone());
        self.literal = code.chain(comments).collect();
    }
}

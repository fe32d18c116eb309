//! Where a page receives generated text: blocks between two markers, and directives.
//!
//! ```text
//! <!-- pmctl:begin feature_matrix columns=tiers -->
//! ...
//! <!-- pmctl:end sha256=... -->
//!
//! {{generator:product_team.code_search}}
//! ```
//!
//! What stands in code, and a directive in a comment, is an example and stays.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;
use sha2::{Digest, Sha256};

use crate::source::markdown::Outline;

/// A place of a page that receives generated text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What is asked for.
    pub call: Call,
    /// How the place is marked.
    pub kind: MarkKind,
    /// What stands before the marker on its line: spaces and tabs.
    pub indent: String,
    /// The level of the heading that it stands under; 0 before the first.
    pub level: u8,
}

/// How a place is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A block.
    Block {
        /// The begin marker.
        begin: Range<usize>,
        /// Everything between the markers: whole lines.
        content: Range<usize>,
        /// The end marker.
        end: Range<usize>,
        /// The checksum in it.
        checksum: Option<String>,
    },
    /// A directive.
    Directive {
        /// All of it.
        span: Range<usize>,
    },
}

/// A generator by its name, and what it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub name_span: Range<usize>,
    /// Arguments by name; that of a directive has none.
    pub arguments: Vec<WrittenArgument>,
}

/// An argument as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenArgument {
    /// Its name; `None` behind the point of a directive.
    pub name: Option<String>,
    /// Its value.
    pub value: String,
    /// All of it.
    pub span: Range<usize>,
}

/// A marker that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenMarker {
    /// Where.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What every mark begins with.
pub const BEGINNINGS: [&str; 2] = ["pmctl:", "{{generator:"];

/// Whether `text` may hold a mark: one scan, and no parsing.
pub fn may_hold_marks(text: &str) -> bool {
    static MARKS: LazyLock<[memmem::Finder<'static>; 2]> =
        LazyLock::new(|| BEGINNINGS.map(memmem::Finder::new));
    MARKS.iter().any(|mark| mark.find(text.as_bytes()).is_some())
}

/// The marks of the page `text`, in its order, and the markers that are broken.
pub fn marks(text: &str) -> (Vec<Mark>, Vec<BrokenMarker>) {
    match may_hold_marks(text) {
        true => marks_in(text, &Outline::parse_without_bare_links(text)),
        false => (Vec::new(), Vec::new()),
    }
}

/// The [`marks`] of the page `text` by its `outline`.
pub fn marks_in(text: &str, outline: &Outline) -> (Vec<Mark>, Vec<BrokenMarker>) {
    let mut found = Finder { text, outline, marks: Vec::new(), broken: Vec::new() };
    found.blocks();
    let blocks = found.block_spans();
    found.directives(&blocks);
    found.levels(&blocks);
    found.marks.sort_by_key(|mark| mark.span().start);
    found.broken.sort_by_key(|broken| broken.span.start);
    (found.marks, found.broken)
}

/// Returns the page `text` without what is generated into it: the content of its blocks and their checksums. `None`
/// where a marker is broken, so that nobody knows what belongs to which block.
pub fn without_generated(text: &str) -> Option<String> {
    let (marks, broken) = marks(text);
    if !broken.is_empty() {
        return None;
    }
    let mut own = String::with_capacity(text.len());
    let mut at = 0;
    for mark in &marks {
        if let MarkKind::Block { content, end, .. } = &mark.kind {
            own.push_str(&text[at..content.start]);
            at = end.end;
        }
    }
    own.push_str(&text[at..]);
    Some(own)
}

/// Returns what is generated into the page `text`: the content of its blocks with their checksums.
pub fn generated(text: &str) -> Vec<&str> {
    let marks = marks(text).0;
    let blocks = marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Block { content, end, .. } => Some(&text[content.start..end.end]),
        MarkKind::Directive { .. } => None,
    });
    blocks.collect()
}

impl Mark {
    /// From the first marker to the last.
    pub fn span(&self) -> Range<usize> {
        match &self.kind {
            MarkKind::Block { begin, end, .. } => begin.start..end.end,
            MarkKind::Directive { span } => span.clone(),
        }
    }
}

/// The checksum of generated `text`, whatever its line breaks and its indentation.
pub fn checksum(text: &str, indent: &str) -> String {
    let mut hash = Sha256::new();
    for line in text.lines() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        hash.update(line.strip_prefix(indent).unwrap_or(line).trim_end());
        hash.update(b"\n");
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

struct Finder<'a> {
    text: &'a str,
    outline: &'a Outline,
    marks: Vec<Mark>,
    broken: Vec<BrokenMarker>,
}

/// A marker in a comment.
enum Marker {
    Begin(Range<usize>, Call),
    End(Range<usize>, Option<String>),
}

impl Finder<'_> {
    fn broken(&mut self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.broken.push(BrokenMarker { span, message: message.into(), help: help.into() });
    }

    fn blocks(&mut self) {
        let mut open: Option<(Range<usize>, Call)> = None;
        let in_order = |mut spans: Vec<Range<usize>>| {
            spans.sort_by_key(|span| span.start);
            spans
        };
        let outline = self.outline;
        let comments = outline.comments.iter().map(|comment| comment.span.clone()).collect();
        let code = in_order(outline.code.iter().map(|code| code.span.clone()).collect());
        let mut code = code.into_iter().peekable();
        // How far the code reaches that begins before the comment.
        let mut reach = 0;
        for span in in_order(comments) {
            while let Some(code) = code.next_if(|code| code.start <= span.start) {
                reach = reach.max(code.end);
            }
            if span.end <= reach {
                continue;
            }
            match self.marker(span) {
                None => {}
                Some(Marker::Begin(span, call)) => {
                    if let Some((first, _)) = open.replace((span.clone(), call)) {
                        self.broken(
                            first,
                            "this block is not closed before the next begins",
                            "put `<!-- pmctl:end -->` on a line of its own behind it; blocks do not lie in each other",
                        );
                    }
                }
                Some(Marker::End(end, checksum)) => match open.take() {
                    None => self.broken(
                        end,
                        "this marker ends a block that does not begin",
                        "remove it, or put `<!-- pmctl:begin NAME -->` before it",
                    ),
                    Some((begin, call)) => self.block(begin, call, end, checksum),
                },
            }
        }
        if let Some((begin, _)) = open {
            self.broken(
                begin,
                "this block is not closed",
                "put `<!-- pmctl:end -->` on a line of its own behind it",
            );
        }
    }

    fn marker(&mut self, span: Range<usize>) -> Option<Marker> {
        let inner = self.text[span.clone()].strip_prefix("<!--")?;
        let inner = inner.strip_suffix("-->").unwrap_or(inner);
        let start = span.start + 4 + (inner.len() - inner.trim_start().len());
        let inner = inner.trim();
        let rest = inner.strip_prefix("pmctl:")?;
        let word_end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, rest) = rest.split_at(word_end);
        let rest_start = start + "pmctl:".len() + word_end;
        if !self.is_alone(&span) {
            self.broken(
                span,
                "a marker has to stand on a line of its own",
                "put line breaks around it",
            );
            return None;
        }
        match word {
            "begin" => match Self::call(rest, rest_start) {
                Ok(call) => Some(Marker::Begin(span, call)),
                Err(message) => {
                    self.broken(span, message, "write it as `<!-- pmctl:begin NAME key=value -->`");
                    None
                }
            },
            "end" => match rest.trim() {
                "" => Some(Marker::End(span, None)),
                // Whatever stands there that is no checksum of this text: the block is not lost for it.
                rest => {
                    let sum = rest.strip_prefix("sha256=").unwrap_or(rest).to_lowercase();
                    Some(Marker::End(span, Some(sum)))
                }
            },
            // It tells what a whole page is made from.
            "page" => None,
            _ => {
                let message = format!("`pmctl:{word}` is no marker");
                self.broken(span, message, "the markers are `pmctl:begin` and `pmctl:end`");
                None
            }
        }
    }

    /// `NAME key=value key="a value"`.
    fn call(text: &str, start: usize) -> Result<Call, String> {
        let mut words = Vec::new();
        let mut at = 0;
        while let Some(skip) = text[at..].find(|c: char| !c.is_whitespace()) {
            let from = at + skip;
            let mut is_quoted = false;
            let end = text[from..].find(|c: char| {
                is_quoted ^= c == '"';
                c.is_whitespace() && !is_quoted
            });
            at = end.map_or(text.len(), |end| from + end);
            words.push(from..at);
        }
        let mut words = words.into_iter();
        let Some(name) = words.next() else {
            return Err("this block names no generator".to_owned());
        };
        let mut arguments = Vec::new();
        for word in words {
            let Some((key, value)) = text[word.clone()].split_once('=') else {
                return Err(format!("`{}` is no argument", &text[word]));
            };
            arguments.push(WrittenArgument {
                name: Some(key.to_owned()),
                value: value.trim_matches('"').to_owned(),
                span: start + word.start..start + word.end,
            });
        }
        Ok(Call {
            name: text[name.clone()].to_owned(),
            name_span: start + name.start..start + name.end,
            arguments,
        })
    }

    fn block(
        &mut self,
        begin: Range<usize>,
        call: Call,
        end: Range<usize>,
        checksum: Option<String>,
    ) {
        let content = self.line_behind(begin.end)..self.line_start(end.start);
        let indent = self.text[self.line_start(begin.start)..begin.start].to_owned();
        let kind = MarkKind::Block { begin, content, end, checksum };
        self.marks.push(Mark { call, kind, indent, level: 0 });
    }

    fn directives(&mut self, blocks: &[Range<usize>]) {
        const OPEN: &str = "{{generator:";
        let mut at = 0;
        while let Some(found) = self.text[at..].find(OPEN) {
            let start = at + found;
            at = start + OPEN.len();
            if is_within(blocks, start) || self.outline.is_literal(start) {
                continue;
            }
            let line = &self.text[at..self.line_end(at)];
            let Some(end) = line.find("}}") else {
                self.broken(
                    start..at,
                    "this directive is not closed",
                    "write it as `{{generator:NAME}}`",
                );
                continue;
            };
            let (inner, span) = (&line[..end], start..at + end + 2);
            let name_end = inner.find('.').unwrap_or(inner.len());
            let arguments = inner.get(name_end + 1..).map(|value| WrittenArgument {
                name: None,
                value: value.trim().to_owned(),
                span: at + name_end + 1..at + end,
            });
            let call = Call {
                name: inner[..name_end].trim().to_owned(),
                name_span: at..at + name_end,
                arguments: arguments.into_iter().collect(),
            };
            if !self.is_alone(&span) {
                self.broken(
                    span,
                    "a directive has to stand on a line of its own",
                    "put line breaks around it, or set it in backticks if it is an example",
                );
                continue;
            }
            let indent = self.text[self.line_start(start)..start].to_owned();
            self.marks.push(Mark { call, kind: MarkKind::Directive { span }, indent, level: 0 });
        }
    }

    fn is_alone(&self, span: &Range<usize>) -> bool {
        let before = &self.text[self.line_start(span.start)..span.start];
        let after = &self.text[span.end..self.line_end(span.end)];
        before.trim().is_empty() && after.trim().is_empty()
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline)
    }

    fn line_behind(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline + 1)
    }

    /// The blocks so far, which are in the order of the page.
    fn block_spans(&self) -> Vec<Range<usize>> {
        self.marks.iter().map(Mark::span).collect()
    }

    /// Tells each mark the section that it stands in. What blocks hold is no section: it changes with the data. Nor is a
    /// directive above a line of hyphens: with it goes the heading.
    fn levels(&mut self, blocks: &[Range<usize>]) {
        let directives = self.marks[blocks.len()..].iter().map(|mark| mark.span().start);
        let directives: Vec<usize> = directives.collect();
        let is_directive = |span: &Range<usize>| {
            let next = directives.partition_point(|at| *at < span.start);
            directives.get(next).is_some_and(|at| *at < span.end)
        };
        let headings = self.outline.headings.iter();
        let headings = headings.filter(|heading| {
            !is_within(blocks, heading.span.start) && !is_directive(&heading.span)
        });
        let mut headings: Vec<_> =
            headings.map(|heading| (heading.span.end, heading.level)).collect();
        headings.sort_unstable();
        for mark in &mut self.marks {
            let start = mark.span().start;
            let above = headings.partition_point(|(end, _)| *end <= start);
            mark.level = headings[..above].last().map_or(0, |(_, level)| *level);
        }
    }
}

/// Whether one of `spans`, which are in order and apart, holds the byte at `at`.
fn is_within(spans: &[Range<usize>], at: usize) -> bool {
    let next = spans.partition_point(|span| span.end <= at);
    spans.get(next).is_some_and(|span| span.start <= at)
}

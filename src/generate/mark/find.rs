//! Blocks and directives, and what is wrong with those that are broken.

use std::ops::Range;

use super::{BrokenMarker, Call, Mark, MarkKind, WrittenArgument};
use crate::source::Ranges;
use crate::source::markdown::Outline;

/// Finds blocks and directives.
pub(super) struct Finder<'a> {
    text: &'a str,
    outline: &'a Outline,
    marks: Vec<Mark>,
    broken: Vec<BrokenMarker>,
    /// Where each line starts, and where what is in it does and ends.
    lines: Vec<Line>,
}

/// A line: its start, and the range of what is not white space in it.
struct Line {
    start: usize,
    words: Range<usize>,
}

/// A marker in a comment.
enum Marker {
    Begin(Range<usize>, Call),
    End(Range<usize>, Option<String>),
}

impl<'a> Finder<'a> {
    /// A finder for the page `text` with its `outline`.
    pub(super) fn new(text: &'a str, outline: &'a Outline) -> Self {
        let mut at = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let start = at;
            at += line.len();
            let before = line.len() - line.trim_start().len();
            Line { start, words: start + before..start + line.trim_end().len().max(before) }
        });
        let lines = lines.collect();
        Self { text, outline, marks: Vec::new(), broken: Vec::new(), lines }
    }

    /// Returns the marks and the markers that are broken, in no order.
    pub(super) fn find(mut self) -> (Vec<Mark>, Vec<BrokenMarker>) {
        self.blocks();
        let blocks: Ranges = self.marks.iter().map(Mark::span).collect();
        let first = self.marks.len();
        self.directives(&blocks);
        self.levels(&blocks, first);
        (self.marks, self.broken)
    }

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
        let content = self.next_line(begin.end - 1)..self.line_start(end.start);
        let indent = self.text[self.line_start(begin.start)..begin.start].to_owned();
        let kind = MarkKind::Block { begin, content, end, checksum };
        self.marks.push(Mark { call, kind, indent, level: 0 });
    }

    fn directives(&mut self, blocks: &Ranges) {
        const OPEN: &str = "{{generator:";
        let mut at = 0;
        while let Some(found) = self.text[at..].find(OPEN) {
            let start = at + found;
            at = start + OPEN.len();
            if blocks.contains(start) || self.outline.is_literal(start) {
                continue;
            }
            let window = &self.text[at..self.text.floor_char_boundary(at + LONGEST)];
            let line = &window[..window.find(['\n', '{']).unwrap_or(window.len())];
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
            let kind = MarkKind::Directive { span };
            self.marks.push(Mark { call, kind, indent, level: 0 });
        }
    }

    fn is_alone(&self, span: &Range<usize>) -> bool {
        let words = |at: usize| self.line(at).map_or(at..at, |line| line.words.clone());
        words(span.start).start >= span.start && words(span.end.saturating_sub(1)).end <= span.end
    }

    /// The line that holds the byte at `at`.
    fn line(&self, at: usize) -> Option<&Line> {
        let after = self.lines.partition_point(|line| line.start <= at);
        self.lines.get(after.checked_sub(1)?)
    }

    fn line_start(&self, at: usize) -> usize {
        self.line(at).map_or(0, |line| line.start)
    }

    /// The start of the line that follows the one with the byte at `at`.
    fn next_line(&self, at: usize) -> usize {
        let after = self.lines.partition_point(|line| line.start <= at);
        self.lines.get(after).map_or(self.text.len(), |line| line.start)
    }

    /// Tells each mark the section that it stands in. What blocks hold is no section: it changes with the data. Nor is a
    /// directive above a line of hyphens: with it goes the heading.
    fn levels(&mut self, blocks: &Ranges, first: usize) {
        let directives: Ranges = self.marks[first..].iter().map(Mark::span).collect();
        let headings = self.outline.headings.iter();
        let headings = headings.filter(|heading| {
            !blocks.contains(heading.span.start) && !directives.overlaps(&heading.span)
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

/// How long what is in the braces of a directive can be, in bytes.
const LONGEST: usize = 1024;

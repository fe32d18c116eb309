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

mod find;
mod near;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::reading::as_read;
use crate::source::markdown::Outline;
use crate::source::{line_ending_of, sha256};
use find::Finder;

pub use near::{BEGINNINGS, may_hold_marks};

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

/// The marks of the page `text`, in its order, and the markers that are broken.
pub fn marks(text: &str) -> (Vec<Mark>, Vec<BrokenMarker>) {
    match may_hold_marks(text) {
        true => marks_in(text, &Outline::parse_without_bare_links(text)),
        false => (Vec::new(), Vec::new()),
    }
}

/// The [`marks`] of the page `text` by its `outline`.
pub fn marks_in(text: &str, outline: &Outline) -> (Vec<Mark>, Vec<BrokenMarker>) {
    let (mut marks, mut broken) = Finder::new(text, outline).find();
    let blocks = marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Block { .. }));
    near::find(text, outline, &blocks.map(Mark::span).collect(), &mut broken);
    marks.sort_by_key(|mark| mark.span().start);
    broken.sort_by_key(|broken| broken.span.start);
    (marks, broken)
}

/// Returns the page `text` without what is generated into it: the content of its blocks and their checksums. `None`
/// where a marker is broken, so that nobody knows what belongs to which block.
pub fn without_generated(text: &str) -> Option<String> {
    let (marks, broken) = marks(text);
    if !broken.is_empty() {
        return None;
    }
    Some(own_parts(text, &marks).concat())
}

/// Returns what people wrote of the page `text`, whose marks are `marks`: what is not in its blocks.
fn own_parts<'t>(text: &'t str, marks: &[Mark]) -> Vec<&'t str> {
    let mut own = Vec::new();
    let mut at = 0;
    for mark in marks {
        if let MarkKind::Block { content, end, .. } = &mark.kind {
            own.push(&text[at..content.start]);
            at = end.end;
        }
    }
    own.push(&text[at..]);
    own
}

/// Returns how lines that are generated into the page `text` end, whose marks are `marks`: as most of its own lines do.
/// Those that are generated already do not count, so that their number changes nothing.
pub fn newline(text: &str, marks: &[Mark]) -> &'static str {
    line_ending_of(own_parts(text, marks))
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

/// The checksum of generated `text`, which comes behind `indent`: of what is read, however it is laid out.
pub fn checksum(text: &str, indent: &str) -> String {
    sha256([as_read(&without_indent(text, indent)).as_str()])
}

/// Whether `known` is the checksum of `text`, as it is made now or was made once: of its lines.
pub fn is_checksum(known: &str, text: &str, indent: &str) -> bool {
    let lines = text.lines().map(|line| line.strip_prefix(indent).unwrap_or(line).trim_end());
    known == sha256(lines.flat_map(|line| [line, "\n"])) || known == checksum(text, indent)
}

/// `text` without `indent` before its lines.
pub fn without_indent(text: &str, indent: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines.map(|line| line.strip_prefix(indent).unwrap_or(line)).collect()
}

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

use std::fmt::Write as _;
use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::source::markdown::Outline;
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
    near::find(text, outline, &blocks.map(Mark::span).collect::<Vec<_>>(), &mut broken);
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

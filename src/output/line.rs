//! Parts of the lines that people read: counts, places, and cells that may be empty.

use crate::source::{FileStore, Span};

/// What is shown where there is no value.
pub(super) const NOTHING: &str = "-";

/// Returns `1 page`, or `3 pages`.
pub fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Returns the start of `span` as `data/rice.yml:31`.
pub fn place(files: &FileStore, span: Span) -> String {
    format!("{}:{}", files.file(span.file).path(), files.start(span).line)
}

/// Returns the start of `span` as `data/rice.yml:31:5`, the way compilers write it. The column counts characters
/// from 1.
pub fn position(files: &FileStore, span: Span) -> String {
    format!("{}:{}", place(files, span), files.start(span).column)
}

/// Returns the text of `value`, or `otherwise` where there is none.
pub(super) fn text_or(value: Option<impl ToString>, otherwise: &str) -> String {
    value.map_or_else(|| otherwise.to_owned(), |value| value.to_string())
}

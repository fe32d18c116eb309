//! Diagnostics, one file a format.

mod json;
mod text;

use std::io::{self, Write};

use crate::lint::{Diagnostic, Summary};
use crate::source::FileStore;

/// What a lint run has to say.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The findings, sorted.
    pub diagnostics: &'a [Diagnostic],
    /// How many there are.
    pub summary: Summary,
    /// The files they point into.
    pub files: &'a FileStore,
    /// Whether nothing but the findings is wanted.
    pub is_quiet: bool,
}

/// A format for diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// An excerpt with the place underlined, for people.
    Text,
    /// One JSON object, for programs.
    Json,
}

/// Writes `report` in `format`.
pub fn write(format: Format, report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(report, out),
        Format::Json => json::write(report, out),
    }
}

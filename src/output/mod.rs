//! How results are printed: diagnostics, tables and charts, one file a format.

pub mod chart;
pub mod classification;
mod comment;
pub mod content;
pub mod diagnostics;
pub mod ics;
pub mod json;
pub mod json_schema;
pub mod line;
pub mod manual;
pub mod plan;
pub mod priority_chart;
pub mod priority_matrix;
pub mod reviews;
pub mod rice;
mod runner;
pub mod settings;
mod sink;
pub mod table;
mod xml;

pub use comment::{escaped_markdown, markdown_message, mention};
pub use runner::Runner;
pub use sink::{Reader, Shown, Sink, for_terminal};

//! How results are printed: diagnostics, tables and charts, one file a format.

pub mod chart;
pub mod diagnostics;
pub mod ics;
pub mod manual;
pub mod plan;
pub mod reviews;
mod sanitise;
pub mod table;

pub use sanitise::{sanitise, sanitise_line};

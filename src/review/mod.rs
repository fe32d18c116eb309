//! When a page was last reviewed, and what follows from it.
//!
//! - [`dates`]: what a page says of its own dates

pub mod dates;

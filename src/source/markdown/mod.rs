//! md
mod front_matter;
pub use front_matter::{FrontMatter, front_matter};

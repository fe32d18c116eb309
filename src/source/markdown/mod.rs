//! The outline of a Markdown page: what stands where, with a byte range on every part.
//!
//! [`front_matter()`] finds the YAML, TOML or JSON at the top without reading any Markdown; [`Outline::parse`] reads
//! the page once and lists its headings with their anchors, its tables, links, code and comments. Pages are
//! read the way GitHub reads them, plus what other site generators add to it: explicit heading ids,
//! kramdown's `{: #id}`, its comments and Markdown in HTML, raw HTML headings, links and ids. Template tags (ERB, Hugo, `{{...}}`) are text.

mod attributes;
mod bare;
mod destination;
mod front_matter;
mod headings;
mod html;
mod html_links;
mod html_source;
mod kramdown;
mod links;
mod markup;
mod nesting;
mod outline;
mod sections;
mod slug;
mod tables;
mod text;
mod visible;
mod walk;

#[cfg(test)]
mod any_text_tests;
#[cfg(test)]
mod outline_tests;

pub use front_matter::{FrontMatter, Language, front_matter, opens_yaml};
pub use html::unescape_closed;
pub use outline::{
    Anchor, Block, BlockKind, Cell, CodeKind, CodeRange, Comment, Heading, Link, LinkForm,
    LinkKind, Outline, Row, Table,
};
pub use slug::{Slugger, slug};
pub use text::{PlainText, Run, RunKind, TextBlock};

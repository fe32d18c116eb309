//! What an outline says of small pages.

mod anchors;
mod headings;
mod links;
mod literal_text;
mod tables;
mod whole_pages;

use super::*;

/// A page and its outline.
struct Page<'t> {
    text: &'t str,
    outline: Outline,
}

fn page(text: &str) -> Page<'_> {
    Page { text, outline: Outline::parse(text) }
}

impl<'t> Page<'t> {
    fn at(&self, span: &std::ops::Range<usize>) -> &'t str {
        &self.text[span.clone()]
    }

    fn titles(&self) -> Vec<&str> {
        self.outline.headings.iter().map(|heading| heading.title.as_str()).collect()
    }

    fn heading_ids(&self) -> Vec<&str> {
        self.outline.headings.iter().map(|heading| heading.id.as_str()).collect()
    }

    fn anchors(&self) -> Vec<(&str, &'t str)> {
        self.outline.anchors.iter().map(|it| (it.id.as_str(), self.at(&it.span))).collect()
    }

    /// Every link as written, its target, and that as written.
    fn links(&self) -> Vec<(&'t str, &str, &'t str)> {
        let links = self.outline.links.iter();
        links.map(|it| (self.at(&it.span), it.target.as_str(), self.at(&it.target_span))).collect()
    }

    fn code(&self) -> Vec<(CodeKind, &'t str)> {
        self.outline.code.iter().map(|it| (it.kind, self.at(&it.span))).collect()
    }

    fn comments(&self) -> Vec<(&'t str, &str)> {
        self.outline.comments.iter().map(|it| (self.at(&it.span), it.text.as_str())).collect()
    }

    fn blocks(&self) -> Vec<(BlockKind, &'t str)> {
        self.outline.blocks.iter().map(|it| (it.kind, self.at(&it.span))).collect()
    }

    fn is_literal(&self, needle: &str) -> bool {
        self.outline.is_literal(self.text.find(needle).expect("the page has it"))
    }
}

//! Collects links and images, Markdown's and HTML's.

use std::ops::Range;

use super::destination;
use super::outline::{Link, LinkForm, LinkKind};

/// The links found so far, and those being read.
#[derive(Debug, Default)]
pub(super) struct Links {
    found: Vec<Link>,
    /// The links being read. Only an autolink can stand in a link, so these are two at most.
    open: Vec<Open>,
    image: Option<Open>,
    /// How many links and images are open in the image. They are not rendered, only their text is.
    in_image: usize,
    /// The `<a>` being read, as its place in `found`.
    element: Option<usize>,
}

/// A link whose end was not yet read.
#[derive(Debug)]
struct Open {
    index: usize,
    /// The end of what was read of its content.
    content_end: usize,
}

impl Links {
    /// A link or image begins. `target_span` is left empty until its end if it is inline.
    pub(super) fn start(&mut self, link: Link) {
        if self.image.is_some() {
            self.in_image += 1;
            return;
        }
        let open = Open { index: self.found.len(), content_end: link.span.start };
        match link.kind {
            LinkKind::Link => self.open.push(open),
            LinkKind::Image => self.image = Some(open),
        }
        self.found.push(link);
    }

    /// Whether a link or an image is being read.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty() || self.image.is_some() || self.element.is_some()
    }

    /// The end of the last link, so that the rest of a bare one is not read again.
    pub(super) fn end_of_last(&self) -> usize {
        self.found.last().map_or(0, |link| link.span.end)
    }

    /// A part of the content of whatever is open stands at `part`.
    pub(super) fn cover(&mut self, part: &Range<usize>) {
        for open in self.open.iter_mut().chain(&mut self.image) {
            open.content_end = open.content_end.max(part.end);
        }
    }

    /// Whether an image is being read, whose text nobody else shows.
    pub(super) fn is_in_image(&self) -> bool {
        self.image.is_some()
    }

    /// A link or image ends.
    pub(super) fn end(&mut self, kind: LinkKind, page: &str) {
        if self.in_image > 0 {
            self.in_image -= 1;
            return;
        }
        let open = match kind {
            LinkKind::Link => self.open.pop(),
            LinkKind::Image => self.image.take(),
        };
        let Some(open) = open else { return };
        let link = &mut self.found[open.index];
        if link.form == LinkForm::Inline {
            link.target_span =
                destination::in_link(page, open.content_end, link.span.end, &link.target);
        }
    }

    /// A link that is its own text.
    pub(super) fn bare(&mut self, link: Link) {
        self.found.push(link);
    }

    /// An HTML element that is a link by itself, or that begins one.
    pub(super) fn element(&mut self, link: Link) {
        if link.kind == LinkKind::Link {
            self.element = Some(self.found.len());
        }
        self.found.push(link);
    }

    /// The HTML link ends with the tag that ends at `end`.
    pub(super) fn end_element(&mut self, end: usize) {
        if let Some(link) = self.element.take().map(|index| &mut self.found[index]) {
            link.span.end = end.max(link.span.end);
        }
    }

    /// The block ends, and with it any HTML link in it.
    pub(super) fn end_block(&mut self) {
        self.element = None;
    }

    /// The links in the order of the page.
    pub(super) fn finish(mut self) -> Vec<Link> {
        self.found.sort_by_key(|link| link.span.start);
        self.found
    }
}

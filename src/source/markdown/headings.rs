//! Collects headings, Markdown's and HTML's, and gives them their anchors.

use std::ops::Range;

use super::attributes;
use super::outline::{Anchor, Heading};
use super::slug::Slugger;
use super::walk::on_one_line;

/// The headings found so far, and the one being read.
#[derive(Debug, Default)]
pub(super) struct Headings {
    found: Vec<Found>,
    markdown: Option<Open>,
    element: Option<Open>,
}

/// A heading whose id is empty as long as nothing gives it one, and its title until all are known.
#[derive(Debug)]
struct Found {
    heading: Heading,
    /// The text that the slug is made of: not trimmed, line breaks in it.
    text: String,
}

/// A heading whose end was not yet read.
#[derive(Debug)]
struct Open {
    level: u8,
    /// All of a Markdown heading, the opening tag of an HTML one.
    span: Range<usize>,
    content: Option<Range<usize>>,
    text: String,
    /// The id in the tag.
    anchor: Option<Anchor>,
}

impl Open {
    fn new(level: u8, span: Range<usize>, anchor: Option<Anchor>) -> Self {
        Self { level, span, content: None, text: String::new(), anchor }
    }
}

impl Headings {
    /// A Markdown heading begins. HTML headings do not contain others, so an open one never closes.
    pub(super) fn start(&mut self, level: u8, span: Range<usize>) -> Option<Anchor> {
        self.markdown = Some(Open::new(level, span, None));
        self.give_up_element()
    }

    /// Whether a Markdown heading is being read.
    pub(super) fn is_open(&self) -> bool {
        self.markdown.is_some()
    }

    /// A part of the open Markdown heading's content stands at `part`.
    pub(super) fn cover(&mut self, part: &Range<usize>) {
        if let Some(open) = self.markdown.as_mut().filter(|_| !part.is_empty()) {
            let content = open.content.get_or_insert_with(|| part.clone());
            content.end = content.end.max(part.end);
        }
    }

    /// Text as rendered, for whatever heading is open.
    pub(super) fn text(&mut self, text: &str) {
        for open in [&mut self.markdown, &mut self.element].into_iter().flatten() {
            open.text.push_str(text);
        }
    }

    /// The Markdown heading ends.
    pub(super) fn end(&mut self, page: &str) {
        let Some(Open { level, span, content, mut text, .. }) = self.markdown.take() else {
            return;
        };
        let mut title_span = content.unwrap_or(span.end..span.end);
        let content = page[title_span.clone()].trim_ascii_end();
        if content.len() < title_span.len() {
            // The parser keeps a tab at the end.
            title_span.end = title_span.start + content.len();
            text.truncate(text.trim_ascii_end().len());
        }
        let mut id = None;
        if let Some(list) = attributes::trailing(content) {
            let content = content[..list.span.start].trim_ascii_end();
            title_span.end = title_span.start + content.len();
            text.truncate(text.rfind('{').unwrap_or(text.len()));
            text.truncate(text.trim_ascii_end().len());
            id = list.id;
        }
        self.push(level, span, title_span, text, id);
    }

    /// The attribute list on the line below the last heading gives it an id.
    pub(super) fn name_last(&mut self, id: String) {
        if let Some(Found { heading, .. }) = self.found.last_mut() {
            heading.id = id;
            heading.explicit_id = true;
        }
    }

    /// Where the last heading ends.
    pub(super) fn last_end(&self) -> Option<usize> {
        self.found.last().map(|found| found.heading.span.end)
    }

    /// An HTML heading begins with `tag`. What is returned is the id of one that never closed.
    pub(super) fn start_element(
        &mut self,
        level: u8,
        tag: Range<usize>,
        anchor: Option<Anchor>,
    ) -> Option<Anchor> {
        let given_up = self.give_up_element();
        self.element = Some(Open::new(level, tag, anchor));
        given_up
    }

    /// An HTML heading of this level ends with `tag`.
    pub(super) fn end_element(&mut self, level: u8, tag: &Range<usize>) {
        if let Some(open) = self.element.take_if(|open| open.level == level) {
            let content = open.span.end..tag.start.max(open.span.end);
            let id = open.anchor.map(|anchor| anchor.id);
            self.push(level, open.span.start..tag.end, content, open.text, id);
        }
    }

    /// Forgets an HTML heading that does not close, but not its id.
    pub(super) fn give_up_element(&mut self) -> Option<Anchor> {
        self.element.take().and_then(|open| open.anchor)
    }

    fn push(
        &mut self,
        level: u8,
        span: Range<usize>,
        title_span: Range<usize>,
        text: String,
        id: Option<String>,
    ) {
        let explicit_id = id.is_some();
        let id = id.unwrap_or_default();
        let heading = Heading { level, span, title: String::new(), title_span, id, explicit_id };
        self.found.push(Found { heading, text });
    }

    /// The headings in the order of the page. Only now is it known which of them have an explicit id.
    pub(super) fn finish(mut self) -> Vec<Heading> {
        self.found.sort_by_key(|found| found.heading.span.start);
        let mut slugger = Slugger::default();
        let headings = self.found.into_iter().map(|Found { mut heading, text }| {
            if heading.explicit_id {
                slugger.reserve(&heading.id);
            } else {
                heading.id = slugger.anchor(&text);
            }
            heading.title = on_one_line(text);
            heading
        });
        headings.collect()
    }
}

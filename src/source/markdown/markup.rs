//! What raw HTML adds to the outline: comments, ids, headings, links and code.

use std::ops::Range;

use super::html::{self, Attribute, Tag, Token};
use super::html_links;
use super::html_source::HtmlSource;
use super::outline::{Anchor, CodeKind, CodeRange, Comment, Link, LinkForm, LinkKind};
use super::text::RunKind;
use super::walk::Walk;

const CODE_ELEMENTS: [&str; 5] = ["code", "pre", "script", "style", "textarea"];

/// A piece of raw HTML and the page it stands in.
struct Piece<'a> {
    html: &'a HtmlSource,
    page: &'a str,
}

impl Piece<'_> {
    fn in_page(&self, range: Range<usize>) -> Range<usize> {
        self.html.in_page(self.page, range)
    }

    fn value(&self, attribute: &Attribute<'_>) -> String {
        html::unescape_attribute(&self.html.text()[attribute.value.clone()]).into_owned()
    }

    /// The value of a tag's attribute and its place.
    fn attribute(&self, tag: &Tag<'_>, name: &str) -> Option<(String, Range<usize>)> {
        let found = tag.attribute(name)?;
        Some((self.value(found), self.in_page(found.value.clone())))
    }

    fn anchor(&self, tag: &Tag<'_>, attribute: &str) -> Option<Anchor> {
        self.attribute(tag, attribute).map(|(id, span)| Anchor { id, span })
    }
}

impl Walk<'_> {
    /// Reads one block of raw HTML, or one tag in a line.
    pub(super) fn markup(&mut self, html: &HtmlSource) {
        let piece = Piece { html, page: self.page };
        for token in html::tokens(html.text()) {
            match token {
                Token::Text(range) => {
                    let span = piece.in_page(range.clone());
                    match &self.code_element {
                        None => self.runs.html_text(self.page, span),
                        Some((name, _)) => {
                            self.code_run(name.eq_ignore_ascii_case("code"), span);
                        }
                    }
                    self.text(&html::unescape(&html.text()[range]));
                }
                Token::Raw => {}
                Token::Tag(tag) => self.tag(&tag, &piece),
                Token::Comment { span, body } => {
                    let text = html.text()[body].to_owned();
                    self.outline.comments.push(Comment { span: piece.in_page(span), text });
                }
                Token::OpenComment { start } => {
                    let whole = piece.in_page(start..html.text().len());
                    self.open_comment(whole, &html.text()[start + "<!--".len()..]);
                }
                Token::Other(range) => {
                    let span = piece.in_page(range);
                    if self.page[span.clone()].starts_with("<%") {
                        self.runs.push(RunKind::Template, span.clone());
                    }
                    self.outline.html.push(span);
                }
            }
        }
    }

    /// A comment goes on behind its block, which is `span` from the comment on. Browsers end it at the next
    /// `-->`, wherever that is; if there is none, the comment is the block's.
    fn open_comment(&mut self, span: Range<usize>, text: &str) {
        let mut comment = Comment { text: text.to_owned(), span };
        if !self.no_more_comment_ends {
            let behind = &self.page[comment.span.end..];
            if let Some(length) = behind.find("-->") {
                comment.text.push_str(&behind[..length]);
                comment.span.end += length + "-->".len();
                self.hidden_until = comment.span.end;
            } else {
                self.no_more_comment_ends = true;
            }
        }
        self.outline.comments.push(comment);
    }

    fn tag(&mut self, tag: &Tag<'_>, piece: &Piece<'_>) {
        let span = piece.in_page(tag.span.clone());
        self.outline.html.push(span.clone());
        self.runs.tag(tag.name, span.clone());
        self.code_tag(tag, &span);
        if let Some(level) = heading_level(tag) {
            self.heading_tag(level, tag, span, piece);
            return;
        }
        if tag.is("br") {
            self.text("\n");
        }
        if tag.closing {
            if tag.is("a") {
                self.links.end_element(span.end);
            }
            return;
        }
        let unsafe_html = html_links::unsafe_addresses(tag, piece.html.text());
        self.outline.unsafe_html.extend(unsafe_html.map(|range| piece.in_page(range)));
        let id = piece.anchor(tag, "id");
        let name =
            piece.anchor(tag, "name").filter(|name| id.as_ref().is_none_or(|id| id.id != name.id));
        self.outline.anchors.extend(id.into_iter().chain(name));
        let link = |kind, attribute| {
            let (target, target_span) = piece.attribute(tag, attribute)?;
            Some(Link { kind, form: LinkForm::Html, span, target, target_span })
        };
        let link = if tag.is("a") {
            link(LinkKind::Link, "href")
        } else if tag.is("img") {
            link(LinkKind::Image, "src")
        } else {
            None
        };
        if let Some(link) = link {
            self.links.element(link);
        }
    }

    fn heading_tag(&mut self, level: u8, tag: &Tag<'_>, span: Range<usize>, piece: &Piece<'_>) {
        let given_up = if tag.closing {
            self.headings.end_element(level, &span);
            None
        } else if self.headings.is_open() {
            // A heading in a heading is only a place in it.
            piece.anchor(tag, "id")
        } else {
            self.headings.start_element(level, span, piece.anchor(tag, "id"))
        };
        self.outline.anchors.extend(given_up);
    }

    fn code_tag(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        match &self.code_element {
            None if !tag.closing && CODE_ELEMENTS.iter().any(|name| tag.is(name)) => {
                self.code_element = Some((tag.name.to_owned(), span.start));
            }
            Some((name, start)) if tag.closing && tag.is(name) => {
                let code = CodeRange { kind: CodeKind::Element, span: *start..span.end };
                self.outline.code.push(code);
                self.code_element = None;
            }
            _ => {}
        }
    }
}

fn heading_level(tag: &Tag<'_>) -> Option<u8> {
    let level = tag.name.strip_prefix(['h', 'H'])?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

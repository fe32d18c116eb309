//! Raw HTML as browsers read it, as far as an outline needs: tags with attributes, comments, text.

use std::borrow::Cow;
use std::ops::Range;

/// A piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Text, character references still in it.
    Text(Range<usize>),
    /// What `<script>` or `<style>` holds.
    Raw,
    /// An opening or closing tag.
    Tag(Tag<'t>),
    /// A comment that ends.
    Comment {
        /// All of it.
        span: Range<usize>,
        /// What stands between `<!--` and `-->`.
        body: Range<usize>,
    },
    /// A comment that runs to the end of the text. Only the last token can be one.
    OpenComment {
        /// Where its `<!--` begins.
        start: usize,
    },
    /// A declaration, processing instruction or ERB tag.
    Other(Range<usize>),
}

/// An opening or closing tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    pub(super) span: Range<usize>,
    /// As written, in upper or lower case.
    pub(super) name: &'t str,
    pub(super) closing: bool,
    pub(super) attributes: Vec<Attribute<'t>>,
}

/// An attribute of a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute<'t> {
    pub(super) name: &'t str,
    /// The value without its quotes; empty behind the name if there is none.
    pub(super) value: Range<usize>,
}

impl<'t> Tag<'t> {
    /// Whether the tag is a `name`, which is in lower case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The first attribute called `name`, if it has a value.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute<'t>> {
        let mut named = self.attributes.iter().filter(|it| it.name.eq_ignore_ascii_case(name));
        named.next().filter(|attribute| !attribute.value.is_empty())
    }
}

/// Splits `text` into its tokens, in one pass.
pub(super) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, raw: None, only_text: false }
}

/// The tokens of a text.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// The element whose content is not HTML, once its opening tag was read.
    raw: Option<&'t str>,
    /// Set once something was found unclosed: trying again from each later `<` would take quadratic time.
    only_text: bool,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let start = self.at;
        if let Some(name) = self.raw.take() {
            self.at = self.closing_tag(name);
            return Some(Token::Raw);
        }
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        if rest.starts_with('<')
            && !self.only_text
            && let Some((token, end)) = self.markup(start)
        {
            self.at = end;
            return Some(token);
        }
        let text_end =
            if self.only_text { None } else { Some(self.run_end(start + 1, |byte| byte != b'<')) };
        self.at = text_end.unwrap_or(self.text.len());
        Some(Token::Text(start..self.at))
    }
}

impl<'t> Tokens<'t> {
    /// The token at the `<` at `start` and its end. `None` if that `<` is text.
    fn markup(&mut self, start: usize) -> Option<(Token<'t>, usize)> {
        let rest = &self.text[start..];
        if let Some(inside) = rest.strip_prefix("<!--") {
            return Some(comment(inside, start, self.text.len()));
        }
        let close = match rest.as_bytes().get(1)? {
            b'%' => "%>",
            b'!' | b'?' => ">",
            b'/' | b'a'..=b'z' | b'A'..=b'Z' => {
                let tag = self.tag(start)?;
                let end = tag.span.end;
                let is_raw = !tag.closing && (tag.is("script") || tag.is("style"));
                self.raw = is_raw.then_some(tag.name);
                return Some((Token::Tag(tag), end));
            }
            _ => return None,
        };
        let Some(length) = rest.find(close) else {
            self.only_text = true;
            return None;
        };
        let end = start + length + close.len();
        Some((Token::Other(start..end), end))
    }

    fn tag(&mut self, start: usize) -> Option<Tag<'t>> {
        let bytes = self.text.as_bytes();
        let closing = bytes[start + 1] == b'/';
        let name_start = start + 1 + usize::from(closing);
        let name_end = self.run_end(name_start, |byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_')
        });
        let name = &self.text[name_start..name_end];
        let begins_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
        // `<https://...` is no tag; neither is `<name@...`.
        if !begins_well || name.ends_with(':') {
            return None;
        }
        let ends_well = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        if bytes.get(name_end).is_some_and(|byte| !ends_well(byte)) {
            return None;
        }
        let mut attributes = Vec::new();
        let mut at = name_end;
        loop {
            at = self.run_end(at, |byte| byte.is_ascii_whitespace() || byte == b'/');
            match bytes.get(at) {
                None => break,
                Some(b'>') => {
                    return Some(Tag { span: start..at + 1, name, closing, attributes });
                }
                Some(_) => {}
            }
            let Some((attribute, end)) = self.attribute(at) else { break };
            attributes.push(attribute);
            at = end;
        }
        self.only_text = true;
        None
    }

    /// The attribute at `start` and its end. `None` if its quotes do not close.
    fn attribute(&self, start: usize) -> Option<(Attribute<'t>, usize)> {
        let bytes = self.text.as_bytes();
        let ends_name = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
        let name_end = self.run_end(start + 1, |byte| !ends_name(byte));
        // The first byte may be the first of several of one character.
        let name = &self.text[start..name_end];
        let equals = self.run_end(name_end, |byte| byte.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            return Some((Attribute { name, value: name_end..name_end }, name_end));
        }
        let value = self.run_end(equals + 1, |byte| byte.is_ascii_whitespace());
        let (value, end) = if let Some(&quote @ (b'"' | b'\'')) = bytes.get(value) {
            let end = self.run_end(value + 1, |byte| byte != quote);
            (end < bytes.len()).then_some((value + 1..end, end + 1))?
        } else {
            let end = self.run_end(value, |byte| !byte.is_ascii_whitespace() && byte != b'>');
            (value..end, end)
        };
        Some((Attribute { name, value }, end))
    }

    /// The first place from `start` on whose byte does not `fit`. It is a character's start if all bytes
    /// but ASCII fit, or none does.
    fn run_end(&self, start: usize, fit: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        rest.iter().position(|&byte| !fit(byte)).map_or(self.text.len(), |length| start + length)
    }

    /// Where `</name` begins, or the end.
    fn closing_tag(&self, name: &str) -> usize {
        let rest = &self.text[self.at..];
        let closes = |at: usize| {
            let found = rest.as_bytes().get(at + 2..at + 2 + name.len());
            found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        };
        let close = rest.match_indices("</").map(|(at, _)| at).find(|&at| closes(at));
        close.map_or(self.text.len(), |at| self.at + at)
    }
}

/// The comment that begins at `start` and goes on with `inside`, and its end.
fn comment<'t>(inside: &str, start: usize, text_end: usize) -> (Token<'t>, usize) {
    let body = start + "<!--".len();
    let closed = |length: usize, close: usize| {
        let end = body + length + close;
        (Token::Comment { span: start..end, body: body..body + length }, end)
    };
    // Browsers read `<!-->` and `<!--->` as empty comments.
    if inside.starts_with('>') {
        closed(0, 1)
    } else if inside.starts_with("->") {
        closed(0, 2)
    } else if let Some(length) = inside.find("-->") {
        closed(length, 3)
    } else {
        (Token::OpenComment { start }, text_end)
    }
}

/// `text` with its character references replaced, as browsers do in text.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    htmlize::unescape(text)
}

/// `text` with its character references replaced that end in a semicolon, as Markdown reads them.
pub fn unescape_closed(text: &str) -> Cow<'_, str> {
    let mut result = Cow::Borrowed("");
    let mut done = 0;
    for (at, _) in text.match_indices('&') {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let end =
            at + 1 + text.as_bytes()[at + 1..].iter().take_while(|byte| is_part(byte)).count();
        if at >= done && text.as_bytes().get(end) == Some(&b';') {
            result.to_mut().push_str(&text[done..at]);
            result.to_mut().push_str(&htmlize::unescape(&text[at..=end]));
            done = end + 1;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    result.to_mut().push_str(&text[done..]);
    result
}

/// As [`unescape`], as browsers do in attributes: `?a=1&copy=2` holds no reference.
pub(super) fn unescape_attribute(text: &str) -> Cow<'_, str> {
    htmlize::unescape_attribute(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every token, as its kind and its text.
    fn read(text: &str) -> Vec<(&'static str, &str)> {
        let named = |token| match token {
            Token::Text(span) => ("text", &text[span]),
            Token::Raw => ("raw", ""),
            Token::Tag(tag) if tag.closing => ("close", tag.name),
            Token::Tag(tag) => ("open", tag.name),
            Token::Comment { body, .. } => ("comment", &text[body]),
            Token::OpenComment { start } => ("open comment", &text[start..]),
            Token::Other(span) => ("other", &text[span]),
        };
        tokens(text).map(named).collect()
    }

    fn attributes(text: &str) -> Vec<(&str, &str)> {
        let Some(Token::Tag(tag)) = tokens(text).next() else { return Vec::new() };
        tag.attributes.into_iter().map(|it| (it.name, &text[it.value])).collect()
    }

    #[test]
    fn a_page_falls_into_tags_text_and_comments() {
        assert_eq!(
            read("<P>Plans<br/> for <!-- nobody --><?x?>us</P>"),
            [
                ("open", "P"),
                ("text", "Plans"),
                ("open", "br"),
                ("text", " for "),
                ("comment", " nobody "),
                ("other", "<?x?>"),
                ("text", "us"),
                ("close", "P"),
            ]
        );
    }

    #[test]
    fn attributes_come_quoted_bare_or_without_value() {
        assert_eq!(
            attributes("<a id=\"über\" name='x y'\n href = /plans/ hidden é=1>"),
            [("id", "über"), ("name", "x y"), ("href", "/plans/"), ("hidden", ""), ("é", "1")]
        );
        assert_eq!(attributes("<a é =é>"), [("é", "é")]);
    }

    #[test]
    fn what_only_looks_like_a_tag_is_text() {
        for text in ["< b", "<https://plans.example>", "<ada@plans.example>", "a < b", "<", "<1>"] {
            assert!(read(text).iter().all(|(kind, _)| *kind == "text"), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn what_never_closes_is_text() {
        for text in ["<a href", "<a href='x", "<% if", "<!DOCTYPE", "<?php", "<a <b", "<a é"] {
            assert_eq!(read(text), [("text", text)]);
        }
        assert_eq!(read("<b><!-- x"), [("open", "b"), ("open comment", "<!-- x")]);
    }

    #[test]
    fn scripts_hold_no_tags_and_short_comments_end_at_once() {
        assert_eq!(
            read("<script>'<a id=x>'</SCRIPT>"),
            [("open", "script"), ("raw", ""), ("close", "SCRIPT")]
        );
        assert_eq!(read("<!--> a"), [("comment", ""), ("text", " a")]);
        assert_eq!(read("<!---> a"), [("comment", ""), ("text", " a")]);
    }

    #[test]
    fn a_template_tag_hides_its_own_angle_brackets() {
        assert_eq!(read("<% if a > b %>x"), [("other", "<% if a > b %>"), ("text", "x")]);
    }

    #[test]
    fn character_references_become_characters() {
        assert_eq!(unescape("a=1&amp;b=2 &#65;&#x42; &lt;"), "a=1&b=2 AB <");
        assert_eq!(unescape("R&D; & more &rarr; &eacute;"), "R&D; & more → é");
        assert_eq!(unescape_closed("a &not b &amp; R&D; &#65;&lt;"), "a &not b & R&D; A<");
        assert_eq!(unescape_closed("a & b"), "a & b");
        assert_eq!(unescape_attribute("?a=1&copy=2&amp;b"), "?a=1&copy=2&b");
    }
}

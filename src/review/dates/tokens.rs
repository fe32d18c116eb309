//! A run of lines as words and signs: what a reader sees, with the place of each.
//!
//! Emphasis, inline tags, the targets of links and backslashes are left out, so that `**Last reviewed**:`
//! and `<b>Last reviewed:</b>` are the same two words and a colon. Where one thing ends and the next
//! begins (a line, a list item, a cell, `<br>`) a [`Break`] stands. This is no Markdown parser: whether a
//! place is code, a comment or a table is asked of the outline afterwards.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, digits, and `_` or `'` between them. ASCII and other writing are never in one word.
    Word,
    /// Any other character.
    Sign(char),
    /// The end of one thing and the start of the next.
    Break(Break),
    /// An ERB tag.
    Template,
}

/// What begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// A line of the same paragraph, or of a block quote.
    Line,
    /// A list item.
    Item,
    /// A heading.
    Heading,
    /// A cell, in a row divided by pipes.
    Cell,
    /// An HTML element that is no part of a sentence: `<br>`, `<p>`, `<td>`.
    Tag,
}

/// A token, and where it stands in the page.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
    /// The number of the code span that it is in, from 1; 0 outside.
    pub(super) code: u32,
}

/// Longer code spans, tags and link targets are not looked for: none of them is a stamp.
const FAR: usize = 2_000;

/// The tokens of `page[lines]`. Takes time in proportion to its length.
pub(super) fn tokens(page: &str, lines: Range<usize>) -> Vec<Token> {
    let mut tokenizer = Tokenizer {
        text: &page[..lines.end],
        at: lines.start,
        tokens: Vec::new(),
        code: Code { number: 0, marks: "", until: 0 },
        comments_end: true,
        templates_end: true,
        target_end: Ahead::default(),
        tag_end: Ahead::default(),
    };
    tokenizer.run();
    tokenizer.tokens
}

/// The code span being read.
struct Code<'t> {
    number: u32,
    /// Its backticks.
    marks: &'t str,
    /// Where its content ends; before the current place if none is open.
    until: usize,
}

struct Tokenizer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    code: Code<'t>,
    /// Whether `-->` may stand in what is left.
    comments_end: bool,
    /// Whether `%>` may stand in what is left.
    templates_end: bool,
    /// Where the next link target may end.
    target_end: Ahead,
    /// Where the next tag may end.
    tag_end: Ahead,
}

/// The next place of some sign, remembered until it is passed, so that no text is searched twice.
#[derive(Default)]
struct Ahead(Option<usize>);

impl Ahead {
    /// The distance from `at` to the next of `signs`, if it is near.
    fn find(&mut self, text: &str, at: usize, signs: &[char]) -> Option<usize> {
        let next = match self.0 {
            Some(next) if next >= at => next,
            _ => text[at..].find(signs).map_or(text.len(), |next| at + next),
        };
        self.0 = Some(next);
        (next < text.len() && next - at < FAR).then_some(next - at)
    }
}

impl<'t> Tokenizer<'t> {
    fn run(&mut self) {
        self.line_start();
        while let Some(char) = self.rest().chars().next() {
            self.step(char);
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let code = if self.at < self.code.until { self.code.number } else { 0 };
        self.tokens.push(Token { kind, span: self.at..self.at + length, code });
        self.at += length;
    }

    fn step(&mut self, char: char) {
        let rest = self.rest();
        match char {
            '\n' => {
                self.at += 1;
                self.line_start();
            }
            '`' => self.backticks(),
            '|' => self.push(Kind::Break(Break::Cell), 1),
            '<' if self.at >= self.code.until => self.tag(),
            '&' => self.reference(),
            ']' if rest.starts_with("](") => {
                self.at += 1;
                self.at += match self.target_end.find(self.text, self.at, &[')', '\n']) {
                    Some(end) if rest[1 + end..].starts_with(')') => end + 1,
                    Some(end) => end,
                    None => 1,
                };
            }
            '-' if self.is_inside_word() => self.at += 1,
            '*' | '_' | '~' | '\\' | ']' | '[' => self.at += 1,
            _ if char.is_whitespace() => self.at += char.len_utf8(),
            _ if char.is_alphanumeric() => self.push(Kind::Word, word_length(rest)),
            _ => self.push(Kind::Sign(char), char.len_utf8()),
        }
    }

    /// Whether the hyphen here stands between two letters.
    fn is_inside_word(&self) -> bool {
        let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
        let bytes = self.text.as_bytes();
        self.at > 0 && is_letter(bytes.get(self.at - 1)) && is_letter(bytes.get(self.at + 1))
    }

    /// Takes what a line may begin with, and tells what it begins.
    fn line_start(&mut self) {
        let blank = |char: char| matches!(char, ' ' | '\t' | '>');
        let rest = self.rest();
        let start = rest.trim_start_matches(blank);
        self.at += rest.len() - start.len();
        let hashes = start.len() - start.trim_start_matches('#').len();
        let mark = if (1..=6).contains(&hashes) && start[hashes..].starts_with([' ', '\t']) {
            self.at += hashes;
            Break::Heading
        } else if let Some(length) = bullet(start) {
            self.at += length;
            Break::Item
        } else {
            Break::Line
        };
        self.push(Kind::Break(mark), 0);
    }

    fn backticks(&mut self) {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches('`').len();
        let marks = &rest[..length];
        if self.at < self.code.until || self.at == self.code.until && marks == self.code.marks {
            self.at += length;
            return;
        }
        self.at += length;
        let near = &rest[length..rest.floor_char_boundary(FAR.max(length))];
        let mut from = 0;
        while let Some(found) = near[from..].find(marks) {
            let start = from + found;
            let run = near[start..].len() - near[start..].trim_start_matches('`').len();
            if run == length {
                let number = self.code.number + 1;
                self.code = Code { number, marks, until: self.at + start };
                return;
            }
            from = start + run;
        }
    }

    fn tag(&mut self) {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            let end = if self.comments_end { rest.find("-->") } else { None };
            self.comments_end = end.is_some();
            self.at += end.map_or(4, |end| end + 3);
        } else if rest.starts_with("<%") {
            let end = if self.templates_end { rest.find("%>") } else { None };
            self.templates_end = end.is_some();
            match end {
                Some(end) => self.push(Kind::Template, end + 2),
                None => self.at += 2,
            }
        } else {
            let name = rest[1..].trim_start_matches('/');
            let is_tag = name.starts_with(|it: char| it.is_ascii_alphabetic());
            let end = self.tag_end.find(self.text, self.at, &['>']).filter(|_| is_tag);
            let Some(end) = end else {
                self.push(Kind::Sign('<'), 1);
                return;
            };
            let name = &name[..name.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(0)];
            if INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name)) {
                self.at += end + 1;
            } else {
                self.push(Kind::Break(Break::Tag), end + 1);
            }
        }
    }

    /// A character reference: a dash, an ampersand, or nothing but space.
    fn reference(&mut self) {
        let rest = self.rest();
        let near = &rest[1..rest.floor_char_boundary(12)];
        let end = near.find(|char: char| !char.is_ascii_alphanumeric() && char != '#');
        match end {
            Some(end) if end > 0 && near[end..].starts_with(';') => match &near[..end] {
                "mdash" | "ndash" | "hyphen" => self.push(Kind::Sign('–'), end + 2),
                "amp" => self.push(Kind::Sign('&'), end + 2),
                _ => self.at += end + 2,
            },
            _ => self.push(Kind::Sign('&'), 1),
        }
    }
}

/// Elements that a sentence goes on through.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s",
    "small", "span", "strong", "sub", "sup", "time", "tt", "u",
];

/// The length of the bullet or number that `line` begins with, if a list item begins so.
fn bullet(line: &str) -> Option<usize> {
    let mark = match line.as_bytes().first()? {
        b'-' | b'*' | b'+' => 1,
        b'0'..=b'9' => {
            let digits = line.bytes().take(4).take_while(u8::is_ascii_digit).count();
            matches!(line.as_bytes().get(digits), Some(b'.' | b')')).then_some(digits + 1)?
        }
        _ => return None,
    };
    line[mark..].starts_with([' ', '\t']).then_some(mark)
}

/// The length of the word that `text` begins with.
fn word_length(text: &str) -> usize {
    let is_ascii = text.starts_with(|char: char| char.is_ascii());
    let in_word = |char: char| char.is_alphanumeric() && char.is_ascii() == is_ascii;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let joins =
            matches!(char, '_' | '\'') && chars.peek().is_some_and(|&(_, next)| in_word(next));
        if !in_word(char) && !joins {
            return at;
        }
    }
    text.len()
}

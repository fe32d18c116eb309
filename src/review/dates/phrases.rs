//! Where lines say a date: a marker, what may stand between, and the date behind it.

use std::ops::Range;

use super::between::Between;
use super::date::WrittenDate;
use super::malformed;
use super::marker::{Facts, Marker, Strength, is_page_named, marker};
use super::partial;
use super::tokens::{Break, Kind, Token, tokens};

/// A marker, with what it says.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) facts: Facts,
    pub(super) strength: Strength,
    /// The marker's characters.
    pub(super) label: Range<usize>,
    pub(super) value: Value,
    /// Whether a colon, the border of a cell or the end of a line stands between.
    pub(super) is_labelled: bool,
    pub(super) start: Start,
    /// Whether marker and date are all that a code span holds.
    pub(super) is_code: bool,
}

/// What stands behind a marker.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Date(WrittenDate, Range<usize>),
    /// What should have been a date.
    Malformed(Range<usize>),
    /// An ERB partial: its name, and where that stands.
    Partial(String, Range<usize>),
    /// Nothing.
    Nothing,
}

/// Where a phrase begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// At the start of a line, a list item, a cell and so on.
    Of(Break),
    /// Behind another date of the same line.
    BehindDate,
    /// Behind the end of a sentence.
    Sentence,
    /// `... and was`, in a sentence about the page.
    Clause,
    /// Behind another sign.
    Inside,
}

/// How much of a phrase is looked at. No marker with its date is longer.
const LONGEST: usize = 40;

/// The phrases in `page[lines]` that begin with a marker, in order.
pub(super) fn phrases(page: &str, lines: Range<usize>) -> Vec<Phrase> {
    let tokens = tokens(page, lines.clone());
    let finder = Finder { page, tokens: &tokens, end: lines.end, anywhere: false };
    finder.all()
}

/// The phrases of a front matter's value, where they may stand behind any sign.
pub(super) fn phrases_in_value(page: &str, value: Range<usize>) -> Vec<Phrase> {
    let tokens = tokens(page, value.clone());
    let finder = Finder { page, tokens: &tokens, end: value.end, anywhere: true };
    finder.all()
}

/// The phrase that is all of `page[cell]`.
pub(super) fn phrase_of_cell(page: &str, cell: Range<usize>) -> Option<Phrase> {
    let tokens = tokens(page, cell.clone());
    let finder = Finder { page, tokens: &tokens, end: cell.end, anywhere: false };
    let first = (0..tokens.len()).take(8).find(|&at| !finder.is_break(at))?;
    finder.at(first, Start::Of(Break::Cell), false).map(|(phrase, _)| phrase)
}

/// The date or the partial that `page[range]` holds, and little else; or what should have been one.
pub(super) fn value_of(page: &str, range: Range<usize>) -> Value {
    let tokens = tokens(page, range.clone());
    let finder = Finder { page, tokens: &tokens, end: range.end, anywhere: false };
    finder.value_alone(0, true).map_or(Value::Nothing, |(value, _)| value)
}

pub(super) struct Finder<'a> {
    pub(super) page: &'a str,
    pub(super) tokens: &'a [Token],
    /// The end of the lines that the tokens are of.
    pub(super) end: usize,
    /// Whether a phrase may begin behind any sign.
    anywhere: bool,
}

impl<'a> Finder<'a> {
    fn all(&self) -> Vec<Phrase> {
        let mut found: Vec<Phrase> = Vec::new();
        let mut resume = None;
        let mut has_date = false;
        let mut at = 0;
        while at < self.tokens.len() {
            if self.is_break(at) {
                has_date &= self.tokens[at].kind == Kind::Break(Break::Cell);
            }
            let start = if resume == Some(at) && has_date {
                Some(Start::BehindDate)
            } else {
                self.start(at)
            };
            at += 1;
            let Some(start) = start else { continue };
            if let Some((phrase, behind)) = self.at(at - 1, start, true) {
                has_date = matches!(phrase.value, Value::Date(..));
                found.push(phrase);
                at = behind.max(at);
                resume = Some(self.behind_joints(at));
            }
        }
        found
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn is_break(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Break(_)))
    }

    pub(super) fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.page[token.span.clone()])
    }

    /// How a phrase may begin at `at`.
    fn start(&self, at: usize) -> Option<Start> {
        if !matches!(self.kind(at)?, Kind::Word | Kind::Sign(_)) {
            return None;
        }
        let before = at.checked_sub(1)?;
        match self.kind(before)? {
            Kind::Break(Break::Line) if self.goes_on(at) => None,
            Kind::Break(mark) => Some(Start::Of(mark)),
            Kind::Sign('.' | '!' | '?' | '。' | '．') => {
                let gap = self.tokens[before].span.end < self.tokens[at].span.start;
                (gap || !self.text(at).is_ascii()).then_some(Start::Sentence)
            }
            Kind::Sign('(' | ',' | ';' | '·' | '•' | '–' | '—' | '-' | '/') => {
                (self.anywhere || self.is_about_page(at)).then_some(Start::Inside)
            }
            Kind::Word if self.is(before, &["and"]) && self.is(at, &["was", "has", "is"]) => {
                self.sentence_names_page(at).then_some(Start::Clause)
            }
            _ => None,
        }
    }

    pub(super) fn is(&self, at: usize, any: &[&str]) -> bool {
        any.iter().any(|it| it.eq_ignore_ascii_case(self.text(at)))
    }

    /// Whether the line that begins at `at` continues the sentence of the line before.
    fn goes_on(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(2) else { return false };
        let is_lower = self.text(at).starts_with(|char: char| char.is_lowercase());
        is_lower
            && !matches!(
                self.kind(before),
                Some(Kind::Break(_) | Kind::Sign('.' | ':' | '!' | '?'))
            )
    }

    /// Whether the line before `at` tells facts of the page: `Owner: Ada, last reviewed ...`.
    fn is_about_page(&self, at: usize) -> bool {
        let line = (at.saturating_sub(16)..at).rev().find(|&at| self.is_break(at));
        let Some(first) = line.map(|line| line + 1) else { return false };
        (first..at.min(first + 3)).any(|at| self.is(at, &ABOUT_PAGE))
    }

    /// Whether the sentence around `at` begins with the page: `This guide covers ... and was`.
    fn sentence_names_page(&self, at: usize) -> bool {
        let ends = |at: usize| {
            matches!(self.kind(at), Some(Kind::Break(mark)) if mark != Break::Line)
                || self.text(at) == "." && self.tokens[at].span.end < self.start_of(at + 1)
        };
        let first =
            (at.saturating_sub(LONGEST)..at).rev().find(|&at| ends(at)).map_or(0, |at| at + 1);
        let first = (first..at).find(|&at| !self.is_break(at)).unwrap_or(first);
        let words: Vec<&str> = (first..at.min(first + 5)).map(|at| self.text(at)).collect();
        is_page_named(&words[..words.len().min(5)]) && self.is(first, &["this", "the", "our"])
    }

    pub(super) fn start_of(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.end, |token| token.span.start)
    }

    /// The token behind the commas and such that stand at `at`.
    fn behind_joints(&self, at: usize) -> usize {
        let is_joint = |at: usize| {
            let signs = [",", ";", "(", ")", "/", "–", "—", "-", "·", "•", ".", "and", "|"];
            signs.contains(&self.text(at))
        };
        (at..at + 4).find(|&at| !is_joint(at)).unwrap_or(at)
    }

    /// The phrase at `at`, and the token behind it.
    fn at(&self, at: usize, start: Start, may_look_on: bool) -> Option<(Phrase, usize)> {
        let mut view = self.view(at);
        if start == Start::Clause {
            let verbs = view.iter().take_while(|&&at| self.is(at, &["was", "has", "is", "been"]));
            view.drain(..verbs.count());
        }
        let words: Vec<&str> = view.iter().map(|&at| self.text(at)).collect();
        let Marker { facts, strength, words } = marker(&words)?;
        let by_page = self.is(at, &["it"]) || start == Start::Clause;
        if by_page && !self.page_is_named_before(at) {
            return None;
        }
        let strength = if start == Start::Clause { Strength::Page } else { strength };
        let (first, last) = (*view.first()?, *view.get(words - 1)?);
        let label = self.tokens[first].span.start..self.tokens[last].span.end;
        let mut value =
            Between { finder: self, view: &view, at: words, has_colon: false, has_dash: false };
        let (mut found, mut behind) = value.read()?;
        let mut is_labelled = value.has_colon || value.has_dash || start == Start::Of(Break::Cell);
        if matches!(found, Value::Nothing) && may_look_on {
            is_labelled = true;
            if strength > Strength::Bare
                && let Some((next, next_behind)) = self.look_on(behind)
            {
                (found, behind) = (next, next_behind);
            }
        }
        let code = self.tokens[at].code;
        let end = match &found {
            Value::Date(_, span) | Value::Malformed(span) => span.start,
            Value::Partial(..) | Value::Nothing => self.tokens[last].span.start,
        };
        let end = self.tokens.partition_point(|token| token.span.end <= end);
        let is_code = code != 0 && self.tokens.get(end).is_some_and(|token| token.code == code);
        // `Database of Bees. Content last reviewed June 2023.` is a source that the page names.
        let is_surely_own = strength == Strength::Page || by_page || is_labelled;
        if start == Start::Sentence && !is_surely_own && !self.is_about_page(at) {
            return None;
        }
        if strength == Strength::Bare && !self.may_be_bare(start, is_labelled, behind, &found) {
            return None;
        }
        Some((Phrase { facts, strength, label, value: found, is_labelled, start, is_code }, behind))
    }

    /// A lone verb needs a place of its own: `Updated: 2022-10-05`, but not `Updated 2022-10-05 by the
    /// release that brought ...`, and not in a list of news.
    fn may_be_bare(&self, start: Start, labelled: bool, behind: usize, value: &Value) -> bool {
        let words = (behind..self.tokens.len()).take_while(|&at| !self.is_break(at));
        let rest = words.filter(|&at| self.kind(at) == Some(Kind::Word)).take(9).count();
        let by = self.text(behind).eq_ignore_ascii_case("by") || self.text(behind) == "(";
        match (start, value) {
            (_, Value::Partial(..) | Value::Nothing | Value::Malformed(_)) => labelled,
            (Start::Of(Break::Heading) | Start::Sentence, _) => false,
            (Start::Of(Break::Item), _) => labelled && rest == 0,
            (Start::Inside, _) => self.anywhere || labelled,
            _ => labelled || rest <= 2 || by && rest <= 8,
        }
    }

    /// `It was last reviewed` speaks of the page only if the sentence before does.
    fn page_is_named_before(&self, at: usize) -> bool {
        let words: Vec<&str> = (at.saturating_sub(LONGEST)..at).map(|at| self.text(at)).collect();
        is_page_named(&words)
    }

    /// The tokens of the phrase at `at`. A line break is a space in it, any other break its end.
    fn view(&self, at: usize) -> Vec<usize> {
        (at..self.tokens.len().min(at + 2 * LONGEST))
            .take_while(|&at| matches!(self.kind(at), Some(kind) if !is_end(kind)))
            .filter(|&at| !self.is_break(at))
            .take(LONGEST)
            .collect()
    }

    /// What stands alone in the next cell, in the next element or on the next line.
    fn look_on(&self, at: usize) -> Option<(Value, usize)> {
        let next = (at..at + 6).find(|&at| !self.is_break(at)).unwrap_or(at);
        if next < self.tokens.len() {
            let crossed = &self.tokens[at..next];
            let may_cross = crossed.iter().all(|token| {
                !matches!(token.kind, Kind::Break(Break::Item | Break::Heading))
                    && !self.page[token.span.clone()].starts_with("<tr")
            });
            return may_cross.then(|| self.value_alone(at, !crossed.is_empty()))?;
        }
        let next = self.next_line()?;
        let tokens = tokens(self.page, next.clone());
        let finder = Finder { tokens: &tokens, end: next.end, ..*self };
        let is_text = matches!(finder.kind(0), Some(Kind::Break(Break::Line)));
        let (value, _) = is_text.then(|| finder.value_alone(0, false))??;
        Some((value, self.tokens.len()))
    }

    /// The next line that is neither blank nor a comment.
    fn next_line(&self) -> Option<Range<usize>> {
        let mut at = self.end;
        for _ in 0..4 {
            let rest = &self.page[at..];
            let text = rest.trim_start();
            at += rest.len() - text.len();
            if text.is_empty() {
                return None;
            }
            if text.starts_with("<!--") && !text.starts_with("<!--*") {
                at += text[..text.floor_char_boundary(1_000)].find("-->")? + 3;
                continue;
            }
            let end = text.find('\n').unwrap_or(text.len());
            return Some(at..at + end.min(text.floor_char_boundary(200)));
        }
        None
    }

    /// A date with at most a few words behind it, or a partial, from `at` on; breaks come first.
    fn value_alone(&self, at: usize, may_be_malformed: bool) -> Option<(Value, usize)> {
        let opening = |at: usize| {
            self.is_break(at)
                || matches!(self.kind(at), Some(Kind::Sign('(' | '"' | ':' | '“' | '\'')))
        };
        let at = (at..self.tokens.len()).take(10).find(|&at| !opening(at))?;
        let token = &self.tokens[at];
        if token.kind == Kind::Template {
            let (name, span) = partial::call(self.page, token.span.clone())?;
            return Some((Value::Partial(name, span), at + 1));
        }
        let start = token.span.start;
        if let Some((date, length)) = WrittenDate::read(&self.page[start..self.end.max(start)]) {
            let behind = self.behind(start + length);
            let is_alone = (behind..self.tokens.len())
                .take_while(|&at| !self.is_break(at))
                .filter(|&at| self.kind(at) == Some(Kind::Word))
                .take(9)
                .count()
                <= 8;
            return is_alone.then(|| (Value::Date(date, start..start + length), behind));
        }
        let length =
            malformed::attempt(&self.page[start..self.end]).filter(|_| may_be_malformed)?;
        Some((Value::Malformed(start..start + length), self.behind(start + length)))
    }

    /// The first token from `offset` on.
    pub(super) fn behind(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| token.span.end <= offset && token.span.start < offset)
    }
}

/// What else a page's line of facts begins with.
const ABOUT_PAGE: [&str; 14] = [
    "owner",
    "owned",
    "owners",
    "author",
    "authors",
    "written",
    "maintainer",
    "maintained",
    "dri",
    "version",
    "status",
    "created",
    "published",
    "effective",
];

fn is_end(kind: Kind) -> bool {
    matches!(kind, Kind::Break(mark) if mark != Break::Line)
}

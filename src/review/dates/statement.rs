//! What a text says of its dates: a form, what may be between, and the value after it.

use std::ops::Range;

use super::forms::{Facts, LONGEST, Marker, Strength, marker, words_of_forms};
use super::notation::WrittenDate;
use super::pattern::Pattern;
use super::{Value, malformed, partial};
use crate::source::markdown::{Outline, PlainText};

/// A form, with what it says.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) facts: Facts,
    pub(super) strength: Strength,
    /// The form's characters in the page.
    pub(super) label: Range<usize>,
    /// What it says; `None` where nothing follows.
    pub(super) value: Option<Value>,
    /// Whether a colon, the border of a cell or the end of a line is between.
    pub(super) is_labelled: bool,
    pub(super) start: Start,
}

/// Where a statement begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// At a boundary, which is the one character: the start of a line, a list item, a cell and so on.
    Of(char),
    /// After another date of the same line.
    AfterDate,
    /// After the end of a sentence.
    Sentence,
    /// `... and was`, in a sentence about the page.
    Clause,
    /// After another sign.
    Inside,
}

/// A pipe in a line that does not begin with one.
const PIPE: char = '\u{8}';

/// Whether no statement goes on behind `c`.
fn is_boundary(c: char) -> bool {
    ('\u{1}'..='\u{6}').contains(&c) || c == PIPE
}

fn is_break(c: char) -> bool {
    is_boundary(c) || c == '\n'
}

/// What is between a date and another form of the same line.
static JOINTS: Pattern = Pattern::new(r"^(?:\x20*(?:[,;()/–—·•.-]|and{b})){0,4}\x20*");
/// What a statement may follow.
static SIGNS: Pattern = Pattern::new(r"[\x01-\x06\x08\n.!?。．(,;·•–—/-]|{b}and{b}");
/// How a line of facts of the page begins: `Owner: Ada`.
static FACTS: Pattern =
    Pattern::new(r"^{gap}(?:(?:[0-9a-z_]+|[^0-9a-z_\x20\n]){gap}){0,2}{fact}{b}");
/// How a sentence begins whose subject is the page.
static SUBJECT: Pattern =
    Pattern::new(r"^{gap}(?:this|the|our){space}(?:{token}{space}){0,2}?{page}{b}");
static PAGE_NAMED: Pattern = Pattern::new(r"{b}{this}{space}(?:{token}{space}){0,2}?{page}{b}");
static VERB: Pattern = Pattern::new("^(?:was|has|is){b}");
static VERBS: Pattern = Pattern::new(r"^(?:(?:was|has|is|been){space})*");
static BY: Pattern = Pattern::new("^by{b}");
static TOKEN: Pattern = Pattern::new(r"[0-9a-z_]+|[^\x00-\x7f]+|[^\x20\n]");
/// What may be between a form and its value.
static GLUE: Pattern =
    Pattern::new(r#"^(?:[\x20\n:：=(“”‘’",・「（–—→'-]|(?:on|at|in|as|of|was|is|the){b}|は)*"#);
/// What the value is to be, in brackets, and whether a colon or nothing follows.
static HINT: Pattern = Pattern::new(r"^{gap}\((?<hint>[^()\x01-\x08]*)\)(?<rest>\x20*(?::|\n|$))?");

/// A text, and the same for patterns.
pub(super) struct Text<'p> {
    page: &'p str,
    plain: PlainText,
    /// As many bytes, in lower case, with pipes as boundaries, and spaces for what only marks up.
    lower: String,
    /// Whether a statement may begin after any sign.
    anywhere: bool,
}

impl<'p> Text<'p> {
    pub(super) fn new(page: &'p str, plain: PlainText) -> Self {
        let mut lower = String::with_capacity(plain.text.len());
        let (mut before, mut is_line_empty, mut is_row) = ('\n', true, false);
        let mut chars = plain.text.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied().unwrap_or('\n');
            let is_joint = |is: fn(&char) -> bool| is(&before) && is(&next);
            match c {
                '|' => is_row |= is_line_empty,
                _ if is_break(c) && c != PlainText::CELL => (is_line_empty, is_row) = (true, false),
                _ => is_line_empty &= c.is_whitespace(),
            }
            match c {
                '|' => lower.push(if is_row { PlainText::CELL } else { PIPE }),
                '_' if is_joint(|c| c.is_alphanumeric()) => lower.push(c),
                '-' if is_joint(char::is_ascii_alphabetic) => lower.push(' '),
                '*' | '_' | '~' | '\\' | '[' | ']' | '`' => lower.push(' '),
                '\n' => lower.push(c),
                c if c.is_whitespace() => lower.extend(std::iter::repeat_n(' ', c.len_utf8())),
                c => lower.push(c.to_ascii_lowercase()),
            }
            before = c;
        }
        Self { page, plain, lower, anywhere: false }
    }

    /// The visible text at `span`.
    pub(super) fn of(page: &'p str, outline: &Outline, span: &Range<usize>) -> Self {
        let runs = &outline.text;
        let first = runs.partition_point(|run| run.span.start < span.start);
        let end = runs.partition_point(|run| run.span.start < span.end);
        Self::new(page, PlainText::new(page, &runs[first..end.max(first)]))
    }

    /// The value of a key, where a statement may begin after any sign.
    pub(super) fn of_value(page: &'p str, value: Range<usize>) -> Self {
        Self { anywhere: true, ..Self::new(page, PlainText::of_one_paragraph(page, value)) }
    }

    /// What is said, in order.
    pub(super) fn statements(&self) -> Vec<Statement> {
        let words: Vec<usize> = words_of_forms(&self.lower).collect();
        let mut found = Vec::new();
        let mut done = 0;
        for &word in &words {
            if word >= done {
                let start = self.lower[done..word].rfind(is_boundary).map_or(done, |at| done + at);
                done = self.part(start..self.end_of_part(word), &words, &mut found);
            }
        }
        found
    }

    /// The statement that the text begins with, and that goes on no further.
    pub(super) fn whole(&self) -> Option<Statement> {
        let start = self.lower.find(|c| !is_break(c))?;
        self.at(start..self.end_of_part(start), Start::Of(PlainText::CELL), false)
            .map(|(statement, _)| statement)
    }

    /// The date or the partial that the text holds, and little else; or what should have been one.
    pub(super) fn value(&self) -> Option<Value> {
        self.value_alone(0, true).map(|(value, _)| value)
    }

    /// Adds what is said in `part`, which has a boundary at its start at most and `words` of forms, to `found`. Where it
    /// was read to.
    fn part(&self, part: Range<usize>, words: &[usize], found: &mut Vec<Statement>) -> usize {
        let (mut at, mut after_date) = (part.start, None);
        loop {
            let next = after_date.take().map(|at| (at, Start::AfterDate));
            let Some((start, begins)) = next.or_else(|| self.next_start(&mut at, part.end)) else {
                return part.end.max(at);
            };
            let word = words.get(words.partition_point(|word| *word < start));
            let Some(word) = word.filter(|word| **word < part.end) else {
                return part.end.max(at);
            };
            let is_near = word - start < LONGEST;
            let statement = is_near.then(|| self.at(start..part.end, begins, true)).flatten();
            let Some((statement, behind)) = statement else { continue };
            at = behind.max(start + 1);
            if matches!(statement.value, Some(Value::Date(..))) && at < part.end {
                after_date = Some(at + JOINTS.length(&self.lower[at..part.end]));
            }
            found.push(statement);
        }
    }

    /// Where from `at` on a statement may begin, and how; `at` moves there.
    fn next_start(&self, at: &mut usize, end: usize) -> Option<(usize, Start)> {
        while let Some(sign) = SIGNS.find_at(&self.lower[..end], (*at).min(end)) {
            *at = sign.end();
            let rest = &self.lower[sign.end()..end];
            let start = sign.end() + rest.len() - rest.trim_start_matches(' ').len();
            let gap = start > sign.end() || rest.starts_with('\n');
            let first = self.lower[start..].chars().next().filter(|c| *c != PlainText::TEMPLATE);
            let Some(first) = first else { continue };
            let c = sign.as_str().chars().next()?;
            let begins = match c {
                _ if is_break(first) => None,
                '\n' if self.goes_on(sign.start(), start) => None,
                c if is_break(c) => Some(Start::Of(c)),
                '.' | '!' | '?' | '。' | '．' => {
                    (gap || !first.is_ascii()).then_some(Start::Sentence)
                }
                'a' => self.is_clause(start).then_some(Start::Clause),
                _ => (self.anywhere || self.is_about_page(start)).then_some(Start::Inside),
            };
            if let Some(begins) = begins {
                return Some((start, begins));
            }
        }
        None
    }

    /// Whether the line that begins at `start` continues the sentence of the line that ends at `end`.
    fn goes_on(&self, end: usize, start: usize) -> bool {
        let is_lower = self.plain.text[start..].starts_with(char::is_lowercase);
        let before = self.lower[..end].trim_end_matches(' ').chars().next_back();
        is_lower && !before.is_none_or(|c| is_break(c) || matches!(c, '.' | ':' | '!' | '?'))
    }

    /// Whether the line before `at` tells facts of the page: `Owner: Ada, last reviewed ...`.
    fn is_about_page(&self, at: usize) -> bool {
        let near = self.before(at, 120);
        let Some(line) = near.rfind(is_break) else { return false };
        FACTS.is_match(&near[line + 1..])
    }

    /// Whether `was` at `at` is said of the page: `This guide covers ... and was`.
    fn is_clause(&self, at: usize) -> bool {
        let near = self.before(at, 300);
        let sentence = near.rfind(is_boundary).max(near.rfind(". ")).map_or(0, |start| start + 1);
        VERB.is_match(&self.lower[at..]) && SUBJECT.is_match(&near[sentence..])
    }

    /// `It was last reviewed` speaks of the page only if the sentence before does.
    fn page_is_named_before(&self, at: usize) -> bool {
        PAGE_NAMED.is_match(self.before(at, 300))
    }

    /// What is before `at`, `most` bytes at most.
    fn before(&self, at: usize, most: usize) -> &str {
        &self.lower[self.lower.ceil_char_boundary(at.saturating_sub(most))..at]
    }

    fn end_of_part(&self, at: usize) -> usize {
        self.lower[at..].find(is_boundary).map_or(self.lower.len(), |length| at + length)
    }

    /// The statement that `part` begins with, and the end of it.
    fn at(
        &self,
        part: Range<usize>,
        start: Start,
        may_look_on: bool,
    ) -> Option<(Statement, usize)> {
        let Range { start: at, end } = part;
        let mut from = at;
        if start == Start::Clause {
            from += VERBS.length(&self.lower[at..end]);
        }
        let Marker { facts, mut strength, end: length } = marker(&self.lower[from..end])?;
        let by_page = start == Start::Clause || self.lower[at..].starts_with("it ");
        if by_page && !self.page_is_named_before(at) || facts.next && !matches!(start, Start::Of(_))
        {
            return None;
        }
        if start == Start::Clause {
            strength = Strength::Page;
        }
        let last = self.lower.floor_char_boundary(from + length - 1);
        let label_end = self.plain.in_page(last) + (from + length - last);
        let label = self.plain.in_page(from)..self.page.ceil_char_boundary(label_end);
        let (mut value, mut behind, is_signed) = self.value_after(from + length, end)?;
        let mut is_labelled = is_signed || start == Start::Of(PlainText::CELL);
        if value.is_none() && may_look_on {
            is_labelled = true;
            if strength > Strength::Bare
                && let Some((next, next_behind)) = self.look_on(behind)
            {
                (value, behind) = (Some(next), next_behind);
            }
        }
        // `Database of Bees. Content last reviewed June 2023.` is a source that the page names.
        let is_surely_own = strength == Strength::Page || by_page || is_labelled;
        let is_own = start != Start::Sentence || is_surely_own || self.is_about_page(at);
        let is_bare = strength == Strength::Bare;
        let may_be =
            is_own && (!is_bare || self.may_be_bare(start, is_labelled, behind, value.as_ref()));
        may_be.then_some((Statement { facts, strength, label, value, is_labelled, start }, behind))
    }

    /// A lone verb needs a place of its own: `Updated: 2022-10-05`, but not `Updated 2022-10-05 by the
    /// release that brought ...`, and not in a list of news.
    fn may_be_bare(&self, start: Start, labelled: bool, at: usize, value: Option<&Value>) -> bool {
        let words = self.words_after(at);
        let rest = self.lower[at..].trim_start();
        let is_by = rest.starts_with('(') || BY.is_match(rest);
        match (start, value) {
            (_, None | Some(Value::Partial(..) | Value::Malformed(_))) => labelled,
            (Start::Of(PlainText::HEADING) | Start::Sentence, _) => false,
            (Start::Of(PlainText::ITEM), _) => labelled && words == 0,
            (Start::Inside, _) => self.anywhere || labelled,
            _ => labelled || words <= 2 || is_by && words <= 8,
        }
    }

    /// How many words are between `at` and the end of the line, counted up to 9.
    fn words_after(&self, at: usize) -> usize {
        let near = &self.lower[at..self.lower.floor_char_boundary(at + LONGEST)];
        let line = &near[..near.find(is_break).unwrap_or(near.len())];
        let words = line.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '\''));
        words.filter(|word| !word.is_empty()).take(9).count()
    }

    /// What is alone in the next cell, in the next element or on the next line from `at` on.
    fn look_on(&self, at: usize) -> Option<(Value, usize)> {
        let rest = &self.lower[at..];
        let text = rest.trim_start_matches(|c| is_break(c) || c == ' ');
        let crossed = &rest[..rest.len() - text.len()];
        let stops = [PlainText::ITEM, PlainText::HEADING, PlainText::ROW];
        let may_be_malformed = !crossed.contains(PlainText::PARAGRAPH);
        (!crossed.contains(stops)).then(|| self.value_alone(at, may_be_malformed))?
    }

    /// A date with at most a few words after it, or a partial, from `at` on; boundaries come first.
    fn value_alone(&self, at: usize, may_be_malformed: bool) -> Option<(Value, usize)> {
        let rest = &self.lower[at..];
        let opens = |c| is_break(c) || matches!(c, ' ' | '(' | '"' | ':' | '“' | '\'');
        let start = at + (rest.len() - rest.trim_start_matches(opens).len());
        if self.lower[start..].starts_with(PlainText::TEMPLATE) {
            return self.partial(start);
        }
        match self.date(start) {
            Some((date, behind)) => (self.words_after(behind) <= 8).then_some((date, behind)),
            None => self.malformed(start, true).filter(|_| may_be_malformed),
        }
    }

    fn date(&self, at: usize) -> Option<(Value, usize)> {
        self.lower[at..].starts_with(|c: char| c.is_ascii_alphanumeric()).then_some(())?;
        let start = self.plain.in_page(at);
        let (date, length) = WrittenDate::read(&self.page[start..])?;
        let span = start..start + length;
        let behind = self.plain.in_text(span.end);
        Some((Value::Date(date, span), behind))
    }

    fn partial(&self, at: usize) -> Option<(Value, usize)> {
        let (name, span) = partial::call(self.page, self.plain.in_page(at))?;
        Some((Value::Partial(name, span), at + 1))
    }

    fn malformed(&self, at: usize, is_expected: bool) -> Option<(Value, usize)> {
        let start = self.plain.in_page(at);
        let length = malformed::length(&self.page[start..], is_expected);
        let length = length.filter(|_| at < self.lower.len())?;
        let behind = self.plain.in_text(start + length);
        Some((Value::Malformed(start..start + length), behind))
    }

    /// Whether a line begins at `at` that says something else: `Owner: Ada` below `Last reviewed:`.
    fn begins_another_line(&self, at: usize) -> bool {
        let is_first = self.lower[..at].trim_end_matches(' ').ends_with('\n');
        let first = self.plain.text[at..].chars().next();
        is_first && first.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
    }

    /// The value of a form that ends at `at`, the end of it, and whether a colon or a dash is between; nothing if other
    /// words follow. Colons, dashes, brackets and `on` may be between.
    fn value_after(&self, at: usize, end: usize) -> Option<(Option<Value>, usize, bool)> {
        let from = at + self.hint(at, end);
        let glue = GLUE.find(&self.lower[from..end]).map_or("", |glue| glue.as_str());
        let mut lines = glue.match_indices('\n').map(|(line, _)| {
            let rest = &glue[line + 1..];
            from + line + 1 + (rest.len() - rest.trim_start_matches(' ').len())
        });
        let other = lines.find(|&at| self.begins_another_line(at));
        let at = other.unwrap_or(from + glue.len());
        let glue = &self.lower[from..at];
        let has_colon = glue.contains([':', '：', '=']);
        let is_labelled = has_colon || glue.contains(['-', '–', '—', '→']);
        if at >= end {
            return Some((None, end, is_labelled));
        }
        let rest = &self.lower[at..end];
        let found = self.date(at).or_else(|| match other {
            None if rest.starts_with(PlainText::TEMPLATE) => self.partial(at),
            None if BY.is_match(rest) => self.value_by(at, end),
            _ => self.malformed(at, has_colon && other.is_none()),
        });
        found.map(|(value, behind)| (Some(value), behind, is_labelled))
    }

    /// The length of `(YYYY-MM-DD)`, or of anything in brackets that a colon or nothing follows, unless it is the date.
    fn hint(&self, at: usize, end: usize) -> usize {
        let rest = &self.lower[at..end];
        let is_open = rest.trim_start().starts_with('(');
        let found = if is_open { HINT.captures(rest) } else { None };
        let Some(found) = found else { return 0 };
        let is_hint = found.name("rest").is_some() || malformed::is_format(&found["hint"]);
        let inside = found.name("hint").map_or(0..0, |hint| hint.range());
        match is_hint && self.date(at + inside.start).is_none() {
            true => inside.end + 1,
            false => 0,
        }
    }

    /// `by Ada of the Bees team on 2022-10-05`.
    fn value_by(&self, at: usize, end: usize) -> Option<(Value, usize)> {
        static ENDS: Pattern =
            Pattern::new("^(?:next|due|until|before|expires|effective|created|since|;)$");
        for token in TOKEN.all(&self.lower[at..end]).skip(1).take(14) {
            let at = at + token.start();
            if let Some(found) = self.date(at) {
                return Some(found);
            }
            if self.begins_another_line(at) || ENDS.is_match(token.as_str()) {
                return None;
            }
        }
        None
    }
}

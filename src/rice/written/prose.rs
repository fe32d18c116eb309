//! Values that are told in sentences, as in a section under a heading: `About 6 weeks.`, `It is **high** for them.`
//!
//! The sentence of the value is read whole or not at all. It may explain the value (`80%, because we asked`), but not
//! change it: of `a month and a half` and `2 months for each team` no number is taken. Sentences after it are prose,
//! unless they go on with it (`2 months. Plus a week for tests.`) or say another value.

use std::ops::Range;

use super::text::{bare, is_nothing, words_of};
use super::unit::{Unit, is_measure};
use super::{Doubt, Measure, Notation, Place, Written, read_in};
use crate::rice::scales::Factor;
use crate::rice::{Exact, Scales};

/// A text in sentences, as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// The value, or why there is none.
    pub written: Written,
    /// Where the sentence is that says so.
    pub place: Range<usize>,
}

/// What stands before an item of a list or a row of a table.
const MARKS: [char; 6] = ['-', '*', '+', ' ', '|', '>'];
/// Words with which an explanation begins, which changes nothing.
const EXPLAINS: [&str; 9] =
    ["because", "since", "due", "given", "based", "according", "judging", "considering", "thanks"];
/// Words after `as` that make an explanation of it: `as they all asked`.
const AS: [&str; 12] =
    ["we", "they", "it", "there", "the", "this", "that", "our", "most", "all", "many", "nobody"];
/// What a value is based on: `after 12 interviews`.
const WORDS_OF_RESEARCH: [&str; 10] = [
    "interview",
    "survey",
    "test",
    "study",
    "vote",
    "answer",
    "call",
    "response",
    "session",
    "experiment",
];
/// Words that make more or less of a value, or another one.
const CHANGES: [&str; 52] = [
    "half",
    "third",
    "each",
    "per",
    "every",
    "twice",
    "thrice",
    "double",
    "doubled",
    "triple",
    "tripled",
    "times",
    "x",
    "plus",
    "minus",
    "less",
    "more",
    "fewer",
    "min",
    "minimum",
    "max",
    "maximum",
    "least",
    "up",
    "to",
    "or",
    "and",
    "another",
    "extra",
    "additional",
    "additionally",
    "between",
    "over",
    "under",
    "above",
    "below",
    "than",
    "not",
    "never",
    "without",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "dozen",
    "both",
];
/// Words with which a sentence goes on with the one before it, if it has a number too.
const GOES_ON: [&str; 16] = [
    "plus",
    "minus",
    "and",
    "or",
    "but",
    "double",
    "twice",
    "another",
    "add",
    "additionally",
    "then",
    "times",
    "half",
    "maybe",
    "possibly",
    "multiply",
];
/// Signs of a calculation or a range.
const SIGNS: [char; 12] =
    ['+', '*', '/', '\u{d7}', '\u{b1}', '&', '=', '\u{2192}', '\u{2026}', '~', '^', '@'];
/// The longest sentence, in bytes, of which a value is taken, and how many pieces in bold or as code are tried.
const MAX_SENTENCE: usize = 4096;
const MAX_TRIES: usize = 64;
/// How many words of a sentence are looked at for the end of its value.
const MAX_WORDS: usize = 40;

/// Reads `text`, in which `factor` is told in sentences: what the first line begins with, else what is set in bold or
/// as code, else the first number.
pub fn read_prose(factor: Factor, text: &str, scales: &Scales, measure: &Measure) -> Prose {
    let place = Place { measure, notation: Notation::Unknown, is_prose: true };
    let reader = Reader { factor, text, scales, place, sentences: sentences(text) };
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next().unwrap_or_default();
    let item = line.trim_start_matches(MARKS);
    let is_item = item != line;
    let first = reader.at(start);
    if let Some(several) =
        reader.several().filter(|_| is_item || !matches!(first.written, Written::Value(_)))
    {
        return several;
    }
    let tries = std::iter::once(start + line.len() - item.len())
        .chain(emphasised(text).into_iter().take(MAX_TRIES));
    let tries = tries.map(|at| reader.at(at)).chain(first_number(text).map(|at| reader.at(at)));
    let nothing = Prose { written: Written::Unreadable, place: start..start + line.len() };
    for read in std::iter::once(first).chain(tries) {
        if !matches!(read.written, Written::Unreadable | Written::Nothing) {
            return reader.unless_another(read);
        }
    }
    match is_nothing(&bare(text)) {
        true => Prose { written: Written::Nothing, ..nothing },
        false => nothing,
    }
}

struct Reader<'r> {
    factor: Factor,
    text: &'r str,
    scales: &'r Scales,
    place: Place<'r>,
    sentences: Vec<Range<usize>>,
}

impl Reader<'_> {
    /// What the sentence says whose value begins at `at`.
    fn at(&self, at: usize) -> Prose {
        let next = self.sentences.partition_point(|sentence| sentence.end <= at);
        let sentence = self.sentences.get(next).cloned().unwrap_or(at..self.text.len());
        let start = sentence.start.min(at);
        let (before, tail) = (&self.text[start..at], &self.text[at..sentence.end.max(at)]);
        let place = start..start + self.text[start..sentence.end.max(at)].trim_end().len();
        if place.len() > MAX_SENTENCE {
            return Prose { written: Written::Unreadable, place };
        }
        let tail = tail.replace("**", "").replace("__", "").replace('`', "");
        let read = self.read(&tail, false);
        let written = match &read {
            Written::Value(_) | Written::OffScale(_) => read,
            _ => self.read(&tail, true),
        };
        let Written::Value(value) = written else { return Prose { written, place } };
        let rest = self.rest_after(value, &tail);
        let doubt = match self.changes(&bare(before), value) {
            true => Some(bare(&self.text[place.clone()])),
            false => Some(rest).filter(|rest| self.changes(explained(rest), value)),
        };
        let written = doubt.map_or(written, |rest| Written::Refused(Box::new(Doubt::Rest(rest))));
        Prose { written, place }
    }

    fn read(&self, text: &str, is_prose: bool) -> Written {
        read_in(self.factor, text, self.scales, Place { is_prose, ..self.place })
    }

    /// What follows in `tail` the longest beginning that says `value` and nothing else.
    fn rest_after(&self, value: Exact, tail: &str) -> String {
        let tail = bare(tail);
        let ends = tail.char_indices().filter(|(_, c)| !c.is_alphanumeric());
        let ends = ends.map(|(at, c)| at + c.len_utf8()).take(MAX_WORDS).chain([tail.len()]);
        let is_said = |end: &usize| self.read(&tail[..*end], false) == Written::Value(value);
        let end = ends.filter(is_said).last().unwrap_or_default();
        tail[end..].trim().to_owned()
    }

    /// Whether `text`, which is before or after the value `value` in its sentence, may change it.
    fn changes(&self, text: &str, value: Exact) -> bool {
        if text.trim_start().starts_with(SIGNS) {
            return true;
        }
        let is_another = |word: &str| match self.factor {
            Factor::Effort => Unit::named(word).is_some() || is_measure(word),
            _ => matches!(self.read(word, false), Written::Value(other) if other != value),
        };
        words_of(text).any(|word| {
            let is_number = word.starts_with(|c: char| c.is_ascii_digit()) && !is_year(word);
            is_number || CHANGES.contains(&word) || is_another(word)
        })
    }

    /// Items of a list or rows of a table that say different steps, or more than one amount of work: none is chosen.
    fn several(&self) -> Option<Prose> {
        let mut values: Vec<(Exact, Range<usize>)> = Vec::new();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let at = start;
            start += line.len();
            let trimmed = line.trim();
            let item = trimmed.trim_start_matches(MARKS);
            if item.len() == trimmed.len() || item.is_empty() {
                continue;
            }
            let place = at..at + line.trim_end().len();
            match self.factor {
                Factor::Effort => {
                    let at = at + line.trim_end().len() - item.len();
                    let read = first_number(item).map(|number| self.read(&item[number..], true));
                    let is_valued =
                        |read: &Written| matches!(read, Written::Value(_) | Written::Refused(_));
                    let read = [Some(self.read(item, true)), read].into_iter().flatten();
                    if read.into_iter().any(|read| is_valued(&read)) {
                        values.push((Exact::ZERO, at..place.end));
                    }
                }
                _ => {
                    if let Written::Value(value) = self.read(item, true) {
                        values.push((value, place));
                    }
                }
            }
        }
        let (first, place) = values.first()?;
        let place = place.clone();
        let written = match self.factor {
            Factor::Effort => {
                (values.len() > 1).then(|| Written::Refused(Box::new(Doubt::Several)))
            }
            _ => values
                .iter()
                .find(|(value, _)| value != first)
                .map(|(other, _)| Written::Contradiction(Box::new((*first, *other)))),
        };
        written.map(|written| Prose { written, place })
    }

    /// What was `read`, unless a later line says another value, or goes on with the sentence.
    fn unless_another(&self, read: Prose) -> Prose {
        let Written::Value(value) = read.written else { return read };
        for sentence in self.sentences.iter().filter(|other| other.start >= read.place.end) {
            let text = &self.text[sentence.clone()];
            let is_item = text.trim_start().starts_with(MARKS);
            let other = match (is_item, self.read(text, false)) {
                (false, Written::Value(other)) if other != value => other,
                _ => continue,
            };
            let place = sentence.clone();
            let written = match self.factor {
                Factor::Effort => Written::Refused(Box::new(Doubt::Several)),
                _ => Written::Contradiction(Box::new((value, other))),
            };
            return Prose { written, place };
        }
        read
    }
}

/// What of `rest`, which follows a value, does not explain it.
fn explained(rest: &str) -> &str {
    let words: Vec<&str> = words_of(rest).collect();
    let mut at = 0;
    for (number, word) in words.iter().enumerate() {
        // Words come in the order of the text.
        at += rest[at..].find(word).unwrap_or_default();
        let next = &words[number + 1..];
        let is_as = *word == "as" && next.first().is_some_and(|next| AS.contains(next));
        // How many were asked is a reason too.
        let is_research = |word: &&str| WORDS_OF_RESEARCH.contains(&word.trim_end_matches('s'));
        if EXPLAINS.contains(word) || is_as || *word == "after" && next.iter().any(is_research) {
            return &rest[..at];
        }
        at += word.len();
    }
    rest
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

/// Where the sentences of `text` are. One ends with its paragraph, with its item of a list or row of a table, with a
/// line before one that begins with a capital, or with a full stop before a capital; but not where the next one goes on
/// with it.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let ends = text.char_indices().filter(|&(_, c)| matches!(c, '.' | '!' | '?' | ';' | '\n'));
    for (at, c) in ends {
        let end = at + 1;
        let (rest, is_line) = (&text[end..], c == '\n');
        let next = rest.trim_start_matches([' ', '\t']);
        let begins = next.trim_start_matches(['*', '_', '`', '(']);
        let is_item = next.starts_with(['-', '*', '+', '|', '>', '#'])
            && next[1..].starts_with([' ', '|', '#']);
        let is_blank = next.trim_start_matches('\r').starts_with('\n') || next.is_empty();
        let is_new = begins.starts_with(char::is_uppercase) && (is_line || next.len() < rest.len());
        let is_end = is_line && (is_blank || is_item) || is_new && !goes_on(begins);
        if is_end && end > start {
            sentences.push(start..end);
            start = end;
        }
    }
    sentences.push(start..text.len());
    let trimmed = sentences.into_iter().map(|sentence| {
        let within = &text[sentence.clone()];
        sentence.end - within.trim_start().len()..sentence.end
    });
    trimmed.filter(|sentence| !sentence.is_empty()).collect()
}

/// Whether the sentence that `text` begins with goes on with the one before it: `Plus a week for tests.`
fn goes_on(text: &str) -> bool {
    // A few words are enough to see it.
    let line = &text[..text.find('\n').unwrap_or(text.len())];
    let end = line.char_indices().nth(200).map_or(line.len(), |(at, _)| at);
    let lower = line[..end].to_lowercase();
    let end = lower.find(". ").unwrap_or(lower.len());
    let mut words = words_of(&lower[..end]);
    let begins = words.next().is_some_and(|word| GOES_ON.contains(&word));
    let counts = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || Unit::named(word).is_some_and(|_| word.len() > 2)
            || ["that", "it", "half", "again"].contains(&word)
    };
    begins && words.any(counts)
}

/// Where the first number of `text` is; years and the like of `Q3` are none.
fn first_number(text: &str) -> Option<usize> {
    let mut before = None;
    let mut starts = text.char_indices().filter(|&(_, c)| {
        let is_inside = before.replace(c).is_some_and(char::is_alphanumeric);
        c.is_ascii_digit() && !is_inside
    });
    let at = starts.find(|&(at, _)| {
        let end = text[at..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |end| at + end);
        !is_year(&text[at..end])
    });
    Some(text[..at?.0].trim_end_matches(['.', '~', '-', '<', '>']).len())
}

/// Where the pieces of `text` in backticks, stars or underscores begin, in order.
fn emphasised(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['`', '*', '_']) {
        let start = at + next;
        let mark = &text[start..=start];
        let double = mark.repeat(2);
        let mark = if text[start..].starts_with(&double) { double } else { mark.to_owned() };
        at = start + mark.len();
        if let Some(end) = text[at..].find(&mark) {
            found.push(at);
            at += end + mark.len();
        }
    }
    found
}

#[cfg(test)]
#[path = "prose_tests.rs"]
mod tests;

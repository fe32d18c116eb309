//! Values that are told in sentences, as in a section under a heading: `About 6 weeks.`, `It is **high** for them.`
//!
//! The sentence of the value is read whole or not at all. It may explain the value (`80%, because we asked`), but not
//! change it: of `a month and a half` and `2 months for each team` no number is taken. Sentences after it are prose,
//! unless they go on with it (`2 months. Plus a week for tests.`) or say another value.

use std::ops::Range;

use super::elsewhere::{FOLLOWS, holds_number_alone, holds_work};
use super::layout::{emphasised, first_number, sentences, without_marks};
use super::sentence::{end_of_lead_in, is_lead_in, without_additions};
use super::text::{bare, is_nothing, words_of};
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
const EXPLAINS: [&str; 12] = [
    "because",
    "since",
    "due",
    "given",
    "based",
    "according",
    "judging",
    "considering",
    "thanks",
    "see",
    "mostly",
    "mainly",
];
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
/// Words of a reason that make more or less of the value after all.
const CHANGES: [&str; 11] = [
    "plus",
    "minus",
    "double",
    "doubled",
    "twice",
    "thrice",
    "triple",
    "tripled",
    "times",
    "excluding",
    "per",
];
/// What a reason begins with, after a comma or a dash: `80% - we asked 12 people`.
const ASKED: [&str; 7] =
    ["asked", "surveyed", "interviewed", "talked", "tested", "measured", "counted"];
/// Words before a step that is said anew.
const LEADS_TO: [&str; 10] =
    ["is", "was", "be", "rather", "now", "no", "but", "says", "say", "actually"];
/// The longest sentence, in bytes, of which a value is taken, and how many pieces in bold or as code are tried.
const MAX_SENTENCE: usize = 4096;
const MAX_TRIES: usize = 64;
/// How many words of a sentence are looked at for the end of its value.
const MAX_WORDS: usize = 40;

/// Reads `text`, in which `factor` is told in sentences: what the first line begins with, else what is set in bold or
/// as code, else the first number.
pub fn read_prose(factor: Factor, text: &str, scales: &Scales, measure: &Measure) -> Prose {
    let text = &without_marks(text);
    let place = Place { measure, notation: Notation::Unknown, is_prose: true };
    let reader = Reader { factor, text, scales, place, sentences: sentences(text, factor) };
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
    let item_at = start + line.len() - item.len();
    let led = item_at + end_of_lead_in(factor, item);
    let tries = [item_at, led].into_iter().chain(emphasised(text).into_iter().take(MAX_TRIES));
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

/// What a section says besides its value.
enum Another {
    /// Another step of the scale.
    Step(Exact),
    /// A number that is not a step, or an amount of work.
    Number,
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
        let doubt = if is_lead_in(self.factor, &bare(before)) {
            let is_whole = self.is_whole(value, &bare(&tail));
            (!is_whole).then(|| self.rest_after(value, &tail))
        } else {
            Some(bare(&self.text[place.clone()]))
        };
        let written = doubt.map_or(written, |rest| Written::Refused(Box::new(Doubt::Rest(rest))));
        Prose { written, place }
    }

    /// Whether `tail` says `value`, and beside it nothing but reasons and what is known to change nothing.
    fn is_whole(&self, value: Exact, tail: &str) -> bool {
        let core = explained(tail);
        let reason = &tail[core.len()..];
        let said = without_additions(self.factor, core.trim_end_matches([' ', '(', ',', '-']));
        // `(because we asked) for each team` goes on.
        let is_in_brackets = core.trim_end().ends_with('(');
        let is_closed = !is_in_brackets
            || reason.split_once(')').is_none_or(|(_, after)| words_of(after).next().is_none());
        is_closed && self.read(said, false) == Written::Value(value) && !self.changes(reason, value)
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

    /// Whether the sentence `text` says `value` and nothing else, after a lead-in maybe.
    fn says_again(&self, text: &str, value: Exact) -> bool {
        let led = text.get(end_of_lead_in(self.factor, text)..).unwrap_or_default();
        [text, led].iter().any(|text| self.read(text, false) == Written::Value(value))
    }

    /// Whether the reason `text` for the value `value` may change it.
    fn changes(&self, text: &str, value: Exact) -> bool {
        let is_another = match self.factor {
            Factor::Effort => holds_work(text),
            _ => self.holds_share(text, value),
        };
        is_another || words_of(text).any(|word| CHANGES.contains(&word))
    }

    /// Whether `text` has a share in percent that is another step than `value`.
    fn holds_share(&self, text: &str, value: Exact) -> bool {
        let mut shares = text.split_inclusive('%').filter(|share| share.ends_with('%'));
        shares.any(|share| {
            let digits = share.trim_end_matches(['%', ' ']);
            let start = digits.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
            let read = self.read(&share[start..], false);
            matches!(read, Written::Value(other) if other != value)
        })
    }

    /// What `text`, another sentence than that of the value `value`, says besides: another step, or a number that is none.
    fn holds_step(&self, text: &str, value: Exact) -> Option<Another> {
        let is_other = |read: Written| match read {
            Written::Value(other) if other != value => Some(other),
            _ => None,
        };
        if let Some(other) = is_other(self.read(text, false)) {
            return Some(Another::Step(other));
        }
        if self.holds_share(text, value) || holds_number_alone(text) {
            return Some(Another::Number);
        }
        let lower = bare(text);
        let words: Vec<&str> = words_of(&lower).collect();
        words.iter().enumerate().find_map(|(at, word)| {
            let other = word.starts_with(char::is_alphabetic).then(|| self.read(word, false));
            let other = is_other(other?)?;
            let next = words.get(at + 1);
            let is_led = at > 0 && LEADS_TO.contains(&words[at - 1]);
            let goes_on = next.is_none_or(|next| FOLLOWS.contains(next));
            let says_it = is_led || next.is_none() || at == 0 && goes_on;
            says_it.then_some(Another::Step(other))
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

    /// What was `read`, unless another sentence, item or row says another value, or makes more or less of this one.
    fn unless_another(&self, read: Prose) -> Prose {
        let Written::Value(value) = read.written else { return read };
        let is_scale = self.is_scale(value);
        for sentence in &self.sentences {
            if sentence.start < read.place.end && read.place.start < sentence.end {
                continue;
            }
            let text = self.text[sentence.clone()].trim();
            let item = text.trim_start_matches(MARKS);
            let is_item = item.len() < text.len();
            let other = match self.factor {
                Factor::Effort if self.says_again(item, value) => continue,
                Factor::Effort => holds_work(item).then_some(Another::Number),
                // The steps themselves, with the one that is chosen.
                _ if is_item && is_scale => None,
                _ => self.holds_step(item, value),
            };
            let written = match other {
                None => continue,
                Some(Another::Number) => Written::Refused(Box::new(Doubt::Several)),
                Some(Another::Step(other)) => Written::Contradiction(Box::new((value, other))),
            };
            return Prose { written, place: sentence.start..sentence.start + text.len() };
        }
        read
    }

    /// Whether the items list steps of the scale, `value` among them.
    fn is_scale(&self, value: Exact) -> bool {
        let items = self.sentences.iter().filter_map(|sentence| {
            let text = self.text[sentence.clone()].trim();
            let item = text.trim_start_matches(MARKS);
            (item.len() < text.len()).then(|| self.read(item, true))
        });
        let steps: Vec<Written> = items.filter(|read| matches!(read, Written::Value(_))).collect();
        steps.contains(&Written::Value(value))
            && steps.iter().any(|step| *step != Written::Value(value))
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
        let is_asked = matches!(*word, "we" | "they")
            && next.first().is_some_and(|next| ASKED.contains(next))
            && rest[..at].trim_end().ends_with([',', '-', '(', ':']);
        if EXPLAINS.contains(word)
            || is_as
            || is_asked
            || *word == "after" && next.iter().any(is_research)
        {
            return &rest[..at];
        }
        at += word.len();
    }
    rest
}

#[cfg(test)]
#[path = "prose_tests.rs"]
mod tests;

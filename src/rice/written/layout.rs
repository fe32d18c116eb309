//! How a text below a heading is laid out: its sentences, its numbers, and the marks that are no part of what it says.

use std::ops::Range;

use super::text::words_of;
use super::unit::Unit;
use crate::rice::scales::Factor;

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

/// `text` with spaces for what only marks it up, so that places stay the same: dashes for the numbers of a list, the
/// addresses of links, references to footnotes.
pub(super) fn without_marks(text: &str) -> String {
    let mut marked = String::with_capacity(text.len());
    let numbered = text.lines().filter(|line| number_of_item(line).is_some()).count();
    for line in text.split_inclusive('\n') {
        match number_of_item(line) {
            Some((number, mark)) if numbered > 1 || line[number.clone()] == *"1" => {
                marked.push_str(&line[..number.start]);
                marked.push('-');
                marked.push_str(&" ".repeat(mark.saturating_sub(number.start + 1)));
                marked.push_str(&line[mark..]);
            }
            _ => marked.push_str(line),
        }
    }
    marked = marked.replace("&nbsp;", "      ");
    let mut at = 0;
    while let Some(open) = marked[at..].find('[').map(|open| at + open) {
        at = open + 1;
        let Some(close) = find_near(&marked, at, b']') else { continue };
        let after = &marked[close + 1..];
        if marked[at..close].starts_with('^') && !after.starts_with(':') {
            marked.replace_range(open..=close, &" ".repeat(close + 1 - open));
        } else if let Some(end) =
            find_near(&marked, close + 1, b')').filter(|_| after.starts_with('('))
        {
            marked.replace_range(close..=end, &" ".repeat(end + 1 - close));
            marked.replace_range(open..at, " ");
        }
    }
    marked
}

/// Where the next `mark` of `text` is from `at` on. What is far away belongs to something else.
fn find_near(text: &str, at: usize, mark: u8) -> Option<usize> {
    let mut near = text.as_bytes().iter().skip(at).take(500);
    near.position(|byte| *byte == mark).map(|offset| at + offset)
}

/// The number of the item of a list that is `line`, and where the mark after it ends.
fn number_of_item(line: &str) -> Option<(Range<usize>, usize)> {
    let start = line.len() - line.trim_start().len();
    let digits =
        line[start..].find(|c: char| !c.is_ascii_digit()).filter(|end| (1..4).contains(end))?;
    let after = line[start + digits..].strip_prefix(['.', ')'])?;
    let is_item = after.starts_with(' ') && !after.trim().is_empty();
    is_item.then_some((start..start + digits, start + digits + 1))
}

/// Where the sentences of `text` are. One ends with its paragraph, with its item of a list or row of a table, with a
/// line before one that begins with a capital, or with a full stop before a capital, for a step also before a number; but
/// not where the next one goes on with it.
pub(super) fn sentences(text: &str, factor: Factor) -> Vec<Range<usize>> {
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
        let is_number = begins.starts_with(|c: char| c.is_ascii_digit())
            && c == '.'
            && factor != Factor::Effort
            && !is_abbreviated(&text[..at]);
        let is_new = (begins.starts_with(char::is_uppercase) || is_number)
            && (is_line || next.len() < rest.len());
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

/// Whether the full stop after `text` may be that of an abbreviation.
fn is_abbreviated(text: &str) -> bool {
    const ABBREVIATIONS: [&str; 9] =
        ["approx", "excl", "incl", "est", "max", "min", "avg", "sec", "fig"];
    let start = text.trim_end_matches(char::is_alphabetic).len();
    let word = text[start..].to_lowercase();
    ABBREVIATIONS.contains(&&*word) || (1..3).contains(&word.len())
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
pub(super) fn first_number(text: &str) -> Option<usize> {
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
pub(super) fn emphasised(text: &str) -> Vec<usize> {
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

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

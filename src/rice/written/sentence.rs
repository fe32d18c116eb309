//! What a sentence may say beside its value: a closed list of words before it and of additions after it, none of which
//! changes it. `It takes 2 months.` and `2 months, with tests` are read; `Saves 2 months` and `2 months late` are not.

use super::remainder::is_time;
use super::text::words_of;
use crate::rice::scales::Factor;

/// Words before a value that change nothing, in any order.
const LEADS: [&str; 62] = [
    "we",
    "i",
    "you",
    "our",
    "the",
    "this",
    "that",
    "it",
    "its",
    "s",
    "ll",
    "d",
    "is",
    "was",
    "are",
    "be",
    "been",
    "will",
    "would",
    "should",
    "take",
    "takes",
    "taking",
    "need",
    "needs",
    "require",
    "requires",
    "cost",
    "costs",
    "effort",
    "reach",
    "impact",
    "confidence",
    "rice",
    "score",
    "estimate",
    "estimated",
    "estimates",
    "estimation",
    "rated",
    "think",
    "believe",
    "expect",
    "expected",
    "guess",
    "guessed",
    "reckon",
    "assume",
    "at",
    "about",
    "around",
    "roughly",
    "approximately",
    "approx",
    "circa",
    "ca",
    "probably",
    "likely",
    "so",
    "us",
    "them",
    "to",
];
/// The same before a step.
const LEADS_OF_STEPS: [&str; 7] = ["have", "has", "a", "an", "for", "of", "reaches"];
/// Signs before a value that count nothing.
const LEAD_SIGNS: [char; 12] = [' ', ',', ':', '.', '-', '(', '|', '>', '\'', '~', '\u{2248}', '['];
/// What may follow any value.
const ADDITIONS: [&str; 18] = [
    "for them",
    "for us",
    "for everybody",
    "for everyone",
    "for all",
    "for all users",
    "for all of them",
    "for our users",
    "for users",
    "for customers",
    "by the team",
    "by our team",
    "by us",
    "we think",
    "i think",
    "we guess",
    "i guess",
    "in our estimate",
];
/// What may follow an amount of work: what it has in it already, and what it is for.
const ADDITIONS_OF_WORK: [&str; 24] = [
    "with tests",
    "with testing",
    "with qa",
    "with docs",
    "with reviews",
    "with tests and docs",
    "with docs and tests",
    "including tests",
    "including testing",
    "including qa",
    "including docs",
    "including everything",
    "incl. tests",
    "incl. testing",
    "incl. qa",
    "incl. docs",
    "to build",
    "to build it",
    "to build this",
    "to do it",
    "to do this",
    "to implement it",
    "to make it",
    "all in all",
];
/// What may follow a share of users.
const ADDITIONS_OF_REACH: [&str; 17] = [
    "every month",
    "each month",
    "per month",
    "a month",
    "every quarter",
    "each quarter",
    "per quarter",
    "a quarter",
    "get it",
    "see it",
    "use it",
    "need it",
    "benefit",
    "will use it",
    "would use it",
    "will benefit",
    "would benefit",
];

/// Whether `text`, in lower case, may come before a value of `factor` and changes nothing.
pub(super) fn is_lead_in(factor: Factor, text: &str) -> bool {
    let is_sign = |c: char| c.is_alphanumeric() || LEAD_SIGNS.contains(&c);
    let words: Vec<&str> = words_of(text).collect();
    let is_lead = |(at, word): (usize, &&str)| {
        let is_before_time = *word == "in" && words.get(at + 1).is_some_and(|next| is_time(next));
        is_lead(factor, word) || is_before_time || is_time(word)
    };
    // `to 2 months` is the end of a range.
    text.chars().all(is_sign)
        && words.iter().enumerate().all(is_lead)
        && words.last().is_none_or(|word| *word != "to")
}

fn is_lead(factor: Factor, word: &str) -> bool {
    LEADS.contains(&word) || factor != Factor::Effort && LEADS_OF_STEPS.contains(&word)
}

/// Where the first word of `text` is that does not lead in to a value of `factor`.
pub(super) fn end_of_lead_in(factor: Factor, text: &str) -> usize {
    let lower = text.to_ascii_lowercase();
    let mut at = 0;
    loop {
        let word =
            lower[at..].trim_start_matches(|c: char| c.is_whitespace() || LEAD_SIGNS.contains(&c));
        let start = lower.len() - word.len();
        let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        // An article may be the value, `a month`.
        if end == 0 || !is_lead(factor, &word[..end]) {
            return start;
        }
        at = start + end;
    }
}

/// `text`, in lower case, without what may follow the value of `factor` at its end.
pub(super) fn without_additions(factor: Factor, text: &str) -> &str {
    let mut text = text;
    loop {
        let trimmed = text.trim_end_matches([' ', ',', '.', ';', ':', '-', '!']);
        let more: &[&str] = match factor {
            Factor::Effort => &ADDITIONS_OF_WORK,
            Factor::Reach => &ADDITIONS_OF_REACH,
            _ => &[],
        };
        let strip = |addition: &&str| {
            let before = trimmed.strip_suffix(*addition)?;
            before.ends_with([' ', ',']).then_some(before)
        };
        match ADDITIONS.iter().chain(more).find_map(strip) {
            Some(before) => text = before,
            None => return trimmed,
        }
    }
}

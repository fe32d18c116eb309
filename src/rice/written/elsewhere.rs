//! Amounts and steps that are said elsewhere than in the sentence of the value: `Now it is 3.`, `Two engineers.`, `And QA
//! takes 1 month.` With one of them nobody knows which value counts, or whether they are a sum.

use super::text::{bare, words_of};
use super::unit::{Unit, is_before_unit, is_measure};

/// Numbers in words.
const NUMBERS: [&str; 16] = [
    "a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "twelve", "half", "another", "dozen",
];
/// Words with which a sentence makes more or less of the value before it.
const CALCULATES: [&str; 11] = [
    "times", "plus", "minus", "double", "doubled", "twice", "triple", "half", "multiply", "add",
    "another",
];
/// The same, anywhere in a sentence.
const EXTRA: [&str; 9] = [
    "on top",
    "comes extra",
    "is extra",
    "are extra",
    "not included",
    "not counted",
    "not in it",
    "excluding",
    "double that",
];
/// Words before a number that only names something.
const NAMES: [&str; 22] = [
    "issue", "issues", "phase", "version", "section", "option", "step", "q", "pr", "mr", "ticket",
    "epic", "release", "chapter", "level", "figure", "page", "appendix", "table", "part", "see",
    "no",
];
/// Words after a number that is a correction.
const AFTERTHOUGHTS: [&str; 7] = ["now", "instead", "actually", "then", "rather", "not", "today"];
/// Words after a number or a step, with which a sentence begins: `6 for the first year`.
pub(super) const FOLLOWS: [&str; 14] = [
    "for",
    "if",
    "in",
    "on",
    "with",
    "without",
    "at",
    "later",
    "now",
    "otherwise",
    "to",
    "from",
    "impact",
    "first",
];
/// Who does the work, of whom a longer sentence may say other things: `3 teams have to agree`.
const PEOPLE: [&str; 8] =
    ["team", "teams", "squad", "squads", "people", "persons", "person", "ppl"];

/// Whether `sentence` holds an amount of work, or makes more or less of one.
pub(super) fn holds_work(sentence: &str) -> bool {
    let lower = bare(sentence);
    let words: Vec<&str> = words_of(&lower).collect();
    if words.first().is_some_and(|word| CALCULATES.contains(word))
        || EXTRA.iter().any(|extra| lower.contains(extra))
        || holds_number_alone(sentence)
    {
        return true;
    }
    words.iter().enumerate().any(|(at, word)| {
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        let attached = word.trim_start_matches(|c: char| c.is_ascii_digit());
        if is_number && !attached.is_empty() {
            return is_unit(attached);
        }
        if !is_number && !NUMBERS.contains(word) {
            return false;
        }
        let is_article = matches!(*word, "a" | "an");
        let mut next = words[at + 1..].iter().take(6).skip_while(|word| {
            is_before_unit(word) && !is_measure(word)
                || matches!(**word, "of" | "a" | "full" | "more" | "extra")
        });
        let Some(next) = next.next().filter(|next| is_unit(next)) else { return false };
        let is_frequency = is_article && at > 0 && words[at - 1] == "once";
        // `a person`, `a team` and `a half` are no number of them.
        let is_one = matches!(*word, "a" | "an" | "one") && Unit::named(next).is_none();
        !is_frequency && !is_one && (!PEOPLE.contains(next) || words.len() <= 4)
    })
}

fn is_unit(word: &str) -> bool {
    Unit::named(word).is_some() || is_measure(word)
}

/// Whether `sentence` ends with a number, or says one alone: `No, 4.`, `Now it is 3.`
pub(super) fn holds_number_alone(sentence: &str) -> bool {
    if sentence.contains('#') || sentence.contains("://") {
        return false;
    }
    let words: Vec<&str> = words_of(sentence).collect();
    let is_number = |word: &str| {
        let is_digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        is_digits && !is_year
            || word != "one"
                && word != "a"
                && word != "an"
                && word != "half"
                && word != "another"
                && NUMBERS.contains(&&*word.to_lowercase())
    };
    words.iter().enumerate().any(|(at, word)| {
        let next = words.get(at + 1).map(|next| next.to_lowercase());
        let ends = next.is_none_or(|next| {
            AFTERTHOUGHTS.contains(&&*next) || at == 0 && FOLLOWS.contains(&&*next)
        });
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let is_named = before.is_some_and(|before| {
            let is_name = at > 1 && before.contains(char::is_uppercase);
            is_name || NAMES.contains(&&*before.to_lowercase()) && !sentence.contains(',')
        });
        ends && is_number(word) && !is_named
    })
}

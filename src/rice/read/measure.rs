//! What a header says of a factor: which one, and what a bare number below it counts.

use super::header::plain;
use crate::rice::written::{Measure, Unit, is_before_unit, is_measure};
use crate::rice::{Exact, Factor, Scales};

/// The factor that a header speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) factor: Factor,
    /// What a bare number counts.
    pub(super) measure: Measure,
    /// Whether it may be a part of the factor only, as in `Dev effort`.
    pub(super) is_part: bool,
    /// Whether it is of another time or kind, as in `Previous reach`.
    pub(super) is_other: bool,
}

/// Words for a reach, an impact, a confidence or an effort that is not the one of the formula.
const OTHER: [&str; 22] = [
    "old",
    "previous",
    "prev",
    "prior",
    "former",
    "past",
    "last",
    "negative",
    "saved",
    "saving",
    "savings",
    "spent",
    "lost",
    "avoided",
    "reduced",
    "before",
    "after",
    "remaining",
    "left",
    "without",
    "baseline",
    "competitor",
];

/// Words before a factor that say whose it is, and change nothing.
const WHOSE: [&str; 7] =
    ["business", "user", "users", "customer", "customers", "product", "potential"];

/// Words with which a header speaks of what was thought of a factor.
const ABOUT: [&str; 26] = [
    "note",
    "notes",
    "comment",
    "comments",
    "rationale",
    "reason",
    "reasons",
    "reasoning",
    "explanation",
    "description",
    "details",
    "source",
    "sources",
    "evidence",
    "why",
    "justification",
    "assumption",
    "assumptions",
    "link",
    "owner",
    "date",
    "basis",
    "area",
    "unit",
    "units",
    "type",
];

/// Words before or after a factor that change nothing.
const HARMLESS: [&str; 46] = [
    "score",
    "rating",
    "value",
    "factor",
    "scale",
    "step",
    "steps",
    "level",
    "estimate",
    "estimated",
    "estimation",
    "est",
    "rough",
    "expected",
    "total",
    "overall",
    "required",
    "needed",
    "of",
    "in",
    "the",
    "our",
    "to",
    "build",
    "rice",
    "final",
    "current",
    "first",
    "quarter",
    "multiplier",
    "weight",
    "everybody",
    "all",
    "for",
    "a",
    "e",
    "r",
    "i",
    "c",
    "q",
    "or",
    "and",
    "avg",
    "average",
    "median",
    "number",
];

/// Things that reach, impact or confidence may be counted in, and that are no steps.
const COUNTED: [&str; 24] = [
    "users",
    "customers",
    "people",
    "persons",
    "accounts",
    "teams",
    "companies",
    "visitors",
    "sessions",
    "requests",
    "k",
    "thousand",
    "thousands",
    "million",
    "millions",
    "m",
    "usd",
    "eur",
    "revenue",
    "arr",
    "mrr",
    "points",
    "hours",
    "stars",
];

/// Whether `name`, which is plain, speaks of a factor without being one: `reach notes`.
pub(super) fn is_about_a_factor(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphabetic());
    words.clone().any(|word| factor_of(word).is_some()) && words.any(|word| ABOUT.contains(&word))
}

fn factor_of(word: &str) -> Option<Factor> {
    Some(match word {
        "reach" => Factor::Reach,
        "impact" => Factor::Impact,
        "confidence" | "conf" => Factor::Confidence,
        "effort" | "efforts" => Factor::Effort,
        _ => return None,
    })
}

/// The factor that `name` speaks of, as a word of it or as a letter alone.
pub(super) fn claim(name: &str, scales: &Scales) -> Option<Claim> {
    let plain = plain(name).replace('%', " % ");
    let words: Vec<&str> = plain
        .split(|c: char| {
            !c.is_alphanumeric()
                && !matches!(c, '%' | '\u{2030}' | '$' | '\u{20ac}' | '\u{a3}' | '.' | ',')
        })
        .map(|word| word.trim_matches(['.', ',']))
        .filter(|word| !word.is_empty())
        .collect();
    if let [letter] = words[..] {
        let factor = match letter {
            "r" => Some(Factor::Reach),
            "i" => Some(Factor::Impact),
            "c" => Some(Factor::Confidence),
            "e" => Some(Factor::Effort),
            _ => None,
        };
        if let Some(factor) = factor {
            return Some(Claim {
                factor,
                measure: Measure::Plain,
                is_part: false,
                is_other: false,
            });
        }
    }
    let at = words.iter().position(|word| factor_of(word).is_some())?;
    let factor = factor_of(words[at])?;
    let bracket = plain.find(['(', '[']).unwrap_or(plain.len());
    // `Key results (impact)` and `Reach and impact` are something else.
    let is_alone = words.iter().filter(|word| factor_of(word).is_some()).count() == 1;
    let is_in_brackets = at > 0 && plain.find(words[at]).is_some_and(|place| place > bracket);
    if !is_alone || is_in_brackets || words.iter().any(|word| ABOUT.contains(word)) {
        return None;
    }
    let (before, after) = (&words[..at], &words[at + 1..]);
    let says = |word: &&&str| !is_harmless(factor, word);
    let is_whose = |word: &&&str| factor != Factor::Effort && WHOSE.contains(*word);
    let mut told = before.iter().filter(says).filter(|word| !is_whose(word));
    let is_other = words.iter().any(|word| OTHER.contains(word));
    // `Effort per team` is not that of all of them.
    let is_part = is_other
        || factor == Factor::Effort && words.iter().any(|word| matches!(*word, "per" | "each"))
        || told.any(|word| measure_of(factor, word).is_none())
        || !is_measured(factor, &plain[..bracket], after);
    let before: Vec<&str> = before.iter().filter(|word| !is_whose(word)).copied().collect();
    let before = &before[..];
    let before = if is_part { &[][..] } else { before };
    let rest: Vec<&str> = before.iter().chain(after).filter(says).copied().collect();
    Some(Claim { factor, measure: measure(factor, &rest, name, scales), is_part, is_other })
}

/// Whether what follows the name of `factor`, as far as it is not in brackets, says nothing but what it is counted in:
/// the words `after` of it that `outside` holds. `Effort saved` says more.
fn is_measured(factor: Factor, outside: &str, after: &[&str]) -> bool {
    let outside: Vec<&str> = outside.split(|c: char| !c.is_alphanumeric()).collect();
    after.iter().filter(|word| outside.contains(*word)).all(|word| {
        is_harmless(factor, word)
            || measure_of(factor, word).is_some()
            || COUNTED.contains(word)
            || is_measure(word)
            || is_before_unit(word)
            || Unit::named(word).is_some()
            || matches!(*word, "per" | "on" | "size" | "t" | "shirt" | "mo")
            || word.contains(|c: char| c.is_ascii_digit())
            || *word == factor.name()
    })
}

/// The unit of effort that is all that `text` says: `weeks`, `person-days`.
pub(super) fn unit_of(text: &str) -> Option<Unit> {
    let plain = plain(text);
    let mut words = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !is_before_unit(word));
    let unit = Unit::named(words.next()?)?;
    words.next().is_none().then_some(unit)
}

/// The factor that the heading or the label `name` begins with, and what a bare number below it or beside it counts. It
/// may ask a question in brackets, `Reach (how many users?)`.
pub(super) fn begins_with_factor(name: &str, scales: &Scales) -> Option<(Factor, Measure)> {
    let plain = plain(name);
    let mut words = plain.split(|c: char| !c.is_alphabetic());
    let first = words.next().unwrap_or_default();
    let Some(factor) = factor_of(first) else {
        let letter = claim(name, scales).filter(|_| plain.len() == 1);
        return letter.map(|claim| (claim.factor, claim.measure));
    };
    // What is asked after the name, `Effort: how long will it take?`, is no part of it.
    let asked = name.split_once([':', '-']).filter(|_| name.trim().ends_with('?'));
    let name = asked.map_or(name, |(name, _)| name);
    let brackets = plain.split_once(['(', '[']).map_or("", |(_, rest)| rest);
    let is_question = brackets.split_whitespace().count() > 2;
    let measure = match claim(name, scales) {
        Some(claim) if claim.is_part => Measure::Part(name.trim().to_owned()),
        Some(Claim { measure: Measure::Unknown(_), .. }) if is_question => Measure::Plain,
        Some(claim) => claim.measure,
        None => Measure::Part(name.trim().to_owned()),
    };
    Some((factor, measure))
}

/// Whether `word` changes nothing; a year and a quarter of one, `q1`, do not either.
fn is_harmless(factor: Factor, word: &str) -> bool {
    if measure_of(factor, word).is_some() {
        return false;
    }
    let digits = word.trim_start_matches(['q', 'h', 'f', 'y']);
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let is_dated = digits.len() < word.len() && digits.len() <= 4;
    HARMLESS.contains(&word)
        || !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && (is_year || is_dated)
}

/// What a single word says of the numbers of `factor`.
fn measure_of(factor: Factor, word: &str) -> Option<Measure> {
    if matches!(word, "%" | "percent" | "percentage" | "pct" | "perc") {
        return Some(Measure::Percent);
    }
    match factor {
        Factor::Effort => Unit::named(word).map(Measure::Unit),
        _ => None,
    }
}

/// What the words `rest` beside the name of `factor` say of its numbers.
fn measure(factor: Factor, rest: &[&str], name: &str, scales: &Scales) -> Measure {
    let unknown = || Measure::Unknown(name.trim().to_owned());
    let has = |word: &str| rest.contains(&word);
    let is_percent = rest.iter().any(|word| measure_of(factor, word) == Some(Measure::Percent));
    match factor {
        Factor::Effort => {
            let mut units = rest.iter().filter(|word| !is_before_unit(word) && **word != "p");
            match (units.next(), units.next()) {
                (None, _) if rest.is_empty() => Measure::Plain,
                (Some(unit), None) => Unit::named(unit).map_or_else(unknown, Measure::Unit),
                _ => unknown(),
            }
        }
        _ if is_scale(factor, rest, scales) => match is_percent {
            true => Measure::Percent,
            false => Measure::Plain,
        },
        _ if is_percent => {
            let is_share = |word: &&str| {
                measure_of(factor, word).is_some()
                    || matches!(
                        *word,
                        "users" | "customers" | "people" | "accounts" | "0" | "100" | "share"
                    )
            };
            if rest.iter().all(is_share) { Measure::Percent } else { unknown() }
        }
        Factor::Confidence if rest == ["0", "100"] => Measure::Percent,
        Factor::Confidence if rest == ["0", "1"] => Measure::Plain,
        _ => {
            let is_number = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
            // `Impact on users` counts none.
            let is_on = factor == Factor::Impact && has("on");
            let is_counted = !is_on
                && rest.iter().any(|word| {
                    COUNTED.contains(word) || is_measure(word) || word.contains(['$', '\u{20ac}'])
                });
            let is_share = has("share") || has("fraction") || has("proportion");
            // Reach is a count of something, unless nothing is said.
            let is_unknown_reach = factor == Factor::Reach && !rest.is_empty();
            if is_counted || is_share || is_unknown_reach || rest.iter().any(is_number) {
                return unknown();
            }
            Measure::Plain
        }
    }
}

/// Whether `rest` is the scale of `factor`: numbers that are its steps, the first and the last among them.
fn is_scale(factor: Factor, rest: &[&str], scales: &Scales) -> bool {
    let Some(scale) = scales.of(factor) else { return false };
    let numbers = rest.iter().filter(|word| measure_of(factor, word).is_none());
    let step = |word: &&str| {
        let value = Exact::decimal(word)?;
        let hundredth = value.over(Exact::new(100, 1)).filter(|_| factor == Factor::Confidence);
        [Some(value), hundredth].into_iter().flatten().find_map(|value| scale.position(value))
    };
    let Some(places) = numbers.map(step).collect::<Option<Vec<usize>>>() else { return false };
    places.contains(&0) && places.contains(&(scale.steps.len() - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str) -> String {
        let found = claim(name, &Scales::default());
        let Some(Claim { factor, measure, is_part, .. }) = found else { return "none".to_owned() };
        let measure = match measure {
            Measure::Plain => String::new(),
            Measure::Percent => " percent".to_owned(),
            Measure::Unit(unit) => format!(" {}", unit.name()),
            Measure::Unknown(_) => " unknown".to_owned(),
            other => format!("{other:?}"),
        };
        format!("{}{measure}{}", factor.name(), if is_part { " part" } else { "" })
    }

    #[test]
    fn a_header_says_the_factor_and_its_unit() {
        for (name, expected) in [
            ("Effort", "effort"),
            ("**Effort**", "effort"),
            ("Effort (estimated)", "effort"),
            ("Total effort", "effort"),
            ("Level of effort", "effort"),
            ("Effort (weeks)", "effort weeks"),
            ("Effort [w]", "effort weeks"),
            ("Effort in days", "effort days"),
            ("Effort: person-months", "effort months"),
            ("Effort (person days)", "effort days"),
            ("Effort (pw)", "effort weeks"),
            ("Effort_weeks", "effort weeks"),
            ("Effort (P-Mo.)", "effort months"),
            ("Effort (h)", "effort unknown"),
            ("Effort (hours)", "effort unknown"),
            ("Effort (sprints)", "effort unknown"),
            ("Effort in story points", "effort unknown"),
            ("Effort (2-week sprints)", "effort unknown"),
            ("Effort (weeks/months)", "effort unknown"),
            ("Effort (1-10)", "effort unknown"),
            ("Effort (%)", "effort unknown"),
            ("Effort (T-shirt)", "effort unknown"),
            ("Effort (FE)", "effort unknown"),
            ("Dev effort", "effort part"),
            ("Effort per team", "effort unknown part"),
            ("Effort[^1]", "effort"),
            ("Effort<sup>1</sup>", "effort"),
            ("Effort (weeks)[^note]", "effort weeks"),
            ("Effort notes", "none"),
            ("Why this effort?", "none"),
            ("Reach", "reach"),
            ("Reach (Q1)", "reach"),
            ("Reach (first quarter)", "reach"),
            ("Reach (%)", "reach percent"),
            ("Reach in percent", "reach percent"),
            ("% reach", "reach percent"),
            ("Reach (% of users)", "reach percent"),
            ("Reach (users)", "reach unknown"),
            ("Reach (users/mo)", "reach unknown"),
            ("Reach (k)", "reach unknown"),
            ("Reach (boats)", "reach unknown"),
            ("Reach (1-10)", "reach unknown"),
            ("Reach (0.5-10)", "reach"),
            ("Impact (0.25 to 3)", "impact"),
            ("Impact (3/2/1/0.5/0.25)", "impact"),
            ("Impact (1-3)", "impact unknown"),
            ("Impact (1-5)", "impact unknown"),
            ("User reach (%)", "reach percent"),
            ("Effort (quarter)", "effort quarters"),
            ("Impact ($k)", "impact unknown"),
            ("Confidence (50, 80 or 100%)", "confidence percent"),
            ("Impact (on sales)", "impact"),
            ("Impact (%)", "impact percent"),
            ("Business impact", "impact"),
            ("Negative impact", "impact part"),
            ("Previous reach", "reach part"),
            ("Old confidence", "confidence part"),
            ("Effort saved", "effort unknown part"),
            ("Effort saved (weeks)", "effort unknown part"),
            ("Impact (old)", "impact part"),
            ("Confidence lost", "confidence part"),
            ("Reach per month", "reach unknown"),
            ("Confidence (%)", "confidence percent"),
            ("Confidence %", "confidence percent"),
            ("Confidence (0-100)", "confidence percent"),
            ("Confidence (1-10)", "confidence unknown"),
            ("Conf.", "confidence"),
            ("E", "effort"),
            ("Outreach", "none"),
            ("Reach and impact", "none"),
            ("Key result (impact)", "none"),
        ] {
            assert_eq!(said(name), expected, "{name}");
        }
    }
}

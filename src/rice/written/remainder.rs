//! What may follow a value and leaves it as it is. Everything else makes the value a doubt: of `2 months twice`,
//! `a month and a half` and `low now, high later` no number is taken.

use super::text::words_of;

/// What may follow a value without a sign between them: phrases, each of which is read whole.
pub(super) type Phrases = &'static [&'static str];

/// After a share of users: whose share it is.
pub(super) const OF_USERS: Phrases = &[
    "of users",
    "of our users",
    "of the users",
    "of all users",
    "of all our users",
    "of active users",
    "of customers",
    "of our customers",
    "of all customers",
    "of the user base",
    "of our user base",
    "users",
];
/// After a step: the factor itself, whom it is about, or what it is based on.
pub(super) const OF_STEP: Phrases = &[
    "reach",
    "impact",
    "confidence",
    "percentage",
    "share",
    "percentage of users",
    "in total",
    "every run",
    "every user",
    "every time",
    "all users",
    "everybody",
    "everyone",
    "confident",
    "survey",
    "surveys",
    "interviews",
    "user interviews",
    "research",
    "user research",
    "analytics",
    "feedback",
    "customer feedback",
    "gut feeling",
];
/// After a share of users, which is the lower end of a step: nothing else.
pub(super) const OF_SHARE: Phrases = &["or more", "and more", "or above"];
/// After an amount of work: that it is work, and all of it.
pub(super) const OF_WORK: Phrases = &[
    "of work",
    "of effort",
    "of engineering",
    "of engineering work",
    "of engineering time",
    "of development",
    "of development work",
    "of dev",
    "of dev work",
    "of dev time",
    "effort",
    "work",
    "in total",
    "total",
    "altogether",
    "estimated",
    "or so",
];
/// After any value: that it is an estimate, or that all think so.
const ANYWHERE: Phrases = &[
    "approx",
    "approximately",
    "roughly",
    "about",
    "estimate",
    "estimated",
    "est",
    "guess",
    "a guess",
    "rough guess",
    "rough estimate",
    "rough",
    "tbc",
    "to be confirmed",
    "both of us",
];
/// Signs that count nothing.
const SIGNS: [char; 19] = [
    '?', '!', '.', ',', ';', ':', '(', ')', '[', ']', '{', '}', '-', '=', '~', '\'', '|', '"',
    '\u{2248}',
];
/// Words before a reference or a date: `see issue 4711`, `planned for q3 2026`.
const BEFORE_REFERENCES: [&str; 20] = [
    "see", "issue", "issues", "epic", "ticket", "pr", "mr", "phase", "option", "version",
    "release", "since", "page", "section", "no", "planned", "for", "in", "by", "from",
];

/// The first of what follows a value and is not known to leave it as it is, if anything is. `same` takes off the
/// beginning of a text what says the value again, and `phrases` may follow the value.
pub(super) fn first_doubt<'t>(
    rest: &'t str,
    phrases: &[Phrases],
    same: impl Fn(&'t str) -> Option<&'t str>,
) -> Option<&'t str> {
    let mut rest = rest;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || SIGNS.contains(&c));
        if rest.is_empty() {
            return None;
        }
        let after = phrase(rest, phrases)
            .or_else(|| reference(rest))
            .or_else(|| same(rest).filter(|after| after.len() < rest.len()))
            .or_else(|| phrase(rest, &[ANYWHERE]));
        match after {
            Some(after) => rest = after,
            None => return Some(rest),
        }
    }
}

/// Takes the longest of `phrases` off the beginning of `text`.
fn phrase<'t>(text: &'t str, phrases: &[Phrases]) -> Option<&'t str> {
    let ends = |phrase: &&str| {
        text.strip_prefix(*phrase).filter(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let all = phrases.iter().flat_map(|phrases| phrases.iter());
    all.filter_map(ends).min_by_key(|rest| rest.len())
}

/// Takes a reference or a date off the beginning of `text`: `see #12`, `q3 2026`, `https://...`.
fn reference(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let named = rest.trim_start_matches([' ', '.']);
        if named.starts_with("http") || named.starts_with('#') {
            let end = named.find([' ', ')', ']', ',', ';']).unwrap_or(named.len());
            return Some(&named[end..]);
        }
        let end = named.find(|c: char| !c.is_alphanumeric()).unwrap_or(named.len());
        let (word, after) = named.split_at(end);
        if is_time(word) {
            // `2026-01-12`.
            return Some(after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-'));
        }
        let is_thing = matches!(
            rest_before(text, named),
            "issue"
                | "ticket"
                | "epic"
                | "pr"
                | "mr"
                | "phase"
                | "option"
                | "version"
                | "release"
                | "page"
                | "section"
                | "no"
        );
        if is_thing && word.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(after);
        }
        if !BEFORE_REFERENCES.contains(&word) {
            return None;
        }
        rest = after;
    }
}

/// The last word of `text` before `named`, which is an end of it.
fn rest_before<'t>(text: &'t str, named: &str) -> &'t str {
    let before = &text[..text.len() - named.len()];
    words_of(before).last().unwrap_or_default()
}

/// Whether `word` is a year, or a quarter or a half of one.
pub(super) fn is_time(word: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = word.len() == 4 && is_digits(word) && ["19", "20"].contains(&&word[..2]);
    is_year || word.strip_prefix(['q', 'h']).is_some_and(|rest| rest.len() == 1 && is_digits(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_to_leave_a_value_as_it_is_may_follow_it() {
        let doubt = |rest| first_doubt(rest, &[OF_WORK], |_| None);
        for harmless in [
            "",
            "?",
            " of engineering",
            " (see #12)",
            " - see issue 4711",
            " (q3 2026)",
            " planned for q3 2026",
            ", rough estimate",
            " (2026-01-12)",
            " (https://example.com/1/2)",
        ] {
            assert_eq!(doubt(harmless), None, "{harmless}");
        }
        for (rest, expected) in [
            (" twice", "twice"),
            (" (x2)", "x2)"),
            (" (each)", "each)"),
            (" of work and a half", "and a half"),
            (" for each team", "for each team"),
            (" minimum", "minimum"),
            (" (see 3)", "see 3)"),
        ] {
            assert_eq!(doubt(rest), Some(expected), "{rest}");
        }
    }
}

//! `inconsistent-spelling`: two spellings of one word in a vocabulary that the file sets itself.

use std::collections::BTreeMap;

use crate::handbook::VocabularyWord;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::{FileId, Span, edits, fold};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "inconsistent-spelling",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a value that differs from a more frequent one of the same field only by case, spacing, a hyphen or a slight misspelling, in fields whose vocabulary the file itself sets: `dogfooding_status`, `priority_level`, `solution`, `pricing_theme`.",
        why: "Filters and tables treat the two spellings as two things.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  priority_level: High\nalerts:\n  priority_level: high\nreports:\n  priority_level: high\n",
        },
        good: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  priority_level: high\nalerts:\n  priority_level: high\nreports:\n  priority_level: high\n",
        },
        source: "GitLab: categories.yml and features.yml, where 13 spellings of `dogfooding_status` stand for five states.",
    },
    check,
};

/// One word of a field, and where it stands.
struct Spelling<'a> {
    word: &'a str,
    places: Vec<Span>,
}

/// A field with more spellings than this has no vocabulary, and comparing them all would take long.
const VOCABULARY: usize = 200;

fn check(context: Context<'_>, report: &mut Report) {
    let mut fields: BTreeMap<(FileId, &str), BTreeMap<&str, Vec<Span>>> = BTreeMap::new();
    for VocabularyWord { field, word } in &context.handbook.vocabulary {
        let words = fields.entry((word.span.file, field)).or_default();
        words.entry(&word.value).or_default().push(word.span);
    }
    for ((_, field), words) in fields.into_iter().filter(|(_, words)| words.len() <= VOCABULARY) {
        // The first in the file comes first, so that of several as frequent it is the usual one.
        let mut spellings: Vec<Spelling<'_>> =
            words.into_iter().map(|(word, places)| Spelling { word, places }).collect();
        spellings.sort_by_key(|spelling| spelling.places[0]);
        for rare in &spellings {
            let Some(usual) = usual_spelling(rare, &spellings) else { continue };
            for &place in &rare.places {
                let (rare_word, usual_word) = (rare.word, usual.word);
                let message =
                    format!("`{field}` is spelt `{rare_word}` here and `{usual_word}` elsewhere");
                let (here, there) = (rare.places.len(), usual.places.len());
                report.add(
                    Finding::new(place, message)
                        .label(format!("{here} of this, {there} of the other"))
                        .help(format!("write `{usual_word}`")),
                );
            }
        }
    }
}

/// The most frequent of the spellings that mean the same as `rare` and occur more often.
fn usual_spelling<'s, 'a>(
    rare: &Spelling<'_>,
    spellings: &'s [Spelling<'a>],
) -> Option<&'s Spelling<'a>> {
    let candidates = spellings.iter().filter(|other| {
        other.places.len() > rare.places.len() && is_same_word(rare.word, other.word)
    });
    // Of several as frequent, the first in the file: `max_by_key` would take the last.
    candidates.rev().max_by_key(|other| other.places.len())
}

/// Whether two words differ only by case, spacing, hyphens or a slip of the hand: one letter in a word
/// of five or more, two in one of twelve or more, and none of them a digit.
fn is_same_word(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    if one == other {
        return true;
    }
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    let slips = match one.chars().count().min(other.chars().count()) {
        0..5 => 0,
        5..12 => 1,
        _ => 2,
    };
    // A negation is no slip, however short.
    let is_negation = one.starts_with("not") != other.starts_with("not")
        || one.starts_with("un") != other.starts_with("un")
        || one.starts_with("in") != other.starts_with("in");
    digits(&one) == digits(&other) && !is_negation && edits(&one, &other, slips).is_some()
}

#[cfg(test)]
mod tests {
    use super::is_same_word;

    #[test]
    fn case_spacing_and_slips_are_the_same_word_and_negations_and_numbers_are_not() {
        for (one, other) in [
            ("Not Planned", "not planned"),
            ("set-up required", "setup_required"),
            ("planed", "planned"),
        ] {
            assert!(is_same_word(one, other), "{one} {other}");
        }
        for (one, other) in
            [("Tier 10", "Tier 11"), ("low", "now"), ("planned", "unplanned"), ("high", "higher")]
        {
            assert!(!is_same_word(one, other), "{one} {other}");
        }
    }
}

//! `inconsistent-spelling`: two spellings of one word in a vocabulary that the file sets itself.

use std::collections::BTreeMap;

use crate::handbook::VocabularyWord;
use crate::lint::{Context, Example, Finding, Fix, Manual, Needs, Report, Rule, Severity};
use crate::source::{FileId, Span, fold, is_slip};

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

/// How many times as frequent a spelling has to be to be the right one without a look at it.
const CLEARLY: usize = 2;

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
                let fix = Fix::scalar(place, usual_word);
                // Of two words that differ by a letter, the frequent one may be the misspelt one, and a narrow
                // majority tells little of how a word is to be written.
                let is_sure = fold(rare_word) == fold(usual_word) && there >= CLEARLY * here;
                report.add(
                    Finding::new(place, message)
                        .label(format!("{here} of this, {there} of the other"))
                        .help(format!("write `{usual_word}`"))
                        .fix(if is_sure { fix } else { fix.needs_a_look() }),
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
    let candidates = spellings
        .iter()
        .filter(|other| other.places.len() > rare.places.len() && is_slip(rare.word, other.word));
    // Of several as frequent, the first in the file: `max_by_key` would take the last.
    candidates.rev().max_by_key(|other| other.places.len())
}

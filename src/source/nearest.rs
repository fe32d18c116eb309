//! Which of the known words a person may have meant.

use strsim::damerau_levenshtein;

/// A word that may have been meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess<'c> {
    /// The word.
    pub word: &'c str,
    /// Whether no other word is as near.
    pub is_only: bool,
    /// Whether that word, and no other, was meant as far as the spelling shows: it is the
    /// only one, and [a slip](is_slip) away.
    pub is_sure: bool,
}

/// Longer words are not compared: measuring takes the product of their lengths.
pub(super) const MAX_COMPARED: usize = 120;

/// How many words are compared in one run, whatever asks for it. A suggestion is a service: real handbooks need a
/// hundredth of it, and a file of nothing but slips must not take time in proportion to the square of its length.
#[derive(Debug)]
pub struct Comparisons {
    /// How many words may be looked at.
    looks: usize,
    /// How many of those that have nearly the same letters may be measured, which takes far longer.
    measured: usize,
}

impl Default for Comparisons {
    fn default() -> Self {
        Self { looks: 500_000, measured: 20_000 }
    }
}

impl Comparisons {
    /// Whether `count` candidates may still be looked at.
    pub fn allow(&self, count: usize) -> bool {
        self.looks >= count && self.measured > 0
    }

    /// The [`guess`] among `count` candidates; none once there have been too many.
    pub fn guess<'c>(
        &mut self,
        word: &str,
        count: usize,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<Guess<'c>> {
        if word.len() > MAX_COMPARED || !self.allow(count) {
            return None;
        }
        self.looks -= count;
        guess_within(word, candidates, &mut self.measured)?.map(|(_, guess)| guess)
    }
}

/// The candidate nearest to `word`, if one is near enough to suggest: first one that differs only by
/// case, spaces, hyphens or underscores, else the one with the fewest edits, at most a quarter of the
/// word. Ties go to the first in alphabetical order.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    guess(word, candidates).map(|guess| guess.word)
}

/// The candidate [`nearest`] to `word`, and how sure it is that it was meant.
pub fn guess<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<Guess<'c>> {
    guess_with_distance(word, candidates).map(|(_, guess)| guess)
}

/// The [`guess`], and how many edits away it is.
pub(super) fn guess_with_distance<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<(usize, Guess<'c>)> {
    guess_within(word, candidates, &mut usize::MAX.clone())?
}

/// How many edits away from a folded word a guess may be.
pub(super) fn limit_for(folded: &str) -> usize {
    (folded.chars().count() / 4).max(1)
}

/// The [`guess`], which is found by measuring at most `most` candidates, of which those that were are taken; `None` where
/// these are too few.
#[expect(clippy::option_option, reason = "no guess is not the same as no time to guess")]
fn guess_within<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    most: &mut usize,
) -> Option<Option<(usize, Guess<'c>)>> {
    let mut is_out = false;
    let folded = fold(word);
    let limit = limit_for(&folded);
    let near =
        candidates.into_iter().filter(|candidate| *candidate != word).filter_map(|candidate| {
            let other = fold(candidate);
            if other == folded {
                return Some((0, candidate));
            }
            if is_out || !may_be_within(&folded, &other, limit) {
                return None;
            }
            match most.checked_sub(1) {
                Some(left) => *most = left,
                None => is_out = true,
            }
            let distance = edits(&folded, &other, limit).filter(|_| !is_out)?;
            // Two letters have nothing in common when one of them is changed.
            let longest = folded.chars().count().max(other.chars().count());
            (distance * 2 < longest).then_some((distance, candidate))
        });
    let mut best: Option<(usize, &str, bool)> = None;
    for (distance, candidate) in near {
        best = Some(match best {
            Some((least, first, _)) if (distance, candidate) < (least, first) => {
                (distance, candidate, distance < least)
            }
            Some((least, first, is_only)) => {
                (least, first, is_only && (distance > least || candidate == first))
            }
            None => (distance, candidate, true),
        });
    }
    if is_out {
        return None;
    }
    Some(best.map(|(distance, nearest, is_only)| {
        let is_sure = is_only && is_slip(word, nearest);
        (distance, Guess { word: nearest, is_only, is_sure })
    }))
}

/// Whether two words differ only by case, spacing, hyphens or a slip of the hand: one letter in a word
/// of five or more, two in one of twelve or more. Numbers, single letters and negations are
/// no slips, however near.
pub fn is_slip(one: &str, other: &str) -> bool {
    let (folded, other_folded) = (fold(one), fold(other));
    if folded == other_folded {
        return true;
    }
    let slips = match folded.chars().count().min(other_folded.chars().count()) {
        0..5 => 0,
        5..12 => 1,
        _ => 2,
    };
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_negation = ["not", "un", "in"]
        .iter()
        .any(|prefix| folded.starts_with(prefix) != other_folded.starts_with(prefix));
    digits(&folded) == digits(&other_folded)
        && !is_negation
        && !differ_by_a_letter_alone(one, other)
        && edits(&folded, &other_folded, slips).is_some()
}

/// Whether one of two words has a single letter where the other has another: `team_a` and
/// `team_b`.
fn differ_by_a_letter_alone(one: &str, other: &str) -> bool {
    let parts = |word: &str| -> Vec<String> {
        word.split([' ', '-', '_', '/', '.', '\u{a0}']).map(fold).collect()
    };
    let (one, other) = (parts(one), parts(other));
    let is_alone = |part: &str| part.chars().count() == 1;
    one.len() == other.len()
        && one
            .iter()
            .zip(&other)
            .any(|(one, other)| one != other && is_alone(one) && is_alone(other))
}

/// How many letters have to be put in, taken out, changed or swapped with their neighbour to make
/// `other` of `word`; `None` if it is more than `limit`.
pub fn edits(word: &str, other: &str, limit: usize) -> Option<usize> {
    // Measuring takes far longer than counting.
    if !may_be_within(word, other, limit) {
        return None;
    }
    Some(damerau_levenshtein(word, other)).filter(|edits| *edits <= limit)
}

/// Whether `limit` edits may be enough to make `other` of `word`, by their lengths and their letters.
fn may_be_within(word: &str, other: &str, limit: usize) -> bool {
    word.chars().count().abs_diff(other.chars().count()) <= limit
        && !have_too_little_in_common(word.as_bytes(), other.as_bytes(), limit)
}

/// Whether so many letters are in one word and not in the other, wherever, that `limit` edits cannot be enough. Tells
/// nothing of words with letters of several bytes.
fn have_too_little_in_common(word: &[u8], other: &[u8], limit: usize) -> bool {
    let mut counts = [0_i32; 128];
    for (letters, sign) in [(word, 1), (other, -1)] {
        for letter in letters {
            match counts.get_mut(usize::from(*letter)) {
                Some(count) => *count += sign,
                None => return false,
            }
        }
    }
    let surplus: i32 = counts.iter().filter(|count| **count > 0).sum();
    let lack: i32 = -counts.iter().filter(|count| **count < 0).sum::<i32>();
    usize::try_from(surplus.max(lack)).is_ok_and(|least| least > limit)
}

/// The word without what people vary in spelling: case, spaces, hyphens, underscores.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let kept = word.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '\u{a0}'));
    for c in kept {
        // Most letters are, and need no look into the tables of Unicode.
        match c.is_ascii() {
            true => folded.push(c.to_ascii_lowercase()),
            false => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 4] = ["continuous_delivery", "editor_extension", "gitaly", "dora"];

    #[test]
    fn a_word_with_other_letters_is_passed_over_and_one_with_the_same_is_measured() {
        for (word, other, limit) in [
            ("plans", "plan", 1),
            ("plans", "palns", 1),
            ("plans", "planz", 1),
            ("plans", "boats", 2),
            ("plans", "stern", 3),
            ("pläne", "plane", 1),
            ("", "ab", 2),
        ] {
            let measured = Some(damerau_levenshtein(word, other)).filter(|edits| *edits <= limit);
            assert_eq!(edits(word, other, limit), measured, "{word} {other}");
        }
    }

    #[test]
    fn slips_without_end_are_guessed_up_to_a_bound_and_then_not_at_all() {
        let words: Vec<String> =
            (0..1000).map(|number| format!("category_number_{number:04}")).collect();
        let mut comparisons = Comparisons::default();
        let guesses: Vec<bool> = (0..1000)
            .map(|number| {
                let word = format!("category_numbre_{number:04}");
                comparisons.guess(&word, words.len(), words.iter().map(String::as_str)).is_some()
            })
            .collect();
        let count = guesses.iter().filter(|is_guessed| **is_guessed).count();
        assert!((10..500).contains(&count), "{count}");
        assert!(guesses[0] && !guesses[999]);
        let long = "x".repeat(500);
        assert!(Comparisons::default().guess(&long, 1, [&*format!("{long}y")]).is_none());
    }

    #[test]
    fn spelling_variants_and_slips_are_recognised_and_other_words_are_not() {
        let near = |word| nearest(word, WORDS);
        assert_eq!(near("Continuous Delivery"), Some("continuous_delivery"));
        assert_eq!(near("contnuous_delivery"), Some("continuous_delivery"));
        assert_eq!(near("gitlay"), Some("gitaly"));
        assert_eq!(near("editor"), None);
        assert_eq!(near("xy"), None);
        assert_eq!(near(""), None);
        assert_eq!(near("gitaly"), None);
    }
    #[test]
    fn case_spacing_and_slips_are_the_same_word_and_negations_numbers_and_letters_are_not() {
        for (one, other) in [
            ("Not Planned", "not planned"),
            ("set-up required", "setup_required"),
            ("planed", "planned"),
            ("team_a", "Team A"),
        ] {
            assert!(is_slip(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("Tier 10", "Tier 11"),
            ("low", "now"),
            ("planned", "unplanned"),
            ("high", "higher"),
            ("team_a", "team_b"),
        ] {
            assert!(!is_slip(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_guess_is_sure_where_one_word_alone_is_a_slip_away() {
        let guessed = |word, words: &[&'static str]| {
            guess(word, words.iter().copied())
                .map(|guess| (guess.word, guess.is_only, guess.is_sure))
        };
        assert_eq!(guessed("serch", &["search", "alerts"]), Some(("search", true, true)));
        assert_eq!(guessed("Search", &["search", "serch"]), Some(("search", true, true)));
        assert_eq!(guessed("maps", &["mass", "mats"]), Some(("mass", false, false)));
        assert_eq!(guessed("maps", &["mats", "mass"]), Some(("mass", false, false)));
        assert_eq!(
            guessed("alerts", &["alert", "alerts_", "alert"]),
            Some(("alerts_", true, true))
        );
        assert_eq!(guessed("serch", &["search", "search"]), Some(("search", true, true)));
        assert_eq!(guessed("gitlab_com", &["github_com"]), Some(("github_com", true, false)));
        assert_eq!(guessed("tier_1", &["tier_2"]), Some(("tier_2", true, false)));
    }
}

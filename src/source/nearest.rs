//! Which of the known words somebody may have meant.

use strsim::damerau_levenshtein;

/// The candidate nearest to `word`, if one is near enough to suggest: first one that differs only by
/// case, spaces, hyphens or underscores, else the one with the fewest edits, at most a quarter of the
/// word. Ties go to the first in alphabetical order.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let folded = fold(word);
    let limit = (folded.chars().count() / 4).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .filter_map(|candidate| {
            let other = fold(candidate);
            if other == folded {
                return Some((0, candidate));
            }
            let distance = edits(&folded, &other, limit)?;
            // Two letters have nothing in common when one of them is changed.
            let longest = folded.chars().count().max(other.chars().count());
            (distance * 2 < longest).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters have to be put in, taken out, changed or swapped with their neighbour to make
/// `other` of `word`; `None` if it is more than `limit`.
pub fn edits(word: &str, other: &str, limit: usize) -> Option<usize> {
    // Measuring takes far longer than counting, and most words differ in length.
    if word.chars().count().abs_diff(other.chars().count()) > limit {
        return None;
    }
    if have_too_little_in_common(word.as_bytes(), other.as_bytes(), limit) {
        return None;
    }
    Some(damerau_levenshtein(word, other)).filter(|edits| *edits <= limit)
}

/// Whether so many letters stand in one word and not in the other, wherever, that `limit` edits cannot be enough. Tells
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
    word.chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_' | '\u{a0}'))
        .flat_map(char::to_lowercase)
        .collect()
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
}

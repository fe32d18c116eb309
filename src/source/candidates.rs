//! A list of words in which near ones are looked for again and again.

use std::hash::BuildHasher;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use super::nearest::{Comparisons, Guess, MAX_COMPARED, fold, guess_with_distance, limit_for};

/// How often a list is gone through before it is worth an index, which takes as long to make as some twenty searches.
const SEARCHES: usize = 20;

/// How many words that the index finds are compared. Real lists have a handful of them; where there are more, the list is
/// gone through as if there were no index.
const MOST_FOUND: usize = 200;

/// How long a list is that is gone through however often there is something to look for in it.
const MOST_GONE_THROUGH: usize = 300;

/// Words in which the nearest to others is looked for. What one edit away from a word is found at once, however long the
/// list is; what is farther away is found by [`Comparisons`], as long as there are any left.
#[derive(Debug)]
pub struct Candidates<'c> {
    words: Vec<&'c str>,
    searches: usize,
    index: OnceLock<Index>,
}

impl<'c> Candidates<'c> {
    /// A list of these words.
    pub fn new(words: impl IntoIterator<Item = &'c str>) -> Self {
        Self { words: words.into_iter().collect(), searches: 0, index: OnceLock::new() }
    }

    /// The [`guess`](super::guess) among the words; none once the comparisons are used up.
    pub fn guess(&mut self, word: &str, comparisons: &mut Comparisons) -> Option<Guess<'c>> {
        if word.len() > MAX_COMPARED {
            return None;
        }
        self.searches += 1;
        if self.searches <= SEARCHES && comparisons.allow(self.words.len()) {
            let near = self.go_through(word, comparisons);
            if near.is_some() || comparisons.allow(0) {
                return near;
            }
        }
        match self.one_edit_away(word) {
            Found::Near(near) => Some(near),
            Found::Nothing => None,
            Found::NotHere => self.go_through(word, comparisons),
        }
    }

    /// The [`guess`](super::guess) among the words, of a long list only what is one edit away. It doesn't depend on what was
    /// looked for before.
    pub fn near(&self, word: &str) -> Option<Guess<'c>> {
        if self.words.len() <= MOST_GONE_THROUGH {
            return guess_with_distance(word, self.words.iter().copied()).map(|(_, near)| near);
        }
        match self.one_edit_away(word) {
            Found::Near(near) if word.len() <= MAX_COMPARED => Some(near),
            _ => None,
        }
    }

    fn one_edit_away(&self, word: &str) -> Found<'c> {
        let index = self.index.get_or_init(|| Index::of(&self.words));
        let Some(found) = index.around(word) else { return Found::NotHere };
        match guess_with_distance(word, found.into_iter().map(|at| self.words[at])) {
            // Whatever else there is, the index has all that is as near.
            Some((0 | 1, near)) => Found::Near(near),
            // To a short word, nothing farther away is near.
            _ if limit_for(&fold(word)) == 1 => Found::Nothing,
            _ => Found::NotHere,
        }
    }

    fn go_through(&self, word: &str, comparisons: &mut Comparisons) -> Option<Guess<'c>> {
        comparisons.guess(word, self.words.len(), self.words.iter().copied())
    }
}

/// What the index has near a word.
enum Found<'c> {
    Near(Guess<'c>),
    /// Nothing in the list is near.
    Nothing,
    /// Nothing, and there may be something farther away.
    NotHere,
}

/// The words of a list by what is left of them without one letter: two words that are one edit apart are equal, or
/// become equal where one of them, or both, lose a letter.
#[derive(Debug)]
struct Index {
    /// Hashes of the word as a whole and without each of its letters, and its place in the list; sorted.
    words: Vec<(u64, u32)>,
}

impl Index {
    fn of(words: &[&str]) -> Self {
        let mut index = Vec::new();
        for (at, word) in (0..).zip(words) {
            let folded = fold(word);
            // No word that is looked for comes near a longer one.
            if folded.chars().count() <= MAX_COMPARED + 1 {
                index.extend(rests(&folded).into_iter().map(|rest| (rest, at)));
            }
        }
        index.sort_unstable();
        index.dedup();
        Self { words: index }
    }

    /// The places of all words that are at most one edit away from `word`, among others; `None` if there are too many.
    fn around(&self, word: &str) -> Option<Vec<usize>> {
        let mut found = Vec::new();
        for rest in rests(&fold(word)) {
            let first = self.words.partition_point(|(other, _)| *other < rest);
            let equal = self.words[first..].iter().take_while(|(other, _)| *other == rest);
            found.extend(equal.map(|(_, at)| *at as usize).take(MOST_FOUND + 1));
            found.sort_unstable();
            found.dedup();
            if found.len() > MOST_FOUND {
                return None;
            }
        }
        Some(found)
    }
}

/// Hashes of the word as a whole and without each of its letters.
fn rests(folded: &str) -> Vec<u64> {
    let hash = |rest: &str| FixedState::default().hash_one(rest);
    let mut rests = vec![hash(folded)];
    let mut rest = String::with_capacity(folded.len());
    for (at, letter) in folded.char_indices() {
        rest.clear();
        rest.push_str(&folded[..at]);
        rest.push_str(&folded[at + letter.len_utf8()..]);
        rests.push(hash(&rest));
    }
    rests
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::guess;

    #[test]
    fn slips_without_end_are_all_guessed() {
        let words: Vec<String> =
            (0..3000).map(|number| format!("category_number_{number:04}")).collect();
        let mut candidates = Candidates::new(words.iter().map(String::as_str));
        let mut comparisons = Comparisons::default();
        for (number, word) in words.iter().enumerate() {
            let near = candidates.guess(&format!("category_numbre_{number:04}"), &mut comparisons);
            assert_eq!(near.map(|near| near.word), Some(word.as_str()));
        }
    }

    #[test]
    fn words_that_are_spelt_alike_without_end_are_looked_through_within_a_bound() {
        let words: Vec<String> =
            (1..1000).map(|count| format!("a{}b", "-".repeat(count))).collect();
        let mut candidates = Candidates::new(words.iter().map(String::as_str));
        let mut comparisons = Comparisons::default();
        let guesses = (0..1000).filter(|_| candidates.guess("A B", &mut comparisons).is_some());
        let found = guesses.count();
        // 500,000 looks at 999 words each.
        assert_eq!(found, 500);
    }

    fn word() -> impl Strategy<Value = String> {
        prop_oneof!["[abB_-]{0,5}", "[a-e]{8,14}", "[a-cé日 ]{1,10}"]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_the_index_finds_is_what_going_through_the_list_finds(
            words in prop::collection::vec(word(), 0..40),
            asked in prop::collection::vec(word(), 0..40),
        ) {
            let words = || words.iter().map(String::as_str);
            let mut candidates = Candidates::new(words());
            candidates.searches = SEARCHES;
            let mut comparisons = Comparisons::default();
            for asked in &asked {
                prop_assert_eq!(candidates.guess(asked, &mut comparisons), guess(asked, words()));
            }
        }
    }
}

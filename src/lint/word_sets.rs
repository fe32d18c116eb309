//! Several sets of words that are looked for in one pass over a text.

use aho_corasick::packed::Searcher;

/// Tells which of several sets a text may have a word of.
#[derive(Debug)]
pub(super) struct WordSets {
    /// `None` where the words are not such as can be looked for so.
    searcher: Option<Searcher>,
    /// Of each word the set that it belongs to.
    set_of: Vec<usize>,
    sets: usize,
}

/// The sets of which a text has a word, be it in a longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FoundSets(u32);

impl WordSets {
    /// The sets `sets`, 32 at most; no word of one is a part of a word of another.
    pub(super) fn new<'w>(sets: impl IntoIterator<Item = Vec<&'w str>>) -> Self {
        let (mut words, mut set_of, mut count) = (Vec::new(), Vec::new(), 0);
        for (number, set) in sets.into_iter().enumerate() {
            set_of.extend(set.iter().map(|_| number));
            words.extend(set);
            count = number + 1;
        }
        Self { searcher: Searcher::new(words), set_of, sets: count }
    }

    /// The sets of which `text` may have a word.
    pub(super) fn found_in(&self, text: &str) -> FoundSets {
        let all = (1 << self.sets) - 1;
        let Some(searcher) = &self.searcher else { return FoundSets(all) };
        let mut found = 0;
        for word in searcher.find_iter(text) {
            found |= 1 << self.set_of[word.pattern().as_usize()];
            if found == all {
                break;
            }
        }
        FoundSets(found)
    }
}

impl FoundSets {
    /// Whether the set with this number is among them, counted from 0 in the order in which they were given.
    pub(super) fn has(self, set: usize) -> bool {
        self.0 & (1 << set) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_set_is_told_by_any_of_its_words() {
        let sets = WordSets::new([vec!["reach", "effort"], vec!["pmctl:"], vec!["://http"]]);
        let found = |text| [0, 1, 2].map(|set| sets.found_in(text).has(set));
        assert_eq!(found("nothing of it, pmctl or http"), [false; 3]);
        assert_eq!(found("an effortless <!-- pmctl:end -->"), [true, true, false]);
        assert_eq!(found("https://https://example.org"), [false, false, true]);
        assert_eq!(found("reach pmctl: ://http effort"), [true; 3]);
    }

    #[test]
    fn what_cannot_be_looked_for_may_be_anywhere() {
        let sets = WordSets::new([vec!["a"], vec![""]]);
        assert!(sets.found_in("x").has(0) && sets.found_in("x").has(1));
    }
}

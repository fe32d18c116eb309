//! Edits, and what they make of a text.

use std::collections::{BTreeMap, HashSet};

use crate::source::{FileId, Span};

/// A place in a file and the text that is to be there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What is replaced; an empty span for an insertion.
    pub span: Span,
    /// What is there afterwards, with the line ending of the file if it has several lines.
    pub replacement: String,
}

impl Edit {
    /// Puts `replacement` in the place of `span`.
    pub fn new(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }

    /// Puts `text` before byte `at` of `file`.
    pub fn insert(file: FileId, at: usize, text: impl Into<String>) -> Self {
        Self::new(Span::new(file, at..at), text)
    }

    /// By how many bytes the file grows.
    pub(super) fn growth(&self) -> isize {
        // Both are below the largest file's size and fit.
        self.replacement.len().cast_signed() - self.span.range().len().cast_signed()
    }
}

/// The edits of a command, by file.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    by_file: BTreeMap<FileId, Vec<Edit>>,
}

/// Two edits that want the same characters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Overlap {
    pub(super) first: Edit,
    pub(super) second: Edit,
}

impl Edits {
    /// No edits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an edit. One that is equal to an earlier one counts once; insertions at one place are in
    /// the order in which they were added, before a replacement that begins there.
    pub fn add(&mut self, edit: Edit) {
        self.by_file.entry(edit.span.file).or_default().push(edit);
    }

    /// Leaves `file` as it is, for a command that goes on without a file that could not be prepared.
    pub fn forget(&mut self, file: FileId) {
        self.by_file.remove(&file);
    }

    /// The files that have edits.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.by_file.keys().copied()
    }

    /// Whether there is no edit.
    pub fn is_empty(&self) -> bool {
        self.by_file.is_empty()
    }

    /// The edits of `file` in the order of the text, each once.
    pub(super) fn in_order(&self, file: FileId) -> Result<Vec<Edit>, Overlap> {
        let mut seen = HashSet::new();
        let edits = self.by_file.get(&file).into_iter().flatten();
        let mut edits: Vec<Edit> = edits.filter(|edit| seen.insert(*edit)).cloned().collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        match edits.windows(2).find(|pair| pair[0].span.end > pair[1].span.start) {
            None => Ok(edits),
            Some(pair) => Err(Overlap { first: pair[0].clone(), second: pair[1].clone() }),
        }
    }
}

impl Extend<Edit> for Edits {
    fn extend<I: IntoIterator<Item = Edit>>(&mut self, edits: I) {
        edits.into_iter().for_each(|edit| self.add(edit));
    }
}

impl FromIterator<Edit> for Edits {
    fn from_iter<I: IntoIterator<Item = Edit>>(edits: I) -> Self {
        let mut collected = Self::new();
        collected.extend(edits);
        collected
    }
}

/// `text` after `edits`, which are in order. An edit whose span is no part of the text is returned.
pub(super) fn apply<'e>(text: &str, edits: &'e [Edit]) -> Result<String, &'e Edit> {
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        if text.get(range.clone()).is_none() {
            return Err(edit);
        }
        new.push_str(text.get(at..range.start).ok_or(edit)?);
        new.push_str(&edit.replacement);
        at = range.end;
    }
    new.push_str(&text[at..]);
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileId = FileId(0);

    fn edit(range: std::ops::Range<usize>, replacement: &str) -> Edit {
        Edit::new(Span::new(FILE, range), replacement)
    }

    fn applied(text: &str, edits: &[Edit]) -> String {
        let edits = edits.iter().cloned().collect::<Edits>().in_order(FILE).expect("no overlap");
        apply(text, &edits).expect("good spans")
    }

    fn overlap(edits: &[Edit]) -> bool {
        edits.iter().cloned().collect::<Edits>().in_order(FILE).is_err()
    }

    #[test]
    fn edits_are_applied_wherever_they_were_found_first() {
        let edits = [edit(6..11, "garden"), edit(0..5, "Goodbye")];
        assert_eq!(applied("Hello world\n", &edits), "Goodbye garden\n");
    }

    #[test]
    fn insertions_at_one_place_keep_their_order_and_equal_edits_count_once() {
        let edits = [edit(1..2, "B"), edit(1..1, "x"), edit(1..1, "y"), edit(1..1, "x")];
        assert_eq!(applied("abc", &edits), "axyBc");
        assert_eq!(applied("abc", &[edit(1..2, "B"), edit(1..2, "B")]), "aBc");
        assert_eq!(applied("abc", &[edit(2..2, "-"), edit(1..2, "B")]), "aB-c");
    }

    #[test]
    fn two_wishes_for_one_character_are_an_overlap() {
        assert!(overlap(&[edit(0..3, "x"), edit(2..4, "y")]));
        assert!(overlap(&[edit(0..3, "x"), edit(0..3, "y")]));
        assert!(overlap(&[edit(0..3, "x"), edit(1..1, "y")]));
        assert!(overlap(&[edit(0..1, "x"), edit(0..3, "y")]));
        assert!(!overlap(&[edit(0..3, "x"), edit(3..3, "y"), edit(0..0, "z"), edit(3..4, "w")]));
    }

    #[test]
    fn a_span_outside_the_text_or_inside_a_character_is_refused() {
        for range in [1..2, 0..1, 3..4, 9..9] {
            assert!(apply("éa", &[edit(range.clone(), "")]).is_err(), "{range:?}");
        }
    }
}

//! Regular expressions that are compiled when they are first used.

use std::sync::OnceLock;

use regex::{Captures, Match, Regex};

use super::forms::PARTS;

/// A regular expression. `{name}` is the entry of [`PARTS`], in which a space is any white space.
#[derive(Debug)]
pub(super) struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(super) const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// The expression; `None` where the source is none, which the tests of its users would show.
    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&expanded(self.source)).ok()).as_ref()
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.regex()?.find(text)
    }

    /// The first match from byte `start` of `text` on.
    pub(super) fn find_at<'t>(&self, text: &'t str, start: usize) -> Option<Match<'t>> {
        self.regex()?.find_at(text, start)
    }

    /// The length of the match that `text` begins with.
    pub(super) fn length(&self, text: &str) -> usize {
        self.find(text).map_or(0, |found| found.len())
    }

    pub(super) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex()?.captures(text)
    }

    pub(super) fn all<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.regex().into_iter().flat_map(move |regex| regex.find_iter(text))
    }

    /// `text` without all matches.
    pub(super) fn cut_from(&self, text: &str) -> String {
        self.regex().map_or(text.to_owned(), |regex| regex.replace_all(text, "").into_owned())
    }
}

/// `source` with the parts that it names.
pub(super) fn expanded(source: &str) -> String {
    PARTS.iter().rev().fold(source.to_owned(), |whole, (name, part)| {
        whole.replace(&format!("{{{name}}}"), &part.replace(' ', r"\s+"))
    })
}

//! Regular expressions that are compiled when they are first used.

use std::sync::OnceLock;

use regex::{Captures, Match, Regex};

use super::forms::PARTS;

/// A regular expression. `{name}` is the entry of [`PARTS`].
#[derive(Debug)]
pub(super) struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

/// The expression `source`, in which a space is any white space and `{name}` the entry of [`PARTS`]; `None` where it is
/// none, which the tests of its users would show.
pub(super) fn compiled(source: &str) -> Option<Regex> {
    let spaced = |part: &str| part.replace(' ', r"[\x20\n]+");
    let expand = |whole: String, (name, part): &(&str, &str)| {
        whole.replace(&format!("{{{name}}}"), &spaced(part))
    };
    Regex::new(&PARTS.iter().rev().fold(spaced(source), expand)).ok()
}

impl Pattern {
    pub(super) const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compiled(self.source)).as_ref()
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

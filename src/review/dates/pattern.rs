//! Regular expressions that are compiled when they are first used.

use std::sync::OnceLock;

use regex::{Captures, Match, Regex};

use super::forms::PARTS;

/// A regular expression. `{name}` is the entry of [`PARTS`].
#[derive(Debug)]
pub(super) struct Pattern {
    source: &'static str,
    is_form: bool,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(super) const fn new(source: &'static str) -> Self {
        Self { source, is_form: false, compiled: OnceLock::new() }
    }

    /// The pattern of a form, in which a space is any white space.
    pub(super) const fn of_form(source: &'static str) -> Self {
        Self { source, is_form: true, compiled: OnceLock::new() }
    }

    /// The expression; `None` where the source is none, which the tests of its users would show.
    fn regex(&self) -> Option<&Regex> {
        let compile = || {
            let spaced = |part: &str| part.replace(' ', r"\s+");
            let source = match self.is_form {
                true => format!("^{{lead}}(?:{})", spaced(self.source)),
                false => self.source.to_owned(),
            };
            let expand = |whole: String, (name, part): &(&str, &str)| {
                whole.replace(&format!("{{{name}}}"), &spaced(part))
            };
            Regex::new(&PARTS.iter().rev().fold(source, expand)).ok()
        };
        self.compiled.get_or_init(compile).as_ref()
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

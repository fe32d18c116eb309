//! What is wrong at a place, whoever found it.

use super::{Guess, Span};

/// Something wrong at a place of a text, of a sort `K`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem<K> {
    /// The sort of problem, which says the lint rule that reports it.
    pub kind: K,
    /// The place.
    pub span: Span,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// A word or two for the place itself.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
    /// Other places that belong to it, and what they are.
    pub related: Vec<(Span, String)>,
    /// The key or value that belongs there, where it is known.
    pub replacement: Option<Replacement>,
    /// Whether nothing of the file is known because of it, or not all of its records.
    pub is_of_whole_file: bool,
}

/// The key or value that belongs where there is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The key or value.
    pub value: String,
    /// Whether it says what was meant, so that no one has to look.
    pub is_sure: bool,
    /// Whether it is written in quotes, though the old one was not.
    pub is_quoted: bool,
}

impl Replacement {
    /// Creates the replacement by `value`, written as the old one was.
    pub fn new(value: impl Into<String>, is_sure: bool) -> Self {
        Self { value: value.into(), is_sure, is_quoted: false }
    }

    /// Creates the replacement of `text` by itself in quotes.
    pub fn quoted(text: impl Into<String>) -> Self {
        Self { is_quoted: true, ..Self::new(text, true) }
    }

    /// Returns the replacement by what `guess` says, if one word alone is the nearest.
    pub fn guessed(guess: Guess<'_>) -> Option<Self> {
        let Guess { word, is_only, is_sure } = guess;
        is_only.then(|| Self::new(word, is_sure))
    }

    /// Returns the same, as something that a person should look at.
    #[must_use]
    pub fn unsure(self) -> Self {
        Self { is_sure: false, ..self }
    }
}

impl<K> Problem<K> {
    /// Creates a problem with nothing but its message.
    pub fn new(kind: K, span: Span, message: impl Into<String>) -> Self {
        Self {
            kind,
            span,
            message: message.into(),
            label: String::new(),
            help: None,
            related: Vec::new(),
            replacement: None,
            is_of_whole_file: false,
        }
    }

    /// Returns the problem as one because of which the file's records are not known, or not all of them.
    #[must_use]
    pub fn of_whole_file(mut self) -> Self {
        self.is_of_whole_file = true;
        self
    }

    /// Returns the problem with a word for its place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Returns the problem with advice.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        self.maybe_help(Some(help.into()))
    }

    /// Returns the problem with advice, if there is some.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Returns the problem with what belongs in its place, if that is known.
    #[must_use]
    pub fn replacement(mut self, replacement: Option<Replacement>) -> Self {
        self.replacement = replacement;
        self
    }

    /// Returns the problem with another place that belongs to it.
    #[must_use]
    pub fn related(mut self, span: Span, what: impl Into<String>) -> Self {
        self.related.push((span, what.into()));
        self
    }

    /// Returns the message, and what to do after a semicolon.
    pub fn message_and_help(&self) -> String {
        match &self.help {
            Some(help) => format!("{}; {help}", self.message),
            None => self.message.clone(),
        }
    }
}

//! What is wrong with the way a handbook is written, found while it is read.

use crate::source::{Guess, Span};

/// A problem that reading found. Each kind is reported by the lint rule of the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort of problem.
    pub kind: ProblemKind,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// A word or two for the place itself.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
    /// Another place that belongs to it, and what it is.
    pub related: Option<(Span, String)>,
    /// What should stand in the place, where that can be told.
    pub instead: Option<Instead>,
    /// Whether nothing of the file is known because of it, or not all of its records.
    pub is_of_whole_file: bool,
}

/// The key or value that should stand where there is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// The key or value.
    pub value: String,
    /// Whether it says what was meant, so that nobody has to look.
    pub is_sure: bool,
    /// Whether it is written in quotes, though the old one was not.
    pub is_quoted: bool,
}

impl Instead {
    /// `value`, written as the old one was.
    pub fn new(value: impl Into<String>, is_sure: bool) -> Self {
        Self { value: value.into(), is_sure, is_quoted: false }
    }

    /// The text that is there, in quotes.
    pub fn quoted(text: impl Into<String>) -> Self {
        Self { is_quoted: true, ..Self::new(text, true) }
    }

    /// What `guess` says, if one word alone is the nearest.
    pub fn guessed(guess: Guess<'_>) -> Option<Self> {
        let Guess { word, is_only, is_sure } = guess;
        is_only.then(|| Self::new(word, is_sure))
    }

    /// The same, as something that a person should look at.
    #[must_use]
    pub fn unsure(self) -> Self {
        Self { is_sure: false, ..self }
    }
}

/// The sorts of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// A file that could not be read at all.
    UnreadableFile,
    /// Text that is not YAML.
    Syntax,
    /// What git left of a merge that was not finished.
    MergeConflict,
    /// The second of two equal keys.
    DuplicateKey,
    /// A required field that is absent or empty.
    MissingField,
    /// A value of another kind than its field's.
    WrongType,
    /// A text that other programs read as something else, because it has no quotes.
    Unquoted,
    /// A key that the format does not know.
    UnknownField,
    /// A value outside its field's legal set.
    InvalidValue,
}

impl ProblemKind {
    /// Whether something of the file, or all of it, could not be read.
    pub fn stops_reading(self) -> bool {
        matches!(self, Self::UnreadableFile | Self::Syntax | Self::MergeConflict)
    }
}

impl Problem {
    /// A problem with nothing but its message.
    pub fn new(kind: ProblemKind, span: Span, message: impl Into<String>) -> Self {
        Self {
            kind,
            span,
            message: message.into(),
            label: String::new(),
            help: None,
            related: None,
            instead: None,
            is_of_whole_file: matches!(
                kind,
                ProblemKind::UnreadableFile | ProblemKind::MergeConflict
            ),
        }
    }

    /// The problem, as one because of which the file's records are not known, or not all of them.
    #[must_use]
    pub fn of_whole_file(mut self) -> Self {
        self.is_of_whole_file = true;
        self
    }

    /// The problem, with a word for its place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The problem, with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }

    /// The problem, with what should stand in its place, if that can be told.
    #[must_use]
    pub fn instead(mut self, instead: Option<Instead>) -> Self {
        self.instead = instead;
        self
    }

    /// The problem, with another place that belongs to it.
    #[must_use]
    pub fn related(mut self, span: Span, what: impl Into<String>) -> Self {
        self.related = Some((span, what.into()));
        self
    }
}

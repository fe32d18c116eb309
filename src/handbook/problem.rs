//! What is wrong with the way a handbook is written, found while it is read.

use crate::source::Span;

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
}

/// The sorts of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// A file that could not be read at all.
    UnreadableFile,
    /// Text that is not YAML.
    Syntax,
    /// The second of two equal keys.
    DuplicateKey,
    /// A required field that is absent or empty.
    MissingField,
    /// A value of another kind than its field's.
    WrongType,
    /// A key that the format does not know.
    UnknownField,
    /// A value outside its field's legal set.
    InvalidValue,
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
        }
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

    /// The problem, with another place that belongs to it.
    #[must_use]
    pub fn related(mut self, span: Span, what: impl Into<String>) -> Self {
        self.related = Some((span, what.into()));
        self
    }
}

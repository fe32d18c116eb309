//! What is wrong with the way a handbook is written, found while it is read.

/// A problem that reading found. Each kind is reported by the lint rule of the same name.
pub type Problem = crate::source::Problem<ProblemKind>;

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

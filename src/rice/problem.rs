//! What is wrong with an idea or an estimate of it.

/// Something wrong with an idea or an estimate of it.
pub type Problem = crate::source::Problem<ProblemKind>;

/// The sorts of problem, each of which a lint rule reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// A value that is no step of its scale, or no value at all.
    OffScale,
    /// A factor that is not there.
    MissingFactor,
    /// An effort of zero or less.
    EffortNotPositive,
    /// A score beside the factors that is not theirs.
    ScoreMismatch,
    /// An estimate that is too old.
    Stale,
    /// Raters who are far apart.
    Disagreement,
    /// A category, feature or team that is not there.
    UnknownReference,
    /// A second idea with one id.
    DuplicateId,
}

impl ProblemKind {
    /// The lint rule that reports it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::OffScale => "rice-off-scale",
            Self::MissingFactor => "rice-missing-factor",
            Self::EffortNotPositive => "rice-effort-not-positive",
            Self::ScoreMismatch => "rice-score-mismatch",
            Self::Stale => "rice-stale",
            Self::Disagreement => "rice-disagreement",
            Self::UnknownReference => "rice-unknown-reference",
            Self::DuplicateId => "rice-duplicate-id",
        }
    }

    /// Whether an idea with such a problem has no score.
    pub fn is_error(self) -> bool {
        !matches!(self, Self::ScoreMismatch | Self::Stale | Self::Disagreement)
    }
}

//! Who approves which changes of the handbook, and who is notified of them: `[[approvals]]`.

use super::SettingError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::settings::ApprovalSettings;
use crate::repo::Globs;
use crate::source::RepoPath;

/// What kind of change something is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// The date of a review, and nothing else of its page.
    ReviewDatesOnly,
    /// Generated text, which is what the generators make.
    GeneratedOnly,
    /// The maturity of a category or a feature.
    MaturityChange,
    /// A category that is new, removed, called otherwise, or somewhere else.
    CategoryChange,
    /// Who owns what.
    OwnersChange,
    /// Anything else.
    Other,
}

impl ChangeKind {
    /// All of them, the harmless first.
    pub const ALL: [Self; 6] = [
        Self::ReviewDatesOnly,
        Self::GeneratedOnly,
        Self::MaturityChange,
        Self::CategoryChange,
        Self::OwnersChange,
        Self::Other,
    ];

    /// Its name, which does not change.
    pub fn name(self) -> &'static str {
        match self {
            Self::ReviewDatesOnly => "review-dates-only",
            Self::GeneratedOnly => "generated-only",
            Self::MaturityChange => "maturity-change",
            Self::CategoryChange => "category-change",
            Self::OwnersChange => "owners-change",
            Self::Other => "other",
        }
    }

    /// Whether it says nothing new of the product, so that no one has to decide on it.
    pub fn is_harmless(self) -> bool {
        matches!(self, Self::ReviewDatesOnly | Self::GeneratedOnly)
    }
}

/// Where maturity goes.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// To a higher level.
    Up,
    /// To a lower one.
    Down,
}

impl Direction {
    /// Its name, which does not change.
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// Who approves some changes, and who is notified of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The kinds of changes; none means all.
    pub kinds: Vec<ChangeKind>,
    /// Where maturity has to go, if that matters.
    pub direction: Option<Direction>,
    /// The files; `None` means all.
    paths: Option<Globs>,
    /// Who approves.
    pub approvers: Vec<String>,
    /// Who is notified.
    pub notify: Vec<String>,
}

impl Approval {
    pub(super) fn new(settings: &ApprovalSettings) -> Result<Self, SettingError> {
        let ApprovalSettings { kinds, direction, paths, approvers, notify } = settings;
        if approvers.is_empty() && notify.is_empty() {
            return Err(
                "[[approvals]] has no approvers; write `approvers` or `notify`, as in [\"@ada\"]"
                    .into(),
            );
        }
        let is_of_maturity = kinds.is_empty() || kinds.contains(&ChangeKind::MaturityChange);
        if direction.is_some() && !is_of_maturity {
            return Err(
                "[[approvals]] has `direction` without the kind `maturity-change`; add the kind, or remove `direction`".into(),
            );
        }
        let globs = Globs::new(paths.iter().map(String::as_str))
            .map_err(|error| format!("[[approvals]] paths: {error}"))?;
        Ok(Self {
            kinds: kinds.clone(),
            direction: *direction,
            paths: (!paths.is_empty()).then_some(globs),
            approvers: approvers.clone(),
            notify: notify.clone(),
        })
    }

    /// Whether it is about a change of the file at `path`; `None` for a file that lies outside the handbook.
    pub fn is_about(
        &self,
        kind: ChangeKind,
        direction: Option<Direction>,
        path: Option<&RepoPath>,
    ) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.direction.is_none() || self.direction == direction)
            && self.paths.as_ref().is_none_or(|globs| path.is_some_and(|path| globs.matches(path)))
    }
}

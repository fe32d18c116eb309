//! The format of `pmctl.toml`, which the built-in files of the profiles share.

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ChangeKind, ConfigError, DatedLevels, Direction, Drafts, Interval, Review, Rice, RuleLevel,
};
use crate::source::{CONFLICT, CONFLICT_HELP, LineTable, conflict_markers};

/// How pmctl reads and checks a handbook. What is not set here is as in the profile.
// The comments of this file are what editors show: they come from the JSON Schema that is made of it.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// How the handbook is kept: gitlab, sourcegraph, mattermost or default. Without it, pmctl detects it from the files.
    pub(super) profile: Option<String>,
    /// Data files that have to be there, by their name in the profile.
    #[serde(default)]
    pub(super) required: Vec<String>,
    /// Where data files are, by their name in the profile, relative to the root. A file named here has to be
    /// there.
    #[serde(default)]
    pub(super) paths: BTreeMap<String, String>,
    /// The pages, instead of the profile's. The first entry that matches a page sets its kind.
    #[serde(default)]
    pub(super) pages: Vec<PagesSettings>,
    /// The maturity ladder.
    #[serde(default)]
    pub(super) maturity: MaturitySettings,
    /// When reviews are due.
    #[serde(default)]
    pub(super) review: ReviewSettings,
    /// How ideas are scored.
    #[serde(default)]
    pub(super) rice: RiceSettings,
    /// Pages that are generated as a whole, from templates with directives.
    #[serde(default)]
    pub(super) generate: Vec<GenerateSettings>,
    /// Who approves which changes, and who is notified of them.
    #[serde(default)]
    pub(super) approvals: Vec<ApprovalSettings>,
    /// Where links may lead.
    #[serde(default)]
    pub(super) links: LinkSettings,
    /// The levels of the rules of `pmctl lint`.
    #[serde(default)]
    pub(super) lint: LintSettings,
}

/// Who approves some changes, and who is notified of them.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApprovalSettings {
    /// The kinds of changes; none means all.
    #[serde(default)]
    pub(super) kinds: Vec<ChangeKind>,
    /// Where maturity has to go, if that matters.
    pub(super) direction: Option<Direction>,
    /// Which files, such as `data/**`; relative to the root, none means all.
    #[serde(default)]
    pub(super) paths: Vec<String>,
    /// Who approves, such as `@ada`.
    #[serde(default)]
    pub(super) approvers: Vec<String>,
    /// Who is notified.
    #[serde(default)]
    pub(super) notify: Vec<String>,
}

/// A page that is generated as a whole.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GenerateSettings {
    /// The page, relative to the root.
    pub(super) page: String,
    /// The page with directives that it is made from, relative to the root.
    pub(super) template: String,
}

/// Pages of one kind.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PagesSettings {
    /// Which pages, such as `direction/**/*.md`; relative to the root.
    pub(super) glob: String,
    /// What they are called, such as `direction`.
    pub(super) kind: String,
    /// How often they are reviewed, such as `1 month`; that of [review] without it.
    pub(super) cadence: Option<Interval>,
    /// Whether each has to carry the date of its last review.
    #[serde(default)]
    pub(super) required: bool,
    /// Whether a calendar asks for their reviews.
    #[serde(default = "yes")]
    pub(super) reviewed: bool,
    /// The titles of the sections that each has to have, in their order.
    #[serde(default)]
    pub(super) sections: Vec<String>,
    /// The page that they are written after.
    pub(super) template: Option<String>,
}

fn yes() -> bool {
    true
}

/// When reviews are due.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewSettings {
    /// How often a page is reviewed that sets no interval of its own, such as `1 month`.
    pub(super) cadence: Option<Interval>,
    /// How long before its due date a review is announced, such as `7 days`.
    pub(super) due_soon: Option<Interval>,
}

/// How ideas are scored.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RiceSettings {
    /// How long an estimate holds, such as `2 quarters`.
    pub(super) expires: Option<Interval>,
    /// The steps of the factors, where they are not the usual ones.
    #[serde(default)]
    pub(super) scales: ScaleSettings,
}

/// The steps of a factor, where they are not the usual ones.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaleSettings {
    /// Steps of Reach.
    pub reach: Option<Vec<StepSettings>>,
    /// Steps of Impact.
    pub impact: Option<Vec<StepSettings>>,
    /// Steps of Confidence, from 0 to 1.
    pub confidence: Option<Vec<StepSettings>>,
}

/// A step of a scale: a number, or a map.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum StepSettings {
    /// What it counts.
    Value(f64),
    /// That, and what else there is to know.
    #[serde(rename_all = "snake_case")]
    Step {
        /// What it counts.
        value: f64,
        /// A word for it.
        name: Option<String>,
        /// What it means.
        meaning: Option<String>,
        /// The least share of users that is still this step, from 0 to 1; for Reach.
        from: Option<f64>,
    },
}

/// The maturity ladder.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MaturitySettings {
    /// The levels, lowest first.
    pub(super) levels: Option<Vec<String>>,
    /// The fields that hold a level's date, where they are not named as the level itself.
    #[serde(default)]
    pub(super) dates: BTreeMap<String, String>,
    /// Which reached levels must have a date: the current one, or all up to it.
    pub(super) dated: Option<DatedLevels>,
    /// The levels that are an end of life, below all others; deprecated, removed, sunset, retired and `end_of_life`
    /// without it.
    pub(super) terminal: Option<Vec<String>>,
}

/// Where links may lead.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkSettings {
    /// The folders that hold everything that is to be there; other places are not checked.
    pub(super) roots: Option<Vec<String>>,
    /// Places in the repository that something else fills, by globs such as `reference/**`.
    #[serde(default)]
    pub(super) ignore: Vec<String>,
    /// The address of the handbook's own site, such as `https://handbook.example.com`.
    pub(super) site: Option<String>,
}

/// The levels of the rules of `pmctl lint`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LintSettings {
    /// The level of a rule: error, warning, info, or off for a rule that does not run.
    #[serde(default)]
    pub(super) rules: BTreeMap<String, RuleLevel>,
    /// Levels for some paths. A later entry goes before an earlier one.
    #[serde(default)]
    pub(super) overrides: Vec<OverrideSettings>,
    /// How findings are treated in pages that say that they are drafts.
    pub(super) drafts: Option<Drafts>,
}

/// The levels of rules for some paths.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OverrideSettings {
    /// Which paths, such as `archive/**`; relative to the root.
    pub(super) paths: Vec<String>,
    /// The level of a rule there: error, warning, info, or off for a rule that does not run.
    pub(super) rules: BTreeMap<String, RuleLevel>,
}

/// The JSON Schema of `pmctl.toml` as it is read, in draft 7, which editors of TOML understand.
pub fn settings_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings.into_generator().into_root_schema_for::<Settings>().to_value()
}

impl Settings {
    /// What holds where neither a file nor a profile says anything.
    pub(super) fn defaults() -> Self {
        let Review { cadence, due_soon } = Review::default();
        Self {
            maturity: MaturitySettings {
                dated: Some(DatedLevels::default()),
                ..MaturitySettings::default()
            },
            review: ReviewSettings { cadence: Some(cadence), due_soon: Some(due_soon) },
            rice: RiceSettings {
                expires: Some(Rice::default().expires),
                scales: ScaleSettings::default(),
            },
            lint: LintSettings { drafts: Some(Drafts::default()), ..LintSettings::default() },
            ..Self::default()
        }
    }

    /// These settings, with those of `base` where they say nothing: maps key by key, lists as a whole. Of
    /// `required`, both count.
    pub(super) fn over(self, base: Self) -> Self {
        Self {
            profile: self.profile.or(base.profile),
            required: base.required.into_iter().chain(self.required).collect(),
            paths: base.paths.into_iter().chain(self.paths).collect(),
            pages: if self.pages.is_empty() { base.pages } else { self.pages },
            maturity: MaturitySettings {
                levels: self.maturity.levels.or(base.maturity.levels),
                dates: match self.maturity.dates.is_empty() {
                    true => base.maturity.dates,
                    false => self.maturity.dates,
                },
                dated: self.maturity.dated.or(base.maturity.dated),
                terminal: self.maturity.terminal.or(base.maturity.terminal),
            },
            review: ReviewSettings {
                cadence: self.review.cadence.or(base.review.cadence),
                due_soon: self.review.due_soon.or(base.review.due_soon),
            },
            rice: RiceSettings {
                expires: self.rice.expires.or(base.rice.expires),
                scales: ScaleSettings {
                    reach: self.rice.scales.reach.or(base.rice.scales.reach),
                    impact: self.rice.scales.impact.or(base.rice.scales.impact),
                    confidence: self.rice.scales.confidence.or(base.rice.scales.confidence),
                },
            },
            generate: if self.generate.is_empty() { base.generate } else { self.generate },
            approvals: if self.approvals.is_empty() { base.approvals } else { self.approvals },
            links: LinkSettings {
                roots: self.links.roots.or(base.links.roots),
                ignore: [base.links.ignore, self.links.ignore].concat(),
                site: self.links.site.or(base.links.site),
            },
            lint: LintSettings {
                rules: base.lint.rules.into_iter().chain(self.lint.rules).collect(),
                overrides: match self.lint.overrides.is_empty() {
                    true => base.lint.overrides,
                    false => self.lint.overrides,
                },
                drafts: self.lint.drafts.or(base.lint.drafts),
            },
        }
    }

    /// Reads the file at `path`; an error has the place of what is wrong.
    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| {
            let conflict = conflict_markers(text).into_iter().next();
            let at = error.span().map_or(0, |span| span.start);
            let at = conflict.as_ref().map_or(at, |marker| marker.line.start);
            let position = LineTable::new(text).position(text, at);
            ConfigError::Invalid {
                path: path.to_owned(),
                line: position.line,
                column: position.column,
                message: match conflict {
                    Some(_) => format!("{CONFLICT}; {CONFLICT_HELP}"),
                    None => error.message().trim().to_owned(),
                },
            }
        })
    }
}

//! The format of `pmctl.toml`, which the built-in files of the profiles share.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{ConfigError, DatedLevels, Interval, RuleLevel};
use crate::source::LineTable;

/// A `pmctl.toml` or the built-in file of a profile, as it is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    pub(super) profile: Option<String>,
    #[serde(default)]
    pub(super) required: Vec<String>,
    #[serde(default)]
    pub(super) paths: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) pages: Vec<PagesSettings>,
    #[serde(default)]
    pub(super) maturity: MaturitySettings,
    #[serde(default)]
    pub(super) review: ReviewSettings,
    #[serde(default)]
    pub(super) rice: RiceSettings,
    #[serde(default)]
    pub(super) generate: Vec<GenerateSettings>,
    #[serde(default)]
    pub(super) links: LinkSettings,
    #[serde(default)]
    pub(super) lint: LintSettings,
}

/// A `[[generate]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GenerateSettings {
    pub(super) page: String,
    pub(super) template: String,
}

/// A `[[pages]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PagesSettings {
    pub(super) glob: String,
    pub(super) kind: String,
    pub(super) cadence: Option<Interval>,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default = "yes")]
    pub(super) reviewed: bool,
}

fn yes() -> bool {
    true
}

/// `[review]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewSettings {
    pub(super) cadence: Option<Interval>,
    pub(super) due_soon: Option<Interval>,
}

/// `[rice]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RiceSettings {
    pub(super) expires: Option<Interval>,
    #[serde(default)]
    pub(super) scales: ScaleSettings,
}

/// `[rice.scales]`: the steps of a factor, where they are not the usual ones.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleSettings {
    /// Steps of Reach.
    pub reach: Option<Vec<StepSettings>>,
    /// Steps of Impact.
    pub impact: Option<Vec<StepSettings>>,
    /// Steps of Confidence, from 0 to 1.
    pub confidence: Option<Vec<StepSettings>>,
}

/// A step of a scale as it is configured: a number, or a map.
#[derive(Clone, Debug, Deserialize)]
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

/// `[maturity]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MaturitySettings {
    pub(super) levels: Option<Vec<String>>,
    #[serde(default)]
    pub(super) dates: BTreeMap<String, String>,
    pub(super) dated: Option<DatedLevels>,
}

/// `[links]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkSettings {
    pub(super) roots: Option<Vec<String>>,
    #[serde(default)]
    pub(super) ignore: Vec<String>,
    pub(super) site: Option<String>,
}

/// `[lint]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LintSettings {
    #[serde(default)]
    pub(super) rules: BTreeMap<String, RuleLevel>,
}

impl Settings {
    /// Reads the file at `path`; an error has the place of what is wrong.
    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let position = LineTable::new(text).position(text, at);
            ConfigError::Invalid {
                path: path.to_owned(),
                line: position.line,
                column: position.column,
                message: error.message().trim().to_owned(),
            }
        })
    }
}

//! How findings are reported: `[lint]`.

use super::SettingError;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::settings::{LintSettings, OverrideSettings};
use super::{RuleLevel, globs};
use crate::repo::Globs;

/// How findings are reported.
#[derive(Clone, Debug, Default)]
pub struct Lint {
    /// The levels of rules, as `[lint.rules]` names them.
    pub rules: BTreeMap<String, RuleLevel>,
    /// The levels of rules for some paths; a later entry goes before an earlier one.
    pub overrides: Vec<PathLevels>,
    /// What becomes of findings in drafts.
    pub drafts: Drafts,
}

/// The levels of rules for some paths.
#[derive(Clone, Debug)]
pub struct PathLevels {
    /// Which paths they are.
    pub globs: Globs,
    /// The levels, as they are written.
    pub rules: BTreeMap<String, RuleLevel>,
}

/// How findings are treated in pages that say that they are drafts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Drafts {
    /// Errors are warnings, and warnings are for information.
    #[default]
    Softer,
    /// They are as bad as in any page.
    Same,
    /// They are not reported.
    Ignore,
}

impl Lint {
    pub(super) fn new(settings: LintSettings) -> Result<Self, SettingError> {
        let overrides = settings.overrides.into_iter().map(PathLevels::compile);
        Ok(Self {
            rules: settings.rules,
            overrides: overrides.collect::<Result<_, _>>()?,
            drafts: settings.drafts.unwrap_or_default(),
        })
    }
}

impl PathLevels {
    fn compile(settings: OverrideSettings) -> Result<Self, SettingError> {
        if settings.paths.is_empty() {
            return Err("[[lint.overrides]] paths is empty; name the paths it is for".into());
        }
        let paths: Vec<&str> = settings.paths.iter().map(String::as_str).collect();
        let globs = globs("[[lint.overrides]] paths", &paths)?;
        Ok(Self { globs, rules: settings.rules })
    }
}

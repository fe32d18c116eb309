//! What a run goes by: `pmctl.toml` over the settings of a profile, and the clock.

mod approvals;
mod clock;
mod error;
mod interval;
mod layers;
mod links;
mod lint;
mod origin;
mod pages;
mod place;
mod profile;
mod settings;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::repo::{CONFIG_FILE, Files, Forge, Globs, Repo};
use crate::source::{PathError, RepoPath, nearest};
use layers::Layers;
use settings::{GenerateSettings, MaturitySettings, Settings};

pub use approvals::{Approval, ChangeKind, Direction};
pub use clock::{ClockError, parse_date, today};
pub use error::{ConfigError, SettingError};
pub use interval::{Interval, IntervalError};
pub use links::Links;
pub use lint::{Drafts, Lint, PathLevels};
pub use origin::{Origin, Setting, settings};
pub use pages::{Pages, SetBy};
pub use place::{Step, place};
pub use profile::{Profile, ProfileError};
pub use settings::{ScaleSettings, StepSettings, settings_schema};

/// Everything that is settled before the handbook is read.
#[derive(Clone, Debug)]
pub struct Config {
    /// How the handbook is kept.
    pub profile: Profile,
    /// The data files: name in the profile, such as `categories`, and place.
    pub paths: BTreeMap<String, RepoPath>,
    /// The data files that have to be there.
    pub required: Vec<String>,
    /// The pages; the first entry that matches a page sets its kind.
    pub pages: Vec<Pages>,
    /// The maturity ladder.
    pub maturity: Maturity,
    /// When reviews are due.
    pub review: Review,
    /// How ideas are scored.
    pub rice: Rice,
    /// The pages that are generated as a whole.
    pub generated: Vec<WholePage>,
    /// Who approves which changes.
    pub approvals: Vec<Approval>,
    /// How findings are reported.
    pub lint: Lint,
    /// How what points to files is checked.
    pub links: Links,
    /// The forge that hosts the repository, where its remote says so.
    pub forge: Option<Forge>,
}

/// When reviews are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// How often a page is reviewed that says nothing else.
    pub cadence: Interval,
    /// How long before it is due a review is announced.
    pub due_soon: Interval,
}

impl Default for Review {
    /// Once a month, announced a week before.
    fn default() -> Self {
        Self { cadence: Interval::MONTH, due_soon: Interval::WEEK }
    }
}

/// A page that is generated as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholePage {
    /// The page.
    pub page: RepoPath,
    /// What it is made from: a page with directives.
    pub template: RepoPath,
}

/// How ideas are scored.
#[derive(Clone, Debug)]
pub struct Rice {
    /// How old an estimate may become.
    pub expires: Interval,
    /// The scales, where they are not the usual ones.
    pub scales: ScaleSettings,
}

impl Default for Rice {
    /// The usual scales; an estimate holds for two quarters.
    fn default() -> Self {
        Self { expires: Interval::HALF_YEAR, scales: ScaleSettings::default() }
    }
}

/// How maturity is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maturity {
    /// The ladder, lowest level first. The lowest is the state before anything is reached.
    pub levels: Vec<String>,
    /// Whether a `pmctl.toml` set the levels, so that they go before those of a data file.
    pub is_configured: bool,
    /// The fields that hold a level's date, where they are not named as the level.
    pub date_fields: BTreeMap<String, String>,
    /// Which reached levels must have their date.
    pub dated: DatedLevels,
    /// The levels that are an end of life, where they are not the usual ones.
    pub terminal: Option<Vec<String>>,
}

/// The levels that are an end of life wherever nothing else is said.
const USUAL_ENDS: [&str; 5] = ["deprecated", "removed", "sunset", "retired", "end_of_life"];

impl Maturity {
    /// Whether `level` is an end of life, below all others.
    pub fn is_terminal(&self, level: &str) -> bool {
        match &self.terminal {
            Some(ends) => ends.iter().any(|end| end == level),
            None => {
                let word = level.to_lowercase().replace(['-', ' '], "_");
                USUAL_ENDS.contains(&word.as_str())
            }
        }
    }

    /// The field of a category that holds the date of `level`.
    pub fn date_field<'a>(&'a self, level: &'a str) -> &'a str {
        self.date_fields.get(level).map_or(level, String::as_str)
    }
}

/// Which reached levels must have their date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DatedLevels {
    /// Only the level that a category has now.
    Current,
    /// Every level that a category has reached.
    #[default]
    Reached,
}

/// The level of a lint rule, as written in `[lint.rules]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleLevel {
    /// The rule does not run. `allow` is the same.
    #[serde(rename = "off", alias = "allow")]
    Allow,
    /// Its findings are for information.
    Info,
    /// Its findings are warnings.
    Warning,
    /// Its findings are errors.
    Error,
}

impl Config {
    /// The configuration of the handbook in `repo`: `file` or else its `pmctl.toml` over the profile
    /// named by `profile`, else by the file, else shown by the handbook's files, else `fallback`.
    pub fn load(
        repo: &Repo,
        file: Option<&Path>,
        profile: Option<&str>,
        fallback: Option<Profile>,
    ) -> Result<Self, ConfigError> {
        let Layers { path, own, profile, .. } = Layers::read(repo, file, profile, fallback)?;
        Self::merge(profile, own).map_err(|error| ConfigError::Value { path, error })
    }

    /// The configuration that the handbook has in `base`, by its file at `path` there, which messages call `shown`;
    /// `None` where it has no such file.
    pub fn of_base(
        base: &impl Files,
        path: &RepoPath,
        shown: &Path,
        profile: Option<&str>,
    ) -> Result<Option<Self>, ConfigError> {
        let Some(Layers { own, profile, .. }) = Layers::of_base(base, path, shown, profile)? else {
            return Ok(None);
        };
        let shown = shown.to_owned();
        let merged = Self::merge(profile, own);
        merged.map(Some).map_err(|error| ConfigError::Value { path: shown, error })
    }

    /// The configuration of a handbook without a file of its own, kept as `profile`.
    pub fn of_profile(profile: Profile) -> Result<Self, ConfigError> {
        let own = Self::merge(profile, Settings::default());
        own.map_err(|error| ConfigError::Value { path: CONFIG_FILE.into(), error })
    }

    fn merge(profile: Profile, own: Settings) -> Result<Self, SettingError> {
        let base = profile.settings();
        let known: Vec<String> = base.paths.keys().cloned().collect();
        let set_by = if own.pages.is_empty() { SetBy::Profile } else { SetBy::Handbook };
        let is_configured = own.maturity.levels.is_some();
        let has_own_dates = !own.maturity.dates.is_empty();
        // Whoever names a place means that the file is there.
        let named: Vec<String> = own.paths.keys().cloned().collect();
        let settings = own.over(base).over(Settings::defaults());
        let required: Vec<String> = settings.required.into_iter().chain(named).collect();
        if let Some(name) =
            settings.paths.keys().chain(&required).find(|name| !known.contains(name))
        {
            return Err(unknown_path(profile, name, known.iter()).into());
        }
        let paths = settings.paths.into_iter().map(|(name, path)| {
            let path = repo_path(&format!("[paths] {name}"), &path)?;
            Ok((name, path))
        });
        let pages = settings.pages.iter().map(|pages| Pages::compile(pages, set_by));
        let MaturitySettings { levels, dates, dated, terminal } = settings.maturity;
        let levels = levels.unwrap_or_default();
        if is_configured && levels.len() < 2 {
            return Err("[maturity] levels needs two levels or more, the lowest first".into());
        }
        if let Some(twice) =
            levels.iter().enumerate().find(|(at, level)| levels[..*at].contains(level))
        {
            return Err(format!(
                "[maturity] levels names `{}` twice; name each level once",
                twice.1
            )
            .into());
        }
        if let Some(level) =
            dates.keys().find(|level| is_configured && has_own_dates && !levels.contains(level))
        {
            return Err(format!(
                "[maturity.dates] names `{level}`, which is not one of the levels"
            )
            .into());
        }
        let is_known = |level: &String| !is_configured || levels.contains(level);
        if let Some(level) = terminal.iter().flatten().find(|level| !is_known(level)) {
            return Err(format!(
                "[maturity] terminal names `{level}`, which is not one of the levels"
            )
            .into());
        }
        let (review, rice) = (Review::default(), Rice::default());
        Ok(Self {
            profile,
            paths: paths.collect::<Result<_, SettingError>>()?,
            required,
            pages: pages.collect::<Result<_, _>>()?,
            maturity: Maturity {
                levels,
                is_configured,
                date_fields: dates,
                dated: dated.unwrap_or_default(),
                terminal,
            },
            review: Review {
                cadence: settings.review.cadence.unwrap_or(review.cadence),
                due_soon: settings.review.due_soon.unwrap_or(review.due_soon),
            },
            rice: Rice {
                expires: settings.rice.expires.unwrap_or(rice.expires),
                scales: settings.rice.scales,
            },
            generated: settings.generate.iter().map(WholePage::new).collect::<Result<_, _>>()?,
            approvals: settings.approvals.iter().map(Approval::new).collect::<Result<_, _>>()?,
            links: Links::new(settings.links)?,
            lint: Lint::new(settings.lint)?,
            forge: None,
        })
    }
}

/// The patterns that the setting `name` gives.
fn globs(name: &str, patterns: &[&str]) -> Result<Globs, SettingError> {
    for glob in patterns {
        if glob.is_empty() || glob.starts_with('/') || glob.split('/').any(|part| part == "..") {
            return Err(format!(
                "{name} = `{glob}` matches nothing; write it relative to the handbook's root"
            )
            .into());
        }
        Globs::new([*glob]).map_err(|error| format!("{name} = `{glob}`: {error}"))?;
    }
    Globs::new(patterns.iter().copied()).map_err(|error| format!("{name}: {error}").into())
}

impl WholePage {
    fn new(settings: &GenerateSettings) -> Result<Self, SettingError> {
        let page = repo_path("[[generate]] page", &settings.page)?;
        let template = repo_path("[[generate]] template", &settings.template)?;
        let is_page = |path: &RepoPath| {
            let name = path.as_str().trim_end_matches(".erb");
            Path::new(name).extension().is_some_and(|extension| extension == "md")
        };
        if !is_page(&page) || !is_page(&template) {
            return Err(format!(
                "[[generate]] makes pages from pages; `{page}` and `{template}` have to end in .md"
            )
            .into());
        }
        if page == template {
            return Err(format!("[[generate]] page `{page}` would be made from itself").into());
        }
        Ok(Self { page, template })
    }
}

/// The place that the setting `name` gives.
fn repo_path(name: &str, path: &str) -> Result<RepoPath, SettingError> {
    let said = |error: PathError| format!("{name} = `{path}` {error}");
    let path = RepoPath::new(path).map_err(said)?;
    if path.is_in_git_folder() {
        return Err(said(PathError::GitFolder).into());
    }
    if path.as_str().is_empty() {
        return Err(format!("{name} names the handbook's root; name a file").into());
    }
    Ok(path)
}

fn unknown_path<'n>(
    profile: Profile,
    name: &str,
    known: impl Iterator<Item = &'n String> + Clone,
) -> String {
    let names: HashSet<&str> = known.clone().map(String::as_str).collect();
    let help = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let all: Vec<&str> = known.map(String::as_str).collect();
            format!("it has {}", if all.is_empty() { "none".to_owned() } else { all.join(", ") })
        }
    };
    format!("[paths] the {} profile has no data file `{name}`; {help}", profile.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn load(files: &[(&str, &str)]) -> Result<Config, String> {
        let folder = tempfile::tempdir().expect("a folder");
        for (file, text) in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, text).expect("a file");
        }
        Config::load(&Repo::at(folder.path()), None, None, None)
            .map_err(|error| error.to_string().replace(&folder.path().display().to_string(), ""))
    }

    #[test]
    fn every_profile_has_settings_that_parse() {
        for profile in Profile::ALL {
            let settings = profile.settings();
            assert!(!settings.pages.is_empty(), "{}", profile.name());
            Config::merge(profile, Settings::default()).expect("a good profile");
        }
    }

    #[test]
    fn the_profile_shows_in_the_files() {
        let profile = |files: &[&str]| {
            let files: Vec<_> = files.iter().map(|file| (*file, "")).collect();
            load(&files).map(|config| config.profile)
        };
        assert_eq!(profile(&["data/stages.yml", "data/features.yml"]), Ok(Profile::Gitlab));
        assert_eq!(profile(&["source/direction/plan/index.html.md"]), Ok(Profile::Gitlab));
        assert_eq!(profile(&["data/product_teams.yml"]), Ok(Profile::Sourcegraph));
        assert_eq!(profile(&["data/features.yml", "content/index.md"]), Ok(Profile::Sourcegraph));
        assert_eq!(profile(&["data/features.yml"]), Ok(Profile::Default));
        assert_eq!(profile(&["pmctl.toml"]), Ok(Profile::Default));
        assert_eq!(profile(&["SUMMARY.md"]), Ok(Profile::Mattermost));
        assert_eq!(profile(&["data/features.yml", "SUMMARY.md"]), Ok(Profile::Default));
        assert_eq!(profile(&["data/votes.yml", "SUMMARY.md"]), Ok(Profile::Mattermost));
        assert_eq!(profile(&["data/votes.yml", "source/direction/x.md"]), Ok(Profile::Gitlab));
        assert_eq!(profile(&["data/votes.yml"]), Ok(Profile::Default));
        let listed = load(&[("data/features.yml", "# x\nfeatures:\n  - title: x\n")]);
        assert_eq!(listed.map(|config| config.profile), Ok(Profile::Gitlab));
        assert!(profile(&["README.md"]).is_err_and(|error| error.contains("holds no handbook")));
    }

    #[test]
    fn paths_and_levels_are_overridden_one_by_one() {
        let config = load(&[(
            "pmctl.toml",
            "profile = 'default'\n[paths]\nfeatures = 'product/features.yml'\n\
             [maturity]\nlevels = ['idea', 'live']\ndates = { live = 'shipped' }\n\
             [lint.rules]\ntier-cascade = 'allow'\n",
        )])
        .expect("a good configuration");
        assert_eq!(config.paths["features"].as_str(), "product/features.yml");
        assert_eq!(config.paths["teams"].as_str(), "data/teams.yml");
        assert_eq!(config.maturity.levels, ["idea", "live"]);
        assert_eq!(config.maturity.date_field("live"), "shipped");
        assert_eq!(config.lint.rules["tier-cascade"], RuleLevel::Allow);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_what_to_do() {
        let error = |toml: &str| load(&[("pmctl.toml", toml)]).expect_err("an error");
        assert!(error("\nlint = 1\nx").starts_with("/pmctl.toml:"), "{}", error("\nlint = 1\nx"));
        assert!(error("[link]\n").contains("unknown field `link`"));
        assert!(error("profile = 'gitlub'").contains("did you mean `gitlab`?"));
        assert!(error("[paths]\nfeature = 'x.yml'").contains("did you mean `features`?"));
        assert!(error("[paths]\nfeatures = '../x.yml'").contains("leads out"));
        assert!(error("[maturity]\nlevels = ['a', 'a']").contains("twice"));
        assert!(error("[lint.rules]\nx = 'loud'").contains("loud"));
    }
}

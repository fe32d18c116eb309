//! The houses whose handbooks pmctl reads: what each keeps where, and how to tell them apart.

use std::str::FromStr;

use super::settings::Settings;
use crate::repo::{CONFIG_FILE, Files};
use crate::source::{RepoPath, nearest};

/// A way of keeping a handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// GitLab's site repository.
    Gitlab,
    /// Sourcegraph's handbook.
    Sourcegraph,
    /// Mattermost's handbook.
    Mattermost,
    /// What a new handbook starts from.
    Default,
}

/// A profile's name that pmctl does not know.
#[derive(Debug, thiserror::Error)]
#[error("there is no profile `{name}`; {}", match nearest {
    Some(nearest) => format!("did you mean `{nearest}`?"),
    None => "there are gitlab, sourcegraph, mattermost and default".to_owned(),
})]
pub struct UnknownProfile {
    name: String,
    nearest: Option<&'static str>,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 4] = [Self::Gitlab, Self::Sourcegraph, Self::Mattermost, Self::Default];

    /// The name, as in `--profile`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gitlab => "gitlab",
            Self::Sourcegraph => "sourcegraph",
            Self::Mattermost => "mattermost",
            Self::Default => "default",
        }
    }

    /// The profile's own settings, which a `pmctl.toml` may override.
    pub(super) fn settings(self) -> Settings {
        toml::from_str(self.text()).unwrap_or_default()
    }

    /// The built-in file with those settings.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Gitlab => include_str!("profiles/gitlab.toml"),
            Self::Sourcegraph => include_str!("profiles/sourcegraph.toml"),
            Self::Mattermost => include_str!("profiles/mattermost.toml"),
            Self::Default => include_str!("profiles/default.toml"),
        }
    }

    /// The profile that the files of `repo` show; `None` where nothing looks like a handbook.
    pub fn detect(repo: &impl Files) -> Option<Self> {
        let any = |paths: &[&str]| paths.iter().any(|path| repo.has(path));
        if any(&["data/product_teams.yml", "data/team.yml", "data/code_hosts.yml"])
            || (repo.has("content") && any(&["data/features.yml"]))
        {
            return Some(Self::Sourcegraph);
        }
        if any(&["data/stages.yml", "data/sections.yml", "source/direction"])
            || lists_features(repo)
        {
            return Some(Self::Gitlab);
        }
        let (own, shared) = (Self::Default.settings().paths, Self::Mattermost.settings().paths);
        let is_there = |(name, path): (&String, &String), is_shared: bool| {
            shared.contains_key(name) == is_shared && repo.has(path)
        };
        if own.iter().any(|path| is_there(path, false)) || repo.has(CONFIG_FILE) {
            return Some(Self::Default);
        }
        if repo.has("SUMMARY.md") {
            return Some(Self::Mattermost);
        }
        // A file that any house may have tells only that there is a handbook.
        own.iter().any(|path| is_there(path, true)).then_some(Self::Default)
    }
}

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(name: &str) -> Result<Self, UnknownProfile> {
        Self::ALL.into_iter().find(|profile| profile.name() == name).ok_or_else(|| UnknownProfile {
            name: name.to_owned(),
            nearest: nearest(name, Self::ALL.map(Self::name)),
        })
    }
}

/// Whether features.yml is GitLab's: a list under `features:`, where others have a map.
fn lists_features(repo: &impl Files) -> bool {
    let path = RepoPath::new("data/features.yml").ok();
    let Some(Ok(text)) = path.map(|path| repo.read(&path)) else { return false };
    let mut lines = text.trim_start_matches('\u{feff}').lines().filter(|line| {
        !line.trim().is_empty() && !line.trim_start().starts_with('#') && *line != "---"
    });
    let without_comment =
        |line: &str| line.split(" #").next().unwrap_or(line).trim_end().to_owned();
    lines.next().is_some_and(|line| without_comment(line) == "features:")
        && lines.next().is_some_and(|line| line.trim_start().starts_with("- "))
}

//! The houses whose handbooks pmctl reads: what each keeps where, and how to recognise them.

use std::str::FromStr;

use super::settings::Settings;
use crate::repo::{CONFIG_FILE, Files};
use crate::source::{RepoPath, nearest};

/// The file that most houses keep their features in.
const FEATURES: &str = "data/features.yml";

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
pub struct ProfileError {
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
        clues().into_iter().find(|clue| clue.is_in(repo)).map(|clue| clue.profile)
    }

    /// Returns the file or folder by which the files of `now` show another profile than those of `before`.
    pub fn flipped_by(before: &impl Files, now: &impl Files) -> Option<RepoPath> {
        // The first clue that is on one side decides for it; on the other side it is not, or they would show the same.
        clues().into_iter().find_map(|clue| match (clue.is_in(before), clue.is_in(now)) {
            (true, false) => Some(clue.place(now)),
            (false, true) => Some(clue.place(before)),
            _ => None,
        })?
    }
}

/// What shows a profile.
struct Clue {
    profile: Profile,
    /// The file or folder that is there.
    path: String,
    is: Is,
}

/// What else has to be so.
#[derive(Clone, Copy)]
enum Is {
    There,
    /// This file is there too.
    With(&'static str),
    /// It has a list of features, where others have a map.
    ListOfFeatures,
}

/// What shows the profiles, the first that is there deciding.
fn clues() -> Vec<Clue> {
    let clue = |profile, path: &str, is| Clue { profile, path: path.to_owned(), is };
    let there = |profile, paths: &[&str]| -> Vec<Clue> {
        paths.iter().map(|path| clue(profile, path, Is::There)).collect()
    };
    let (own, shared) = (Profile::Default.settings().paths, Profile::Mattermost.settings().paths);
    let of_default = |is_shared: bool| -> Vec<Clue> {
        let paths = own.iter().filter(|(name, _)| shared.contains_key(*name) == is_shared);
        paths.map(|(_, path)| clue(Profile::Default, path, Is::There)).collect()
    };
    [
        there(
            Profile::Sourcegraph,
            &["data/product_teams.yml", "data/team.yml", "data/code_hosts.yml"],
        ),
        vec![clue(Profile::Sourcegraph, "content", Is::With(FEATURES))],
        there(Profile::Gitlab, &["data/stages.yml", "data/sections.yml", "source/direction"]),
        vec![clue(Profile::Gitlab, FEATURES, Is::ListOfFeatures)],
        of_default(false),
        there(Profile::Default, &[CONFIG_FILE]),
        there(Profile::Mattermost, &["SUMMARY.md"]),
        // A file that any house may have shows only that there is a handbook.
        of_default(true),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Clue {
    fn is_in(&self, repo: &impl Files) -> bool {
        let is_so = || match self.is {
            Is::There => true,
            Is::With(other) => repo.has(other),
            Is::ListOfFeatures => lists_features(repo),
        };
        repo.has(&self.path) && is_so()
    }

    /// The file or folder that is missing on the side `without` this.
    fn place(&self, without: &impl Files) -> Option<RepoPath> {
        let path = match self.is {
            Is::With(other) if without.has(&self.path) => other,
            _ => &self.path,
        };
        RepoPath::new(path).ok()
    }
}

impl FromStr for Profile {
    type Err = ProfileError;

    fn from_str(name: &str) -> Result<Self, ProfileError> {
        Self::ALL.into_iter().find(|profile| profile.name() == name).ok_or_else(|| ProfileError {
            name: name.to_owned(),
            nearest: nearest(name, Self::ALL.map(Self::name)),
        })
    }
}

/// Whether features.yml is GitLab's: a list under `features:`, where others have a map.
fn lists_features(repo: &impl Files) -> bool {
    let path = RepoPath::new(FEATURES).ok();
    let Some(Ok(text)) = path.map(|path| repo.read(&path)) else { return false };
    let mut lines = text.trim_start_matches('\u{feff}').lines().filter(|line| {
        !line.trim().is_empty() && !line.trim_start().starts_with('#') && *line != "---"
    });
    let without_comment =
        |line: &str| line.split(" #").next().unwrap_or(line).trim_end().to_owned();
    lines.next().is_some_and(|line| without_comment(line) == "features:")
        && lines.next().is_some_and(|line| line.trim_start().starts_with("- "))
}

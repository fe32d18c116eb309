//! What a configuration is put together from: a `pmctl.toml` over the settings of a profile.

use std::path::{Path, PathBuf};

use super::settings::Settings;
use super::{ConfigError, Profile, ProfileError};
use crate::repo::{CONFIG_FILE, Files, Repo};
use crate::source::{self, ReadError, RepoPath};

/// A `pmctl.toml`, if there is one, and the profile that it goes over.
pub(super) struct Layers {
    /// Where the file is, or would be.
    pub(super) path: PathBuf,
    /// Its text; nothing where there is none.
    pub(super) text: String,
    /// What it says.
    pub(super) own: Settings,
    /// The profile.
    pub(super) profile: Profile,
    /// Who named the profile.
    pub(super) named_by: NamedBy,
}

/// Who named the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamedBy {
    /// A flag.
    Flag,
    /// The file.
    File,
    /// The files of the handbook show it.
    Handbook,
    /// Nobody: the command takes this one where nothing shows another.
    Nobody,
}

impl Layers {
    /// The file `file`, or else the `pmctl.toml` of `repo`, over the profile named by `profile`, else by the
    /// file, else shown by the handbook's files, else `fallback`.
    pub(super) fn read(
        repo: &Repo,
        file: Option<&Path>,
        profile: Option<&str>,
        fallback: Option<Profile>,
    ) -> Result<Self, ConfigError> {
        let path = file.map_or_else(|| repo.root().join(CONFIG_FILE), Path::to_path_buf);
        let (text, own) = match source::read_text(&path) {
            Ok(text) => {
                let own = Settings::parse(&path, &text)?;
                (text, own)
            }
            Err(ReadError::Missing) if file.is_none() && !repo.has(CONFIG_FILE) => {
                (String::new(), Settings::default())
            }
            Err(reason) => return Err(ConfigError::Unreadable { path, reason }),
        };
        let fallback = || fallback.ok_or_else(|| ConfigError::NoHandbook(repo.root().to_owned()));
        Self::put_together(repo, path, text, own, profile, fallback)
    }

    /// The file at `path` of `base`, where the handbook is read from, over the profile as in [`read`](Self::read);
    /// `None` where the file does not exist. Messages call it `shown`.
    pub(super) fn of_base(
        base: &impl Files,
        path: &RepoPath,
        shown: &Path,
        profile: Option<&str>,
    ) -> Result<Option<Self>, ConfigError> {
        let shown = shown.to_owned();
        let text = match base.read(path) {
            Ok(text) => text,
            Err(ReadError::Missing) => return Ok(None),
            Err(reason) => return Err(ConfigError::Unreadable { path: shown, reason }),
        };
        let own = Settings::parse(&shown, &text)?;
        let fallback = || Ok(Profile::Default);
        Self::put_together(base, shown, text, own, profile, fallback).map(Some)
    }

    fn put_together(
        files: &impl Files,
        path: PathBuf,
        text: String,
        own: Settings,
        profile: Option<&str>,
        fallback: impl FnOnce() -> Result<Profile, ConfigError>,
    ) -> Result<Self, ConfigError> {
        let (profile, named_by) = match (profile, own.profile.as_deref()) {
            (Some(name), _) => (name.parse()?, NamedBy::Flag),
            (None, Some(name)) => {
                let profile = name.parse().map_err(|error: ProfileError| ConfigError::Value {
                    path: path.clone(),
                    error: error.to_string().into(),
                })?;
                (profile, NamedBy::File)
            }
            (None, None) => match Profile::detect(files) {
                Some(profile) => (profile, NamedBy::Handbook),
                None => (fallback()?, NamedBy::Nobody),
            },
        };
        Ok(Self { path, text, own, profile, named_by })
    }
}

//! What a configuration is put together from: a `pmctl.toml` over the settings of a profile.

use std::path::{Path, PathBuf};

use super::settings::Settings;
use super::{ConfigError, Profile, UnknownProfile};
use crate::repo::{CONFIG_FILE, Repo};
use crate::source::{self, ReadError};

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
        let (profile, named_by) = match (profile, own.profile.as_deref()) {
            (Some(name), _) => (name.parse()?, NamedBy::Flag),
            (None, Some(name)) => {
                let profile = name.parse().map_err(|error: UnknownProfile| ConfigError::Value {
                    path: path.clone(),
                    message: error.to_string(),
                })?;
                (profile, NamedBy::File)
            }
            (None, None) => match (Profile::detect(repo), fallback) {
                (Some(profile), _) => (profile, NamedBy::Handbook),
                (None, Some(profile)) => (profile, NamedBy::Nobody),
                (None, None) => return Err(ConfigError::NoHandbook(repo.root().to_owned())),
            },
        };
        Ok(Self { path, text, own, profile, named_by })
    }
}

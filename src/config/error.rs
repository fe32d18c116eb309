//! Why a configuration cannot be used.

use std::path::PathBuf;

use super::ProfileError;
use crate::repo::CONFIG_FILE;
use crate::source::ReadError;

/// What is wrong with the value of a setting, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingError(String);

impl<T: Into<String>> From<T> for SettingError {
    fn from(message: T) -> Self {
        Self(message.into())
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file named by `--config` is not there or cannot be read.
    #[error("{path}: {reason}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What stood in the way.
        reason: ReadError,
    },
    /// The file is not TOML, or holds what pmctl does not know.
    #[error("{path}:{line}:{column}: {message}", path = path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A value that the file's syntax allows but pmctl does not.
    #[error("{path}: {error}", path = path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// What is wrong with the value.
        error: SettingError,
    },
    /// `--profile` names none.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// Nothing looks like a handbook.
    #[error(
        "{} holds no handbook that pmctl knows: no data/features.yml, no {CONFIG_FILE}; \
         name its folder with -C, or its kind with --profile",
        .0.display()
    )]
    NoHandbook(PathBuf),
}

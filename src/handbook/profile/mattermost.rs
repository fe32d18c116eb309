//! Mattermost: Markdown pages, and hardly any data beside them.

use super::DataFile;
use super::rice::RICE;
use super::votes::VOTES;

pub(super) static FILES: &[DataFile] = &[RICE, VOTES];

//! The data files that every house keeps alike, because they are pmctl's own.

use super::{DataFile, Layout};
use crate::handbook::WrittenIdea;
use crate::handbook::idea::IDEA;

/// The ideas, with their estimates.
pub(super) const RICE: DataFile =
    DataFile::new("rice", Layout::MapUnder("ideas"), &IDEA, |handbook, fields| {
        handbook.ideas.push(WrittenIdea::read(fields));
    });

/// All that a house has which keeps no other data.
pub(super) static FILES: &[DataFile] = &[RICE];

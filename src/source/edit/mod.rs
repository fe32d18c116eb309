//! The one way in which pmctl writes: a span, and the text that takes its place.
//!
//! [`Edits`] are collected per file. [`prepare`] applies them to the bytes that were read and has the
//! result checked, for all files of a command before any is touched. [`diff()`] shows what would change;
//! [`write()`] writes it, every file whole or not at all. `docs/decisions/0004-one-writer.md` explains why.

mod check;
mod diff;
mod edits;
#[expect(clippy::disallowed_methods, reason = "this is who writes files of the handbook")]
mod folder;
mod front_matter;
mod prepared;
mod record;
mod record_check;
mod scalar;
mod spelling;
mod target;
#[expect(clippy::disallowed_methods, reason = "this is who writes files of the handbook")]
pub(crate) mod temporary;
mod write;

pub use check::{only_front_matter_values_changed, only_these_values_changed};
pub use diff::diff;
pub use edits::{Edit, Edits};
pub use front_matter::{
    front_matter_refusal, insert_front_matter_key, open_front_matter, set_front_matter_value,
};
pub use prepared::{
    CheckError, EditedFile, FileEditError, PlacedEdit, PrepareError, Prepared, prepare,
};
pub use record::{NewRecord, NewValue, RecordError, add_record, new_file};
pub use record_check::only_this_record_added;
pub use scalar::{ValueError, quote_scalar, replace_scalar};
pub use target::TargetError;
pub use write::{FileWriteError, WriteError, Written, write};
#[cfg(test)]
pub(crate) use write::{Step, write_watched};

#[cfg(test)]
mod any_text_tests;
#[cfg(test)]
mod write_tests;

//! Text with positions, and nothing about products.
//!
//! A [`FileStore`] holds every file of a run; a [`Span`] is a byte range in one of them; [`yaml`],
//! [`markdown`] and [`owners_file`] give a file's structure with a span on every part; [`edit`] is the one
//! way to write.

mod candidates;
mod conflict;
pub mod edit;
pub(crate) mod fault;
mod hash;
mod lines;
pub mod markdown;
mod nearest;
pub mod owners_file;
mod path;
mod percent;
mod problem;
mod ranges;
mod sanitise;
pub mod scheme;
mod span;
mod store;
pub mod yaml;

pub use candidates::Candidates;
pub use conflict::{
    CONFLICT, CONFLICT_HELP, ConflictMarker, conflict_markers, conflicts, conflicts_outside_code,
};
pub use hash::{sha256, stable_hash};
pub use lines::{
    LineTable, Position, line_end, line_ending, line_ending_of, line_start, next_line,
};
pub use nearest::{Comparisons, Guess, edits, fold, guess, is_slip, nearest};
pub use path::{PathError, RepoPath, is_git_folder};
pub use percent::{percent_decoded, percent_encoded};
pub use problem::{Problem, Replacement};
pub use ranges::Ranges;
pub use sanitise::{is_dangerous, sanitise, sanitise_line};
pub use span::{FileId, Span, Spanned};
pub use store::{
    FileStore, MAX_FILE_BYTES, ReadError, SourceFile, Unreadable, read, read_bytes, read_listed,
    read_text, text_of, without_bom,
};

//! Review dates: who must review what, by when.
//!
//! - [`dates`]: what a page says of its own dates
//! - [`owners`]: whose a page is, and how that is known
//! - [`status`]: where a date leaves a page today
//! - [`Survey`]: all of it together, for every page
//! - [`mod@stamp`]: the edit that says that a page was reviewed
//! - [`mod@plan`]: spreading the next reviews

mod changes;
pub mod dates;
mod head;
mod look;
pub mod owners;
pub mod plan;
pub mod stamp;
pub mod status;
mod survey;
mod version;

pub use changes::{Change, Changes, Completeness};
pub use owners::Owners;
pub use survey::{Coverage, Dated, PageReview, Reading, Survey};

//! Review dates: who must review what, by when.
//!
//! [`dates`] reads what a page says of itself, [`owners`] tells whose it is, [`status`] judges a date, and
//! [`Survey`] puts it all together for every page.

mod changes;
pub mod dates;
pub mod owners;
mod partials;
pub mod plan;
pub mod stamp;
pub mod status;
mod survey;
mod title;

pub use changes::{Change, Changes, Completeness};
pub use survey::{Coverage, Dated, PageReview, Survey};

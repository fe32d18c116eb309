//! RICE: ideas with their estimates, exact scores, and how sure the order is.
//!
//! Score = Reach x Impact x Confidence / Effort. Ideas come in by `read`, are judged by `judge`, and put in order
//! by `ranking`; `sensitivity`, `simulation` and `capacity` ask what that order is worth.

pub mod capacity;
mod doubt;
mod exact;
mod gather;
pub mod idea;
mod ids;
mod judge;
mod places;
mod problem;
pub mod ranking;
mod read;
pub mod scales;
pub mod sensitivity;
pub mod simulation;
mod stated;
pub mod written;

pub use exact::{Exact, middle};
pub use gather::{gather, judged};
pub use idea::Idea;
pub use judge::{Judged, Measure, Rated, judge, legal};
pub use problem::{Problem, ProblemKind};
pub use ranking::Ranking;
pub use read::{NoSheet, RARE_WORDS, ideas_of_data, ideas_of_page, ideas_of_sheet, may_hold_ideas};
pub use scales::{Factor, Scales};

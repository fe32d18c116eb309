//! Prioritization: what came of the votes of a session.
//!
//! - [`Electorate`]: which ballots count
//! - [`Matrix`]: the items by quadrant, cut at the [`Median`] of each axis

mod electorate;
mod matrix;
mod median;

pub use electorate::{Electorate, Standing};
pub use matrix::{Matrix, Placed, Quadrant};
pub use median::Median;

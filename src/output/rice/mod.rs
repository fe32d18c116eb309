//! Ranked ideas, one file a format, and the explanation of one of them.

mod explain;
mod json;
mod rows;

use std::collections::BTreeMap;
use std::io;

use jiff::civil::Date;

use super::table::Format;
use crate::output::Sink;
use crate::rice::Judged;
use crate::rice::capacity::Plan;
use crate::rice::ranking::Ranking;
use crate::rice::sensitivity::Sensitivity;
use crate::rice::simulation::Outcome;
use crate::source::FileStore;

pub use explain::explain;

/// Ideas, and what is shown of them.
pub struct RiceReport<'a> {
    /// The day that counts as today.
    pub today: Date,
    /// The files that the ideas are in.
    pub files: &'a FileStore,
    /// All ideas.
    pub ideas: &'a [Judged],
    /// Their order.
    pub ranking: &'a Ranking,
    /// The scored ideas that are shown, as indices into `ideas` in the order of the ranking.
    pub shown: Vec<usize>,
    /// The ideas without a score that are shown, as indices into `ideas`.
    pub unscored: Vec<usize>,
    /// Whether each rater is shown.
    pub by_rater: bool,
    /// What single steps make of the ranks, one for each idea.
    pub sensitivities: Option<Vec<Option<Sensitivity>>>,
    /// How the order came out when each factor varied within its uncertainty.
    pub simulation: Option<Simulation>,
    /// What fits into the person-months that there are.
    pub plan: Option<Plan>,
    /// Another order to compare with.
    pub before: Option<OldRanks>,
    /// The width of the terminal, in columns.
    pub width: Option<u16>,
    /// Whether the lines below the table are left out.
    pub is_quiet: bool,
}

/// The result of a simulation.
pub struct Simulation {
    /// One outcome for each idea.
    pub outcomes: Vec<Option<Outcome>>,
    /// How many ranks count as the top.
    pub top: usize,
}

/// Another order of the same ideas.
pub struct OldRanks {
    /// The heading of the old ranks, such as `Was`.
    pub heading: String,
    /// The old ranks by id; `None` for an idea that had no score.
    pub ranks: BTreeMap<String, Option<usize>>,
    /// The ideas that are no longer there: rank, id and title.
    pub gone: Vec<(Option<usize>, String, String)>,
    /// Whether ideas can be new and gone, because the order is that of another time.
    pub is_of_another_time: bool,
}

/// Writes `report` in `format`.
///
/// # Errors
///
/// Fails if `out` cannot be written.
pub fn write(format: Format, report: &RiceReport<'_>, out: &mut Sink) -> io::Result<()> {
    match format {
        Format::Json => json::write(report, out),
        _ => rows::write(format, report, out),
    }
}

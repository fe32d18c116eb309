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

/// What there is to tell about ideas.
pub struct Report<'a> {
    /// The day of the judgement.
    pub today: Date,
    /// The files that the ideas stand in.
    pub files: &'a FileStore,
    /// All ideas.
    pub ideas: &'a [Judged],
    /// Their order.
    pub ranking: &'a Ranking,
    /// The places of the scored ideas that are shown, in the order of the ranking.
    pub shown: Vec<usize>,
    /// The places of the ideas without a score that are shown.
    pub unscored: Vec<usize>,
    /// Whether each rater is shown.
    pub by_rater: bool,
    /// What single steps make of the ranks, by place.
    pub sensitivities: Option<Vec<Option<Sensitivity>>>,
    /// How the order came out when everything was drawn anew.
    pub simulation: Option<Simulation>,
    /// What fits into the person-months that there are.
    pub plan: Option<Plan>,
    /// Another order to compare with.
    pub before: Option<Before>,
    /// The width of the terminal.
    pub width: Option<u16>,
    /// Whether closing lines are left out.
    pub is_quiet: bool,
}

/// What a simulation gave.
pub struct Simulation {
    /// The outcomes, by place.
    pub outcomes: Vec<Option<Outcome>>,
    /// How many ranks count as the top.
    pub top: usize,
}

/// Another order of the same ideas.
pub struct Before {
    /// What people read above the old ranks, such as `Was`.
    pub heading: String,
    /// The old ranks by id; `None` for an idea that had no score.
    pub ranks: BTreeMap<String, Option<usize>>,
    /// The ideas that are no longer there: rank, id and title.
    pub gone: Vec<(Option<usize>, String, String)>,
    /// Whether ideas can be new and gone, because the order is that of another time.
    pub is_of_another_time: bool,
}

/// Writes `report` in `format`.
pub fn write(format: Format, report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    match format {
        Format::Json => json::write(report, out),
        _ => rows::write(format, report, out),
    }
}

/// The place of `idea`, as `data/rice.yml:31`.
fn place(report: &Report<'_>, idea: &Judged) -> (String, usize) {
    let span = idea.idea.span;
    let path = report.files.file(span.file).path().to_string();
    (path, report.files.start(span).line)
}

//! A plan of reviews: as a table, as JSON, as a calendar.

use std::io;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::ics::{self, Event};
use super::reviews::owners;
use super::table::{self, Column, Row, Table};
use crate::output::Sink;
use crate::review::plan::Planned;

/// A format for a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum PlanFormat {
    /// Aligned columns, for people.
    Table,
    /// One JSON object, for programs.
    Json,
    /// An event for each page, for calendars.
    Ics,
}

/// Writes the plan made on `today`, in which each owner has at most `per_week` reviews a week.
///
/// # Errors
///
/// Fails if `out` cannot be written.
pub fn write(
    format: PlanFormat,
    plan: &[Planned<'_>],
    today: Date,
    per_week: usize,
    width: Option<u16>,
    out: &mut Sink,
) -> io::Result<()> {
    match format {
        PlanFormat::Table if plan.is_empty() => writeln!(out, "no page matches"),
        PlanFormat::Table => table(plan).write(table::Format::Table, "plan", width, out),
        PlanFormat::Json => {
            let plan: Vec<Value> = plan.iter().map(entry).collect();
            let document = json!({ "today": today, "per_week": per_week, "plan": plan });
            crate::output::json::write(out, &document)
        }
        PlanFormat::Ics => {
            let events: Vec<Event> = plan.iter().map(event).collect();
            ics::write("Planned reviews", &events, today, out)
        }
    }
}

fn table(plan: &[Planned<'_>]) -> Table {
    let columns = [
        Column::new("Week of", "week"),
        Column::of("Day"),
        Column::of("Status"),
        Column::new("Page", "path").cut(),
        Column::new("Owner", "owners").cut(),
    ];
    let rows = plan.iter().map(|planned| {
        let page = planned.page;
        let (week, day) = (planned.week.to_string(), planned.day.to_string());
        Row::new([week, day, page.status.to_string(), page.path.to_string(), owners(page)])
    });
    Table::new(columns, rows)
}

fn entry(planned: &Planned<'_>) -> Value {
    let page = planned.page;
    json!({
        "week": planned.week,
        "day": planned.day,
        "path": page.path.as_str(),
        "title": page.title,
        "owners": page.ownership.owners,
        "status": page.status.name(),
        "due": page.due,
        "commits_since_review": page.commits_since_review(),
    })
}

fn event(planned: &Planned<'_>) -> Event {
    let page = planned.page;
    Event {
        // The same as in the calendar of due reviews, so that a plan replaces it.
        identity: format!("review {}", page.path),
        day: planned.day,
        summary: format!("Review: {}", page.title),
        description: format!("{}\nOwner: {}", page.path, page.ownership.owners.join(", ")),
    }
}

//! A plan of reviews: as a table, as JSON, as a calendar.

use std::io;

use jiff::civil::Date;
use serde_json::json;

use super::ics::{self, Event};
use super::table::{self, Column, Row, Table};
use crate::output::Sink;
use crate::review::plan::Planned;

/// A format for a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Aligned columns, for people.
    Table,
    /// One JSON object, for programs.
    Json,
    /// An event for each page, for calendars.
    Ics,
}

/// Writes the plan made on `today`, in which nobody has more than `per_week` reviews in a week.
pub fn write(
    format: Format,
    plan: &[Planned<'_>],
    today: Date,
    per_week: usize,
    width: Option<u16>,
    out: &mut Sink,
) -> io::Result<()> {
    match format {
        Format::Table => write_table(plan, width, out),
        Format::Json => write_json(plan, today, per_week, out),
        Format::Ics => write_ics(plan, today, out),
    }
}

fn write_table(plan: &[Planned<'_>], width: Option<u16>, out: &mut Sink) -> io::Result<()> {
    if plan.is_empty() {
        return writeln!(out, "no page matches");
    }
    let columns = vec![
        Column::new("Week of", "week"),
        Column::new("Day", "day"),
        Column::new("Status", "status"),
        Column::new("Page", "path").cut(),
        Column::new("Owner", "owners").cut(),
    ];
    let rows = plan.iter().map(|planned| {
        let owners = planned.page.ownership.owners.join(", ");
        Row::new([
            planned.week.to_string(),
            planned.day.to_string(),
            planned.page.status.to_string(),
            planned.page.path.to_string(),
            if owners.is_empty() { "(none)".to_owned() } else { owners },
        ])
    });
    let table = Table { columns, rows: rows.collect() };
    table::write(table::Format::Table, "plan", &table, width, out)
}

fn write_json(
    plan: &[Planned<'_>],
    today: Date,
    per_week: usize,
    out: &mut Sink,
) -> io::Result<()> {
    let entries: Vec<serde_json::Value> = plan
        .iter()
        .map(|planned| {
            json!({
                "week": planned.week.to_string(),
                "day": planned.day.to_string(),
                "path": planned.page.path.as_str(),
                "title": planned.page.title,
                "owners": planned.page.ownership.owners,
                "status": planned.page.status.name(),
                "due": planned.page.due.map(|due| due.to_string()),
                "commits_since_review": planned.page.commits_since_review(),
            })
        })
        .collect();
    let document = json!({ "today": today.to_string(), "per_week": per_week, "plan": entries });
    crate::output::json::write(out, &document)
}

fn write_ics(plan: &[Planned<'_>], today: Date, out: &mut Sink) -> io::Result<()> {
    let events: Vec<Event> = plan
        .iter()
        .map(|planned| Event {
            // The same as in the calendar of due reviews, so that a plan replaces it.
            identity: format!("review {}", planned.page.path),
            day: planned.day,
            summary: format!("Review: {}", planned.page.title),
            description: format!(
                "{}\nOwner: {}",
                planned.page.path,
                planned.page.ownership.owners.join(", ")
            ),
        })
        .collect();
    ics::write("Planned reviews", &events, today, out)
}

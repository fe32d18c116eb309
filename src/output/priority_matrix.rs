//! The priority matrix of prioritization sessions: as a table, as Markdown, as CSV, as JSON.

use std::collections::HashMap;
use std::io;
use std::num::NonZeroUsize;

use serde::Serialize;
use serde_json::{Value, json};

use super::table::{self, Column, Format, Row, Table};
use crate::handbook::team::Person;
use crate::output::Sink;
use crate::output::escaped_markdown;
use crate::prioritization::{Matrix, Median, Placed, Quadrant};
use crate::source::FileStore;
use crate::source::sanitise_line;

/// What stands where there is nothing.
const NOTHING: &str = "-";

/// What there is to tell about the sessions.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The sessions, in the order of their file.
    pub matrices: &'a [Matrix<'a>],
    /// The files they stand in.
    pub files: &'a FileStore,
    /// The people of the handbook, whose names people read instead of their keys.
    pub people: &'a [Person],
    /// The width of the terminal.
    pub width: Option<u16>,
    /// Whether the remarks below the items are left out.
    pub is_quiet: bool,
}

/// Writes `report` in `format`.
pub fn write(format: Format, report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    match format {
        Format::Table => write_text(report, out),
        Format::Markdown => write_markdown(report, out),
        Format::Csv => write_csv(report, out),
        Format::Json => write_json(report, out),
    }
}

fn write_text(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    let names = names(report.people);
    for (at, matrix) in report.matrices.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", sanitise_line(&heading(matrix)))?;
        if !matrix.items.is_empty() {
            table::write(Format::Table, "items", &items(matrix, &names), report.width, out)?;
        }
        if !report.is_quiet {
            for line in remarks(matrix, &names) {
                writeln!(out, "{}", sanitise_line(&line))?;
            }
        }
    }
    match report.matrices.is_empty() {
        true => writeln!(out, "no sessions"),
        false => Ok(()),
    }
}

fn write_markdown(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    let names = names(report.people);
    for (at, matrix) in report.matrices.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "## {}", on_one_line(&heading(matrix)))?;
        if !matrix.items.is_empty() {
            writeln!(out)?;
            table::write(Format::Markdown, "items", &items(matrix, &names), None, out)?;
        }
        if !report.is_quiet {
            for paragraph in remarks(matrix, &names) {
                writeln!(out, "\n{}", on_one_line(&paragraph))?;
            }
        }
    }
    match report.matrices.is_empty() {
        true => writeln!(out, "no sessions"),
        false => Ok(()),
    }
}

/// A text that stays one line of Markdown and means nothing but itself.
fn on_one_line(text: &str) -> String {
    escaped_markdown(&text.replace(['\n', '\r'], " "))
}

fn write_csv(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    let columns = vec![
        Column::new("Session", "session"),
        Column::new("Quadrant", "quadrant"),
        Column::new("Item", "item"),
        Column::new("Title", "title"),
        Column::new("Importance", "importance"),
        Column::new("Feasibility", "feasibility"),
        Column::new("By", "by"),
    ];
    let rows = report.matrices.iter().flat_map(|matrix| {
        matrix.items.iter().map(|placed| {
            Row::new([
                matrix.session.key.value.clone(),
                placed.quadrant.map_or_else(String::new, |quadrant| quadrant.to_string()),
                placed.item.key.value.clone(),
                placed.item.name().to_owned(),
                placed.importance.to_string(),
                placed.feasibility.to_string(),
                by(placed).unwrap_or_default().to_owned(),
            ])
        })
    });
    let table = Table { columns, rows: rows.collect() };
    table::write(Format::Csv, "items", &table, None, out)
}

#[derive(Serialize)]
struct SessionEntry<'a> {
    id: &'a str,
    title: &'a str,
    participants: Vec<&'a str>,
    votes_each: Option<NonZeroUsize>,
    importance_median: Option<Value>,
    feasibility_median: Option<Value>,
    items: Vec<ItemEntry<'a>>,
    without_votes: &'a [&'a str],
}

#[derive(Serialize)]
struct ItemEntry<'a> {
    id: &'a str,
    title: &'a str,
    by: Option<&'a str>,
    importance: usize,
    feasibility: usize,
    quadrant: Option<&'static str>,
    path: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct Document<'a> {
    sessions: Vec<SessionEntry<'a>>,
}

fn write_json(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    let sessions = report.matrices.iter().map(|matrix| session_entry(matrix, report.files));
    crate::output::json::write(out, &Document { sessions: sessions.collect() })
}

fn session_entry<'a>(matrix: &'a Matrix<'_>, files: &'a FileStore) -> SessionEntry<'a> {
    let session = matrix.session;
    let participants = session.participants.iter().flatten();
    SessionEntry {
        id: &session.key.value,
        title: session.name(),
        participants: participants.map(|name| name.value.as_str()).collect(),
        votes_each: session.votes_each,
        importance_median: matrix.importance_median.map(number),
        feasibility_median: matrix.feasibility_median.map(number),
        items: matrix.items.iter().map(|placed| item_entry(placed, files)).collect(),
        without_votes: &matrix.without_votes,
    }
}

fn item_entry<'a>(placed: &Placed<'a>, files: &'a FileStore) -> ItemEntry<'a> {
    let span = placed.item.key.span;
    ItemEntry {
        id: &placed.item.key.value,
        title: placed.item.name(),
        by: by(placed),
        importance: placed.importance,
        feasibility: placed.feasibility,
        quadrant: placed.quadrant.map(Quadrant::name),
        path: files.file(span.file).path().as_str(),
        line: files.start(span).line,
    }
}

/// A whole number as such, so that no `3.0` is written.
fn number(median: Median) -> Value {
    median.whole().map_or_else(|| json!(median.as_f64()), |whole| json!(whole))
}

/// The names of people by their keys.
type Names<'a> = HashMap<&'a str, &'a str>;

fn names(people: &[Person]) -> Names<'_> {
    let named = people.iter().filter_map(|person| Some((&person.key, person.name.as_ref()?)));
    named.map(|(key, name)| (key.value.as_str(), name.value.as_str())).collect()
}

/// The name of whoever `written` is the key of; else it is a name itself.
fn name_of<'a>(written: &'a str, names: &Names<'a>) -> &'a str {
    names.get(written).copied().unwrap_or(written)
}

/// What a session is called, with the key that `--session` takes.
fn heading(matrix: &Matrix<'_>) -> String {
    let (name, key) = (matrix.session.name(), &matrix.session.key.value);
    if name == key { key.clone() } else { format!("{name} ({key})") }
}

fn items(matrix: &Matrix<'_>, names: &Names<'_>) -> Table {
    let columns = vec![
        Column::new("Quadrant", "quadrant"),
        Column::new("Item", "item").cut(),
        Column::new("Importance", "importance"),
        Column::new("Feasibility", "feasibility"),
        Column::new("By", "by").cut(),
    ];
    let rows = matrix.items.iter().map(|placed| {
        Row::new([
            placed.quadrant.map_or_else(|| NOTHING.to_owned(), |quadrant| quadrant.to_string()),
            placed.item.name().to_owned(),
            placed.importance.to_string(),
            placed.feasibility.to_string(),
            by(placed).map_or(NOTHING, |by| name_of(by, names)).to_owned(),
        ])
    });
    Table { columns, rows: rows.collect() }
}

fn by<'s>(placed: &Placed<'s>) -> Option<&'s str> {
    placed.item.by.as_ref().map(|by| by.value.as_str())
}

/// What there is to say below the items.
fn remarks(matrix: &Matrix<'_>, names: &Names<'_>) -> Vec<String> {
    let mut remarks = Vec::new();
    match (matrix.importance_median, matrix.feasibility_median) {
        (Some(importance), Some(feasibility)) if matrix.has_votes() => {
            let (count, noun) = counted(matrix.items.len(), "item");
            remarks.push(format!(
                "{count} {noun}; the medians are {importance} for importance and {feasibility} for feasibility"
            ));
        }
        (Some(_), Some(_)) => {
            let (count, noun) = counted(matrix.items.len(), "item");
            remarks.push(format!("{count} {noun}; no votes, so there are no quadrants"));
        }
        _ => remarks.push("no items".to_owned()),
    }
    if !matrix.without_votes.is_empty() {
        let without: Vec<&str> =
            matrix.without_votes.iter().map(|name| name_of(name, names)).collect();
        remarks.push(format!("no votes yet from: {}", without.join(", ")));
    }
    remarks
}

fn counted(count: usize, noun: &str) -> (usize, String) {
    (count, if count == 1 { noun.to_owned() } else { format!("{noun}s") })
}

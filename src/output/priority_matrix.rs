//! The priority matrix of prioritization sessions: as a table, as Markdown, as CSV, as JSON.

use std::collections::HashMap;
use std::io;

use serde_json::{Value, json};

use super::line::{NOTHING, counted, text_or};
use super::table::{Column, Format, Row, Table};
use crate::handbook::team::Person;
use crate::output::Sink;
use crate::output::{escaped_markdown, markdown_message};
use crate::prioritization::{Matrix, Median, Placed, Quadrant};
use crate::source::{FileStore, sanitise_line};

/// The matrices of sessions, and how they are shown.
#[derive(Clone, Copy)]
pub struct MatrixReport<'a> {
    /// The sessions, in the order of their file.
    pub matrices: &'a [Matrix<'a>],
    /// The files they are in.
    pub files: &'a FileStore,
    /// The people of the handbook, whose names are shown in place of their keys.
    pub people: &'a [Person],
    /// The width of the terminal, in columns.
    pub width: Option<u16>,
    /// Whether the notes below the items are left out.
    pub is_quiet: bool,
}

/// Writes `report` in `format`.
///
/// # Errors
///
/// Fails if `out` cannot be written.
pub fn write(format: Format, report: &MatrixReport<'_>, out: &mut Sink) -> io::Result<()> {
    match format {
        Format::Table | Format::Markdown => write_for_people(format, report, out),
        Format::Csv => all_items(report).write(format, "items", None, out),
        Format::Json => {
            let matrices = report.matrices.iter();
            let sessions: Vec<Value> =
                matrices.map(|matrix| session_json(matrix, report.files)).collect();
            crate::output::json::write(out, &json!({ "sessions": sessions }))
        }
    }
}

fn write_for_people(format: Format, report: &MatrixReport<'_>, out: &mut Sink) -> io::Result<()> {
    if report.matrices.is_empty() {
        return writeln!(out, "no sessions");
    }
    let is_markdown = format == Format::Markdown;
    // On a page, what is not divided by an empty line is one paragraph.
    let divide = if is_markdown { "\n" } else { "" };
    let names = names(report.people);
    for (at, matrix) in report.matrices.iter().enumerate() {
        let heading = heading(matrix);
        let heading = if is_markdown {
            format!("## {}", escaped_markdown(&heading.replace(['\n', '\r'], " ")))
        } else {
            sanitise_line(&heading)
        };
        writeln!(out, "{}{heading}", if at > 0 { "\n" } else { "" })?;
        if !matrix.items.is_empty() {
            write!(out, "{divide}")?;
            items(matrix, &names).write(format, "items", report.width, out)?;
        }
        for note in notes(matrix, &names).iter().filter(|_| !report.is_quiet) {
            let note = if is_markdown { markdown_message(note) } else { sanitise_line(note) };
            writeln!(out, "{divide}{note}")?;
        }
    }
    Ok(())
}

/// The items of all sessions, for spreadsheets.
fn all_items(report: &MatrixReport<'_>) -> Table {
    let columns = ["Session", "Quadrant", "Item", "Title", "Importance", "Feasibility", "By"];
    let rows = report.matrices.iter().flat_map(|matrix| {
        matrix.items.iter().map(|placed| {
            Row::new([
                matrix.session.key.value.clone(),
                text_or(placed.quadrant, ""),
                placed.item.key.value.clone(),
                placed.item.name().to_owned(),
                placed.importance.to_string(),
                placed.feasibility.to_string(),
                text_or(by(placed), ""),
            ])
        })
    });
    Table::new(columns.map(Column::of), rows)
}

fn session_json(matrix: &Matrix<'_>, files: &FileStore) -> Value {
    let session = matrix.session;
    let participants = session.participants.iter().flatten();
    let items = matrix.items.iter().map(|placed| {
        let key = &placed.item.key;
        json!({
            "id": key.value,
            "title": placed.item.name(),
            "by": by(placed),
            "importance": placed.importance,
            "feasibility": placed.feasibility,
            "quadrant": placed.quadrant.map(Quadrant::name),
            "path": files.file(key.span.file).path().as_str(),
            "line": files.start(key.span).line,
        })
    });
    json!({
        "id": session.key.value,
        "title": session.name(),
        "participants": participants.map(|name| name.value.as_str()).collect::<Vec<_>>(),
        "votes_each": session.votes_each,
        "importance_median": matrix.importance_median.map(number),
        "feasibility_median": matrix.feasibility_median.map(number),
        "items": items.collect::<Vec<_>>(),
        "without_votes": matrix.without_votes,
    })
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

/// The name of the person with the key `written`; else it is a name itself.
fn name_of<'a>(written: &'a str, names: &Names<'a>) -> &'a str {
    names.get(written).copied().unwrap_or(written)
}

/// What a session is called, with the key that `--session` takes.
fn heading(matrix: &Matrix<'_>) -> String {
    let (name, key) = (matrix.session.name(), &matrix.session.key.value);
    if name == key { key.clone() } else { format!("{name} ({key})") }
}

fn items(matrix: &Matrix<'_>, names: &Names<'_>) -> Table {
    let columns = [
        Column::of("Quadrant"),
        Column::of("Item").cut(),
        Column::of("Importance"),
        Column::of("Feasibility"),
        Column::of("By").cut(),
    ];
    let rows = matrix.items.iter().map(|placed| {
        Row::new([
            text_or(placed.quadrant, NOTHING),
            placed.item.name().to_owned(),
            placed.importance.to_string(),
            placed.feasibility.to_string(),
            text_or(by(placed).map(|by| name_of(by, names)), NOTHING),
        ])
    });
    Table::new(columns, rows)
}

fn by<'s>(placed: &Placed<'s>) -> Option<&'s str> {
    placed.item.by.as_ref().map(|by| by.value.as_str())
}

/// The notes below the items.
fn notes(matrix: &Matrix<'_>, names: &Names<'_>) -> Vec<String> {
    let items = counted(matrix.items.len(), "item");
    let mut notes = vec![match (matrix.importance_median, matrix.feasibility_median) {
        (Some(importance), Some(feasibility)) if matrix.has_votes() => format!(
            "{items}; the medians are {importance} for importance and {feasibility} for feasibility"
        ),
        (Some(_), Some(_)) => format!("{items}; no votes, so there are no quadrants"),
        _ => "no items".to_owned(),
    }];
    if !matrix.without_votes.is_empty() {
        let without: Vec<&str> =
            matrix.without_votes.iter().map(|name| name_of(name, names)).collect();
        notes.push(format!("no votes yet from: {}", without.join(", ")));
    }
    notes
}

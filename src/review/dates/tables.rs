//! Tables: a row or a column of the page's own facts, and a log of changes.
//!
//! A table with many rows and a column of reviews is an inventory of other things.

use std::ops::Range;

use crate::source::markdown::{Cell, Outline, Table};

use super::date::{Slashes, WrittenDate};
use super::marker::Facts;
use super::phrases::{Phrase, Value, phrase_of_cell, value_of};
use super::place::{Places, Zone};
use super::{Finding, Form, What};

/// Whether `lines` may hold the header of a log of changes.
pub(super) fn may_be_change_log(lines: &str) -> bool {
    lines.contains('|') && BY.iter().any(|by| contains(lines, by))
}

/// Who made a change, in the header of a log of changes.
const BY: [&str; 5] = ["edited by", "updated by", "revised by", "modified by", "changed by"];

fn contains(text: &str, needle: &str) -> bool {
    text.as_bytes().windows(needle.len()).any(|part| part.eq_ignore_ascii_case(needle.as_bytes()))
}

/// What the tables of the page say of it; `phrases` are those that it was found to hold.
pub(super) fn read(
    page: &str,
    outline: &Outline,
    places: &Places<'_>,
    phrases: &[Phrase],
) -> Vec<Finding> {
    let mut found = Vec::new();
    for table in &outline.tables {
        found.extend(change_log(page, table));
        let next = phrases.partition_point(|phrase| phrase.label.start < table.span.start);
        let has_marker = phrases.get(next).is_some_and(|it| it.label.start < table.span.end);
        if has_marker && places.zone(table.span.start) != Zone::Section {
            if !is_foreign_by_rows(table, places) {
                found.extend(rows(page, table));
            }
            if let [row] = table.rows.as_slice()
                && !is_foreign_by_columns(table, &row.cells, places)
            {
                found.extend(columns(page, &table.header, &row.cells));
            }
        }
    }
    found
}

/// Whether a row of a table names something else than the page: `| Supplier | Acme |`.
fn is_foreign_by_rows(table: &Table, places: &Places<'_>) -> bool {
    let in_section = places.is_below_a_section(table.span.start);
    let rows = table.rows.iter().map(|row| row.cells.as_slice());
    let mut rows = std::iter::once(table.header.as_slice()).chain(rows).take(50);
    rows.any(|cells| {
        let value = cells.get(1).map_or("", |cell| cell.text.as_str());
        let label = cells.first();
        label.is_some_and(|label| places.title.is_foreign_row(&label.text, value, in_section))
    })
}

/// Whether a column of a table of one row does.
fn is_foreign_by_columns(table: &Table, row: &[Cell], places: &Places<'_>) -> bool {
    let in_section = places.is_below_a_section(table.span.start);
    let mut columns = table.header.iter().zip(row);
    columns.any(|(label, value)| places.title.is_foreign_row(&label.text, &value.text, in_section))
}

/// `| Last reviewed | 2022-10-05 |`, also as the header, and cells that say it all. Where several rows
/// say the same fact, they are about several things.
fn rows(page: &str, table: &Table) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let rows = table.rows.iter().map(|row| (false, row.cells.as_slice()));
    for (is_header, cells) in std::iter::once((true, table.header.as_slice())).chain(rows) {
        let mut at = 0;
        while let Some(cell) = cells.get(at) {
            at += 1;
            let Some(phrase) = phrase_of_cell(page, cell.span.clone()) else { continue };
            let value = match (phrase.value, cells.get(at)) {
                (Value::Nothing, Some(next)) => match value_of(page, next.span.clone()) {
                    // In a header the next cell may be any label: `2nd reader`.
                    Value::Malformed(_) if is_header => Value::Nothing,
                    value => value,
                },
                (value, _) => value,
            };
            found.extend(finding(phrase.facts, Form::TableRow, value));
        }
    }
    let count = |is: fn(&Facts) -> bool| found.iter().filter(|found| is(&found.facts)).count();
    let (reviews, updates) = (count(|facts| facts.reviewed), count(|facts| facts.updated));
    found.retain(|found| {
        !(found.facts.reviewed && reviews > 1 || found.facts.updated && updates > 1)
    });
    found
}

/// `| Stage | Maturity | Last Reviewed |` with one row below.
fn columns(page: &str, header: &[Cell], cells: &[Cell]) -> Vec<Finding> {
    let column = |(label, cell): (&Cell, &Cell)| {
        let phrase = phrase_of_cell(page, label.span.clone())?;
        let value =
            matches!(phrase.value, Value::Nothing).then(|| value_of(page, cell.span.clone()));
        finding(phrase.facts, Form::TableColumn, value?)
    };
    header.iter().zip(cells).filter_map(column).collect()
}

fn finding(facts: Facts, form: Form, value: Value) -> Option<Finding> {
    let what = match value {
        Value::Date(date, span) => What::Date(date, span),
        Value::Malformed(span) => What::Malformed(span),
        Value::Partial(name, span) => What::Partial(name, span),
        Value::Nothing => return None,
    };
    Some(Finding { facts, form, what })
}

/// The newest row of Mattermost's `Date | Edited By | Change Notes`, whose dates are American. A table of
/// versions with their authors and approvals is none: it is the history of what the page was copied from.
fn change_log(page: &str, table: &Table) -> Option<Finding> {
    let is =
        |cell: &Cell, names: &[&str]| names.iter().any(|it| it.eq_ignore_ascii_case(&cell.text));
    let column = table.header.iter().position(|cell| is(cell, &["date", "date edited"]))?;
    let notes = ["change", "note", "comment", "description", "summary"];
    let has_notes =
        table.header.iter().any(|cell| notes.iter().any(|note| contains(&cell.text, note)));
    let has_editor = table.header.iter().any(|cell| is(cell, &BY));
    (has_notes && has_editor).then_some(())?;
    let read = |cell: &Cell| -> Option<(WrittenDate, Range<usize>)> {
        let text = &page[cell.span.clone()];
        let start = text.find(|char: char| char.is_alphanumeric())?;
        let (date, length) = WrittenDate::read_with(&text[start..], Slashes::MonthFirst)?;
        let start = cell.span.start + start;
        Some((date, start..start + length))
    };
    let dates = table.rows.iter().filter_map(|row| read(row.cells.get(column)?));
    // Of equal ones the first: the log is read from its top.
    let newest =
        dates.reduce(
            |best, next| {
                if next.0.value.last_day() > best.0.value.last_day() { next } else { best }
            },
        );
    let (date, span) = newest?;
    let facts = Facts { reviewed: false, updated: true };
    Some(Finding { facts, form: Form::ChangeLog, what: What::Date(date, span) })
}

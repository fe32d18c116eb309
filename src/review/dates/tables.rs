//! Tables: a row or a column of the page's own facts, and a log of changes.
//!
//! A table with many rows and a column of reviews is an inventory of other things.

use std::ops::Range;

use super::forms::Facts;
use super::notation::{Slashes, WrittenDate};
use super::place::{Places, Zone};
use super::statement::{Statement, Text};
use super::{Finding, Form, Value};
use crate::source::markdown::{Cell, Outline, Table};

/// What the tables of the page say of it; `statements` are those that it was found to hold.
pub(super) fn read(
    page: &str,
    outline: &Outline,
    places: &Places<'_>,
    statements: &[Statement],
) -> Vec<Finding> {
    let mut found = Vec::new();
    for table in &outline.tables {
        found.extend(change_log(page, table));
        let next = statements.partition_point(|it| it.label.start < table.span.start);
        let has_form = statements.get(next).is_some_and(|it| it.label.start < table.span.end);
        if !has_form || places.zone(table.span.start) == Zone::Section {
            continue;
        }
        let in_section = places.is_below_a_section(table.span.start);
        let is_foreign =
            |label: &Cell, value: &str| places.title.is_foreign_row(&label.text, value, in_section);
        let rows = table.rows.iter().map(|row| &row.cells);
        let mut rows = std::iter::once(&table.header).chain(rows).take(50);
        let of_row = |cells: &Vec<Cell>| {
            let value = cells.get(1).map_or("", |cell| cell.text.as_str());
            cells.first().is_some_and(|label| is_foreign(label, value))
        };
        if !rows.any(of_row) {
            found.extend(read_rows(page, outline, table));
        }
        if let [row] = table.rows.as_slice() {
            let columns = || table.header.iter().zip(&row.cells);
            if !columns().any(|(label, value)| is_foreign(label, &value.text)) {
                let column = |(label, value)| read_column(page, outline, label, value);
                found.extend(columns().filter_map(column));
            }
        }
    }
    found
}

/// `| Last reviewed | 2022-10-05 |`, also as the header, and cells that say it all. Where several rows
/// say the same fact, they are about several things.
fn read_rows(page: &str, outline: &Outline, table: &Table) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let rows = table.rows.iter().map(|row| (false, &row.cells));
    for (is_header, cells) in std::iter::once((true, &table.header)).chain(rows) {
        for (at, cell) in cells.iter().enumerate() {
            let Some(statement) = Text::of(page, outline, &cell.span).whole() else { continue };
            let next = || {
                let next = Text::of(page, outline, &cells.get(at + 1)?.span);
                // In a header the next cell may be any label: `2nd reader`.
                next.value().filter(|value| !(is_header && matches!(value, Value::Malformed(_))))
            };
            let (facts, form) = (statement.facts, Form::TableRow);
            let value = statement.value.or_else(next);
            found.extend(value.map(|value| Finding { facts, form, value }));
        }
    }
    let count = |is: fn(&Facts) -> bool| found.iter().filter(|found| is(&found.facts)).count();
    let (reviews, updates) = (count(|facts| facts.reviewed), count(|facts| facts.updated));
    found.retain(|Finding { facts, .. }| {
        !(facts.reviewed && reviews > 1 || facts.updated && updates > 1)
    });
    found
}

/// `| Stage | Maturity | Last Reviewed |` with one row below.
fn read_column(page: &str, outline: &Outline, label: &Cell, value: &Cell) -> Option<Finding> {
    let statement = Text::of(page, outline, &label.span).whole()?;
    let value = Text::of(page, outline, &value.span).value().filter(|_| statement.value.is_none());
    Some(Finding { facts: statement.facts, form: Form::TableColumn, value: value? })
}

/// Who made a change, in the header of a log of changes.
const BY: [&str; 5] = ["edited by", "updated by", "revised by", "modified by", "changed by"];

/// Whether `page`, which is in lower case, may hold a log of changes.
pub(super) fn may_hold_change_log(page: &str) -> bool {
    BY.iter().any(|by| page.contains(by))
}

/// The newest row of Mattermost's `Date | Edited By | Change Notes`, whose dates are American. A table of
/// versions with their authors and approvals is none: it is the history of what the page was copied from.
fn change_log(page: &str, table: &Table) -> Option<Finding> {
    let header: Vec<String> = table.header.iter().map(|cell| cell.text.to_lowercase()).collect();
    let column = header.iter().position(|name| ["date", "date edited"].contains(&name.as_str()))?;
    let notes = ["change", "note", "comment", "description", "summary"];
    let has_notes = header.iter().any(|name| notes.iter().any(|note| name.contains(note)));
    (has_notes && header.iter().any(|name| BY.contains(&name.as_str()))).then_some(())?;
    let read = |cell: &Cell| -> Option<(WrittenDate, Range<usize>)> {
        let text = &page[cell.span.clone()];
        let start = text.find(char::is_alphanumeric)?;
        let (date, length) = WrittenDate::read_with(&text[start..], Slashes::MonthFirst)?;
        let start = cell.span.start + start;
        Some((date, start..start + length))
    };
    let dates = table.rows.iter().rev().filter_map(|row| read(row.cells.get(column)?));
    // Of equal ones the first: the log is read from its top.
    let (date, span) = dates.max_by_key(|(date, _)| date.value.last_day())?;
    let facts = Facts { updated: true, ..Facts::default() };
    Some(Finding { facts, form: Form::ChangeLog, value: Value::Date(date, span) })
}

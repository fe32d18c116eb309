//! A table as Markdown.

use std::io::{self, Write};

use super::Table;
use crate::output::escaped_markdown;

pub(super) fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let headings: Vec<String> =
        table.columns.iter().map(|column| escaped_markdown(&column.heading)).collect();
    writeln!(out, "| {} |", headings.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(headings.len()))?;
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| escaped_markdown(cell)).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

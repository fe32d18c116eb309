//! A table as Markdown.

use std::io::{self, Write};

use super::Table;
use crate::output::sanitise;

pub(super) fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let headings: Vec<&str> = table.columns.iter().map(|column| &*column.heading).collect();
    writeln!(out, "| {} |", headings.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(headings.len()))?;
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| escaped(cell)).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

/// A text that stays one cell and means nothing but itself.
pub fn escaped(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => cell.push_str("<br>"),
            // A forge sets what is between two dollars as mathematics.
            '|' | '<' | '[' | ']' | '*' | '_' | '`' | '~' | '&' | '$' | '\\' => {
                cell.push('\\');
                cell.push(c);
            }
            _ => cell.push(c),
        }
    }
    sanitise(&cell).into_owned()
}

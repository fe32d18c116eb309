//! A table as comma-separated values, as RFC 4180 has them.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::Table;

pub(super) fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(table.columns.iter().map(|column| &*column.key))?;
    for row in &table.rows {
        writer.write_record(row.cells.iter().map(|cell| no_formula(cell).into_owned()))?;
    }
    writer.flush()
}

/// A cell that a spreadsheet does not take for a formula.
fn no_formula(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        // A lone dash is what we write for "nothing", and no formula.
        true if cell != "-" => Cow::Owned(format!("'{cell}")),
        _ => Cow::Borrowed(cell),
    }
}

//! Aligned columns, without lines.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, presets};

use super::Table;
use crate::output::sanitise;

pub(super) fn write(table: &Table, width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    let mut aligned = comfy_table::Table::new();
    aligned.load_style(presets::NOTHING);
    aligned.set_header(table.columns.iter().map(|column| column.heading));
    if let Some(width) = width {
        aligned.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    for row in &table.rows {
        aligned.add_row(row.iter().map(|cell| sanitise(cell).replace(['\n', '\r', '\t'], " ")));
    }
    for (at, column) in aligned.column_iter_mut().enumerate() {
        column.set_padding((0, 2 * u16::from(at + 1 < table.columns.len())));
    }
    for line in aligned.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

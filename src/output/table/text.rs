//! Aligned columns, without lines.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use comfy_table::{ContentArrangement, presets};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Table, Tone};
use crate::output::sanitise_line;

/// The least that is left of a cell that is cut, in columns of the terminal.
const LEAST: usize = 20;
/// What stands for the rest of a cell.
const REST: &str = "...";

pub(super) fn write(table: &Table, width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    let mut cells: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            row.cells.iter().map(|cell| sanitise_line(&cell.replace(['\n', '\t'], " "))).collect()
        })
        .collect();
    if let Some(width) = width {
        cut(table, &mut cells, width.into());
    }
    let is_whole = table.columns.iter().all(|column| !column.is_cut);
    let mut aligned = comfy_table::Table::new();
    aligned.load_style(presets::NOTHING);
    aligned.set_header(table.columns.iter().map(|column| column.heading));
    if let (Some(width), true) = (width, is_whole) {
        aligned.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    for row in cells {
        aligned.add_row(row);
    }
    for (at, column) in aligned.column_iter_mut().enumerate() {
        column.set_padding((0, 2 * u16::from(at + 1 < table.columns.len())));
    }
    for (at, line) in aligned.lines().enumerate() {
        // Where cells are cut, a row is a line; where they are wrapped, no row has a tone.
        let row = at.checked_sub(1).and_then(|row| table.rows.get(row));
        let line = line.trim_end();
        match row.map_or(Tone::Plain, |row| row.tone).style() {
            Some(style) => {
                let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
                let gap = if rest.is_empty() { "" } else { " " };
                writeln!(out, "{style}{first}{style:#}{gap}{rest}")?;
            }
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}

impl Tone {
    fn style(self) -> Option<Style> {
        match self {
            Self::Plain => None,
            Self::Good => Some(AnsiColor::Green.on_default()),
            Self::Warning => Some(AnsiColor::Yellow.on_default()),
            Self::Bad => Some(AnsiColor::Red.on_default()),
            Self::Faint => Some(Style::new().dimmed()),
        }
    }
}

/// Cuts the cells of the columns that may be cut, so that the table fits `width` if it can.
fn cut(table: &Table, cells: &mut [Vec<String>], width: usize) {
    let widths: Vec<usize> = (0..table.columns.len())
        .map(|at| {
            let cells = cells.iter().filter_map(|row| row.get(at)).map(|cell| cell.width());
            cells.chain([table.columns[at].heading.width()]).max().unwrap_or(0)
        })
        .collect();
    let needed = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
    let Some(mut excess) = needed.checked_sub(width) else { return };
    for at in (0..widths.len()).filter(|at| table.columns[*at].is_cut) {
        let room = widths[at].saturating_sub(excess).max(LEAST.min(widths[at]));
        excess -= widths[at] - room;
        for cell in cells.iter_mut().filter_map(|row| row.get_mut(at)) {
            if cell.width() > room {
                *cell = shortened(cell, room);
            }
        }
    }
}

/// The beginning of `cell` that fits `room`, with a sign that there is more.
fn shortened(cell: &str, room: usize) -> String {
    let mut short = String::new();
    for c in cell.chars() {
        if short.width() + c.width().unwrap_or(0) + REST.len() > room {
            break;
        }
        short.push(c);
    }
    short + REST
}

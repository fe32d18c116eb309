//! Aligned columns, without lines.

use std::io;

use anstyle::{AnsiColor, Style};
use comfy_table::{ContentArrangement, presets};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Table, Tone};
use crate::output::Sink;
use crate::source::sanitise_line;

/// The least that is left of a cell that is cut, in columns of the terminal.
const LEAST: usize = 20;
/// What stands for the rest of a cell.
const REST: &str = "...";

pub(super) fn write(table: &Table, width: Option<u16>, out: &mut Sink) -> io::Result<()> {
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
    aligned.set_header(table.columns.iter().map(|column| sanitise_line(&column.heading)));
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
                out.styled(style, first);
                writeln!(out, "{gap}{rest}")?;
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

#[cfg(test)]
mod tests {
    use super::super::{Column, Row};
    use super::*;

    /// A table of three columns, the last two of which may be cut, as wide as `width`.
    fn cut_to(width: usize, cells: [&str; 3]) -> Vec<String> {
        let columns = vec![
            Column::new("Status", "status"),
            Column::new("Page", "page").cut(),
            Column::new("Owner", "owner").cut(),
        ];
        let table = Table { columns, rows: vec![Row::new(cells)] };
        let mut rows = vec![table.rows[0].cells.clone()];
        cut(&table, &mut rows, width);
        rows.remove(0)
    }

    const CELLS: [&str; 3] =
        ["fresh", "direction/orchard/pears/index.md", "Ada Pear and Bo Plum (Acting)"];

    #[test]
    fn what_fits_is_whole() {
        // 6 + 32 + 29, and two gaps.
        assert_eq!(cut_to(71, CELLS), CELLS);
        assert_eq!(cut_to(200, CELLS), CELLS);
    }

    #[test]
    fn the_first_column_that_may_is_cut_first() {
        assert_eq!(cut_to(70, CELLS), ["fresh", "direction/orchard/pears/inde...", CELLS[2]]);
        assert_eq!(cut_to(59, CELLS), ["fresh", "direction/orchard...", CELLS[2]]);
        assert_eq!(
            cut_to(58, CELLS),
            ["fresh", "direction/orchard...", "Ada Pear and Bo Plum (Act..."]
        );
    }

    #[test]
    fn something_is_left_of_every_cell() {
        let least = ["fresh", "direction/orchard...", "Ada Pear and Bo P..."];
        assert_eq!(cut_to(50, CELLS), least);
        assert_eq!(cut_to(0, CELLS), least);
        assert_eq!(
            cut_to(0, ["a status that is longer", "b.md", "c"]),
            ["a status that is longer", "b.md", "c"]
        );
    }

    #[test]
    fn a_wide_character_is_not_cut_in_half() {
        let [_, page, _] = &cut_to(0, ["fresh", "日本の果樹園の話を聞いてください", "-"])[..]
        else {
            panic!("three cells")
        };
        assert_eq!(page, "日本の果樹園の話...");
        assert_eq!(page.width(), 19, "the ninth character would need one column more");
    }
}

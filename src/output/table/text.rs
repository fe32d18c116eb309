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
/// What shows that there is more of a cell.
const REST: &str = "...";
/// How many spaces are between columns.
const GAP: usize = 2;

/// How many rows a table may have that is wrapped to fit the terminal, for which it is put together as a whole, at 400
/// bytes a cell. In a longer one every row stays on a line of its own.
const MOST_WRAPPED: usize = 5_000;

pub(super) fn write(table: &Table, width: Option<u16>, out: &mut Sink) -> io::Result<()> {
    let headings: Vec<String> = table.columns.iter().map(|column| shown(&column.heading)).collect();
    let mut widths: Vec<usize> = headings.iter().map(|heading| heading.width()).collect();
    widen(&mut widths, table, |_, cell| cell);
    let needed = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    let excess = width.map_or(0, |width| needed.saturating_sub(width.into()));
    let is_whole = table.columns.iter().all(|column| !column.is_cut);
    if let Some(width) = width
        && excess > 0
        && is_whole
        && table.rows.len() <= MOST_WRAPPED
    {
        return write_wrapped(table, width, out);
    }
    let rooms = rooms(table, &widths, excess);
    let fit = |at: usize, cell: String| match rooms.get(at) {
        Some(room) if cell.width() > *room => shortened(&cell, *room),
        _ => cell,
    };
    if excess > 0 {
        widths = headings.iter().map(|heading| heading.width()).collect();
        widen(&mut widths, table, fit);
    }
    let mut line = String::new();
    write_line(Tone::Plain, headings.into_iter(), &widths, (&mut line, out))?;
    for row in &table.rows {
        let cells = row.cells.iter().enumerate().map(|(at, cell)| fit(at, shown(cell)));
        write_line(row.tone, cells, &widths, (&mut line, out))?;
    }
    Ok(())
}

/// A cell on one line, without what a terminal would obey.
fn shown(cell: &str) -> String {
    match cell.contains(['\n', '\t']) {
        true => sanitise_line(&cell.replace(['\n', '\t'], " ")),
        false => sanitise_line(cell),
    }
}

/// Makes `widths` at least as wide as the cells, as `fit` leaves them.
fn widen(widths: &mut [usize], table: &Table, fit: impl Fn(usize, String) -> String) {
    for row in &table.rows {
        for (at, (width, cell)) in widths.iter_mut().zip(&row.cells).enumerate() {
            *width = (*width).max(fit(at, shown(cell)).width());
        }
    }
}

/// Writes `cells`, each in its width, to `out`. `line` is room to put them together in.
fn write_line(
    tone: Tone,
    cells: impl Iterator<Item = String>,
    widths: &[usize],
    (line, out): (&mut String, &mut Sink),
) -> io::Result<()> {
    line.clear();
    for (cell, width) in cells.zip(widths) {
        line.push_str(&cell);
        line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + GAP));
    }
    write_toned(tone, line.trim_end(), out)
}

/// Writes a line whose first word has a tone.
fn write_toned(tone: Tone, line: &str, out: &mut Sink) -> io::Result<()> {
    match tone.style() {
        Some(style) => {
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            let gap = if rest.is_empty() { "" } else { " " };
            out.styled(style, first);
            writeln!(out, "{gap}{rest}")
        }
        None => writeln!(out, "{line}"),
    }
}

/// Writes a table whose cells are wrapped to fit `width`.
fn write_wrapped(table: &Table, width: u16, out: &mut Sink) -> io::Result<()> {
    let mut aligned = comfy_table::Table::new();
    aligned.load_style(presets::NOTHING);
    aligned.set_header(table.columns.iter().map(|column| shown(&column.heading)));
    aligned.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    for row in &table.rows {
        aligned.add_row(row.cells.iter().map(|cell| shown(cell)));
    }
    for (at, column) in aligned.column_iter_mut().enumerate() {
        column.set_padding((0, 2 * u16::from(at + 1 < table.columns.len())));
    }
    for (at, line) in aligned.lines().enumerate() {
        // Where cells are wrapped, no row has a tone.
        let row = at.checked_sub(1).and_then(|row| table.rows.get(row));
        write_toned(row.map_or(Tone::Plain, |row| row.tone), line.trim_end(), out)?;
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

/// How wide the cells of each column may be, so that a table that is too wide by `excess` fits if it can: those that may be
/// cut become narrower, the first one first.
fn rooms(table: &Table, widths: &[usize], mut excess: usize) -> Vec<usize> {
    let mut rooms = widths.to_vec();
    for at in (0..widths.len()).filter(|at| table.columns[*at].is_cut) {
        rooms[at] = widths[at].saturating_sub(excess).max(LEAST.min(widths[at]));
        excess -= widths[at] - rooms[at];
    }
    rooms
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
    use proptest::prelude::*;

    use super::super::{Column, Row};
    use super::*;
    use crate::output::Reader;

    fn written(table: &Table, width: Option<u16>) -> String {
        let mut out = Sink::new();
        write(table, width, &mut out).expect("memory");
        String::from_utf8(out.shown(Reader::default()).bytes.into_owned()).expect("UTF-8")
    }

    /// A row of a table of three columns, the last two of which may be cut, as wide as `width`.
    fn cut_to(width: u16, cells: [&str; 3]) -> Vec<String> {
        let columns = vec![
            Column::new("Status", "status"),
            Column::new("Page", "page").cut(),
            Column::new("Owner", "owner").cut(),
        ];
        let text = written(&Table { columns, rows: vec![Row::new(cells)] }, Some(width));
        let row = text.lines().nth(1).expect("a row");
        row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
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

    #[test]
    fn a_long_table_is_not_wrapped() {
        let columns = vec![Column::new("One", "one"), Column::new("Two", "two")];
        let rows = |count| (0..count).map(|_| Row::new(["word ".repeat(9), "x".to_owned()]));
        let lines = |count| {
            let table = Table { columns: columns.clone(), rows: rows(count).collect() };
            written(&table, Some(30)).lines().count()
        };
        assert!(lines(MOST_WRAPPED) > 2 * MOST_WRAPPED);
        assert_eq!(lines(MOST_WRAPPED + 1), MOST_WRAPPED + 2);
    }

    proptest! {
        #[test]
        fn what_fits_is_written_as_if_it_were_wrapped(
            rows in prop::collection::vec(prop::collection::vec("[a-c 日é\u{301}👩\n\t\u{1b}]{0,6}", 3), 0..5),
        ) {
            let columns = ["One", "日", "X"].map(|heading| Column::headed(heading, heading)).to_vec();
            let table = Table { columns, rows: rows.into_iter().map(Row::new).collect() };
            let mut wrapped = Sink::new();
            write_wrapped(&table, 500, &mut wrapped).expect("memory");
            let wrapped = wrapped.shown(Reader::default()).bytes.into_owned();
            let wrapped = String::from_utf8(wrapped).expect("UTF-8");
            prop_assert_eq!(&written(&table, None), &wrapped);
            prop_assert_eq!(&written(&table, Some(500)), &wrapped);
        }
    }
}

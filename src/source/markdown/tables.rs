//! Collects tables.

use std::ops::Range;

use super::attributes;
use super::outline::{Cell, Row, Table};
use super::walk::on_one_line;

/// The tables found so far, and the one being read.
#[derive(Debug, Default)]
pub(super) struct Tables {
    found: Vec<Table>,
    table: Option<Table>,
    row: Option<Row>,
    cell: Option<Cell>,
}

impl Tables {
    /// A table begins. None contains another.
    pub(super) fn start(&mut self, span: Range<usize>) {
        self.table = Some(Table { span, header: Vec::new(), rows: Vec::new() });
    }

    /// A row begins, or the header.
    pub(super) fn start_row(&mut self, span: Range<usize>) {
        self.row = Some(Row { span, cells: Vec::new(), raw_cells: 0 });
    }

    /// A cell begins. The parser puts the cells that a short row lacks behind its line break.
    pub(super) fn start_cell(&mut self, span: Range<usize>, page: &str) {
        let Some(row) = &self.row else { return };
        let end = span.end.min(row.span.end);
        let start = span.start.min(end);
        let content = page[start..end].trim_ascii_start();
        let start = end - content.len();
        self.cell =
            Some(Cell { span: start..start + content.trim_ascii_end().len(), text: String::new() });
    }

    /// Text as rendered, for the open cell.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            cell.text.push_str(text);
        }
    }

    /// The cell ends.
    pub(super) fn end_cell(&mut self) {
        if let (Some(row), Some(mut cell)) = (&mut self.row, self.cell.take()) {
            cell.text = on_one_line(cell.text);
            row.cells.push(cell);
        }
    }

    /// The header ends.
    pub(super) fn end_header(&mut self) {
        if let (Some(table), Some(row)) = (&mut self.table, self.row.take()) {
            table.header = row.cells;
        }
    }

    /// A row ends. It is no row if it is kramdown's attribute list for the table.
    pub(super) fn end_row(&mut self, page: &str) {
        let (Some(table), Some(mut row)) = (&mut self.table, self.row.take()) else { return };
        let line = &page[row.span.clone()];
        if attributes::leading(line).is_some_and(|list| list.span.end == line.len()) {
            let before = page[table.span.start..row.span.start].trim_end_matches(['>', ' ', '\t']);
            table.span.end = table.span.start + before.trim_ascii_end().len();
        } else {
            row.raw_cells = raw_cells(line);
            table.span.end = table.span.end.max(row.span.end);
            table.rows.push(row);
        }
    }

    /// The table ends.
    pub(super) fn end(&mut self) {
        self.found.extend(self.table.take());
    }

    /// The tables in the order of the page.
    pub(super) fn finish(self) -> Vec<Table> {
        self.found
    }
}

/// How many cells the row `line`, which has no white space around it, is divided into by pipes. GitHub
/// finds the cells before it reads anything else, so only `\|` is no border, in code just as elsewhere.
fn raw_cells(line: &str) -> usize {
    let line = line.strip_prefix('|').unwrap_or(line);
    let bytes = line.as_bytes();
    let is_border = |&at: &usize| at == 0 || bytes[at - 1] != b'\\';
    let pipes = memchr::memchr_iter(b'|', bytes).filter(is_border).count();
    let closed = line.is_empty() || line.ends_with('|') && !line.ends_with(r"\|");
    if closed { pipes } else { pipes + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_what_stands_between_unescaped_pipes() {
        for (line, cells) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("| a | b", 2),
            ("a | b |", 2),
            ("a", 1),
            ("| a | | |", 3),
            ("||", 1),
            ("|", 0),
            (r"| a \| b | c |", 2),
            (r"| `a \| b` | c \|", 2),
            ("| `a | b` |", 2),
        ] {
            assert_eq!(raw_cells(line), cells, "{line}");
        }
    }
}

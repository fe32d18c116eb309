//! `broken-table`: a table whose rows do not fit its header, or that is shown as text.

use std::ops::Range;

use memchr::memmem;

use super::prose::written_by_others;
use crate::config::Profile;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::markdown::{BlockKind, Outline, Table};
use crate::source::{FileId, Ranges, Span, line_end, next_line};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "broken-table",
    level: Some(Severity::Warning),
    needs: Needs::OUTLINES,
    manual: Manual {
        what: "Fires on a row of a table that has another number of cells than the header, on a line of text that became a row, and on lines that look like a table and are shown as text: their delimiter row (`|---|---|`) is missing, malformed, or has another number of cells than the header. A row that has too few, or too many that are empty, loses nothing (info); a pipe at the end of a row may be left out. In the gitlab profile, and on pages with an attribute list such as `{:toc}`, tables are kramdown's, which may begin without a header, and in whose code a pipe is no border. Generated text is not looked at.",
        why: "What a row has too much is not shown at all, and what it has too little moves the other cells under the wrong header.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\n| Feature | Plan |\n|---|---|\n| Search by author | title | 2026 |\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\n| Feature | Plan |\n|---|---|\n| Search by author \\| title | 2026 |\n",
        },
        source: "GitHub and GitLab: the header row and the delimiter row of a table have the same number of cells, and so should the rows.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let is_kramdown = context.handbook.profile == Profile::Gitlab;
    report.of_each(&context.handbook.pages, |page, report| {
        let (text, outline) = context.read(page);
        if memchr::memchr(b'|', text.as_bytes()).is_none() {
            return;
        }
        let others = written_by_others(text, outline);
        // An attribute list is kramdown's, too.
        let is_kramdown = is_kramdown || memmem::find(text.as_bytes(), b"{:").is_some();
        let page = Page { file: page.file, text, others: &others, is_kramdown };
        for table in &outline.tables {
            page.table(table, report);
        }
        page.paragraphs(outline, report);
    });
}

/// A page with pipes in it.
struct Page<'a> {
    file: FileId,
    text: &'a str,
    /// Template tags and generated blocks.
    others: &'a Ranges,
    is_kramdown: bool,
}

impl Page<'_> {
    fn table(&self, table: &Table, report: &mut Report) {
        if self.others.contains(table.span.start) {
            return;
        }
        if self.has_malformed_delimiter(table, report) {
            return;
        }
        let header = table.span.start..self.line_end(table.span.start);
        let columns = self.cells(&header).len();
        // As nearly all tables are: what the parser counts differs only where pipes are no borders.
        let is_even =
            table.header.len() == columns && table.rows.iter().all(|row| row.raw_cells == columns);
        if is_even && !self.is_kramdown && !self.others.overlaps(&table.span) {
            return;
        }
        let rows: Vec<(&Range<usize>, usize)> = table
            .rows
            .iter()
            .filter(|row| !self.is_kept_apart(&row.span))
            .map(|row| (&row.span, self.cells(&row.span).len()))
            .collect();
        let odd = rows.iter().filter(|(_, cells)| *cells != columns);
        let same = rows.first().filter(|(_, first)| rows.iter().all(|(_, cells)| cells == first));
        if let Some((row, cells)) = same.filter(|_| rows.len() > 1)
            && *cells != columns
        {
            // The header is the odd one.
            let message =
                format!("this header has {}, and each row below it {cells}", count(columns));
            report.add(
                Finding::new(Span::new(self.file, header), message)
                    .label(count(columns))
                    .help("give the header a cell for each column; write a pipe in a text as `\\|`")
                    .related(Span::new(self.file, (*row).clone()), count(*cells)),
            );
            return;
        }
        for (row, cells) in odd {
            report.add(self.row(&header, columns, row, *cells));
        }
    }

    fn row(
        &self,
        header: &Range<usize>,
        columns: usize,
        row: &Range<usize>,
        cells: usize,
    ) -> Finding {
        let place = Span::new(self.file, row.clone());
        if !self.text[row.clone()].contains('|') {
            return Finding::new(place, "this line belongs to the table above it")
                .label("no row")
                .help("put an empty line before it");
        }
        let message = format!("this row has {}, but its header {columns}", count(cells));
        let lost = self.cells(row).into_iter().skip(columns);
        let is_lost = lost.into_iter().any(|cell| !self.text[cell].trim().is_empty());
        let help = match cells > columns {
            true if is_lost => {
                "write a pipe in a text as `\\|`, or give the header a cell for each column"
            }
            true => "take away the pipes at its end",
            false => "write the cells that are missing, be they empty",
        };
        let mut finding = Finding::new(place, message).label(count(cells)).help(help).related(
            Span::new(self.file, header.clone()),
            format!("the header, {}", count(columns)),
        );
        if !is_lost {
            // Readers fill the row up, or leave out what is empty.
            finding.at_most = Severity::Info;
        }
        finding
    }

    /// Whether the row at `row` is none: what separates parts of a kramdown table, or what a template writes.
    fn is_kept_apart(&self, row: &Range<usize>) -> bool {
        let line = &self.text[row.clone()];
        let separates = |c: char| matches!(c, '|' | '-' | '=' | ':' | '+' | ' ' | '\t');
        self.others.contains(row.start) || self.is_kramdown && line.chars().all(separates)
    }

    /// The cells of the line at `line`.
    fn cells(&self, line: &Range<usize>) -> Vec<Range<usize>> {
        let written = &self.text[line.clone()];
        let content = written.trim();
        let start = line.start + written.len() - written.trim_start().len();
        let end = start + content.len();
        let knows_code = self.is_kramdown && content.matches('`').count().is_multiple_of(2);
        let (mut cells, mut cell_start) = (Vec::new(), start);
        let (mut in_code, mut before) = (false, None);
        for (at, c) in content.char_indices() {
            in_code ^= knows_code && c == '`';
            let is_border = c == '|' && before != Some('\\') && !in_code;
            if is_border && !self.others.contains(start + at) {
                // The first pipe of a line begins its first cell.
                if at > 0 {
                    cells.push(cell_start..start + at);
                }
                cell_start = start + at + 1;
            }
            before = Some(c);
        }
        if cell_start < end {
            cells.push(cell_start..end);
        }
        cells
    }

    fn line_end(&self, at: usize) -> usize {
        at + self.text[at..line_end(self.text, at)].trim_end().len()
    }

    /// Reports the delimiter row of `table` if the parser alone takes it for one.
    fn has_malformed_delimiter(&self, table: &Table, report: &mut Report) -> bool {
        let start = next_line(self.text, table.span.start);
        if start >= table.span.end {
            return false;
        }
        let line = &self.text[start..self.line_end(start)];
        let (rest, _) = without_containers(line);
        let place = start + line.len() - rest.len()..start + line.len();
        let bad = self.malformed_cell(&place);
        if let Some((what, help)) = &bad {
            let message = format!("this delimiter row {what}, so this is no table");
            let finding = Finding::new(Span::new(self.file, place), message);
            report.add(finding.label("shown as text").help(help));
        }
        bad.is_some()
    }

    /// What is wrong with the delimiter row at `place`, and what to do about it.
    fn malformed_cell(&self, place: &Range<usize>) -> Option<(String, String)> {
        // kramdown takes nearly everything for such a row that is of its own characters.
        if self.is_kramdown && self.text[place.clone()].is_ascii() {
            return None;
        }
        let cells = self.cells(place).into_iter().map(|cell| &self.text[cell]);
        let bad = cells.into_iter().find(|cell| !is_delimiter_cell(cell))?;
        Some(malformed(bad.trim()))
    }

    /// Tables that are none.
    fn paragraphs(&self, outline: &Outline, report: &mut Report) {
        for block in &outline.blocks {
            let holds_text =
                matches!(block.kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Quote);
            if !holds_text || self.others.contains(block.span.start) {
                continue;
            }
            let mut start = block.span.start;
            let mut run: Vec<Range<usize>> = Vec::new();
            for line in self.text[block.span.clone()].split_inclusive('\n') {
                let (rest, is_item) = match block.kind {
                    BlockKind::Paragraph => (line.trim_start(), false),
                    _ => without_containers(line),
                };
                if is_item {
                    self.run(&run, report);
                    run.clear();
                }
                let (line_start, content) = (start + line.len() - rest.len(), rest.trim_end());
                let place = line_start..line_start + content.len();
                start += line.len();
                let is_row = content.contains('|') && !outline.is_literal(place.start);
                let is_in_table = || {
                    let after =
                        outline.tables.partition_point(|table| table.span.start <= place.start);
                    let table = after.checked_sub(1).map(|before| &outline.tables[before]);
                    table.is_some_and(|table| place.start < table.span.end)
                };
                if is_row && !is_in_table() {
                    run.push(place);
                } else {
                    self.run(&run, report);
                    run.clear();
                }
            }
            self.run(&run, report);
        }
    }

    /// Lines of a paragraph that have a pipe.
    fn run(&self, run: &[Range<usize>], report: &mut Report) {
        let line = |place: &Range<usize>| &self.text[place.clone()];
        let Some(at) = run.iter().position(|place| is_delimiter(line(place))) else {
            let is_bordered = |place: &Range<usize>| {
                let line = line(place);
                line.len() > 1 && line.starts_with('|') && line.ends_with('|')
            };
            for run in run.split(|place| !is_bordered(place)) {
                self.without_delimiter(run, report);
            }
            return;
        };
        let delimiter = &run[at];
        let (place, message, help) = match at.checked_sub(1) {
            None if run.len() < 2 || self.is_kramdown => return,
            None => (
                delimiter,
                "no header stands above this delimiter row, so this is no table".to_owned(),
                "write the header on the line above it, without an empty line between".to_owned(),
            ),
            Some(above) => {
                let (header, cells) = (self.cells(&run[above]), self.cells(delimiter));
                match self.malformed_cell(delimiter) {
                    None if self.is_kramdown => return,
                    Some((what, help)) => {
                        (delimiter, format!("this delimiter row {what}, so this is no table"), help)
                    }
                    None if cells.len() == header.len() => {
                        // It is in order by itself: some readers take it for a table though text stands before it.
                        return;
                    }
                    None => (
                        delimiter,
                        format!(
                            "this delimiter row has {}, but its header {}, so this is no table",
                            count(cells.len()),
                            header.len()
                        ),
                        "give both as many cells; write a pipe in a text as `\\|`".to_owned(),
                    ),
                }
            }
        };
        report.add(
            Finding::new(Span::new(self.file, place.clone()), message)
                .label("shown as text")
                .help(help),
        );
    }

    /// Lines that begin and end with a pipe, of which none is a delimiter row.
    fn without_delimiter(&self, run: &[Range<usize>], report: &mut Report) {
        let [first, _, ..] = run else { return };
        let header = self.cells(first).len();
        // Only lines of several cells look like a table. To kramdown they are one.
        let is_even = run.iter().all(|line| self.cells(line).len() == header);
        if header > 1 && is_even && !self.is_kramdown {
            let message =
                "these lines look like a table, but have no delimiter row below their header";
            report.add(
                Finding::new(Span::new(self.file, first.clone()), message)
                    .label("shown as text")
                    .help("write `|---|` with as many cells below the first line"),
            );
        }
    }
}

/// What is wrong with a cell of a delimiter row, and what to do about it.
fn malformed(cell: &str) -> (String, String) {
    if cell.is_empty() {
        return ("has an empty cell".to_owned(), "write `---` in every cell of it".to_owned());
    }
    let stranger = cell.chars().find(|c| !matches!(c, '-' | ':'));
    match stranger {
        Some(c) if c.is_whitespace() => (
            format!("has a space inside the cell `{cell}`"),
            "write the hyphens of a cell without spaces between: `---`".to_owned(),
        ),
        Some(c) => (
            format!("has `{c}` where only hyphens and colons may be"),
            "write it with hyphens: `---`".to_owned(),
        ),
        None if cell.contains('-') => (
            format!("has a colon inside the cell `{cell}`"),
            "write colons only at the ends of a cell: `:---:`".to_owned(),
        ),
        None => (
            format!("has no hyphen in the cell `{cell}`"),
            "write a hyphen between the colons of a cell: `:---:`".to_owned(),
        ),
    }
}

/// `line` without the marks of the quotes and list items that it is in, and whether an item begins in it.
fn without_containers(line: &str) -> (&str, bool) {
    let mut rest = line.trim_start();
    let mut is_item = false;
    loop {
        let inner = rest.strip_prefix('>').or_else(|| {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let marker = match digits {
                0 => rest.strip_prefix(['-', '*', '+']),
                _ => rest[digits..].strip_prefix(['.', ')']),
            };
            let item = marker.filter(|rest| rest.starts_with([' ', '\t']));
            is_item |= item.is_some();
            item
        });
        match inner {
            Some(inner) => rest = inner.trim_start_matches([' ', '\t']),
            None => return (rest, is_item),
        }
    }
}

/// Whether `cell` is what every reader takes for a cell of a delimiter row: hyphens, with a colon at either end or
/// without. Only spaces and tabs may stand around them.
fn is_delimiter_cell(cell: &str) -> bool {
    let cell = cell.trim_matches([' ', '\t']);
    let cell = cell.strip_prefix(':').unwrap_or(cell);
    let cell = cell.strip_suffix(':').unwrap_or(cell);
    !cell.is_empty() && cell.bytes().all(|byte| byte == b'-')
}

/// Whether `line` is meant to tell the header from the rows: `|---|:-:|`, or nearly so.
fn is_delimiter(line: &str) -> bool {
    let dashes = line.chars().filter(|&c| is_like_a_hyphen(c)).count();
    let is_of_it =
        |c: char| is_like_a_hyphen(c) || matches!(c, '|' | ':' | '+') || c.is_whitespace();
    let has_one_for_each = || {
        let cells = line.trim().trim_matches('|').split('|');
        cells.clone().count() > 1 && cells.into_iter().all(|cell| cell.contains([':', '-', '=']))
    };
    line.contains('|') && line.chars().all(is_of_it) && (dashes > 1 || has_one_for_each())
}

/// Whether `c` is a hyphen, or what programs and people write for one.
fn is_like_a_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '=' | '_' | '*' | '~' | '\u{ad}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
    )
}

fn count(cells: usize) -> String {
    let plural = if cells == 1 { "" } else { "s" };
    format!("{cells} cell{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str, is_kramdown: bool) -> usize {
        let others = written_by_others(line, &Outline::parse(line));
        let page = Page { file: FileId::NONE, text: line, others: &others, is_kramdown };
        page.cells(&(0..line.len())).len()
    }

    #[test]
    fn cells_are_what_stands_between_the_pipes_of_the_page_itself() {
        for (line, expected) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("| a | b", 2),
            ("a | b |", 2),
            ("| a | | |", 3),
            ("||", 1),
            ("a", 1),
            (r"| a \| b | c |", 2),
            ("| <%= a || b %> | c |", 2),
            ("| `a | b` |", 2),
        ] {
            assert_eq!(cells(line, false), expected, "{line}");
        }
        assert_eq!(cells("| `a | b` | c |", true), 2);
        assert_eq!(cells("| `a | b |", true), 2);
    }

    #[test]
    fn a_delimiter_row_is_known_though_it_is_malformed() {
        assert!(is_delimiter("|---|:-:|"));
        assert!(is_delimiter("| — | — |"));
        assert!(!is_delimiter("| - a | b |"));
        assert!(!is_delimiter("| | |"));
        for line in [
            "|-- -|---|",
            "|:-:-|--|",
            "|===|===|",
            "|:|:|",
            "|---+---|",
            "| \u{2212}\u{2212} | - |",
            "— | —",
        ] {
            assert!(is_delimiter(line), "{line}");
        }
        for line in ["One - two — three | four", "|", "| a | - |", "---", "|*|", "a | --"] {
            assert!(!is_delimiter(line), "{line}");
        }
    }

    #[test]
    fn a_cell_of_a_delimiter_row_has_hyphens_and_colons_at_its_ends() {
        for cell in ["---", " :-: ", "-", ":--", "--:\t"] {
            assert!(is_delimiter_cell(cell), "{cell}");
        }
        for cell in ["", " ", ":", "::", "- -", "-:-", "—", ":-:-", "\u{a0}---", "=", "--*"] {
            assert!(!is_delimiter_cell(cell), "{cell}");
        }
    }
}

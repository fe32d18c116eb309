//! `broken-table`: a table whose rows do not fit its header, or that is shown as text.

use std::ops::Range;

use memchr::memmem;

use super::prose::{is_within, overlaps, written_by_others};
use crate::config::Profile;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::markdown::{BlockKind, Outline, Table};
use crate::source::{FileId, Span};

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
        if !is_kramdown {
            page.paragraphs(outline, report);
        }
    });
}

/// A page with pipes in it.
struct Page<'a> {
    file: FileId,
    text: &'a str,
    /// Template tags and generated blocks.
    others: &'a [Range<usize>],
    is_kramdown: bool,
}

impl Page<'_> {
    fn table(&self, table: &Table, report: &mut Report) {
        if is_within(self.others, table.span.start) {
            return;
        }
        let header = table.span.start..self.line_end(table.span.start);
        let columns = self.cells(&header).len();
        // As nearly all tables are: what the parser counts differs only where pipes are no borders.
        let is_even =
            table.header.len() == columns && table.rows.iter().all(|row| row.raw_cells == columns);
        if is_even && !self.is_kramdown && !overlaps(self.others, &table.span) {
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
        is_within(self.others, row.start) || self.is_kramdown && line.chars().all(separates)
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
            if is_border && !is_within(self.others, start + at) {
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
        let rest = &self.text[at..];
        at + rest.find('\n').map_or(rest, |end| &rest[..end]).trim_end().len()
    }

    /// Tables that are none.
    fn paragraphs(&self, outline: &Outline, report: &mut Report) {
        let paragraphs = outline.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
        for paragraph in paragraphs.filter(|block| !is_within(self.others, block.span.start)) {
            let mut start = paragraph.span.start;
            let mut run: Vec<Range<usize>> = Vec::new();
            for line in self.text[paragraph.span.clone()].split_inclusive('\n') {
                let trimmed = line.trim();
                let line_start = start + (line.len() - line.trim_start().len());
                let place = line_start..line_start + trimmed.len();
                start += line.len();
                let is_row =
                    trimmed.len() > 1 && trimmed.starts_with('|') && trimmed.ends_with('|');
                if is_row && !outline.is_literal(place.start) {
                    run.push(place);
                } else {
                    self.run(&run, report);
                    run.clear();
                }
            }
            self.run(&run, report);
        }
    }

    /// Lines of a paragraph that begin and end with a pipe.
    fn run(&self, run: &[Range<usize>], report: &mut Report) {
        let [first, second, ..] = run else { return };
        let header = self.cells(first).len();
        let delimiters = run.iter().position(|line| is_delimiter(&self.text[line.clone()]));
        let (place, message, help) = match delimiters {
            Some(1) => {
                let cells = self.cells(second).len();
                if cells == header {
                    // It is in order by itself: some readers take it for a table though text stands before it.
                    return;
                }
                (
                    second,
                    format!(
                        "this delimiter row has {}, but its header {header}, so this is no table",
                        count(cells)
                    ),
                    "give both as many cells; write a pipe in a text as `\\|`",
                )
            }
            Some(0) => (
                first,
                "no header stands above this delimiter row, so this is no table".to_owned(),
                "write the header on the line above it, without an empty line between",
            ),
            // Without one that says so, only lines of several cells look like a table.
            _ if header > 1 && run.iter().all(|line| self.cells(line).len() == header) => (
                first,
                "these lines look like a table, but have no delimiter row below their header"
                    .to_owned(),
                "write `|---|` with as many cells below the first line",
            ),
            _ => return,
        };
        report.add(
            Finding::new(Span::new(self.file, place.clone()), message)
                .label("shown as text")
                .help(help),
        );
    }
}

/// Whether `line` is meant to tell the header from the rows: `|---|:-:|`, or nearly so.
fn is_delimiter(line: &str) -> bool {
    let dashes = line.matches(['-', '—', '–']).count();
    let rest = line.chars().filter(|c| !matches!(c, '-' | '—' | '–' | '|' | ':' | ' ' | '\t'));
    dashes > 1 && rest.count() == 0
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
    }
}

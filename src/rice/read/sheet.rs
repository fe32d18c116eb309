//! Ideas in a sheet exported as CSV: a row for each idea, or for each idea and rater.

use csv::StringRecord;
use rayon::prelude::*;

use crate::rice::Scales;
use crate::rice::idea::Idea;
use crate::rice::written::Notation;
use crate::source::{FileId, Span};

use super::csv_quotes::{Quote, first_bad_quote};
use super::header::Header;
use super::row::{Cell, Table, below_second_header, too_many_cells};
use super::summary::without_summaries;
use super::together;

/// How many rows are kept at once, beside the ideas made of them.
const CHUNK: usize = 4096;

/// Why a file is no sheet of ideas.
#[derive(Debug, thiserror::Error)]
pub enum NoSheet {
    /// The first row names no columns for the four factors.
    #[error(
        "the first row has to name the columns, among them Reach, Impact, Confidence and Effort; it has {0}"
    )]
    NoHeader(String),
    /// There is no column for what the ideas are called.
    #[error("no column is known to name the ideas{0}; call it `Title` or `Idea`")]
    NoTitle(String),
    /// The text is not CSV.
    #[error("line {line}: {reason}")]
    Broken {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

/// The ideas of the sheet `text`, whose cells are divided by commas, semicolons or tabs. A file that holds
/// nothing has none.
pub fn ideas_of_sheet(file: FileId, text: &str, scales: &Scales) -> Result<Vec<Idea>, NoSheet> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let (start, delimiter) = match named_delimiter(text) {
        Some((length, mark)) => (length, mark),
        None => (0, delimiter(text)),
    };
    let sheet = Sheet { file, text, start, delimiter, scales };
    if let Some(Quote { line, reason }) = first_bad_quote(text, delimiter) {
        return Err(NoSheet::Broken { line, reason });
    }
    sheet.ideas()
}

struct Sheet<'t> {
    file: FileId,
    text: &'t str,
    /// Where the first row begins.
    start: usize,
    delimiter: u8,
    scales: &'t Scales,
}

/// A row: its cells, its place, and its number below the header.
struct Row {
    cells: StringRecord,
    span: Span,
    number: usize,
    /// The number of the second header above it, if its columns are other ones.
    below: Option<usize>,
}

impl Sheet<'_> {
    fn ideas(&self) -> Result<Vec<Idea>, NoSheet> {
        let Some((header, notation, count)) = self.header()? else { return Ok(Vec::new()) };
        let header = &header;
        let mut ideas = Vec::with_capacity(count);
        let mut rows = Vec::with_capacity(CHUNK);
        let (mut number, mut below) = (0, None);
        let table = Table { header, notation, scales: self.scales };
        self.each_row(|cells, span| {
            number += 1;
            if number == 1 {
                return Ok(());
            }
            if let Some(other) = self.second_header(cells) {
                // The same header again changes nothing.
                below = (!table.header.has_same_columns(&other)).then_some(number - 1);
                return Ok(());
            }
            rows.push(Row { cells: cells.clone(), span, number: number - 1, below });
            if rows.len() == CHUNK {
                ideas.extend(ideas_of(&rows, &table));
                rows.clear();
            }
            Ok(())
        })?;
        ideas.extend(ideas_of(&rows, &table));
        Ok(together(without_summaries(ideas)))
    }

    /// The header, with a column for titles, the notation of the numbers, and the number of rows.
    fn header(&self) -> Result<Option<(Header, Notation, usize)>, NoSheet> {
        let mut header: Option<(Header, Vec<String>)> = None;
        let mut has_text = Vec::new();
        let mut evidence = Evidence::default();
        let mut rows = 0;
        self.each_row(|cells, _| {
            let Some((header, _)) = &header else {
                let names: Vec<&str> = cells.iter().map(str::trim).collect();
                let found = Header::new(names.iter().copied(), self.scales);
                let found = found.ok_or_else(|| NoSheet::NoHeader(names.join(", ")))?;
                has_text = vec![true; names.len()];
                header = Some((found, names.into_iter().map(str::to_owned).collect()));
                return Ok(());
            };
            rows += 1;
            if self.second_header(cells).is_some() {
                return Ok(());
            }
            for (at, has_text) in has_text.iter_mut().enumerate() {
                *has_text &= cells.get(at).is_some_and(|cell| cell.contains(char::is_alphabetic));
            }
            evidence.add(header.numbers().filter_map(|at| cells.get(at)));
            Ok(())
        })?;
        let Some((mut header, names)) = header else { return Ok(None) };
        if !header.has_titles() {
            if rows == 0 {
                has_text.fill(false);
            }
            header.name_titles(&has_text).map_err(|may_be| {
                let names = may_be.iter().filter_map(|&at| names.get(at)).cloned();
                let names: Vec<String> = names.collect();
                NoSheet::NoTitle(match names.len() {
                    0 => String::new(),
                    _ => format!(", it may be `{}`", names.join("` or `")),
                })
            })?;
        }
        Ok(Some((header, evidence.notation(), rows)))
    }

    fn second_header(&self, cells: &StringRecord) -> Option<Header> {
        // Most rows are none, and need no closer look.
        let has_digits =
            cells.iter().any(|cell| cell.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        if has_digits { None } else { Header::new(cells.iter(), self.scales) }
    }

    /// Calls `take` with every row that is not empty, and its place.
    fn each_row(
        &self,
        mut take: impl FnMut(&StringRecord, Span) -> Result<(), NoSheet>,
    ) -> Result<(), NoSheet> {
        let text = &self.text[self.start..];
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) => {
                    let line = error.position().map_or(1, csv::Position::line);
                    return Err(NoSheet::Broken { line, reason: error.to_string() });
                }
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let offset = |byte: u64| usize::try_from(byte).unwrap_or(text.len()) + self.start;
            let start = record.position().map_or(self.start, |position| offset(position.byte()));
            let end = offset(reader.position().byte());
            take(&record, self.span(start, end))?;
        }
    }

    /// The row between two offsets, without the white space around it.
    fn span(&self, start: usize, end: usize) -> Span {
        let row = self.text.get(start..end).unwrap_or_default();
        let from = start + (row.len() - row.trim_start().len());
        Span::new(self.file, from..from + row.trim().len())
    }
}

/// What the numbers of a sheet show of their notation, row by row.
#[derive(Default)]
struct Evidence {
    is_point: bool,
    is_comma: bool,
}

impl Evidence {
    fn add<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        for cell in cells {
            match Notation::of([cell]) {
                Notation::Point => self.is_point = true,
                Notation::Comma => self.is_comma = true,
                _ => {}
            }
        }
    }

    fn notation(&self) -> Notation {
        match (self.is_point, self.is_comma) {
            (true, false) => Notation::Point,
            (false, true) => Notation::Comma,
            _ => Notation::Unknown,
        }
    }
}

fn ideas_of(rows: &[Row], table: &Table<'_>) -> Vec<Idea> {
    rows.par_iter().filter_map(|row| idea(row, table)).collect()
}

fn idea(row: &Row, table: &Table<'_>) -> Option<Idea> {
    let Row { cells, span, number, below } = row;
    let cell = |at: usize| cells.get(at).map(|text| Cell { text, source: text, span: *span });
    let mut idea = table.idea(cell, *span, None, *number)?;
    let columns = table.header.len();
    let filled = cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    let filled = filled.last().map_or(0, |(at, _)| at + 1);
    if filled > columns {
        idea.refusals.push(too_many_cells(*span, cells.len(), columns));
    }
    idea.refusals.extend(below.map(|number| below_second_header(*span, number)));
    Some(idea)
}

/// The delimiter that a first line `sep=;` names, as Excel reads and writes it, and where the rows begin.
fn named_delimiter(text: &str) -> Option<(usize, u8)> {
    let line = text.lines().next()?;
    let bare = line.trim_matches(['"', ' ', '\r']);
    let (key, mark) = bare.split_at_checked(4)?;
    let length = line.len() + text[line.len()..].find('\n').map_or(0, |at| at + 1);
    match mark.as_bytes() {
        &[mark @ (b',' | b';' | b'\t' | b'|')] if key.eq_ignore_ascii_case("sep=") => {
            Some((length, mark))
        }
        _ => None,
    }
}

/// What divides the cells of the first line that is not empty.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: u8| line.bytes().filter(|byte| *byte == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

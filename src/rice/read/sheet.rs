//! Ideas in a sheet exported as CSV: a row for each idea, or for each idea and rater.

use rayon::prelude::*;

use crate::config::parse_date;
use crate::rice::idea::{Entry, Estimate, Idea};
use crate::rice::written::read;
use crate::rice::{Factor, Scales};
use crate::source::{FileId, Span, Spanned};

use super::header::{Column, Header};
use super::{id_of, together};

/// Why a file is no sheet of ideas.
#[derive(Debug, thiserror::Error)]
pub enum NoSheet {
    /// The first row names no columns for the four factors.
    #[error(
        "the first row has to name the columns, among them Reach, Impact, Confidence and Effort; it has {0}"
    )]
    NoHeader(String),
    /// There is no column for what the ideas are called.
    #[error("no column is called Title, Idea, Feature or Issue, so the ideas have no names")]
    NoTitle,
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
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut header: Option<Header> = None;
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                return Err(NoSheet::Broken { line, reason: error.to_string() });
            }
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if header.is_none() {
            let names: Vec<&str> = record.iter().map(str::trim).collect();
            let found = Header::new(names.iter().copied());
            let found = found.ok_or_else(|| NoSheet::NoHeader(names.join(", ")))?;
            if found.position(Column::Title).or_else(|| found.position(Column::Id)).is_none() {
                return Err(NoSheet::NoTitle);
            }
            header = Some(found);
            continue;
        }
        let offset = |byte: u64| usize::try_from(byte).unwrap_or(text.len());
        let start = record.position().map_or(0, |position| offset(position.byte()));
        let end = offset(reader.position().byte());
        rows.push((record.clone(), span(file, text, start, end)));
    }
    let Some(header) = &header else { return Ok(Vec::new()) };
    let rows = rows.into_par_iter().map(|(record, span)| row(header, &record, span, scales));
    Ok(together(rows.collect()))
}

/// The row between two offsets, without the white space around it.
fn span(file: FileId, text: &str, start: usize, end: usize) -> Span {
    let row = text.get(start..end).unwrap_or_default();
    let from = start + (row.len() - row.trim_start().len());
    Span::new(file, from..from + row.trim().len())
}

fn row(header: &Header, record: &csv::StringRecord, span: Span, scales: &Scales) -> Idea {
    let cell = |column| header.position(column).and_then(|at| record.get(at));
    let said = |column| {
        let text = cell(column).map(|text| text.trim().to_owned());
        text.filter(|text| !text.is_empty())
    };
    let title = said(Column::Title).or_else(|| said(Column::Id));
    let title = title.unwrap_or_else(|| "Untitled idea".to_owned());
    let mut idea = Idea::new(said(Column::Id).unwrap_or_else(|| id_of(&title)), title, span);
    let mut factors = [const { None }; 4];
    for factor in Factor::ALL {
        factors[factor.index()] = cell(Column::Factor(factor)).map(|text| Entry {
            text: text.trim().to_owned(),
            span,
            written: read(factor, text, scales, header.unit),
        });
    }
    idea.area = said(Column::Area);
    idea.owner = said(Column::Owner);
    idea.notes = said(Column::Notes);
    idea.link = said(Column::Link);
    idea.stated.extend(said(Column::Score).map(|score| Spanned::new(score, span)));
    let date = said(Column::Date).and_then(|date| parse_date(&date));
    let date = date.map(|date| Spanned::new(date, span));
    idea.estimates.push(Estimate { by: said(Column::Rater), date, span, factors });
    idea
}

/// What divides the cells of the first line that is not empty.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: u8| line.bytes().filter(|byte| *byte == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

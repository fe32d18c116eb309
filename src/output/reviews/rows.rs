//! The review status as a table for the terminal.

use std::io;

use super::{ReviewReport, coverage_line, owners};
use crate::output::Sink;
use crate::output::line::{NOTHING, counted, text_or};
use crate::output::table::{Column, Format, Row, Table, Tone};
use crate::review::PageReview;
use crate::review::status::Status;
use crate::source::sanitise_line;

pub(super) fn write(report: &ReviewReport<'_>, out: &mut Sink) -> io::Result<()> {
    match report.group_by {
        None => write_rows(report, report.shown(), out)?,
        Some(group_by) => {
            for group in report.groups(group_by) {
                let name = if group.name.is_empty() { "(none)" } else { &group.name };
                writeln!(out, "{}", sanitise_line(name))?;
                write_rows(report, group.pages, out)?;
                writeln!(out)?;
            }
        }
    }
    if report.is_quiet {
        return Ok(());
    }
    let hidden = report.survey.pages.len() - report.shown().len();
    if hidden > 0 {
        writeln!(out, "... and {hidden} more")?;
    }
    writeln!(out, "{}", coverage_line(&report.survey.pages, report.due_soon))
}

fn write_rows<'p>(
    report: &ReviewReport<'_>,
    pages: impl IntoIterator<Item = &'p PageReview>,
    out: &mut Sink,
) -> io::Result<()> {
    let columns = [
        Column::of("Status"),
        Column::of("Due"),
        Column::new("Reviewed", "last_reviewed"),
        Column::new("Page", "path").cut(),
        Column::new("Owner", "owners").cut(),
        Column::new("Since review", "commits_since_review"),
    ];
    let table = Table::new(columns, pages.into_iter().map(row));
    if table.rows.is_empty() {
        return Ok(());
    }
    table.write(Format::Table, "pages", report.width, out)
}

fn row(page: &PageReview) -> Row {
    let reviewed = page.reviewed.as_ref().map(|dated| dated.date.to_string());
    let raw = page.malformed.as_ref().map(|(raw, _)| raw.clone());
    let since = page.commits_since_review().map(|commits| match commits {
        0 => "unchanged".to_owned(),
        _ => counted(commits, "commit"),
    });
    let tone = match page.status {
        Status::Fresh => Tone::Good,
        Status::DueSoon => Tone::Warning,
        Status::Missing => Tone::Faint,
        Status::Overdue | Status::Future | Status::Malformed | Status::Unresolved => Tone::Bad,
    };
    Row::new([
        page.status.to_string(),
        text_or(page.due, NOTHING),
        text_or(reviewed.or(raw), NOTHING),
        page.path.to_string(),
        owners(page),
        text_or(since, NOTHING),
    ])
    .tone(tone)
}

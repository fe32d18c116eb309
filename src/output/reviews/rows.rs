//! The review status as a table: for the terminal, and for spreadsheets.

use std::io;

use super::{Report, coverage_line, table};
use crate::output::Sink;
use crate::output::table::{Column, Row, Table, Tone};
use crate::review::PageReview;
use crate::review::owners::OwnerSource;
use crate::review::status::Status;
use crate::source::FileStore;

/// What stands where there is nothing.
const NOTHING: &str = "-";

pub(super) fn write_table(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    match report.by {
        None => part(report, report.shown().iter(), out)?,
        Some(by) => {
            for group in report.groups(by) {
                let name = if group.name.is_empty() { "(none)" } else { &group.name };
                writeln!(out, "{}", crate::source::sanitise_line(name))?;
                part(report, group.pages.into_iter(), out)?;
                writeln!(out)?;
            }
        }
    }
    let (shown, all) = (report.shown().len(), report.survey.pages.len());
    if report.is_quiet {
        return Ok(());
    }
    if shown < all {
        writeln!(out, "... and {} more", all - shown)?;
    }
    writeln!(out, "{}", coverage_line(&report.survey.pages, report.due_soon))
}

fn part<'p>(
    report: &Report<'_>,
    pages: impl Iterator<Item = &'p PageReview>,
    out: &mut Sink,
) -> io::Result<()> {
    let columns = vec![
        Column::new("Status", "status"),
        Column::new("Due", "due"),
        Column::new("Reviewed", "last_reviewed"),
        Column::new("Page", "path").cut(),
        Column::new("Owner", "owners").cut(),
        Column::new("Since review", "commits_since_review"),
    ];
    let rows: Vec<Row> = pages.map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let table = Table { columns, rows };
    table::write(table::Format::Table, "pages", &table, report.width, out)
}

fn row(page: &PageReview) -> Row {
    let reviewed = match (&page.reviewed, &page.malformed) {
        (Some(dated), _) => dated.date.to_string(),
        (None, Some((raw, _))) => raw.clone(),
        (None, None) => NOTHING.to_owned(),
    };
    let owners = match page.ownership.source {
        OwnerSource::None => "(none)".to_owned(),
        _ => page.ownership.owners.join(", "),
    };
    let tone = match page.status {
        Status::Fresh => Tone::Good,
        Status::DueSoon => Tone::Warning,
        Status::Missing => Tone::Faint,
        Status::Overdue | Status::Future | Status::Malformed | Status::Unresolved => Tone::Bad,
    };
    Row::new([
        page.status.to_string(),
        page.due.map_or_else(|| NOTHING.to_owned(), |due| due.to_string()),
        reviewed,
        page.path.to_string(),
        owners,
        since(page),
    ])
    .tone(tone)
}

/// What happened to the page since its review.
fn since(page: &PageReview) -> String {
    match page.commits_since_review() {
        None => NOTHING.to_owned(),
        Some(0) => "unchanged".to_owned(),
        Some(1) => "1 commit".to_owned(),
        Some(commits) => format!("{commits} commits"),
    }
}

pub(super) fn write_csv(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    let names = [
        "path",
        "title",
        "kind",
        "areas",
        "owners",
        "owner_source",
        "last_reviewed",
        "precision",
        "raw",
        "last_updated",
        "form",
        "date_path",
        "line",
        "column",
        "cadence",
        "due",
        "age_days",
        "status",
        "last_changed",
        "last_changed_by",
        "last_changed_commit",
        "changed_since_review",
        "commits_since_review",
        "stamp_changed",
    ];
    let columns = names.map(|name| Column::new(name, name)).to_vec();
    let rows = report.shown().iter().map(|page| Row::new(cells(page, report.files)));
    let table = Table { columns, rows: rows.collect() };
    table::write(table::Format::Csv, "pages", &table, None, out)
}

fn cells(page: &PageReview, files: &FileStore) -> [String; 24] {
    let text = |value: Option<String>| value.unwrap_or_default();
    let dated = page.reviewed.as_ref();
    let place = page.date_span().map(|span| (files.file(span.file).path(), files.start(span)));
    let last = page.last_change();
    [
        page.path.to_string(),
        page.title.clone(),
        page.kind.clone(),
        page.ownership.areas.join(" "),
        page.ownership.owners.join(", "),
        page.ownership.source.name().to_owned(),
        text(dated.map(|dated| dated.date.to_string())),
        text(page.precision().map(str::to_owned)),
        text(page.malformed.as_ref().map(|(raw, _)| raw.clone())),
        text(page.dates.updated.as_ref().map(|updated| updated.date.value.to_string())),
        text(dated.map(|dated| dated.form.to_owned())),
        text(place.map(|(path, _)| path.to_string())),
        text(place.map(|(_, at)| at.line.to_string())),
        text(place.map(|(_, at)| at.column.to_string())),
        page.cadence.to_string(),
        text(page.due.map(|due| due.to_string())),
        text(page.age_days.map(|days| days.to_string())),
        page.status.to_string(),
        text(last.map(|change| change.date.to_string())),
        text(last.map(|change| change.author.clone())),
        text(last.map(|change| change.commit.clone())),
        text(page.commits_since_review().map(|commits| (commits > 0).to_string())),
        text(page.commits_since_review().map(|commits| commits.to_string())),
        text(page.stamp_changed().map(|day| day.to_string())),
    ]
}

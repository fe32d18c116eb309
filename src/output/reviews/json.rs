//! The review status as one JSON object; `docs/json.md` describes it.

use std::io;

use serde::Serialize;

use super::{Grouping, Report};
use crate::output::Sink;
use crate::review::status::Status;
use crate::review::{Coverage, PageReview};
use crate::source::FileStore;

#[derive(Serialize)]
struct Document<'a> {
    today: String,
    coverage: CoverageEntry,
    pages: Vec<Entry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupEntry>>,
}

#[derive(Serialize)]
struct CoverageEntry {
    pages: usize,
    with_date: usize,
    fresh: usize,
    due_soon: usize,
    overdue: usize,
    missing: usize,
    malformed: usize,
    future: usize,
    unresolved: usize,
}

#[derive(Serialize)]
struct GroupEntry {
    name: Option<String>,
    coverage: CoverageEntry,
    paths: Vec<String>,
}

#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    title: &'a str,
    kind: &'a str,
    areas: &'a [String],
    owners: &'a [String],
    owner_source: &'static str,
    owner_trace: &'a [String],
    last_reviewed: Option<String>,
    precision: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<&'a str>,
    last_updated: Option<String>,
    form: Option<&'static str>,
    date_path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    cadence: String,
    due: Option<String>,
    age_days: Option<i64>,
    status: &'static str,
    last_changed: Option<String>,
    last_changed_by: Option<&'a str>,
    last_changed_commit: Option<&'a str>,
    changed_since_review: Option<bool>,
    commits_since_review: Option<usize>,
    stamp_changed: Option<String>,
}

pub(super) fn write(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    let groups = report.by.map(|by| groups(report, by));
    let document = Document {
        today: report.survey.today.to_string(),
        coverage: coverage(Coverage::of(&report.survey.pages)),
        pages: report.shown().iter().map(|page| entry(page, report.files)).collect(),
        groups,
    };
    crate::output::json::write(out, &document)
}

fn groups(report: &Report<'_>, by: Grouping) -> Vec<GroupEntry> {
    let groups = report.groups(by).into_iter().map(|group| GroupEntry {
        coverage: coverage(Coverage::of(group.pages.iter().copied())),
        paths: group.pages.iter().map(|page| page.path.to_string()).collect(),
        name: (!group.name.is_empty()).then_some(group.name),
    });
    groups.collect()
}

fn coverage(coverage: Coverage) -> CoverageEntry {
    CoverageEntry {
        pages: coverage.pages,
        with_date: coverage.with_date,
        fresh: coverage.count(Status::Fresh),
        due_soon: coverage.count(Status::DueSoon),
        overdue: coverage.count(Status::Overdue),
        missing: coverage.count(Status::Missing),
        malformed: coverage.count(Status::Malformed),
        future: coverage.count(Status::Future),
        unresolved: coverage.count(Status::Unresolved),
    }
}

fn entry<'a>(page: &'a PageReview, files: &'a FileStore) -> Entry<'a> {
    let place =
        page.date_span().map(|span| (files.file(span.file).path().as_str(), files.start(span)));
    let last = page.last_change();
    Entry {
        path: page.path.as_str(),
        title: &page.title,
        kind: &page.kind,
        areas: &page.ownership.areas,
        owners: &page.ownership.owners,
        owner_source: page.ownership.source.name(),
        owner_trace: &page.ownership.trace,
        last_reviewed: page.reviewed.as_ref().map(|dated| dated.date.to_string()),
        precision: page.precision(),
        raw: page.malformed.as_ref().map(|(raw, _)| raw.as_str()),
        last_updated: page.dates.updated.as_ref().map(|updated| updated.date.value.to_string()),
        form: page.reviewed.as_ref().map(|dated| dated.form),
        date_path: place.map(|(path, _)| path),
        line: place.map(|(_, at)| at.line),
        column: place.map(|(_, at)| at.column),
        cadence: page.cadence.to_string(),
        due: page.due.map(|due| due.to_string()),
        age_days: page.age_days,
        status: page.status.name(),
        last_changed: last.map(|change| change.date.to_string()),
        last_changed_by: last.map(|change| change.author.as_str()),
        last_changed_commit: last.map(|change| change.commit.as_str()),
        changed_since_review: page.commits_since_review().map(|commits| commits > 0),
        commits_since_review: page.commits_since_review(),
        stamp_changed: page.stamp_changed().map(|day| day.to_string()),
    }
}

//! The review status as one JSON object, which `docs/json.md` describes, and its pages as CSV.

use std::io;

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Grouping, ReviewReport};
use crate::output::Sink;
use crate::output::table::{Column, Format, Row, Table};
use crate::review::status::Status;
use crate::review::{Coverage, PageReview};
use crate::source::FileStore;

#[derive(Serialize)]
struct Document<'a> {
    today: Date,
    coverage: Counts,
    pages: Vec<PageEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupEntry>>,
}

/// How many pages there are, and how many have each status.
struct Counts(Coverage);

/// The statuses in the order of the document.
const STATUSES: [(&str, Status); 7] = [
    ("fresh", Status::Fresh),
    ("due_soon", Status::DueSoon),
    ("overdue", Status::Overdue),
    ("missing", Status::Missing),
    ("malformed", Status::Malformed),
    ("future", Status::Future),
    ("unresolved", Status::Unresolved),
];

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(coverage) = self;
        let all = [("pages", coverage.pages), ("with_date", coverage.with_date)];
        let by_status = STATUSES.map(|(name, status)| (name, coverage.count(status)));
        serializer.collect_map(all.into_iter().chain(by_status))
    }
}

#[derive(Serialize)]
struct GroupEntry {
    name: Option<String>,
    coverage: Counts,
    paths: Vec<String>,
}

#[derive(Serialize)]
struct PageEntry<'a> {
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
    due: Option<Date>,
    age_days: Option<i64>,
    status: &'static str,
    last_changed: Option<Date>,
    last_changed_by: Option<&'a str>,
    last_changed_commit: Option<&'a str>,
    changed_since_review: Option<bool>,
    commits_since_review: Option<usize>,
    stamp_changed: Option<Date>,
}

/// The columns of the CSV file: members of a page.
const CSV_HEADER: &str = "path,title,kind,areas,owners,owner_source,last_reviewed,precision,raw,last_updated,form,\
    date_path,line,column,cadence,due,age_days,status,last_changed,last_changed_by,last_changed_commit,\
    changed_since_review,commits_since_review,stamp_changed";

pub(super) fn write(report: &ReviewReport<'_>, out: &mut Sink) -> io::Result<()> {
    let document = Document {
        today: report.survey.today,
        coverage: Counts(Coverage::of(&report.survey.pages)),
        pages: report.shown().iter().map(|page| entry(page, report.files)).collect(),
        groups: report.group_by.map(|group_by| groups(report, group_by)),
    };
    crate::output::json::write(out, &document)
}

pub(super) fn write_csv(report: &ReviewReport<'_>, out: &mut Sink) -> io::Result<()> {
    let names = || CSV_HEADER.split(',');
    let mut rows = Vec::new();
    for page in report.shown() {
        let page = serde_json::to_value(entry(page, report.files))?;
        rows.push(Row::new(names().map(|name| cell(name, &page[name]))));
    }
    Table::new(names().map(Column::of), rows).write(Format::Csv, "pages", None, out)
}

/// A member of a page as the cell of a spreadsheet.
fn cell(name: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            items.join(if name == "areas" { " " } else { ", " })
        }
        other => other.to_string(),
    }
}

fn groups(report: &ReviewReport<'_>, group_by: Grouping) -> Vec<GroupEntry> {
    let groups = report.groups(group_by).into_iter().map(|group| GroupEntry {
        coverage: Counts(Coverage::of(group.pages.iter().copied())),
        paths: group.pages.iter().map(|page| page.path.to_string()).collect(),
        name: (!group.name.is_empty()).then_some(group.name),
    });
    groups.collect()
}

fn entry<'a>(page: &'a PageReview, files: &'a FileStore) -> PageEntry<'a> {
    let place =
        page.date_span().map(|span| (files.file(span.file).path().as_str(), files.start(span)));
    let last = page.last_change();
    PageEntry {
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
        due: page.due,
        age_days: page.age_days,
        status: page.status.name(),
        last_changed: last.map(|change| change.date),
        last_changed_by: last.map(|change| change.author.as_str()),
        last_changed_commit: last.map(|change| change.commit.as_str()),
        changed_since_review: page.commits_since_review().map(|commits| commits > 0),
        commits_since_review: page.commits_since_review(),
        stamp_changed: page.stamp_changed(),
    }
}

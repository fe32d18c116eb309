//! The review status of pages, one file a format.

mod calendar;
mod digest;
mod json;
mod rows;

use std::collections::BTreeMap;
use std::io;

use crate::config::Interval;
use crate::output::Sink;
use crate::output::line::counted;
use crate::review::status::Status;
use crate::review::{Coverage, PageReview, Survey};
use crate::source::FileStore;

/// The reviewed pages, and how they are shown.
#[derive(Clone, Copy)]
pub struct ReviewReport<'a> {
    /// The pages.
    pub survey: &'a Survey,
    /// The files they are in.
    pub files: &'a FileStore,
    /// How pages are grouped.
    pub group_by: Option<Grouping>,
    /// The most pages that are shown.
    pub limit: Option<usize>,
    /// How long before its due date a review is announced.
    pub due_soon: Interval,
    /// The width of the terminal, in columns.
    pub width: Option<u16>,
    /// Whether the closing line is left out.
    pub is_quiet: bool,
    /// Whether the digest mentions owners, so that a forge notifies them.
    pub mentions_owners: bool,
}

/// What pages are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Grouping {
    /// By their owners; a page of two owners is in both groups.
    Owner,
    /// By the innermost area that they belong to.
    Area,
    /// By their review status.
    Status,
}

/// A format for the review status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ReviewFormat {
    /// Aligned columns, for people.
    Table,
    /// One JSON object, for programs.
    Json,
    /// Comma-separated values, for spreadsheets.
    Csv,
    /// A digest for each owner, for a chat or an issue.
    Markdown,
    /// An event for each page on the day it is due, for calendars.
    Ics,
}

/// Writes `report` in `format`.
///
/// # Errors
///
/// Fails if `out` cannot be written.
pub fn write(format: ReviewFormat, report: &ReviewReport<'_>, out: &mut Sink) -> io::Result<()> {
    match format {
        ReviewFormat::Table => rows::write(report, out),
        ReviewFormat::Csv => json::write_csv(report, out),
        ReviewFormat::Json => json::write(report, out),
        ReviewFormat::Markdown => digest::write(report, out),
        ReviewFormat::Ics => calendar::write(report, out),
    }
}

/// The owners of `page` in one cell.
pub(super) fn owners(page: &PageReview) -> String {
    let owners = &page.ownership.owners;
    if owners.is_empty() { "(none)".to_owned() } else { owners.join(", ") }
}

/// Pages under one name.
#[derive(Default)]
struct Group<'a> {
    name: String,
    pages: Vec<&'a PageReview>,
}

impl<'a> ReviewReport<'a> {
    /// The pages that are shown.
    fn shown(&self) -> &'a [PageReview] {
        let pages = &self.survey.pages;
        &pages[..self.limit.unwrap_or(pages.len()).min(pages.len())]
    }

    /// The shown pages grouped by `grouping`, in order of the groups' names; those without a name come last.
    fn groups(&self, grouping: Grouping) -> Vec<Group<'a>> {
        let mut groups: BTreeMap<_, Group<'a>> = BTreeMap::new();
        for page in self.shown() {
            let names: Vec<&str> = match grouping {
                Grouping::Owner => page.ownership.owners.iter().map(String::as_str).collect(),
                Grouping::Area => {
                    page.ownership.areas.last().map(String::as_str).into_iter().collect()
                }
                Grouping::Status => vec![page.status.name()],
            };
            let names = if names.is_empty() { vec![""] } else { names };
            for name in names {
                let status = (grouping == Grouping::Status).then_some(page.status);
                let key = (status, name.is_empty(), name);
                let group = groups.entry(key).or_default();
                name.clone_into(&mut group.name);
                group.pages.push(page);
            }
        }
        groups.into_values().collect()
    }
}

/// The closing line: how many pages there are, and how many have each status.
fn coverage_line(pages: &[PageReview], due_soon: Interval) -> String {
    let coverage = Coverage::of(pages);
    let Coverage { pages, with_date, .. } = coverage;
    if pages == 0 {
        return "no page matches".to_owned();
    }
    let verb = if with_date == 1 { "has" } else { "have" };
    let share = (with_date * 200 + pages) / (pages * 2);
    let due_soon = format!("due within {due_soon}");
    let statuses = [
        (Status::Fresh, "fresh"),
        (Status::DueSoon, due_soon.as_str()),
        (Status::Overdue, "overdue"),
        (Status::Missing, "missing"),
        (Status::Malformed, "malformed"),
        (Status::Future, "in the future"),
        (Status::Unresolved, "unresolved"),
    ];
    // The last three are rare.
    let shown = statuses
        .iter()
        .enumerate()
        .filter(|(at, (status, _))| *at < 4 || coverage.count(*status) > 0);
    let parts: Vec<String> =
        shown.map(|(_, (status, words))| format!("{} {words}", coverage.count(*status))).collect();
    let pages = counted(pages, "page");
    format!("{pages}: {with_date} {verb} a review date ({share}%); {}", parts.join(", "))
}

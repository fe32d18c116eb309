//! The review status of pages, one file a format.

mod calendar;
mod digest;
mod json;
mod rows;

use std::io;

use super::table;
use crate::config::Interval;
use crate::output::Sink;
use crate::review::status::Status;
use crate::review::{Coverage, PageReview, Survey};
use crate::source::FileStore;

/// What there is to tell about the pages.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The pages.
    pub survey: &'a Survey,
    /// The files they stand in.
    pub files: &'a FileStore,
    /// How pages are put together.
    pub by: Option<Grouping>,
    /// The most pages that are shown.
    pub limit: Option<usize>,
    /// How long before it is due a review is announced.
    pub due_soon: Interval,
    /// The width of the terminal.
    pub width: Option<u16>,
    /// Whether the closing line is left out.
    pub is_quiet: bool,
    /// Whether the digest mentions owners, so that a forge notifies them.
    pub mentions_owners: bool,
}

/// What pages are put together by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Grouping {
    /// By their owners; a page of two owners stands with each.
    Owner,
    /// By the areas they belong to, the innermost.
    Area,
    /// By where they stand.
    Status,
}

/// A format for the review status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
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
pub fn write(format: Format, report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    match format {
        Format::Table => rows::write_table(report, out),
        Format::Csv => rows::write_csv(report, out),
        Format::Json => json::write(report, out),
        Format::Markdown => digest::write(report, out),
        Format::Ics => calendar::write(report, out),
    }
}

/// Pages under one name.
struct Group<'a> {
    name: String,
    pages: Vec<&'a PageReview>,
}

impl<'a> Report<'a> {
    /// The pages that are shown.
    fn shown(&self) -> &'a [PageReview] {
        let pages = &self.survey.pages;
        &pages[..self.limit.unwrap_or(pages.len()).min(pages.len())]
    }

    /// The shown pages put together by `grouping`, in order of the groups' names; those without a name
    /// come last.
    fn groups(&self, grouping: Grouping) -> Vec<Group<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut add = |name: &str, page: &'a PageReview| match groups
            .iter_mut()
            .find(|group| group.name == name)
        {
            Some(group) => group.pages.push(page),
            None => groups.push(Group { name: name.to_owned(), pages: vec![page] }),
        };
        for page in self.shown() {
            match grouping {
                Grouping::Owner if page.ownership.owners.is_empty() => add("", page),
                Grouping::Owner => {
                    page.ownership.owners.iter().for_each(|owner| add(owner, page));
                }
                Grouping::Area => add(page.ownership.areas.last().map_or("", String::as_str), page),
                Grouping::Status => add(page.status.name(), page),
            }
        }
        match grouping {
            Grouping::Status => groups.sort_by_key(|group| group.pages[0].status),
            _ => groups.sort_by_key(|group| (group.name.is_empty(), group.name.clone())),
        }
        groups
    }
}

/// The closing line: how many pages there are, and how they stand.
fn coverage_line(pages: &[PageReview], due_soon: Interval) -> String {
    let coverage = Coverage::of(pages);
    let Coverage { pages, with_date, .. } = coverage;
    if pages == 0 {
        return "no page matches".to_owned();
    }
    let noun = if pages == 1 { "page" } else { "pages" };
    let verb = if with_date == 1 { "carries" } else { "carry" };
    let share = (with_date * 200 + pages) / (pages * 2);
    let count = |status| coverage.count(status);
    let mut parts = vec![
        format!("{} fresh", count(Status::Fresh)),
        format!("{} due within {due_soon}", count(Status::DueSoon)),
        format!("{} overdue", count(Status::Overdue)),
        format!("{} missing", count(Status::Missing)),
    ];
    let rarer = [
        (Status::Malformed, "malformed"),
        (Status::Future, "in the future"),
        (Status::Unresolved, "unresolved"),
    ];
    for (status, word) in rarer.into_iter().filter(|(status, _)| count(*status) > 0) {
        parts.push(format!("{} {word}", count(status)));
    }
    format!("{pages} {noun}: {with_date} {verb} a review date ({share}%); {}", parts.join(", "))
}

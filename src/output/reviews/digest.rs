//! The review status as Markdown: what each owner has to do, for a chat or an issue.

use std::io;

use super::{Grouping, Report, coverage_line};
use crate::output::Sink;
use crate::output::{escaped_markdown as escaped, mention};
use crate::review::PageReview;
use crate::review::status::Status;
use crate::source::{percent_encoded, sanitise, sanitise_line};

pub(super) fn write(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    writeln!(out, "## Reviews on {}", report.survey.today)?;
    let by = report.by.unwrap_or(Grouping::Owner);
    for group in report.groups(by) {
        let to_do: Vec<&PageReview> =
            group.pages.into_iter().filter(|page| page.status != Status::Fresh).collect();
        if to_do.is_empty() {
            continue;
        }
        let name = match (group.name.as_str(), by) {
            ("", Grouping::Owner) => "Nobody's",
            ("", _) => "Elsewhere",
            (name, _) => name,
        };
        let name = match by {
            Grouping::Owner if report.mentions_owners => mention(name),
            _ => escaped(name),
        };
        writeln!(out, "\n### {name}\n")?;
        for page in to_do {
            writeln!(out, "- [ ] {}", line(page))?;
        }
    }
    if report.is_quiet {
        return Ok(());
    }
    writeln!(out, "\n{}", coverage_line(&report.survey.pages, report.due_soon))
}

fn line(page: &PageReview) -> String {
    // In angle brackets a path may hold spaces and brackets.
    let link = format!("[{}](<{}>)", escaped(&page.title), address(page.path.as_str()));
    let reviewed = page.reviewed.as_ref().map(|dated| dated.date.to_string()).unwrap_or_default();
    let due = page.due.map(|due| due.to_string()).unwrap_or_default();
    match page.status {
        Status::Overdue => format!("**overdue** since {due}: {link}, reviewed on {reviewed}"),
        Status::DueSoon => format!("due on {due}: {link}, reviewed on {reviewed}"),
        Status::Fresh => format!("due on {due}: {link}"),
        Status::Future => {
            format!("{link} says that it was reviewed on {reviewed}, which is yet to come")
        }
        Status::Malformed => {
            let raw = page.malformed.as_ref().map(|(raw, _)| code(raw)).unwrap_or_default();
            format!("{link} has {raw} where the date of its review belongs")
        }
        Status::Unresolved => format!("{link} takes its date from a partial that is not there"),
        Status::Missing => format!("{link} carries no date of a review"),
    }
}

/// The address of `path`, in which nothing ends the link, means something else or is obeyed by a terminal.
fn address(path: &str) -> String {
    let is_kept = |c: char| {
        let is_plain = !matches!(c, '<' | '>' | '\\' | '%' | '#' | '?' | '&' | '\n' | '\r' | '\t');
        let c = c.encode_utf8(&mut [0; 4]).to_owned();
        is_plain && sanitise(&c) == c
    };
    percent_encoded(path, is_kept)
}

/// `text` as code, in which no character means anything, between more backticks than it has in a row.
fn code(text: &str) -> String {
    let text = sanitise_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

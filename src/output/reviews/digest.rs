//! The review status as Markdown: what each owner has to do, for a chat or an issue.

use std::io;

use super::{Grouping, ReviewReport, coverage_line};
use crate::output::Sink;
use crate::output::{escaped_markdown as escaped, mention};
use crate::review::PageReview;
use crate::review::status::Status;
use crate::source::{is_dangerous, percent_encoded, sanitise_line};

pub(super) fn write(report: &ReviewReport<'_>, out: &mut Sink) -> io::Result<()> {
    writeln!(out, "## Reviews on {}", report.survey.today)?;
    let group_by = report.group_by.unwrap_or(Grouping::Owner);
    for group in report.groups(group_by) {
        let to_do: Vec<&PageReview> =
            group.pages.into_iter().filter(|page| page.status != Status::Fresh).collect();
        if to_do.is_empty() {
            continue;
        }
        let name = match (group.name.as_str(), group_by) {
            ("", Grouping::Owner) => "Without an owner",
            ("", _) => "Elsewhere",
            (name, _) => name,
        };
        let name = match group_by {
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
        Status::Future => format!("{link} has a review date in the future: {reviewed}"),
        Status::Malformed => {
            let raw = page.malformed.as_ref().map(|(raw, _)| code(raw)).unwrap_or_default();
            format!("{link} has {raw}, which is not a valid review date")
        }
        Status::Unresolved => format!("{link} takes its date from a missing partial"),
        Status::Missing => format!("{link} has no review date"),
    }
}

/// The address of `path`, in which nothing ends the link, means something else or is obeyed by a terminal.
fn address(path: &str) -> String {
    percent_encoded(path, |c| !is_dangerous(c) && !"<>\\%#?&\n\r\t".contains(c))
}

/// `text` as code, in which no character means anything, between more backticks than it has in a row.
fn code(text: &str) -> String {
    let text = sanitise_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

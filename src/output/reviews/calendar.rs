//! The review status as a calendar: an event for each page on the day it is due.

use std::io;

use super::Report;
use crate::output::Sink;
use crate::output::ics::{self, Event};

pub(super) fn write(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    let events: Vec<Event> = report
        .shown()
        .iter()
        .filter_map(|page| {
            let reviewed = page.reviewed.as_ref()?;
            let owners = match page.ownership.owners.as_slice() {
                [] => "nobody".to_owned(),
                owners => owners.join(", "),
            };
            Some(Event {
                identity: format!("review {}", page.path),
                day: page.due?,
                summary: format!("Review: {}", page.title),
                description: format!(
                    "{}\nLast reviewed: {}\nEvery {}\nOwner: {owners}",
                    page.path, reviewed.date, page.cadence
                ),
            })
        })
        .collect();
    ics::write("Reviews", &events, report.survey.today, out)
}

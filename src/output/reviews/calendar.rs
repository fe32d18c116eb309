//! The review status as a calendar: an event for each page on the day it is due, or today if that is past.

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
                // An event of the past would be seen by nobody.
                day: page.due?.max(report.survey.today),
                summary: format!("Review: {}", page.title),
                description: format!(
                    "{}\nLast reviewed: {}\nEvery {}\nDue: {}\nOwner: {owners}",
                    page.path, reviewed.date, page.cadence, page.due?
                ),
            })
        })
        .collect();
    ics::write("Reviews", &events, report.survey.today, out)
}

//! The review status as a calendar: an event for each page on the day it is due, or today if that is past.

use std::io;

use super::{ReviewReport, owners};
use crate::output::Sink;
use crate::output::ics::{self, Event};
use crate::review::PageReview;

pub(super) fn write(report: &ReviewReport<'_>, out: &mut Sink) -> io::Result<()> {
    let today = report.survey.today;
    let event = |page: &PageReview| {
        let (reviewed, due) = (page.reviewed.as_ref()?.date, page.due?);
        Some(Event {
            identity: format!("review {}", page.path),
            // An event in the past would be missed.
            day: due.max(today),
            summary: format!("Review: {}", page.title),
            description: format!(
                "{}\nLast reviewed: {reviewed}\nEvery {}\nDue: {due}\nOwner: {}",
                page.path,
                page.cadence,
                owners(page)
            ),
        })
    };
    let events: Vec<Event> = report.shown().iter().filter_map(event).collect();
    ics::write("Reviews", &events, today, out)
}

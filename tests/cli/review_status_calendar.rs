//! `pmctl review-status --format ics`, read by a calendar program's parser.

use std::collections::HashMap;

use crate::common::Handbook;
use crate::common::titles::{ODD_TITLES, odd};
use ical::property::Property;

fn handbook() -> Handbook {
    Handbook::new().file("data/features.yml", "{}\n")
}

#[track_caller]
fn printed(handbook: &Handbook) -> String {
    handbook.run(&["review-status", "--format", "ics"]).exits(0).stdout
}

/// The calendar's events, each by the names of its properties, as a program reads them.
fn events(text: &str) -> Vec<HashMap<String, Property>> {
    let calendars: Result<Vec<_>, _> = ical::IcalParser::new(text.as_bytes()).collect();
    let [calendar] = &calendars.expect("a calendar")[..] else { panic!("one calendar") };
    let events = calendar.events.iter();
    events
        .map(|event| event.properties.iter().map(|it| (it.name.clone(), it.clone())).collect())
        .collect()
}

/// The text of a property: RFC 5545, 3.3.11.
fn text(property: &Property) -> String {
    let mut text = String::new();
    let value = property.value.clone().unwrap_or_default();
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next().expect("nothing ends with a backslash") {
                'n' | 'N' => text.push('\n'),
                c @ (',' | ';' | '\\') => text.push(c),
                c => panic!("\\{c} in {value}"),
            },
            ',' | ';' => panic!("a bare {c} in {value}"),
            c => text.push(c),
        }
    }
    text
}

#[test]
fn a_calendar_program_reads_an_event_for_each_page_that_is_due() {
    let handbook = handbook()
        .file(
            "direction/a.md",
            "---\nowner: Ada Pear\n---\n# Boards\n\nLast reviewed: 2025-11-30\n",
        )
        .file("direction/b.md", "# Search\n\nLast reviewed: 2026-01\n")
        .file("direction/c.md", "# Forms\n")
        .file("direction/d.md", "# Soon\n\nLast reviewed: 2026-02-02\n");
    let calendar = printed(&handbook);
    let events = events(&calendar);
    let value = |at: usize, name: &str| text(&events[at][name]);
    assert_eq!(events.len(), 2, "pages without a day have no event");
    // What is overdue is to be done today.
    let is_date = Some(vec![("VALUE".to_owned(), vec!["DATE".to_owned()])]);
    for (at, [start, end]) in
        [["20260131", "20260201"], ["20260228", "20260301"]].iter().enumerate()
    {
        assert_eq!((value(at, "DTSTART").as_str(), value(at, "DTEND").as_str()), (*start, *end));
        assert_eq!(
            (&events[at]["DTSTART"].params, &events[at]["DTEND"].params),
            (&is_date, &is_date)
        );
        assert_eq!(value(at, "DTSTAMP"), "20260131T000000Z");
        assert!(value(at, "UID").ends_with("@pmctl"));
    }
    assert_ne!(value(0, "UID"), value(1, "UID"));
    assert_eq!(value(0, "SUMMARY"), "Review: Boards");
    assert_eq!(
        value(0, "DESCRIPTION"),
        "direction/a.md\nLast reviewed: 2025-11-30\nEvery 1 month\nDue: 2025-12-30\nOwner: Ada Pear"
    );
    assert_eq!(
        value(1, "DESCRIPTION"),
        "direction/b.md\nLast reviewed: 2026-01\nEvery 1 month\nDue: 2026-02-28\nOwner: nobody"
    );
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"), "{calendar}");
    assert!(calendar.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"), "{calendar}");
}

#[test]
fn an_event_is_the_same_one_after_the_next_review() {
    let uids = |handbook: &Handbook, args: &[&str]| {
        let args = [&["review-status", "--format", "ics"], args].concat();
        let events = events(&handbook.run(&args).exits(0).stdout);
        events.iter().map(|event| text(&event["UID"])).collect::<Vec<_>>()
    };
    let handbook = handbook().file("direction/a.md", "# A\n\nLast reviewed: 2025-11-30\n");
    let first = uids(&handbook, &[]);
    assert_eq!(first.len(), 1);
    assert_eq!(printed(&handbook), printed(&handbook));
    assert_eq!(first, uids(&handbook, &["--today", "2026-03-01"]));
    let handbook =
        handbook.file("direction/a.md", "---\ntitle: New\n---\n\nLast reviewed: 2026-01-30\n");
    assert_eq!(first, uids(&handbook, &[]));
}

#[test]
fn a_calendar_program_reads_every_title() {
    let calendar = printed(&odd());
    assert!(
        calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])),
        "{calendar}"
    );
    assert!(calendar.contains("\r\n "), "the longest title is folded");
    let events = events(&calendar);
    for (at, title) in ODD_TITLES.iter().enumerate() {
        assert_eq!(text(&events[at]["SUMMARY"]), format!("Review: {title}"));
        assert!(text(&events[at]["DESCRIPTION"]).ends_with(&format!("\nOwner: {title}")));
    }
}

#[test]
fn no_page_is_no_event() {
    assert!(events(&printed(&handbook())).is_empty());
}

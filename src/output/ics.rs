//! Dates as an iCalendar file (RFC 5545), which calendar programs import.

use std::io::{self, Write};

use jiff::civil::Date;

use crate::source::stable_hash;

/// An event that lasts all of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The identity, which stays; an import with the same one replaces the event.
    pub identity: String,
    /// The day.
    pub day: Date,
    /// What the calendar shows.
    pub summary: String,
    /// What it shows when asked for more.
    pub description: String,
}

/// The longest line, in bytes without its break.
const LINE: usize = 75;

/// Writes `events` as a calendar named `name`, made on `today`.
pub fn write(name: &str, events: &[Event], today: Date, out: &mut dyn Write) -> io::Result<()> {
    let mut line = |text: &str| out.write_all(folded(text).as_bytes());
    line("BEGIN:VCALENDAR")?;
    line("VERSION:2.0")?;
    line(concat!("PRODID:-//pmctl//pmctl ", env!("CARGO_PKG_VERSION"), "//EN"))?;
    line("CALSCALE:GREGORIAN")?;
    line("METHOD:PUBLISH")?;
    line(&format!("X-WR-CALNAME:{}", escaped(name)))?;
    for event in events {
        line("BEGIN:VEVENT")?;
        line(&format!("UID:{}@pmctl", stable_hash(&event.identity)))?;
        // The stamp belongs to the run's day, so that the same run gives the same bytes.
        line(&format!("DTSTAMP:{}T000000Z", compact(today)))?;
        line(&format!("DTSTART;VALUE=DATE:{}", compact(event.day)))?;
        if let Ok(next) = event.day.tomorrow() {
            line(&format!("DTEND;VALUE=DATE:{}", compact(next)))?;
        }
        line(&format!("SUMMARY:{}", escaped(&event.summary)))?;
        line(&format!("DESCRIPTION:{}", escaped(&event.description)))?;
        line("TRANSP:TRANSPARENT")?;
        line("END:VEVENT")?;
    }
    line("END:VCALENDAR")
}

fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A text value: RFC 5545, 3.3.11. Control characters have no place in one.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A content line with its break, folded so that no line is longer than [`LINE`]: RFC 5545, 3.1. Where it can be, a line
/// is not folded next to a space: some readers drop all white space at the ends of the parts, not the one that folding adds.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + line.len() / LINE * 3 + 2);
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            let here = &folded[folded.len() - length..];
            let word = here.trim_end_matches(' ');
            let moved = match word.chars().next_back() {
                Some(last) if c == ' ' || here.ends_with(' ') => {
                    here.len() - word.len() + last.len_utf8()
                }
                _ => 0,
            };
            let rest = folded.split_off(folded.len() - moved);
            folded.push_str("\r\n ");
            folded.push_str(&rest);
            length = 1 + moved;
        }
        folded.push(c);
        length += c.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn calendar(summary: &str) -> String {
        let event = Event {
            identity: "direction/events/index.md".to_owned(),
            day: date(2026, 12, 31),
            summary: summary.to_owned(),
            description: "Owner: Ada; page: a, b\nsecond line".to_owned(),
        };
        let mut out = Vec::new();
        write("Reviews", &[event], date(2026, 1, 31), &mut out).expect("memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn an_event_lasts_its_day_and_keeps_its_identity() {
        let calendar = calendar("Review: Events");
        assert!(calendar.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"));
        assert!(calendar.contains("DESCRIPTION:Owner: Ada\\; page: a\\, b\\nsecond line\r\n"));
        let uid =
            |text: &str| text.lines().find(|line| line.starts_with("UID:")).map(str::to_owned);
        assert_eq!(uid(&calendar), uid(&self::calendar("Another title")));
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let calendar = calendar(&"日本 ".repeat(50));
        assert!(calendar.lines().all(|line| line.len() <= LINE), "{calendar}");
        assert!(calendar.replace("\r\n ", "").contains(&"日本 ".repeat(50)));
        assert!(calendar.split("\r\n").all(|line| !line.contains('\n')));
        assert!(!calendar.contains("\r\n  ") && !calendar.contains(" \r\n "), "{calendar}");
    }
}

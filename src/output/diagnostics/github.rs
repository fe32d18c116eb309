//! Diagnostics as workflow commands, of which GitHub Actions makes annotations.

use std::io;

use super::{LintReport, message_and_help, summary_line};
use crate::lint::{Diagnostic, Severity, Summary};
use crate::output::Sink;
use crate::output::line::counted;

/// How many annotations of each level GitHub shows of one step; the others are in its log alone.
const SHOWN: usize = 10;

pub(super) fn write(report: LintReport<'_>, out: &mut Sink) -> io::Result<()> {
    let sorted = report.worst_first();
    let grave = sorted.partition_point(|diagnostic| diagnostic.severity > Severity::Info);
    let (grave, infos) = sorted.split_at(grave);
    for diagnostic in grave {
        out.command(&annotation(diagnostic, report));
    }
    if report.is_quiet {
        for info in infos {
            out.command(&annotation(info, report));
        }
        return Ok(());
    }
    // Before the others of its level, so that it is shown itself.
    if let Some(more) = more_than_shown(report.summary) {
        out.command(&format!("::notice title=pmctl::{}", data(&more)));
    }
    for diagnostic in infos {
        out.command(&annotation(diagnostic, report));
    }
    writeln!(out, "{}", summary_line(report.summary))
}

fn annotation(diagnostic: &Diagnostic, report: LintReport<'_>) -> String {
    let span = diagnostic.finding.span;
    let (start, end) = (report.files.start(span), report.files.end(span));
    let path = property(&report.path_in_git(span));
    // GitHub takes columns only of a place on one line.
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, end.column)
    } else {
        String::new()
    };
    format!(
        "::{level} file={path},line={},endLine={}{columns},title={title}::{text}",
        start.line,
        end.line,
        level = command(diagnostic.severity),
        title = property(diagnostic.rule.id),
        text = data(&message_and_help(diagnostic)),
    )
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// That GitHub does not show every annotation, if so.
fn more_than_shown(summary: Summary) -> Option<String> {
    let Summary { errors, warnings, infos, .. } = summary;
    let levels = [(errors, "error"), (warnings, "warning"), (infos, "notice")];
    let levels = levels.into_iter().filter(|(number, _)| *number > SHOWN);
    let many: Vec<String> = levels.map(|(number, noun)| counted(number, noun)).collect();
    (!many.is_empty()).then(|| {
        format!(
            "GitHub shows {SHOWN} annotations of each level in a step; there are {}, all of them in its log",
            many.join(", ")
        )
    })
}

/// `text` as the data of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as a property of a command.
fn property(text: &str) -> String {
    data(&crate::source::sanitise_line(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_or_begins_another() {
        assert_eq!(data("100 %\r\n::error::x"), "100 %25%0D%0A::error::x");
        assert_eq!(property("a,b:c%\u{1b}"), "a%2Cb%3Ac%25\\u{1b}");
    }

    #[test]
    fn only_levels_with_more_than_are_shown_are_counted() {
        let summary =
            |errors, warnings, infos| Summary { errors, warnings, infos, ..Summary::default() };
        assert_eq!(more_than_shown(summary(10, 10, 10)), None);
        let said = more_than_shown(summary(11, 2, 12)).expect("more than are shown");
        assert!(said.contains("there are 11 errors, 12 notices,"), "{said}");
    }
}

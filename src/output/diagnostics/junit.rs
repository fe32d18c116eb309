//! Diagnostics as the XML of `JUnit`: a test case for each finding, so that a forge lists them as failed tests.

use std::io;

use super::{LintReport, message_and_help, summary_line};
use crate::lint::{Diagnostic, Severity};
use crate::output::Sink;
use crate::output::xml::escaped;
use crate::source::sanitise_line;

pub(super) fn write(report: LintReport<'_>, out: &mut Sink) -> io::Result<()> {
    let failures = report.summary.errors + report.summary.warnings;
    // Without a test case, a forge shows nothing at all.
    let tests = report.diagnostics.len().max(1);
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\"");
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"pmctl\" {counts}>")?;
    writeln!(out, "  <testsuite name=\"pmctl lint\" {counts} skipped=\"0\">")?;
    if report.diagnostics.is_empty() {
        let name = xml(&summary_line(report.summary));
        writeln!(out, "    <testcase name=\"{name}\" classname=\"pmctl\"/>")?;
    }
    for diagnostic in report.diagnostics {
        write_case(diagnostic, report, out)?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn write_case(diagnostic: &Diagnostic, report: LintReport<'_>, out: &mut Sink) -> io::Result<()> {
    let finding = &diagnostic.finding;
    let (rule, message) = (diagnostic.rule.id, sanitise_line(&finding.message));
    let path = report.path_in_git(finding.span);
    let start = report.files.start(finding.span);
    // Cases differ by their names: one rule may have the same message at two places.
    let name = format!("{rule}: {message} ({}:{})", start.line, start.column);
    let text = format!(
        "{}: {}\n{path}:{}:{}",
        diagnostic.severity,
        message_and_help(diagnostic),
        start.line,
        start.column
    );
    let text = xml(&text);
    writeln!(out, "    <testcase name=\"{}\" classname=\"{}\">", xml(&name), xml(&path))?;
    match diagnostic.severity {
        Severity::Error | Severity::Warning => {
            let message = xml(&message);
            writeln!(out, "      <failure type=\"{rule}\" message=\"{message}\">{text}</failure>")?;
        }
        Severity::Info => writeln!(out, "      <system-out>{text}</system-out>")?,
    }
    writeln!(out, "    </testcase>")
}

/// `text` for the inside of an element or an attribute, without the characters that XML forbids even escaped.
fn xml(text: &str) -> String {
    escaped(&crate::source::sanitise(text))
}

//! Diagnostics as GitLab's Code Quality report.

use std::io;

use serde::Serialize;

use super::Report;
use crate::lint::{Diagnostic, Severity};
use crate::output::Sink;
use crate::source::sanitise_line;
use crate::source::stable_hash;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: std::borrow::Cow<'a, str>,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

pub(super) fn write(report: Report<'_>, out: &mut Sink) -> io::Result<()> {
    let issues: Vec<Issue<'_>> =
        report.diagnostics.iter().map(|diagnostic| issue(diagnostic, report)).collect();
    crate::output::json::write(out, &issues)
}

fn issue<'a>(diagnostic: &'a Diagnostic, report: Report<'a>) -> Issue<'a> {
    let finding = &diagnostic.finding;
    let rule = diagnostic.rule.id;
    Issue {
        description: format!("{rule}: {}", sanitise_line(&finding.message)),
        check_name: rule,
        fingerprint: match report.prefix.as_str() {
            "" => diagnostic.fingerprint().into(),
            // GitLab takes two issues with one fingerprint for one, also those of two handbooks in one repository.
            prefix => stable_hash(&format!("{prefix}\0{}", diagnostic.fingerprint())).into(),
        },
        severity: severity(diagnostic.severity),
        location: Location {
            path: report.path_in_git(finding.span),
            lines: Lines { begin: report.files.start(finding.span).line },
        },
    }
}

/// GitLab knows `critical` and `blocker` above these, for what no handbook does.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}

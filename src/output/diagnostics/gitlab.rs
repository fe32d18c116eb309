//! Diagnostics as the Code Quality report of GitLab.
//!
//! The format: <https://docs.gitlab.com/ci/testing/code_quality/>.

use std::io;

use serde_json::{Value, json};

use super::LintReport;
use crate::lint::{Diagnostic, Severity};
use crate::output::Sink;
use crate::source::{sanitise_line, stable_hash};

pub(super) fn write(report: LintReport<'_>, out: &mut Sink) -> io::Result<()> {
    let issues = report.diagnostics.iter().map(|diagnostic| issue(diagnostic, report));
    crate::output::json::write(out, &issues.collect::<Vec<_>>())
}

fn issue(diagnostic: &Diagnostic, report: LintReport<'_>) -> Value {
    let finding = &diagnostic.finding;
    let rule = diagnostic.rule.id;
    let fingerprint = match report.prefix.as_str() {
        "" => diagnostic.fingerprint().to_owned(),
        // GitLab takes two issues with one fingerprint for one, also those of two handbooks in one repository.
        prefix => stable_hash(&format!("{prefix}\0{}", diagnostic.fingerprint())),
    };
    json!({
        "description": format!("{rule}: {}", sanitise_line(&finding.message)),
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": severity(diagnostic.severity),
        "location": {
            "path": report.path_in_git(finding.span),
            "lines": { "begin": report.files.start(finding.span).line },
        },
    })
}

/// GitLab has `critical` and `blocker` above these, for what no handbook does.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}

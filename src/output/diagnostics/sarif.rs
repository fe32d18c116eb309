//! Diagnostics as SARIF 2.1.0, with the manuals of the rules.
//!
//! The format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::HashMap;
use std::io;

use serde_json::{Value, json};

use super::LintReport;
use crate::lint::{Diagnostic, Rule, Severity, rules};
use crate::output::Sink;
use crate::output::manual::manual;
use crate::source::{Span, percent_encoded, sanitise_line};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn write(report: LintReport<'_>, out: &mut Sink) -> io::Result<()> {
    let rules = rules::ALL.iter();
    let indices: HashMap<&str, usize> =
        rules.clone().enumerate().map(|(index, rule)| (rule.id, index)).collect();
    let mut driver = json!({
        "name": "pmctl",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules.map(|rule| descriptor(rule)).collect::<Vec<_>>(),
    });
    if !env!("CARGO_PKG_HOMEPAGE").is_empty() {
        driver["informationUri"] = env!("CARGO_PKG_HOMEPAGE").into();
    }
    let results = report.diagnostics.iter().map(|diagnostic| result(diagnostic, &indices, report));
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": "unicodeCodePoints",
        "results": results.collect::<Vec<_>>(),
    });
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    crate::output::json::write(out, &log)
}

fn descriptor(rule: &Rule) -> Value {
    let text = &rule.manual;
    json!({
        "id": rule.id,
        "shortDescription": { "text": text.summary() },
        "fullDescription": { "text": text.what },
        "help": {
            "text": format!("{}\n\n{}\n\n{}", text.what, text.why, text.source),
            "markdown": manual(rule),
        },
        "defaultConfiguration": {
            "enabled": rule.level.is_some(),
            "level": level(rule.level_if_asked()),
        },
    })
}

fn result(
    diagnostic: &Diagnostic,
    indices: &HashMap<&str, usize>,
    report: LintReport<'_>,
) -> Value {
    let finding = &diagnostic.finding;
    let rule = diagnostic.rule.id;
    let mut text = message(&finding.message);
    if let Some(help) = &finding.help {
        text.push_str("\nhelp: ");
        text.push_str(&message(help));
    }
    let mut result = json!({
        "ruleId": rule,
        "ruleIndex": indices.get(rule).copied().unwrap_or_default(),
        "level": level(diagnostic.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": location(finding.span, report) }],
        "partialFingerprints": { "primaryLocationLineHash": diagnostic.fingerprint() },
    });
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate().map(|(index, (span, what))| {
            json!({
                "id": index + 1,
                "physicalLocation": location(*span, report),
                "message": { "text": message(what) },
            })
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(span: Span, report: LintReport<'_>) -> Value {
    let (start, end) = (report.files.start(span), report.files.end(span));
    json!({
        "artifactLocation": { "uri": uri(&report.path_in_git(span)) },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// `text` as a message, in which `[words](place)` would be a link and a backslash takes a bracket its meaning.
fn message(text: &str) -> String {
    let line = sanitise_line(text);
    if line.contains("](") { line.replace('[', "\\[").replace(']', "\\]") } else { line }
}

/// The relative URI of `path`: everything but letters, digits, `-`, `.`, `_`, `~` and the slashes is encoded.
fn uri(path: &str) -> String {
    percent_encoded(path, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_relative_uri() {
        assert_eq!(uri("data/features.yml"), "data/features.yml");
        assert_eq!(uri("a: b/Zoë#1?.md"), "a%3A%20b/Zo%C3%AB%231%3F.md");
    }

    #[test]
    fn no_text_of_a_handbook_becomes_a_link() {
        assert_eq!(message("`[a]` is not"), "`[a]` is not");
        assert_eq!(message("[here](https://example.org)"), "\\[here\\](https://example.org)");
    }
}

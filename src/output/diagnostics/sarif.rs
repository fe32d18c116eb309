//! Diagnostics as SARIF 2.1.0, with the manuals of the rules.

use std::collections::HashMap;
use std::io;

use serde::Serialize;

use super::Report;
use crate::lint::{Diagnostic, Rule, Severity, rules};
use crate::output::Sink;
use crate::output::manual::manual;
use crate::source::sanitise_line;
use crate::source::{Span, percent_encoded};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<RunResult>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    information_uri: Option<&'static str>,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RunResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<RelatedLocation>,
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RelatedLocation {
    id: usize,
    physical_location: PhysicalLocation,
    message: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fingerprints {
    primary_location_line_hash: String,
}

pub(super) fn write(report: Report<'_>, out: &mut Sink) -> io::Result<()> {
    let indices: HashMap<&str, usize> =
        rules::ALL.iter().enumerate().map(|(index, rule)| (rule.id, index)).collect();
    let result = |diagnostic| result(diagnostic, &indices, report);
    let driver = Driver {
        name: "pmctl",
        version: env!("CARGO_PKG_VERSION"),
        information_uri: Some(env!("CARGO_PKG_HOMEPAGE")).filter(|uri| !uri.is_empty()),
        rules: rules::ALL.iter().map(|rule| descriptor(rule)).collect(),
    };
    let run = Run {
        tool: Tool { driver },
        column_kind: "unicodeCodePoints",
        results: report.diagnostics.iter().map(result).collect(),
    };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    crate::output::json::write(out, &log)
}

fn descriptor(rule: &Rule) -> Descriptor {
    let text = &rule.manual;
    Descriptor {
        id: rule.id,
        short_description: Text { text: text.summary().to_owned() },
        full_description: Text { text: text.what.to_owned() },
        help: Help {
            text: [text.what, text.why, text.source].join("\n\n"),
            markdown: manual(rule),
        },
        default_configuration: Configuration {
            enabled: rule.level.is_some(),
            level: level(rule.level_if_asked()),
        },
    }
}

fn result(
    diagnostic: &Diagnostic,
    indices: &HashMap<&str, usize>,
    report: Report<'_>,
) -> RunResult {
    let finding = &diagnostic.finding;
    let related = finding.related.iter().enumerate().map(|(index, (span, what))| RelatedLocation {
        id: index + 1,
        physical_location: location(*span, report),
        message: Text { text: message(what) },
    });
    let help = finding.help.iter().map(|help| format!("\nhelp: {}", message(help)));
    RunResult {
        rule_id: diagnostic.rule.id,
        rule_index: indices.get(diagnostic.rule.id).copied().unwrap_or_default(),
        level: level(diagnostic.severity),
        message: Text { text: message(&finding.message) + &help.collect::<String>() },
        locations: [Location { physical_location: location(finding.span, report) }],
        related_locations: related.collect(),
        partial_fingerprints: Fingerprints {
            primary_location_line_hash: diagnostic.fingerprint().to_owned(),
        },
    }
}

fn location(span: Span, report: Report<'_>) -> PhysicalLocation {
    let (start, end) = (report.files.start(span), report.files.end(span));
    PhysicalLocation {
        artifact_location: ArtifactLocation { uri: uri(&report.path_in_git(span)) },
        region: Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        },
    }
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
    match line.contains("](") {
        true => line.replace('[', "\\[").replace(']', "\\]"),
        false => line,
    }
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

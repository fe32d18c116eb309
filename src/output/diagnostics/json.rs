//! Diagnostics as one JSON object; `docs/json.md` describes it.

use std::io;

use serde::Serialize;

use super::Report;
use crate::lint::{Diagnostic, Safety};
use crate::output::Sink;
use crate::source::{FileStore, Span};

#[derive(Serialize)]
struct Document<'a> {
    diagnostics: Vec<Entry<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'static str,
    severity: &'static str,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
    help: Option<&'a str>,
    fixable: bool,
    fingerprint: &'a str,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    files_checked: usize,
    suppressed: usize,
    baselined: usize,
    older: usize,
}

pub(super) fn write(report: Report<'_>, out: &mut Sink) -> io::Result<()> {
    let entries = report.diagnostics.iter().map(|diagnostic| entry(diagnostic, report.files));
    let summary = report.summary;
    let document = Document {
        diagnostics: entries.collect(),
        summary: Summary {
            errors: summary.errors,
            warnings: summary.warnings,
            infos: summary.infos,
            files_checked: summary.files_checked,
            suppressed: summary.suppressed,
            baselined: summary.baselined,
            older: summary.older,
        },
    };
    crate::output::json::write(out, &document)
}

fn entry<'a>(diagnostic: &'a Diagnostic, files: &'a FileStore) -> Entry<'a> {
    let finding = &diagnostic.finding;
    let (start, end) = (files.start(finding.span), files.end(finding.span));
    Entry {
        rule: diagnostic.rule.id,
        severity: diagnostic.severity.name(),
        path: path(files, finding.span),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        message: &finding.message,
        help: finding.help.as_deref(),
        fixable: diagnostic.fixable() == Some(Safety::Safe),
        fingerprint: diagnostic.fingerprint(),
        related: finding.related.iter().map(|(span, what)| related(files, *span, what)).collect(),
    }
}

fn related<'a>(files: &'a FileStore, span: Span, message: &'a str) -> Related<'a> {
    let start = files.start(span);
    Related { path: path(files, span), line: start.line, column: start.column, message }
}

fn path(files: &FileStore, span: Span) -> &str {
    files.file(span.file).path().as_str()
}

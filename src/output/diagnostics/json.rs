//! Diagnostics as one JSON object; `docs/json.md` describes it.

use std::io;

use serde::Serialize;

use super::LintReport;
use crate::lint::{Diagnostic, Safety, Summary};
use crate::output::Sink;
use crate::source::{FileStore, Span};

#[derive(Serialize)]
struct Document<'a> {
    diagnostics: Vec<DiagnosticEntry<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct DiagnosticEntry<'a> {
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
    related: Vec<RelatedEntry<'a>>,
}

#[derive(Serialize)]
struct RelatedEntry<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

pub(super) fn write(report: LintReport<'_>, out: &mut Sink) -> io::Result<()> {
    let diagnostics = report.diagnostics.iter().map(|diagnostic| entry(diagnostic, report.files));
    let document = Document { diagnostics: diagnostics.collect(), summary: report.summary };
    crate::output::json::write(out, &document)
}

fn entry<'a>(diagnostic: &'a Diagnostic, files: &'a FileStore) -> DiagnosticEntry<'a> {
    let finding = &diagnostic.finding;
    let (start, end) = (files.start(finding.span), files.end(finding.span));
    DiagnosticEntry {
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

fn related<'a>(files: &'a FileStore, span: Span, message: &'a str) -> RelatedEntry<'a> {
    let start = files.start(span);
    RelatedEntry { path: path(files, span), line: start.line, column: start.column, message }
}

fn path(files: &FileStore, span: Span) -> &str {
    files.file(span.file).path().as_str()
}

//! What is wrong with the one data file that a command reads, a line each on standard error.

use anyhow::anyhow;

use super::Outcome;
use super::output::Output;
use super::workspace::Workspace;
use crate::handbook::{Loaded, Problem};
use crate::lint::{self, Diagnostic, Levels, Severity, Subject};
use crate::source::{FileId, FileStore, Span};

/// Says what `lint` would report of `file`, and tells how the command has to end for it. The rules have
/// their own levels here: what cannot be counted on is an error, whatever a configuration makes of it.
pub(super) fn report(
    loaded: &Loaded,
    file: FileId,
    workspace: &Workspace,
    output: &Output,
) -> Outcome {
    let Workspace { config, today, .. } = workspace;
    let subject = Subject {
        loaded,
        config,
        today: *today,
        ideas: &[],
        generated: None,
        reviews: None,
        links: None,
    };
    let mut outcome = Outcome::Clean;
    let found = lint::run(subject, &Levels::new());
    for diagnostic in found.iter().filter(|found| found.finding.span.file == file) {
        let text = line(diagnostic, &loaded.files);
        match diagnostic.severity {
            Severity::Error => {
                output.error(&anyhow!(text));
                outcome = Outcome::Findings;
            }
            Severity::Warning | Severity::Info => output.warning(&text),
        }
    }
    let is_unread = loaded.handbook.problems.iter().any(|problem| {
        let stops = problem.kind.stops_reading();
        stops && problem.span.file == file
    });
    if is_unread { Outcome::NotJudged } else { outcome }
}

/// The finding on one line.
fn line(diagnostic: &Diagnostic, files: &FileStore) -> String {
    let finding = &diagnostic.finding;
    on_one_line(files, finding.span, &finding.message, finding.help.as_deref())
}

/// Formats what is wrong with a file that was read only in part, or not at all.
pub(super) fn problem_line(problem: &Problem, files: &FileStore) -> String {
    on_one_line(files, problem.span, &problem.message, problem.help.as_deref())
}

/// Formats a message as compilers write theirs: `data/votes.yml:12:5: what is wrong; what to do`.
fn on_one_line(files: &FileStore, span: Span, message: &str, help: Option<&str>) -> String {
    let (path, place) = (files.file(span.file).path(), files.start(span));
    let help = help.map_or_else(String::new, |help| format!("; {help}"));
    format!("{path}:{}:{}: {message}{help}", place.line, place.column)
}

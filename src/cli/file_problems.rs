//! What is wrong with the one data file that a command reads, a line each on standard error.

use anyhow::anyhow;

use super::Outcome;
use super::output::Output;
use super::workspace::Workspace;
use crate::handbook::Loaded;
use crate::lint::{self, Diagnostic, Levels, Severity, Subject};
use crate::output::line::position;
use crate::source::{FileId, FileStore};

/// Prints what `lint` would report of `file`, and returns the outcome for it. The rules have their own levels here:
/// what cannot be counted on is an error, whatever level a configuration sets.
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
    if is_unread { Outcome::NotChecked } else { outcome }
}

/// The finding as compilers write theirs: `data/votes.yml:12:5: what is wrong; what to do`.
fn line(diagnostic: &Diagnostic, files: &FileStore) -> String {
    let finding = &diagnostic.finding;
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    format!("{}: {}{help}", position(files, finding.span), finding.message)
}

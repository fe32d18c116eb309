//! Diagnostics, one file a format.

mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod step_summary;
mod text;

use std::io;

use crate::lint::{Diagnostic, Summary};
use crate::output::Sink;
use crate::source::sanitise_line;
use crate::source::{FileStore, RepoPath, Span};

pub use step_summary::step_summary;

/// What a lint run has to say.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The findings, sorted.
    pub diagnostics: &'a [Diagnostic],
    /// How many there are.
    pub summary: Summary,
    /// The files they point into.
    pub files: &'a FileStore,
    /// The handbook's folder from the root of the git work tree; the formats of forges count paths from there.
    pub prefix: &'a RepoPath,
    /// Whether nothing but the findings is wanted.
    pub is_quiet: bool,
    /// Whether they are shown in colours, where the format has some.
    pub has_colors: bool,
}

/// A format for diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// An excerpt with the place underlined, for people.
    Text,
    /// One JSON object, for programs.
    Json,
    /// Commands that make annotations in GitHub Actions.
    Github,
    /// GitLab's Code Quality report.
    Gitlab,
    /// SARIF 2.1.0.
    Sarif,
    /// The XML of `JUnit`, a test case for each finding.
    Junit,
}

impl Format {
    /// Whether it tells the [fingerprints](Diagnostic::fingerprint) of findings.
    pub fn tells_fingerprints(self) -> bool {
        match self {
            Self::Json | Self::Gitlab | Self::Sarif => true,
            Self::Text | Self::Github | Self::Junit => false,
        }
    }
}

/// Writes `report` in `format`.
pub fn write(format: Format, report: Report<'_>, out: &mut Sink) -> io::Result<()> {
    match format {
        Format::Text => text::write(report, out),
        Format::Json => json::write(report, out),
        Format::Github => github::write(report, out),
        Format::Gitlab => gitlab::write(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Junit => junit::write(report, out),
    }
}

impl Report<'_> {
    /// The path of the file of `span` from the root of the git work tree.
    fn path_in_git(&self, span: Span) -> String {
        let path = self.files.file(span.file).path();
        match self.prefix.as_str() {
            "" => path.to_string(),
            prefix => format!("{prefix}/{path}"),
        }
    }

    /// The findings, the worst first; of the same level as they stand.
    fn worst_first(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        sorted.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
        sorted
    }
}

/// What is wrong and what to do, as people are shown it on two lines.
fn message_and_help(diagnostic: &Diagnostic) -> String {
    let finding = &diagnostic.finding;
    let message = sanitise_line(&finding.message);
    match &finding.help {
        Some(help) => format!("{message}\nhelp: {}", sanitise_line(help)),
        None => message,
    }
}

/// How many files were checked, and what came of it.
fn summary_line(summary: Summary) -> String {
    let files = count(summary.files_checked, "file", "files");
    let older = match summary.older {
        0 => String::new(),
        1 => "; 1 older finding is not shown".to_owned(),
        older => format!("; {older} older findings are not shown"),
    };
    let silent = silent(summary);
    match counts(summary).join(", ") {
        nothing if nothing.is_empty() => {
            format!("{files} checked, nothing to report{silent}{older}")
        }
        counts => format!("{files} checked: {counts}{silent}{older}"),
    }
}

/// How many findings are not shown, in brackets.
fn silent(summary: Summary) -> String {
    let kinds = [(summary.baselined, "in the baseline"), (summary.suppressed, "suppressed")];
    let found = kinds.into_iter().filter(|(number, _)| *number > 0);
    let found: Vec<String> = found.map(|(number, what)| format!("{number} {what}")).collect();
    if found.is_empty() { String::new() } else { format!(" ({})", found.join(", ")) }
}

/// How many findings there are of each level that has some.
fn counts(summary: Summary) -> Vec<String> {
    let levels = [
        (summary.errors, "error", "errors"),
        (summary.warnings, "warning", "warnings"),
        (summary.infos, "remark", "remarks"),
    ];
    let found = levels.into_iter().filter(|(number, ..)| *number > 0);
    found.map(|(number, one, many)| count(number, one, many)).collect()
}

fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

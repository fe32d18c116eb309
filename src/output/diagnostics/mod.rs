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
use crate::output::line::counted;
use crate::source::{FileStore, RepoPath, Span, sanitise_line};

pub use step_summary::step_summary;

/// The findings of a lint run, and how they are shown.
#[derive(Clone, Copy)]
pub struct LintReport<'a> {
    /// The findings, sorted.
    pub diagnostics: &'a [Diagnostic],
    /// How many there are.
    pub summary: Summary,
    /// The files they point into.
    pub files: &'a FileStore,
    /// The handbook's folder from the root of the git work tree; the formats of forges count paths from there.
    pub prefix: &'a RepoPath,
    /// Whether only the findings are shown, without a summary.
    pub is_quiet: bool,
    /// Whether they are shown in colours, where the format has some.
    pub has_colors: bool,
}

/// A format for diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LintFormat {
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

impl LintFormat {
    /// Returns whether it has the [fingerprints](Diagnostic::fingerprint) of findings.
    pub fn has_fingerprints(self) -> bool {
        match self {
            Self::Json | Self::Gitlab | Self::Sarif => true,
            Self::Text | Self::Github | Self::Junit => false,
        }
    }
}

/// Writes `report` in `format`.
///
/// # Errors
///
/// Fails if `out` cannot be written.
pub fn write(format: LintFormat, report: LintReport<'_>, out: &mut Sink) -> io::Result<()> {
    match format {
        LintFormat::Text => text::write(report, out),
        LintFormat::Json => json::write(report, out),
        LintFormat::Github => github::write(report, out),
        LintFormat::Gitlab => gitlab::write(report, out),
        LintFormat::Sarif => sarif::write(report, out),
        LintFormat::Junit => junit::write(report, out),
    }
}

impl LintReport<'_> {
    /// The path of the file of `span` from the root of the git work tree.
    fn path_in_git(&self, span: Span) -> String {
        let path = self.files.file(span.file).path();
        match self.prefix.as_str() {
            "" => path.to_string(),
            prefix => format!("{prefix}/{path}"),
        }
    }

    /// The findings, the worst first; those of one level in their order.
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

/// How many files were checked, and how many findings there are.
fn summary_line(summary: Summary) -> String {
    let files = counted(summary.files_checked, "file");
    let older = match summary.older {
        0 => String::new(),
        1 => "; 1 older finding is not shown".to_owned(),
        older => format!("; {older} older findings are not shown"),
    };
    let hidden = [(summary.baselined, "in the baseline"), (summary.suppressed, "suppressed")];
    let hidden = hidden.into_iter().filter(|(number, _)| *number > 0);
    let hidden: Vec<String> = hidden.map(|(number, what)| format!("{number} {what}")).collect();
    let hidden =
        if hidden.is_empty() { String::new() } else { format!(" ({})", hidden.join(", ")) };
    let Summary { errors, warnings, infos, .. } = summary;
    let levels = [(errors, "error"), (warnings, "warning"), (infos, "info")];
    let levels = levels.into_iter().filter(|(number, _)| *number > 0);
    let levels: Vec<String> = levels.map(|(number, noun)| counted(number, noun)).collect();
    if levels.is_empty() {
        return format!("{files} checked, nothing to report{hidden}{older}");
    }
    format!("{files} checked: {}{hidden}{older}", levels.join(", "))
}

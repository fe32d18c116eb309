//! Diagnostics as a table in Markdown: what GitHub Actions shows as the summary of a step.

use super::{LintReport, summary_line};
use crate::lint::Diagnostic;
use crate::output::line::counted;
use crate::output::{escaped_markdown, markdown_message};

/// The table has no more rows than this, and no row begins after so many bytes: GitHub takes no summary of
/// more than a mebibyte.
const ROWS: usize = 200;
const BYTES: usize = 256 * 1024;

/// A cell shows no more characters than this.
const CELL: usize = 500;

/// The summary of `report`, the worst findings first. It ends with an empty line, so that others can follow.
pub fn step_summary(report: LintReport<'_>) -> String {
    let mut page = format!("### pmctl lint\n\n{}\n\n", summary_line(report.summary));
    let sorted = report.worst_first();
    if sorted.is_empty() {
        return page;
    }
    page.push_str("| Level | Rule | Place | Message |\n| --- | --- | --- | --- |\n");
    let mut shown = 0;
    for diagnostic in sorted.iter().take(ROWS) {
        if page.len() > BYTES {
            break;
        }
        page.push_str(&row(diagnostic, report));
        shown += 1;
    }
    let more = sorted.len() - shown;
    if more > 0 {
        let others = counted(more, "other");
        page += &["\nand ", &others, ", all of them in the log of this step\n"].concat();
    }
    page.push('\n');
    page
}

fn row(diagnostic: &Diagnostic, report: LintReport<'_>) -> String {
    let finding = &diagnostic.finding;
    let place =
        format!("{}:{}", report.path_in_git(finding.span), report.files.start(finding.span).line);
    format!(
        "| {} | {} | {} | {} |\n",
        diagnostic.severity,
        cell(diagnostic.rule.id),
        cell(&place),
        cut(&finding.message, markdown_message)
    )
}

fn cell(text: &str) -> String {
    cut(text, escaped_markdown)
}

/// As much of `text` as a cell has, `written` as Markdown.
fn cut(text: &str, written: impl Fn(&str) -> String) -> String {
    match text.char_indices().nth(CELL) {
        Some((end, _)) => format!("{}…", written(&text[..end])),
        None => written(text),
    }
}

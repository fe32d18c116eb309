//! What kind of change a merge request is: for people, for programs, for a comment on it.

use std::io;

use serde_json::{Value, json};

use crate::classify::{Approver, Change, Classification, Notified};
use crate::config::Direction;
use crate::output::Sink;
use crate::output::{escaped_markdown, markdown_message, mention};
use crate::source::sanitise_line;

/// A classified change, and how it is shown.
#[derive(Clone, Copy, Debug)]
pub struct ClassificationReport<'a> {
    /// The commit that the change is measured from, 40 hexadecimal digits.
    pub base: &'a str,
    /// The commit that `HEAD` names.
    pub head: &'a str,
    /// What the change is.
    pub classification: &'a Classification,
    /// Whether only the kind is shown.
    pub is_quiet: bool,
    /// Whether Markdown mentions the owners, so that a forge notifies them.
    pub mentions_owners: bool,
}

/// A format for a classified change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ClassificationFormat {
    /// For people.
    Text,
    /// One JSON object, for programs.
    Json,
    /// For a comment on a merge request.
    Markdown,
}

/// How many changes of one kind people are shown.
const SHOWN: usize = 20;

/// Writes `report` in `format`; `docs/json.md` describes the JSON object.
///
/// # Errors
///
/// Fails if `out` cannot be written.
pub fn write(
    format: ClassificationFormat,
    report: &ClassificationReport<'_>,
    out: &mut Sink,
) -> io::Result<()> {
    let classification = report.classification;
    match format {
        ClassificationFormat::Text if report.is_quiet => {
            writeln!(out, "{}", classification.kind().name())
        }
        ClassificationFormat::Text => {
            writeln!(out, "{}", headline(classification))?;
            let plain = Style { name: &str::to_owned, path: &str::to_owned, text: &str::to_owned };
            for (title, lines) in sections(classification, plain) {
                writeln!(out, "\n{title}:")?;
                for line in lines {
                    writeln!(out, "  {}", sanitise_line(&line))?;
                }
            }
            Ok(())
        }
        ClassificationFormat::Markdown => {
            writeln!(out, "**{}**", headline(classification))?;
            let markdown = Style {
                name: if report.mentions_owners { &mention } else { &escaped_markdown },
                path: &|path| escaped_markdown(&sanitise_line(path)),
                text: &|text| markdown_message(&sanitise_line(text)),
            };
            for (title, lines) in sections(classification, markdown) {
                writeln!(out, "\n{title}:\n")?;
                for line in lines {
                    writeln!(out, "- {line}")?;
                }
            }
            Ok(())
        }
        ClassificationFormat::Json => crate::output::json::write(out, &document(report)),
    }
}

fn document(report: &ClassificationReport<'_>) -> Value {
    let classification = report.classification;
    let change = |change: &Change| {
        json!({
            "kind": change.kind.name(),
            "path": change.path,
            "line": change.line,
            "what": change.what,
            "from": change.from,
            "to": change.to,
            "direction": change.direction.map(Direction::name),
        })
    };
    let approver = |approver: &Approver| {
        json!({
            "for": approver.reason,
            "owners": approver.owners,
            "source": approver.source,
            "optional": approver.is_optional,
            "paths": approver.paths,
        })
    };
    let notified = |notified: &Notified| json!({"who": notified.who, "why": notified.why});
    json!({
        "base": report.base,
        "head": report.head,
        "kind": classification.kind().name(),
        "auto_mergeable": classification.is_auto_mergeable(),
        "changes": classification.changes.iter().map(change).collect::<Vec<_>>(),
        "approvers": classification.approvers.iter().map(approver).collect::<Vec<_>>(),
        "notify": classification.notify.iter().map(notified).collect::<Vec<_>>(),
    })
}

fn headline(classification: &Classification) -> String {
    let kind = classification.kind().name();
    if classification.changes.is_empty() {
        format!("{kind}: nothing changed")
    } else if classification.is_auto_mergeable() {
        format!("{kind}: can be merged without a decision")
    } else {
        format!("{kind}: needs a look")
    }
}

/// How the parts of a line are written.
#[derive(Clone, Copy)]
struct Style<'s> {
    name: &'s dyn Fn(&str) -> String,
    path: &'s dyn Fn(&str) -> String,
    text: &'s dyn Fn(&str) -> String,
}

/// The sections that have lines, each with its title.
fn sections(
    classification: &Classification,
    style: Style<'_>,
) -> impl Iterator<Item = (&'static str, Vec<String>)> {
    let Style { name, path, text } = style;
    let approvers = classification.approvers.iter().map(|approver| {
        let optional = if approver.is_optional { " (optional)" } else { "" };
        let owners: Vec<String> = approver.owners.iter().map(|owner| name(owner)).collect();
        format!("{}{optional}: {}", path(&approver.reason), owners.join(" "))
    });
    let notified = classification.notify.iter();
    let notified =
        notified.map(|notified| format!("{}: {}", name(&notified.who), text(&notified.why)));
    let sections = [
        ("Changes", changes(&classification.changes, style)),
        ("Approvers", approvers.collect()),
        ("Notified", notified.collect()),
    ];
    sections.into_iter().filter(|(_, lines)| !lines.is_empty())
}

/// The first changes of each kind as lines, and how many more there are.
fn changes(changes: &[Change], style: Style<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for changes in changes.chunk_by(|one, other| one.kind == other.kind) {
        let kind = changes[0].kind.name();
        for change in changes.iter().take(SHOWN) {
            let place = match change.line {
                Some(line) => format!("{}:{line}", change.path),
                None => change.path.clone(),
            };
            lines.push(format!("{kind}: {}: {}", (style.path)(&place), (style.text)(&change.what)));
        }
        if changes.len() > SHOWN {
            lines.push(format!("{kind}: {} more", changes.len() - SHOWN));
        }
    }
    lines
}

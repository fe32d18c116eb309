//! What kind of change a merge request is: for people, for programs, for a comment on it.

use std::io;

use serde_json::{Value, json};

use crate::classify::{Approver, Change, Classification};
use crate::output::Sink;
use crate::output::{escaped_markdown, mention};
use crate::source::sanitise_line;

/// What there is to tell.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The commit that the change is measured from, 40 hexadecimal digits.
    pub base: &'a str,
    /// The commit that `HEAD` names.
    pub head: &'a str,
    /// What the change is.
    pub classification: &'a Classification,
    /// Whether nothing but the kind is wanted.
    pub is_quiet: bool,
    /// Whether Markdown mentions the owners, so that a forge notifies them.
    pub mentions_owners: bool,
}

/// How many changes people are shown of one kind.
const SHOWN: usize = 20;

/// Writes `report` for people: the kind, what changed, who approves, who is told.
pub fn write_text(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    let classification = report.classification;
    if report.is_quiet {
        return writeln!(out, "{}", classification.kind().name());
    }
    writeln!(out, "{}", headline(classification))?;
    section(out, "Changes", &shown(&classification.changes, text))?;
    let approvers = classification.approvers.iter().map(approver);
    section(out, "Approvers", &approvers.collect::<Vec<_>>())?;
    let told = classification.notify.iter().map(|told| format!("{}: {}", told.who, told.why));
    section(out, "To be told", &told.collect::<Vec<_>>())
}

/// Writes `report` as Markdown, for a comment.
pub fn write_markdown(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    let classification = report.classification;
    writeln!(out, "**{}**", headline(classification))?;
    let name = |name: &str| match report.mentions_owners {
        true => mention(name),
        false => escaped_markdown(name),
    };
    let changes = shown(&classification.changes, text);
    let approvers = classification.approvers.iter().map(|approver| {
        let owners: Vec<String> = approver.owners.iter().map(|owner| name(owner)).collect();
        format!("{}: {}", escaped_markdown(&reason(approver)), owners.join(" "))
    });
    let told = classification.notify.iter();
    let told = told.map(|told| format!("{}: {}", name(&told.who), escaped_markdown(&told.why)));
    let sections: [(&str, Vec<String>); 3] = [
        ("Changes", changes.iter().map(|line| escaped_markdown(line)).collect()),
        ("Approvers", approvers.collect()),
        ("To be told", told.collect()),
    ];
    for (title, lines) in sections.iter().filter(|(_, lines)| !lines.is_empty()) {
        writeln!(out, "\n{title}:\n")?;
        for line in lines {
            writeln!(out, "- {line}")?;
        }
    }
    Ok(())
}

/// Writes `report` as one JSON object; `docs/json.md` describes it.
pub fn write_json(report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    let classification = report.classification;
    let changes: Vec<Value> = classification
        .changes
        .iter()
        .map(|change| {
            json!({
                "kind": change.kind.name(),
                "path": change.path,
                "line": change.line,
                "what": change.what,
                "from": change.from,
                "to": change.to,
                "direction": change.direction.map(crate::config::Direction::name),
            })
        })
        .collect();
    let approvers: Vec<Value> = classification
        .approvers
        .iter()
        .map(|approver| {
            json!({
                "for": approver.reason,
                "owners": approver.owners,
                "source": approver.source,
                "optional": approver.is_optional,
                "paths": approver.paths,
            })
        })
        .collect();
    let notify: Vec<Value> = classification
        .notify
        .iter()
        .map(|told| json!({"who": told.who, "why": told.why}))
        .collect();
    let document = json!({
        "base": report.base,
        "head": report.head,
        "kind": classification.kind().name(),
        "auto_mergeable": classification.is_auto_mergeable(),
        "changes": changes,
        "approvers": approvers,
        "notify": notify,
    });
    crate::output::json::write(out, &document)
}

fn headline(classification: &Classification) -> String {
    let kind = classification.kind().name();
    match (classification.changes.is_empty(), classification.is_auto_mergeable()) {
        (true, _) => format!("{kind}: nothing changed"),
        (_, true) => format!("{kind}: can be merged without anybody's decision"),
        (_, false) => format!("{kind}: needs a look"),
    }
}

/// The first changes of each kind as lines, and how many more there are.
fn shown(changes: &[Change], line: impl Fn(&Change) -> String) -> Vec<String> {
    let kinds = changes.chunk_by(|one, other| one.kind == other.kind);
    kinds
        .flat_map(|changes| {
            let first = changes.iter().take(SHOWN).map(&line);
            let more = changes.len().saturating_sub(SHOWN);
            let kind = changes.first().map_or("", |change| change.kind.name());
            let rest = (more > 0).then(|| format!("{kind}: {more} more"));
            first.chain(rest).collect::<Vec<_>>()
        })
        .collect()
}

fn text(change: &Change) -> String {
    let line = change.line.map_or_else(String::new, |line| format!(":{line}"));
    format!("{}: {}{line}: {}", change.kind.name(), change.path, change.what)
}

fn approver(approver: &Approver) -> String {
    format!("{}: {}", reason(approver), approver.owners.join(" "))
}

/// What has to be approved.
fn reason(approver: &Approver) -> String {
    let optional = if approver.is_optional { " (optional)" } else { "" };
    format!("{}{optional}", approver.reason)
}

fn section(out: &mut Sink, title: &str, lines: &[String]) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}:")?;
    for line in lines {
        writeln!(out, "  {}", sanitise_line(line))?;
    }
    Ok(())
}

//! Fixes of warnings that would make errors, which no fix may.

use std::collections::HashMap;

use anyhow::Result;

use super::Judged;
use crate::cli::workspace::Workspace;
use crate::lint::fixes::Mended;
use crate::lint::{self, Levels, Severity};
use crate::repo::{Files, Overlay};
use crate::source::RepoPath;

/// How often the handbook is checked with some fixes less.
const ROUNDS: usize = 8;

/// An error, as far as one is told from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Fault {
    rule: &'static str,
    path: RepoPath,
    message: String,
}

/// Takes from the findings that were `judged` the fixes of warnings that would make an error, as `mend` makes them.
/// Returns the findings and why, in order.
pub(super) fn leave_out(
    judged: &mut Judged,
    workspace: &Workspace,
    mend: impl for<'j> Fn(&'j Judged) -> Mended<'j>,
) -> Result<Vec<(usize, String)>> {
    // Whichever rules this run asks for, nothing gets worse.
    let levels = &Levels::configured(&workspace.config)?;
    let mut left_out = Vec::new();
    let mut before = None;
    for _ in 0..ROUNDS {
        let mended = mend(judged);
        // An error in the place of another is no worse than that.
        let suspects: Vec<usize> = mended
            .fixed
            .iter()
            .copied()
            .filter(|&at| judged.findings[at].severity < Severity::Error)
            .collect();
        if suspects.is_empty() {
            break;
        }
        let before = match &before {
            Some(before) => before,
            None => before.insert(errors(&workspace.repo, workspace, levels)?),
        };
        let overlay = Overlay::new(&workspace.repo, mended.prepared.texts());
        let after = errors(&overlay, workspace, levels)?;
        let (old_counts, new_counts) = (counts(before), counts(&after));
        let is_new = |(fault, lines): &(&Fault, &Vec<usize>)| {
            // A message may only count anew what was wrong before.
            let kind = (fault.rule, &fault.path);
            old_counts.get(&kind) < new_counts.get(&kind)
                && before.get(*fault).map_or(0, Vec::len) < lines.len()
        };
        let new: Vec<(&Fault, &Vec<usize>)> = after.iter().filter(is_new).collect();
        let Some(first) = new.iter().min_by_key(|(fault, _)| (&fault.path, &fault.message)) else {
            break;
        };
        let reason = format!("it would make another error: {}", first.0.message);
        let places: HashMap<usize, Vec<(RepoPath, usize)>> =
            suspects.iter().map(|&at| (at, places_of(judged, at))).collect();
        let blamed = |is_near: &dyn Fn(&(RepoPath, usize)) -> bool| -> Vec<usize> {
            suspects.iter().copied().filter(|at| places[at].iter().any(is_near)).collect()
        };
        let on_line = blamed(&|(path, line)| {
            new.iter().any(|(fault, lines)| fault.path == *path && lines.contains(line))
        });
        let in_file = || blamed(&|(path, _)| new.iter().any(|(fault, _)| fault.path == *path));
        let blamed = [on_line, in_file()].into_iter().find(|blamed| !blamed.is_empty());
        drop(mended);
        for at in blamed.unwrap_or(suspects) {
            judged.findings[at].finding.fix = None;
            left_out.push((at, reason.clone()));
        }
    }
    left_out.sort_unstable();
    Ok(left_out)
}

/// How many errors of each rule there are in each file.
fn counts(errors: &HashMap<Fault, Vec<usize>>) -> HashMap<(&'static str, &RepoPath), usize> {
    let mut counts = HashMap::new();
    for (fault, lines) in errors {
        *counts.entry((fault.rule, &fault.path)).or_default() += lines.len();
    }
    counts
}

/// Where the fix of a finding changes something: files and lines, from 1.
fn places_of(judged: &Judged, at: usize) -> Vec<(RepoPath, usize)> {
    let files = &judged.loaded.files;
    let fix = judged.findings[at].finding.fix.as_ref();
    let spans = fix.into_iter().flat_map(|fix| &fix.repairs).map(lint::Repair::span);
    spans.map(|span| (files.file(span.file).path().clone(), files.start(span).line)).collect()
}

/// The errors in `files`, with their lines.
fn errors(
    files: &impl Files,
    workspace: &Workspace,
    levels: &Levels,
) -> Result<HashMap<Fault, Vec<usize>>> {
    let judgement = lint::judge(files, &workspace.config, levels, workspace.today, |_, _| {})?;
    let mut errors: HashMap<Fault, Vec<usize>> = HashMap::new();
    let files = &judgement.loaded.files;
    for found in judgement.findings.iter().filter(|found| found.severity == Severity::Error) {
        let span = found.finding.span;
        let fault = Fault {
            rule: found.rule.id,
            path: files.file(span.file).path().clone(),
            message: found.finding.message.clone(),
        };
        errors.entry(fault).or_default().push(files.start(span).line);
    }
    Ok(errors)
}

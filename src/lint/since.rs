//! Which findings belong to a change: those on lines that it changed, and those that were not there before it.
//!
//! The second sort is found by judging the handbook as it was before the change, too: a heading that is removed
//! breaks links of pages that nobody touched. Nothing is guessed from the difference of the files.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use super::diagnostic::stable_text;
use super::{Diagnostic, JudgeError, Judgement, Levels, judge};
use crate::config::Config;
use crate::handbook::{Loaded, ProblemKind};
use crate::repo::diff::{Diff, Lines};
use crate::repo::{Files, Revision};
use crate::review::Survey;
use crate::source::{FileStore, ReadError, RepoPath, SourceFile, Span};

/// What a finding is told by that may stand on another line now, or in a file of another name.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Identity {
    rule: &'static str,
    /// Where the file was before the change.
    path: RepoPath,
    /// What stands at its place.
    text: String,
    /// What is wrong, without numbers: what is mended at a place must not hide what is broken there instead. Nothing in
    /// a file that moved: what messages say of its links depends on where it is.
    message: String,
}

impl Identity {
    /// Of `diagnostic` in one of `files`, of a file that was at `path` before the change; `moved` are all of those that
    /// are elsewhere now.
    fn new(
        diagnostic: &Diagnostic,
        files: &FileStore,
        path: &RepoPath,
        moved: &HashSet<&RepoPath>,
    ) -> Self {
        let finding = &diagnostic.finding;
        let message = match moved.contains(path) {
            true => String::new(),
            // It may count what else is like it.
            false => finding.message.replace(|c: char| c.is_ascii_digit(), ""),
        };
        let text = stable_text(finding.span, files);
        Self { rule: diagnostic.rule.id, path: path.clone(), text, message }
    }
}

/// The findings that belong to a change.
#[derive(Debug)]
pub struct OfChange {
    /// They, in their order.
    pub findings: Vec<Diagnostic>,
    /// How many others there are.
    pub older: usize,
}

/// Judges the handbook as it was at `base`, by today's `config`.
pub fn judge_base<'l>(
    base: &Revision,
    config: &Config,
    levels: &'l Levels,
    today: Date,
    add_changes: impl FnOnce(&mut Survey, &Loaded),
) -> Result<Judgement<'l>, JudgeError> {
    let mut config = config.clone();
    // A page whose template came with the change could not be generated then.
    config.generated.retain(|whole| {
        let page = base.read(&whole.page);
        base.read(&whole.template).is_ok() && matches!(page, Ok(_) | Err(ReadError::Missing))
    });
    judge(base, &config, levels, today, add_changes)
}

/// Those of `findings`, in `files`, that belong to the change `diff`, before which the handbook was as `base` judges.
pub fn of_change(
    findings: Vec<Diagnostic>,
    files: &FileStore,
    base: &Judgement<'_>,
    revision: &Revision,
    diff: &Diff,
) -> OfChange {
    let paths = files.all().map(SourceFile::path);
    let moved: HashSet<&RepoPath> =
        paths.filter_map(|path| diff.before(path).filter(|before| *before != path)).collect();
    let mut known: HashMap<Identity, usize> = HashMap::new();
    for diagnostic in &base.findings {
        let files = &base.loaded.files;
        let path = files.file(diagnostic.finding.span.file).path();
        *known.entry(Identity::new(diagnostic, files, path, &moved)).or_default() += 1;
    }
    let mut unversioned: HashMap<&RepoPath, bool> = HashMap::new();
    let total = findings.len();
    let mut kept = Vec::new();
    for diagnostic in findings {
        let span = diagnostic.finding.span;
        let path = files.file(span.file).path();
        if is_changed(span, files, diff) {
            kept.push(diagnostic);
            continue;
        }
        let Some(before) = diff.before(path) else { continue };
        if let Some(count) = known.get_mut(&Identity::new(&diagnostic, files, before, &moved))
            && *count > 0
        {
            *count -= 1;
            continue;
        }
        // What git ignores is no part of a change, and nothing tells what it was before.
        let is_unversioned = || diff.lines(path).is_none() && !is_there(revision, path);
        if !*unversioned.entry(path).or_insert_with(is_unversioned) {
            kept.push(diagnostic);
        }
    }
    let older = total - kept.len();
    OfChange { findings: kept, older }
}

/// The files, by their names of today, that could not be read before the change either and did not change since.
pub fn unread_before(base: &Loaded, diff: &Diff) -> BTreeSet<RepoPath> {
    let problems = base.handbook.problems.iter();
    let unread = problems.filter(|problem| problem.kind == ProblemKind::UnreadableFile);
    let paths = unread.map(|problem| base.files.file(problem.span.file).path());
    paths.filter(|path| diff.lines(path).is_none()).cloned().collect()
}

/// Whether `diff` changed a line that `span` stands on. What concerns a file as a whole stands on no line.
fn is_changed(span: Span, files: &FileStore, diff: &Diff) -> bool {
    match diff.lines(files.file(span.file).path()) {
        None => false,
        Some(Lines::All) => true,
        Some(_) if span == Span::start_of(span.file) => false,
        Some(lines) => {
            // The line break at its end belongs to its last line.
            let last = Span { end: span.end.saturating_sub(1).max(span.start), ..span };
            lines.meet(&(files.start(span).line..=files.end(last).line))
        }
    }
}

/// Whether the commit has a file of this name, or a folder that could not be looked into.
fn is_there(revision: &Revision, path: &RepoPath) -> bool {
    path.as_str().is_empty() || revision.has(path.as_str())
}

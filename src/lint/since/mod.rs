//! Which findings belong to a change: those on lines that it changed, and those that were not there before it.
//!
//! The second sort is found by judging the handbook as it was before the change, too: a heading that is removed
//! breaks links of pages that nobody touched. Nothing is guessed from the difference of the files.

mod identity;
mod stamps;

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::{Diagnostic, JudgeError, Judgement, Levels, judge};
use crate::config::Config;
use crate::handbook::{Loaded, ProblemKind};
use crate::repo::diff::{Diff, Lines};
use crate::repo::{Files, Revision};
use crate::review::Survey;
use crate::source::{FileStore, ReadError, RepoPath, Span};
use identity::Known;
use stamps::Stamps;

pub(super) use stamps::without;

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

/// Those of `findings`, in `loaded`, that belong to the change `diff`, before which the handbook was as `base` judges.
pub fn of_change(
    findings: Vec<Diagnostic>,
    loaded: &Loaded,
    base: &Judgement<'_>,
    revision: &Revision,
    diff: &Diff,
) -> OfChange {
    let mut sides =
        Sides { diff, loaded, base: &base.loaded, now: HashMap::new(), then: HashMap::new() };
    let mut known = Known::default();
    for diagnostic in &base.findings {
        let files = &base.loaded.files;
        let path = files.file(diagnostic.finding.span.file).path();
        known.add(diagnostic, files, path, sides.stamps_then(path));
    }
    let files = &loaded.files;
    let mut unversioned: HashMap<&RepoPath, bool> = HashMap::new();
    let total = findings.len();
    let mut kept = Vec::new();
    for diagnostic in findings {
        let path = files.file(diagnostic.finding.span.file).path();
        let stamps = sides.stamps_now(path);
        if is_changed(&diagnostic, files, diff, stamps) {
            kept.push(diagnostic);
            continue;
        }
        let Some(before) = diff.before(path) else { continue };
        if known.take(&diagnostic, files, before, stamps) {
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

/// The dates of reviews in the files that changed, on both sides, looked for where a finding is.
struct Sides<'a> {
    diff: &'a Diff,
    loaded: &'a Loaded,
    base: &'a Loaded,
    now: HashMap<RepoPath, Stamps>,
    then: HashMap<RepoPath, Stamps>,
}

impl Sides<'_> {
    /// Those of the file that is at `path` now.
    fn stamps_now(&mut self, path: &RepoPath) -> &Stamps {
        let Self { diff, loaded, base, .. } = *self;
        self.now.entry(path.clone()).or_insert_with(|| {
            match (diff.lines(path), diff.before(path)) {
                (Some(_), Some(before)) => {
                    Stamps::of(loaded, path).compared_with((loaded, path), (base, before))
                }
                _ => Stamps::of(loaded, path),
            }
        })
    }

    /// Those of the file that was at `path` before.
    fn stamps_then(&mut self, path: &RepoPath) -> &Stamps {
        let base = self.base;
        self.then.entry(path.clone()).or_insert_with(|| Stamps::of(base, path))
    }
}

/// Whether `diff` changed a line that `diagnostic` is on. What concerns a file as a whole is on no line.
fn is_changed(diagnostic: &Diagnostic, files: &FileStore, diff: &Diff, stamps: &Stamps) -> bool {
    let finding = &diagnostic.finding;
    let span = finding.span;
    match diff.lines(files.file(span.file).path()) {
        None => false,
        Some(Lines::All) => true,
        Some(_) if finding.is_of_file || span == Span::start_of(span.file) => false,
        Some(lines) => {
            // The line break at its end belongs to its last line.
            let last = Span { end: span.end.saturating_sub(1).max(span.start), ..span };
            let (first, last) = (files.start(span).line, files.end(last).line);
            lines.meet(&(first..=last)) && !stamps.excuse(span, first..last + 1, lines)
        }
    }
}

/// Whether the commit has a file of this name, or a folder that could not be looked into.
fn is_there(revision: &Revision, path: &RepoPath) -> bool {
    path.as_str().is_empty() || revision.has(path.as_str())
}

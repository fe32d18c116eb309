//! `pmctl lint --changed-since`: what is found now, held against what was found before the change.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use anyhow::Result;

use crate::cli::Global;
use crate::cli::since::Since;
use crate::cli::workspace::Workspace;
use crate::handbook::Loaded;
use crate::lint::since::{OfChange, judge_base, of_change, unread_before};
use crate::lint::{Diagnostic, JudgeError, Judgement, Levels};
use crate::repo::diff::Diff;
use crate::source::RepoPath;

/// The handbook before the change.
pub(super) struct Comparison<'l> {
    since: Since,
    /// What was found then, once it was judged.
    past: OnceLock<Judgement<'l>>,
}

/// What belongs to the change.
pub(super) struct Kept {
    pub(super) findings: Vec<Diagnostic>,
    /// How many others there are.
    pub(super) older: usize,
    /// The files that could not be read before the change either.
    pub(super) unread_before: BTreeSet<RepoPath>,
}

impl<'l> Comparison<'l> {
    /// The comparison with the handbook as it was at `reference`.
    pub(super) fn open(reference: &str, workspace: &Workspace, global: &Global) -> Result<Self> {
        let since = Since::open("--changed-since", reference, workspace, global)?;
        Ok(Self { since, past: OnceLock::new() })
    }

    /// That nothing changed, if so.
    pub(super) fn says_nothing_changed(&self) -> Option<String> {
        let Since { base, diff } = &self.since;
        let id = base.id();
        diff.is_empty().then(|| format!("nothing changed since {}", id.get(..8).unwrap_or(&id)))
    }

    /// Judges the handbook as it was then, by the same rules on the same day.
    pub(super) fn past(
        &self,
        workspace: &Workspace,
        levels: &'l Levels,
    ) -> Result<&Judgement<'l>, JudgeError> {
        if let Some(past) = self.past.get() {
            return Ok(past);
        }
        let Workspace { repo, config, today, .. } = workspace;
        let base = &self.since.base;
        let past = judge_base(base, config, levels, *today, |survey, loaded| {
            // What stands in the way of this is said of the present.
            let _ = survey.add_changes_until(repo, &base.id(), &loaded.files);
        })?;
        Ok(self.past.get_or_init(|| past))
    }

    /// Keeps of `findings`, in `loaded`, what belongs to the change as the files lie there now.
    pub(super) fn keep(
        &self,
        findings: Vec<Diagnostic>,
        loaded: &Loaded,
        past: &Judgement<'_>,
        workspace: &Workspace,
    ) -> Result<Kept> {
        let base = &self.since.base;
        // What --fix mended is part of the change.
        let diff = Diff::since(&workspace.repo, base)?;
        let unread_before = unread_before(&past.loaded, &diff);
        let OfChange { findings, older } = of_change(findings, loaded, past, base, &diff);
        Ok(Kept { findings, older, unread_before })
    }
}

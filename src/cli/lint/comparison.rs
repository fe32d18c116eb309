//! `pmctl lint --changed-since`: what is found now, held against what was found before the change.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use anyhow::Result;

use crate::cli::Global;
use crate::cli::output::Output;
use crate::cli::since::{BothSettings, Since, moved_root};
use crate::cli::workspace::Workspace;
use crate::handbook::Loaded;
use crate::lint::gate::{Checked, Gate, MovedRoot};
use crate::lint::since::{OfChange, judge_base, of_change, unread_before};
use crate::lint::{Diagnostic, JudgeError, Judgement, Levels};
use crate::repo::Revision;
use crate::repo::diff::Diff;
use crate::source::RepoPath;

/// The handbook before the change.
pub(super) struct Comparison<'l> {
    since: Since,
    settings: BothSettings,
    moved_root: Option<MovedRoot>,
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
    /// The comparison with the handbook as it was at `reference`. From here on `workspace` has the settings by which it
    /// is checked: those of then, unless a person `accepts` those of the change.
    pub(super) fn open(
        reference: &str,
        workspace: &mut Workspace,
        accepts: bool,
        global: &Global,
        output: &Output,
    ) -> Result<Self> {
        let since = Since::open("--changed-since", reference, workspace, global)?;
        let mut settings = BothSettings::read(&since, workspace, global, output)?;
        if accepts {
            settings.accept();
        }
        workspace.config = settings.for_now(&since, &workspace.repo);
        let moved_root = moved_root(&since, workspace, global);
        Ok(Self { since, settings, moved_root, past: OnceLock::new() })
    }

    /// The commit that it compares with.
    pub(super) fn base(&self) -> &Revision {
        &self.since.base
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
        let Workspace { repo, today, .. } = workspace;
        let (base, config) = (&self.since.base, self.settings.for_base());
        let mut past = judge_base(base, config, levels, *today, |survey, loaded| {
            // What stands in the way of this is said of the present.
            let _ = survey.add_changes_until(repo, &base.id(), &loaded.files);
        })?;
        past.identify();
        Ok(self.past.get_or_init(|| past))
    }

    /// Keeps of `findings`, in `loaded`, what belongs to the change as the files are now, which the run itself
    /// `writes` or not.
    pub(super) fn keep(
        &self,
        findings: Vec<Diagnostic>,
        loaded: &Loaded,
        past: &Judgement<'_>,
        workspace: &Workspace,
        writes: bool,
    ) -> Result<Kept> {
        let Since { base, diff } = &self.since;
        // What --fix writes is part of the change.
        let written = match writes {
            true => Some(Diff::since(&workspace.repo, base)?),
            false => None,
        };
        let diff = written.as_ref().unwrap_or(diff);
        let unread_before = unread_before(&past.loaded, diff);
        let OfChange { findings, older } = of_change(findings, loaded, past, base, diff);
        Ok(Kept { findings, older, unread_before })
    }

    /// What the change does to its own check, as the files lie there now.
    pub(super) fn gate(
        &self,
        checked: Checked<'_>,
        past: &Judgement<'_>,
        levels: &Levels,
        baseline: Option<&RepoPath>,
        workspace: &Workspace,
    ) -> Vec<Diagnostic> {
        let settings = &self.settings;
        let gate = Gate {
            sides: self.since.sides(&workspace.repo),
            before: &settings.before,
            now: settings.compared(),
            profile: settings.now.profile,
            config: settings.path.as_ref(),
            baseline,
            moved_root: self.moved_root.as_ref(),
        };
        gate.findings(checked, past, levels)
    }
}

//! `pmctl lint --fix`: mends what it can, and judges the handbook again.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use clap::Args;

use super::Judged;
use crate::cli::Global;
use crate::cli::output::Output;
use crate::cli::workspace::Workspace;
use crate::lint::fixes::{Mended, Wish, mend};
use crate::lint::trial::Snapshot;
use crate::lint::{self, Diagnostic, Judgement, Levels};
use crate::repo::{Overlaid, SaveError};
use crate::source::edit::{self, WriteError};
use crate::source::{FileStore, RepoPath};

/// How often the handbook is judged again: a change may let another rule see what it could not before, but
/// two that undo each other must not go on for ever.
const ROUNDS: usize = 10;

/// How often fixes are tried, without those that caused something, before all are left out.
const TRIALS: usize = 6;

/// The flags about fixes.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Fixing {
    /// Mend what can be told for sure, judge again, and report what is left
    #[arg(long)]
    fix: bool,
    /// With --fix, mend also what a person should look at afterwards
    #[arg(long, requires = "fix", conflicts_with_all = ["write_baseline", "prune_baseline"])]
    unsafe_fixes: bool,
    /// With --fix, print the changes as a unified diff, and change nothing
    #[arg(long, requires = "fix", conflicts_with_all = ["write_baseline", "prune_baseline", "reports"])]
    dry_run: bool,
}

/// Whether all could be written that was to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrote {
    All,
    NotAll,
}

impl Fixing {
    /// Whether files are to be changed.
    pub(super) fn is_on(self) -> bool {
        self.fix && !self.dry_run
    }

    /// Whether changes are to be shown instead of findings. A diff has one format.
    pub(super) fn is_shown(self, global: &Global) -> Result<bool> {
        if self.dry_run && global.format.as_deref().is_some_and(|format| format != "text") {
            bail!("--dry-run prints a diff, which has no other format; leave --format out");
        }
        Ok(self.dry_run)
    }

    /// Prints what `--fix` would change first.
    pub(super) fn show(
        self,
        judged: &Judged,
        (workspace, levels): (&Workspace, &Levels),
        output: &mut Output,
    ) -> Result<()> {
        let (mended, _) = self.mend(judged, (workspace, levels), &BTreeSet::new(), &mut None)?;
        write!(output.result(), "{}", edit::diff(&mended.prepared))?;
        say_fixed("would fix", &mended, judged, output);
        say_refused(&mended, judged, output);
        if mended.fixed.is_empty() {
            output.note("there is nothing to fix");
        }
        Ok(())
    }

    /// Mends what was `judged`, until nothing is left that can be mended. Returns what is found then.
    pub(super) fn run(
        self,
        mut judged: Judged,
        (workspace, levels): (&Workspace, &Levels),
        output: &Output,
        judge: impl Fn() -> Result<Judged>,
    ) -> Result<(Judged, Wrote)> {
        let mut locked = BTreeSet::new();
        let mut rounds = 0;
        let mut before = None;
        loop {
            let (mended, after) = self.mend(&judged, (workspace, levels), &locked, &mut before)?;
            if mended.fixed.is_empty() {
                say_refused(&mended, &judged, output);
                let refused: Vec<usize> = mended.refused.iter().map(|(at, _)| *at).collect();
                for at in refused {
                    judged.findings[at].finding.fix = None;
                }
                break;
            }
            if rounds == ROUNDS {
                output.note("there is more to fix; run the command again");
                break;
            }
            match workspace.repo.save(&mended.prepared) {
                Ok(_) => {
                    say_fixed("fixed", &mended, &judged, output);
                    rounds += 1;
                    before = Some(after);
                    judged = judge()?;
                }
                // One file that cannot be written does not keep the others from being mended.
                Err(SaveError::Write(WriteError::Nothing(refused))) => {
                    for file in refused {
                        output.error(&anyhow::anyhow!("{file}"));
                        locked.insert(file.path);
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        let wrote = if locked.is_empty() { Wrote::All } else { Wrote::NotAll };
        Ok((judged, wrote))
    }

    /// The fixes of what was `judged` that cause nothing as grave as their own findings, and what is found after them.
    fn mend<'j>(
        self,
        judged: &'j Judged,
        (workspace, levels): (&Workspace, &Levels),
        locked: &BTreeSet<RepoPath>,
        before: &mut Option<Snapshot>,
    ) -> Result<(Mended<'j>, Snapshot)> {
        let Judged { loaded, findings, .. } = judged;
        let mut left = BTreeMap::new();
        let mut trials = 0;
        loop {
            let wish = Wish { with_unsafe: self.unsafe_fixes, locked, left: &left };
            let mended = mend(findings, &loaded.files, &workspace.config, wish);
            if mended.fixed.is_empty() {
                return Ok((mended, Snapshot::default()));
            }
            let before = match before {
                Some(before) => before,
                None => before.insert(self.found(workspace, &Mended::default(), levels)?),
            };
            let after = self.found(workspace, &mended, levels)?;
            let culprits = after.culprits(before, &mended.fixed, findings, &loaded.files);
            if culprits.is_empty() {
                return Ok((mended, after));
            }
            trials += 1;
            if trials <= TRIALS {
                left.extend(culprits);
            } else {
                let reason = "it or another fix would cause a finding; change it by hand";
                left.extend(mended.fixed.iter().map(|at| (*at, reason.to_owned())));
            }
        }
    }

    /// What all rules that the configuration lets run find with the files of `mended`, whichever are asked for by
    /// `levels`.
    fn found(
        self,
        workspace: &Workspace,
        mended: &Mended<'_>,
        levels: &Levels,
    ) -> Result<Snapshot> {
        let Workspace { repo, config, today, .. } = workspace;
        let texts = mended.prepared.texts().map(|(path, text)| (path.clone(), text));
        let files = Overlaid::new(repo, texts);
        let all = Levels::configured(config)?;
        // What git knows of changes is the same before and after.
        let judgement = lint::judge(&files, config, &all, *today, |_, _| {})?;
        let Judgement { findings, loaded, .. } = judgement;
        let (locked, left) = (&BTreeSet::new(), &BTreeMap::new());
        let wish = Wish { with_unsafe: self.unsafe_fixes, locked, left };
        let mut next = mend(&findings, &loaded.files, config, wish).fixed;
        next.retain(|at| levels.runs(findings[*at].rule));
        Ok(Snapshot::of(&findings, &loaded.files, &next))
    }
}

fn say_fixed(became: &str, mended: &Mended<'_>, judged: &Judged, output: &Output) {
    for &at in &mended.fixed {
        output.told(became, &line(&judged.findings[at], &judged.loaded.files));
    }
}

fn say_refused(mended: &Mended<'_>, judged: &Judged, output: &Output) {
    for (at, reason) in &mended.refused {
        let finding = line(&judged.findings[*at], &judged.loaded.files);
        output.told("not fixed", &format!("{finding}: {reason}"));
    }
}

/// A finding on one line.
fn line(diagnostic: &Diagnostic, files: &FileStore) -> String {
    let span = diagnostic.finding.span;
    let path = files.file(span.file).path();
    let message = &diagnostic.finding.message;
    format!("{path}:{} {}: {message}", files.start(span).line, diagnostic.rule.id)
}

//! `pmctl lint --fix`: makes the safe fixes, and checks the handbook again.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use clap::Args;

use super::LintRun;
use crate::cli::Global;
use crate::cli::output::Output;
use crate::cli::workspace::Workspace;
use crate::lint::fixes::{AppliedFixes, FixRequest, apply};
use crate::lint::trial::Snapshot;
use crate::lint::{self, Diagnostic, Judgement, Levels};
use crate::output::line::place;
use crate::repo::{Overlaid, SaveError};
use crate::source::edit::{self, WriteError};
use crate::source::{FileStore, RepoPath};

/// How often the handbook is checked again: a fix may reveal another finding, but two fixes that undo each other
/// must not go on for ever.
const ROUNDS: usize = 10;

/// How often fixes are tried, without those that caused a finding, before all are left out.
const TRIALS: usize = 6;

/// The heading of the flags about fixes.
const FIXES: &str = "Fixes";

/// The flags about fixes.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Fixing {
    /// Make the safe fixes, check again, and report what is left
    #[arg(long, help_heading = FIXES)]
    fix: bool,
    /// With --fix, also make fixes that need a review
    #[arg(long, help_heading = FIXES, requires = "fix", conflicts_with_all = ["write_baseline", "prune_baseline"])]
    unsafe_fixes: bool,
    /// With --fix, print the changes as a unified diff and write nothing
    #[arg(long, help_heading = FIXES, requires = "fix", conflicts_with_all = ["write_baseline", "prune_baseline", "reports"])]
    dry_run: bool,
}

/// Whether all fixes could be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrote {
    All,
    NotAll,
}

impl Fixing {
    /// Whether files are changed.
    pub(super) fn is_on(self) -> bool {
        self.fix && !self.dry_run
    }

    /// Whether changes are shown instead of findings. A diff has one format.
    pub(super) fn is_shown(self, global: &Global) -> Result<bool> {
        if self.dry_run && global.format.as_deref().is_some_and(|format| format != "text") {
            bail!("--dry-run prints a diff, which has only one format; leave out --format");
        }
        Ok(self.dry_run)
    }

    /// Prints the first changes that `--fix` would make.
    pub(super) fn show(
        self,
        run: &LintRun,
        (workspace, levels): (&Workspace, &Levels),
        output: &mut Output,
    ) -> Result<()> {
        let (applied, _) = self.fixed(run, (workspace, levels), &BTreeSet::new(), &mut None)?;
        write!(output.result(), "{}", edit::diff(&applied.prepared))?;
        print_fixed("would fix", &applied, run, output);
        print_refused(&applied, run, output);
        if applied.fixed.is_empty() {
            output.note("there is nothing to fix");
        }
        Ok(())
    }

    /// Fixes the findings of `run` until nothing is left to fix. Returns the findings that are left.
    pub(super) fn run(
        self,
        mut run: LintRun,
        (workspace, levels): (&Workspace, &Levels),
        output: &Output,
        check: impl Fn() -> Result<LintRun>,
    ) -> Result<(LintRun, Wrote)> {
        let mut locked = BTreeSet::new();
        let mut rounds = 0;
        let mut before = None;
        loop {
            let (applied, after) = self.fixed(&run, (workspace, levels), &locked, &mut before)?;
            if applied.fixed.is_empty() {
                print_refused(&applied, &run, output);
                let refused: Vec<usize> = applied.refused.iter().map(|(at, _)| *at).collect();
                for at in refused {
                    run.findings[at].finding.fix = None;
                }
                break;
            }
            if rounds == ROUNDS {
                output.note("there is more to fix; run the command again");
                break;
            }
            match workspace.repo.save(&applied.prepared) {
                Ok(_) => {
                    print_fixed("fixed", &applied, &run, output);
                    rounds += 1;
                    before = Some(after);
                    run = check()?;
                }
                // One file that cannot be written does not keep the others from being fixed.
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
        Ok((run, wrote))
    }

    /// The fixes that cause nothing as grave as their own findings, and what is found after them.
    fn fixed<'j>(
        self,
        run: &'j LintRun,
        (workspace, levels): (&Workspace, &Levels),
        locked: &BTreeSet<RepoPath>,
        before: &mut Option<Snapshot>,
    ) -> Result<(AppliedFixes<'j>, Snapshot)> {
        let LintRun { loaded, findings, .. } = run;
        let mut left = BTreeMap::new();
        let mut trials = 0;
        loop {
            let request = FixRequest { with_unsafe: self.unsafe_fixes, locked, left: &left };
            let applied = apply(findings, &loaded.files, &workspace.config, request);
            if applied.fixed.is_empty() {
                return Ok((applied, Snapshot::default()));
            }
            let before = match before {
                Some(before) => before,
                None => before.insert(self.found(workspace, &AppliedFixes::default(), levels)?),
            };
            let after = self.found(workspace, &applied, levels)?;
            let culprits = after.culprits(before, &applied.fixed, findings, &loaded.files);
            if culprits.is_empty() {
                return Ok((applied, after));
            }
            trials += 1;
            if trials <= TRIALS {
                left.extend(culprits);
            } else {
                let reason = "it or another fix would cause a finding; change it by hand";
                left.extend(applied.fixed.iter().map(|at| (*at, reason.to_owned())));
            }
        }
    }

    /// The findings of all rules of the configuration, whatever `levels` selects, with the files of `applied`.
    fn found(
        self,
        workspace: &Workspace,
        applied: &AppliedFixes<'_>,
        levels: &Levels,
    ) -> Result<Snapshot> {
        let Workspace { repo, config, today, .. } = workspace;
        let texts = applied.prepared.texts().map(|(path, text)| (path.clone(), text));
        let files = Overlaid::new(repo, texts);
        let all = Levels::configured(config)?;
        // The history in git is the same before and after.
        let judgement = lint::judge(&files, config, &all, *today, |_, _| {})?;
        let Judgement { findings, loaded, .. } = judgement;
        let (locked, left) = (&BTreeSet::new(), &BTreeMap::new());
        let request = FixRequest { with_unsafe: self.unsafe_fixes, locked, left };
        let mut next = apply(&findings, &loaded.files, config, request).fixed;
        next.retain(|at| levels.runs(findings[*at].rule));
        Ok(Snapshot::of(&findings, &loaded.files, &next))
    }
}

fn print_fixed(became: &str, applied: &AppliedFixes<'_>, run: &LintRun, output: &Output) {
    for &at in &applied.fixed {
        output.became(became, &line(&run.findings[at], &run.loaded.files));
    }
}

fn print_refused(applied: &AppliedFixes<'_>, run: &LintRun, output: &Output) {
    for (at, reason) in &applied.refused {
        let finding = line(&run.findings[*at], &run.loaded.files);
        output.became("not fixed", &format!("{finding}: {reason}"));
    }
}

/// A finding on one line.
fn line(diagnostic: &Diagnostic, files: &FileStore) -> String {
    let finding = &diagnostic.finding;
    format!("{} {}: {}", place(files, finding.span), diagnostic.rule.id, finding.message)
}

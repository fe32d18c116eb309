//! `pmctl lint --fix`: mends what it can, and judges the handbook again.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use clap::Args;

use super::Judged;
use crate::cli::Global;
use crate::cli::output::Output;
use crate::cli::workspace::Workspace;
use crate::lint::Diagnostic;
use crate::lint::fixes::{Mended, Wish, mend};
use crate::source::edit::{self, WriteError};
use crate::source::{FileStore, RepoPath};

/// How often the handbook is judged again: a change may let another rule see what it could not before, but
/// two that undo each other must not go on for ever.
const ROUNDS: usize = 10;

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
        workspace: &Workspace,
        output: &mut Output,
    ) -> Result<()> {
        let mended = self.mend(judged, workspace, &BTreeSet::new());
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
        workspace: &Workspace,
        output: &Output,
        judge: impl Fn() -> Result<Judged>,
    ) -> Result<(Judged, Wrote)> {
        let mut locked = BTreeSet::new();
        let mut rounds = 0;
        loop {
            let mended = self.mend(&judged, workspace, &locked);
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
            match edit::write(workspace.repo.root(), &mended.prepared) {
                Ok(_) => {
                    say_fixed("fixed", &mended, &judged, output);
                    rounds += 1;
                    judged = judge()?;
                }
                // One file that cannot be written does not keep the others from being mended.
                Err(WriteError::Nothing(refused)) => {
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

    fn mend<'j>(
        self,
        judged: &'j Judged,
        workspace: &Workspace,
        locked: &BTreeSet<RepoPath>,
    ) -> Mended<'j> {
        let wish = Wish { with_unsafe: self.unsafe_fixes, locked };
        mend(&judged.findings, &judged.loaded.files, &workspace.config, wish)
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

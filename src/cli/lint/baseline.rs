//! The baseline in a run of `lint`: read, compared with what is found, and written where that is asked for.

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::cli::output::Output;
use crate::cli::workspace::{Workspace, is_asked_for};
use crate::lint::baseline::{BASELINE_FILE, Baseline, Found};
use crate::lint::{self, Diagnostic, Sight};
use crate::repo::{Files, Revision};
use crate::source::edit::{self, Edit, Edits};
use crate::source::{self, FileId, FileStore, ReadError, RepoPath, Span};

/// The flags about the baseline.
#[derive(Debug, Args)]
pub(super) struct Flags {
    /// Write what is found to the baseline, so that later runs report only what is new
    #[arg(long, conflicts_with_all = ["prune_baseline", "no_baseline", "fix"])]
    write_baseline: bool,
    /// Take what is gone out of the baseline
    #[arg(long, conflicts_with_all = ["no_baseline", "fix"])]
    prune_baseline: bool,
    /// The baseline [default: .pmctl-baseline.json in the handbook's folder, if it is there]
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline")]
    baseline: Option<PathBuf>,
    /// Report also what the baseline knows
    #[arg(long)]
    no_baseline: bool,
}

/// The file of a baseline as it was read.
struct Stored {
    files: FileStore,
    file: FileId,
    baseline: Baseline,
}

/// What was found, and where anybody looked for it.
pub(super) struct Run<'a> {
    /// The files of the handbook.
    pub(super) files: &'a FileStore,
    /// What the rules looked at.
    pub(super) sight: &'a Sight<'a>,
    /// The files and folders that somebody asks for.
    pub(super) paths: &'a [RepoPath],
}

impl Run<'_> {
    /// Whether the run tells what the rule `rule` finds in the file at `path`.
    fn was_looked_at(&self, rule: &str, path: &RepoPath) -> bool {
        // A rule that is gone finds nothing any more.
        let has_sight = || lint::find(rule).map_or(true, |rule| self.sight.has(rule, path));
        is_asked_for(path, self.paths) && has_sight()
    }
}

/// The baseline that a run has part in.
pub(super) struct Opened<'a> {
    flags: &'a Flags,
    path: RepoPath,
    stored: Option<Stored>,
    /// Under `--changed-since` only what was known before counts: no change silences what it brings.
    before: Option<Baseline>,
}

impl Flags {
    /// The file that is named.
    pub(super) fn named(&self) -> Vec<PathBuf> {
        self.baseline.iter().cloned().collect()
    }

    /// The baseline, if there is one or one is to be written.
    pub(super) fn open(
        &self,
        workspace: &Workspace,
        base: Option<&Revision>,
        output: &Output,
    ) -> Result<Option<Opened<'_>>> {
        if self.no_baseline {
            return Ok(None);
        }
        let file = self.baseline.as_ref().filter(|_| self.write_baseline || self.prune_baseline);
        if let Some(file) = file {
            output.check_place(&workspace.nearby(file))?;
        }
        let path = match &self.baseline {
            Some(file) => workspace.place_of_file(file)?,
            None => RepoPath::new(BASELINE_FILE)?,
        };
        let stored = Stored::read(&path, workspace)?;
        let is_needed = self.baseline.is_some() || self.prune_baseline;
        if stored.is_none() && is_needed && !self.write_baseline {
            bail!("there is no baseline `{path}`; `pmctl lint --write-baseline` writes one");
        }
        let has_part = stored.is_some() || self.write_baseline;
        let before = base.map(|base| match base.read(&path) {
            Ok(text) => Baseline::read(&text).unwrap_or_default(),
            Err(_) => Baseline::default(),
        });
        Ok(has_part.then_some(Opened { flags: self, path, stored, before }))
    }
}

impl Opened<'_> {
    /// Its file.
    pub(super) fn path(&self) -> &RepoPath {
        &self.path
    }

    /// What the baseline knows of `findings`, which are all those of the whole handbook, [identified]. It is written
    /// first, if that is asked for.
    ///
    /// [identified]: lint::Judgement::identify
    pub(super) fn known(
        &self,
        findings: &[Diagnostic],
        run: &Run<'_>,
        workspace: &Workspace,
        output: &Output,
    ) -> Result<Known> {
        let Self { flags, path, stored, before } = self;
        let old = stored.as_ref().map(|stored| stored.baseline.clone()).unwrap_or_default();
        let found = found(findings, run);
        let baseline = self.brought_up_to_date(&old, &found, run)?;
        if baseline != old {
            write(&baseline, path, stored.as_ref(), workspace)?;
        }
        if flags.write_baseline || flags.prune_baseline {
            let number = count(baseline.len());
            output.note(&match (stored, baseline == old) {
                (None, true) => {
                    format!("nothing is found that a baseline could know, so there is no `{path}`")
                }
                (_, true) => format!("the baseline `{path}` is up to date, with {number}"),
                (_, false) => format!("the baseline `{path}` is written, with {number}"),
            });
        }
        let counting = before.as_ref().map(|before| baseline.shared(before));
        let known = findings.iter().zip(counting.as_ref().unwrap_or(&baseline).known(&found));
        let known = known.filter(|(_, is_known)| *is_known);
        Ok(Known {
            fingerprints: known.map(|(finding, _)| finding.fingerprint().to_owned()).collect(),
            gone: baseline.gone(&found, |rule, path| run.was_looked_at(rule, path)),
        })
    }

    /// What becomes of the baseline `old` in this run.
    fn brought_up_to_date(
        &self,
        old: &Baseline,
        found: &[Found<'_>],
        run: &Run<'_>,
    ) -> Result<Baseline> {
        let was_looked_at = |rule: &str, path: &RepoPath| run.was_looked_at(rule, path);
        if self.flags.prune_baseline {
            if run.sight.lacks_data() {
                bail!("a data file cannot be read, so nobody knows what is gone; mend it first");
            }
            return Ok(old.pruned(found, was_looked_at));
        }
        if self.flags.write_baseline {
            let asked = found.iter().filter(|found| is_asked_for(found.path, run.paths));
            let asked: Vec<Found<'_>> = asked.copied().collect();
            return Ok(old.renewed(&asked, was_looked_at));
        }
        Ok(old.clone())
    }
}

/// What a baseline knows of the findings of a run.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The fingerprints of those that it knows.
    fingerprints: HashSet<String>,
    /// How many it knows that are found no more.
    gone: usize,
}

impl Known {
    /// Takes what is known out of `findings`, and tells how many those were.
    pub(super) fn take_out_of(&self, findings: &mut Vec<Diagnostic>) -> usize {
        let before = findings.len();
        findings.retain(|finding| !self.fingerprints.contains(finding.fingerprint()));
        before - findings.len()
    }

    /// Tells how the baseline can shrink.
    pub(super) fn say_what_is_gone(&self, output: &Output) {
        let (is, them) = if self.gone == 1 { ("is", "it") } else { ("are", "them") };
        if self.gone > 0 {
            let gone = count(self.gone);
            output.note(&format!(
                "{gone} of the baseline {is} gone; `pmctl lint --prune-baseline` removes {them}"
            ));
        }
    }
}

impl Stored {
    /// The baseline at `path`, if there is one.
    fn read(path: &RepoPath, workspace: &Workspace) -> Result<Option<Self>> {
        let text = match source::read(workspace.repo.root(), path) {
            Ok(text) => text,
            Err(ReadError::Missing) => return Ok(None),
            Err(reason) => bail!("the baseline `{path}` cannot be used: {reason}"),
        };
        let mut files = FileStore::new();
        let (file, _) = files.add(path.clone(), Ok(text));
        let baseline = Baseline::read(files.file(file).text()).map_err(|error| {
            anyhow::anyhow!(
                "`{path}`:{error}; mend it or take it back from git, or delete it and write it anew with \
                 `pmctl lint --write-baseline`"
            )
        })?;
        Ok(Some(Self { files, file, baseline }))
    }
}

/// Writes `baseline` over what was `stored`.
fn write(
    baseline: &Baseline,
    path: &RepoPath,
    stored: Option<&Stored>,
    workspace: &Workspace,
) -> Result<()> {
    let text = baseline.text();
    let prepared = match stored {
        None => {
            let mut prepared = edit::Prepared::default();
            prepared.create(path.clone(), text)?;
            prepared
        }
        Some(Stored { files, file, .. }) => {
            let all = Span::new(*file, 0..files.file(*file).text().len());
            let edits: Edits = [Edit::new(all, text)].into_iter().collect();
            edit::prepare(files, &edits, |change| {
                Baseline::read(change.new).map(|_| ()).map_err(|error| error.to_string().into())
            })?
        }
    };
    workspace.repo.save(&prepared).context("the baseline cannot be written")?;
    Ok(())
}

/// The first baseline of a handbook, with all `findings` in it, [identified](lint::Judgement::identify).
pub(in crate::cli) fn first(
    findings: &[Diagnostic],
    files: &FileStore,
    sight: &Sight<'_>,
) -> Baseline {
    let run = Run { files, sight, paths: &[] };
    Baseline::default().renewed(&found(findings, &run), |_, _| true)
}

/// `findings` as a baseline sees them.
fn found<'a>(findings: &'a [Diagnostic], run: &Run<'a>) -> Vec<Found<'a>> {
    let found = findings.iter().map(|diagnostic| {
        let path = run.files.file(diagnostic.finding.span.file).path();
        Found {
            rule: diagnostic.rule.id,
            path,
            content: diagnostic.content(),
            message: &diagnostic.finding.message,
            is_of_unread: run.sight.is_of_unread(diagnostic.rule, path),
        }
    });
    found.collect()
}

fn count(findings: usize) -> String {
    match findings {
        1 => "1 finding".to_owned(),
        _ => format!("{findings} findings"),
    }
}

//! The baseline in a run of `lint`: read, compared with the findings, and written on request.

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::cli::output::Output;
use crate::cli::workspace::{Workspace, is_asked_for};
use crate::lint::baseline::{BASELINE_FILE, Baseline, Found};
use crate::lint::{self, Diagnostic, Sight};
use crate::output::line::counted;
use crate::repo::{Files, Revision};
use crate::source::edit::{self, Edit, Edits};
use crate::source::{self, FileId, FileStore, ReadError, RepoPath, Span};

/// The heading of the flags about the baseline.
const BASELINE: &str = "Baseline";

/// The flags about the baseline.
#[derive(Debug, Args)]
pub(super) struct BaselineFlags {
    /// Write the findings to the baseline, so that later runs report only new ones
    #[arg(long, help_heading = BASELINE, conflicts_with_all = ["prune_baseline", "no_baseline", "fix"])]
    write_baseline: bool,
    /// Remove findings that are gone from the baseline
    #[arg(long, help_heading = BASELINE, conflicts_with_all = ["no_baseline", "fix"])]
    prune_baseline: bool,
    /// The baseline file [default: .pmctl-baseline.json in the handbook's folder, if it exists]
    #[arg(long, help_heading = BASELINE, value_name = "FILE", conflicts_with = "no_baseline")]
    baseline: Option<PathBuf>,
    /// Also report the findings in the baseline
    #[arg(long, help_heading = BASELINE)]
    no_baseline: bool,
}

/// The file of a baseline as it was read.
struct StoredBaseline {
    files: FileStore,
    file: FileId,
    baseline: Baseline,
}

/// What a run of the rules looked at.
pub(super) struct RunScope<'a> {
    /// The files of the handbook.
    pub(super) files: &'a FileStore,
    /// What the rules looked at.
    pub(super) sight: &'a Sight<'a>,
    /// The files and folders of the report; empty for all.
    pub(super) paths: &'a [RepoPath],
}

impl RunScope<'_> {
    /// Whether the run reports findings of `rule` in the file at `path`.
    fn was_looked_at(&self, rule: &str, path: &RepoPath) -> bool {
        // A rule that is gone finds nothing any more.
        let has_sight = || lint::find(rule).map_or(true, |rule| self.sight.has(rule, path));
        is_asked_for(path, self.paths) && has_sight()
    }
}

/// The baseline of a run.
pub(super) struct OpenBaseline<'a> {
    flags: &'a BaselineFlags,
    path: RepoPath,
    stored: Option<StoredBaseline>,
    /// Under `--changed-since` only what was known before counts: no change silences what it brings.
    before: Option<Baseline>,
}

impl BaselineFlags {
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
    ) -> Result<Option<OpenBaseline<'_>>> {
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
        let stored = StoredBaseline::read(&path, workspace)?;
        let is_needed = self.baseline.is_some() || self.prune_baseline;
        if stored.is_none() && is_needed && !self.write_baseline {
            bail!("there is no baseline `{path}`; `pmctl lint --write-baseline` writes one");
        }
        let has_part = stored.is_some() || self.write_baseline;
        let before = base.map(|base| match base.read(&path) {
            Ok(text) => Baseline::read(&text).unwrap_or_default(),
            Err(_) => Baseline::default(),
        });
        Ok(has_part.then_some(OpenBaseline { flags: self, path, stored, before }))
    }
}

impl OpenBaseline<'_> {
    /// Its file.
    pub(super) fn path(&self) -> &RepoPath {
        &self.path
    }

    /// Returns which of `findings`, all of the whole handbook and [identified], are in the baseline. It is written
    /// first, if a flag asks for that.
    ///
    /// [identified]: lint::Judgement::identify
    pub(super) fn known(
        &self,
        findings: &[Diagnostic],
        run: &RunScope<'_>,
        workspace: &Workspace,
        output: &Output,
    ) -> Result<KnownFindings> {
        let Self { flags, path, stored, before } = self;
        let old = stored.as_ref().map(|stored| stored.baseline.clone()).unwrap_or_default();
        let found = found(findings, run);
        let baseline = self.brought_up_to_date(&old, &found, run)?;
        if baseline != old {
            write(&baseline, path, stored.as_ref(), workspace)?;
        }
        if flags.write_baseline || flags.prune_baseline {
            let number = counted(baseline.len(), "finding");
            output.note(&match (stored, baseline == old) {
                (None, true) => {
                    format!("there is no finding for a baseline, so `{path}` is not written")
                }
                (_, true) => format!("the baseline `{path}` is up to date, with {number}"),
                (_, false) => format!("the baseline `{path}` is written, with {number}"),
            });
        }
        let counting = before.as_ref().map(|before| baseline.shared(before));
        let known = findings.iter().zip(counting.as_ref().unwrap_or(&baseline).known(&found));
        let known = known.filter(|(_, is_known)| *is_known);
        Ok(KnownFindings {
            fingerprints: known.map(|(finding, _)| finding.fingerprint().to_owned()).collect(),
            gone: baseline.gone(&found, |rule, path| run.was_looked_at(rule, path)),
        })
    }

    /// What becomes of the baseline `old` in this run.
    fn brought_up_to_date(
        &self,
        old: &Baseline,
        found: &[Found<'_>],
        run: &RunScope<'_>,
    ) -> Result<Baseline> {
        let was_looked_at = |rule: &str, path: &RepoPath| run.was_looked_at(rule, path);
        if self.flags.prune_baseline {
            if run.sight.lacks_data() {
                bail!("a data file cannot be read, so it is not known what is gone; fix it first");
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

/// The findings of a run that are in the baseline.
#[derive(Debug, Default)]
pub(super) struct KnownFindings {
    /// Their fingerprints.
    fingerprints: HashSet<String>,
    /// How many are in the baseline and no longer found.
    gone: usize,
}

impl KnownFindings {
    /// Removes the known findings from `findings`, and returns how many those were.
    pub(super) fn take_out_of(&self, findings: &mut Vec<Diagnostic>) -> usize {
        let before = findings.len();
        findings.retain(|finding| !self.fingerprints.contains(finding.fingerprint()));
        before - findings.len()
    }

    /// Prints how the baseline can shrink.
    pub(super) fn print_what_is_gone(&self, output: &Output) {
        let (is, them) = if self.gone == 1 { ("is", "it") } else { ("are", "them") };
        if self.gone > 0 {
            let gone = counted(self.gone, "finding");
            output.note(&format!(
                "{gone} of the baseline {is} gone; `pmctl lint --prune-baseline` removes {them}"
            ));
        }
    }
}

impl StoredBaseline {
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
                "`{path}`:{error}; fix it or restore it from git, or delete it and write it again with \
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
    stored: Option<&StoredBaseline>,
    workspace: &Workspace,
) -> Result<()> {
    let text = baseline.text();
    let prepared = match stored {
        None => {
            let mut prepared = edit::Prepared::default();
            prepared.create(path.clone(), text)?;
            prepared
        }
        Some(StoredBaseline { files, file, .. }) => {
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
    let run = RunScope { files, sight, paths: &[] };
    Baseline::default().renewed(&found(findings, &run), |_, _| true)
}

/// The findings as entries of a baseline.
fn found<'a>(findings: &'a [Diagnostic], run: &RunScope<'a>) -> Vec<Found<'a>> {
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

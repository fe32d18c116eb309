//! `pmctl lint`: check the handbook's data and pages.

pub(super) mod baseline;
mod comparison;
mod fix;
mod reports;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use self::reports::Reports;
use super::output::Output;
use super::page_filter::add_changes;
use super::workspace::{Workspace, is_asked_for};
use super::{Global, Outcome, format};
use crate::config::RuleLevel;
use crate::handbook::{Loaded, ProblemKind};
use crate::lint::gate::Checked;
use crate::lint::{self, Diagnostic, Evidence, Judgement, Levels, Severity, Summary};
use crate::output::diagnostics::{self, Format, Report};
use crate::source::{FileStore, RepoPath};
use baseline::Known;
use comparison::{Comparison, Kept};
use fix::{Fixing, Wrote};

/// The flags of `pmctl lint`.
#[derive(Debug, Args)]
#[command(
    after_help = "Formats: text (excerpts with the place underlined; the default), json, github (annotations of \
    GitHub Actions), gitlab (Code Quality), sarif (2.1.0) and junit. docs/formats.md tells how CI uses them.\n\
    Exit status: 1 for findings at or above --fail-on, 0 for none of these, 2 where a file could \
    not be read or, with --fix, not be written. With --fix, what is left is reported and counts."
)]
pub(super) struct Lint {
    /// Report only what is found in these files and folders; the whole handbook is read all the same
    paths: Vec<PathBuf>,
    /// Run only these rules; may be given several times, as may --deny, --warn and --allow
    #[arg(long = "rule", value_name = "ID,...", value_delimiter = ',')]
    rules: Vec<String>,
    /// Make the findings of these rules errors
    #[arg(long, value_name = "ID,...", value_delimiter = ',')]
    deny: Vec<String>,
    /// Make the findings of these rules warnings
    #[arg(long, value_name = "ID,...", value_delimiter = ',')]
    warn: Vec<String>,
    /// Do not run these rules; --off is the same
    #[arg(long, alias = "off", value_name = "ID,...", value_delimiter = ',')]
    allow: Vec<String>,
    /// Report only what is found where something changed since REF, a branch or a commit, and what the change
    /// breaks elsewhere; `auto` asks the variables of GitLab CI and GitHub Actions
    #[arg(long, value_name = "REF", conflicts_with_all = ["write_baseline", "prune_baseline"])]
    changed_since: Option<String>,
    /// The lowest level of findings that makes the run fail
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_on: FailOn,
    /// End with 0 though there are findings
    #[arg(long)]
    exit_zero: bool,
    /// Write the findings to a file as well, such as `sarif=out.sarif`; may be given several times
    #[arg(long = "report", value_name = "FORMAT=FILE")]
    reports: Vec<String>,
    #[command(flatten)]
    baseline: baseline::Flags,
    #[command(flatten)]
    fixing: Fixing,
}

/// What is judged, and for what.
struct Task<'t> {
    workspace: &'t Workspace,
    levels: &'t Levels,
    /// The files and folders that are asked for.
    paths: &'t [RepoPath],
    comparison: Option<&'t Comparison<'t>>,
    needs_fingerprints: bool,
}

/// The handbook, and what is reported of it.
struct Judged {
    loaded: Loaded,
    findings: Vec<Diagnostic>,
    /// How many findings comments silence.
    suppressed: usize,
    /// How many files could be checked.
    files_checked: usize,
    /// What the baseline knows, and how many findings those are.
    known: Known,
    baselined: usize,
    /// How many findings do not belong to the change that was asked for.
    older: usize,
    /// The files that could not be read before the change either.
    unread_before: BTreeSet<RepoPath>,
    evidence: Evidence,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
}

impl Lint {
    /// The files that the arguments name for reading, but for those of the handbook.
    pub(super) fn inputs(&self) -> Vec<PathBuf> {
        self.baseline.named()
    }

    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let format = format(global, Format::Text)?;
        let reports = Reports::new(&self.reports, global.output.as_deref(), output)?;
        let mut workspace = Workspace::open(global, output)?;
        // What is wrong with the settings of a change is an error, whichever settings count.
        let levels = self.levels(&workspace)?;
        let paths = workspace.inside(&self.paths)?;

        // Without git, the handbook's folder is all there is.
        let prefix =
            if global.no_git { RepoPath::default() } else { workspace.repo.place_in_work_tree() };
        let report = |diagnostics: &[Diagnostic], summary, files, output: &mut Output| {
            let (is_quiet, has_colors) = (global.quiet, output.has_colors());
            let prefix = &prefix;
            let report = Report { diagnostics, summary, files, prefix, is_quiet, has_colors };
            diagnostics::write(format, report, output.result())?;
            reports.write(format, report, output)
        };
        let is_shown = self.fixing.is_shown(global)?;
        let reference = self.changed_since.as_deref();
        let accepts = levels.is_allowed_by_flag(lint::GATE);
        let comparison = reference
            .map(|name| Comparison::open(name, &mut workspace, accepts, global, output))
            .transpose()?;
        let levels = self.levels(&workspace)?;
        if let Some(said) = comparison.as_ref().and_then(Comparison::says_nothing_changed) {
            output.note(&said);
            if !is_shown {
                report(&[], Summary::default(), &FileStore::new(), output)?;
            }
            return Ok(Outcome::Clean);
        }

        let needs_fingerprints = reports.formats().chain([format]).any(Format::tells_fingerprints);
        let task = Task {
            workspace: &workspace,
            levels: &levels,
            paths: &paths,
            comparison: comparison.as_ref(),
            needs_fingerprints,
        };
        let judge = || self.judge(&task, global, output);
        let mut judged = judge()?;
        say_what_was_read(&judged.loaded, &paths, &workspace, output)?;
        let mut wrote = Wrote::All;
        if self.fixing.is_on() {
            (judged, wrote) = self.fixing.run(judged, (&workspace, &levels), output, judge)?;
        }
        let unjudged = unjudged(&judged, &paths, &levels, output);
        let outcome = self.outcome(&judged.findings, unjudged, wrote);
        if is_shown {
            self.fixing.show(&judged, (&workspace, &levels), output)?;
            return Ok(outcome);
        }
        judged.known.say_what_is_gone(output);
        let Judged {
            loaded, findings, suppressed, files_checked, baselined, older, evidence, ..
        } = judged;
        let summary = Summary::new(&findings, files_checked);
        let summary = Summary { suppressed, baselined, older, ..summary };
        report(&findings, summary, &loaded.files, output)?;
        // The program ends: giving back piece by piece what the system takes at once would be a twentieth of its time.
        std::mem::forget((loaded, findings, evidence));
        Ok(outcome)
    }

    /// The rules' levels: the configuration's, then `--allow`, `--warn` and `--deny`, the strictest
    /// last.
    fn levels(&self, workspace: &Workspace) -> Result<Levels> {
        let mut levels = Levels::configured(&workspace.config)?;
        let flags = [
            (&self.allow, RuleLevel::Allow),
            (&self.warn, RuleLevel::Warning),
            (&self.deny, RuleLevel::Error),
        ];
        for (ids, level) in flags {
            for id in ids {
                levels.set(id.trim(), level)?;
            }
        }
        for id in &self.rules {
            levels.only(id.trim())?;
        }
        Ok(levels)
    }

    /// Reads and judges the handbook as it lies there now, and keeps what is found in `paths`, is not in the baseline
    /// and belongs to the change.
    fn judge(&self, task: &Task<'_>, global: &Global, output: &Output) -> Result<Judged> {
        let Task { workspace, levels, paths, comparison, needs_fingerprints } = *task;
        let Workspace { repo, config, today, .. } = workspace;
        let base = comparison.map(Comparison::base);
        let baseline = self.baseline.open(workspace, base, output)?;
        let judge = || {
            lint::judge(repo, config, levels, *today, |survey, loaded| {
                add_changes(survey, workspace, loaded, global, output);
            })
        };
        let (mut judgement, past) = match comparison {
            None => (judge()?, None),
            Some(comparison) => {
                let (now, past) = rayon::join(judge, || comparison.past(workspace, levels));
                (now?, Some((comparison, past?)))
            }
        };
        if needs_fingerprints || baseline.is_some() {
            judgement.identify();
        }
        let Judgement {
            mut loaded,
            mut findings,
            mut suppressed,
            sight,
            evidence,
            silencers,
            softened,
        } = judgement;
        let run = baseline::Run { files: &loaded.files, sight: &sight, paths };
        // What is the same is counted in the whole handbook, whatever is left of it for the report.
        let known = match &baseline {
            Some(baseline) => baseline.known(&findings, &run, workspace, output)?,
            None => Known::default(),
        };
        findings.retain(|finding| is_in(finding, &loaded, paths));
        let baselined = known.take_out_of(&mut findings);
        suppressed.retain(|finding| is_in(finding, &loaded, paths));
        let (mut older, mut unread_before) = (0, BTreeSet::new());
        let files_checked = checked(&loaded, paths);
        if let Some((comparison, past)) = past {
            let kept = comparison.keep(findings, &loaded, past, workspace, self.fixing.is_on())?;
            Kept { findings, older, unread_before } = kept;
            // It is reported whatever paths are asked for: it holds for all of them.
            let checked =
                Checked { loaded: &mut loaded, silencers: &silencers, softened: &softened };
            let baseline = baseline.as_ref().map(baseline::Opened::path);
            findings.extend(comparison.gate(checked, past, levels, baseline, workspace));
            lint::sort(&mut findings, &loaded.files);
        }
        let suppressed = suppressed.len();
        Ok(Judged {
            loaded,
            findings,
            suppressed,
            files_checked,
            known,
            baselined,
            older,
            unread_before,
            evidence,
        })
    }

    fn outcome(&self, findings: &[Diagnostic], unjudged: Unjudged, wrote: Wrote) -> Outcome {
        let worst = match self.fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Info => Severity::Info,
        };
        if unjudged == Unjudged::Some || wrote == Wrote::NotAll {
            Outcome::NotJudged
        } else if !self.exit_zero && findings.iter().any(|finding| finding.severity >= worst) {
            Outcome::Findings
        } else {
            Outcome::Clean
        }
    }
}

/// Whether files could not be read that were to be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unjudged {
    None,
    Some,
}

/// What could not be judged, whichever rules run: it is said even where the rule is not run that would
/// report it. Only a person who allows unreadable files by name is taken at their word.
fn unjudged(judged: &Judged, paths: &[RepoPath], levels: &Levels, output: &Output) -> Unjudged {
    let Judged { loaded, unread_before, .. } = judged;
    let mut unjudged = Unjudged::None;
    for problem in &loaded.handbook.problems {
        let path = loaded.files.file(problem.span.file).path();
        if !problem.kind.stops_reading() && !problem.is_of_whole_file {
            continue;
        }
        let rule = lint::rule_of(problem.kind);
        if !is_asked_for(path, paths) || unread_before.contains(path) {
            continue;
        }
        if problem.kind == ProblemKind::UnreadableFile && !levels.is_allowed(rule, path) {
            unjudged = Unjudged::Some;
        }
        if !lint::find(rule).is_ok_and(|rule| levels.at(rule, path).is_some()) {
            output.note(&format!("`{path}` was not judged: run the rule {rule} to see why"));
        }
    }
    unjudged
}

/// A run that checked nothing says so.
fn say_what_was_read(
    loaded: &Loaded,
    paths: &[RepoPath],
    workspace: &Workspace,
    output: &Output,
) -> Result<()> {
    let (data, pages) = (loaded.data_files, loaded.handbook.pages.len());
    output.detail(&format!("read {data} data file(s) and {pages} page(s)"));
    if loaded.files.is_empty() {
        bail!(
            "{} holds no data file and no page of the {} profile, so nothing was checked; name the \
             handbook's folder with -C, its kind with --profile, or its files in pmctl.toml",
            workspace.repo.root().display(),
            workspace.config.profile.name()
        );
    }
    for path in paths {
        if !loaded.files.all().any(|file| file.path().is_under(path)) {
            output.note(&format!(
                "`{path}` is no part of the handbook, so nothing was checked there"
            ));
        }
    }
    Ok(())
}

/// How many files in `paths` could be checked; in the whole handbook without a path.
fn checked(loaded: &Loaded, paths: &[RepoPath]) -> usize {
    let files = loaded.files.all();
    files.filter(|file| file.is_readable() && is_asked_for(file.path(), paths)).count()
}

fn is_in(finding: &Diagnostic, loaded: &Loaded, paths: &[RepoPath]) -> bool {
    let file = loaded.files.file(finding.finding.span.file).path();
    is_asked_for(file, paths)
}

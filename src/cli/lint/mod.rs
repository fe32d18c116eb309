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
use crate::output::diagnostics::{self, LintFormat, LintReport};
use crate::output::line::counted;
use crate::source::{FileStore, RepoPath};
use baseline::KnownFindings;
use comparison::{Comparison, KeptFindings};
use fix::{Fixing, Wrote};

/// The heading of the flags about rules.
const RULES: &str = "Rules";

/// The flags of `pmctl lint`.
#[derive(Debug, Args)]
#[command(after_help = include_str!("../help/lint.txt"))]
pub(super) struct Lint {
    /// Report only findings in these files and folders; the whole handbook is read
    paths: Vec<PathBuf>,
    /// Run only these rules; can be repeated, as can --deny, --warn and --allow
    #[arg(long = "rule", help_heading = RULES, value_name = "ID,...", value_delimiter = ',')]
    rules: Vec<String>,
    /// Report the findings of these rules as errors
    #[arg(long, help_heading = RULES, value_name = "ID,...", value_delimiter = ',')]
    deny: Vec<String>,
    /// Report the findings of these rules as warnings
    #[arg(long, help_heading = RULES, value_name = "ID,...", value_delimiter = ',')]
    warn: Vec<String>,
    /// Turn these rules off; --off is the same
    #[arg(long, help_heading = RULES, alias = "off", value_name = "ID,...", value_delimiter = ',')]
    allow: Vec<String>,
    /// Report only findings of the change since REF, a branch or commit; `auto` reads the variables of the CI
    #[arg(long, value_name = "REF", conflicts_with_all = ["write_baseline", "prune_baseline"])]
    changed_since: Option<String>,
    /// The lowest level of findings that fails the run
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_on: FailOn,
    /// Exit with status 0 even if there are findings
    #[arg(long)]
    exit_zero: bool,
    /// Also write the findings to a file, such as `sarif=out.sarif`; can be repeated
    #[arg(long = "report", value_name = "FORMAT=FILE")]
    reports: Vec<String>,
    #[command(flatten)]
    baseline: baseline::BaselineFlags,
    #[command(flatten)]
    fixing: Fixing,
}

/// What is checked, and for what.
struct LintTask<'t> {
    workspace: &'t Workspace,
    levels: &'t Levels,
    /// The files and folders of the report.
    paths: &'t [RepoPath],
    comparison: Option<&'t Comparison<'t>>,
    needs_fingerprints: bool,
}

/// The handbook and its reported findings.
struct LintRun {
    loaded: Loaded,
    findings: Vec<Diagnostic>,
    /// How many findings comments suppress.
    suppressed: usize,
    /// How many files could be checked.
    files_checked: usize,
    /// The findings in the baseline.
    known: KnownFindings,
    /// How many findings are in the baseline.
    baselined: usize,
    /// How many findings are not of the change.
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
        let format = format(global, LintFormat::Text)?;
        let reports = Reports::new(&self.reports, global.output.as_deref(), output)?;
        let mut workspace = Workspace::open(global, output)?;
        // An error in the settings of a change is an error, whichever settings count.
        let levels = self.levels(&workspace)?;
        let paths = workspace.inside(&self.paths)?;

        // Without git, the handbook's folder is all there is.
        let prefix =
            if global.no_git { RepoPath::default() } else { workspace.repo.place_in_work_tree() };
        let report = |diagnostics: &[Diagnostic], summary, files, output: &mut Output| {
            let (is_quiet, has_colors) = (global.quiet, output.has_colors());
            let prefix = &prefix;
            let report = LintReport { diagnostics, summary, files, prefix, is_quiet, has_colors };
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

        let needs_fingerprints =
            reports.formats().chain([format]).any(LintFormat::has_fingerprints);
        let task = LintTask {
            workspace: &workspace,
            levels: &levels,
            paths: &paths,
            comparison: comparison.as_ref(),
            needs_fingerprints,
        };
        let check = || self.check(&task, global, output);
        let mut run = check()?;
        print_what_was_read(&run.loaded, &paths, &workspace, output)?;
        let mut wrote = Wrote::All;
        if self.fixing.is_on() {
            (run, wrote) = self.fixing.run(run, (&workspace, &levels), output, check)?;
        }
        let unread = unread(&run, &paths, &levels, output);
        let outcome = self.outcome(&run.findings, unread, wrote);
        if is_shown {
            self.fixing.show(&run, (&workspace, &levels), output)?;
            return Ok(outcome);
        }
        run.known.print_what_is_gone(output);
        let LintRun {
            loaded, findings, suppressed, files_checked, baselined, older, evidence, ..
        } = run;
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

    /// Reads and checks the handbook on disk, and keeps the findings in `paths` that are not in the baseline and
    /// belong to the change.
    fn check(&self, task: &LintTask<'_>, global: &Global, output: &Output) -> Result<LintRun> {
        let LintTask { workspace, levels, paths, comparison, needs_fingerprints } = *task;
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
        let scope = baseline::RunScope { files: &loaded.files, sight: &sight, paths };
        // Equal findings are counted in the whole handbook, whatever is left of them for the report.
        let known = match &baseline {
            Some(baseline) => baseline.known(&findings, &scope, workspace, output)?,
            None => KnownFindings::default(),
        };
        findings.retain(|finding| is_in(finding, &loaded, paths));
        let baselined = known.take_out_of(&mut findings);
        suppressed.retain(|finding| is_in(finding, &loaded, paths));
        let (mut older, mut unread_before) = (0, BTreeSet::new());
        let files_checked = checked(&loaded, paths);
        if let Some((comparison, past)) = past {
            let kept = comparison.keep(findings, &loaded, past, workspace, self.fixing.is_on())?;
            KeptFindings { findings, older, unread_before } = kept;
            // It is reported for all paths: it holds for all of them.
            let checked =
                Checked { loaded: &mut loaded, silencers: &silencers, softened: &softened };
            let baseline = baseline.as_ref().map(baseline::OpenBaseline::path);
            findings.extend(comparison.gate(checked, past, levels, baseline, workspace));
            lint::sort(&mut findings, &loaded.files);
        }
        let suppressed = suppressed.len();
        Ok(LintRun {
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

    fn outcome(&self, findings: &[Diagnostic], unread: Unread, wrote: Wrote) -> Outcome {
        let worst = match self.fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Info => Severity::Info,
        };
        if unread == Unread::Some || wrote == Wrote::NotAll {
            Outcome::NotChecked
        } else if !self.exit_zero && findings.iter().any(|finding| finding.severity >= worst) {
            Outcome::Findings
        } else {
            Outcome::Clean
        }
    }
}

/// Whether files could not be read that were to be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unread {
    None,
    Some,
}

/// Whether files could not be read. It is reported even if the rule for it does not run, unless a person turns
/// the rule off by name.
fn unread(run: &LintRun, paths: &[RepoPath], levels: &Levels, output: &Output) -> Unread {
    let LintRun { loaded, unread_before, .. } = run;
    let mut unread = Unread::None;
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
            unread = Unread::Some;
        }
        if !lint::find(rule).is_ok_and(|rule| levels.at(rule, path).is_some()) {
            output.note(&format!("`{path}` was not checked: run the rule {rule} to see why"));
        }
    }
    unread
}

/// Reports what was read.
///
/// # Errors
///
/// Fails if nothing was checked.
fn print_what_was_read(
    loaded: &Loaded,
    paths: &[RepoPath],
    workspace: &Workspace,
    output: &Output,
) -> Result<()> {
    let (data, pages) = (loaded.data_files, loaded.handbook.pages.len());
    output.detail(&format!("read {} and {}", counted(data, "data file"), counted(pages, "page")));
    if loaded.files.is_empty() {
        bail!(
            "{} has no data file and no page of the {} profile, so nothing was checked; name the \
             handbook's folder with -C, its profile with --profile, or its files in pmctl.toml",
            workspace.repo.root().display(),
            workspace.config.profile.name()
        );
    }
    for path in paths {
        if !loaded.files.all().any(|file| file.path().is_under(path)) {
            output.note(&format!("`{path}` is outside the handbook; nothing was checked"));
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

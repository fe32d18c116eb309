//! `pmctl init`: set up pmctl in a repository. Existing files are left alone.

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::lint::baseline;
use super::output::Output;
use super::page_filter::add_changes;
use super::workspace::Workspace;
use super::{Global, Outcome};
use crate::handbook::Loaded;
use crate::lint::baseline::BASELINE_FILE;
use crate::lint::{self, Judgement, Levels};
use crate::output::line::counted;
use crate::repo::{CONFIG_FILE, Forge};
use crate::source::edit::{self, Prepared};
use crate::source::sanitise_line;
use crate::source::{self, RepoPath};

/// The configuration that is written.
const CONFIGURATION: &str = include_str!("init/pmctl.toml");

/// The flags of `pmctl init`.
#[derive(Debug, Args)]
#[command(after_help = include_str!("help/init.txt"))]
pub(super) struct Init {
    /// The CI system that gets a job [default: detected from the git remote or files]
    #[arg(long, value_name = "NAME")]
    ci: Option<Ci>,
    /// Print the files as a diff and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Ci {
    Gitlab,
    Github,
    None,
}

/// A job for a CI system.
struct CiJob {
    /// The file that it belongs into, at the top of the work tree.
    path: &'static str,
    text: &'static str,
    /// What has to be done for it by hand.
    next: &'static str,
}

impl Init {
    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let workspace = Workspace::open(global, output)?;
        let levels = Levels::configured(&workspace.config)?;
        let Workspace { repo, config, today, .. } = &workspace;
        let mut judgement = lint::judge(repo, config, &levels, *today, |survey, loaded| {
            add_changes(survey, &workspace, loaded, global, output);
        })?;
        judgement.identify();
        let mut plan = InitPlan { workspace: &workspace, prepared: Prepared::default() };

        plan.add(CONFIG_FILE, || configuration(&workspace, &judgement.loaded), output)?;
        let Judgement { loaded, findings, sight, .. } = &judgement;
        let known = baseline::first(findings, &loaded.files, sight);
        for unjudged in findings {
            let path = loaded.files.file(unjudged.finding.span.file).path();
            if sight.is_of_unread(unjudged.rule, path) {
                output.warning(&format!(
                    "`{path}` cannot be read, and no baseline covers that: `pmctl lint` fails until it is fixed, and \
                     shows what is wrong"
                ));
            }
        }
        if known.is_empty() {
            output.note("there is no finding for a baseline, so none is written");
        } else {
            plan.add(BASELINE_FILE, || known.text(), output)?;
        }
        let job = match self.ci {
            Some(Ci::None) => None,
            Some(Ci::Gitlab) => Some(Forge::Gitlab),
            Some(Ci::Github) => Some(Forge::Github),
            None => {
                let forge = Forge::of(repo, !global.no_git);
                if forge.is_none() {
                    output.note(
                        "neither the git remote nor a file names GitLab or GitHub; --ci adds a job for one",
                    );
                }
                forge
            }
        };
        let snippet = match job.map(job_for) {
            Some(job) => plan.add_job(&job, output)?,
            None => None,
        };

        let prepared = plan.prepared;
        if self.dry_run {
            write!(output.result(), "{}", edit::diff(&prepared))?;
        } else {
            let written = repo.save(&prepared)?;
            for path in written.created {
                writeln!(output.result(), "{path}: written")?;
            }
        }
        if let Some(snippet) = snippet {
            write!(output.result(), "{snippet}")?;
        }
        Ok(Outcome::Clean)
    }
}

/// The files to write.
struct InitPlan<'w> {
    workspace: &'w Workspace,
    prepared: Prepared<'static>,
}

impl InitPlan<'_> {
    /// Adds the file `name` with the text that `text` makes, unless it is there.
    fn add(&mut self, name: &str, text: impl FnOnce() -> String, output: &Output) -> Result<()> {
        if self.workspace.repo.has(name) {
            output.note(&format!("{name} exists and is left alone"));
            return Ok(());
        }
        self.prepared.create(RepoPath::new(name)?, text())?;
        Ok(())
    }

    /// Adds the file of `job`; gives the text to paste where that file is there, or belongs elsewhere.
    fn add_job(&mut self, job: &CiJob, output: &Output) -> Result<Option<String>> {
        let repo = &self.workspace.repo;
        let folder = repo.place_in_work_tree();
        if !folder.as_str().is_empty() {
            output.note(&format!(
                "the handbook is in `{folder}`, and CI reads {} at the top of the repository; paste this there. {}",
                job.path, job.next
            ));
            // The commands run at the top.
            let place = format!("pmctl -C {} ", quoted(folder.as_str()));
            let text = job.text.replace("pmctl lint", &format!("{place}lint"));
            return Ok(Some(text.replace("pmctl generate", &format!("{place}generate"))));
        }
        if !repo.has(job.path) {
            self.prepared.create(RepoPath::new(job.path)?, job.text)?;
            output.note(job.next);
            return Ok(None);
        }
        let path = RepoPath::new(job.path)?;
        let is_set_up = source::read(repo.root(), &path).is_ok_and(|text| text.contains("pmctl"));
        if is_set_up {
            output.note(&format!("{path} already runs pmctl and is left alone"));
            return Ok(None);
        }
        output.note(&format!("{path} exists and is left alone; paste this into it. {}", job.next));
        Ok(Some(job.text.to_owned()))
    }
}

fn job_for(forge: Forge) -> CiJob {
    match forge {
        Forge::Gitlab => CiJob {
            path: ".gitlab-ci.yml",
            text: include_str!("../../examples/ci/gitlab-ci.yml"),
            next: "The job needs the CI/CD variable PMCTL_IMAGE, an image that has pmctl",
        },
        Forge::Github => CiJob {
            path: ".github/workflows/pmctl.yml",
            text: include_str!("../../examples/ci/github-workflow.yml"),
            next: "The job needs the variable PMCTL_SOURCE, the address that git clones pmctl from",
        },
    }
}

/// The `pmctl.toml` of a handbook that has none.
fn configuration(workspace: &Workspace, loaded: &Loaded) -> String {
    let config = &workspace.config;
    let data: Vec<&str> = config
        .paths
        .values()
        .filter(|path| {
            loaded.files.find(path).is_some_and(|file| loaded.files.file(file).is_readable())
        })
        .map(RepoPath::as_str)
        .collect();
    let data = if data.is_empty() { "no data file yet".to_owned() } else { data.join(", ") };
    let pages = counted(loaded.handbook.pages.len(), "page");
    let rice = config.paths.get("rice").map_or("data/rice.yml", RepoPath::as_str);
    CONFIGURATION
        .replace("{profile}", config.profile.name())
        .replace("{found}", &sanitise_line(&format!("# Found: {data}, and {pages}.")))
        .replace("{rice}", &sanitise_line(rice))
}

/// `path` as a shell in a YAML file takes it for one word.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    if path.chars().all(is_plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

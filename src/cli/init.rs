//! `pmctl init`: set pmctl up in a repository. What is there already is left alone.

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
use crate::repo::{CONFIG_FILE, Forge};
use crate::source::edit::{self, Prepared};
use crate::source::sanitise_line;
use crate::source::{self, RepoPath};

/// The configuration that is written.
const CONFIGURATION: &str = include_str!("init/pmctl.toml");

/// The flags of `pmctl init`.
#[derive(Debug, Args)]
#[command(
    after_help = "It writes pmctl.toml, a baseline with what lint finds today, so that it reports only what is new, \
    and a job for the CI of GitLab or GitHub. A file that is there is left alone; a job for it is printed instead."
)]
pub(super) struct Init {
    /// The CI system that gets a job [default: by the remote of git, or by its files]
    #[arg(long, value_name = "NAME")]
    ci: Option<Ci>,
    /// Show what would be written, and write nothing
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
struct Job {
    /// The file that it belongs into, at the top of the work tree.
    path: &'static str,
    text: &'static str,
    /// What is to be done for it by hand.
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
        let mut plan = Plan { workspace: &workspace, prepared: Prepared::default() };

        plan.add(CONFIG_FILE, || configuration(&workspace, &judgement.loaded), output)?;
        let Judgement { loaded, findings, sight, .. } = &judgement;
        let known = baseline::first(findings, &loaded.files, sight);
        for unjudged in findings {
            let path = loaded.files.file(unjudged.finding.span.file).path();
            if sight.is_of_unread(unjudged.rule, path) {
                output.warning(&format!(
                    "`{path}` cannot be judged, which no baseline holds: `pmctl lint` fails until it is mended, and \
                     tells what is wrong"
                ));
            }
        }
        if known.is_empty() {
            output.note("lint finds nothing that a baseline can hold, so none is written");
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
                        "neither the remote of git nor a file tells of GitLab or GitHub; --ci adds a job for one",
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

/// What is to be written.
struct Plan<'w> {
    workspace: &'w Workspace,
    prepared: Prepared<'static>,
}

impl Plan<'_> {
    /// Adds the file `name` with the text that `text` makes, unless it is there.
    fn add(&mut self, name: &str, text: impl FnOnce() -> String, output: &Output) -> Result<()> {
        if self.workspace.repo.has(name) {
            output.note(&format!("{name} is there and is left alone"));
            return Ok(());
        }
        self.prepared.create(RepoPath::new(name)?, text())?;
        Ok(())
    }

    /// Adds the file of `job`; gives the text to paste where that file is there, or belongs elsewhere.
    fn add_job(&mut self, job: &Job, output: &Output) -> Result<Option<String>> {
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
            output.note(&format!("{path} has pmctl already and is left alone"));
            return Ok(None);
        }
        output
            .note(&format!("{path} is there and is left alone; paste this into it. {}", job.next));
        Ok(Some(job.text.to_owned()))
    }
}

fn job_for(forge: Forge) -> Job {
    match forge {
        Forge::Gitlab => Job {
            path: ".gitlab-ci.yml",
            text: include_str!("../../examples/ci/gitlab-ci.yml"),
            next: "The job needs the CI/CD variable PMCTL_IMAGE, an image that has pmctl",
        },
        Forge::Github => Job {
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
    let data = match data.is_empty() {
        true => "no data file yet".to_owned(),
        false => data.join(", "),
    };
    let pages = match loaded.handbook.pages.len() {
        1 => "1 page".to_owned(),
        count => format!("{count} pages"),
    };
    let rice = config.paths.get("rice").map_or("data/rice.yml", RepoPath::as_str);
    CONFIGURATION
        .replace("{profile}", config.profile.name())
        .replace("{found}", &sanitise_line(&format!("# Found: {data}, and {pages}.")))
        .replace("{rice}", &sanitise_line(rice))
}

/// `path` as a shell in a YAML file takes it for one word.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    match path.chars().all(is_plain) {
        true => path.to_owned(),
        false => format!("'{}'", path.replace('\'', "'\\''")),
    }
}

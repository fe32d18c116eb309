//! `pmctl priority-matrix`: what prioritization sessions decided.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Args;

use super::chart::ChartFile;
use super::output::Output;
use super::workspace::Workspace;
use super::{Global, Outcome, file_problems, format};
use crate::config::Profile;
use crate::handbook::votes::Session;
use crate::handbook::{self, Loaded, Scope};
use crate::output::priority_chart;
use crate::output::priority_matrix::{self, Report};
use crate::output::table::Format;
use crate::prioritization::Matrix;
use crate::source::{RepoPath, nearest};

/// The name of the file of votes among the configured paths.
const VOTES: &str = "votes";

/// The flags of `pmctl priority-matrix`.
#[derive(Debug, Args)]
#[command(
    after_help = "Both axes are cut at the median of the session's items: high is above it. Where more than \
    half of the items share the most votes, nothing is above the median, and those are high.\n\
    Quadrants: do first (important and feasible), plan (important), fill in (feasible), drop (neither).\n\
    Several votes of one participant for one item all count. Of a participant with more votes on an axis \
    than allowed, none counts on that axis.\n\n\
    Formats: table (the default), json, csv and markdown.\n\
    Exit status: 0 for nothing to report, 1 for votes that are wrong, 2 where the file cannot be read."
)]
pub(super) struct PriorityMatrix {
    /// The file with the votes [default: the handbook's, data/votes.yml unless configured]
    file: Option<PathBuf>,
    /// Show only this session; the whole file is checked all the same
    #[arg(long, value_name = "ID")]
    session: Option<String>,
    /// Draw the session into a file: feasibility across, importance up
    #[arg(long, value_name = "FILE.svg|FILE.html")]
    chart: Option<ChartFile>,
}

impl PriorityMatrix {
    /// The files that the arguments name for reading.
    pub(super) fn inputs(&self) -> Vec<PathBuf> {
        self.file.iter().cloned().collect()
    }

    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let format = format(global, Format::Table)?;
        // A file that is named needs no handbook around it.
        let fallback = self.file.is_some().then_some(Profile::Default);
        let mut workspace = Workspace::open_or(global, output, fallback)?;
        let path = self.votes_file(&mut workspace)?;
        let (loaded, _) =
            handbook::load(&workspace.repo, &workspace.config, Scope::Votes, |_, _, _| ());
        let file = loaded.files.find(&path).with_context(|| missing(&path))?;

        let outcome = file_problems::report(&loaded, file, &workspace, output);
        if outcome == Outcome::NotJudged {
            // Half of the votes would look like an answer.
            return Ok(outcome);
        }
        let matrices: Vec<Matrix<'_>> = self.chosen(&loaded, &path)?.map(Matrix::of).collect();
        if let Some(file) = &self.chart {
            let [matrix] = &matrices[..] else {
                bail!(
                    "{path} has {} sessions, and a chart shows one; choose it with --session",
                    matrices.len()
                );
            };
            let chart = priority_chart::chart(matrix);
            file.write(output, || chart.svg(), || chart.html())?;
        }
        let report = Report {
            matrices: &matrices,
            files: &loaded.files,
            people: &loaded.handbook.people,
            width: output.width(),
            is_quiet: global.quiet,
        };
        priority_matrix::write(format, &report, output.result())?;
        Ok(outcome)
    }

    /// Where the votes are, which the configuration then says too.
    fn votes_file(&self, workspace: &mut Workspace) -> Result<RepoPath> {
        if let Some(named) = &self.file
            && let Some(path) = workspace.inside(std::slice::from_ref(named))?.pop()
        {
            workspace.config.paths.insert(VOTES.to_owned(), path);
        }
        let path = workspace.config.paths.get(VOTES);
        path.cloned().context("the configuration has no path for `votes`")
    }

    /// The sessions that are asked for.
    fn chosen<'l>(
        &'l self,
        loaded: &'l Loaded,
        path: &RepoPath,
    ) -> Result<impl Iterator<Item = &'l Session>> {
        let sessions = &loaded.handbook.sessions;
        let is_chosen = |session: &Session| {
            self.session.as_ref().is_none_or(|wanted| session.key.value == *wanted)
        };
        if let Some(wanted) = &self.session
            && !sessions.iter().any(is_chosen)
        {
            let keys: Vec<&str> =
                sessions.iter().map(|session| session.key.value.as_str()).collect();
            let help = match (nearest(wanted, keys.iter().copied()), keys.as_slice()) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, []) => "it has none".to_owned(),
                (None, _) => format!("it has {}", keys.join(", ")),
            };
            bail!("{path} has no session `{wanted}`; {help}");
        }
        Ok(sessions.iter().filter(move |session| is_chosen(session)))
    }
}

fn missing(path: &RepoPath) -> String {
    format!(
        "there is no {path}; create it with a session under `sessions:` (docs/configuration.md shows one), \
         or say in `[paths]` of pmctl.toml where `votes` is"
    )
}

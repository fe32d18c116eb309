//! `pmctl rice`: ideas by their score, and how sure their order is.

mod add;
mod chart;
mod input;

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};

use super::chart::ChartFile;
use super::output::Output;
use super::page_filter::check_filter;
use super::{Global, Outcome, format};
use crate::output::rice::{self as rice_output, Before, Report, Simulation};
use crate::output::table::Format;
use crate::rice::capacity::plan;
use crate::rice::sensitivity::sensitivities;
use crate::rice::simulation::{Setup, simulate};
use crate::rice::{Exact, Judged, Ranking};
use crate::source::fold;
use input::{Ideas, Input, find, months};

/// The flags of `pmctl rice`.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Formats: table (the default), json, csv and markdown."
)]
pub(super) struct Rice {
    #[command(subcommand)]
    command: Option<RiceCommand>,
    #[command(flatten)]
    input: Input,
    /// Only the ideas of this section, stage, group, category or team; ranks are over all ideas
    #[arg(long, value_name = "KEY")]
    area: Option<String>,
    /// Only the ideas of this owner
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Only the ideas of the first N ranks; with --simulate, how many ranks count as the top
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,
    /// Show what each rater estimated
    #[arg(long)]
    by_rater: bool,
    /// Show which ranks an idea could have if one of its factors moved one step
    #[arg(long)]
    sensitivity: bool,
    /// Vary all factors within their uncertainty, so many times, and show how the order comes out
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "10000", value_parser = clap::value_parser!(u32).range(1..))]
    simulate: Option<u32>,
    /// What the random numbers of --simulate begin with
    #[arg(long, value_name = "N", default_value_t = 1, requires = "simulate")]
    seed: u64,
    /// Show what fits into so many person-months
    #[arg(long, value_name = "MONTHS", value_parser = months)]
    capacity: Option<Exact>,
    /// Draw the ideas that are shown into a file: effort across, Reach x Impact x Confidence up
    #[arg(long, value_name = "FILE.svg|FILE.html")]
    chart: Option<ChartFile>,
    /// Compare with the order at a commit, a tag or a branch
    #[arg(long, value_name = "REV", conflicts_with = "set")]
    since: Option<String>,
}

#[derive(Debug, Subcommand)]
enum RiceCommand {
    /// Show how the score of an idea comes about
    Explain(Explain),
    /// Write an idea into rice.yml
    Add(Box<add::Add>),
}

/// The flags of `pmctl rice explain`.
#[derive(Debug, Args)]
struct Explain {
    /// The idea: its key in rice.yml, its title, or its title as a slug
    id: String,
    #[command(flatten)]
    input: Input,
}

/// How many ranks are the top where nobody says so.
const USUAL_TOP: usize = 5;

impl Rice {
    /// The files that the arguments name for reading.
    pub(super) fn inputs(&self) -> Vec<PathBuf> {
        match &self.command {
            None => self.input.named(),
            Some(RiceCommand::Explain(explain)) => explain.input.named(),
            Some(RiceCommand::Add(_)) => Vec::new(),
        }
    }

    /// The name of a command below `rice` that prints text alone.
    pub(super) fn without_formats(&self) -> Option<&'static str> {
        self.command.as_ref().map(|command| match command {
            RiceCommand::Explain(_) => "rice explain",
            RiceCommand::Add(_) => "rice add",
        })
    }

    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        match &self.command {
            Some(RiceCommand::Explain(explain)) => return explain.run(global, output),
            Some(RiceCommand::Add(add)) => return add.run(global, output),
            None => {}
        }
        let format = format(global, Format::Table)?;
        let ideas = self.input.read(global, output)?;
        let judged = ideas.supposed.as_ref().unwrap_or(&ideas.judged);
        let ranking = Ranking::new(judged);
        self.check_filters(judged, &ideas)?;
        let keeps = |at: &usize| self.keeps(&judged[*at]);
        let top = self.top.map(|top| top as usize);
        let is_top =
            |at: &usize| top.is_none_or(|top| ranking.rank(*at).is_some_and(|rank| rank <= top));
        let simulation = match self.simulate {
            None => None,
            Some(draws) => {
                let top = top.unwrap_or(USUAL_TOP);
                let setup = Setup { draws: draws as usize, seed: self.seed, top };
                let outcomes = simulate(judged, &ranking, setup)?;
                Some(Simulation { outcomes, top })
            }
        };
        let plan = match self.capacity {
            None => None,
            Some(months) => match plan(judged, &ranking, months) {
                Some(plan) => Some(plan),
                None => bail!("the efforts have too many digits to be added exactly; round them"),
            },
        };
        let report = Report {
            today: ideas.workspace.today,
            files: &ideas.loaded.files,
            ideas: judged,
            ranking: &ranking,
            shown: ranking.order.iter().copied().filter(keeps).filter(is_top).collect(),
            unscored: (0..judged.len())
                .filter(|&at| judged[at].score.is_none())
                .filter(keeps)
                .collect(),
            by_rater: self.by_rater,
            sensitivities: self.sensitivity.then(|| sensitivities(judged, &ranking, &ideas.scales)),
            simulation,
            plan,
            before: self.before(&ideas)?,
            width: output.width(),
            is_quiet: global.quiet,
        };
        if judged.is_empty() {
            output.note(&self.input.say_none(&ideas.workspace));
        }
        if let Some(file) = &self.chart {
            let chart = chart::chart(&report);
            file.write(output, || chart.svg(), || chart.html())?;
        }
        if format == Format::Csv && !report.unscored.is_empty() {
            // A spreadsheet has no place for them.
            let count = report.unscored.len();
            output.note(&format!(
                "{count} idea(s) have no score and are left out; `--format table` says why"
            ));
        }
        rice_output::write(format, &report, output.result())?;
        Ok(if ideas.is_unread { Outcome::NotJudged } else { Outcome::Clean })
    }

    fn keeps(&self, judged: &Judged) -> bool {
        let idea = &judged.idea;
        self.area.as_ref().is_none_or(|area| areas(judged).any(|other| same(other, area)))
            && self
                .owner
                .as_ref()
                .is_none_or(|owner| idea.owner.as_ref().is_some_and(|other| same(other, owner)))
    }

    /// A filter that can match nothing is a mistake, not an empty answer.
    fn check_filters(&self, judged: &[Judged], ideas: &Ideas) -> Result<()> {
        let known = judged.iter().flat_map(areas).chain(ideas.loaded.handbook.areas());
        check_filter("idea", "area", self.area.as_deref(), known, same)?;
        let owners = judged.iter().filter_map(|judged| judged.idea.owner.as_deref());
        check_filter("idea", "owner", self.owner.as_deref(), owners, same)
    }

    /// The order to compare with.
    fn before(&self, ideas: &Ideas) -> Result<Option<Before>> {
        let (heading, old) = match (&self.since, &ideas.supposed) {
            (Some(revision), _) => {
                (format!("At {revision}"), &self.input.read_at(revision, ideas)?)
            }
            (None, Some(_)) => ("Was".to_owned(), &ideas.judged),
            (None, None) => return Ok(None),
        };
        let ranking = Ranking::new(old);
        let mut ranks = BTreeMap::new();
        for (at, judged) in old.iter().enumerate() {
            // Of two ideas with one id the first is meant.
            ranks.entry(judged.idea.id.clone()).or_insert_with(|| ranking.rank(at));
        }
        let ids: HashSet<&str> = ideas.judged.iter().map(|new| new.idea.id.as_str()).collect();
        let mut gone: Vec<(Option<usize>, String, String)> = old
            .iter()
            .filter(|old| !ids.contains(old.idea.id.as_str()))
            .map(|old| {
                let idea = &old.idea;
                (ranks.get(&idea.id).copied().flatten(), idea.id.clone(), idea.title.clone())
            })
            .collect();
        gone.sort_by(|one, other| (one.0.is_none(), one).cmp(&(other.0.is_none(), other)));
        Ok(Some(Before { heading, ranks, gone, is_of_another_time: self.since.is_some() }))
    }
}

/// What an idea belongs to, by every name that there is.
fn areas(judged: &Judged) -> impl Iterator<Item = &str> + Clone {
    let idea = &judged.idea;
    idea.areas.iter().chain(&idea.area).map(String::as_str)
}

fn same(one: &str, other: &str) -> bool {
    fold(one.trim_start_matches('@')) == fold(other.trim_start_matches('@'))
}

impl Explain {
    fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let ideas = self.input.read(global, output)?;
        let judged = ideas.supposed.as_ref().unwrap_or(&ideas.judged);
        let at = find(judged.iter().map(|judged| &judged.idea), &self.id)?;
        let ranking = Ranking::new(judged);
        rice_output::explain(
            judged,
            at,
            &ranking,
            &ideas.scales,
            &ideas.loaded.files,
            output.result(),
        )?;
        Ok(if ideas.is_unread { Outcome::NotJudged } else { Outcome::Clean })
    }
}

//! `pmctl classify`: what kind of change a merge request is.

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::output::Output;
use super::since::{BothSettings, Since};
use super::workspace::Workspace;
use super::{Global, Outcome, format};
use crate::classify::{Classification, Overall, Side, Subject, classify};
use crate::config::{ChangeKind, Config};
use crate::generate::collect::Inputs;
use crate::generate::mark::may_hold_marks;
use crate::handbook::{self, Loaded, Scope};
use crate::output::classification::{self, Report};
use crate::repo::diff::Diff;
use crate::repo::{Files, Revision};
use crate::review::{Reading, Survey};
use crate::rice::Scales;
use crate::source::nearest;

/// What `--expect` names beside the kinds: whatever can be merged without a decision.
const MERGEABLE: &str = "mergeable";

/// The flags of `pmctl classify`.
#[derive(Debug, Args)]
#[command(
    after_help = "Kinds: review-dates-only, generated-only, maturity-change, category-change, owners-change, other; \
    mixed for several of the last four, none for no change. Review dates and generated text that come along with \
    something else do not count.\n\
    Formats: text (the default), json and markdown.\n\
    Exit status: 0 whatever the kind; with --expect, 1 for another kind, and for review-dates-only, generated-only \
    and mergeable also where a review date is not plausible; 2 where nothing can be told."
)]
pub(super) struct Classify {
    /// Compare with the merge base of HEAD and REF, a branch or a commit; `auto` asks the variables of GitLab CI
    /// and GitHub Actions
    #[arg(long, value_name = "REF")]
    since: String,
    /// Exit with status 1 unless the change is of this kind, or `mergeable`
    #[arg(long, value_name = "KIND", value_parser = kind)]
    expect: Option<String>,
    /// Mention the owners in --format markdown, so that a forge notifies them
    #[arg(long)]
    mention: bool,
}

/// A format of `pmctl classify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON object, for programs.
    Json,
    /// For a comment on a merge request.
    Markdown,
}

impl Classify {
    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let format = format(global, Format::Text)?;
        if self.mention && format != Format::Markdown {
            bail!("--mention needs --format markdown");
        }
        let workspace = Workspace::open(global, output)?;
        let since = Since::open("--since", &self.since, &workspace, global)?;
        let Workspace { repo, today, .. } = &workspace;
        let settings = BothSettings::read(&since, &workspace, global, output)?;
        let config = &settings.for_now(&since, repo);
        let Since { base, diff } = &since;
        let head = Revision::open(repo, "HEAD")?;
        let elsewhere = Diff::elsewhere(repo, base)?;

        let before = || read(base, settings.for_base(), *today);
        let (before, after) = rayon::join(before, || read(repo, config, *today));
        let (before, _) = before;
        let (mut after, may_hold) = after;
        check_data(&after.loaded, config, diff)?;
        let scales = Scales::new(&config.rice.scales).map_err(anyhow::Error::msg)?;
        let loaded = &mut after.loaded;
        let inputs = Inputs::read(repo, loaded, config, &scales, *today, may_hold, None)?;
        let generated = inputs.collect(loaded, |_| true);
        let classification = classify(&Subject {
            before: before.side(),
            after: after.side(),
            generated: &generated,
            diff,
            elsewhere: &elsewhere,
            base,
            repo,
            config,
            today: *today,
        });

        let report = Report {
            base: &base.id(),
            head: &head.id(),
            classification: &classification,
            is_quiet: global.quiet,
            mentions_owners: self.mention,
        };
        match format {
            Format::Text => classification::write_text(&report, output.result())?,
            Format::Json => classification::write_json(&report, output.result())?,
            Format::Markdown => classification::write_markdown(&report, output.result())?,
        }
        match &self.expect {
            Some(expected) => Ok(as_expected(expected, &classification, output)),
            None => Ok(Outcome::Clean),
        }
    }
}

/// Whether the change is what was expected. Of a kind that a bot merges, it also has to be fit for that.
fn as_expected(expected: &str, classification: &Classification, output: &Output) -> Outcome {
    let kind = classification.kind().name();
    let is_mergeable = classification.is_auto_mergeable();
    if expected != MERGEABLE && expected != kind {
        output.note(&format!("the change is {kind}, not {expected}"));
        return Outcome::Findings;
    }
    let is_for_bots = expected == MERGEABLE
        || ChangeKind::ALL.iter().any(|kind| kind.name() == expected && kind.is_harmless());
    if is_for_bots && classification.changes.is_empty() {
        output.note("nothing changed, so there is nothing to merge");
        return Outcome::Findings;
    }
    if is_for_bots && !is_mergeable {
        output.note(&format!(
            "the change is {kind} and needs a look, so it is not to be merged by a bot"
        ));
        return Outcome::Findings;
    }
    Outcome::Clean
}

/// A handbook, with its owner files and the dates of its pages.
struct Read {
    loaded: Loaded,
    reviews: Survey,
}

impl Read {
    fn side(&self) -> Side<'_> {
        Side { loaded: &self.loaded, reviews: &self.reviews }
    }
}

/// Reads the handbook that lies in `files`, and tells of each page whether it may hold generated text.
fn read(files: &impl Files, config: &Config, today: Date) -> (Read, Vec<bool>) {
    let (mut loaded, facts) = handbook::load(files, config, Scope::Facts, |path, text, entry| {
        let reading = Reading::new(path, text, None, (config.profile, entry));
        (reading, may_hold_marks(text))
    });
    let (readings, may_hold) = facts.into_iter().unzip();
    let reviews = Survey::new(files, &mut loaded, readings, config, today);
    loaded.read_owner_files(files);
    (Read { loaded, reviews }, may_hold)
}

/// What a changed data file says has to be known, or nothing is.
fn check_data(loaded: &Loaded, config: &Config, diff: &Diff) -> Result<()> {
    for problem in &loaded.handbook.problems {
        let path = loaded.files.file(problem.span.file).path();
        let is_unreadable = problem.kind.stops_reading();
        let is_data = config.paths.values().any(|data| data == path);
        if is_unreadable && is_data && diff.lines(path).is_some() {
            bail!(
                "{path} changes and cannot be read: {}; `pmctl lint {path}` tells more",
                problem.message
            );
        }
    }
    Ok(())
}

/// The kind that `--expect` names.
fn kind(name: &str) -> Result<String, String> {
    let kinds =
        ChangeKind::ALL.into_iter().map(ChangeKind::name).chain(Overall::OTHERS).chain([MERGEABLE]);
    let known: Vec<&str> = kinds.collect();
    if known.contains(&name) {
        return Ok(name.to_owned());
    }
    let near = nearest(name, known.iter().copied());
    let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(format!("the kinds are {}{help}", known.join(", ")))
}

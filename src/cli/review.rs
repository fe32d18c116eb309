//! `pmctl review`: stamp pages as reviewed, and plan the next reviews.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::file_problems::problem_line;
use super::output::Output;
use super::page_filter::{PageFilter, Selection, day};
use super::workspace::Workspace;
use super::{Global, Outcome, format};
use crate::config::Pages;
use crate::handbook::{Loaded, Problem, Scope};
use crate::output::plan::{self as plan_output, Format};
use crate::review::plan::plan;
use crate::review::stamp::{self, Stamping, stamp};
use crate::review::{PageReview, Survey};
use crate::source::edit::{self, Edits};
use crate::source::{RepoPath, sanitise_line};

/// The flags of `pmctl review`.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "A page is stamped in its own form: exactly the characters of its date change."
)]
pub(super) struct Review {
    #[command(subcommand)]
    command: Option<ReviewCommand>,
    #[command(flatten)]
    filter: PageFilter,
    /// The day of the review, not in the future [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Go through the pages and ask for each: yes, no, open in the editor, quit
    #[arg(short, long, conflicts_with = "dry_run")]
    interactive: bool,
}

#[derive(Debug, Subcommand)]
enum ReviewCommand {
    /// Propose how to spread the next reviews
    Plan(Plan),
}

/// The flags of `pmctl review plan`.
#[derive(Debug, Args)]
#[command(after_help = "Formats: table (the default), json and ics.")]
struct Plan {
    #[command(flatten)]
    filter: PageFilter,
    /// The most pages that anybody reviews in a week
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    per_week: u16,
}

impl Review {
    /// The command's name, unless it plans reviews.
    pub(super) fn without_formats(&self) -> Option<&'static str> {
        self.command.is_none().then_some("review")
    }

    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        if let Some(ReviewCommand::Plan(plan)) = &self.command {
            return plan.run(global, output);
        }
        if self.interactive {
            return self.ask(global, output);
        }
        if self.filter.paths().is_empty() {
            bail!(
                "name the pages that were reviewed, or go through them with --interactive; \
                 `pmctl review-status` lists them"
            );
        }
        let workspace = Workspace::open(global, output)?;
        let day = self.day(workspace.today)?;
        let paths = workspace.inside(self.filter.paths())?;
        if let Some(folder) =
            paths.iter().find(|path| workspace.repo.root().join(path.as_str()).is_dir())
        {
            let name = if folder.as_str().is_empty() { "." } else { folder.as_str() };
            bail!(
                "`{name}` is a folder; name the pages in it, or go through them with --interactive"
            );
        }
        let job = Job { paths, day, is_dry_run: self.dry_run };
        job.run(workspace, output)
    }

    fn day(&self, today: Date) -> Result<Date> {
        let day = self.date.as_deref().map_or(Ok(today), day)?;
        if day > today {
            bail!("{day} lies in the future; a page is stamped when it was reviewed");
        }
        Ok(day)
    }

    /// Goes through the pages that the filters keep.
    fn ask(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        if !std::io::stdin().is_terminal() {
            bail!("--interactive asks questions and needs a terminal; name the pages instead");
        }
        let Selection { workspace, survey, .. } = self.filter.select(global, output)?;
        let day = self.day(workspace.today)?;
        let mut worst = Outcome::Clean;
        let count = survey.pages.len();
        for (at, page) in survey.pages.iter().enumerate() {
            match question(page, at + 1, count, &workspace, output)? {
                Answer::Yes => {
                    let job = Job { paths: vec![page.path.clone()], day, is_dry_run: false };
                    // Read anew: the editor, or a stamp before this, may have changed it.
                    let workspace = Workspace::open(global, output)?;
                    let outcome = job.run(workspace, output)?;
                    output.flush()?;
                    if outcome != Outcome::Clean {
                        worst = outcome;
                    }
                }
                Answer::No => {}
                Answer::Quit => break,
            }
        }
        Ok(worst)
    }
}

enum Answer {
    Yes,
    No,
    Quit,
}

/// Asks whether `page` was reviewed; the editor is opened as often as somebody wishes.
fn question(
    page: &PageReview,
    number: usize,
    count: usize,
    workspace: &Workspace,
    output: &Output,
) -> Result<Answer> {
    let reviewed =
        page.reviewed.as_ref().map_or_else(|| "never".to_owned(), |dated| dated.date.to_string());
    let place = format!("{} ({}, {}; reviewed {reviewed})", page.title, page.path, page.status);
    // A name with a line break would look like another question.
    let place = sanitise_line(&place);
    loop {
        output.ask(&format!("[{number}/{count}] {place}\nReviewed? [y]es, [n]o, [o]pen, [q]uit: "));
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line)? == 0 {
            return Ok(Answer::Quit);
        }
        match line.trim().to_lowercase().as_str() {
            "y" | "yes" => return Ok(Answer::Yes),
            "n" | "no" => return Ok(Answer::No),
            "q" | "quit" => return Ok(Answer::Quit),
            "o" | "open" => open(&workspace.repo.root().join(page.path.as_str()))?,
            _ => {}
        }
    }
}

/// Opens a file in the editor that git would open: `$VISUAL`, else `$EDITOR`, else `vi`, with the
/// arguments that it may hold.
#[expect(clippy::disallowed_methods, reason = "the person asked for their editor")]
fn open(path: &PathBuf) -> Result<()> {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let editor =
        variable("VISUAL").or_else(|| variable("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    let script = format!("{editor} \"$@\"");
    let status = Command::new("sh").args(["-c", &script, &editor]).arg(path).status();
    status.with_context(|| format!("the editor `{editor}` does not start"))?;
    Ok(())
}

/// Pages to stamp.
struct Job {
    paths: Vec<RepoPath>,
    day: Date,
    is_dry_run: bool,
}

impl Job {
    fn run(&self, mut workspace: Workspace, output: &mut Output) -> Result<Outcome> {
        // A page is stamped whether or not a calendar asks for it, so each is asked for by name, before the
        // configured pages, which tell who else takes a partial's date.
        let globs: Vec<String> =
            self.paths.iter().map(|path| globset::escape(path.as_str())).collect();
        let pages = Pages::asked_for(globs.iter().map(String::as_str))?;
        workspace.config.pages.insert(0, pages);
        let (loaded, survey) =
            Survey::load(&workspace.repo, &workspace.config, Scope::Ownership, workspace.today);

        let mut edits = Edits::new();
        let mut said = Vec::new();
        let mut refused = Vec::new();
        let found: HashMap<&RepoPath, &PageReview> =
            survey.pages.iter().map(|page| (&page.path, page)).collect();
        for path in &self.paths {
            let Some(&page) = found.get(path) else {
                refused.push(unread(path, &loaded));
                continue;
            };
            match stamp(page, &loaded.files, workspace.config.profile, self.day) {
                Ok(Stamping::Already) => {
                    said.push(format!("{path}: reviewed on {} already", self.day));
                }
                Ok(Stamping::Edit(edit)) => {
                    let old = loaded.files.slice(edit.span).to_owned();
                    let from = if old.is_empty() { "no date".to_owned() } else { old };
                    let place = loaded.files.file(edit.span.file).path();
                    said.push(format!("{place}: {from} -> {}", self.day));
                    said.extend(others(page, &survey, place));
                    edits.add(edit);
                }
                Err(error) => refused.push(error.to_string()),
            }
        }
        let asked: HashSet<&RepoPath> = self.paths.iter().collect();
        let prepared = edit::prepare(&loaded.files, &edits, |change| {
            let page = asked.get(change.path).copied().unwrap_or(&self.paths[0]);
            stamp::check(change, page, self.day)
        })?;
        if self.is_dry_run {
            write!(output.result(), "{}", edit::diff(&prepared))?;
        } else {
            workspace.repo.save(&prepared)?;
            for line in &said {
                writeln!(output.result(), "{}", sanitise_line(line))?;
            }
        }
        for reason in &refused {
            output.note(&format!("not stamped: {reason}"));
        }
        Ok(if refused.is_empty() { Outcome::Clean } else { Outcome::NotJudged })
    }
}

/// Says why the page at `path` was not read.
fn unread(path: &RepoPath, loaded: &Loaded) -> String {
    let of_path = |problem: &&Problem| loaded.files.file(problem.span.file).path() == path;
    match loaded.handbook.problems.iter().find(of_path) {
        Some(problem) => problem_line(problem, &loaded.files),
        None => format!("`{path}` is not a page; name a Markdown file"),
    }
}

/// The other pages that take their date from the partial at `place`.
fn others(page: &PageReview, survey: &Survey, place: &RepoPath) -> Option<String> {
    let partial = page.partial()?;
    let others = survey.pages.iter().filter(|other| other.partial() == Some(partial));
    let others: Vec<&str> =
        others.filter(|other| other.path != page.path).map(|other| other.path.as_str()).collect();
    (!others.is_empty()).then(|| format!("{place}: also the date of {}", others.join(", ")))
}

impl Plan {
    fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let format = format(global, Format::Table)?;
        let selection = self.filter.select(global, output)?;
        let planned = plan(&selection.survey, self.per_week.into());
        let (today, width) = (selection.survey.today, output.width());
        plan_output::write(format, &planned, today, self.per_week.into(), width, output.result())?;
        Ok(if selection.is_unread { Outcome::NotJudged } else { Outcome::Clean })
    }
}

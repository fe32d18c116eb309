//! Which pages a command about reviews looks at.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use jiff::civil::Date;

use super::Global;
use super::file_problems::problem_line;
use super::output::Output;
use super::workspace::{Workspace, is_asked_for};
use crate::config::{Config, Pages, Profile, parse_date};
use crate::handbook::{Handbook, Loaded, ProblemKind, Scope};
use crate::review::status::Status;
use crate::review::{Completeness, PageReview, Survey};
use crate::source::{RepoPath, fold, nearest};

/// The flags that choose pages.
#[derive(Debug, Args)]
pub(super) struct PageFilter {
    /// Only these files and folders
    paths: Vec<PathBuf>,
    /// Look at the pages that match, whatever the configuration says
    #[arg(long, value_name = "GLOB")]
    pages: Vec<String>,
    /// Only the pages of this owner
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Only the pages of this section, stage, group, category or team
    #[arg(long, value_name = "KEY")]
    area: Option<String>,
    /// Only pages of this kind
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Only pages that stand so; several are separated by commas
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    status: Vec<Status>,
    /// Only pages that are due before this day
    #[arg(long, value_name = "DATE")]
    due_before: Option<String>,
}

/// The pages that a command looks at, and what they were read from.
pub(super) struct Selection {
    pub(super) workspace: Workspace,
    pub(super) loaded: Loaded,
    /// The pages that the filters keep.
    pub(super) survey: Survey,
    /// Whether pages could not be read.
    pub(super) is_unread: bool,
}

impl PageFilter {
    /// The paths as they were named.
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Reads the handbook and keeps the pages that are asked for.
    pub(super) fn select(&self, global: &Global, output: &Output) -> Result<Selection> {
        let due_before = self.due_before.as_deref().map(day).transpose()?;
        // Pages that are named need no handbook around them.
        let fallback = (!self.pages.is_empty()).then_some(Profile::Default);
        let mut workspace = Workspace::open_or(global, output, fallback)?;
        let paths = workspace.inside(&self.paths)?;
        self.choose_pages(&mut workspace.config)?;

        let (mut loaded, mut survey) =
            Survey::load(&workspace.repo, &workspace.config, Scope::Ownership, workspace.today);
        survey.add_owners(&workspace.repo, &mut loaded);
        output.detail(&format!("{} page(s) are reviewed by a calendar", survey.pages.len()));
        self.check_filters(&survey, &loaded.handbook)?;
        survey.pages.retain(|page| self.keeps(page, &paths, due_before));
        add_changes(&mut survey, &workspace, &loaded, global, output);
        let is_unread = unread_pages(&loaded, &paths, output);
        Ok(Selection { workspace, loaded, survey, is_unread })
    }

    fn choose_pages(&self, config: &mut Config) -> Result<()> {
        if self.pages.is_empty() {
            return Ok(());
        }
        let asked: Result<Vec<Pages>, _> =
            self.pages.iter().map(|glob| Pages::asked_for([glob.as_str()])).collect();
        config.pages = asked?;
        // The data files stay as they are, but nothing has to be there.
        config.required.clear();
        Ok(())
    }

    /// A filter that can match nothing is a mistake, not an empty answer.
    fn check_filters(&self, survey: &Survey, handbook: &Handbook) -> Result<()> {
        let owners =
            survey.pages.iter().flat_map(|page| page.ownership.owners.iter().map(String::as_str));
        check_filter("page", "owner", self.owner.as_deref(), owners, is_owner)?;
        let areas =
            survey.pages.iter().flat_map(|page| page.ownership.areas.iter().map(String::as_str));
        check_filter(
            "page",
            "area",
            self.area.as_deref(),
            areas.chain(handbook.areas()),
            |one, other| one == other,
        )?;
        let kinds = survey.pages.iter().map(|page| page.kind.as_str());
        check_filter("page", "kind", self.kind.as_deref(), kinds, |one, other| one == other)
    }

    fn keeps(&self, page: &PageReview, paths: &[RepoPath], due_before: Option<Date>) -> bool {
        let has = |wanted: &Option<String>, values: &[String], same: fn(&str, &str) -> bool| {
            wanted.as_ref().is_none_or(|wanted| values.iter().any(|value| same(value, wanted)))
        };
        is_asked_for(&page.path, paths)
            && has(&self.owner, &page.ownership.owners, is_owner)
            && has(&self.area, &page.ownership.areas, |one, other| one == other)
            && self.kind.as_ref().is_none_or(|kind| page.kind == *kind)
            && (self.status.is_empty() || self.status.contains(&page.status))
            && due_before.is_none_or(|day| page.due.is_some_and(|due| due < day))
    }
}

/// Asks git, unless it is not to be asked, and says what it cannot tell.
pub(super) fn add_changes(
    survey: &mut Survey,
    workspace: &Workspace,
    loaded: &Loaded,
    global: &Global,
    output: &Output,
) {
    if global.no_git {
        return;
    }
    match survey.add_changes(&workspace.repo, &loaded.files) {
        Ok(Completeness::Whole) => {}
        Ok(Completeness::Shallow) => output.note(
            "this clone is shallow, so what changed before it begins is not known; fetch everything with \
             `git fetch --unshallow`, in GitLab CI with `GIT_DEPTH: 0`, in GitHub Actions with `fetch-depth: 0`",
        ),
        Ok(Completeness::Lacking { pages, error }) => {
            let subject = if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
            output.note(&format!("what git knows of {subject} is left out: {error}"));
        }
        Err(error) => output.note(&format!("what git knows of the pages is left out: {error}")),
    }
}

/// Whether two names mean one owner: case, spaces and the sign before a handle do not matter.
fn is_owner(one: &str, other: &str) -> bool {
    fold(one.trim_start_matches('@')) == fold(other.trim_start_matches('@'))
}

/// The day that a flag names.
pub(super) fn day(text: &str) -> Result<Date> {
    parse_date(text).ok_or_else(|| anyhow::anyhow!("`{text}` is no date; write it as 2026-01-31"))
}

/// A filter that can match nothing is a mistake, not an empty answer: `wanted` has to be the `what` of a `subject`.
pub(super) fn check_filter<'v>(
    subject: &str,
    what: &str,
    wanted: Option<&str>,
    values: impl Iterator<Item = &'v str> + Clone,
    same: fn(&str, &str) -> bool,
) -> Result<()> {
    let Some(wanted) = wanted else { return Ok(()) };
    if values.clone().any(|value| same(value, wanted)) {
        return Ok(());
    }
    let help = match nearest(wanted, values.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let mut all: Vec<&str> = values.collect();
            all.sort_unstable();
            all.dedup();
            match all.len() {
                0 => format!("no {subject} has any"),
                1..=12 => format!("there are {}", all.join(", ")),
                _ => format!("there are {}, for example {}", all.len(), all[..6].join(", ")),
            }
        }
    };
    bail!("no {subject} has the {what} `{wanted}`; {help}")
}

/// Whether pages could not be read, which is said.
fn unread_pages(loaded: &Loaded, paths: &[RepoPath], output: &Output) -> bool {
    let mut is_unread = false;
    for problem in &loaded.handbook.problems {
        let file = loaded.files.file(problem.span.file);
        if problem.kind == ProblemKind::UnreadableFile && is_asked_for(file.path(), paths) {
            output.note(&problem_line(problem, &loaded.files));
            is_unread = true;
        }
    }
    is_unread
}

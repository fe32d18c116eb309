//! A handbook that is read for generating.

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::Global;
use crate::cli::file_problems::problem_line;
use crate::cli::output::Output;
use crate::cli::workspace::{Workspace, is_asked_for};
use crate::generate::collect::{Collected, Inputs};
use crate::generate::mark::may_hold_marks;
use crate::generate::page::{Generated, State};
use crate::generate::scene::Material;
use crate::handbook::{self, Loaded, ProblemKind, Scope};
use crate::repo::Revision;
use crate::rice::Scales;
use crate::source::{FileId, FileStore, Span};

/// A handbook, and what its generators need.
pub(in crate::cli) struct Source {
    pub(in crate::cli) workspace: Workspace,
    pub(in crate::cli) loaded: Loaded,
    inputs: Inputs,
    /// Whether something could not be read.
    pub(in crate::cli) is_unread: bool,
}

impl Source {
    /// Reads the handbook. `wants` names a generator that is called whatever the pages say.
    pub(in crate::cli) fn read(
        global: &Global,
        output: &Output,
        wants: Option<&str>,
    ) -> Result<Self> {
        let workspace = Workspace::open(global, output)?;
        let Workspace { repo, config, today, .. } = &workspace;
        let (mut loaded, may_hold) =
            handbook::load(repo, config, Scope::Facts, |_, text, _| may_hold_marks(text));
        let scales = Scales::new(&config.rice.scales).map_err(anyhow::Error::msg)?;
        let inputs = Inputs::read(repo, &mut loaded, config, &scales, *today, may_hold, wants)?;
        let mut is_unread = false;
        // What is wrong with a template is said with the page that stays as it is.
        for problem in unread(&loaded, |file| !inputs.is_template(file)) {
            output.error(&anyhow::anyhow!(problem));
            is_unread = true;
        }
        Ok(Self { workspace, loaded, inputs, is_unread })
    }

    /// What generated text is made of.
    pub(in crate::cli) fn material(&self) -> Material<'_> {
        self.inputs.material(&self.loaded)
    }

    /// Returns the first thing for which `generate --check` would refuse the commit `id`, if there is one.
    pub(super) fn check_commit(&self, id: &str, paths: &[PathBuf]) -> Result<Option<String>> {
        let Workspace { repo, config, today, .. } = &self.workspace;
        let revision = Revision::open(repo, id)?;
        let (mut loaded, may_hold) =
            handbook::load(&revision, config, Scope::Facts, |_, text, _| may_hold_marks(text));
        let scales = Scales::new(&config.rice.scales).map_err(anyhow::Error::msg)?;
        let inputs = Inputs::read(&revision, &mut loaded, config, &scales, *today, may_hold, None)?;
        if let Some(problem) = unread(&loaded, |_| true).next() {
            return Ok(Some(problem));
        }
        let asked = self.workspace.inside(paths)?;
        let collected = inputs.collect(&loaded, |path| is_asked_for(path, &asked));
        Ok(first_fault(&collected, &loaded.files))
    }

    /// Fills the marks of the pages that `paths` name, of all where they name none.
    pub(super) fn collect(&self, paths: &[PathBuf]) -> Result<Collected> {
        let asked = self.workspace.inside(paths)?;
        Ok(self.inputs.collect(&self.loaded, |path| is_asked_for(path, &asked)))
    }
}

/// The files of `loaded` that cannot be read and that `is_wanted`, each with its place, what is wrong and what to do.
fn unread(loaded: &Loaded, is_wanted: impl Fn(FileId) -> bool) -> impl Iterator<Item = String> {
    let problems = loaded.handbook.problems.iter();
    let problems = problems.filter(move |problem| {
        let is_file = problem.kind == ProblemKind::UnreadableFile;
        problem.kind.stops_reading() && (is_file || is_wanted(problem.span.file))
    });
    problems.map(|problem| problem_line(problem, &loaded.files))
}

/// The first mark or page of `collected` that is not as it should be.
fn first_fault(collected: &Collected, files: &FileStore) -> Option<String> {
    let pages = collected.pages.iter().map(|page| (page, true));
    // What a template holds between its markers counts in the pages that are made from it alone.
    let templates = collected.templates.iter().map(|page| (page, false));
    for (page, is_filled) in pages.chain(templates) {
        let at = |at: usize| {
            let line = files.start(Span::new(page.file, at..at)).line;
            format!("{}:{line}", page.path)
        };
        if let Some(damage) = &page.damage {
            return Some(format!("{}: {}", at(damage.span.start), damage.message));
        }
        if let Some(broken) = page.broken.first() {
            return Some(format!("{}: {}", at(broken.span.start), broken.message));
        }
        for filled in &page.filled {
            match &filled.outcome {
                Err(problem) => {
                    return Some(format!("{}: {}", at(problem.span.start), problem.message));
                }
                Ok(_) if !is_filled => {}
                Ok(Generated { state: State::Stale, .. }) => {
                    return Some(format!("{} is not up to date", at(filled.mark.span().start)));
                }
                Ok(Generated { state: State::HandEdited, .. }) => {
                    let place = at(filled.mark.span().start);
                    return Some(format!("{place} was edited by hand"));
                }
                Ok(Generated { state: State::Current | State::Directive, .. }) => {}
            }
        }
    }
    let whole = collected.whole.iter().find(|whole| whole.text.is_none() || whole.is_stale);
    whole.map(|whole| format!("`{}` is not up to date", whole.path))
}

//! A handbook that is read for generating.

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::Global;
use crate::cli::output::Output;
use crate::cli::workspace::{Workspace, is_asked_for};
use crate::generate::collect::{Collected, Inputs};
use crate::generate::mark::may_hold_marks;
use crate::generate::scene::Material;
use crate::handbook::{self, Loaded, Scope};
use crate::rice::Scales;

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
            handbook::load(repo, config, Scope::Facts, |_, text| may_hold_marks(text));
        let scales = Scales::new(&config.rice.scales).map_err(anyhow::Error::msg)?;
        let inputs = Inputs::read(repo, &mut loaded, config, &scales, *today, may_hold, wants)?;
        let mut is_unread = false;
        for problem in &loaded.handbook.problems {
            if problem.kind.stops_reading() {
                let path = loaded.files.file(problem.span.file).path();
                let at = loaded.files.start(problem.span);
                let help =
                    problem.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
                output.error(&anyhow::anyhow!(
                    "{path}:{}:{}: {}{help}",
                    at.line,
                    at.column,
                    problem.message
                ));
                is_unread = true;
            }
        }
        Ok(Self { workspace, loaded, inputs, is_unread })
    }

    /// What generated text is made of.
    pub(in crate::cli) fn material(&self) -> Material<'_> {
        self.inputs.material(&self.loaded)
    }

    /// Fills the marks of the pages that `paths` name, of all where they name none.
    pub(super) fn collect(&self, paths: &[PathBuf]) -> Result<Collected> {
        let asked = self.workspace.inside(paths)?;
        Ok(self.inputs.collect(&self.loaded, |path| is_asked_for(path, &asked)))
    }
}

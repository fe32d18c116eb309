//! `pmctl explain`: print the manual of a rule.

use anyhow::Result;
use clap::Args;

use super::output::Output;
use super::{Global, Outcome};
use crate::lint::{self, rules};
use crate::output::manual;

/// The flags of `pmctl explain`.
#[derive(Debug, Args)]
#[command(after_help = include_str!("help/explain.txt"))]
pub(super) struct Explain {
    /// The rule
    #[arg(value_name = "ID", required_unless_present = "all")]
    rule: Option<String>,
    /// Print the manuals of all rules as one Markdown page
    #[arg(long, conflicts_with = "rule")]
    all: bool,
}

impl Explain {
    pub(super) fn run(&self, _: &Global, output: &mut Output) -> Result<Outcome> {
        let page = match &self.rule {
            Some(id) => manual::manual(lint::find(id)?),
            None => manual::all_manuals(rules::ALL),
        };
        output.result().write_all(page.as_bytes())?;
        Ok(Outcome::Clean)
    }
}

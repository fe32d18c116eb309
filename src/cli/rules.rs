//! `pmctl rules`: list the rules of `lint`.

use anyhow::Result;
use clap::Args;

use super::output::Output;
use super::{Global, Outcome, format};
use crate::lint::rules;
use crate::output::table::{Column, Format, Row, Table};

/// The flags of `pmctl rules`.
#[derive(Debug, Args)]
#[command(after_help = include_str!("help/rules.txt"))]
pub(super) struct Rules {}

impl Rules {
    #[expect(clippy::unused_self, reason = "every command has this form")]
    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let format = format(global, Format::Table)?;
        let columns = ["Rule", "Level", "Fires on"].map(Column::of);
        let rows = rules::ALL
            .iter()
            .map(|rule| Row::new([rule.id, rule.level_name(), rule.manual.summary()]));
        let width = output.width();
        Table::new(columns, rows).write(format, "rules", width, output.result())?;
        Ok(Outcome::Clean)
    }
}

//! `pmctl generators`: what `generate` and `matrix` can make.

use anyhow::Result;
use clap::Args;

use super::output::Output;
use super::{Global, Outcome, format};
use crate::generate::generator::{Argument, ArgumentKind};
use crate::generate::generators::ALL;
use crate::output::table::{Column, Format, Row, Table};

/// The flags of `pmctl generators`.
#[derive(Debug, Args)]
#[command(after_help = include_str!("help/generators.txt"))]
pub(super) struct Generators {}

impl Generators {
    #[expect(clippy::unused_self, reason = "it has no flags of its own")]
    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let format = format(global, Format::Table)?;
        let columns = [
            Column::of("Generator"),
            Column::of("Arguments"),
            Column::new("Makes", "about").cut(),
            Column::of("Example"),
        ];
        let rows = ALL.iter().map(|generator| {
            let arguments: Vec<String> = generator.arguments.iter().map(usage).collect();
            let arguments = arguments.join(" ");
            let example = format!("<!-- pmctl:begin {} -->", generator.example);
            Row::new([generator.name.to_owned(), arguments, generator.about.to_owned(), example])
        });
        let width = output.width();
        Table::new(columns, rows).write(format, "generators", width, output.result())?;
        Ok(Outcome::Clean)
    }
}

/// `columns=tiers|maturity`, in brackets if it can be left out.
fn usage(argument: &Argument) -> String {
    let value = match argument.kind {
        ArgumentKind::Choice(words) => words.join("|"),
        ArgumentKind::Team => "TEAM".to_owned(),
        ArgumentKind::Category => "CATEGORY".to_owned(),
        ArgumentKind::Stage => "STAGE".to_owned(),
        ArgumentKind::UseCase => "USE_CASE".to_owned(),
        ArgumentKind::Guild => "GUILD".to_owned(),
        ArgumentKind::Role => "ROLE_SLUG".to_owned(),
        ArgumentKind::Area => "AREA".to_owned(),
        ArgumentKind::Count => "N".to_owned(),
    };
    let usage = format!("{}={value}", argument.name);
    if argument.is_required { usage } else { format!("[{usage}]") }
}

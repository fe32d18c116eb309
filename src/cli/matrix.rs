//! `pmctl matrix`: what a generator makes, without touching a file.

use anyhow::{Result, bail};
use clap::Args;

use super::generate::collected::Source;
use super::generators::Generators;
use super::output::Output;
use super::{Global, Outcome, format};
use crate::generate::generator::{Made, make};
use crate::generate::mark::{Call, WrittenArgument};
use crate::output::content;
use crate::output::table::Format;
use crate::source::RepoPath;

/// The flags of `pmctl matrix`.
#[derive(Debug, Args)]
#[command(after_help = include_str!("help/matrix.txt"))]
pub(super) struct Matrix {
    /// The generator
    name: Option<String>,
    /// Its arguments, such as `columns=tiers`; the first can omit its name
    arguments: Vec<String>,
}

impl Matrix {
    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let format = format(global, Format::Table)?;
        let Some(name) = &self.name else { return Generators {}.run(global, output) };
        let source = Source::read(global, output, Some(name))?;
        let arguments = self.arguments.iter().map(|argument| {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (Some(name.to_owned()), value.to_owned()),
                None => (None, argument.clone()),
            };
            WrittenArgument { name, value, span: 0..0 }
        });
        let call = Call { name: name.clone(), name_span: 0..0, arguments: arguments.collect() };
        let Made { generator, blocks, .. } = match make(&call, &source.material()) {
            Ok(made) => made,
            Err(problem) => bail!("{}; {}", problem.message, problem.help),
        };
        // Links are shown as from the root of the handbook.
        let page = RepoPath::new("index.md")?;
        content::write(format, generator.name, &blocks, &page, output.width(), output.result())?;
        Ok(Outcome::of(source.is_unread, false))
    }
}

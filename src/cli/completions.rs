//! `pmctl completions`: print what a shell needs to complete pmctl's words.

use anyhow::Result;
use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use super::output::Output;
use super::{Global, Outcome};

/// The flags of `pmctl completions`.
#[derive(Debug, Args)]
#[command(after_help = include_str!("help/completions.txt"))]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, _: &Global, output: &mut Output) -> Result<Outcome> {
        let mut command = super::Args::command();
        let mut script = Vec::new();
        generate(self.shell, &mut command, "pmctl", &mut script);
        output.result().write_all(&script)?;
        Ok(Outcome::Clean)
    }
}

//! `pmctl completions`: print what a shell needs to complete pmctl's words.

use anyhow::Result;
use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use super::output::Output;
use super::{Global, Outcome};

/// The flags of `pmctl completions`.
#[derive(Debug, Args)]
#[command(after_help = "Write it to where the shell looks for it:\n  \
    bash        pmctl completions bash > ~/.local/share/bash-completion/completions/pmctl\n  \
    zsh         pmctl completions zsh > ~/.zfunc/_pmctl, with ~/.zfunc in fpath\n  \
    fish        pmctl completions fish > ~/.config/fish/completions/pmctl.fish\n  \
    powershell  pmctl completions powershell >> $PROFILE\n  \
    elvish      pmctl completions elvish >> ~/.config/elvish/rc.elv")]
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

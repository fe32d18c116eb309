//! `pmctl man`: write the manual pages, one for each command.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man;

use super::output::Output;
use super::{Global, Outcome};
use crate::config;

/// What every page of pmctl begins with. A file without it is somebody else's.
const OURS: &str = ".\\\" A manual page of pmctl, written by `pmctl man`.\n";

/// The flags of `pmctl man`.
#[derive(Debug, Args)]
#[command(
    after_help = "The pages are pmctl.1 and one for each command, such as pmctl-lint.1. They bear a date only with \
    --today. A file that pmctl did not write is not overwritten, and then no page is written."
)]
pub(super) struct ManPages {
    /// The folder, which is made if it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl ManPages {
    #[expect(clippy::disallowed_methods, reason = "the pages go into a folder that was asked for")]
    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        // The clock is left out: the same version gives the same pages.
        let date = match &global.today {
            Some(day) => config::today(Some(day), |_| None)?.to_string(),
            None => String::new(),
        };
        let mut command = super::Args::command();
        command.build();
        let mut pages = Vec::new();
        add_pages(&command, &date, &mut pages)?;

        let folder = &self.folder;
        output.check_file(folder)?;
        for (name, _) in &pages {
            refuse_strangers(&folder.join(name))?;
        }
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made a folder", folder.display()))?;
        for (name, text) in &pages {
            let path = folder.join(name);
            output.write_file(&path, text)?;
        }
        output.note(&format!("{} pages are in {}", pages.len(), folder.display()));
        Ok(Outcome::Clean)
    }
}

/// Adds the page of `command`, and those of the commands below it.
fn add_pages(command: &Command, date: &str, pages: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    let man = Man::new(command.clone()).date(date).manual("pmctl");
    let mut text = OURS.as_bytes().to_vec();
    man.render(&mut text)?;
    pages.push((man.get_filename(), text));
    // `help` is no command of its own, but another way to ask for help.
    let below = command.get_subcommands().filter(|command| command.get_name() != "help");
    below
        .filter(|command| !command.is_hide_set())
        .try_for_each(|below| add_pages(below, date, pages))
}

/// Fails if anything but a page of pmctl is at `path`.
#[expect(clippy::disallowed_methods, reason = "nothing but what pmctl wrote is replaced")]
fn refuse_strangers(path: &Path) -> Result<()> {
    let data = match path.symlink_metadata() {
        Ok(data) => data,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound) => return Ok(()),
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be looked at", path.display()));
        }
    };
    // What is no file of its own is never opened: a pipe would wait, a link would lead elsewhere.
    let is_ours = data.is_file()
        && fs::read(path)
            .with_context(|| format!("{} cannot be read", path.display()))?
            .starts_with(OURS.as_bytes());
    if !is_ours {
        bail!(
            "{} is no page that pmctl wrote, so nothing was written; move it away, or name another \
             folder",
            path.display()
        );
    }
    Ok(())
}

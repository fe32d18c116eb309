//! `pmctl config show`: every setting with its value and origin.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};

use super::output::Output;
use super::workspace::Workspace;
use super::{Global, Outcome, format};
use crate::config::{Origin, Setting, settings};
use crate::lint::{self, rules};
use crate::output::settings as shown;
use crate::output::table::Format;
use crate::source::nearest;

/// The settings that rules have, by their ids.
const RULES: &str = "lint.rules";

/// The flags of `pmctl config`.
#[derive(Debug, Args)]
pub(super) struct Config {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Show every setting with its value and origin
    Show(Show),
}

/// The flags of `pmctl config show`.
#[derive(Debug, Args)]
#[command(after_help = include_str!("help/config_show.txt"))]
struct Show {
    /// Only these settings and those below them, such as `review` or `lint.rules`
    #[arg(value_name = "SETTING")]
    names: Vec<String>,
}

impl Config {
    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let ConfigCommand::Show(show) = &self.command;
        show.run(global, output)
    }
}

impl Show {
    fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let format = format(global, Format::Table)?;
        // A configuration that cannot be used is not shown.
        let workspace = Workspace::open(global, output)?;
        let repo = &workspace.repo;
        let mut settings = settings(repo, global.config.as_deref(), global.profile.as_deref())?;
        lint::Levels::configured(&workspace.config)?;
        add_rules(&mut settings);
        self.choose(&mut settings)?;
        let width = output.width();
        shown::write(format, &settings, repo.root(), width, output.result())?;
        Ok(Outcome::Clean)
    }

    /// Keeps the named settings.
    fn choose(&self, settings: &mut Vec<Setting>) -> Result<()> {
        for name in &self.names {
            if settings.iter().any(|setting| is_at_or_below(&setting.name, name)) {
                continue;
            }
            let known: BTreeSet<&str> =
                settings.iter().flat_map(|setting| with_those_above(&setting.name)).collect();
            let near = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
            let help = near.unwrap_or_else(|| "`pmctl config show` lists them".to_owned());
            bail!("unknown setting `{name}`; {help}");
        }
        if !self.names.is_empty() {
            settings.retain(|setting| {
                self.names.iter().any(|name| is_at_or_below(&setting.name, name))
            });
        }
        Ok(())
    }
}

/// Adds the rules that the configuration does not name, at their own levels.
fn add_rules(settings: &mut Vec<Setting>) {
    // Without a level for any rule there is one setting, an empty map.
    settings.retain(|setting| setting.name != RULES);
    for rule in rules::ALL {
        let name = format!("{RULES}.{}", rule.id);
        if !settings.iter().any(|setting| setting.name == name) {
            let value = rule.level_name().into();
            settings.push(Setting { name, value, origins: vec![Origin::Default] });
        }
    }
    settings.sort_by(|one, other| {
        // Entries of lists are in order already, and the tenth comes after the ninth.
        fn top(name: &str) -> &str {
            name.split('[').next().unwrap_or(name)
        }
        top(&one.name).cmp(top(&other.name))
    });
}

fn is_at_or_below(name: &str, above: &str) -> bool {
    name.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The name, and those of what it is in: `pages[1].glob`, `pages[1]`, `pages`.
fn with_those_above(name: &str) -> impl Iterator<Item = &str> {
    let ends = name.match_indices(['.', '[']).map(|(at, _)| &name[..at]);
    ends.chain([name])
}

//! `pmctl schema`: print a JSON Schema for editors.

use std::collections::HashSet;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use super::output::Output;
use super::suggestion::suggestion;
use super::workspace::Workspace;
use super::{Global, Outcome, format};
use crate::handbook::profile::{DataFile, data_files};
use crate::handbook::{self, Ladder, Scope};
use crate::output::json_schema::{Levels, config_schema, data_schema};
use crate::output::table::{self, Column, Row, Table};
use crate::repo::CONFIG_FILE;

/// What `pmctl.toml` may also be called.
const CONFIG: &str = "config";

/// The flags of `pmctl schema`.
#[derive(Debug, Args)]
#[command(after_help = include_str!("help/schema.txt"))]
pub(super) struct Schema {
    /// `config` for pmctl.toml, or a data file by name or path [default: list all]
    name: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SchemaFormat {
    Json,
}

impl Schema {
    pub(super) fn run(&self, global: &Global, output: &mut Output) -> Result<Outcome> {
        let Some(name) = self.name.as_deref() else { return list(global, output) };
        let SchemaFormat::Json = format(global, SchemaFormat::Json)?;
        // This one helps to fix a configuration that cannot be read, so it reads none.
        let schema = if matches!(name, CONFIG | CONFIG_FILE) {
            config_schema()
        } else {
            of_data(name, &Workspace::open(global, output)?)?
        };
        crate::output::json::write(output.result(), &schema)?;
        Ok(Outcome::Clean)
    }
}

/// The schema of the data file called `name`.
fn of_data(name: &str, workspace: &Workspace) -> Result<serde_json::Value> {
    let Workspace { repo, config, .. } = workspace;
    let files = data_files(config.profile);
    let path = |file: &DataFile| config.paths.get(file.name).map_or("", |path| path.as_str());
    let is_meant = |file: &&DataFile| {
        let path = path(file);
        file.name == name || path == name || path.rsplit('/').next() == Some(name)
    };
    let Some(file) = files.iter().find(is_meant) else {
        let names = files.iter().map(|file| file.name).chain([CONFIG]);
        // A path is as near as its name.
        let word = name.rsplit('/').next().unwrap_or(name);
        let word = word.trim_end_matches(".yml").trim_end_matches(".yaml");
        let (help, profile) = (suggestion(word, names), config.profile.name());
        bail!("the {profile} profile has no data file `{name}`; {help}");
    };
    let (loaded, _) = handbook::load(repo, config, Scope::Data, |_, _, _| ());
    let levels = levels(&loaded.handbook.ladder, config.maturity.is_configured);
    Ok(data_schema(file, path(file), &levels))
}

/// The known levels. Where a file defines others than the configuration, only `pmctl lint` knows what a field may
/// hold.
fn levels(ladder: &Ladder, is_configured: bool) -> Levels {
    let is_known = !(ladder.is_table && is_configured);
    let mut seen = HashSet::new();
    // A duplicate key is for `lint` to report.
    let keys = ladder.keys().filter(|key| is_known && seen.insert(*key));
    let keys = keys.map(str::to_owned).collect();
    let above = ladder.rungs.iter().skip(1);
    Levels { keys, date_fields: above.map(|rung| rung.date_field.clone()).collect() }
}

fn list(global: &Global, output: &mut Output) -> Result<Outcome> {
    let format = format(global, table::Format::Table)?;
    let config = Workspace::open(global, output)?.config;
    let columns = ["Schema", "File", "Of"].map(Column::of);
    let own = Row::new([CONFIG, CONFIG_FILE, "the configuration"]);
    let data = data_files(config.profile).iter().map(|file| {
        let path = config.paths.get(file.name).map_or("", |path| path.as_str());
        let noun = file.schema.noun;
        Row::new([file.name, path, noun])
    });
    let table = Table::new(columns, [own].into_iter().chain(data));
    table.write(format, "schemas", output.width(), output.result())?;
    Ok(Outcome::Clean)
}

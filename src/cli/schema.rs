//! `pmctl schema`: print a JSON Schema for editors.

use std::collections::HashSet;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use super::output::Output;
use super::workspace::Workspace;
use super::{Global, Outcome, format};
use crate::handbook::profile::{DataFile, data_files};
use crate::handbook::{self, Ladder, Scope};
use crate::output::json_schema::{Levels, config_schema, data_schema};
use crate::output::table::{self, Column, Row, Table};
use crate::repo::CONFIG_FILE;
use crate::source::nearest;

/// What `pmctl.toml` may also be called.
const CONFIG: &str = "config";

/// The flags of `pmctl schema`.
#[derive(Debug, Args)]
#[command(
    after_help = "Formats: json for a schema; table (the default), json, csv and markdown for the list. The schema of \
    a data file has the maturity levels of the handbook, and that of pmctl.toml is the same for all."
)]
pub(super) struct Schema {
    /// `config` for pmctl.toml, or a data file by its name or path; without it, all are listed
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
        // Whoever asks for this one may be about to mend a configuration that cannot be read.
        let schema = match is_config(name) {
            true => config_schema(),
            false => of_data(name, &Workspace::open(global, output)?)?,
        };
        crate::output::json::write(output.result(), &schema)?;
        Ok(Outcome::Clean)
    }
}

fn is_config(name: &str) -> bool {
    matches!(name, CONFIG | CONFIG_FILE)
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
        let names: Vec<&str> = files.iter().map(|file| file.name).chain([CONFIG]).collect();
        // A path is as near as its name.
        let word = name.rsplit('/').next().unwrap_or(name);
        let word = word.trim_end_matches(".yml").trim_end_matches(".yaml");
        let help = match nearest(word, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", names.join(", ")),
        };
        let profile = config.profile.name();
        bail!("the {profile} profile has no data file `{name}`; {help}");
    };
    let (loaded, _) = handbook::load(repo, config, Scope::Data, |_, _, _| ());
    let levels = levels(&loaded.handbook.ladder, config.maturity.is_configured);
    Ok(data_schema(file, path(file), &levels))
}

/// What is known of the levels. Where a file defines them beside those that are configured, only
/// `pmctl lint` can tell what a field may hold.
fn levels(ladder: &Ladder, is_configured: bool) -> Levels {
    let is_known = !(ladder.is_table && is_configured);
    let mut seen = HashSet::new();
    // A key that stands twice is for `lint` to report.
    let keys = ladder.keys().filter(|key| is_known && seen.insert(*key));
    let keys = keys.map(str::to_owned).collect();
    let above = ladder.rungs.iter().skip(1);
    Levels { keys, date_fields: above.map(|rung| rung.date_field.clone()).collect() }
}

fn list(global: &Global, output: &mut Output) -> Result<Outcome> {
    let format = format(global, table::Format::Table)?;
    let config = Workspace::open(global, output)?.config;
    let columns =
        vec![Column::new("Schema", "schema"), Column::new("File", "file"), Column::new("Of", "of")];
    let own = Row::new([CONFIG, CONFIG_FILE, "the configuration"]);
    let data = data_files(config.profile).iter().map(|file| {
        let path = config.paths.get(file.name).map_or("", |path| path.as_str());
        let noun = file.schema.noun;
        Row::new([file.name, path, noun])
    });
    let table = Table { columns, rows: [own].into_iter().chain(data).collect() };
    table::write(format, "schemas", &table, output.width(), output.result())?;
    Ok(Outcome::Clean)
}

//! Settings with their values and origins: tables, and JSON in which values keep their types.

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use super::line::NOTHING;
use super::table::{Column, Format, Row, Table, Tone};
use crate::config::{Origin, Setting};
use crate::output::Sink;

/// Writes `settings` in `format`, with the paths of files relative to `root`. `width` is that of the terminal, in
/// columns, if there is one.
///
/// # Errors
///
/// Fails if `out` cannot be written.
pub fn write(
    format: Format,
    settings: &[Setting],
    root: &Path,
    width: Option<u16>,
    out: &mut Sink,
) -> io::Result<()> {
    if format == Format::Json {
        let settings = settings.iter().map(|setting| {
            let origins: Vec<Value> =
                setting.origins.iter().map(|origin| origin_json(origin, root)).collect();
            json!({"setting": setting.name, "value": setting.value, "origins": origins})
        });
        let settings: Vec<Value> = settings.collect();
        return crate::output::json::write(out, &json!({"settings": settings}));
    }
    let columns = [Column::of("Setting"), Column::of("Value").cut(), Column::of("From")];
    let rows = settings.iter().map(|setting| {
        let origins: Vec<String> =
            setting.origins.iter().map(|origin| described(origin, root)).collect();
        let is_default = setting.origins == [Origin::Default];
        let cells = [setting.name.clone(), shown(&setting.value), origins.join(", ")];
        Row::new(cells).tone(if is_default { Tone::Faint } else { Tone::Plain })
    });
    Table::new(columns, rows).write(format, "settings", width, out)
}

fn origin_json(origin: &Origin, root: &Path) -> Value {
    match origin {
        Origin::Flag(flag) => json!({"kind": "flag", "flag": flag}),
        Origin::File { path, line } => {
            json!({"kind": "file", "path": relative(path, root), "line": line})
        }
        Origin::Profile(profile) => json!({"kind": "profile", "profile": profile.name()}),
        Origin::Handbook => json!({"kind": "handbook"}),
        Origin::Default => json!({"kind": "default"}),
    }
}

fn described(origin: &Origin, root: &Path) -> String {
    match origin {
        Origin::Flag(flag) => (*flag).to_owned(),
        Origin::File { path, line } => format!("{}:{line}", relative(path, root)),
        Origin::Profile(profile) => format!("profile {}", profile.name()),
        Origin::Handbook => "the handbook's files".to_owned(),
        Origin::Default => "default".to_owned(),
    }
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

/// A value as people read it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) if !values.is_empty() => {
            let values: Vec<String> = values.iter().map(shown).collect();
            values.join(", ")
        }
        Value::Null | Value::Array(_) | Value::Object(_) => NOTHING.to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

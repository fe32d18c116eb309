//! Every setting with its value, and where that comes from.
//!
//! No setting is named here but `profile`: the settings that hold are walked as they are, next to the texts
//! of the file and of the profile, so a setting that is new is shown without a word about it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::layers::{Layers, NamedBy};
use super::settings::Settings;
use super::{ConfigError, Profile};
use crate::repo::Repo;
use crate::source::LineTable;

/// A setting that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Its name, such as `review.cadence`. The entries of a list are counted from 1: `pages[1].glob`.
    pub name: String,
    /// Its value: a word, a number, a list of them; null, or an empty list or map, where it is not set.
    pub value: Value,
    /// Where that comes from; of a list, its entries may come from two places.
    pub origins: Vec<Origin>,
}

/// Where the value of a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag of this run.
    Flag(&'static str),
    /// A configuration file.
    File {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// The profile.
    Profile(Profile),
    /// What is in the handbook.
    Handbook,
    /// Nobody said anything.
    Default,
}

/// All settings that hold for the handbook in `repo`, in order of their names; the arguments are those of
/// [`Config::load`](super::Config::load).
pub fn settings(
    repo: &Repo,
    file: Option<&Path>,
    profile: Option<&str>,
) -> Result<Vec<Setting>, ConfigError> {
    let Layers { path, text, own, profile, named_by } = Layers::read(repo, file, profile, None)?;
    // Both texts have been read as settings.
    let (own_table, base_table) = (DeTable::parse(&text).ok(), DeTable::parse(profile.text()).ok());
    let mut walk = Walk {
        path: &path,
        text: &text,
        lines: LineTable::new(&text),
        profile,
        settings: Vec::new(),
    };
    let effective = own.over(profile.settings()).over(Settings::defaults());
    let effective = serde_json::to_value(effective).unwrap_or_default();
    let tables = Texts {
        own: own_table.as_ref().map(Text::Table),
        base: base_table.as_ref().map(Text::Table),
    };
    walk.visit(String::new(), &effective, tables);
    let mut settings = walk.settings;
    for setting in settings.iter_mut().filter(|setting| setting.name == "profile") {
        setting.value = profile.name().into();
        match named_by {
            NamedBy::File => {}
            NamedBy::Flag => setting.origins = vec![Origin::Flag("--profile")],
            NamedBy::Handbook => setting.origins = vec![Origin::Handbook],
            NamedBy::Nobody => setting.origins = vec![Origin::Default],
        }
    }
    Ok(settings)
}

/// Where a setting is in the file, and in the profile.
#[derive(Clone, Copy)]
struct Texts<'t> {
    own: Option<Text<'t>>,
    base: Option<Text<'t>>,
}

impl<'t> Texts<'t> {
    fn map(self, part: impl Fn(Text<'t>) -> Option<Text<'t>>) -> Self {
        Self { own: self.own.and_then(&part), base: self.base.and_then(&part) }
    }
}

/// A piece of TOML.
#[derive(Clone, Copy)]
enum Text<'t> {
    Table(&'t Spanned<DeTable<'t>>),
    Value(&'t Spanned<DeValue<'t>>),
}

impl<'t> Text<'t> {
    /// What is below the key.
    fn get(self, key: &str) -> Option<Self> {
        let table = match self {
            Self::Table(table) => Some(table.get_ref()),
            Self::Value(value) => value.get_ref().as_table(),
        };
        table?.get(key).map(Self::Value)
    }

    /// The entries of a list, if it has any.
    fn entries(self) -> Option<&'t [Spanned<DeValue<'t>>]> {
        let Self::Value(value) = self else { return None };
        value.get_ref().as_array().filter(|entries| !entries.is_empty()).map(|entries| &entries[..])
    }

    fn start(self) -> usize {
        match self {
            Self::Table(table) => table.span().start,
            Self::Value(value) => value.span().start,
        }
    }
}

/// A walk over the settings.
struct Walk<'t> {
    path: &'t Path,
    text: &'t str,
    lines: LineTable,
    profile: Profile,
    settings: Vec<Setting>,
}

impl Walk<'_> {
    fn visit(&mut self, name: String, value: &Value, texts: Texts<'_>) {
        match value {
            Value::Object(map) if !map.is_empty() => {
                for (key, value) in map {
                    let texts = texts.map(|text| text.get(key));
                    let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                    self.visit(name, value, texts);
                }
            }
            Value::Array(values) if values.iter().any(Value::is_object) => {
                // A list of the file takes the place of the profile's.
                let texts = match texts.own.and_then(Text::entries) {
                    Some(_) => Texts { base: None, ..texts },
                    None => texts,
                };
                for (at, value) in values.iter().enumerate() {
                    let texts = texts.map(|text| Some(Text::Value(text.entries()?.get(at)?)));
                    self.visit(format!("{name}[{}]", at + 1), value, texts);
                }
            }
            _ => {
                let origins = self.origins(value, texts);
                self.settings.push(Setting { name, value: value.clone(), origins });
            }
        }
    }

    fn origins(&self, value: &Value, Texts { own, base }: Texts<'_>) -> Vec<Origin> {
        let mut origins = Vec::new();
        if !value.is_null() {
            // Of a list, what the file does not name can only be the profile's.
            let is_all_own = own.is_some_and(|own| match value {
                Value::Array(values) => holds(own, values),
                _ => true,
            });
            if base.is_some() && !is_all_own {
                origins.push(Origin::Profile(self.profile));
            }
            if let Some(own) = own {
                let line = self.lines.position(self.text, own.start()).line;
                origins.push(Origin::File { path: self.path.to_owned(), line });
            }
        }
        if origins.is_empty() {
            origins.push(Origin::Default);
        }
        origins
    }
}

/// Whether all `values` are entries of the list `text`. Only words are distinguished: no other lists are joined.
fn holds(text: Text<'_>, values: &[Value]) -> bool {
    let entries = text.entries().unwrap_or_default();
    let words: HashSet<&str> =
        entries.iter().filter_map(|entry| entry.get_ref().as_str()).collect();
    values.iter().filter_map(Value::as_str).all(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(toml: &str, name: &str) -> (Value, Vec<Origin>) {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("pmctl.toml"), toml).expect("a file");
        let found = settings(&Repo::at(folder.path()), None, None).expect("good settings");
        let setting = found.into_iter().find(|setting| setting.name == name);
        let Setting { value, mut origins, .. } = setting.expect("the setting");
        for origin in &mut origins {
            if let Origin::File { path, .. } = origin {
                *path = PathBuf::from("pmctl.toml");
            }
        }
        (value, origins)
    }

    fn line(line: usize) -> Origin {
        Origin::File { path: PathBuf::from("pmctl.toml"), line }
    }

    #[test]
    fn a_map_is_joined_key_by_key_and_a_list_replaced() {
        let toml = "profile = 'default'\n[paths]\nfeatures = 'f.yml'\n[[pages]]\nglob = '*.md'\nkind = 'page'\n";
        let of = |name| origins(toml, name).1;
        assert_eq!(of("profile"), [line(1)]);
        assert_eq!(of("paths.features"), [line(3)]);
        assert_eq!(of("paths.teams"), [Origin::Profile(Profile::Default)]);
        assert_eq!(of("pages[1].glob"), [line(5)]);
        // The profile's first entry does not show through.
        assert_eq!(of("pages[1].reviewed"), [Origin::Default]);
        assert_eq!(of("maturity.dated"), [Origin::Profile(Profile::Default)]);
        assert_eq!(of("review.cadence"), [Origin::Default]);
    }

    #[test]
    fn a_list_that_is_joined_has_two_origins() {
        let (value, found) = origins("required = [\n  'teams',\n]\n", "required");
        assert_eq!(value, serde_json::json!(["features", "teams"]));
        assert_eq!(found, [Origin::Profile(Profile::Default), line(1)]);
        let (_, found) = origins("[maturity]\nlevels = ['a', 'b']\n", "maturity.levels");
        assert_eq!(found, [line(2)]);
    }
}

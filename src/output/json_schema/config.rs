//! The schema of `pmctl.toml`: that of its settings, with the names that they may hold.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::config::{Profile, settings_schema};
use crate::handbook::profile::data_files;
use crate::lint::rules;

/// The schema of `pmctl.toml`, for handbooks of all profiles.
pub fn config_schema() -> Value {
    let mut schema = settings_schema();
    schema["title"] = "pmctl.toml".into();
    let profiles: Vec<&str> = Profile::ALL.map(Profile::name).to_vec();
    name_values(&mut schema, "/properties/profile", &profiles);

    let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for profile in Profile::ALL {
        for file in data_files(profile) {
            files.entry(file.name).or_default().push(profile.name());
        }
    }
    let names: Vec<&str> = files.keys().copied().collect();
    name_values(&mut schema, "/properties/required/items", &names);
    let paths = files.iter().map(|(name, profiles)| {
        let is_everywhere = profiles.len() == Profile::ALL.len();
        let profiles =
            if is_everywhere { "every profile".to_owned() } else { profiles.join(" and ") };
        (*name, format!("Where the file of {name} is; in {profiles}."))
    });
    name_keys(&mut schema, "/properties/paths", paths);
    let rules = rules::ALL.iter().map(|rule| {
        let about = format!("Fires on {}. Usually {}.", rule.manual.summary(), rule.level_name());
        (rule.id, about)
    });
    for place in ["LintSettings", "OverrideSettings"] {
        let place = format!("/definitions/{place}/properties/rules");
        name_keys(&mut schema, &place, rules.clone());
    }
    schema
}

/// Lets the text at `place` be one of `names`.
fn name_values(schema: &mut Value, place: &str, names: &[&str]) {
    let Some(Value::Object(text)) = schema.pointer_mut(place) else { return };
    text.remove("type");
    text.insert("enum".to_owned(), names.into());
}

/// Lets the map at `place` have no keys but `names`, each with what it is about.
fn name_keys<'n>(schema: &mut Value, place: &str, names: impl Iterator<Item = (&'n str, String)>) {
    let Some(Value::Object(map)) = schema.pointer_mut(place) else { return };
    let value = map.insert("additionalProperties".to_owned(), false.into()).unwrap_or_default();
    let keys: Map<String, Value> = names
        .map(|(name, about)| {
            // In draft 7, what is next to a reference is ignored.
            let value = match value.get("$ref") {
                Some(_) => json!({"allOf": [value], "description": about}),
                None => {
                    let mut value = value.clone();
                    value["description"] = about.into();
                    value
                }
            };
            (name.to_owned(), value)
        })
        .collect();
    map.insert("properties".to_owned(), keys.into());
}

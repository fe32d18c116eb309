//! How each house writes its handbook down: its data files, and what they hold.
//!
//! A profile's file reads like the description of its format. What a record becomes in the model is
//! said by the model; where the files lie and how the levels are called, by the configuration.

mod default;
mod gitlab;
mod mattermost;
mod rice;
mod sourcegraph;
mod votes;

use super::schema::{Schema, Table};
use super::{Fields, Handbook, Part};
use crate::config::Profile;

/// A data file of a profile.
pub struct DataFile {
    /// Its name among the configured paths, such as `categories`.
    pub name: &'static str,
    /// What its records are a part of.
    pub part: Part,
    /// How its records are laid out.
    pub layout: Layout,
    /// What a record holds.
    pub schema: &'static Schema,
    /// What its keys are pointed to as.
    pub tables: &'static [Table],
    /// Puts a record into the model.
    pub read: fn(&mut Handbook, &mut Fields<'_, '_, '_, '_>),
}

/// How the records of a file are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A map of key to record.
    Map,
    /// Such a map under the one top key.
    MapUnder(&'static str),
    /// A list of records; the field tells them apart.
    List(&'static str),
    /// Such a list under the one top key.
    ListUnder(&'static str, &'static str),
    /// A map of lists of records; the field tells the records of a list apart.
    Lists(&'static str),
    /// Something else, which is only checked to be YAML.
    Free,
}

impl Layout {
    /// How a file of no records is written.
    pub fn nothing(self) -> String {
        match self {
            Self::Map | Self::Lists(_) | Self::Free => "{}".to_owned(),
            Self::List(_) => "[]".to_owned(),
            Self::MapUnder(key) => format!("{key}: {{}}"),
            Self::ListUnder(key, _) => format!("{key}: []"),
        }
    }
}

impl DataFile {
    /// A file of records.
    const fn new(
        name: &'static str,
        part: Part,
        layout: Layout,
        schema: &'static Schema,
        read: fn(&mut Handbook, &mut Fields<'_, '_, '_, '_>),
    ) -> Self {
        Self { name, part, layout, schema, tables: &[], read }
    }

    /// The file, with keys that others point to.
    const fn pointed_to_as(mut self, tables: &'static [Table]) -> Self {
        self.tables = tables;
        self
    }
}

/// The data files of `profile`, in the order in which they are read.
pub fn data_files(profile: Profile) -> &'static [DataFile] {
    match profile {
        Profile::Gitlab => gitlab::FILES,
        Profile::Sourcegraph => sourcegraph::FILES,
        Profile::Mattermost => mattermost::FILES,
        Profile::Default => default::FILES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_of_a_profile_has_its_format_and_every_format_its_path() {
        for profile in Profile::ALL {
            let repo = crate::repo::Repo::at("nowhere");
            let config = crate::config::Config::load(&repo, None, Some(profile.name()), None);
            let config = config.expect("a good configuration");
            let mut names: Vec<&str> = data_files(profile).iter().map(|file| file.name).collect();
            names.sort_unstable();
            let paths: Vec<&str> = config.paths.keys().map(String::as_str).collect();
            assert_eq!(names, paths, "{}", profile.name());
        }
    }

    #[test]
    fn every_field_is_declared_once_and_says_what_it_means() {
        for file in Profile::ALL.into_iter().flat_map(data_files) {
            for (at, field) in file.schema.fields.iter().enumerate() {
                assert!(field.meaning.ends_with('.'), "{} {}", file.name, field.name);
                assert_eq!(
                    file.schema.position(field.name),
                    Some(at),
                    "{} {}",
                    file.name,
                    field.name
                );
            }
        }
    }
}

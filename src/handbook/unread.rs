//! What of a handbook could not be read. What is made of a part that is not known whole is wrong without a sign of it,
//! so whatever writes asks here first.

use super::Handbook;
use crate::source::{RepoPath, Span};

/// A part of a handbook, which comes from files of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The sections.
    Sections,
    /// The stages and their groups.
    Stages,
    /// The categories.
    Categories,
    /// The features.
    Features,
    /// The organisations of teams.
    ProductOrgs,
    /// The teams.
    Teams,
    /// The people.
    People,
    /// The guilds.
    Guilds,
    /// The owners of what crosses teams.
    CrossProductOwners,
    /// The use cases.
    UseCases,
    /// The code hosts.
    CodeHosts,
    /// The deployment options.
    DeploymentOptions,
    /// The maturity levels.
    MaturityLevels,
    /// The glossary.
    Glossary,
    /// The redirects.
    Redirects,
    /// The ideas of the data.
    Ideas,
    /// The sessions of votes.
    Sessions,
    /// What the pages say.
    Pages,
    /// Which pages there are.
    Folders,
    /// The files that name owners.
    OwnerFiles,
}

/// A set of parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts(u32);

impl Parts {
    /// Adds `part`.
    pub fn add(&mut self, part: Part) {
        self.0 |= 1 << part as u32;
    }

    /// Adds all of `others`.
    pub fn add_all(&mut self, others: Self) {
        self.0 |= others.0;
    }

    /// Returns whether `part` is one of them.
    pub fn has(self, part: Part) -> bool {
        self.0 & (1 << part as u32) != 0
    }
}

/// A file that could not be read, or something in it: a record, or a value that the model would hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// What it is a part of.
    pub part: Part,
    /// Where.
    pub span: Span,
    /// What is wrong there.
    pub message: String,
}

/// A data file that has to be taken for damaged, because nothing in it says that there is nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// What it is a part of.
    pub part: Part,
    /// Its place.
    pub path: RepoPath,
    /// What to write in it if there is really nothing; `None` for a file that git tracks and that is not there.
    pub nothing: Option<String>,
}

impl Handbook {
    /// Returns the first data file of `parts` that holds nothing, or that was removed and not from git.
    pub fn first_blank(&self, parts: Parts) -> Option<&Blank> {
        self.blank.iter().find(|blank| parts.has(blank.part))
    }

    /// Returns the first thing that could not be read of `parts`, in the order of the files.
    pub fn first_unread(&self, parts: Parts) -> Option<&Unread> {
        self.unread.iter().find(|unread| parts.has(unread.part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Profile};
    use crate::handbook::profile::{Layout, data_files};
    use crate::handbook::{Scope, load};
    use crate::repo::Repo;

    /// The parts that hold something.
    fn filled(handbook: &Handbook) -> Vec<Part> {
        let all = [
            (Part::Sections, handbook.sections.len()),
            (Part::Stages, handbook.stages.len()),
            (Part::Categories, handbook.categories.len()),
            (Part::Features, handbook.features.len()),
            (Part::ProductOrgs, handbook.product_orgs.len()),
            (Part::Teams, handbook.teams.len()),
            (Part::People, handbook.people.len()),
            (Part::Guilds, handbook.guilds.len()),
            (Part::CrossProductOwners, handbook.cross_product_owners.len()),
            (Part::UseCases, handbook.use_cases.len()),
            (Part::CodeHosts, handbook.code_hosts.len()),
            (Part::DeploymentOptions, handbook.deployment_options.len()),
            (Part::MaturityLevels, handbook.maturity_levels.len()),
            (Part::Glossary, handbook.glossary.len()),
            (Part::Redirects, handbook.redirects.len()),
            (Part::Ideas, handbook.ideas.len()),
            (Part::Sessions, handbook.sessions.len()),
        ];
        all.into_iter().filter(|(_, length)| *length > 0).map(|(part, _)| part).collect()
    }

    #[test]
    fn every_data_file_fills_the_part_that_it_declares_and_costs_it_when_it_is_broken() {
        for profile in Profile::ALL {
            for file in data_files(profile) {
                let text = match file.layout {
                    Layout::Map => "a:\n  title: A\n".to_owned(),
                    Layout::MapUnder(key) => format!("{key}:\n  a:\n    title: A\n"),
                    Layout::List(name) => format!("- {name}: /a\n"),
                    Layout::ListUnder(key, name) => format!("{key}:\n- {name}: A\n"),
                    Layout::Lists(name) => format!("a:\n- {name}: A\n"),
                    Layout::Free => continue,
                };
                let read = |text: &str| {
                    let folder = tempfile::tempdir().expect("a folder");
                    let repo = Repo::at(folder.path().to_owned());
                    let config = Config::load(&repo, None, Some(profile.name()), None);
                    let config = config.expect("a configuration");
                    let path = folder.path().join(config.paths[file.name].as_str());
                    std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
                    std::fs::write(path, text).expect("a file");
                    load(&repo, &config, Scope::Data, |_, _, _| ()).0.handbook
                };
                let (name, whole) = (file.name, read(&text));
                assert_eq!(filled(&whole), [file.part], "{} {name}", profile.name());
                let mut parts = Parts::default();
                parts.add(file.part);
                assert_eq!(whole.first_unread(parts), None, "{} {name}", profile.name());
                let broken = read(&format!("{text}\"\n"));
                assert!(broken.first_unread(parts).is_some(), "{} {name}", profile.name());
            }
        }
    }
}

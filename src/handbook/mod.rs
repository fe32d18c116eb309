//! What a handbook says, whoever wrote it: one model for every profile, with a place on every fact.
//!
//! Reading is tolerant: what is wrong becomes a [`Problem`] and costs that value alone. What the
//! facts mean together is judged elsewhere.

pub mod address;
mod category;
mod feature;
pub mod hierarchy;
mod idea;
mod load;
pub mod lookup;
mod maturity;
mod owner_files;
mod page;
pub mod partials;
mod problem;
pub mod profile;
mod reading;
pub mod schema;
pub mod stage_pages;
pub mod stated_maturity;
pub mod team;
pub mod template_sections;
pub mod templates;
mod title;
mod unread;
mod unused_patterns;
pub mod votes;

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use crate::config::Profile;
use crate::repo::Forge;
use crate::source::{FileId, RepoPath, Spanned};

pub use category::{Category, LevelDate};
pub use feature::{Cell, Feature, Offers, ToolCell};
pub use idea::{WrittenEstimate, WrittenIdea};
pub use load::{Loaded, Scope, load};
pub use maturity::{Ladder, Rung};
pub use owner_files::{OwnerFiles, ProductArea, has_codeowners};
pub use page::Page;
pub use problem::{Problem, ProblemKind};
pub use reading::{Fields, LinkingText, Reference, VocabularyWord};
pub use schema::Table;
pub use title::{front_matter_title, page_title};
pub use unread::{Blank, Part, Parts, Unread};
pub use unused_patterns::UnusedPattern;

use address::Addresses;
use hierarchy::{Group, Section, Stage};
use lookup::{CodeHost, DeploymentOption, MaturityLevel, Redirect, Term, UseCase};
use partials::PulledIn;
use profile::{DataFile, data_files};
use team::{CrossProductOwner, Guild, Person, ProductOrg, Team};
use votes::Session;

/// A whole handbook. Entities stand in the order of their files, and none is left out, be it broken.
#[derive(Debug)]
pub struct Handbook {
    /// How it is kept.
    pub profile: Profile,
    /// The maturity ladder.
    pub ladder: Ladder,
    /// Sections.
    pub sections: Vec<Section>,
    /// Stages, with their groups.
    pub stages: Vec<Stage>,
    /// Categories.
    pub categories: Vec<Category>,
    /// Features.
    pub features: Vec<Feature>,
    /// Organisations of teams.
    pub product_orgs: Vec<ProductOrg>,
    /// Teams.
    pub teams: Vec<Team>,
    /// People.
    pub people: Vec<Person>,
    /// Guilds.
    pub guilds: Vec<Guild>,
    /// Owners of what crosses teams.
    pub cross_product_owners: Vec<CrossProductOwner>,
    /// Use cases.
    pub use_cases: Vec<UseCase>,
    /// Code hosts.
    pub code_hosts: Vec<CodeHost>,
    /// Deployment options.
    pub deployment_options: Vec<DeploymentOption>,
    /// Maturity levels, where a file defines them.
    pub maturity_levels: Vec<MaturityLevel>,
    /// The words that the glossary explains.
    pub glossary: Vec<Term>,
    /// Redirects.
    pub redirects: Vec<Redirect>,
    /// The ideas of `rice.yml`.
    pub ideas: Vec<WrittenIdea>,
    /// Prioritization sessions.
    pub sessions: Vec<Session>,
    /// Pages, sorted by path.
    pub pages: Vec<Page>,
    /// The forge that hosts the repository, where its remote says so.
    pub forge: Option<Forge>,
    /// The files that name owners; empty until [`Loaded::read_owner_files`].
    pub owner_files: OwnerFiles,
    /// What the pages of stages show beside their own text; empty until [`Loaded::read_partials`].
    pub pulled_in: BTreeMap<RepoPath, PulledIn>,
    /// The files of the templates that pages are written after; empty until [`Loaded::read_templates`].
    pub templates: BTreeMap<RepoPath, FileId>,
    /// Everything that points to something else.
    pub references: Vec<Reference>,
    /// The words of the fields whose vocabulary the file sets.
    pub vocabulary: Vec<VocabularyWord>,
    /// The texts of data files that link to other places, in the order of the files.
    pub links: Vec<LinkingText>,
    /// What is wrong with the way the handbook is written.
    pub problems: Vec<Problem>,
    /// What could not be read, in the order of the files.
    pub unread: Vec<Unread>,
    /// The data files that hold nothing, which no generated text is made of.
    pub blank: Vec<Blank>,
    /// Pages that could not be read, which are there all the same.
    pub unread_pages: Vec<RepoPath>,
    /// The keys that can be pointed to, of the tables whose file could be read.
    tables: BTreeMap<Table, Keys>,
    /// What is at which address, once somebody asked.
    addresses: OnceLock<Addresses>,
}

/// The keys of one table.
#[derive(Debug)]
pub struct Keys {
    /// The file they stand in.
    pub path: RepoPath,
    keys: HashSet<String>,
}

impl Keys {
    /// Whether `key` is one of them.
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// All of them, in no order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(String::as_str)
    }
}

impl Handbook {
    fn empty(profile: Profile, ladder: Ladder) -> Self {
        Self {
            profile,
            ladder,
            sections: Vec::new(),
            stages: Vec::new(),
            categories: Vec::new(),
            features: Vec::new(),
            product_orgs: Vec::new(),
            teams: Vec::new(),
            people: Vec::new(),
            guilds: Vec::new(),
            cross_product_owners: Vec::new(),
            use_cases: Vec::new(),
            code_hosts: Vec::new(),
            deployment_options: Vec::new(),
            maturity_levels: Vec::new(),
            glossary: Vec::new(),
            redirects: Vec::new(),
            ideas: Vec::new(),
            sessions: Vec::new(),
            pages: Vec::new(),
            forge: None,
            owner_files: OwnerFiles::default(),
            pulled_in: BTreeMap::new(),
            templates: BTreeMap::new(),
            references: Vec::new(),
            vocabulary: Vec::new(),
            links: Vec::new(),
            problems: Vec::new(),
            unread: Vec::new(),
            blank: Vec::new(),
            unread_pages: Vec::new(),
            tables: BTreeMap::new(),
            addresses: OnceLock::new(),
        }
    }

    /// What is at which address: its pages and its redirects, which stay as they are from then on.
    pub fn addresses(&self) -> &Addresses {
        self.addresses.get_or_init(|| {
            let pages = self.pages.iter().map(|page| &page.path).chain(&self.unread_pages).cloned();
            Addresses::new(self.profile, pages, &self.redirects)
        })
    }

    /// The keys of `table`; `None` where its file is missing or could not be read whole, so that
    /// nothing can be said about what points into it.
    pub fn keys(&self, table: Table) -> Option<&Keys> {
        self.tables.get(&table)
    }

    /// Whether the file of `table` is there and could not be read whole.
    pub fn is_unread(&self, table: Table) -> bool {
        let mut files = data_files(self.profile).iter();
        let is_lost = |file: &DataFile| self.unread.iter().any(|unread| unread.part == file.part);
        !self.tables.contains_key(&table)
            && files.any(|file| file.tables.contains(&table) && is_lost(file))
    }

    /// The groups of all stages, each with its stage.
    pub fn groups(&self) -> impl Iterator<Item = (&Stage, &Group)> {
        self.stages.iter().flat_map(|stage| stage.groups.iter().map(move |group| (stage, group)))
    }

    /// The categories that name a level of the ladder, each with the level and how high it is.
    pub fn matured_categories(&self) -> impl Iterator<Item = (&Category, &Spanned<String>, usize)> {
        self.categories.iter().filter_map(|category| {
            let maturity = category.maturity.as_ref()?;
            Some((category, maturity, self.ladder.height(Some(&maturity.value))?))
        })
    }

    /// The keys of everything that a page can be about: sections, stages, groups, categories, teams.
    pub fn areas(&self) -> impl Iterator<Item = &str> + Clone {
        let sections = self.sections.iter().map(|section| &section.key);
        let stages = self.stages.iter().map(|stage| &stage.key);
        let groups =
            self.stages.iter().flat_map(|stage| stage.groups.iter().map(|group| &group.key));
        let categories = self.categories.iter().map(|category| &category.key);
        let orgs = self.product_orgs.iter().map(|org| &org.key);
        let teams = self.teams.iter().map(|team| &team.key);
        let all = sections.chain(stages).chain(groups).chain(categories).chain(orgs).chain(teams);
        all.map(|key| key.value.as_str())
    }

    /// The keys that `table` has in the model.
    fn collect_keys(&self, table: Table) -> HashSet<String> {
        fn keys<'k>(
            keys: impl Iterator<Item = &'k crate::source::Spanned<String>>,
        ) -> HashSet<String> {
            keys.map(|key| key.value.clone()).collect()
        }
        match table {
            Table::Sections => keys(self.sections.iter().map(|section| &section.key)),
            Table::Stages => keys(self.stages.iter().map(|stage| &stage.key)),
            Table::Categories => keys(self.categories.iter().map(|category| &category.key)),
            Table::Features => keys(self.features.iter().map(|feature| &feature.key)),
            Table::ProductOrgs => keys(self.product_orgs.iter().map(|org| &org.key)),
            Table::Teams => keys(self.teams.iter().map(|team| &team.key)),
            Table::People => keys(self.people.iter().map(|person| &person.key)),
            Table::ManagerSlugs => {
                keys(self.people.iter().filter_map(|person| person.manager_role_slug.as_ref()))
            }
            Table::UseCases => keys(self.use_cases.iter().map(|use_case| &use_case.key)),
            Table::CodeHosts => keys(self.code_hosts.iter().map(|host| &host.key)),
            Table::DeploymentOptions => {
                keys(self.deployment_options.iter().map(|option| &option.key))
            }
            Table::MaturityLevels => keys(self.maturity_levels.iter().map(|level| &level.key)),
        }
    }
}

//! What a page belongs to: a section, a stage, a group, a category, a team.

use std::collections::HashMap;

use super::{OwnerSource, push_new};
use crate::config::Profile;
use crate::handbook::address::{Addresses, Target};
use crate::handbook::hierarchy::{Group, Section, Stage};
use crate::handbook::team::{Person, ProductOrg, Team};
use crate::handbook::{Category, Handbook};
use crate::source::{RepoPath, Spanned};

/// The word that stands for "nobody yet" where the key of a person belongs.
const NOBODY: &str = "TBD";

/// Something that has pages and may have a product manager.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entity<'h> {
    Section(&'h Section),
    Org(&'h ProductOrg),
    Stage(&'h Stage),
    Group(&'h Stage, &'h Group),
    Team(&'h Team),
    Category(&'h Category),
}

impl<'h> Entity<'h> {
    /// How far inside it stands.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Section(_) | Self::Org(_) => 0,
            Self::Stage(_) => 1,
            Self::Group(..) | Self::Team(_) => 2,
            Self::Category(_) => 3,
        }
    }

    fn key(self) -> &'h Spanned<String> {
        match self {
            Self::Section(section) => &section.key,
            Self::Org(org) => &org.key,
            Self::Stage(stage) => &stage.key,
            Self::Group(_, group) => &group.key,
            Self::Team(team) => &team.key,
            Self::Category(category) => &category.key,
        }
    }

    fn address(self) -> Option<&'h str> {
        let address = match self {
            Self::Section(section) => &section.direction,
            Self::Org(org) => &org.strategy_link,
            Self::Stage(stage) => &stage.direction,
            Self::Group(_, group) => &group.direction,
            Self::Team(team) => &team.strategy_link,
            Self::Category(category) => &category.direction,
        };
        address.as_ref().map(|address| address.value.as_str())
    }

    /// What messages call it.
    pub(super) fn described(self) -> String {
        let key = &self.key().value;
        match self {
            Self::Section(_) => format!("section `{key}`"),
            Self::Org(_) => format!("organisation `{key}`"),
            Self::Stage(_) => format!("stage `{key}`"),
            Self::Group(stage, _) => format!("group `{key}` of stage `{}`", stage.key.value),
            Self::Team(_) => format!("team `{key}`"),
            Self::Category(_) => format!("category `{key}`"),
        }
    }

    /// What its product manager is called as a source; `None` if it never has one.
    pub(super) fn names_owners_as(self) -> Option<OwnerSource> {
        match self {
            Self::Section(_) => Some(OwnerSource::SectionPm),
            Self::Stage(_) => Some(OwnerSource::StagePm),
            Self::Group(..) => Some(OwnerSource::GroupPm),
            Self::Org(_) | Self::Team(_) => Some(OwnerSource::TeamPm),
            Self::Category(_) => None,
        }
    }
}

/// Why a page belongs to something, the stronger reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// Its address leads to the page.
    Whole,
    /// Its address leads to a heading of the page.
    Part,
    /// Its address leads to the page by a redirect.
    Redirect,
    /// The page lies in its folder.
    Folder,
}

/// That a page belongs to something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim<'h> {
    pub(super) entity: Entity<'h>,
    pub(super) reason: Reason,
}

impl Claim<'_> {
    pub(super) fn sentence(&self) -> String {
        let entity = self.entity.described();
        match self.reason {
            Reason::Whole => format!("this is the page of {entity}"),
            Reason::Part => format!("a part of this page is that of {entity}"),
            Reason::Redirect => format!("a redirect leads from the page of {entity} to this one"),
            Reason::Folder => format!("the page lies in the folder of {entity}"),
        }
    }
}

/// What every page belongs to.
#[derive(Debug)]
pub(super) struct Areas<'h> {
    /// Claims on a page, strongest first, then those of what stands outermost.
    pages: HashMap<RepoPath, Vec<Claim<'h>>>,
    /// Claims on all pages below a folder that nothing else claims.
    folders: HashMap<String, Vec<Claim<'h>>>,
    sections: HashMap<&'h str, &'h Section>,
    stages: HashMap<&'h str, &'h Stage>,
    orgs: HashMap<&'h str, &'h ProductOrg>,
    teams: HashMap<&'h str, &'h Team>,
    people: HashMap<&'h str, &'h Person>,
    /// The groups of each category.
    groups: HashMap<&'h str, Vec<(&'h Stage, &'h Group)>>,
}

impl<'h> Areas<'h> {
    pub(super) fn new(handbook: &'h Handbook) -> Self {
        let mut areas = Self {
            pages: HashMap::new(),
            folders: HashMap::new(),
            sections: by_key(&handbook.sections, |section| &section.key),
            stages: by_key(&handbook.stages, |stage| &stage.key),
            orgs: by_key(&handbook.product_orgs, |org| &org.key),
            teams: by_key(&handbook.teams, |team| &team.key),
            people: by_key(&handbook.people, |person| &person.key),
            groups: HashMap::new(),
        };
        for (stage, group) in handbook.groups() {
            for category in &group.categories {
                areas.groups.entry(&category.value).or_default().push((stage, group));
            }
        }
        let sections = handbook.sections.iter().map(Entity::Section);
        let orgs = handbook.product_orgs.iter().map(Entity::Org);
        let stages = handbook.stages.iter().map(Entity::Stage);
        let groups = handbook.groups().map(|(stage, group)| Entity::Group(stage, group));
        let teams = handbook.teams.iter().map(Entity::Team);
        let categories = handbook.categories.iter().map(Entity::Category);
        let entities = sections.chain(orgs).chain(stages).chain(groups).chain(teams);
        let addresses = handbook.addresses();
        for entity in entities.chain(categories) {
            areas.claim(entity, addresses, handbook.profile);
        }
        let lists = areas.pages.values_mut().chain(areas.folders.values_mut());
        for claims in lists {
            claims.sort_by_key(|claim| (claim.reason, claim.entity.rank()));
        }
        areas
    }

    /// Notes which page and which folder are those of `entity`.
    fn claim(&mut self, entity: Entity<'h>, addresses: &Addresses, profile: Profile) {
        let mut folder = match (profile, entity) {
            // A folder directly under that of all directions, named as the stage or the section.
            (Profile::Gitlab, Entity::Stage(_) | Entity::Section(_)) => {
                Some(format!("source/direction/{}", entity.key().value))
            }
            _ => None,
        };
        if let Some(address) = entity.address() {
            let target = addresses.resolve(address);
            if let Some(page) = target.file() {
                let reason = match target {
                    Target::Redirected { .. } => Reason::Redirect,
                    _ if address.trim_end_matches('#').contains('#') => Reason::Part,
                    _ => Reason::Whole,
                };
                if profile != Profile::Gitlab && reason == Reason::Whole {
                    folder = folder_of(page);
                }
                self.pages.entry(page.clone()).or_default().push(Claim { entity, reason });
            }
        }
        if let Some(folder) = folder {
            let claim = Claim { entity, reason: Reason::Folder };
            self.folders.entry(folder).or_default().push(claim);
        }
    }

    /// What claims the page at `path`: those whose page it is, else those whose folder is the nearest.
    pub(super) fn claims(&self, path: &RepoPath) -> &[Claim<'h>] {
        let claims = self.pages.get(path);
        let nearest = || path.folders().find_map(|folder| self.folders.get(folder));
        let claims = claims.or_else(|| if self.folders.is_empty() { None } else { nearest() });
        let claims = claims.map_or(&[][..], Vec::as_slice);
        // A stage inside a section of the same name has the folder for itself.
        match claims {
            [first, ..] if first.reason == Reason::Folder => {
                let innermost = claims.last().map_or(0, |claim| claim.entity.rank());
                let start = claims.partition_point(|claim| claim.entity.rank() < innermost);
                &claims[start..]
            }
            claims => claims,
        }
    }

    /// The keys of what `claims` name and of what that stands in, outermost first.
    pub(super) fn keys(&self, claims: &[Claim<'h>]) -> Vec<String> {
        let mut keys = Vec::new();
        for entity in self.around(claims) {
            push_new(&mut keys, entity.key().value.clone());
        }
        keys
    }

    /// What `claims` name and what that stands in, each once, outermost first.
    pub(super) fn around(&self, claims: &[Claim<'h>]) -> Vec<Entity<'h>> {
        let mut entities: Vec<Entity<'h>> = Vec::new();
        for claim in claims {
            self.collect(claim.entity, &mut entities);
        }
        entities.sort_by_key(|entity| entity.rank());
        entities
    }

    /// Adds `entity` and what it stands in. A handbook knows no circles here: every step leads outwards.
    fn collect(&self, entity: Entity<'h>, found: &mut Vec<Entity<'h>>) {
        // By place, not by name: a group may be called as its stage.
        if found.iter().any(|other| std::ptr::eq(other.key(), entity.key())) {
            return;
        }
        found.push(entity);
        match entity {
            Entity::Section(_) | Entity::Org(_) => {}
            Entity::Stage(stage) => {
                let section = named(&self.sections, stage.section.as_ref());
                if let Some(section) = section {
                    self.collect(Entity::Section(section), found);
                }
            }
            Entity::Group(stage, _) => self.collect(Entity::Stage(stage), found),
            Entity::Team(team) => {
                let org = named(&self.orgs, team.org.as_ref());
                if let Some(org) = org {
                    self.collect(Entity::Org(org), found);
                }
            }
            Entity::Category(category) => {
                for (stage, group) in
                    self.groups.get(category.key.value.as_str()).into_iter().flatten()
                {
                    self.collect(Entity::Group(stage, group), found);
                }
                let stage = named(&self.stages, category.stage.as_ref());
                if let Some(stage) = stage {
                    self.collect(Entity::Stage(stage), found);
                }
                let team = named(&self.teams, category.team.as_ref());
                if let Some(team) = team {
                    self.collect(Entity::Team(team), found);
                }
            }
        }
    }

    /// Who manages the product of `entity`: names, or the key of a person who is in no list.
    pub(super) fn product_managers(&self, entity: Entity<'h>) -> Vec<&'h str> {
        let names = match entity {
            Entity::Section(section) => section.pm.as_slice(),
            Entity::Stage(stage) => &stage.pm,
            Entity::Group(_, group) => &group.pm,
            Entity::Category(_) => &[],
            Entity::Org(org) => return self.person(org.pm.as_ref()),
            Entity::Team(team) => return self.person(team.pm.as_ref()),
        };
        names.iter().map(|name| name.value.as_str()).collect()
    }

    fn person(&self, key: Option<&'h Spanned<String>>) -> Vec<&'h str> {
        let key = key.filter(|key| !key.value.eq_ignore_ascii_case(NOBODY));
        let name = key.map(|key| {
            let person = self.people.get(key.value.as_str());
            let name = person.and_then(|person| person.name.as_ref());
            name.unwrap_or(key).value.as_str()
        });
        name.into_iter().collect()
    }
}

fn by_key<T>(records: &[T], key: fn(&T) -> &Spanned<String>) -> HashMap<&str, &T> {
    records.iter().map(|record| (key(record).value.as_str(), record)).collect()
}

/// The record of `table` that `key` names.
fn named<'h, T>(table: &HashMap<&'h str, &'h T>, key: Option<&Spanned<String>>) -> Option<&'h T> {
    table.get(key?.value.as_str()).copied()
}

/// The folder whose page `page` is: `pears` for `pears/index.md` and for `pears.md`. Nobody's folder is
/// that of all pages.
fn folder_of(page: &RepoPath) -> Option<String> {
    let parent = page.folders().next()?;
    let folder = match page.file_name() {
        "index.md" | "README.md" => parent,
        _ => page.as_str().strip_suffix(".md")?,
    };
    (!matches!(folder, "" | "content")).then(|| folder.to_owned())
}

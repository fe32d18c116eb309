//! What the handbook knows that an idea can point to, and what that belongs to.

use std::collections::{HashMap, HashSet};

use super::idea::{Idea, Pointer};
use super::problem::{Problem, ProblemKind};
use crate::handbook::{Handbook, Table};
use crate::source::{Candidates, Comparisons, Guess, Replacement, Spanned};

/// What the handbook knows that an idea can point to.
pub(super) struct Places<'h> {
    /// What each category belongs to, outermost first, and its key.
    categories: HashMap<&'h str, Vec<&'h str>>,
    teams: HashMap<&'h str, Vec<&'h str>>,
    /// By key and by title.
    features: HashMap<&'h str, &'h crate::handbook::Feature>,
    /// What can be pointed to in files that could not be read whole, so that nothing is known to be missing.
    unread: HashSet<Pointer>,
    /// The names among which suggestions are looked for, once there is something to suggest.
    candidates: HashMap<Pointer, Candidates<'h>>,
    /// How many suggestions are looked for.
    comparisons: Comparisons,
}

impl<'h> Places<'h> {
    /// The places of `handbook`.
    pub(super) fn new(handbook: &'h Handbook) -> Self {
        let mut places = Self {
            categories: HashMap::new(),
            teams: HashMap::new(),
            features: HashMap::new(),
            unread: unread(handbook),
            candidates: HashMap::new(),
            comparisons: Comparisons::default(),
        };
        for team in &handbook.teams {
            let org = team.org.as_ref().map(|org| org.value.as_str());
            let path = org.into_iter().chain([team.key.value.as_str()]).collect();
            places.teams.insert(&team.key.value, path);
        }
        let mut groups: HashMap<&str, &str> = HashMap::new();
        let mut sections: HashMap<&str, Vec<&str>> = HashMap::new();
        for stage in &handbook.stages {
            let section = stage.section.as_ref().map(|section| section.value.as_str());
            let path: Vec<&str> = section.into_iter().chain([stage.key.value.as_str()]).collect();
            sections.insert(&stage.key.value, path.clone());
            places.teams.insert(&stage.key.value, path.clone());
            for group in &stage.groups {
                let key = group.key.value.as_str();
                let path = path.iter().copied().chain([key]).collect();
                places.teams.insert(key, path);
                groups
                    .extend(group.categories.iter().map(|category| (category.value.as_str(), key)));
            }
        }
        for category in &handbook.categories {
            let key = category.key.value.as_str();
            let stage = category.stage.as_ref().map(|stage| stage.value.as_str());
            let mut path = stage.and_then(|stage| sections.get(stage).cloned()).unwrap_or_default();
            path.extend(groups.get(key));
            path.extend(category.team.as_ref().map(|team| team.value.as_str()));
            path.push(key);
            places.categories.insert(key, path);
        }
        for feature in &handbook.features {
            places.features.insert(&feature.key.value, feature);
            if let Some(title) = &feature.title {
                places.features.entry(&title.value).or_insert(feature);
            }
        }
        places
    }

    /// Finds what `idea` belongs to, and reports what it points to in vain.
    pub(super) fn resolve(&mut self, idea: &mut Idea) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut unknown = Vec::new();
        let mut areas: Vec<String> = Vec::new();
        let own = |path: &Vec<&str>| path.iter().map(|&key| key.to_owned()).collect::<Vec<_>>();
        for (pointer, key) in &idea.pointers {
            let name = key.value.as_str();
            let found: Option<Vec<String>> = match pointer {
                Pointer::Category => self.categories.get(name).map(own),
                Pointer::Team => self.teams.get(name).map(own),
                Pointer::Feature => self.features.get(name).map(|feature| {
                    let category = feature.categories.first();
                    let path = category.and_then(|key| self.categories.get(key.value.as_str()));
                    let team = feature.team.as_ref().map(|team| vec![team.value.clone()]);
                    path.map(own).or(team).unwrap_or_default()
                }),
            };
            match found {
                Some(path) => {
                    if areas.is_empty() {
                        areas = path;
                    }
                }
                None if self.unread.contains(pointer) => {}
                None => unknown.push((*pointer, key.clone())),
            }
        }
        for (pointer, key) in unknown {
            problems.push(self.unknown(idea, pointer, &key));
        }
        // What a table names as an area may be anything; where the handbook knows it, its place is known too.
        if let Some(area) = &idea.area {
            let known =
                self.categories.get(area.as_str()).or_else(|| self.teams.get(area.as_str()));
            if areas.is_empty() {
                areas = known.map_or_else(|| vec![area.clone()], own);
            }
        }
        if idea.areas.is_empty() {
            idea.areas = areas;
        }
        problems
    }

    /// What `name` may be meant for.
    fn guess(&mut self, pointer: Pointer, name: &str) -> Option<Guess<'h>> {
        let candidates = self.candidates.entry(pointer).or_insert_with(|| match pointer {
            Pointer::Category => Candidates::new(self.categories.keys().copied()),
            Pointer::Team => Candidates::new(self.teams.keys().copied()),
            Pointer::Feature => Candidates::new(self.features.keys().copied()),
        });
        candidates.guess(name, &mut self.comparisons)
    }

    fn has_any(&self, pointer: Pointer) -> bool {
        match pointer {
            Pointer::Category => !self.categories.is_empty(),
            Pointer::Team => !self.teams.is_empty(),
            Pointer::Feature => !self.features.is_empty(),
        }
    }

    fn unknown(&mut self, idea: &Idea, pointer: Pointer, key: &Spanned<String>) -> Problem {
        let (noun, name) = (pointer.noun(), &key.value);
        // Which of two is nearer does not depend on their order.
        let near = self.guess(pointer, name);
        let help = match near {
            Some(Guess { word, .. }) => format!("did you mean `{word}`?"),
            None if !self.has_any(pointer) => format!("the handbook has no {noun}; leave it out"),
            None => format!("name a {noun} that the handbook has, or leave it out"),
        };
        Problem::new(
            ProblemKind::UnknownReference,
            key.span,
            format!("`{}` names the {noun} `{name}`, which does not exist", idea.title),
        )
        .label(format!("no such {noun}"))
        .help(help)
        .replacement(near.and_then(Replacement::guessed))
    }
}

/// What can be pointed to in files of `handbook` that could not be read whole.
fn unread(handbook: &Handbook) -> HashSet<Pointer> {
    let pointers = [
        (Pointer::Category, &[Table::Categories][..]),
        (Pointer::Team, &[Table::Teams, Table::Stages]),
        (Pointer::Feature, &[Table::Features]),
    ];
    let is_unread = |tables: &[Table]| tables.iter().any(|table| handbook.is_unread(*table));
    pointers.into_iter().filter(|(_, tables)| is_unread(tables)).map(|(one, _)| one).collect()
}

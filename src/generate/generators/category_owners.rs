//! `category_owners`: who looks after each category.

use std::collections::{HashMap, HashSet};

use super::names::{self, NOTHING, OTHER};
use crate::generate::content::{Block, Inline, Table};
use crate::generate::generator::{Arguments, Generator};
use crate::generate::scene::Scene;
use crate::handbook::Category;
use crate::handbook::hierarchy::{Group, Stage};
use crate::source::Spanned;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "category_owners",
    about: "A table of categories with stage and group or team, PM, designer and direction page",
    arguments: &[],
    example: "category_owners",
    make,
};

fn make(scene: &Scene<'_>, _: &Arguments) -> Vec<Block> {
    let has_stages = !scene.stages().is_empty();
    let (columns, rows) = match has_stages {
        true => (&["Stage", "Group"][..], by_group(scene)),
        false => (&["Team"][..], by_team(scene)),
    };
    if rows.is_empty() {
        return vec![Block::Paragraph(Inline::text("No category matches."))];
    }
    let columns = columns.iter().chain(&["Category", "PM", "Designer", "Direction"]);
    vec![Block::Table(Table { columns: columns.map(|&column| column.to_owned()).collect(), rows })]
}

/// The categories of every group, then those that no group has.
fn by_group(scene: &Scene<'_>) -> Vec<Vec<Inline>> {
    let categories: HashMap<&str, &Category> =
        scene.categories().iter().map(|category| (category.key.value.as_str(), category)).collect();
    let mut taken = HashSet::new();
    let mut rows = Vec::new();
    for (stage, group) in scene.groups() {
        for key in &group.categories {
            let category = categories.get(key.value.as_str()).copied();
            taken.insert(key.value.as_str());
            let mut row = vec![
                Inline::text(names::stage(stage)),
                Inline::text(&group.name.as_ref().unwrap_or(&group.key).value),
                Inline::text(category.map_or(key.value.as_str(), names::category)),
            ];
            row.extend(people(scene, Some(stage), Some(group)));
            row.push(direction(scene, category));
            rows.push(row);
        }
    }
    for category in scene.categories() {
        if taken.contains(category.key.value.as_str()) {
            continue;
        }
        let stage = category.stage.as_ref().and_then(|stage| scene.stage(&stage.value));
        let mut row = vec![
            Inline::text(stage.map_or(OTHER, names::stage)),
            Inline::text(NOTHING),
            Inline::text(names::category(category)),
        ];
        row.extend(people(scene, stage, None));
        row.push(direction(scene, Some(category)));
        rows.push(row);
    }
    rows
}

/// The product managers: the group's, else the stage's, else the section's; and the group's designers.
fn people(scene: &Scene<'_>, stage: Option<&Stage>, group: Option<&Group>) -> [Inline; 2] {
    let section =
        stage.and_then(|stage| stage.section.as_ref()).and_then(|key| scene.section(&key.value));
    let managers = [
        group.map(|group| group.pm.as_slice()),
        stage.map(|stage| stage.pm.as_slice()),
        section.map(|section| section.pm.as_slice()),
    ];
    let managers = managers.into_iter().flatten().find(|names| !names.is_empty());
    let designers = group.map(|group| group.ux.as_slice());
    [managers, designers].map(|names| all(scene, names.unwrap_or_default()))
}

/// The categories of every team, then those that no team has.
fn by_team(scene: &Scene<'_>) -> Vec<Vec<Inline>> {
    let mut rows: Vec<(usize, Vec<Inline>)> = Vec::new();
    for category in scene.categories() {
        let at = category.team.as_ref().and_then(|key| scene.team_place(&key.value));
        let team = at.map(|at| &scene.teams()[at]);
        let person = |key: Option<&Spanned<String>>| {
            all(scene, key.map(std::slice::from_ref).unwrap_or_default())
        };
        let row = vec![
            Inline::text(team.map_or(OTHER, names::team)),
            Inline::text(names::category(category)),
            person(team.and_then(|team| team.pm.as_ref())),
            person(team.and_then(|team| team.design.as_ref())),
            direction(scene, Some(category)),
        ];
        rows.push((at.unwrap_or(usize::MAX), row));
    }
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn all(scene: &Scene<'_>, keys: &[Spanned<String>]) -> Inline {
    if keys.is_empty() {
        return Inline::text(NOTHING);
    }
    Inline::joined(keys.iter().map(|key| scene.person_link(&key.value)), ", ")
}

fn direction(scene: &Scene<'_>, category: Option<&Category>) -> Inline {
    let direction = category.and_then(|category| category.direction.as_ref());
    match direction {
        Some(direction) => Inline::link("Direction", Some(scene.destination(&direction.value))),
        None => Inline::text(NOTHING),
    }
}

//! `maturity_summary`: how many categories and features stand at each level.

use std::collections::{HashMap, HashSet};

use super::names::{self, OTHER};
use crate::generate::content::{Block, Inline, Table};
use crate::generate::generator::{Arguments, Generator};
use crate::generate::scene::Scene;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "maturity_summary",
    about: "Tables of how many categories and features stand at each level, by stage or team",
    arguments: &[],
    example: "maturity_summary",
    make,
};

/// Something to count: the place of its stage or team, and the key of its level.
type Counted<'h> = (Option<usize>, Option<&'h str>);

fn make(scene: &Scene<'_>, _: &Arguments) -> Vec<Block> {
    let stages: Vec<(&str, &str)> = scene
        .stages()
        .iter()
        .map(|stage| (stage.key.value.as_str(), names::stage(stage)))
        .collect();
    let teams: Vec<(&str, &str)> =
        scene.teams().iter().map(|team| (team.key.value.as_str(), names::team(team))).collect();
    let (noun, owners) = if stages.is_empty() { ("Team", &teams) } else { ("Stage", &stages) };
    let (places, places_of_teams) = (names::places(owners), names::places(&teams));
    let categories: Vec<Counted<'_>> = scene
        .categories()
        .iter()
        .map(|category| {
            let key = if stages.is_empty() { &category.team } else { &category.stage };
            let at = key.as_ref().and_then(|key| places.get(key.value.as_str()).copied());
            (at, names::level_of(scene, category))
        })
        .collect();
    // Where features have no levels of their own, they have those of their categories.
    let has_levels = scene.features().iter().any(|feature| feature.maturity.is_some());
    let features = scene.features().iter().filter(|_| has_levels);
    let features: Vec<Counted<'_>> = features
        .map(|feature| {
            let team = feature.team.as_ref();
            let at = team.and_then(|team| places_of_teams.get(team.value.as_str()).copied());
            (at, feature.maturity.as_ref().map(|level| level.value.as_str()))
        })
        .collect();
    let mut blocks = Vec::new();
    let is_both = !categories.is_empty() && !features.is_empty();
    let all = [("Categories", noun, owners, categories), ("Features", "Team", &teams, features)];
    for (heading, noun, owners, counted) in all {
        if counted.is_empty() {
            continue;
        }
        if is_both {
            blocks.push(Block::Heading(1, Inline::text(heading)));
        }
        blocks.push(Block::Table(table(scene, noun, owners, &counted)));
    }
    if blocks.is_empty() {
        blocks.push(Block::Paragraph(Inline::text("Nothing in the handbook has a level.")));
    }
    blocks
}

fn table(scene: &Scene<'_>, noun: &str, owners: &[(&str, &str)], counted: &[Counted<'_>]) -> Table {
    // The levels of the ladder, then words that are none, then what has no level at all.
    let mut levels: Vec<Option<&str>> = scene.ladder().keys().map(Some).collect();
    let mut seen: HashSet<Option<&str>> = levels.iter().copied().collect();
    let strange = counted.iter().filter_map(|(_, level)| *level).map(Some);
    levels.extend(strange.filter(|level| seen.insert(*level)));
    if counted.iter().any(|(_, level)| level.is_none()) {
        levels.push(None);
    }
    let titles = levels.iter().map(|level| match level {
        Some(level) => names::level(scene, level),
        None => "No level".to_owned(),
    });
    let columns = std::iter::once(noun.to_owned()).chain(titles);
    let columns = columns.chain(["Total".to_owned()]).collect();
    let mut counts: HashMap<(Option<usize>, Option<&str>), usize> = HashMap::new();
    let mut totals: HashMap<Option<&str>, usize> = HashMap::new();
    for (at, level) in counted {
        *counts.entry((*at, *level)).or_default() += 1;
        *totals.entry(*level).or_default() += 1;
    }
    let row = |name: &str, count: &dyn Fn(Option<&str>) -> usize| -> Option<Vec<Inline>> {
        let counts: Vec<usize> = levels.iter().map(|level| count(*level)).collect();
        let total = counts.iter().sum::<usize>();
        let cells = counts.into_iter().chain([total]);
        let cells = cells.map(|count| Inline::text(count.to_string()));
        (total > 0).then(|| std::iter::once(Inline::text(name)).chain(cells).collect())
    };
    let of = |place: Option<usize>, level: Option<&str>| {
        counts.get(&(place, level)).copied().unwrap_or_default()
    };
    let mut rows: Vec<Vec<Inline>> = Vec::new();
    for (place, (_, name)) in owners.iter().enumerate() {
        rows.extend(row(name, &|level| of(Some(place), level)));
    }
    if !owners.is_empty() {
        rows.extend(row(OTHER, &|level| of(None, level)));
    }
    rows.extend(row("All", &|level| totals.get(&level).copied().unwrap_or_default()));
    Table { columns, rows }
}

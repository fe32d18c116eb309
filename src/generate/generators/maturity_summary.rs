//! `maturity_summary`: how many categories and features stand at each level.

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
    let place = |owners: &[(&str, &str)], key: Option<&str>| {
        owners.iter().position(|(owner, _)| Some(*owner) == key)
    };
    let (noun, owners) = if stages.is_empty() { ("Team", &teams) } else { ("Stage", &stages) };
    let categories: Vec<Counted<'_>> = scene
        .categories()
        .iter()
        .map(|category| {
            let key = if stages.is_empty() { &category.team } else { &category.stage };
            let at = place(owners, key.as_ref().map(|key| key.value.as_str()));
            (at, names::level_of(scene, category))
        })
        .collect();
    // Where features have no levels of their own, they have those of their categories.
    let has_levels = scene.features().iter().any(|feature| feature.maturity.is_some());
    let features = scene.features().iter().filter(|_| has_levels);
    let features: Vec<Counted<'_>> = features
        .map(|feature| {
            let at = place(&teams, feature.team.as_ref().map(|team| team.value.as_str()));
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
    let strange = counted.iter().filter_map(|(_, level)| *level);
    for level in strange {
        if !levels.contains(&Some(level)) {
            levels.push(Some(level));
        }
    }
    if counted.iter().any(|(_, level)| level.is_none()) {
        levels.push(None);
    }
    let titles = levels.iter().map(|level| match level {
        Some(level) => names::level(scene, level),
        None => "No level".to_owned(),
    });
    let columns = std::iter::once(noun.to_owned()).chain(titles);
    let columns = columns.chain(["Total".to_owned()]).collect();
    let row = |name: &str, is_in: &dyn Fn(Option<usize>) -> bool| -> Option<Vec<Inline>> {
        let count = |is_at: &dyn Fn(Option<&str>) -> bool| {
            counted.iter().filter(|(at, level)| is_in(*at) && is_at(*level)).count()
        };
        let total = count(&|_| true);
        let counts = levels.iter().map(|level| count(&|other| other == *level));
        let cells = counts.chain([total]).map(|count| Inline::text(count.to_string()));
        (total > 0).then(|| std::iter::once(Inline::text(name)).chain(cells).collect())
    };
    let mut rows: Vec<Vec<Inline>> = Vec::new();
    for (place, (_, name)) in owners.iter().enumerate() {
        rows.extend(row(name, &|at| at == Some(place)));
    }
    if !owners.is_empty() {
        rows.extend(row(OTHER, &|at| at.is_none()));
    }
    rows.extend(row("All", &|_| true));
    Table { columns, rows }
}

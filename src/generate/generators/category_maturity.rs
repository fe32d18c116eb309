//! `category_maturity`: where the categories of each stage stand, and when levels were or will be reached.

use super::names::{self, NOTHING, OTHER};
use crate::generate::content::{Block, Inline, Table};
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;
use crate::handbook::Category;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "category_maturity",
    about: "Tables of categories by stage or team: the level, and the dates reached and planned",
    arguments: &[Argument::new("stage", ArgumentKind::Stage, "only the categories of a stage")],
    example: "category_maturity",
    make,
};

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let groups = match arguments.get("stage") {
        Some(wanted) => {
            let is_in = |category: &&Category| {
                category.stage.as_ref().is_some_and(|stage| stage.value == wanted)
            };
            vec![(None, scene.categories().iter().filter(is_in).collect())]
        }
        None => by_stage_or_team(scene),
    };
    let mut blocks = Vec::new();
    for (heading, categories) in groups {
        if categories.is_empty() {
            continue;
        }
        blocks.extend(heading.map(|heading| Block::Heading(1, Inline::text(heading))));
        blocks.push(Block::Table(table(scene, &categories)));
    }
    if blocks.is_empty() {
        blocks.push(Block::Paragraph(Inline::text("No category matches.")));
    }
    blocks
}

/// Categories, and the heading that they come under, if any.
type Group<'h> = (Option<&'h str>, Vec<&'h Category>);

/// The categories of every stage, or of every team where there are no stages; then all others.
fn by_stage_or_team<'h>(scene: &Scene<'h>) -> Vec<Group<'h>> {
    let has_stages = !scene.stages().is_empty();
    let owners: Vec<(&str, &str)> = match has_stages {
        true => {
            let stages = scene.stages().iter();
            stages.map(|stage| (stage.key.value.as_str(), names::stage(stage))).collect()
        }
        false => {
            let teams = scene.teams().iter();
            teams.map(|team| (team.key.value.as_str(), names::team(team))).collect()
        }
    };
    let places = names::places(&owners);
    let owner = |category: &Category| -> Option<usize> {
        let key = if has_stages { &category.stage } else { &category.team };
        let key = key.as_ref()?;
        places.get(key.value.as_str()).copied()
    };
    let mut groups: Vec<Group<'h>> =
        owners.iter().map(|(_, name)| (Some(*name), Vec::new())).collect();
    groups.push(((!owners.is_empty()).then_some(OTHER), Vec::new()));
    for category in scene.categories() {
        let at = owner(category).unwrap_or(owners.len());
        groups[at].1.push(category);
    }
    groups
}

fn table(scene: &Scene<'_>, categories: &[&Category]) -> Table {
    let rungs = scene.ladder().rungs.iter().enumerate();
    // The lowest level is where everything begins; few say when.
    let levels: Vec<(usize, String)> = rungs
        .filter(|(height, _)| {
            *height > 0 || categories.iter().any(|category| category.date_at(0).is_some())
        })
        .map(|(height, rung)| (height, names::level(scene, &rung.key)))
        .collect();
    let columns = ["Category", "Maturity"].map(str::to_owned).into_iter();
    let columns = columns.chain(levels.iter().map(|(_, title)| title.clone())).collect();
    let rows = categories.iter().map(|category| {
        let level = names::level_of(scene, category);
        let level = level.map_or_else(|| NOTHING.to_owned(), |level| names::level(scene, level));
        let dates = levels.iter().map(|(height, _)| {
            let date = category.date_at(*height);
            Inline::text(
                date.map_or_else(|| NOTHING.to_owned(), |date| date.date.value.to_string()),
            )
        });
        [names::category_link(scene, category), Inline::text(level)]
            .into_iter()
            .chain(dates)
            .collect()
    });
    Table { columns, rows: rows.collect() }
}

//! `feature_maturity_levels`: how mature the features of each team are.

use super::by_team::by_team;
use super::features::{UNKNOWN, feature_link, level_title};
use super::leads::strategy_and_pm;
use crate::generate::content::{Block, Inline, Item, Table};
use crate::generate::generator::{Arguments, Generator};
use crate::generate::scene::Scene;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "feature_maturity_levels",
    about: "For each team its strategy page, its product manager, and a table of its features with their maturity and notes",
    arguments: &[],
    example: "feature_maturity_levels",
    make,
};

fn make(scene: &Scene<'_>, _: &Arguments) -> Vec<Block> {
    let mut blocks = Vec::new();
    for group in by_team(scene, scene.features()) {
        blocks.push(group.heading());
        let about = group.team.map(|team| strategy_and_pm(scene, team)).unwrap_or_default();
        blocks.extend((!about.is_empty()).then_some(Block::List(about)));
        let rows = group.features.iter().map(|feature| {
            let level = feature.maturity.as_ref();
            let level = level.map_or(UNKNOWN, |level| level_title(scene, &level.value));
            vec![feature_link(scene, feature), Inline::text(level)]
        });
        let columns = vec!["Feature".to_owned(), "Maturity".to_owned()];
        blocks.push(Block::Table(Table { columns, rows: rows.collect() }));
        let notes = group.features.iter().filter_map(|feature| {
            let note = scene.markdown(&feature.note.as_ref()?.value);
            Some(Item::new(feature_link(scene, feature).then_text(": ").then(note)))
        });
        let notes: Vec<Item> = notes.collect();
        blocks.extend((!notes.is_empty()).then_some(Block::List(notes)));
    }
    blocks
}

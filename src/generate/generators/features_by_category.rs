//! `features_by_category`: the features of each category.

use std::collections::HashSet;

use super::names::{self, OTHER};
use crate::generate::content::{Block, Inline, Item};
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;
use crate::handbook::Feature;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "features_by_category",
    about: "Lists of features, one for each category",
    arguments: &[Argument::new(
        "category",
        ArgumentKind::Category,
        "only the features of a category",
    )],
    example: "features_by_category",
    make,
};

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let of = |key: &str| scene.features_of_category(key).collect::<Vec<_>>();
    if let Some(wanted) = arguments.get("category") {
        return vec![list(scene, &of(wanted))];
    }
    let mut blocks = Vec::new();
    for category in scene.categories() {
        blocks.push(Block::Heading(1, Inline::text(names::category(category))));
        blocks.push(list(scene, &of(&category.key.value)));
    }
    let known: HashSet<&str> =
        scene.categories().iter().map(|category| category.key.value.as_str()).collect();
    let is_other = |feature: &&Feature| {
        !feature.categories.iter().any(|key| known.contains(key.value.as_str()))
    };
    let others: Vec<&Feature> = scene.features().iter().filter(is_other).collect();
    if !others.is_empty() {
        if !blocks.is_empty() {
            blocks.push(Block::Heading(1, Inline::text(OTHER)));
        }
        blocks.push(list(scene, &others));
    }
    if blocks.is_empty() {
        blocks.push(Block::Paragraph(Inline::text("No feature matches.")));
    }
    blocks
}

fn list(scene: &Scene<'_>, features: &[&Feature]) -> Block {
    if features.is_empty() {
        return Block::Paragraph(Inline::text("No feature."));
    }
    let items = features.iter().map(|feature| Item::new(names::feature_link(scene, feature)));
    Block::List(items.collect())
}

//! `use_case_feature_list`: the features that serve a use case.

use super::by_team::by_team;
use super::features::{feature_items, is_shipped};
use crate::generate::content::{Block, Inline, Item};
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "use_case_feature_list",
    about: "The shipped features that serve a use case, by team",
    arguments: &[
        Argument::new("use_case", ArgumentKind::UseCase, "the key of the use case").required()
    ],
    example: "use_case_feature_list use_case=KEY",
    make,
};

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let use_case = arguments.get("use_case").unwrap_or_default();
    let serving = scene.features_of_use_case(use_case).filter(|feature| is_shipped(feature));
    let groups = by_team(scene, serving);
    let items = groups.iter().map(|group| Item {
        text: Inline::text(group.title()),
        children: feature_items(scene, &group.features),
    });
    let items: Vec<Item> = items.collect();
    vec![match items.is_empty() {
        true => Block::Paragraph(Inline::text("No feature is shipped.")),
        false => Block::List(items),
    }]
}

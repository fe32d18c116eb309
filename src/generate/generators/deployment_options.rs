//! `deployment_options`: how mature features are where the product is deployed in one way or another.

use super::by_team::by_team;
use super::features::{UNKNOWN, YES, level_title, matrix};
use crate::generate::content::{Block, Inline};
use crate::generate::generator::{Arguments, Generator};
use crate::generate::scene::Scene;

/// The level of what is finished.
const FINISHED: &str = "ga";

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "deployment_options",
    about: "For each team a table of the features whose maturity depends on how the product is deployed",
    arguments: &[],
    example: "deployment_options",
    make,
};

fn make(scene: &Scene<'_>, _: &Arguments) -> Vec<Block> {
    let options = scene.deployment_options().iter().map(|option| {
        let title = option.title.as_ref().unwrap_or(&option.key);
        (option.key.value.as_str(), title.value.as_str())
    });
    let options: Vec<(&str, &str)> = options.collect();
    let features = scene.features().iter();
    let dependent = features.filter(|feature| !feature.deployment.is_empty());
    let mut blocks = Vec::new();
    for group in by_team(scene, dependent) {
        blocks.push(group.heading());
        let table = matrix(
            scene,
            &group.features,
            &options,
            |feature| &feature.deployment,
            |level| {
                if level == FINISHED { YES } else { level_title(scene, level) }
            },
        );
        blocks.push(table);
    }
    blocks.push(Block::Paragraph(match blocks.is_empty() {
        true => Inline::text("No feature is known to depend on how the product is deployed."),
        false => {
            let finished = level_title(scene, FINISHED);
            Inline::text(format!("{YES} {finished}, {UNKNOWN} not known"))
        }
    }));
    blocks
}

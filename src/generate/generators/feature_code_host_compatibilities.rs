//! `feature_code_host_compatibilities`: what does not work with every code host.

use super::by_team::by_team;
use super::features::{UNKNOWN, YES, matrix};
use crate::generate::content::{Block, Inline};
use crate::generate::generator::{Arguments, Generator};
use crate::generate::scene::Scene;

/// What stands for "no".
const NO: &str = "✗";

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "feature_code_host_compatibilities",
    about: "For each team a table of the features that some code host does not support",
    arguments: &[],
    example: "feature_code_host_compatibilities",
    make,
};

fn make(scene: &Scene<'_>, _: &Arguments) -> Vec<Block> {
    let hosts = scene.code_hosts().iter().map(|host| {
        let title = host.title.as_ref().unwrap_or(&host.key);
        (host.key.value.as_str(), title.value.as_str())
    });
    let hosts: Vec<(&str, &str)> = hosts.collect();
    let features = scene.features().iter();
    let restricted =
        features.filter(|feature| feature.compatibility.iter().any(|(_, works)| !works.value));
    let mut blocks = Vec::new();
    for group in by_team(scene, restricted) {
        blocks.push(group.heading());
        let shown = |works: &bool| if *works { YES } else { NO };
        let table = matrix(scene, &group.features, &hosts, |feature| &feature.compatibility, shown);
        blocks.push(table);
    }
    blocks.push(Block::Paragraph(Inline::text(match blocks.is_empty() {
        true => "Nothing is known not to work with some code host.".to_owned(),
        false => format!("{YES} works, {NO} does not work, {UNKNOWN} not known"),
    })));
    blocks
}

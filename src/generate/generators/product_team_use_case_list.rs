//! `product_team_use_case_list`: what the features of a team are used for.

use std::collections::{HashMap, HashSet};

use super::by_team::OTHER;
use super::features::{feature_items, is_shipped};
use crate::generate::content::{Block, Inline, Item};
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;
use crate::handbook::Feature;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "product_team_use_case_list",
    about: "The shipped features of a team, by use case",
    arguments: &[Argument::new("team", ArgumentKind::Team, "the key of the team").required()],
    example: "product_team_use_case_list team=KEY",
    make,
};

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let team = arguments.get("team");
    let of_team = |feature: &Feature| feature.team.as_ref().map(|team| team.value.as_str()) == team;
    let features = scene.features_of_team_or_none(team.unwrap_or_default()).into_iter();
    let features = features.filter(|feature| of_team(feature) && is_shipped(feature));
    let features: Vec<&Feature> = features.collect();
    let mut by_use_case: HashMap<&str, Vec<&Feature>> = HashMap::new();
    for feature in &features {
        let mut own = HashSet::new();
        for served in feature.use_cases.iter().filter(|served| own.insert(&served.value)) {
            by_use_case.entry(&served.value).or_default().push(feature);
        }
    }
    let known: HashSet<&str> =
        scene.use_cases().iter().map(|use_case| use_case.key.value.as_str()).collect();
    let is_other = |feature: &&Feature| {
        !feature.use_cases.iter().any(|served| known.contains(served.value.as_str()))
    };
    let others: Vec<&Feature> = features.iter().copied().filter(is_other).collect();
    let mut items = Vec::new();
    for use_case in scene.use_cases() {
        let title = use_case.title.as_ref().unwrap_or(&use_case.key);
        let link = use_case.link.as_ref().map(|link| scene.destination(&link.value));
        items.extend(by_use_case.get(use_case.key.value.as_str()).map(|serving| Item {
            text: Inline::link(&title.value, link),
            children: feature_items(scene, serving),
        }));
    }
    items.extend(
        (!others.is_empty())
            .then(|| Item { text: Inline::text(OTHER), children: feature_items(scene, &others) }),
    );
    vec![match items.is_empty() {
        true => Block::Paragraph(Inline::text("No feature is shipped.")),
        false => Block::List(items),
    }]
}

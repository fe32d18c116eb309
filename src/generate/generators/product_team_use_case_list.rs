//! `product_team_use_case_list`: what the features of a team are used for.

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
    let features = scene.features().iter();
    let features = features.filter(|feature| of_team(feature) && is_shipped(feature));
    let mut others: Vec<&Feature> = features.clone().collect();
    let mut items = Vec::new();
    for use_case in scene.use_cases() {
        let serves = |feature: &&Feature| {
            feature.use_cases.iter().any(|served| served.value == use_case.key.value)
        };
        others.retain(|feature| !serves(feature));
        let title = use_case.title.as_ref().unwrap_or(&use_case.key);
        let link = use_case.link.as_ref().map(|link| scene.destination(&link.value));
        let serving: Vec<&Feature> = features.clone().filter(serves).collect();
        items.extend((!serving.is_empty()).then(|| Item {
            text: Inline::link(&title.value, link),
            children: feature_items(scene, &serving),
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

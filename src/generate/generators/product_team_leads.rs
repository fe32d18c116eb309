//! `product_team_leads`: the leads of a team.

use super::leads::team_leads;
use crate::generate::content::Block;
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "product_team_leads",
    about: "The strategy page, the leads and the issue labels of a team",
    arguments: &[Argument::new("team", ArgumentKind::Team, "the key of the team").required()],
    example: "product_team_leads team=KEY",
    make,
};

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let team = arguments.get("team").and_then(|key| scene.team(key));
    team.map(|team| team_leads(scene, team)).into_iter().collect()
}

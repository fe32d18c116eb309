//! `reporting_structure`: who reports to a role.

use super::reports::Reports;
use crate::generate::content::Block;
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "reporting_structure",
    about: "Who holds a role, and everybody who reports to them",
    arguments: &[Argument::new("role", ArgumentKind::Role, "the slug of the role").required()],
    example: "reporting_structure role=SLUG",
    make,
};

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let holders = scene.holders(arguments.get("role").unwrap_or_default());
    vec![Block::List(Reports::of(scene, holders).items(scene))]
}

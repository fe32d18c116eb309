//! `maturity_definitions`: what each maturity level means.

use crate::generate::content::{Block, Inline, Item};
use crate::generate::generator::{Arguments, Generator};
use crate::generate::scene::Scene;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "maturity_definitions",
    about: "A list of the maturity levels with their definitions",
    arguments: &[],
    example: "maturity_definitions",
    make,
};

fn make(scene: &Scene<'_>, _: &Arguments) -> Vec<Block> {
    let levels = scene.maturity_levels().iter().map(|level| {
        let title = level.title.as_ref().unwrap_or(&level.key);
        let definition = level.definition.as_ref();
        let definition =
            definition.map(|text| Inline::text(": ").then(scene.markdown(&text.value)));
        Item::new(Inline::strong(&title.value).then(definition.unwrap_or_default()))
    });
    vec![Block::List(levels.collect())]
}

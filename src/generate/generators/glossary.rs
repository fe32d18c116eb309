//! `glossary`: the words that the handbook explains, by section.

use crate::generate::content::{Block, Inline, Item};
use crate::generate::generator::{Arguments, Generator};
use crate::generate::scene::Scene;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "glossary",
    about: "The words of the glossary with their definitions, by section",
    arguments: &[],
    example: "glossary",
    make,
};

fn make(scene: &Scene<'_>, _: &Arguments) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut section = None;
    for term in scene.glossary() {
        if section.replace(&term.section.value) != Some(&term.section.value) {
            blocks.push(Block::Heading(1, Inline::text(titled(&term.section.value))));
            blocks.push(Block::List(Vec::new()));
        }
        let definition = term.definition.as_ref();
        let definition =
            definition.map(|text| Inline::text(": ").then(scene.markdown(&text.value)));
        let item = Item::new(Inline::strong(&term.term.value).then(definition.unwrap_or_default()));
        if let Some(Block::List(items)) = blocks.last_mut() {
            items.push(item);
        }
    }
    blocks
}

/// A key as a title: `sales_and_marketing` is `Sales and marketing`.
fn titled(key: &str) -> String {
    let words = key.replace(['_', '-'], " ");
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}

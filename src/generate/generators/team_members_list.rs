//! `team_members_list`: everybody on the team page.

use super::leads::holders;
use crate::generate::content::{Block, Destination, Inline, Item};
use crate::generate::generator::{Arguments, Generator};
use crate::generate::scene::{Scene, shown_name};
use crate::handbook::team::Person;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "team_members_list",
    about: "A heading for each person who is not hidden, with what they do and what they say of themselves",
    arguments: &[],
    example: "team_members_list",
    make,
};

fn make(scene: &Scene<'_>, _: &Arguments) -> Vec<Block> {
    let mut blocks = Vec::new();
    for person in scene.team_members() {
        // Links to people lead to this heading: it holds the name and nothing else.
        blocks.push(Block::Heading(1, Inline::text(shown_name(person))));
        let facts = facts(scene, person);
        blocks.extend((!facts.is_empty()).then_some(Block::List(facts)));
    }
    blocks
}

fn facts(scene: &Scene<'_>, person: &Person) -> Vec<Item> {
    let email = person.email.as_ref().map(|email| {
        let to = Destination::Address(format!("mailto:{}", email.value.trim()));
        Inline::link(&email.value, Some(to))
    });
    let github = person.github.as_ref().map(|github| {
        let address = match github.value.contains("://") {
            true => github.value.clone(),
            false => format!("https://github.com/{}", github.value.trim_start_matches('@')),
        };
        Inline::link(&github.value, Some(Destination::Address(address)))
    });
    let reports_to = person.reports_to.as_ref().filter(|slug| slug.value != Person::NOBODY);
    let facts = [
        ("Role", person.role.as_ref().map(|role| scene.markdown(&role.value))),
        ("Location", person.location.as_ref().map(|location| Inline::text(&location.value))),
        ("Pronouns", person.pronouns.as_ref().map(|pronouns| Inline::text(&pronouns.value))),
        ("Pronunciation", person.pronunciation.as_ref().map(|said| scene.markdown(&said.value))),
        ("Email", email),
        ("GitHub", github),
        ("Links", person.links.as_ref().map(|links| scene.markdown(&links.value))),
        ("About", person.description.as_ref().map(|text| scene.markdown(&text.value))),
        ("Reports to", reports_to.map(|slug| holders(scene, &slug.value))),
    ];
    let facts = facts.into_iter().filter_map(|(label, fact)| {
        Some(Item::new(Inline::text(format!("{label}: ")).then(fact?)))
    });
    facts.collect()
}

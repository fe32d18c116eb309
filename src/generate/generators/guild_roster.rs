//! `guild_roster`: who is in a guild.

use super::leads::{list_or_nobody, with_role};
use crate::generate::content::{Block, Inline, Item};
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;
use crate::source::Spanned;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "guild_roster",
    about: "The leader, the members and the sponsors of a guild",
    arguments: &[Argument::new("guild", ArgumentKind::Guild, "the key of the guild").required()],
    example: "guild_roster guild=KEY",
    make,
};

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let guild = arguments.get("guild").and_then(|key| scene.guild(key));
    let Some(guild) = guild else { return Vec::new() };
    let person = |key: &Spanned<String>| with_role(scene, &key.value, None);
    let several = |label: &str, keys: &[Spanned<String>]| {
        let children = keys.iter().map(|key| Item::new(person(key))).collect();
        (!keys.is_empty()).then(|| Item { text: Inline::text(label), children })
    };
    let leader = guild.leader.as_ref();
    let leader = leader.map(|key| Item::new(Inline::text("Leader: ").then(person(key))));
    let members = several("Members", &guild.members);
    let sponsors = several("Leadership sponsors", &guild.leadership_sponsors);
    vec![list_or_nobody([leader, members, sponsors].into_iter().flatten().collect())]
}

//! `code_hosts_list`: the code hosts that the product works with.

use crate::generate::content::{Block, Destination, Inline, Item};
use crate::generate::generator::{Arguments, Generator};
use crate::generate::scene::Scene;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "code_hosts_list",
    about: "A list of the code hosts, with links to their own sites",
    arguments: &[],
    example: "code_hosts_list",
    make,
};

fn make(scene: &Scene<'_>, _: &Arguments) -> Vec<Block> {
    let hosts = scene.code_hosts().iter().map(|host| {
        let title = host.title.as_ref().unwrap_or(&host.key);
        let link = host.info_link.as_ref().map(|link| Destination::Address(link.value.clone()));
        Item::new(Inline::link(&title.value, link))
    });
    vec![Block::List(hosts.collect())]
}

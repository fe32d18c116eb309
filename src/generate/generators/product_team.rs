//! `product_team`: who is in a team.

use std::collections::HashSet;

use super::leads::{DESIGN, EM, PM, PMM, TL, list_or_nobody, with_role};
use super::reports::Reports;
use crate::generate::content::{Block, Item};
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;
use crate::source::Spanned;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "product_team",
    about: "Who is in a team: its leads, and everybody who reports to its engineering manager",
    arguments: &[Argument::new("team", ArgumentKind::Team, "the key of the team").required()],
    example: "product_team team=KEY",
    make,
};

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let Some(team) = arguments.get("team").and_then(|key| scene.team(key)) else {
        return Vec::new();
    };
    let lead = |called: &str, lead: &Option<Spanned<String>>| {
        let key = &lead.as_ref()?.value;
        Some(Item::new(with_role(scene, key, Some(called))))
    };
    let manager = team.em.as_ref().and_then(|em| scene.person(&em.value));
    let (engineers, keys) = match manager {
        Some(manager) => {
            let reports = Reports::of(scene, [manager]);
            (reports.items(scene), reports.keys())
        }
        None => (lead(EM, &team.em).into_iter().collect(), HashSet::new()),
    };
    // Who reports to the engineering manager stands there.
    let tech_lead = team.tl.as_ref().filter(|lead| !keys.contains(lead.value.as_str()));
    let mut items = Vec::new();
    items.extend(lead(PM, &team.pm));
    items.extend(engineers);
    items.extend(tech_lead.map(|key| Item::new(with_role(scene, &key.value, Some(TL)))));
    items.extend(lead(DESIGN, &team.design));
    items.extend(lead(PMM, &team.pmm));
    vec![list_or_nobody(items)]
}

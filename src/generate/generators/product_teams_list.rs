//! `product_teams_list`: the leads of all teams.

use std::collections::{HashMap, HashSet};

use super::by_team::{OTHER, title};
use super::leads::{org_leads, team_leads};
use crate::generate::content::{Block, Inline};
use crate::generate::generator::{Arguments, Generator};
use crate::generate::scene::Scene;
use crate::handbook::team::Team;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "product_teams_list",
    about: "The strategy page, the leads and the issue labels of every team, by organisation where there are any",
    arguments: &[],
    example: "product_teams_list",
    make,
};

fn make(scene: &Scene<'_>, _: &Arguments) -> Vec<Block> {
    let (orgs, teams) = (scene.product_orgs(), scene.teams());
    if orgs.is_empty() {
        return teams.iter().flat_map(|team| section(scene, team, 1)).collect();
    }
    let mut of_orgs: HashMap<&str, Vec<&Team>> = HashMap::new();
    for team in teams {
        if let Some(org) = &team.org {
            of_orgs.entry(&org.value).or_default().push(team);
        }
    }
    let mut blocks = Vec::new();
    let mut known = HashSet::new();
    for org in orgs {
        let org_title = org.title.as_ref().unwrap_or(&org.key);
        blocks.push(Block::Heading(1, Inline::text(&org_title.value)));
        blocks.push(org_leads(scene, org));
        if known.insert(org.key.value.as_str()) {
            let own = of_orgs.get(org.key.value.as_str()).into_iter().flatten();
            blocks.extend(own.flat_map(|team| section(scene, team, 2)));
        }
    }
    let others = teams.iter();
    let others =
        others.filter(|team| team.org.as_ref().is_none_or(|org| !known.contains(&*org.value)));
    let others: Vec<Block> = others.flat_map(|team| section(scene, team, 2)).collect();
    if !others.is_empty() {
        blocks.push(Block::Heading(1, Inline::text(OTHER)));
        blocks.extend(others);
    }
    blocks
}

fn section(scene: &Scene<'_>, team: &Team, level: u8) -> [Block; 2] {
    [Block::Heading(level, Inline::text(title(team))), team_leads(scene, team)]
}

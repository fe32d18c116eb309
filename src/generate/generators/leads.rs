//! Who leads a team or an organisation, and where its strategy is.

use super::by_team::title;
use crate::generate::content::{Block, Inline, Item};
use crate::generate::scene::Scene;
use crate::handbook::team::{ProductOrg, Team};
use crate::source::Spanned;

/// What stands where nobody is named at all.
pub(super) const NOBODY: &str = "Nobody is named.";

/// What a team's leads are called.
pub(super) const PM: &str = "Product manager";
pub(super) const EM: &str = "Engineering manager";
pub(super) const TL: &str = "Tech lead";
pub(super) const DESIGN: &str = "Designer";
pub(super) const PMM: &str = "Product marketing manager";

/// The leads of `team`.
pub(super) fn team_leads(scene: &Scene<'_>, team: &Team) -> Block {
    let mut items = Vec::new();
    items.extend(strategy_page(scene, title(team), team.strategy_link.as_ref()));
    let leads =
        [(PM, &team.pm), (EM, &team.em), (TL, &team.tl), (DESIGN, &team.design), (PMM, &team.pmm)];
    items.extend(
        leads.into_iter().filter_map(|(called, lead)| lead_item(scene, called, lead.as_ref())),
    );
    if !team.issue_labels.is_empty() {
        let labels = team.issue_labels.iter().map(|label| Inline::text(&label.value));
        items.push(Item::new(Inline::text("Issue labels: ").then(Inline::joined(labels, ", "))));
    }
    list_or_nobody(items)
}

/// The leads of `org`.
pub(super) fn org_leads(scene: &Scene<'_>, org: &ProductOrg) -> Block {
    let mut items = Vec::new();
    let title = &org.title.as_ref().unwrap_or(&org.key).value;
    items.extend(strategy_page(scene, title, org.strategy_link.as_ref()));
    let leads = [(PM, &org.pm), (EM, &org.em), (DESIGN, &org.design), (PMM, &org.pmm)];
    items.extend(
        leads.into_iter().filter_map(|(called, lead)| lead_item(scene, called, lead.as_ref())),
    );
    list_or_nobody(items)
}

/// The strategy page and the product manager of `team`.
pub(super) fn strategy_and_pm(scene: &Scene<'_>, team: &Team) -> Vec<Item> {
    let strategy = strategy_page(scene, title(team), team.strategy_link.as_ref());
    strategy.into_iter().chain(lead_item(scene, PM, team.pm.as_ref())).collect()
}

/// `items`, or that there are none.
pub(super) fn list_or_nobody(items: Vec<Item>) -> Block {
    match items.is_empty() {
        true => Block::Paragraph(Inline::text(NOBODY)),
        false => Block::List(items),
    }
}

/// A person by name and role; by `called` where nothing is known of their role.
pub(super) fn with_role(scene: &Scene<'_>, key: &str, called: Option<&str>) -> Inline {
    let link = scene.person_link(key);
    let role = scene.person(key).and_then(|person| person.role.as_ref());
    match (role, called) {
        (Some(role), _) => link.then_text(", ").then(scene.markdown(&role.value)),
        (None, Some(called)) => link.then_text(format!(", {}", called.to_lowercase())),
        (None, None) => link,
    }
}

/// Those who hold the role `slug`, with links; the slug as it is written where nobody does.
pub(super) fn holders(scene: &Scene<'_>, slug: &str) -> Inline {
    let people = scene.holders(slug);
    let links: Vec<Inline> = people.map(|person| scene.person_link(&person.key.value)).collect();
    match links.is_empty() {
        true => Inline::text(slug),
        false => Inline::joined(links, ", "),
    }
}

fn strategy_page(scene: &Scene<'_>, title: &str, link: Option<&Spanned<String>>) -> Option<Item> {
    let link = scene.destination(&link?.value);
    let link = Inline::link(format!("{title} strategy"), Some(link));
    Some(Item::new(Inline::text("Strategy page: ").then(link)))
}

fn lead_item(scene: &Scene<'_>, called: &str, lead: Option<&Spanned<String>>) -> Option<Item> {
    let lead = scene.person_link(&lead?.value);
    Some(Item::new(Inline::text(format!("{called}: ")).then(lead)))
}

//! How features and their maturity are shown, and tables of what they have in one place and another.

use std::collections::{HashMap, HashSet};

use crate::generate::content::{Block, Inline, Item, Table};
use crate::generate::scene::Scene;
use crate::handbook::Feature;
use crate::source::Spanned;

/// What stands where nothing is said.
pub(super) const UNKNOWN: &str = "?";
/// What stands for "yes".
pub(super) const YES: &str = "✓";

/// The levels of what nobody can use, or should begin to.
const NOT_SHIPPED: [&str; 3] = ["not_implemented", "planned", "deprecated"];

/// The feature's title, with a link to its documentation.
pub(super) fn feature_link(scene: &Scene<'_>, feature: &Feature) -> Inline {
    let title = feature.title.as_ref().unwrap_or(&feature.key);
    let link = feature.link.as_ref().map(|link| scene.destination(&link.value));
    Inline::link(&title.value, link)
}

/// `features` as a list of links.
pub(super) fn feature_items(scene: &Scene<'_>, features: &[&Feature]) -> Vec<Item> {
    features.iter().map(|feature| Item::new(feature_link(scene, feature))).collect()
}

/// Whether there is something of `feature` that is meant to be used.
pub(super) fn is_shipped(feature: &Feature) -> bool {
    let level = feature.maturity.as_ref();
    level.is_none_or(|level| !NOT_SHIPPED.contains(&level.value.as_str()))
}

/// A table of features against `places`, which are keys with titles. Behind them stand those places that
/// only features name.
pub(super) fn matrix<'h, C: 'h>(
    scene: &Scene<'h>,
    features: &[&'h Feature],
    places: &[(&'h str, &'h str)],
    cells: impl Fn(&'h Feature) -> &'h [(Spanned<String>, Spanned<C>)],
    shown: impl Fn(&'h C) -> String,
) -> Block {
    let mut places = places.to_vec();
    let mut seen: HashSet<&str> = places.iter().map(|(key, _)| *key).collect();
    for (place, _) in features.iter().flat_map(|feature| cells(feature)) {
        if seen.insert(&place.value) {
            places.push((&place.value, &place.value));
        }
    }
    let rows = features.iter().map(|feature| {
        let own = cells(feature).iter().rev().map(|(place, value)| (place.value.as_str(), value));
        let own: HashMap<&str, &Spanned<C>> = own.collect();
        let cells = places.iter().map(|(key, _)| {
            let shown = own.get(key).map(|value| shown(&value.value));
            Inline::text(shown.unwrap_or_else(|| UNKNOWN.to_owned()))
        });
        [feature_link(scene, feature)].into_iter().chain(cells).collect()
    });
    let rows = rows.collect();
    let titles = places.iter().map(|(_, title)| (*title).to_owned());
    let columns = ["Feature".to_owned()].into_iter().chain(titles).collect();
    Block::Table(Table { columns, rows })
}

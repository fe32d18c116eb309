//! What entities are called in generated text, and where their names lead.

use std::collections::HashMap;

use crate::generate::content::Inline;
use crate::generate::scene::Scene;
use crate::handbook::hierarchy::Stage;
use crate::handbook::team::Team;
use crate::handbook::{Category, Feature};

/// Where what belongs nowhere, or to what the handbook does not have, is shown.
pub(super) const OTHER: &str = "Other";

/// What stands where there is nothing to say.
pub(super) const NOTHING: &str = "-";

/// The places of `owners`, keys with names, by key; of several with one key the first.
pub(super) fn places<'k>(owners: &[(&'k str, &str)]) -> HashMap<&'k str, usize> {
    let last_first = owners.iter().enumerate().rev();
    last_first.map(|(at, (key, _))| (*key, at)).collect()
}

/// The title of a feature.
pub(super) fn feature(feature: &Feature) -> &str {
    &feature.title.as_ref().unwrap_or(&feature.key).value
}

/// The title of a feature, linked to where it is documented or asked for.
pub(super) fn feature_link(scene: &Scene<'_>, feature: &Feature) -> Inline {
    let link = feature.link.as_ref().map(|link| scene.destination(&link.value));
    Inline::link(self::feature(feature), link)
}

/// The name of a category.
pub(super) fn category(category: &Category) -> &str {
    &category.name.as_ref().unwrap_or(&category.key).value
}

/// The name of a category, linked to its direction page.
pub(super) fn category_link(scene: &Scene<'_>, category: &Category) -> Inline {
    let direction = category.direction.as_ref();
    let direction = direction.map(|direction| scene.destination(&direction.value));
    Inline::link(self::category(category), direction)
}

/// The names of the categories of a feature; of those that the handbook does not have their keys.
pub(super) fn categories_of(scene: &Scene<'_>, feature: &Feature) -> String {
    let names = feature.categories.iter().map(|key| {
        let known = scene.category(&key.value);
        known.map_or(key.value.as_str(), category)
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The name of a stage.
pub(super) fn stage(stage: &Stage) -> &str {
    &stage.name.as_ref().unwrap_or(&stage.key).value
}

/// The title of a team.
pub(super) fn team(team: &Team) -> &str {
    &team.title.as_ref().unwrap_or(&team.key).value
}

/// The title of a maturity level; where no file defines the levels, its key as a title.
pub(super) fn level(scene: &Scene<'_>, key: &str) -> String {
    match scene.maturity_level(key).and_then(|level| level.title.as_ref()) {
        Some(title) => title.value.clone(),
        None => titled(key),
    }
}

/// The key of the level of a category, which is the lowest where it names none.
pub(super) fn level_of<'a>(scene: &Scene<'a>, category: &'a Category) -> Option<&'a str> {
    let own = category.maturity.as_ref().map(|level| level.value.as_str());
    own.or_else(|| scene.ladder().keys().next())
}

/// A key as a title: `sales_and_marketing` is `Sales and marketing`.
fn titled(key: &str) -> String {
    let words = key.replace(['_', '-'], " ");
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}

//! Features by the team that builds them.

use std::collections::BTreeMap;

use crate::generate::content::{Block, Inline};
use crate::generate::scene::Scene;
use crate::handbook::Feature;
use crate::handbook::team::Team;

/// What stands over that which belongs nowhere.
pub(super) const OTHER: &str = "Other";

/// The features of a team; of none where their team is missing or unknown.
pub(super) struct TeamFeatures<'h> {
    /// The team.
    pub team: Option<&'h Team>,
    /// Its features, in the order of the file.
    pub features: Vec<&'h Feature>,
}

impl TeamFeatures<'_> {
    /// The team's title.
    pub(super) fn title(&self) -> &str {
        self.team.map_or(OTHER, title)
    }

    /// The heading over its features.
    pub(super) fn heading(&self) -> Block {
        Block::Heading(1, Inline::text(self.title()))
    }
}

/// The title of `team`, else its key.
pub(super) fn title(team: &Team) -> &str {
    &team.title.as_ref().unwrap_or(&team.key).value
}

/// `features` by team, in the order of the teams; those of no known team last. A team without any is left out.
pub(super) fn by_team<'h>(
    scene: &Scene<'h>,
    features: impl IntoIterator<Item = &'h Feature>,
) -> Vec<TeamFeatures<'h>> {
    let teams = scene.teams();
    let mut groups: BTreeMap<usize, Vec<&'h Feature>> = BTreeMap::new();
    for feature in features {
        let place = feature.team.as_ref().and_then(|team| scene.team_place(&team.value));
        groups.entry(place.unwrap_or(teams.len())).or_default().push(feature);
    }
    let groups = groups.into_iter();
    groups.map(|(place, features)| TeamFeatures { team: teams.get(place), features }).collect()
}

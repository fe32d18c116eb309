//! Which pages are those of a stage.

use super::Handbook;
use super::address::Addresses;
use super::hierarchy::Stage;
use crate::source::RepoPath;

/// The pages of `stage`: the one that its `direction` leads to, and the one at `/direction/KEY/`, if they are there.
///
/// A `direction` that leads to the page of a section with other stages, as those of GitLab's older stages do, names no
/// page of the stage: what stands there is about the section.
pub(crate) fn stage_pages(
    handbook: &Handbook,
    addresses: &Addresses,
    stage: &Stage,
) -> Vec<RepoPath> {
    let usual = format!("/direction/{}/", stage.key.value);
    let named = stage.direction.as_ref().map(|direction| direction.value.as_str());
    let files = named.into_iter().chain([usual.as_str()]);
    let files = files.filter_map(|address| addresses.resolve(address).file().cloned());
    let mut pages: Vec<RepoPath> =
        files.filter(|page| !is_of_several_stages(handbook, addresses, page)).collect();
    pages.dedup();
    pages
}

/// Whether `page` is the page of a section with several stages.
fn is_of_several_stages(handbook: &Handbook, addresses: &Addresses, page: &RepoPath) -> bool {
    handbook.sections.iter().any(|section| {
        let direction = section.direction.as_ref();
        let leads_here = direction
            .is_some_and(|direction| addresses.resolve(&direction.value).file() == Some(page));
        let stages = handbook.stages.iter().filter(|stage| {
            stage.section.as_ref().is_some_and(|key| key.value == section.key.value)
        });
        leads_here && stages.count() > 1
    })
}

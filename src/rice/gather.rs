//! All ideas of a handbook, wherever they are written down.

use super::idea::Idea;
use super::read::{ideas_in, ideas_of_data};
use super::{Judged, Measure, Scales, judge};
use crate::handbook::Loaded;
use crate::review::Owners;

/// The ideas of `loaded`: those of `rice.yml`, then those of its pages. `may_hold` tells of each page whether
/// it is worth a look, as [`may_hold_ideas`](super::may_hold_ideas) has it.
pub fn gather(loaded: &Loaded, may_hold: &[bool], scales: &Scales) -> Vec<Idea> {
    let mut ideas = ideas_of_data(&loaded.handbook.ideas, scales);
    let of_data = ideas.len();
    let mut pages = Vec::new();
    for (page, may_hold) in loaded.handbook.pages.iter().zip(may_hold) {
        if *may_hold {
            let file = loaded.files.file(page.file);
            ideas.extend(ideas_in(page.file, file.text(), file.outline(), scales));
            pages.resize(ideas.len() - of_data, page);
        }
    }
    if !pages.is_empty() {
        // An idea belongs to what its page belongs to, unless it says otherwise.
        let owners = Owners::new(&loaded.handbook, &loaded.files);
        for (idea, page) in ideas[of_data..].iter_mut().zip(pages) {
            let ownership = owners.of(page, None);
            if idea.area.is_none() {
                idea.areas = ownership.areas;
            }
            idea.owner = idea.owner.take().or_else(|| ownership.owners.into_iter().next());
        }
    }
    ideas
}

/// The ideas of `loaded`, judged.
pub fn judged(loaded: &Loaded, may_hold: &[bool], measure: Measure<'_>) -> Vec<Judged> {
    judge(gather(loaded, may_hold, measure.scales), &loaded.handbook, measure)
}

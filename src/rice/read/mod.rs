//! Where ideas are written down: `rice.yml`, Markdown pages, and sheets exported as CSV.

mod csv_quotes;
mod data;
mod header;
mod measure;
mod page;
mod row;
mod sheet;
mod summary;

use std::collections::{HashMap, HashSet};

use super::idea::Idea;
use crate::source::markdown::slug;

pub use data::ideas_of_data;
pub(super) use page::ideas_in;
pub use page::{RARE_WORDS, ideas_of_page, may_hold_ideas};
pub use sheet::{NoSheet, ideas_of_sheet};

/// The id of an idea that has none of its own: its title as a slug, or as it is where that leaves nothing.
fn id_of(title: &str) -> String {
    let slug = slug(title);
    if slug.is_empty() { title.to_owned() } else { slug }
}

/// The ideas of `rows`, of which several may be one idea by several raters.
fn together(rows: Vec<Idea>) -> Vec<Idea> {
    // Most tables have no raters, and nothing to put together.
    let has_rater = |row: &Idea| row.estimates.last().is_some_and(|estimate| estimate.by.is_some());
    if !rows.iter().any(has_rater) {
        return rows;
    }
    let mut ideas: Vec<Idea> = Vec::new();
    let mut known: HashMap<(String, String), (usize, HashSet<String>)> = HashMap::new();
    for row in rows {
        let Some(rater) = row.estimates.last().and_then(|estimate| estimate.by.clone()) else {
            ideas.push(row);
            continue;
        };
        let next = ideas.len();
        // Two titles may have one slug.
        let name = (
            row.id.clone(),
            if row.id == slug(&row.title) { row.title.clone() } else { String::new() },
        );
        let (at, raters) = known.entry(name).or_insert_with(|| (next, HashSet::new()));
        // A second row by one rater is no second opinion, but a second idea of that name.
        if raters.insert(rater) && *at < next {
            ideas[*at].estimates.extend(row.estimates);
            ideas[*at].stated.extend(row.stated);
        } else {
            ideas.push(row);
        }
    }
    ideas
}

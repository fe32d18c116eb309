//! Where ideas are written down: `rice.yml`, Markdown pages, and sheets exported as CSV.

mod data;
mod header;
mod page;
mod sheet;

use std::collections::HashMap;

use super::idea::Idea;

pub use data::ideas_of_data;
pub use page::{ideas_of_page, may_hold_ideas};
pub use sheet::{NoSheet, ideas_of_sheet};

/// The ideas of `rows`, of which several may be one idea by several raters.
fn together(rows: Vec<Idea>) -> Vec<Idea> {
    let mut ideas: Vec<Idea> = Vec::new();
    let mut rated: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let is_rated = row.estimates.iter().all(|estimate| estimate.by.is_some());
        match rated.get(&row.id).filter(|_| is_rated) {
            Some(&at) => {
                ideas[at].estimates.extend(row.estimates);
                ideas[at].stated.extend(row.stated);
            }
            None => {
                if is_rated {
                    rated.insert(row.id.clone(), ideas.len());
                }
                ideas.push(row);
            }
        }
    }
    ideas
}

//! The generators, one file each. Adding one is a new file and a line in [`ALL`].

mod category_maturity;
mod category_owners;
mod cells;
mod code_hosts_list;
mod feature_matrix;
mod features_by_category;
mod footnotes;
mod glossary;
mod maturity_definitions;
mod maturity_summary;
mod missing_features;
mod names;
mod review_calendar;
mod rice_ranking;

use super::generator::Generator;

/// All generators, in the order in which they are listed.
pub static ALL: &[&Generator] = &[
    &maturity_definitions::GENERATOR,
    &code_hosts_list::GENERATOR,
    &glossary::GENERATOR,
    &feature_matrix::GENERATOR,
    &category_maturity::GENERATOR,
    &features_by_category::GENERATOR,
    &missing_features::GENERATOR,
    &category_owners::GENERATOR,
    &maturity_summary::GENERATOR,
    &rice_ranking::GENERATOR,
    &review_calendar::GENERATOR,
];

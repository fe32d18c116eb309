//! The generators, one file each. Adding one is a new file and a line in [`ALL`].

mod by_team;
mod category_maturity;
mod category_owners;
mod cells;
mod code_hosts_list;
mod deployment_options;
mod feature_code_host_compatibilities;
mod feature_matrix;
mod feature_maturity_levels;
mod features;
mod features_by_category;
mod footnotes;
mod glossary;
mod guild_roster;
mod leads;
mod maturity_definitions;
mod maturity_summary;
mod missing_features;
mod names;
mod product_team;
mod product_team_leads;
mod product_team_use_case_list;
mod product_teams_list;
mod reporting_structure;
mod reports;
mod review_calendar;
mod rice_ranking;
mod team_members_list;
mod use_case_feature_list;
mod use_case_sponsors;

use super::generator::Generator;

/// All generators, in the order in which they are listed.
pub static ALL: &[&Generator] = &[
    &maturity_definitions::GENERATOR,
    &feature_maturity_levels::GENERATOR,
    &feature_code_host_compatibilities::GENERATOR,
    &deployment_options::GENERATOR,
    &product_teams_list::GENERATOR,
    &product_team_leads::GENERATOR,
    &product_team::GENERATOR,
    &product_team_use_case_list::GENERATOR,
    &use_case_feature_list::GENERATOR,
    &use_case_sponsors::GENERATOR,
    &reporting_structure::GENERATOR,
    &team_members_list::GENERATOR,
    &guild_roster::GENERATOR,
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

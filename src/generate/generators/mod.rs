//! The generators, one file each. Adding one is a new file and a line in [`ALL`].

mod code_hosts_list;
mod glossary;
mod maturity_definitions;

use super::generator::Generator;

/// All generators, in the order in which they are listed.
pub static ALL: &[&Generator] =
    &[&maturity_definitions::GENERATOR, &code_hosts_list::GENERATOR, &glossary::GENERATOR];

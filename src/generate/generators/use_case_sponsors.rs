//! `use_case_sponsors`: who sponsors each use case.

use std::collections::{HashMap, HashSet};

use crate::generate::content::{Block, Inline, Table};
use crate::generate::generator::{Arguments, Generator};
use crate::generate::scene::Scene;
use crate::source::Spanned;

/// The departments, in the order of their columns.
const DEPARTMENTS: [&str; 4] = ["product", "engineering", "design", "marketing"];

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "use_case_sponsors",
    about: "A table of the use cases with who sponsors each, by department",
    arguments: &[],
    example: "use_case_sponsors",
    make,
};

fn make(scene: &Scene<'_>, _: &Arguments) -> Vec<Block> {
    let use_cases = scene.use_cases();
    let mut departments = DEPARTMENTS.to_vec();
    let mut seen: HashSet<&str> = departments.iter().copied().collect();
    for (department, _) in use_cases.iter().flat_map(|use_case| &use_case.sponsors) {
        if seen.insert(&department.value) {
            departments.push(&department.value);
        }
    }
    let rows = use_cases.iter().map(|use_case| {
        let title = use_case.title.as_ref().unwrap_or(&use_case.key);
        let link = use_case.link.as_ref().map(|link| scene.destination(&link.value));
        let own = use_case.sponsors.iter().rev().map(|(known, key)| (known.value.as_str(), key));
        let own: HashMap<&str, &Spanned<String>> = own.collect();
        let sponsors = departments.iter().map(|department| {
            let sponsor = own.get(department);
            sponsor.map_or(Inline::text("-"), |key| scene.person_link(&key.value))
        });
        [Inline::link(&title.value, link)].into_iter().chain(sponsors).collect()
    });
    let rows = rows.collect();
    let columns = ["use case"].into_iter().chain(departments).map(capitalised).collect();
    vec![Block::Table(Table { columns, rows })]
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}

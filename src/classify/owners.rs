//! Who owns what: the fields of the data that name people, and the files of owners.

use std::collections::BTreeMap;

use super::{Change, Side, Subject};
use crate::config::ChangeKind;
use crate::handbook::Table;
use crate::handbook::profile::DataFile;
use crate::source::owners_file::OwnersFile;
use crate::source::{RepoPath, Span};

/// Fields that name who looks after a section, stage, group, organisation or team.
const PEOPLE: [&str; 18] = [
    "pm",
    "em",
    "tl",
    "design",
    "pmm",
    "pdm",
    "spd",
    "cm",
    "sm",
    "qm",
    "rem",
    "ux",
    "uxr",
    "support",
    "tech_writer",
    "sets",
    "ar",
    "product_org",
];

/// Whether `field` of the records of a file says whose something is.
pub(super) fn is_owner_field(format: &DataFile, field: &str) -> bool {
    use Table::{Categories, Features, ProductOrgs, Sections, Stages, Teams};
    let is_of = |tables: &[Table]| format.tables.iter().any(|table| tables.contains(table));
    if is_of(&[Categories, Features]) {
        return field == "product_team";
    }
    let is_person =
        PEOPLE.contains(&field) || field.ends_with("_manager") || field.ends_with("_engineer");
    is_of(&[Sections, Stages, ProductOrgs, Teams]) && is_person
        || format.name == "cross_product_owners" && field == "owner"
        || format.name == "guilds" && matches!(field, "leader" | "leadership_sponsors")
}

/// Whether `path` is that of a file of owners.
pub(super) fn is_owners_file(path: &RepoPath) -> bool {
    matches!(path.file_name(), "CODEOWNERS" | "CODENOTIFY")
}

/// What changed in the file of owners at `path`.
pub(super) fn changes(subject: &Subject<'_>, path: &RepoPath) -> Vec<Change> {
    let (before, after) = (rules(subject.before, path), rules(subject.after, path));
    let mut changes = Vec::new();
    let patterns: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for pattern in patterns {
        let (was, is) = (before.get(pattern), after.get(pattern));
        let names = |rule: Option<&(String, Span)>| {
            rule.map(|(owners, _)| owners.clone()).filter(|owners| !owners.is_empty())
        };
        let (from, to) = (names(was), names(is));
        if from == to && was.is_some() == is.is_some() {
            continue;
        }
        let said = |names: &Option<String>| names.clone().unwrap_or_else(|| "nobody".to_owned());
        let (_, name) = pattern;
        let what = match (was, is) {
            (Some(_), Some(_)) => format!("`{name}` names {} now, was {}", said(&to), said(&from)),
            (None, _) => format!("`{name}` names {} now", said(&to)),
            (_, None) => format!("`{name}` is removed, which named {}", said(&from)),
        };
        let kind = ChangeKind::OwnersChange;
        let change = match is {
            Some((_, span)) => Change::at(kind, *span, &subject.after.loaded.files, what),
            None => Change::new(kind, path.as_str(), what),
        };
        changes.push(change.between(from, to));
    }
    if changes.is_empty() {
        changes.push(Change::new(ChangeKind::OwnersChange, path.as_str(), "changes"));
    }
    changes
}

/// The owners of each pattern of the file at `path`, and where it stands, by section and pattern.
fn rules(side: Side<'_>, path: &RepoPath) -> BTreeMap<(String, String), (String, Span)> {
    let files = &side.loaded.files;
    let owner_files = &side.loaded.handbook.owner_files;
    let all = owner_files.codeowners.iter().chain(owner_files.codenotify.values());
    let mut rules = BTreeMap::new();
    for file in all.filter(|file| files.file(file.file).path() == path) {
        for rule in &file.rules {
            let section =
                file.section(rule).map_or_else(String::new, |section| section.name.value.clone());
            let pattern = rule.pattern.value.clone();
            // Of two rules with one pattern the last counts.
            rules.insert((section, pattern), (owners_of(file, rule), rule.pattern.span));
        }
    }
    rules
}

fn owners_of(file: &OwnersFile, rule: &crate::source::owners_file::Rule) -> String {
    let names: Vec<&str> = file.owners(rule).iter().map(|owner| owner.value.as_str()).collect();
    names.join(" ")
}

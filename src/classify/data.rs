//! What changed in the data files: what the model explains, fact by fact, and what is left.

use std::collections::{BTreeMap, BTreeSet};

use super::categories::{self, Recategorised};
use super::facts::{Facts, entry, facts};
use super::maturity::{self, Matured};
use super::owners;
use super::{Change, Side, Subject};
use crate::config::ChangeKind;
use crate::handbook::Table;
use crate::handbook::profile::{DataFile, data_files};
use crate::repo::Files;
use crate::source::{RepoPath, Spanned, yaml};

/// The field under which stages have their groups.
const GROUPS: &str = "groups";

/// What changed in the data files of `subject`.
pub(super) fn changes(subject: &Subject<'_>) -> Vec<Change> {
    let changed = changed_files(subject);
    if changed.is_empty() {
        return Vec::new();
    }
    let categories = categories::changes(subject);
    let matured = maturity::changes(subject, &categories.pairs);
    let explained = Explained { subject, categories: &categories, matured: &matured };
    let left: Vec<Change> =
        changed.iter().flat_map(|(format, path)| explained.rest(format, path)).collect();
    categories.changes.iter().chain(&matured.changes).cloned().chain(left).collect()
}

/// The data files that changed, are new or are gone.
fn changed_files<'s>(subject: &'s Subject<'_>) -> Vec<(&'static DataFile, &'s RepoPath)> {
    let files = data_files(subject.config.profile).iter().filter_map(|format| {
        let path = subject.config.paths.get(format.name)?;
        (subject.diff.lines(path).is_some() || subject.diff.gone().any(|gone| gone == path))
            .then_some((format, path))
    });
    files.collect()
}

/// Whether `path` is that of a data file.
pub(super) fn is_data(subject: &Subject<'_>, path: &RepoPath) -> bool {
    subject.config.paths.values().any(|data| data == path)
}

/// What is explained by the model.
struct Explained<'s> {
    subject: &'s Subject<'s>,
    categories: &'s Recategorised<'s>,
    matured: &'s Matured,
}

/// A fact that is not on both sides what it was.
struct Delta<'f> {
    path: &'f [String],
    before: Option<&'f Spanned<String>>,
    after: Option<&'f Spanned<String>>,
}

impl Explained<'_> {
    /// The changes of the file at `path` beside those of categories and of maturity.
    fn rest(&self, format: &DataFile, path: &RepoPath) -> Vec<Change> {
        let other = |what: &str| vec![Change::new(ChangeKind::Other, path.as_str(), what)];
        // A file that is not there holds nothing.
        let facts = |is_there: bool, side| match is_there {
            true => Self::facts(side, format, path),
            false => Ok(Facts::new()),
        };
        let Subject { before, after, base, repo, .. } = *self.subject;
        let was = facts(Files::has(base, path.as_str()), before);
        let is = facts(Files::has(repo, path.as_str()), after);
        let (Ok(mut before), Ok(after)) = (was, is) else {
            return other("cannot be read on both sides, so nothing tells what changed");
        };
        let words = |facts: &Facts| -> Vec<(Vec<String>, String)> {
            facts.iter().map(|(path, fact)| (path.clone(), fact.value.clone())).collect()
        };
        if words(&before) == words(&after) {
            return other("only comments, order or layout change");
        }
        before = before.into_iter().map(|(path, fact)| self.as_now(format, path, fact)).collect();
        let keys: BTreeSet<&Vec<String>> = before.keys().chain(after.keys()).collect();
        let deltas = keys.into_iter().filter_map(|path| {
            let (before, after) = (before.get(path), after.get(path));
            let words = (before.map(|fact| &fact.value), after.map(|fact| &fact.value));
            (words.0 != words.1).then_some(Delta { path, before, after })
        });
        let deltas: Vec<Delta<'_>> = deltas.collect();
        let left: Vec<Delta<'_>> =
            deltas.into_iter().filter(|delta| !self.is_explained(format, delta)).collect();
        let records = (Records::of(format, &before), Records::of(format, &after));
        self.by_record(format, path, &left, &records)
    }

    fn facts(side: Side<'_>, format: &DataFile, path: &RepoPath) -> Result<Facts, ()> {
        let files = &side.loaded.files;
        let Some(file) = files.find(path) else { return Ok(Facts::new()) };
        if !files.file(file).is_readable() {
            return Err(());
        }
        let parsed = yaml::parse(file, files.file(file).text(), 0);
        match parsed.tree {
            Some(tree) if parsed.errors.is_empty() => Ok(facts(format, &tree)),
            _ => Err(()),
        }
    }

    /// A fact of the past, with the keys that categories have now.
    fn as_now(
        &self,
        format: &DataFile,
        mut path: Vec<String>,
        mut fact: Spanned<String>,
    ) -> (Vec<String>, Spanned<String>) {
        let renamed = &self.categories.renamed;
        let is_pointer = points_to_category(format, &path);
        if format.tables.contains(&Table::Categories)
            && let Some(key) = path.first_mut()
            && let Some(new) = renamed.get(key)
        {
            key.clone_from(new);
        }
        if is_pointer && let Some(new) = renamed.get(&fact.value) {
            if let Some(last) = path.last_mut().filter(|last| **last == entry(&fact.value)) {
                *last = entry(new);
            }
            fact.value.clone_from(new);
        }
        (path, fact)
    }

    fn is_explained(&self, format: &DataFile, delta: &Delta<'_>) -> bool {
        let (Some(record), field) = (delta.path.first(), delta.path.get(1)) else { return false };
        let field = field.map_or("", String::as_str);
        let Recategorised { touched, come_or_gone, .. } = self.categories;
        if format.tables.contains(&Table::Categories) {
            let ladder = &self.subject.after.loaded.handbook.ladder;
            let is_matured = self.matured.categories.contains(record);
            return come_or_gone.contains(record)
                || touched.contains(record) && matches!(field, "name" | "stage")
                || is_matured
                    && (field == "maturity"
                        || ladder.rungs.iter().any(|rung| rung.date_field == field));
        }
        if points_to_category(format, delta.path) {
            // A field that holds one key and not a list names both of them.
            let mut words = [delta.before, delta.after].into_iter().flatten();
            // A list without entries is as good as none.
            return words.all(|word| word.value.is_empty() || touched.contains(&word.value));
        }
        format.tables.contains(&Table::Features)
            && matches!(field, "maturity" | "deployment")
            && self.matured.features.contains(record)
    }

    /// Changes of owners, and for each record one of what else changed.
    fn by_record(
        &self,
        format: &DataFile,
        path: &RepoPath,
        deltas: &[Delta<'_>],
        (before, after): &(Records, Records),
    ) -> Vec<Change> {
        let mut fields: BTreeMap<(&[String], &str), Vec<&Delta<'_>>> = BTreeMap::new();
        for delta in deltas {
            let (record, rest) = delta.path.split_at(record_length(format, delta.path));
            let field = rest.first().map_or("", String::as_str);
            fields.entry((record, field)).or_default().push(delta);
        }
        let mut changes = Vec::new();
        let mut others: BTreeMap<&[String], Vec<(&str, &Delta<'_>)>> = BTreeMap::new();
        for ((record, field), deltas) in fields {
            let is_kept = before.0.contains(record) && after.0.contains(record);
            if is_kept && owners::is_owner_field(format, field) {
                changes.push(self.owner(format, path, record, field, &deltas));
            } else {
                let found = others.entry(record).or_default();
                found.extend(deltas.into_iter().map(|delta| (field, delta)));
            }
        }
        for (record, deltas) in others {
            let name = named(format, record);
            let what = match (before.0.contains(record), after.0.contains(record)) {
                (false, _) => format!("{name} is new"),
                (_, false) => format!("{name} is removed"),
                (true, true) => {
                    let fields: BTreeSet<&str> = deltas.iter().map(|(field, _)| *field).collect();
                    let shown: Vec<String> =
                        fields.iter().take(3).map(|field| format!("`{field}`")).collect();
                    match fields.len() - shown.len() {
                        0 => format!("{} of {name} changes", shown.join(", ")),
                        more => format!("{} and {more} more of {name} change", shown.join(", ")),
                    }
                }
            };
            let place = deltas.iter().find_map(|(_, delta)| delta.after);
            changes.push(self.change(ChangeKind::Other, path, place, what));
        }
        changes
    }

    fn owner(
        &self,
        format: &DataFile,
        path: &RepoPath,
        record: &[String],
        field: &str,
        deltas: &[&Delta<'_>],
    ) -> Change {
        let joined = |facts: Vec<&Spanned<String>>| {
            let words: Vec<&str> = facts.iter().map(|fact| fact.value.as_str()).collect();
            Some(words.join(", ")).filter(|words| !words.is_empty())
        };
        let from = joined(deltas.iter().filter_map(|delta| delta.before).collect());
        let to = joined(deltas.iter().filter_map(|delta| delta.after).collect());
        let name = named(format, record);
        let what = match (&from, &to) {
            (Some(from), Some(to)) => format!("`{field}` of {name} is {to} now, was {from}"),
            (None, Some(to)) => format!("`{field}` of {name} is {to} now"),
            (Some(from), None) => format!("`{field}` of {name} is no longer {from}"),
            (None, None) => format!("`{field}` of {name} changes"),
        };
        let place = deltas.iter().find_map(|delta| delta.after);
        self.change(ChangeKind::OwnersChange, path, place, what).between(from, to)
    }

    fn change(
        &self,
        kind: ChangeKind,
        path: &RepoPath,
        place: Option<&Spanned<String>>,
        what: String,
    ) -> Change {
        match place {
            Some(fact) => Change::at(kind, fact.span, &self.subject.after.loaded.files, what),
            None => Change::new(kind, path.as_str(), what),
        }
    }
}

/// Whether the fact at `path` is the key of a category.
fn points_to_category(format: &DataFile, path: &[String]) -> bool {
    let field = |at: usize| path.get(at).map(String::as_str);
    (format.tables.contains(&Table::Stages)
        && field(1) == Some(GROUPS)
        && field(3) == Some("categories"))
        || (format.tables.contains(&Table::Features) && field(1) == Some("category"))
}

/// How many parts of `path` name the record: groups are records within stages, and some records stand in parts.
fn record_length(format: &DataFile, path: &[String]) -> usize {
    let is_group = format.tables.contains(&Table::Stages) && path.len() > 2 && path[1] == GROUPS;
    let length = match is_group {
        true => 3,
        false if matches!(format.layout, crate::handbook::profile::Layout::Lists(_)) => 2,
        false => 1,
    };
    length.min(path.len())
}

/// What a message calls a record.
fn named(format: &DataFile, record: &[String]) -> String {
    let key = record.last().map_or("", String::as_str);
    let noun = if record.len() == 3 { "group" } else { format.schema.noun };
    format!("{noun} `{key}`")
}

/// The records of a file.
struct Records(BTreeSet<Vec<String>>);

impl Records {
    fn of(format: &DataFile, facts: &Facts) -> Self {
        let mut records = BTreeSet::new();
        for path in facts.keys() {
            records.insert(path[..record_length(format, path)].to_vec());
            records.insert(path[..path.len().min(1)].to_vec());
        }
        Self(records)
    }
}

//! Which categories are new, gone, called otherwise, or somewhere else.

use std::collections::{BTreeMap, BTreeSet};

use super::{About, Change, Subject};
use crate::config::ChangeKind;
use crate::handbook::{Category, Handbook};
use crate::source::{Span, Spanned, fold};

/// What became of the categories.
#[derive(Debug, Default)]
pub(super) struct Recategorised<'a> {
    pub(super) changes: Vec<Change>,
    /// The categories that were there and are, under one key or two.
    pub(super) pairs: Vec<(&'a Category, &'a Category)>,
    /// The keys that changed: by the old one the new.
    pub(super) renamed: BTreeMap<String, String>,
    /// The keys of those that are new, gone, called otherwise or in another group: what points to them changes too.
    pub(super) touched: BTreeSet<String>,
    /// The keys of those that are new or gone.
    pub(super) come_or_gone: BTreeSet<String>,
}

/// What became of the categories of `subject`.
pub(super) fn changes<'a>(subject: &Subject<'a>) -> Recategorised<'a> {
    let (before, after) = (&subject.before.loaded.handbook, &subject.after.loaded.handbook);
    let mut found = Recategorised::default();
    let (old, new) = (by_key(before), by_key(after));
    let mut gone: BTreeMap<&str, &Category> = old
        .iter()
        .filter(|(key, _)| !new.contains_key(*key))
        .map(|(key, was)| (*key, *was))
        .collect();
    // Whether two categories of different keys are one: they have their name, or their direction page.
    let mut by_sign: BTreeMap<Sign, Vec<&str>> = BTreeMap::new();
    for (key, was) in gone.iter().rev() {
        for sign in signs(was) {
            by_sign.entry(sign).or_default().push(key);
        }
    }
    for (key, now) in &new {
        if let Some(was) = old.get(key) {
            found.pairs.push((was, now));
            continue;
        }
        let mut same = None;
        for sign in signs(now) {
            let mut keys = by_sign.get_mut(&sign);
            while let Some(key) =
                keys.as_mut().filter(|_| same.is_none()).and_then(|keys| keys.pop())
            {
                same = gone.remove(key);
            }
        }
        match same {
            Some(was) => {
                found.renamed.insert(was.key.value.clone(), (*key).to_owned());
                found.pairs.push((was, now));
            }
            None => {
                let what = format!("category `{key}` is new");
                found.push(subject, now, now.key.span, what, None, Some(key));
                found.come_or_gone.insert((*key).to_owned());
            }
        }
    }
    for was in gone.values() {
        let key = &was.key.value;
        let path = subject.before.loaded.files.file(was.key.span.file).path().as_str();
        let change =
            Change::new(ChangeKind::CategoryChange, path, format!("category `{key}` is removed"));
        let change = change.between(Some(key), None::<String>);
        found.changes.push(change.about(About::Category(key.clone())));
        found.touched.insert(key.clone());
        found.come_or_gone.insert(key.clone());
    }
    let (groups_before, groups_now) = (groups(before), groups(after));
    for (was, now) in found.pairs.clone() {
        found.compare(subject, was, now, &groups_before, &groups_now);
    }
    found
}

impl Recategorised<'_> {
    fn push(
        &mut self,
        subject: &Subject<'_>,
        category: &Category,
        span: Span,
        what: String,
        from: Option<&str>,
        to: Option<&str>,
    ) {
        let files = &subject.after.loaded.files;
        let change = Change::at(ChangeKind::CategoryChange, span, files, what).between(from, to);
        self.changes.push(change.about(About::Category(category.key.value.clone())));
        self.touched.insert(category.key.value.clone());
    }

    fn compare(
        &mut self,
        subject: &Subject<'_>,
        was: &Category,
        now: &Category,
        groups_before: &Groups<'_>,
        groups_now: &Groups<'_>,
    ) {
        let key = now.key.value.as_str();
        if was.key.value != now.key.value {
            let old = was.key.value.as_str();
            let what = format!("category `{old}` has the key `{key}` now");
            self.push(subject, now, now.key.span, what, Some(old), Some(key));
        }
        let word = |word: &Option<Spanned<String>>| word.as_ref().map(|word| word.value.clone());
        let (from, to) = (word(&was.name), word(&now.name));
        if from != to {
            let span = now.name.as_ref().map_or(now.key.span, |name| name.span);
            let what = format!(
                "category `{key}` is called {} now, was {}",
                said(to.as_ref()),
                said(from.as_ref())
            );
            self.push(subject, now, span, what, from.as_deref(), to.as_deref());
        }
        let (from, to) = (word(&was.stage), word(&now.stage));
        if from != to {
            let span = now.stage.as_ref().map_or(now.key.span, |stage| stage.span);
            let what = format!(
                "category `{key}` moves from stage {} to {}",
                said(from.as_ref()),
                said(to.as_ref())
            );
            self.push(subject, now, span, what, from.as_deref(), to.as_deref());
        }
        let nowhere = BTreeMap::new();
        let from = groups_before.get(was.key.value.as_str()).unwrap_or(&nowhere);
        let to = groups_now.get(key).unwrap_or(&nowhere);
        if !from.keys().eq(to.keys()) {
            let joined = |groups: &BTreeMap<&str, Span>| {
                let names: Vec<&str> = groups.keys().copied().collect();
                (!names.is_empty()).then(|| names.join(", "))
            };
            let span =
                to.iter().find(|(group, _)| !from.contains_key(*group)).map(|(_, span)| *span);
            let (from, to) = (joined(from), joined(to));
            let what = format!(
                "category `{key}` moves from group {} to {}",
                said(from.as_ref()),
                said(to.as_ref())
            );
            let span = span.unwrap_or(now.key.span);
            self.push(subject, now, span, what, from.as_deref(), to.as_deref());
        }
    }
}

fn by_key(handbook: &Handbook) -> BTreeMap<&str, &Category> {
    let mut categories = BTreeMap::new();
    for category in &handbook.categories {
        // Of two with one key the first is meant.
        categories.entry(category.key.value.as_str()).or_insert(category);
    }
    categories
}

/// What shows that a category is one that had another key.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Name(String),
    Direction(String),
}

/// The signs of `category`, the stronger first.
fn signs(category: &Category) -> Vec<Sign> {
    let name = category.name.as_ref().map(|name| Sign::Name(fold(&name.value)));
    let direction = category.direction.as_ref();
    name.into_iter().chain(direction.map(|page| Sign::Direction(fold(&page.value)))).collect()
}

/// By category its groups, and where they list it.
type Groups<'h> = BTreeMap<&'h str, BTreeMap<&'h str, Span>>;

fn groups(handbook: &Handbook) -> Groups<'_> {
    let mut groups = Groups::new();
    for (_, group) in handbook.groups() {
        for category in &group.categories {
            let listed = groups.entry(category.value.as_str()).or_default();
            listed.insert(group.key.value.as_str(), category.span);
        }
    }
    groups
}

/// A word as a message says it.
fn said(word: Option<&String>) -> String {
    word.map_or_else(|| "none".to_owned(), |word| format!("`{word}`"))
}

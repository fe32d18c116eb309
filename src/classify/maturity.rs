//! What became more or less mature: categories, features, and features by deployment option.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{About, Change, Subject};
use crate::config::{ChangeKind, Direction};
use crate::handbook::{Category, Feature, Ladder};
use crate::source::{Span, Spanned};

/// What changed, and of which records: their fields of maturity are explained by it.
#[derive(Debug, Default)]
pub(super) struct Matured {
    pub(super) changes: Vec<Change>,
    /// The keys of categories, as they are now.
    pub(super) categories: BTreeSet<String>,
    /// The keys of features.
    pub(super) features: BTreeSet<String>,
}

/// What `pairs` of categories, each before and now, and the features of both sides became.
pub(super) fn changes(subject: &Subject<'_>, pairs: &[(&Category, &Category)]) -> Matured {
    let (before, after) = (&subject.before.loaded.handbook, &subject.after.loaded.handbook);
    let scale = &after.ladder;
    let mut matured = Matured::default();
    for (old, new) in pairs {
        let key = &new.key.value;
        let (from, to) = (old.maturity.as_ref(), new.maturity.as_ref());
        let about = About::Category(key.clone());
        let what = format!("category `{key}`");
        // A category that says nothing is at the lowest level.
        let lowest = scale.lowest();
        if let Some(change) = change(subject, scale, (from, to), lowest, new.key.span, &what) {
            matured.changes.push(change.about(about));
            matured.categories.insert(key.clone());
        }
    }
    let mut known = HashMap::new();
    for old in &before.features {
        // Of two with one key the first is meant.
        known.entry(old.key.value.as_str()).or_insert(old);
    }
    for new in &after.features {
        let Some(old) = known.get(new.key.value.as_str()) else { continue };
        for (pair, option) in levels(old, new) {
            let on = option.map_or_else(String::new, |option| format!(" on `{option}`"));
            let what = format!("{}{on}", new.described);
            if let Some(change) = change(subject, scale, pair, None, new.key.span, &what) {
                matured.changes.push(change.about(About::Feature(new.key.value.clone())));
                matured.features.insert(new.key.value.clone());
            }
        }
    }
    matured
}

type Levels<'a> = (Option<&'a Spanned<String>>, Option<&'a Spanned<String>>);

/// The levels of a feature before and now, as such and by deployment option.
fn levels<'a>(old: &'a Feature, new: &'a Feature) -> Vec<(Levels<'a>, Option<&'a str>)> {
    let mut levels = vec![((old.maturity.as_ref(), new.maturity.as_ref()), None)];
    let mut options: BTreeMap<&str, Levels<'a>> = BTreeMap::new();
    for (option, level) in &old.deployment {
        options.entry(option.value.as_str()).or_default().0.get_or_insert(level);
    }
    for (option, level) in &new.deployment {
        options.entry(option.value.as_str()).or_default().1.get_or_insert(level);
    }
    levels.extend(options.into_iter().map(|(option, pair)| (pair, Some(option))));
    levels
}

fn change(
    subject: &Subject<'_>,
    scale: &Ladder,
    (from, to): Levels<'_>,
    lowest: Option<&str>,
    place: Span,
    what: &str,
) -> Option<Change> {
    let word = |level: Option<&Spanned<String>>| {
        level.map(|level| level.value.clone()).or_else(|| lowest.map(str::to_owned))
    };
    let span = to.map_or(place, |to| to.span);
    let (from, to) = (word(from), word(to));
    if from == to {
        return None;
    }
    let direction = match (&from, &to) {
        (Some(from), Some(to)) => scale.direction(from, to),
        _ => None,
    };
    let verb = match direction {
        Some(Direction::Up) => "goes up",
        Some(Direction::Down) => "goes down",
        None => "changes",
    };
    let said = |level: &Option<String>| {
        level.as_ref().map_or_else(|| "no level".to_owned(), |level| format!("`{level}`"))
    };
    let what = format!("{what} {verb} from {} to {}", said(&from), said(&to));
    let files = &subject.after.loaded.files;
    let change = Change::at(ChangeKind::MaturityChange, span, files, what).between(from, to);
    Some(Change { direction, ..change })
}

//! What became more or less mature: categories, features, and features by deployment option.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{About, Change, Subject};
use crate::config::{ChangeKind, Direction};
use crate::handbook::{Category, Feature, Ladder};
use crate::source::{Span, Spanned};

/// Levels that houses have in common, from the lowest up. Where a data file lists its levels, some begin at the top.
const USUAL: [&[&str]; 2] = [
    &["not_implemented", "planned", "experimental", "alpha", "beta", "partial_ga", "ga"],
    &["planned", "minimal", "viable", "complete", "lovable"],
];

/// What changed, and of which records: their fields of maturity are explained by it.
#[derive(Debug, Default)]
pub(super) struct Matured {
    pub(super) changes: Vec<Change>,
    /// The keys of categories, as they are now.
    pub(super) categories: BTreeSet<String>,
    /// The keys of features.
    pub(super) features: BTreeSet<String>,
}

/// The ladder, and which way it goes up.
struct Scale<'a> {
    ladder: &'a Ladder,
    is_reversed: bool,
}

impl<'a> Scale<'a> {
    /// Levels that are configured begin with the lowest. A data file may list them from the top down, which shows
    /// where it names levels that others have too.
    fn new(ladder: &'a Ladder, is_configured: bool) -> Self {
        let sign = |levels: &&[&str]| {
            let places: Vec<usize> = ladder
                .keys()
                .filter_map(|key| levels.iter().position(|level| *level == key))
                .collect();
            let rises = places.windows(2).filter(|pair| pair[0] < pair[1]).count();
            (rises, places.len().saturating_sub(1).saturating_sub(rises))
        };
        let (rises, falls) =
            USUAL.iter().map(sign).max_by_key(|(rises, falls)| rises + falls).unwrap_or_default();
        Self { ladder, is_reversed: !is_configured && falls > rises }
    }

    fn direction(&self, from: Option<&str>, to: Option<&str>) -> Option<Direction> {
        let (from, to) = (self.ladder.height(from)?, self.ladder.height(to)?);
        match (from == to, (from < to) != self.is_reversed) {
            (true, _) => None,
            (_, true) => Some(Direction::Up),
            (_, false) => Some(Direction::Down),
        }
    }
}

/// What `pairs` of categories, each before and now, and the features of both sides became.
pub(super) fn changes(subject: &Subject<'_>, pairs: &[(&Category, &Category)]) -> Matured {
    let (before, after) = (&subject.before.loaded.handbook, &subject.after.loaded.handbook);
    let scale = Scale::new(&after.ladder, subject.config.maturity.is_configured);
    let mut matured = Matured::default();
    for (old, new) in pairs {
        let key = &new.key.value;
        let (from, to) = (old.maturity.as_ref(), new.maturity.as_ref());
        let about = About::Category(key.clone());
        let what = format!("category `{key}`");
        // A category that says nothing is at the lowest level.
        let lowest = scale.ladder.keys().next();
        if let Some(change) = change(subject, &scale, (from, to), lowest, new.key.span, &what) {
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
            if let Some(change) = change(subject, &scale, pair, None, new.key.span, &what) {
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
    scale: &Scale<'_>,
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
        (Some(from), Some(to)) => scale.direction(Some(from), Some(to)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{DatedLevels, Maturity};

    fn direction(levels: &[&str], is_configured: bool, from: &str, to: &str) -> Option<Direction> {
        let levels: Vec<String> = levels.iter().map(|level| (*level).to_owned()).collect();
        let maturity = Maturity {
            levels: levels.clone(),
            is_configured,
            date_fields: std::collections::BTreeMap::new(),
            dated: DatedLevels::Reached,
        };
        let ladder = Ladder::new(&maturity, (!is_configured).then_some(levels));
        Scale::new(&ladder, is_configured).direction(Some(from), Some(to))
    }

    #[test]
    fn a_file_may_list_its_levels_from_the_top_down() {
        let top_down =
            ["ga", "partial_ga", "beta", "experimental", "not_implemented", "deprecated"];
        assert_eq!(direction(&top_down, false, "beta", "ga"), Some(Direction::Up));
        assert_eq!(direction(&top_down, false, "ga", "deprecated"), Some(Direction::Down));
        assert_eq!(direction(&["beta", "ga"], false, "beta", "ga"), Some(Direction::Up));
        assert_eq!(direction(&["ga", "beta"], true, "ga", "beta"), Some(Direction::Up));
        assert_eq!(direction(&["seed", "tree"], false, "seed", "tree"), Some(Direction::Up));
        assert_eq!(direction(&["seed", "tree"], false, "seed", "bush"), None);
    }
}

//! The maturity levels of products: their order in time, and which of two is higher.

use crate::config::{DatedLevels, Direction, Maturity};

/// Levels that houses have in common, from the lowest up. Where a data file lists its levels, some begin at the top.
const USUAL: [&[&str]; 2] = [
    &["not_implemented", "planned", "experimental", "alpha", "beta", "partial_ga", "ga"],
    &["planned", "minimal", "viable", "complete", "lovable"],
];

/// The maturity levels of categories and features.
///
/// A level is either a step up or an end of life, such as `deprecated`. A product reaches the steps from the lowest up
/// and its ends after them, but an end is below all steps: to deprecate is to go down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// The levels in the order of time: the steps, the lowest first, and then the ends. The lowest is the state before
    /// anything is reached.
    pub rungs: Vec<Rung>,
    /// How many of them are steps.
    steps: usize,
    /// Their keys, in the order in which they are listed.
    listed: Vec<String>,
    /// Which reached levels must have their date.
    pub dated: DatedLevels,
    /// Whether a data file defines the levels, so that they are pointed to like anything else.
    pub is_table: bool,
}

/// One level of the [`Ladder`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// The level's key, such as `minimal`.
    pub key: String,
    /// The field of a category that holds the day on which it was reached, such as `available`.
    pub date_field: String,
}

impl Ladder {
    /// The ladder of the configuration, or of the keys in the file of maturity levels, if there is one.
    pub fn new(config: &Maturity, table: Option<Vec<String>>) -> Self {
        let is_table = table.is_some();
        let (listed, is_of_table) = match table {
            Some(keys) if !config.is_configured && !keys.is_empty() => (keys, true),
            _ => (config.levels.clone(), false),
        };
        let rung =
            |key: &String| Rung { date_field: config.date_field(key).to_owned(), key: key.clone() };
        let keys = listed.iter().enumerate();
        let (mut steps, mut ends) =
            keys.partition::<Vec<_>, _>(|(_, key)| !config.is_terminal(key));
        // Levels of which none can be used are no ends of anything.
        if steps.is_empty() {
            std::mem::swap(&mut steps, &mut ends);
        }
        // Ends that are listed before the steps begin with the last one.
        let first_step = steps.first().map_or(0, |(at, _)| *at);
        let before = ends.iter().take_while(|(at, _)| *at < first_step).count();
        ends[..before].reverse();
        if is_of_table && begin_at_the_top(steps.iter().map(|(_, key)| key.as_str())) {
            steps.reverse();
        }
        let count = steps.len();
        let rungs = steps.into_iter().chain(ends).map(|(_, key)| rung(key)).collect();
        Self { rungs, steps: count, listed, dated: config.dated, is_table }
    }

    /// The levels' keys, in the order in which they are listed.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.listed.iter().map(String::as_str)
    }

    /// The place of `level` in the order of time; `None` for a word that is not a level. Nothing at all is the lowest level.
    pub fn height(&self, level: Option<&str>) -> Option<usize> {
        match level {
            None => Some(0),
            Some(level) => self.rungs.iter().position(|rung| rung.key == level),
        }
    }

    /// Whether the level at `height` is an end of life.
    pub fn is_end(&self, height: usize) -> bool {
        height >= self.steps
    }

    /// The lowest level, the state before anything is reached.
    pub fn lowest(&self) -> Option<&str> {
        self.rungs.first().map(|rung| rung.key.as_str())
    }

    /// Where maturity goes from the level `from` to the level `to`; `None` where they are the same, or one of them is no
    /// level.
    pub fn direction(&self, from: &str, to: &str) -> Option<Direction> {
        let (from, to) = (self.height(Some(from))?, self.height(Some(to))?);
        let is_up = match (self.is_end(from), self.is_end(to)) {
            (false, false) => from < to,
            // The later end is the lower one.
            (true, true) => to < from,
            (is_end, _) => is_end,
        };
        match (from == to, is_up) {
            (true, _) => None,
            (_, true) => Some(Direction::Up),
            (_, false) => Some(Direction::Down),
        }
    }
}

/// Whether a list of `steps` begins with the highest, which shows where it names levels that others have too.
fn begin_at_the_top<'a>(steps: impl Iterator<Item = &'a str>) -> bool {
    let steps: Vec<&str> = steps.collect();
    let sign = |levels: &&[&str]| {
        let places = steps.iter().filter_map(|key| levels.iter().position(|level| level == key));
        let places: Vec<usize> = places.collect();
        let rises = places.windows(2).filter(|pair| pair[0] < pair[1]).count();
        (rises, places.len().saturating_sub(1).saturating_sub(rises))
    };
    let (rises, falls) =
        USUAL.iter().map(sign).max_by_key(|(rises, falls)| rises + falls).unwrap_or_default();
    falls > rises
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder(levels: &[&str], is_configured: bool, terminal: Option<&[&str]>) -> Ladder {
        let owned =
            |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let maturity = Maturity {
            levels: owned(levels),
            is_configured,
            date_fields: std::collections::BTreeMap::new(),
            dated: DatedLevels::Reached,
            terminal: terminal.map(owned),
        };
        Ladder::new(&maturity, (!is_configured).then(|| owned(levels)))
    }

    fn direction(levels: &[&str], is_configured: bool, from: &str, to: &str) -> Option<Direction> {
        ladder(levels, is_configured, None).direction(from, to)
    }

    const UP: Option<Direction> = Some(Direction::Up);
    const DOWN: Option<Direction> = Some(Direction::Down);

    #[test]
    fn a_file_may_list_its_levels_from_the_top_down() {
        let top_down =
            ["ga", "partial_ga", "beta", "experimental", "not_implemented", "deprecated"];
        assert_eq!(direction(&top_down, false, "beta", "ga"), UP);
        assert_eq!(direction(&top_down, false, "ga", "deprecated"), DOWN);
        assert_eq!(direction(&["beta", "ga"], false, "beta", "ga"), UP);
        assert_eq!(direction(&["ga", "beta"], true, "ga", "beta"), UP);
        assert_eq!(direction(&["seed", "tree"], false, "seed", "tree"), UP);
        assert_eq!(direction(&["seed", "tree"], false, "seed", "bush"), None);
        assert_eq!(ladder(&top_down, false, None).lowest(), Some("not_implemented"));
    }

    #[test]
    fn an_end_of_life_is_below_every_step_wherever_it_is_listed() {
        let last = ["planned", "beta", "ga", "deprecated", "removed"];
        let first = ["removed", "deprecated", "planned", "beta", "ga"];
        for is_configured in [true, false] {
            for levels in [&last, &first] {
                let of = |from, to| direction(levels, is_configured, from, to);
                assert_eq!((of("ga", "deprecated"), of("deprecated", "ga")), (DOWN, UP));
                assert_eq!((of("planned", "removed"), of("removed", "planned")), (DOWN, UP));
                assert_eq!((of("deprecated", "removed"), of("removed", "deprecated")), (DOWN, UP));
                assert_eq!((of("beta", "ga"), of("ga", "beta")), (UP, DOWN));
                let ladder = ladder(levels, is_configured, None);
                let time: Vec<&str> = ladder.rungs.iter().map(|rung| rung.key.as_str()).collect();
                assert_eq!(time, last);
                assert!(ladder.keys().eq(levels.iter().copied()));
            }
        }
    }

    #[test]
    fn ends_are_known_however_they_are_spelt_and_named_in_the_configuration() {
        for end in [
            "deprecated",
            "Removed",
            "sunset",
            "retired",
            "end_of_life",
            "end-of-life",
            "End of life",
        ] {
            assert_eq!(direction(&["beta", "ga", end], true, "ga", end), DOWN, "{end}");
        }
        let levels = ["beta", "ga", "frozen", "deprecated"];
        let own = ladder(&levels, true, Some(&["frozen"]));
        assert_eq!(own.direction("ga", "frozen"), DOWN);
        assert_eq!(own.direction("ga", "deprecated"), UP, "the configuration's list counts alone");
        assert_eq!(ladder(&levels, true, Some(&[])).direction("ga", "frozen"), UP);
        assert_eq!(direction(&["removed", "retired"], true, "removed", "retired"), UP);
    }
}

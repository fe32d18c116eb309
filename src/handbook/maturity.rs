//! The ladder that products climb.

use crate::config::{DatedLevels, Maturity};

/// The maturity levels of categories, lowest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// The rungs, lowest first. The lowest is the state before anything is reached.
    pub rungs: Vec<Rung>,
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
        let keys = match table {
            Some(keys) if !config.is_configured && !keys.is_empty() => keys,
            _ => config.levels.clone(),
        };
        let rung = |key: String| Rung { date_field: config.date_field(&key).to_owned(), key };
        Self { rungs: keys.into_iter().map(rung).collect(), dated: config.dated, is_table }
    }

    /// The levels' keys, lowest first.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.rungs.iter().map(|rung| rung.key.as_str())
    }

    /// How high `level` is; `None` for a word that is no level. Nothing at all is the lowest level.
    pub fn height(&self, level: Option<&str>) -> Option<usize> {
        match level {
            None => Some(0),
            Some(level) => self.keys().position(|key| key == level),
        }
    }
}

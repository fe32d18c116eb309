//! Categories: what a product is divided into.

use jiff::civil::Date;

use super::Fields;
use crate::source::Spanned;

/// A category of features.
#[derive(Clone, Debug)]
pub struct Category {
    /// Its key.
    pub key: Spanned<String>,
    /// Its name.
    pub name: Option<Spanned<String>>,
    /// The key of its stage.
    pub stage: Option<Spanned<String>>,
    /// The key of its team, where teams build categories.
    pub team: Option<Spanned<String>>,
    /// Where its direction page is.
    pub direction: Option<Spanned<String>>,
    /// Where it is documented.
    pub documentation: Option<Spanned<String>>,
    /// Its maturity level; none means the lowest.
    pub maturity: Option<Spanned<String>>,
    /// When levels were or will be reached, lowest level first.
    pub dates: Vec<LevelDate>,
    /// Whether marketing shows it.
    pub marketing: Option<Spanned<bool>>,
    /// The labels of its issues.
    pub feature_labels: Vec<Spanned<String>>,
    /// The fields that hold something, but nothing that can be read.
    pub broken: Vec<String>,
}

/// When a category reached a level, or means to.
#[derive(Clone, Debug)]
pub struct LevelDate {
    /// How high the level is on the [`Ladder`](super::Ladder).
    pub height: usize,
    /// The field that holds the date, such as `available` for `minimal`.
    pub field: String,
    /// The day.
    pub date: Spanned<Date>,
}

impl Category {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        let rungs = fields.ladder().rungs.iter().enumerate();
        let dates = rungs.filter_map(|(height, rung)| {
            let date = fields.get(&rung.date_field)?;
            Some(LevelDate { height, field: rung.date_field.clone(), date })
        });
        let dates = dates.collect();
        Self {
            key: fields.key(),
            name: fields.get("name"),
            stage: fields.get("stage"),
            team: fields.get("product_team"),
            direction: fields.get("direction"),
            documentation: fields.get("documentation"),
            maturity: fields.get("maturity"),
            dates,
            marketing: fields.get("marketing"),
            feature_labels: fields.list("feature_labels"),
            broken: fields.broken(),
        }
    }

    /// Whether the field `name` is absent or empty, and not merely wrong.
    pub fn lacks(&self, name: &str) -> bool {
        let is_read = match name {
            "direction" => self.direction.is_some(),
            "documentation" => self.documentation.is_some(),
            _ => self.dates.iter().any(|date| date.field == name),
        };
        !is_read && !self.broken.iter().any(|broken| broken == name)
    }

    /// The date of the level at `height`.
    pub fn date_at(&self, height: usize) -> Option<&LevelDate> {
        self.dates.iter().find(|date| date.height == height)
    }
}

//! Ideas as `rice.yml` writes them down. What the factors count, and whether they may, is judged elsewhere.

use jiff::civil::Date;

use super::Fields;
use crate::source::Spanned;

/// An idea with its estimates, as it is written.
#[derive(Clone, Debug)]
pub struct WrittenIdea {
    /// Its key.
    pub key: Spanned<String>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// The key of its category.
    pub category: Option<Spanned<String>>,
    /// The key of its feature, or the feature's title.
    pub feature: Option<Spanned<String>>,
    /// The key of its team.
    pub team: Option<Spanned<String>>,
    /// Where it is discussed.
    pub link: Option<Spanned<String>>,
    /// Whose it is.
    pub owner: Option<Spanned<String>>,
    /// A remark.
    pub notes: Option<Spanned<String>>,
    /// The estimate that stands with the idea itself.
    pub own: WrittenEstimate,
    /// The estimates of several people.
    pub estimates: Vec<WrittenEstimate>,
}

/// The four factors, as they are written.
#[derive(Clone, Debug)]
pub struct WrittenEstimate {
    /// Its place.
    pub key: Spanned<String>,
    /// Who estimated.
    pub by: Option<Spanned<String>>,
    /// When.
    pub date: Option<Spanned<Date>>,
    /// Reach, Impact, Confidence and Effort.
    pub factors: [Option<Spanned<String>>; 4],
}

impl WrittenIdea {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self {
            key: fields.key(),
            title: fields.get("title"),
            category: fields.get("category"),
            feature: fields.get("feature"),
            team: fields.get("team"),
            link: fields.get("link"),
            owner: fields.get("owner"),
            notes: fields.get("notes"),
            own: WrittenEstimate::read(fields),
            estimates: fields.list_of("estimates", "by", WrittenEstimate::read),
        }
    }
}

impl WrittenEstimate {
    fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self {
            key: fields.key(),
            by: fields.get("by"),
            date: fields.get("date"),
            factors: ["reach", "impact", "confidence", "effort"].map(|name| fields.get(name)),
        }
    }
}

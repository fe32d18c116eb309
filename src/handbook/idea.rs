//! Ideas as `rice.yml` writes them down. What the factors count, and whether they may, is judged elsewhere.

use jiff::civil::Date;

use super::Fields;
use super::schema::Kind::{Date as Day, ListOf, Text};
use super::schema::{Field, Schema};
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

/// What an idea of `rice.yml` holds. Its pointers are words here, because ideas have a rule of their own
/// for them.
pub(super) static IDEA: Schema = Schema::new(
    "idea",
    &[
        Field::new("title", Text, "What it is called.").required(),
        Field::new("category", Text, "The key of the category it belongs to."),
        Field::new("feature", Text, "The key or the title of the feature it is about."),
        Field::new("team", Text, "The key of the team that would build it."),
        Field::new("link", Text, "Where it is discussed."),
        Field::new("owner", Text, "Who answers for the estimate."),
        Field::new("date", Day, "When it was estimated."),
        Field::new(
            "reach",
            Text,
            "The share of users reached in the first quarter, as a step of the scale.",
        ),
        Field::new("impact", Text, "How much it changes for each of them, as a step of the scale."),
        Field::new("confidence", Text, "How sure the estimate is: 100%, 80% or 50%."),
        Field::new("effort", Text, "Person-months of everybody who builds it."),
        Field::new("notes", Text, "A remark."),
        Field::new("estimates", ListOf(&ESTIMATE), "Estimates of several people, instead of one."),
    ],
);

static ESTIMATE: Schema = Schema::new(
    "estimate",
    &[
        Field::new("by", Text, "Who estimated.").required(),
        Field::new("date", Day, "When."),
        Field::new("reach", Text, "As in an idea."),
        Field::new("impact", Text, "As in an idea."),
        Field::new("confidence", Text, "As in an idea."),
        Field::new("effort", Text, "As in an idea."),
    ],
);

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

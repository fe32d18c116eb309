//! Ideas with their estimates, which every house writes down the same way.

use super::{DataFile, Layout};
use crate::handbook::Part;
use crate::handbook::WrittenIdea;
use crate::handbook::schema::Kind::{Date, Estimate, ListOf, Text};
use crate::handbook::schema::{Field, Schema};

pub(super) const RICE: DataFile =
    DataFile::new("rice", Part::Ideas, Layout::MapUnder("ideas"), &IDEA, |handbook, fields| {
        handbook.ideas.push(WrittenIdea::read(fields));
    });

/// What an idea of `rice.yml` holds. Its pointers are words here, because ideas have a rule of their own
/// for them.
static IDEA: Schema = Schema::new(
    "idea",
    &[
        Field::new("title", Text, "What it is called.").required(),
        Field::new("category", Text, "The key of the category it belongs to."),
        Field::new("feature", Text, "The key or the title of the feature it is about."),
        Field::new("team", Text, "The key of the team that would build it."),
        Field::new("link", Text, "Where it is discussed.").link(),
        Field::new("owner", Text, "Who answers for the estimate."),
        Field::new("date", Date, "When it was estimated."),
        Field::new(
            "reach",
            Estimate,
            "The share of users reached in the first quarter, as a step of the scale.",
        ),
        Field::new(
            "impact",
            Estimate,
            "How much it changes for each of them, as a step of the scale.",
        ),
        Field::new("confidence", Estimate, "How sure the estimate is: 100%, 80% or 50%."),
        Field::new("effort", Estimate, "Person-months of everybody who builds it."),
        Field::new("notes", Text, "A remark.").markdown(),
        Field::new("estimates", ListOf(&ESTIMATE), "Estimates of several people, instead of one."),
    ],
);

static ESTIMATE: Schema = Schema::new(
    "estimate",
    &[
        Field::new("by", Text, "Who estimated.").required(),
        Field::new("date", Date, "When."),
        Field::new("reach", Estimate, "As in an idea."),
        Field::new("impact", Estimate, "As in an idea."),
        Field::new("confidence", Estimate, "As in an idea."),
        Field::new("effort", Estimate, "As in an idea."),
    ],
);

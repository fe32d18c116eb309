//! The votes of prioritization sessions, which every house writes down the same way.

use super::{DataFile, Layout};
use crate::handbook::Part;
use crate::handbook::schema::Kind::{Count, List, Map, Records, Text};
use crate::handbook::schema::{Field, Schema};
use crate::handbook::votes::Session;

pub(super) const VOTES: DataFile = DataFile::new(
    "votes",
    Part::Sessions,
    Layout::MapUnder("sessions"),
    &SESSION,
    |handbook, fields| {
        handbook.sessions.push(Session::read(fields));
    },
);

static SESSION: Schema = Schema::new(
    "session",
    &[
        Field::new("title", Text, "What the session is about.").required(),
        Field::new("participants", List(&Text), "Who may vote: keys of people, or names.")
            .required(),
        Field::new(
            "votes_each",
            Count,
            "How many votes everybody has on each axis; 5 if not said.",
        ),
        Field::new("items", Records(&ITEM), "What is voted on, by key."),
        Field::new(
            "importance",
            Map(&List(&Text)),
            "For each participant the items that matter, one entry a vote.",
        ),
        Field::new(
            "feasibility",
            Map(&List(&Text)),
            "For each participant the items that can be done well, one entry a vote.",
        ),
    ],
);

static ITEM: Schema = Schema::new(
    "item",
    &[
        Field::new("title", Text, "What the item is.").required(),
        Field::new("by", Text, "Who proposed it."),
    ],
);

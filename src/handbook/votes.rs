//! Prioritization sessions: what was voted on, and who voted for what.
//!
//! Source: Mattermost's product handbook, where each participant of a session has five votes for
//! importance and five for feasibility.

use std::num::NonZeroUsize;

use super::Fields;
use crate::source::Spanned;

/// How many votes everybody has on each axis unless the session says otherwise.
const VOTES_EACH: usize = 5;

/// A prioritization session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its key.
    pub key: Spanned<String>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// Who may vote; `None` where that cannot be told.
    pub participants: Option<Vec<Spanned<String>>>,
    /// How many votes everybody has on each axis; `None` where that cannot be told.
    pub votes_each: Option<NonZeroUsize>,
    /// What is voted on; `None` where that cannot be told.
    pub items: Option<Vec<Item>>,
    /// The votes for what matters.
    pub importance: Vec<Ballot>,
    /// The votes for what can be done.
    pub feasibility: Vec<Ballot>,
}

/// Something that is voted on.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its key.
    pub key: Spanned<String>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// Who proposed it.
    pub by: Option<Spanned<String>>,
}

/// What one participant votes for on one axis.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// Who votes.
    pub participant: Spanned<String>,
    /// The key of an item for each vote; several votes may go to one item.
    pub votes: Vec<Spanned<String>>,
}

/// What is voted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// How much an item matters.
    Importance,
    /// How well it can be done.
    Feasibility,
}

impl Axis {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Importance, Self::Feasibility];

    /// The word for it, which is the field's name too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Importance => "importance",
            Self::Feasibility => "feasibility",
        }
    }
}

impl Session {
    pub(super) fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        let items = items(fields);
        let broken = fields.broken();
        let is_known = |name: &str| !broken.iter().any(|field| field == name);
        let votes_each = fields.get("votes_each").map(|votes| votes.value);
        let participants = fields.list("participants");
        Self {
            key: fields.key(),
            title: fields.get("title"),
            participants: (is_known("participants") && !participants.is_empty())
                .then_some(participants),
            votes_each: match is_known("votes_each") {
                true => votes_each.or(NonZeroUsize::new(VOTES_EACH)),
                false => None,
            },
            items: is_known("items").then_some(items),
            importance: ballots(fields, Axis::Importance),
            feasibility: ballots(fields, Axis::Feasibility),
        }
    }

    /// Its title, or else its key.
    pub fn name(&self) -> &str {
        self.title.as_ref().map_or(&self.key.value, |title| &title.value)
    }

    /// The ballots on `axis`. Those without a vote are left out.
    pub fn ballots(&self, axis: Axis) -> impl Iterator<Item = &Ballot> {
        let ballots = match axis {
            Axis::Importance => &self.importance,
            Axis::Feasibility => &self.feasibility,
        };
        ballots.iter().filter(|ballot| !ballot.votes.is_empty())
    }
}

impl Item {
    fn read(fields: &mut Fields<'_, '_, '_, '_>) -> Self {
        Self { key: fields.key(), title: fields.get("title"), by: fields.get("by") }
    }

    /// Its title, or else its key.
    pub fn name(&self) -> &str {
        self.title.as_ref().map_or(&self.key.value, |title| &title.value)
    }
}

/// The items, in the order of the file. One that is empty, or no map, is there all the same: votes for it
/// are votes.
fn items(fields: &mut Fields<'_, '_, '_, '_>) -> Vec<Item> {
    let mut items = fields.records("items", Item::read).into_iter().peekable();
    let mut all = Vec::new();
    for key in fields.keys("items") {
        let item = items.next_if(|item| item.key.span == key.span && item.key.value == key.value);
        all.push(item.unwrap_or(Item { key, title: None, by: None }));
    }
    all
}

fn ballots(fields: &Fields<'_, '_, '_, '_>, axis: Axis) -> Vec<Ballot> {
    let ballots = fields.map::<Vec<Spanned<String>>>(axis.name()).into_iter();
    ballots.map(|(participant, votes)| Ballot { participant, votes: votes.value }).collect()
}

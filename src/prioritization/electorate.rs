//! Which ballots of a session count.

use std::collections::HashSet;

use crate::handbook::votes::{Ballot, Session};

/// Who may vote in a session, and how often.
#[derive(Debug)]
pub struct Electorate<'s> {
    /// `None` where the participants cannot be told, so that nobody is a stranger.
    participants: Option<HashSet<&'s str>>,
    /// `None` where the number cannot be told, so that nobody has too many.
    votes_each: Option<usize>,
}

/// How a ballot stands. Of one that does not count, no vote counts: which of them were meant, nobody
/// but the voter can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its votes count.
    Counts,
    /// It belongs to nobody who may vote.
    Stranger,
    /// It has more votes than are allowed.
    TooMany {
        /// How many are allowed.
        allowed: usize,
    },
}

impl<'s> Electorate<'s> {
    /// Who may vote in `session`.
    pub fn of(session: &'s Session) -> Self {
        let names = session.participants.as_ref();
        Self {
            participants: names.map(|names| names.iter().map(|name| name.value.as_str()).collect()),
            votes_each: session.votes_each.map(std::num::NonZeroUsize::get),
        }
    }

    /// How `ballot` stands. Several votes for one item are several votes; a vote for something that is not
    /// there is a vote too.
    pub fn standing(&self, ballot: &Ballot) -> Standing {
        let is_known = |names: &HashSet<&str>| names.contains(ballot.participant.value.as_str());
        if !self.participants.as_ref().is_none_or(is_known) {
            return Standing::Stranger;
        }
        match self.votes_each {
            Some(allowed) if ballot.votes.len() > allowed => Standing::TooMany { allowed },
            _ => Standing::Counts,
        }
    }
}

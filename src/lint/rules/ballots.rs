//! What the rules about votes share.

use crate::handbook::Handbook;
use crate::handbook::votes::{Axis, Ballot, Session};
use crate::prioritization::{Electorate, Standing};
use crate::source::Comparisons;

/// A ballot, and how it stands.
pub(super) struct Cast<'h> {
    pub(super) session: &'h Session,
    pub(super) axis: Axis,
    pub(super) ballot: &'h Ballot,
    pub(super) standing: Standing,
}

/// All ballots of all sessions.
pub(super) fn cast(handbook: &Handbook) -> impl Iterator<Item = Cast<'_>> {
    handbook.sessions.iter().flat_map(|session| {
        let electorate = Electorate::of(session);
        let on_axis = move |axis| session.ballots(axis).map(move |ballot| (axis, ballot));
        Axis::ALL.into_iter().flat_map(on_axis).map(move |(axis, ballot)| Cast {
            session,
            axis,
            ballot,
            standing: electorate.standing(ballot),
        })
    })
}

/// `count` and the word for them.
pub(super) fn votes(count: usize) -> String {
    format!("{count} {}", if count == 1 { "vote" } else { "votes" })
}

/// What somebody may have meant, of as many words as there is time for: real sessions need a hundredth
/// of it, and a file of nothing but slips must not take minutes.
pub(super) struct Suggestions {
    comparisons: Comparisons,
}

impl Suggestions {
    pub(super) fn new() -> Self {
        Self { comparisons: Comparisons::default() }
    }

    /// The one of `known` that is nearest to `word`, as advice; else `otherwise`.
    pub(super) fn advice<'k>(
        &mut self,
        word: &str,
        known: impl ExactSizeIterator<Item = &'k str>,
        otherwise: &str,
    ) -> String {
        let near = self.comparisons.guess(word, known.len(), known);
        near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{}`?", near.word))
    }
}

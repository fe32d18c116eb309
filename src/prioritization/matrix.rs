//! The priority matrix: the items of a session by quadrant.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::{Electorate, Median, Standing};
use crate::handbook::votes::{Axis, Item, Session};

/// What a session decided.
#[derive(Debug)]
pub struct Matrix<'s> {
    /// The session.
    pub session: &'s Session,
    /// Its items by quadrant, those with the most votes first.
    pub items: Vec<Placed<'s>>,
    /// Where importance is cut; `None` without items.
    pub importance_median: Option<Median>,
    /// Where feasibility is cut; `None` without items.
    pub feasibility_median: Option<Median>,
    /// The participants who have not voted on either axis, in the order of the file.
    pub without_votes: Vec<&'s str>,
}

/// An item and its votes.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'s> {
    /// The item.
    pub item: &'s Item,
    /// Its votes for importance.
    pub importance: usize,
    /// Its votes for feasibility.
    pub feasibility: usize,
    /// Where it stands; `None` where no vote of the session counts.
    pub quadrant: Option<Quadrant>,
}

/// A quadrant of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quadrant {
    /// Important and feasible.
    DoFirst,
    /// Important, but not easily done.
    Plan,
    /// Easily done, but not important.
    FillIn,
    /// Neither.
    Drop,
}

impl Quadrant {
    /// All, in the order in which they are shown: top right, top left, bottom right and bottom left of a
    /// picture with importance upwards and feasibility to the right.
    pub const ALL: [Self; 4] = [Self::DoFirst, Self::Plan, Self::FillIn, Self::Drop];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::DoFirst => "do first",
            Self::Plan => "plan",
            Self::FillIn => "fill in",
            Self::Drop => "drop",
        }
    }

    fn of(is_important: bool, is_feasible: bool) -> Self {
        match (is_important, is_feasible) {
            (true, true) => Self::DoFirst,
            (true, false) => Self::Plan,
            (false, true) => Self::FillIn,
            (false, false) => Self::Drop,
        }
    }
}

impl fmt::Display for Quadrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl<'s> Matrix<'s> {
    /// Counts the votes of `session` and cuts both axes.
    pub fn of(session: &'s Session) -> Self {
        let items = session.items.as_deref().unwrap_or_default();
        let [importance, feasibility] = Axis::ALL.map(|axis| tally(session, items, axis));
        let (important, feasible) = (Cut::of(&importance), Cut::of(&feasibility));
        let has_votes = importance.iter().chain(&feasibility).any(|votes| *votes > 0);
        let placed = items.iter().zip(importance.iter().zip(&feasibility));
        let mut placed: Vec<Placed<'s>> = placed
            .map(|(item, (&importance, &feasibility))| Placed {
                item,
                importance,
                feasibility,
                quadrant: has_votes.then(|| {
                    Quadrant::of(important.is_high(importance), feasible.is_high(feasibility))
                }),
            })
            .collect();
        placed.sort_by(|one, other| one.rank().cmp(&other.rank()));
        Self {
            session,
            items: placed,
            importance_median: important.median,
            feasibility_median: feasible.median,
            without_votes: without_votes(session),
        }
    }

    /// Whether any vote counts.
    pub fn has_votes(&self) -> bool {
        self.items.iter().any(|placed| placed.quadrant.is_some())
    }
}

impl Placed<'_> {
    /// What comes first: the better quadrant, then more votes, then the title.
    fn rank(&self) -> impl Ord {
        use std::cmp::Reverse;
        (
            self.quadrant,
            Reverse(self.importance),
            Reverse(self.feasibility),
            self.item.name(),
            self.item.key.value.as_str(),
        )
    }
}

/// Where an axis is cut.
#[derive(Clone, Copy)]
struct Cut {
    median: Option<Median>,
    /// Whether some item lies above the median.
    is_passed: bool,
}

impl Cut {
    fn of(votes: &[usize]) -> Self {
        let median = Median::of(votes.iter().copied());
        let is_passed =
            median.is_some_and(|median| votes.iter().any(|votes| median.is_below(*votes)));
        Self { median, is_passed }
    }

    /// High is what lies above the median. Where more than half of the items share the most votes, nothing
    /// lies above it; then those are high, or the favourites of a session would end as low. Without any
    /// vote on the axis, nothing is high.
    fn is_high(self, votes: usize) -> bool {
        self.median.is_some_and(|median| match self.is_passed {
            true => median.is_below(votes),
            false => median.is(votes) && votes > 0,
        })
    }
}

/// The votes that count on `axis`, for each of `items`.
fn tally(session: &Session, items: &[Item], axis: Axis) -> Vec<usize> {
    let electorate = Electorate::of(session);
    let mut votes: HashMap<&str, usize> = HashMap::new();
    let ballots = session.ballots(axis);
    for ballot in ballots.filter(|ballot| electorate.standing(ballot) == Standing::Counts) {
        for vote in &ballot.votes {
            *votes.entry(&vote.value).or_default() += 1;
        }
    }
    items.iter().map(|item| votes.get(item.key.value.as_str()).copied().unwrap_or(0)).collect()
}

fn without_votes(session: &Session) -> Vec<&str> {
    let ballots = Axis::ALL.into_iter().flat_map(|axis| session.ballots(axis));
    let mut seen: HashSet<&str> = ballots.map(|ballot| ballot.participant.value.as_str()).collect();
    let participants = session.participants.iter().flatten().map(|name| name.value.as_str());
    // Who is listed twice is named once.
    participants.filter(|name| seen.insert(name)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::handbook::votes::Ballot;
    use crate::source::{FileId, Span, Spanned};

    fn at<T>(value: T) -> Spanned<T> {
        Spanned::new(value, Span::start_of(FileId::NONE))
    }

    fn words(words: &[&str]) -> Vec<Spanned<String>> {
        words.iter().map(|word| at((*word).to_owned())).collect()
    }

    fn ballots(ballots: &[(&str, &[&str])]) -> Vec<Ballot> {
        let ballot = |(name, votes): &(&str, &[&str])| Ballot {
            participant: at((*name).to_owned()),
            votes: words(votes),
        };
        ballots.iter().map(ballot).collect()
    }

    const ITEMS: [&str; 5] = ["a", "b", "c", "d", "e"];

    fn session(importance: Vec<Ballot>, feasibility: Vec<Ballot>) -> Session {
        let item = |key: &&str| Item { key: at((*key).to_owned()), title: None, by: None };
        Session {
            key: at("winter".to_owned()),
            title: None,
            participants: Some(words(&["ada", "bo", "cy"])),
            votes_each: std::num::NonZeroUsize::new(5),
            items: Some(ITEMS.iter().map(item).collect()),
            importance,
            feasibility,
        }
    }

    /// Which of the five items are high on an axis where they have these votes.
    fn high(votes: [usize; 5]) -> String {
        let cut = Cut::of(&votes);
        votes.map(|votes| if cut.is_high(votes) { 'x' } else { '.' }).iter().collect()
    }

    #[test]
    fn high_is_above_the_median_or_at_it_where_nothing_is_above() {
        assert_eq!(high([1, 2, 3, 4, 5]), "...xx");
        assert_eq!(high([0, 0, 0, 5, 6]), "...xx");
        assert_eq!(high([1, 3, 3, 3, 5]), "....x");
        assert_eq!(high([0, 0, 5, 5, 5]), "..xxx");
        assert_eq!(high([2, 2, 2, 2, 2]), "xxxxx");
        assert_eq!(high([0, 0, 0, 0, 0]), ".....");
    }

    #[test]
    fn a_ballot_that_does_not_count_adds_nothing() {
        let importance = ballots(&[
            ("ada", &["a", "a", "b", "nothing", "e"]),
            ("bo", &["c", "c", "c", "c", "c", "c"]),
            ("zoe", &["d"]),
        ]);
        let session = session(importance, Vec::new());
        let votes = tally(&session, session.items.as_deref().expect("items"), Axis::Importance);
        assert_eq!(votes, [2, 1, 0, 0, 1]);
        assert_eq!(Matrix::of(&session).without_votes, ["cy"], "bo has voted, if too often");
    }

    #[test]
    fn without_votes_nothing_has_a_quadrant() {
        let session = session(Vec::new(), Vec::new());
        let matrix = Matrix::of(&session);
        assert!(matrix.items.iter().all(|placed| placed.quadrant.is_none()));
        assert_eq!(matrix.items.len(), ITEMS.len());
        assert_eq!(matrix.without_votes, ["ada", "bo", "cy"]);
    }

    fn any_ballots() -> impl Strategy<Value = Vec<Ballot>> {
        let votes =
            prop::collection::vec(prop::sample::select(&["a", "b", "c", "d", "no"][..]), 0..8);
        let names = Just(vec!["ada", "bo", "cy", "zoe"]).prop_shuffle();
        (names, prop::collection::vec(votes, 4)).prop_map(|(names, votes)| {
            let pairs = names.into_iter().zip(votes);
            pairs
                .map(|(name, votes)| Ballot { participant: at(name.into()), votes: words(&votes) })
                .collect()
        })
    }

    /// Ballots, and the same in another order, with the votes of each in another order.
    fn shuffled() -> impl Strategy<Value = (Vec<Ballot>, Vec<Ballot>)> {
        let again = |ballots: Vec<Ballot>| {
            let mut turned = ballots.clone();
            for ballot in &mut turned {
                ballot.votes.reverse();
            }
            (Just(ballots), Just(turned).prop_shuffle())
        };
        any_ballots().prop_flat_map(again)
    }

    /// All of the answer.
    fn answer(session: &Session) -> String {
        let matrix = Matrix::of(session);
        let items: Vec<String> = matrix
            .items
            .iter()
            .map(|placed| {
                let Placed { item, importance, feasibility, quadrant } = placed;
                format!("{} {importance} {feasibility} {quadrant:?}", item.key.value)
            })
            .collect();
        let cuts = (matrix.importance_median, matrix.feasibility_median);
        format!("{items:?} {cuts:?} {:?}", matrix.without_votes)
    }

    proptest! {
        #[test]
        fn the_order_of_ballots_and_votes_changes_nothing(
            (importance, same_importance) in shuffled(),
            (feasibility, same_feasibility) in shuffled(),
        ) {
            let one = session(importance, feasibility);
            let other = session(same_importance, same_feasibility);
            prop_assert_eq!(answer(&one), answer(&other));
        }

        #[test]
        fn more_votes_stand_higher_and_as_many_in_the_same_quadrant(importance in any_ballots()) {
            let session = session(importance, Vec::new());
            let matrix = Matrix::of(&session);
            for (one, other) in matrix.items.iter().zip(matrix.items.iter().skip(1)) {
                prop_assert!(one.importance >= other.importance);
                prop_assert!(one.importance > other.importance || one.quadrant == other.quadrant);
            }
        }
    }
}

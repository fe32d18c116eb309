//! The order of ideas: by exact score, ties sharing a rank.

use std::cmp::Ordering;

use super::{Exact, Judged};

/// A score that is compared exactly, but most often by a look at its first digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    exact: Exact,
    /// The bits of a number near it, which are in the order of positive numbers.
    near: u64,
}

impl Score {
    /// The score `exact`, which is above zero.
    pub fn new(exact: Exact) -> Self {
        Self { exact, near: exact.to_f64().to_bits() }
    }
}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        // Each may be off by three roundings.
        match self.near.abs_diff(other.near) > 8 {
            true => self.near.cmp(&other.near),
            false => self.exact.cmp(&other.exact),
        }
    }
}

/// The scores of ideas and the order that follows.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// The places of the scored ideas in their list, in order: by score, highest first, then title and id.
    pub order: Vec<usize>,
    /// The score of each idea; `None` for those without.
    pub scores: Vec<Option<Score>>,
    /// All scores, highest first.
    sorted: Vec<Score>,
}

impl Ranking {
    /// Ranks `ideas`.
    pub fn new(ideas: &[Judged]) -> Self {
        let scores: Vec<Option<Score>> =
            ideas.iter().map(|idea| idea.score.map(Score::new)).collect();
        let mut order: Vec<usize> = (0..ideas.len()).filter(|&at| scores[at].is_some()).collect();
        order.sort_by(|&one, &other| {
            let name = |at: usize| (&ideas[at].idea.title, &ideas[at].idea.id, ideas[at].idea.span);
            scores[other].cmp(&scores[one]).then_with(|| name(one).cmp(&name(other)))
        });
        let sorted = order.iter().filter_map(|&at| scores[at]).collect();
        Self { order, scores, sorted }
    }

    /// The rank of the idea at the place `at`, from 1; ideas with one score share the best of their ranks.
    pub fn rank(&self, at: usize) -> Option<usize> {
        self.scores[at].map(|score| self.above(score) + 1)
    }

    /// Whether another idea has the same score.
    pub fn is_tied(&self, at: usize) -> bool {
        self.scores[at].is_some_and(|score| {
            self.sorted.get(self.above(score) + 1).is_some_and(|next| *next == score)
        })
    }

    /// The rank that the idea at `at` would have with the score `score`, and all else as it is.
    pub fn rank_with(&self, at: usize, score: Score) -> usize {
        let above = self.above(score);
        // The idea itself is no longer where it was.
        above + 1 - usize::from(self.scores[at].is_some_and(|own| own > score))
    }

    /// The place in `order` of the first idea that scores less than `score`.
    pub fn below(&self, score: Score) -> Option<usize> {
        let at = self.sorted.partition_point(|other| *other >= score);
        (at < self.order.len()).then_some(at)
    }

    /// How many scores are above `score`.
    fn above(&self, score: Score) -> usize {
        self.sorted.partition_point(|other| *other > score)
    }
}

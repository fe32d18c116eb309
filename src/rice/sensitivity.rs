//! What the rank of an idea hangs on: every single step that one of its factors could move.

use rayon::prelude::*;

use super::judge::score;
use super::ranking::{Ranking, Score};
use super::{Exact, Factor, Judged, Scales};

/// What single steps make of the rank of an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sensitivity {
    /// The best rank that a single step gives.
    pub best: usize,
    /// The worst.
    pub worst: usize,
    /// The smallest step that puts it above the idea that is now above it.
    pub overtakes: Option<Move>,
    /// The smallest step that puts it below the idea that is now below it.
    pub falls_behind: Option<Move>,
}

impl Sensitivity {
    /// Whether no single step changes the rank, which is `rank` now.
    pub fn is_robust(&self, rank: usize) -> bool {
        self.best == rank && self.worst == rank
    }
}

/// A step of one factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The factor.
    pub factor: Factor,
    /// What it is; `None` where raters differ.
    pub from: Option<Exact>,
    /// What it would be; `None` where raters differ.
    pub to: Option<Exact>,
    /// Whether it rises.
    pub is_up: bool,
    /// The idea that changes places with this one, by its place in the list.
    pub other: usize,
}

/// Where an idea would be after one step.
struct Trial {
    factor: Factor,
    is_up: bool,
    score: Score,
}

/// The sensitivity of every idea of `ideas`, by its place; `None` for those without a score.
pub fn sensitivities(
    ideas: &[Judged],
    ranking: &Ranking,
    scales: &Scales,
) -> Vec<Option<Sensitivity>> {
    let places = ranking.order.par_iter().enumerate();
    let found_in_order: Vec<Option<Sensitivity>> = places
        .map(|(position, &at)| sensitivity(&ideas[at], at, position, ranking, scales))
        .collect();
    let mut found = vec![None; ideas.len()];
    for (&at, one) in ranking.order.iter().zip(found_in_order) {
        found[at] = one;
    }
    found
}

/// The sensitivity of the idea `idea`, which stands at `at` in the list and at `position` in the order.
fn sensitivity(
    idea: &Judged,
    at: usize,
    position: usize,
    ranking: &Ranking,
    scales: &Scales,
) -> Option<Sensitivity> {
    let own = ranking.scores[at]?;
    let rank = ranking.rank(at).unwrap_or(position + 1);
    let (mut best, mut worst) = (rank, rank);
    // Neighbours are those with another score: nobody changes places within a tie.
    let above = (rank > 1).then(|| ranking.order[rank - 2]);
    let below = ranking.below(own).map(|position| ranking.order[position]);
    let score_of = |other: Option<usize>| other.and_then(|other| ranking.scores[other]);
    let (score_above, score_below) = (score_of(above), score_of(below));
    let (mut overtakes, mut falls_behind): (Option<Trial>, Option<Trial>) = (None, None);
    for trial in trials(idea, scales) {
        let rank = ranking.rank_with(at, trial.score);
        (best, worst) = (best.min(rank), worst.max(rank));
        // The smallest step that passes is the one that goes the least beyond.
        if score_above.is_some_and(|score| trial.score > score) {
            if overtakes.as_ref().is_none_or(|known| trial.score < known.score) {
                overtakes = Some(trial);
            }
        } else if score_below.is_some_and(|score| trial.score < score)
            && falls_behind.as_ref().is_none_or(|known| trial.score > known.score)
        {
            falls_behind = Some(trial);
        }
    }
    let step = |trial: Option<Trial>, other: Option<usize>| {
        let (Trial { factor, is_up, .. }, other) = (trial?, other?);
        let (from, to) = same_step(idea, factor, is_up, scales);
        Some(Move { factor, from, to, is_up, other })
    };
    Some(Sensitivity {
        best,
        worst,
        overtakes: step(overtakes, above),
        falls_behind: step(falls_behind, below),
    })
}

/// What every single step gives: where several raters estimated, the step of all of them.
fn trials<'a>(idea: &'a Judged, scales: &'a Scales) -> impl Iterator<Item = Trial> + use<'a> {
    let steps = Factor::ALL.into_iter().flat_map(|factor| [(factor, true), (factor, false)]);
    steps.filter_map(move |(factor, is_up)| {
        let trial = |score| Trial { factor, is_up, score: Score::new(score) };
        if let [rater] = &idea.raters[..] {
            let mut values = rater.values;
            let value = &mut values[factor.index()];
            *value = moved(factor, *value, is_up, scales)?;
            return score(&values).map(trial);
        }
        let mut has_moved = false;
        let scores: Option<Vec<Exact>> = idea
            .raters
            .iter()
            .map(|rater| {
                let Some(value) = moved(factor, rater.values[factor.index()], is_up, scales) else {
                    return Some(rater.score);
                };
                has_moved = true;
                let mut values = rater.values;
                values[factor.index()] = value;
                score(&values)
            })
            .collect();
        Exact::median(scores?).filter(|_| has_moved).map(trial)
    })
}

/// `value` one step up or down; `None` at the end of the scale.
pub(super) fn moved(factor: Factor, value: Exact, is_up: bool, scales: &Scales) -> Option<Exact> {
    let Some(scale) = scales.of(factor) else {
        let step = Exact::new(3, 2);
        return if is_up { value.times(step) } else { value.over(step) };
    };
    let at = scale.position(value)?;
    // The highest step comes first.
    let to = if is_up { at.checked_sub(1)? } else { at + 1 };
    scale.steps.get(to).map(|step| step.value)
}

/// From where to where a factor moves, if that is the same for all raters.
fn same_step(
    idea: &Judged,
    factor: Factor,
    is_up: bool,
    scales: &Scales,
) -> (Option<Exact>, Option<Exact>) {
    let mut values = idea.raters.iter().map(|rater| rater.values[factor.index()]);
    let first = values.next().filter(|first| values.all(|value| value == *first));
    (first, first.and_then(|value| moved(factor, value, is_up, scales)))
}

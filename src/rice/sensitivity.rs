//! What the rank of an idea hangs on: every single step that one of its factors could move.

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
    /// How much the score changes, as a ratio of one or above.
    size: Exact,
}

/// The sensitivity of every idea of `ideas`, by its place; `None` for those without a score.
pub fn sensitivities(
    ideas: &[Judged],
    ranking: &Ranking,
    scales: &Scales,
) -> Vec<Option<Sensitivity>> {
    let mut found = vec![None; ideas.len()];
    for (position, &at) in ranking.order.iter().enumerate() {
        let Some(own) = ranking.scores[at] else { continue };
        let rank = ranking.rank(at).unwrap_or(position + 1);
        let (mut best, mut worst) = (rank, rank);
        // Neighbours are those with another score: nobody changes places within a tie.
        let above = (rank > 1).then(|| ranking.order[rank - 2]);
        let behind = ranking.order[position..].iter().copied();
        let below = behind
            .into_iter()
            .find(|&other| ranking.scores[other].is_some_and(|score| score < own));
        let (mut overtakes, mut falls_behind): (Option<Trial>, Option<Trial>) = (None, None);
        for trial in trials(&ideas[at], own, scales) {
            let rank = ranking.rank_with(at, trial.score);
            (best, worst) = (best.min(rank), worst.max(rank));
            let passes = |other: Option<usize>| other.and_then(|other| ranking.scores[other]);
            let is_smaller =
                |known: &Option<Trial>| known.as_ref().is_none_or(|known| trial.size < known.size);
            if passes(above).is_some_and(|score| trial.score > score) && is_smaller(&overtakes) {
                overtakes = Some(trial);
            } else if passes(below).is_some_and(|score| trial.score < score)
                && is_smaller(&falls_behind)
            {
                falls_behind = Some(trial);
            }
        }
        let step = |trial: Option<Trial>, other: Option<usize>| {
            let (Trial { factor, is_up, .. }, other) = (trial?, other?);
            let (from, to) = same_step(&ideas[at], factor, is_up, scales);
            Some(Move { factor, from, to, is_up, other })
        };
        found[at] = Some(Sensitivity {
            best,
            worst,
            overtakes: step(overtakes, above),
            falls_behind: step(falls_behind, below),
        });
    }
    found
}

/// What every single step gives: where several raters estimated, the step of all of them.
fn trials<'a>(
    idea: &'a Judged,
    own: Score,
    scales: &'a Scales,
) -> impl Iterator<Item = Trial> + use<'a> {
    let steps = Factor::ALL.into_iter().flat_map(|factor| [(factor, true), (factor, false)]);
    steps.filter_map(move |(factor, is_up)| {
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
        let score = Exact::median(scores?).filter(|_| has_moved)?;
        let ratio = score.over(own.exact())?;
        let size = if ratio < Exact::ONE { Exact::ONE.over(ratio)? } else { ratio };
        Some(Trial { factor, is_up, score: Score::new(score), size })
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

//! How the order comes out when every factor is drawn anew, as unsure as its estimate is.
//!
//! Every draw has a stream of random numbers of its own, so the result does not depend on threads; logarithms
//! and the like are those of a library in Rust, so it does not depend on the platform either.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use rayon::prelude::*;

use super::ranking::Ranking;
use super::scales::{Certainty, Scale};
use super::{Factor, Judged, Scales};

/// How many ranks are kept at most: draws times ideas.
pub const MAX_RANKS: usize = 100_000_000;

/// What to simulate.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// How often every factor is drawn.
    pub draws: usize,
    /// What the random numbers begin with.
    pub seed: u64,
    /// The ranks whose probability is wanted: the first so many.
    pub top: usize,
}

/// How an idea came out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// How often it was among the first, from 0 to 1.
    pub p_top: f64,
    /// The rank in the middle of all draws.
    pub median_rank: usize,
    /// The rank at 5% of all draws, and that at 95%.
    pub rank_interval: (usize, usize),
}

/// That there would be too many ranks to keep.
#[derive(Debug, thiserror::Error)]
#[error("{draws} draws of {ideas} ideas are too many; ask for {} draws at most", MAX_RANKS / ideas)]
pub struct TooMany {
    /// How many draws were asked for.
    pub draws: usize,
    /// How many ideas there are.
    pub ideas: usize,
}

/// A factor's steps as numbers of the machine, and where one of them stands.
struct Drawn<'s> {
    scale: &'s [f64],
    at: usize,
}

/// An estimate, ready to be drawn.
struct Prepared<'s> {
    steps: [Drawn<'s>; 3],
    effort: f64,
    certainty: Certainty,
}

/// The outcome of every idea of `ideas`, by its place; `None` for those without a score.
pub fn simulate(
    ideas: &[Judged],
    ranking: &Ranking,
    scales: &Scales,
    setup: Setup,
) -> Result<Vec<Option<Outcome>>, TooMany> {
    let count = ranking.order.len();
    let too_many = TooMany { draws: setup.draws, ideas: count };
    if setup.draws.checked_mul(count).is_none_or(|ranks| ranks > MAX_RANKS) {
        return Err(too_many);
    }
    let values = Factor::SCALED.map(|factor| {
        let steps = scales.of(factor).map_or(&[][..], |scale: &Scale| &scale.steps);
        steps.iter().map(|step| step.value.to_f64()).collect::<Vec<f64>>()
    });
    let prepared: Vec<Vec<Prepared<'_>>> =
        ranking.order.iter().map(|&at| prepare(&ideas[at], &values, scales)).collect();
    // One row of ranks for each draw.
    let mut ranks = vec![0_u32; setup.draws * count];
    if count > 0 {
        ranks.par_chunks_mut(count).enumerate().for_each(|(draw, ranks)| {
            let mut random = ChaCha8Rng::seed_from_u64(setup.seed);
            random.set_stream(draw as u64);
            let scores: Vec<f64> =
                prepared.iter().map(|raters| drawn(raters, &mut random)).collect();
            rank_into(&scores, ranks);
        });
    }
    let outcomes: Vec<Outcome> = (0..count)
        .into_par_iter()
        .map(|idea| {
            let of_draws = ranks.iter().skip(idea).step_by(count).copied();
            outcome(of_draws.collect(), setup.top)
        })
        .collect();
    let mut found = vec![None; ideas.len()];
    for (&at, outcome) in ranking.order.iter().zip(outcomes) {
        found[at] = Some(outcome);
    }
    Ok(found)
}

fn prepare<'s>(idea: &Judged, values: &'s [Vec<f64>; 3], scales: &Scales) -> Vec<Prepared<'s>> {
    let prepared = idea.raters.iter().map(|rater| {
        let steps = Factor::SCALED.map(|factor| {
            let value = rater.values[factor.index()];
            let at = scales.of(factor).and_then(|scale| scale.position(value)).unwrap_or(0);
            Drawn { scale: &values[factor.index()], at }
        });
        Prepared {
            steps,
            effort: rater.values[Factor::Effort.index()].to_f64(),
            certainty: scales.certainty(rater.values[Factor::Confidence.index()]),
        }
    });
    prepared.collect()
}

/// The score of one draw: one rater, then every factor.
fn drawn(raters: &[Prepared<'_>], random: &mut ChaCha8Rng) -> f64 {
    let Some(rater) = raters.get(below(random, raters.len())) else { return 0.0 };
    let (stays, sigma) = match rater.certainty {
        Certainty::High => (0.9, 0.1),
        Certainty::Medium => (0.7, 0.3),
        Certainty::Low => (0.5, 0.5),
    };
    let mut score = 1.0;
    for Drawn { scale, at } in &rater.steps {
        let uniform = uniform(random);
        let at = if uniform < stays {
            *at
        } else if uniform < stays + (1.0 - stays) / 2.0 {
            at.saturating_sub(1)
        } else {
            (at + 1).min(scale.len().saturating_sub(1))
        };
        score *= scale.get(at).copied().unwrap_or(0.0);
    }
    score / (rater.effort * libm::exp(sigma * normal(random)))
}

/// Puts the rank of every score, from 1, into `ranks`; equal scores share the best of theirs.
fn rank_into(scores: &[f64], ranks: &mut [u32]) {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_unstable_by(|&one, &other| scores[other].total_cmp(&scores[one]));
    let mut rank = 1;
    for (position, &at) in order.iter().enumerate() {
        if position > 0 && scores[at] < scores[order[position - 1]] {
            rank = u32::try_from(position + 1).unwrap_or(u32::MAX);
        }
        ranks[at] = rank;
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are far fewer draws")]
fn outcome(mut ranks: Vec<u32>, top: usize) -> Outcome {
    ranks.sort_unstable();
    let draws = ranks.len();
    let among = ranks.partition_point(|rank| *rank as usize <= top);
    // The smallest rank that so many hundredths of the draws do not exceed.
    let quantile = |percent: usize| {
        let at = (draws * percent).div_ceil(100).max(1) - 1;
        ranks.get(at).map_or(0, |rank| *rank as usize)
    };
    Outcome {
        p_top: among as f64 / draws.max(1) as f64,
        median_rank: quantile(50),
        rank_interval: (quantile(5), quantile(95)),
    }
}

/// From 0 to just below 1.
#[expect(clippy::cast_precision_loss, reason = "it is 53 bits")]
fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A whole number below `count`, as even as 64 bits can make it; 0 of none. Takes no number where there is
/// no choice.
fn below(random: &mut ChaCha8Rng, count: usize) -> usize {
    if count < 2 {
        return 0;
    }
    let wide = u128::from(random.next_u64()) * count as u128;
    usize::try_from(wide >> 64).unwrap_or(0)
}

/// Of the normal distribution, by Box and Muller.
fn normal(random: &mut ChaCha8Rng) -> f64 {
    // Not 0, of which there is no logarithm.
    let radius = libm::sqrt(-2.0 * libm::log(1.0 - uniform(random)));
    radius * libm::cos(std::f64::consts::TAU * uniform(random))
}

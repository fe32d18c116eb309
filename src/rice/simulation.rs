//! How the order comes out when every estimate varies within its uncertainty.
//!
//! An estimate is off by a ratio: reach, impact and effort are what was estimated times exp(sigma x Z), with Z of the
//! standard normal distribution. So the estimate is the median, and a scale has no ends to bump into. Confidence sets
//! sigma, by its value and continuously, and is not drawn itself. The product of such factors is one of the same kind,
//! so a score needs one random number.
//!
//! With n raters, one half of the variance is shared, because all of them may be wrong together, and does not shrink; the
//! other half is what they disagree in, at least as much as a single rater is unsure, and shrinks with their number.
//!
//! Every draw has a stream of random numbers of its own, so the result does not depend on threads; logarithms
//! and the like are those of a library in Rust, so it does not depend on the platform either.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use rayon::prelude::*;

use super::ranking::Ranking;
use super::{Exact, Factor, Judged};

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

/// The sigma of a factor at full confidence: one in three estimates is off by a tenth or more.
const SURE: f64 = 0.1;
/// How much it grows down to a confidence of nothing. At 50% sigma is a half, a ratio of 1.65, which is about a step of the
/// usual scales.
const UNSURE: f64 = 0.8;

/// A score, ready to be drawn.
struct Prepared {
    score: f64,
    /// The standard deviation of its logarithm.
    sigma: f64,
}

/// The outcome of every idea of `ideas`, by its place; `None` for those without a score.
pub fn simulate(
    ideas: &[Judged],
    ranking: &Ranking,
    setup: Setup,
) -> Result<Vec<Option<Outcome>>, TooMany> {
    let count = ranking.order.len();
    let too_many = TooMany { draws: setup.draws, ideas: count };
    if setup.draws.checked_mul(count).is_none_or(|ranks| ranks > MAX_RANKS) {
        return Err(too_many);
    }
    let prepared: Vec<Prepared> =
        ranking.order.iter().filter_map(|&at| prepare(&ideas[at])).collect();
    // One row of ranks for each draw.
    let mut ranks = vec![0_u32; setup.draws * count];
    if count > 0 {
        ranks.par_chunks_mut(count).enumerate().for_each(|(draw, ranks)| {
            let mut random = ChaCha8Rng::seed_from_u64(setup.seed);
            random.set_stream(draw as u64);
            let scores: Vec<f64> = prepared.iter().map(|score| drawn(score, &mut random)).collect();
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

fn prepare(idea: &Judged) -> Option<Prepared> {
    let confidence = idea.raters.iter().map(|rater| rater.values[Factor::Confidence.index()]);
    let of_one = sigma(Exact::median(confidence.collect())?);
    let variances = [Factor::Reach, Factor::Impact, Factor::Effort].map(|factor| {
        let values = idea.raters.iter().map(|rater| rater.values[factor.index()].to_f64());
        variance(of_one, &values.map(libm::log).collect::<Vec<f64>>())
    });
    Some(Prepared { score: idea.score?.to_f64(), sigma: libm::sqrt(variances.iter().sum()) })
}

/// How unsure one factor of an estimate with this confidence is: the standard deviation of its logarithm.
fn sigma(confidence: Exact) -> f64 {
    SURE + UNSURE * (1.0 - confidence.to_f64()).clamp(0.0, 1.0)
}

/// The variance of the logarithm of a factor that several raters estimated, whose `logarithms` these are, each with the
/// sigma `of_one`.
#[expect(clippy::cast_precision_loss, reason = "there are far fewer raters")]
fn variance(of_one: f64, logarithms: &[f64]) -> f64 {
    let half = of_one * of_one / 2.0;
    let raters = logarithms.len().max(1) as f64;
    let mean = logarithms.iter().sum::<f64>() / raters;
    let squares: f64 = logarithms.iter().map(|one| (one - mean) * (one - mean)).sum();
    let apart = if raters > 1.0 { squares / (raters - 1.0) } else { 0.0 };
    half + half.max(apart) / raters
}

/// The score of one draw.
fn drawn(score: &Prepared, random: &mut ChaCha8Rng) -> f64 {
    score.score * libm::exp(score.sigma * normal(random))
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

/// Of the normal distribution, by Box and Muller.
fn normal(random: &mut ChaCha8Rng) -> f64 {
    // Not 0, of which there is no logarithm.
    let radius = libm::sqrt(-2.0 * libm::log(1.0 - uniform(random)));
    radius * libm::cos(std::f64::consts::TAU * uniform(random))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigma_falls_with_the_value_of_confidence() {
        let sigmas = [100, 80, 50, 20].map(|percent| sigma(Exact::new(percent, 100)));
        for (found, expected) in sigmas.into_iter().zip([0.1, 0.26, 0.5, 0.74]) {
            assert!((found - expected).abs() < 1e-12, "{found}");
        }
    }

    #[test]
    fn raters_who_agree_make_it_surer_and_a_thousand_not_certain() {
        let agreed = |raters: usize| variance(0.5, &vec![1.0; raters]);
        assert!((agreed(1) - 0.25).abs() < 1e-12);
        assert!(agreed(2) < agreed(1) && agreed(1000) < agreed(2));
        assert!(agreed(1000) > 0.125);
        assert!(variance(0.5, &[0.0, 3.0]) > agreed(1), "two who disagree are less sure than one");
    }

    #[test]
    fn draws_have_the_score_as_median_and_sigma_as_deviation() {
        let score = Prepared { score: 4.0, sigma: 0.3 };
        let mut draws: Vec<f64> = (0..40_000_u64)
            .map(|draw| {
                let mut random = ChaCha8Rng::seed_from_u64(1);
                random.set_stream(draw);
                libm::log(drawn(&score, &mut random))
            })
            .collect();
        draws.sort_by(f64::total_cmp);
        assert!((draws[20_000] - libm::log(4.0)).abs() < 0.01);
        let within = draws.iter().filter(|draw| (*draw - libm::log(4.0)).abs() < 0.3).count();
        assert!((26_900..27_700).contains(&within), "{within} of 40,000 within one sigma");
    }
}

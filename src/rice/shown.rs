//! What people are shown of an idea: its area, and the values on which its raters agree or not.

use super::scales::Scale;
use super::{Exact, Factor, Judged};

impl Judged {
    /// Returns the area that the idea is shown under: its stage where the handbook has stages, else its team or
    /// category.
    pub fn area(&self) -> Option<&str> {
        match &self.idea.areas[..] {
            // Section, stage, group and category.
            [_, stage, _, _, ..] => Some(stage),
            [.., last] => Some(last),
            [] => self.idea.area.as_deref(),
        }
    }

    /// Returns the value of `factor` if all raters have the same.
    pub fn value(&self, factor: Factor) -> Option<Exact> {
        let (low, high) = self.values(factor)?;
        (low == high).then_some(low)
    }

    /// Returns the value of `factor` for people: `80%`, or `50 to 80%` where the raters differ.
    pub fn spelled(&self, factor: Factor) -> String {
        let Some((low, high)) = self.values(factor) else { return String::new() };
        let (lowest, highest) = (Scale::spell(factor, low), Scale::spell(factor, high));
        if low == high { highest } else { format!("{} to {highest}", lowest.trim_end_matches('%')) }
    }

    /// Returns the lowest and the highest score of several raters.
    pub fn score_range(&self) -> Option<(Exact, Exact)> {
        let scores = || self.raters.iter().map(|rater| rater.score);
        Some((scores().min()?, scores().max()?)).filter(|_| self.raters.len() > 1)
    }

    /// Returns the lowest and the highest value of `factor`.
    fn values(&self, factor: Factor) -> Option<(Exact, Exact)> {
        let values = || self.raters.iter().map(|rater| rater.values[factor.index()]);
        Some((values().min()?, values().max()?))
    }
}

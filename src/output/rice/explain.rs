//! The arithmetic of one idea: each factor with its place and meaning, and the score.

use std::io;

use crate::output::Sink;
use crate::output::line::place;
use crate::rice::scales::Scale;
use crate::rice::written::Written;
use crate::rice::{Exact, Factor, Judged, Ranking, Scales};
use crate::source::FileStore;
use crate::source::sanitise_line;

/// Explains the idea with the index `at` in `ideas`.
///
/// # Errors
///
/// Fails if `out` cannot be written.
pub fn explain(
    ideas: &[Judged],
    at: usize,
    ranking: &Ranking,
    scales: &Scales,
    files: &FileStore,
    out: &mut Sink,
) -> io::Result<()> {
    let judged = &ideas[at];
    let idea = &judged.idea;
    let place = |span| place(files, span);
    let mut print = |line: String| writeln!(out, "{}", sanitise_line(&line));
    print(format!("{} ({}), {}", idea.title, idea.id, place(idea.span)))?;
    for estimate in &idea.estimates {
        match (&estimate.by, estimate.date) {
            (Some(by), Some(date)) => print(format!("estimated by {by} on {}", date.value))?,
            (Some(by), None) => print(format!("estimated by {by}"))?,
            (None, Some(date)) => print(format!("estimated on {}", date.value))?,
            (None, None) => {}
        }
        let mut values = Vec::new();
        for factor in Factor::ALL {
            let written = estimate.entry(factor);
            let at = place(written.map_or(estimate.span, |written| written.span));
            let meaning = match written.map(|written| &written.written) {
                Some(Written::Value(value)) => {
                    values.push(*value);
                    let step = scales.of(factor).and_then(|scale| scale.step(*value));
                    match step {
                        Some(step) => step.described(factor),
                        None if *value == Exact::ONE => "1 person-month".to_owned(),
                        None => format!("{value} person-months"),
                    }
                }
                _ => "no value".to_owned(),
            };
            let text = written.map(|written| written.text.trim()).unwrap_or_default();
            print(format!("  {:<11} {meaning}, written `{text}` at {at}", factor.name()))?;
        }
        if let [reach, impact, confidence, effort] = values[..] {
            let score = reach.times(impact).and_then(|product| product.times(confidence));
            let score = score.and_then(|product| product.over(effort));
            if let Some(score) = score {
                let confidence = Scale::spell(Factor::Confidence, confidence);
                let shown = score.to_string();
                let exact = match Exact::decimal(&shown) {
                    Some(decimal) if decimal == score => String::new(),
                    _ => format!(" (exactly {})", score.fraction()),
                };
                print(format!(
                    "  ({reach} x {impact} x {confidence}) / {effort} = {shown}{exact}"
                ))?;
            }
        }
    }
    if judged.raters.len() > 1
        && let Some(score) = judged.score
    {
        print(format!("median of {} raters: {score}", judged.raters.len()))?;
    }
    for problem in &judged.problems {
        print(format!(
            "{}: {} ({}); {}",
            problem.kind.rule(),
            problem.message,
            place(problem.span),
            problem.help.as_deref().unwrap_or_default()
        ))?;
    }
    match ranking.rank(at) {
        Some(rank) => {
            let tie = if ranking.is_tied(at) { ", shared" } else { "" };
            print(format!("rank {rank} of {}{tie}", ranking.order.len()))
        }
        None => print("no score, and so no rank".to_owned()),
    }
}

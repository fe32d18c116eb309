//! The arithmetic of one idea: what stands where, what it means, what it comes to.

use std::io;

use crate::output::Sink;
use crate::rice::scales::Scale;
use crate::rice::written::Written;
use crate::rice::{Exact, Factor, Judged, Ranking, Scales};
use crate::source::FileStore;
use crate::source::sanitise_line;

/// Explains the idea at the place `at` of `ideas`.
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
    let place = |span| {
        let line = files.start(span).line;
        format!("{}:{line}", files.file(span.file).path())
    };
    let mut say = |line: String| writeln!(out, "{}", sanitise_line(&line));
    say(format!("{} ({}), {}", idea.title, idea.id, place(idea.span)))?;
    for estimate in &idea.estimates {
        match (&estimate.by, estimate.date) {
            (Some(by), Some(date)) => say(format!("estimated by {by} on {}", date.value))?,
            (Some(by), None) => say(format!("estimated by {by}"))?,
            (None, Some(date)) => say(format!("estimated on {}", date.value))?,
            (None, None) => {}
        }
        let mut values = Vec::new();
        for factor in Factor::ALL {
            let entry = estimate.entry(factor);
            let where_ = place(entry.map_or(estimate.span, |entry| entry.span));
            let said = match entry.map(|entry| &entry.written) {
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
            let text = entry.map(|entry| entry.text.trim()).unwrap_or_default();
            say(format!("  {:<11} {said}, written `{text}` at {where_}", factor.name()))?;
        }
        if let [reach, impact, confidence, effort] = values[..] {
            let score = reach.times(impact).and_then(|product| product.times(confidence));
            let score = score.and_then(|product| product.over(effort));
            if let Some(score) = score {
                let confidence = Scale::spell(Factor::Confidence, confidence);
                let exact = score.fraction();
                let shown = score.to_string();
                let is_whole = Exact::decimal(&shown) == Some(score);
                let exact = if is_whole { String::new() } else { format!(" (exactly {exact})") };
                say(format!("  ({reach} x {impact} x {confidence}) / {effort} = {shown}{exact}"))?;
            }
        }
    }
    if judged.raters.len() > 1
        && let Some(score) = judged.score
    {
        say(format!("median of {} raters: {score}", judged.raters.len()))?;
    }
    for problem in &judged.problems {
        say(format!(
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
            say(format!("rank {rank} of {}{tie}", ranking.order.len()))
        }
        None => say("no score, and so no rank".to_owned()),
    }
}

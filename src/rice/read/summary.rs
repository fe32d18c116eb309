//! Rows of a table of ideas that sum it up, and are not ideas: `Total`, `**Average**`.

use super::header::plain;
use crate::rice::idea::Idea;
use crate::rice::written::Written;
use crate::rice::{Problem, ProblemKind};

/// Leaves the rows out of `ideas`, which are those of one table in its order, that sum it up: at its end, and where not
/// all factors are written. Elsewhere such a row may be an idea with an odd title, and gets no score.
pub(super) fn without_summaries(ideas: Vec<Idea>) -> Vec<Idea> {
    let last = ideas.iter().rposition(|idea| !is_summary(idea)).map_or(0, |at| at + 1);
    let kept = ideas.into_iter().enumerate().filter_map(|(at, mut idea)| {
        if !is_summary(&idea) {
            return Some(idea);
        }
        if at >= last || !is_whole(&idea) || is_subtotal(&idea) {
            return None;
        }
        idea.refusals.push(may_sum_up(&idea));
        Some(idea)
    });
    kept.collect()
}

fn words(title: &str) -> Vec<String> {
    let plain = plain(title);
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Whether the title of `idea` is only a word for a total, or for what the columns weigh.
fn is_summary(idea: &Idea) -> bool {
    const NAMES: [&str; 18] = [
        "total",
        "totals",
        "subtotal",
        "subtotals",
        "sum",
        "sums",
        "average",
        "averages",
        "avg",
        "mean",
        "median",
        "weight",
        "weights",
        "weighting",
        "minimum",
        "maximum",
        "min",
        "max",
    ];
    const BESIDE: [&str; 9] =
        ["grand", "sub", "overall", "all", "of", "the", "ideas", "rows", "score"];
    let words = words(&idea.title);
    words.iter().any(|word| NAMES.contains(&word.as_str()))
        && words
            .iter()
            .all(|word| NAMES.contains(&word.as_str()) || BESIDE.contains(&word.as_str()))
}

/// Whether it is called a part of a total, which may be anywhere in a table.
fn is_subtotal(idea: &Idea) -> bool {
    let words = words(&idea.title).concat();
    words.starts_with("subtotal")
}

/// Whether something is written for all factors.
fn is_whole(idea: &Idea) -> bool {
    idea.estimates.iter().all(|estimate| {
        let written = estimate.factors.iter().flatten();
        written.filter(|entry| entry.written != Written::Nothing).count() == 4
    })
}

fn may_sum_up(idea: &Idea) -> Problem {
    Problem::new(
        ProblemKind::OffScale,
        idea.span,
        format!("the row `{}` may sum up other rows", idea.title),
    )
    .label("may be a total")
    .help("move a total to the end of the table, or give the idea another title")
}

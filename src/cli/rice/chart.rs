//! The chart of `pmctl rice --chart`.

use crate::output::chart::{Bubble, BubbleChart};
use crate::output::rice::RiceReport;
use crate::rice::capacity::{effort, value};
use crate::rice::{Exact, Judged};

/// A bubble for every idea of `report` that is shown.
pub(super) fn chart(report: &RiceReport<'_>) -> BubbleChart {
    let bubbles = report.shown.iter().filter_map(|&at| {
        let judged = &report.ideas[at];
        let rank = report.ranking.rank(at)?;
        Some(bubble(judged, rank, judged.score?, effort(judged)?, value(judged)?))
    });
    BubbleChart { title: "Ideas by RICE score".to_owned(), bubbles: bubbles.collect() }
}

fn bubble(judged: &Judged, rank: usize, score: Exact, effort: Exact, value: Exact) -> Bubble {
    let mut facts = vec![
        ("Rank".to_owned(), rank.to_string()),
        ("Score".to_owned(), score.to_string()),
        ("Effort".to_owned(), format!("{effort} person-months")),
        ("Reach × Impact × Confidence".to_owned(), value.to_string()),
    ];
    if judged.raters.len() > 1 {
        facts.push(("Raters".to_owned(), judged.raters.len().to_string()));
    }
    facts.extend(judged.idea.owner.clone().map(|owner| ("Owner".to_owned(), owner)));
    Bubble {
        label: judged.idea.title.clone(),
        area: judged.area().map(str::to_owned),
        effort: effort.to_f64(),
        value: value.to_f64(),
        score: score.to_f64(),
        facts,
    }
}

//! `rice_ranking`: the ideas in the order of their scores.

use super::names::NOTHING;
use crate::generate::content::{Block, Inline, Item, Table};
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;
use crate::rice::{Factor, Judged, Ranking};

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "rice_ranking",
    about: "A table of ideas by RICE score, and below it the ideas without one and why",
    arguments: &[
        Argument::new("top", ArgumentKind::Count, "only the ideas of the first ranks"),
        Argument::new("area", ArgumentKind::Area, "only the ideas of an area"),
    ],
    example: "rice_ranking top=10",
    make,
};

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let (ideas, ranking) = scene.ideas();
    let is_in = |at: &usize| {
        let idea = &ideas[*at].idea;
        arguments
            .get("area")
            .is_none_or(|wanted| idea.areas.iter().chain(&idea.area).any(|area| area == wanted))
    };
    let is_top = |at: &usize| {
        arguments.count("top").is_none_or(|top| ranking.rank(*at).is_some_and(|rank| rank <= top))
    };
    let shown = ranking.order.iter().copied().filter(is_in).filter(is_top);
    let rows: Vec<Vec<Inline>> = shown.map(|at| row(scene, &ideas[at], (ranking, at))).collect();
    let unscored = (0..ideas.len()).filter(|&at| ideas[at].score.is_none());
    let unscored: Vec<Item> =
        unscored.filter(is_in).map(|at| Item::new(reasons(scene, &ideas[at]))).collect();
    let mut blocks = Vec::new();
    if rows.is_empty() {
        blocks.push(Block::Paragraph(Inline::text("No idea with a score matches.")));
    } else {
        let columns = ["Rank", "Idea", "Area", "R", "I", "C", "E", "Score"];
        blocks.push(Block::Table(Table { columns: columns.map(str::to_owned).to_vec(), rows }));
    }
    if !unscored.is_empty() {
        blocks.push(Block::Paragraph(Inline::text("Without a score:")));
        blocks.push(Block::List(unscored));
    }
    blocks
}

fn row(scene: &Scene<'_>, judged: &Judged, (ranking, at): (&Ranking, usize)) -> Vec<Inline> {
    let rank = ranking.rank(at).map_or_else(String::new, |rank| rank.to_string());
    let tie = if ranking.is_tied(at) { "=" } else { "" };
    let mut row = vec![
        Inline::text(format!("{rank}{tie}")),
        title(scene, judged),
        Inline::text(judged.area().unwrap_or(NOTHING)),
    ];
    row.extend(Factor::ALL.map(|factor| Inline::text(judged.spelled(factor))));
    row.push(Inline::text(judged.score.map_or_else(String::new, |score| score.to_string())));
    row
}

fn title(scene: &Scene<'_>, judged: &Judged) -> Inline {
    let link = judged.idea.link.as_ref().map(|link| scene.destination(link));
    Inline::link(&judged.idea.title, link)
}

/// An idea without a score, and why it has none.
fn reasons(scene: &Scene<'_>, judged: &Judged) -> Inline {
    let problems = judged.problems.iter().filter(|problem| problem.kind.is_error());
    let labels: Vec<&str> = problems.map(|problem| problem.label.as_str()).collect();
    let reasons = if labels.is_empty() { "no estimate".to_owned() } else { labels.join("; ") };
    title(scene, judged).then_text(format!(": {reasons}"))
}

//! Ranked ideas as a table, for people, pages and spreadsheets.

use std::io;

use super::{Report, place};
use crate::output::table::{self, Column, Format, Row, Table, Tone};
use crate::output::{Sink, markdown_message};
use crate::rice::scales::Scale;
use crate::rice::sensitivity::Move;
use crate::rice::{Exact, Factor, Judged};
use crate::source::sanitise_line;

pub(super) fn write(format: Format, report: &Report<'_>, out: &mut Sink) -> io::Result<()> {
    if report.shown.is_empty() && format != Format::Csv {
        if report.ideas.is_empty() {
            writeln!(out, "no idea is estimated")?;
        } else if report.unscored.is_empty() {
            writeln!(out, "no idea matches")?;
        }
    } else {
        table::write(format, "ideas", &ideas(format, report), report.width, out)?;
    }
    if format == Format::Csv || report.is_quiet {
        return Ok(());
    }
    // On a page a list has to be divided from the table above it.
    let (divide, mark) = if format == Format::Markdown { ("\n", "- ") } else { ("", "") };
    let lines = closing_lines(report);
    if !lines.is_empty() {
        write!(out, "{divide}")?;
    }
    for line in lines {
        match format {
            Format::Markdown => writeln!(out, "{mark}{}", markdown_message(&line))?,
            _ => writeln!(out, "{}", sanitise_line(&line))?,
        }
    }
    Ok(())
}

/// A column, and what stands in it for an idea.
type Filled<'r> = (Column, Box<dyn Fn(usize) -> String + 'r>);

fn ideas(format: Format, report: &Report<'_>) -> Table {
    let all = columns(format, report);
    let mut rows = Vec::new();
    for &at in &report.shown {
        let tone = match &report.plan {
            Some(plan) if plan.taken.ideas.contains(&at) => Tone::Good,
            Some(_) => Tone::Faint,
            None => Tone::Plain,
        };
        rows.push(Row::new(all.iter().map(|(_, cell)| cell(at))).tone(tone));
        let raters = &report.ideas[at].raters;
        if report.by_rater && (raters.len() > 1 || raters.iter().any(|rater| rater.by.is_some())) {
            rows.extend(raters.iter().map(|rater| {
                let cells = all.iter().map(|(column, _)| match &*column.key {
                    // What comes in pieces says of each piece what it belongs to.
                    "id" => report.ideas[at].idea.id.clone(),
                    "title" => match format {
                        Format::Csv => report.ideas[at].idea.title.clone(),
                        _ => format!("  {}", rater.by.as_deref().unwrap_or("(nobody named)")),
                    },
                    "by" => rater.by.clone().unwrap_or_default(),
                    "score" => shown(format, rater.score),
                    key => Factor::named(key).map_or_else(String::new, |factor| {
                        factor_shown(format, factor, rater.values[factor.index()])
                    }),
                });
                Row::new(cells.collect::<Vec<_>>()).tone(Tone::Faint)
            }));
        }
    }
    Table { columns: all.into_iter().map(|(column, _)| column).collect(), rows }
}

fn columns<'r>(format: Format, report: &'r Report<'_>) -> Vec<Filled<'r>> {
    let is_csv = format == Format::Csv;
    let idea = move |at: usize| -> &'r Judged { &report.ideas[at] };
    let mut columns: Vec<Filled<'r>> = Vec::new();
    let mut add =
        |column: Column, cell: Box<dyn Fn(usize) -> String + 'r>| columns.push((column, cell));
    add(
        Column::new("Rank", "rank"),
        Box::new(move |at| {
            let rank = report.ranking.rank(at).map_or_else(String::new, |rank| rank.to_string());
            let tie = if report.ranking.is_tied(at) && !is_csv { "=" } else { "" };
            format!("{rank}{tie}")
        }),
    );
    if let Some(before) = &report.before {
        add(
            Column::headed(before.heading.clone(), "old_rank"),
            Box::new(move |at| match before.ranks.get(&idea(at).idea.id) {
                Some(Some(rank)) => rank.to_string(),
                Some(None) => if is_csv { "" } else { "unscored" }.to_owned(),
                None => if is_csv { "" } else { "new" }.to_owned(),
            }),
        );
    }
    if is_csv {
        add(Column::new("Id", "id"), Box::new(move |at| idea(at).idea.id.clone()));
    }
    add(Column::new("Idea", "title").cut(), Box::new(move |at| idea(at).idea.title.clone()));
    if is_csv && report.by_rater {
        add(Column::new("By", "by"), Box::new(|_| String::new()));
    }
    add(
        Column::new("Area", "area"),
        Box::new(move |at| idea(at).area().unwrap_or(if is_csv { "" } else { "-" }).to_owned()),
    );
    for (factor, heading) in Factor::ALL.into_iter().zip(["R", "I", "C", "E"]) {
        add(
            Column::new(heading, factor.name()),
            Box::new(move |at| cell(format, idea(at), factor)),
        );
    }
    add(
        Column::new("Score", "score"),
        Box::new(move |at| idea(at).score.map_or_else(String::new, |score| shown(format, score))),
    );
    if report.shown.iter().any(|&at| report.ideas[at].raters.len() > 1) {
        add(Column::new("Raters", "raters"), Box::new(move |at| idea(at).raters.len().to_string()));
        add(
            Column::new("Lowest", "lowest"),
            Box::new(move |at| {
                idea(at).score_range().map_or_else(String::new, |(low, _)| shown(format, low))
            }),
        );
        add(
            Column::new("Highest", "highest"),
            Box::new(move |at| {
                idea(at).score_range().map_or_else(String::new, |(_, high)| shown(format, high))
            }),
        );
    }
    if let Some(found) = &report.sensitivities {
        add(
            Column::new("Could rank", "could_rank"),
            Box::new(move |at| {
                found[at].as_ref().map_or_else(String::new, |one| span_of(one.best, one.worst))
            }),
        );
        add(
            Column::new("Overtakes by", "overtakes").cut(),
            Box::new(move |at| step(found[at].as_ref().and_then(|one| one.overtakes.as_ref()))),
        );
        add(
            Column::new("Falls behind by", "falls_behind").cut(),
            Box::new(move |at| step(found[at].as_ref().and_then(|one| one.falls_behind.as_ref()))),
        );
    }
    if let Some(simulation) = &report.simulation {
        add(
            Column::headed(format!("P(top {})", simulation.top), "p_top"),
            Box::new(move |at| {
                simulation.outcomes[at].map_or_else(String::new, |one| match is_csv {
                    true => one.p_top.to_string(),
                    false => format!("{:.0}%", one.p_top * 100.0),
                })
            }),
        );
        add(
            Column::new("Median rank", "median_rank"),
            Box::new(move |at| {
                simulation.outcomes[at].map_or_else(String::new, |one| one.median_rank.to_string())
            }),
        );
        add(
            Column::new("5% to 95%", "rank_interval"),
            Box::new(move |at| {
                let interval = simulation.outcomes[at].map(|one| one.rank_interval);
                interval.map_or_else(String::new, |(low, high)| span_of(low, high))
            }),
        );
    }
    if let Some(plan) = &report.plan {
        add(
            Column::headed(format!("In {} months", plan.capacity), "selected"),
            Box::new(move |at| {
                if plan.taken.ideas.contains(&at) { "in" } else { "out" }.to_owned()
            }),
        );
    }
    if report.shown.iter().any(|&at| report.ideas[at].idea.notes.is_some()) {
        add(
            Column::new("Notes", "notes").cut(),
            Box::new(move |at| {
                let notes = idea(at).idea.notes.clone().unwrap_or_default();
                if format == Format::Table { shortened(&notes) } else { notes }
            }),
        );
    }
    columns
}

/// The longest notes that are shown in a table.
const NOTES: usize = 60;

/// The beginning of a remark: it would make a table wider than anybody's screen.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(NOTES) {
        Some((end, _)) => format!("{}...", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn span_of(low: usize, high: usize) -> String {
    if low == high { low.to_string() } else { format!("{low} to {high}") }
}

/// `confidence 80% to 100%`.
fn step(step: Option<&Move>) -> String {
    let Some(step) = step else { return "-".to_owned() };
    let spell = |value: Option<Exact>| value.map(|value| Scale::spell(step.factor, value));
    match (spell(step.from), spell(step.to)) {
        (Some(from), Some(to)) => format!("{} {from} to {to}", step.factor.name()),
        _ => format!("{} {}", step.factor.name(), if step.is_up { "up" } else { "down" }),
    }
}

/// A factor of an idea; where raters differ, people are shown the lowest and the highest.
fn cell(format: Format, idea: &Judged, factor: Factor) -> String {
    if format != Format::Csv {
        return idea.spelled(factor);
    }
    idea.value(factor).map_or_else(String::new, |value| factor_shown(format, factor, value))
}

fn factor_shown(format: Format, factor: Factor, value: Exact) -> String {
    if format == Format::Csv { shown(format, value) } else { Scale::spell(factor, value) }
}

/// For programs all digits that a number of theirs has, for people those that count.
fn shown(format: Format, value: Exact) -> String {
    if format == Format::Csv { value.to_f64().to_string() } else { value.to_string() }
}

/// What is said below the table.
fn closing_lines(report: &Report<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for &at in &report.unscored {
        let judged = &report.ideas[at];
        let reasons =
            judged.problems.iter().filter(|problem| problem.kind.is_error()).map(|problem| {
                let path = report.files.file(problem.span.file).path();
                format!("{}: {path}:{}", problem.label, report.files.start(problem.span).line)
            });
        let (path, line) = place(report, judged);
        let mut reasons: Vec<String> = reasons.collect();
        if reasons.is_empty() {
            reasons.push(format!("{path}:{line}"));
        }
        lines.push(format!("unscored: {} ({})", judged.idea.title, reasons.join("; ")));
    }
    let warned = report.shown.iter().map(|&at| &report.ideas[at]);
    for problem in warned.flat_map(|judged| &judged.problems) {
        let path = report.files.file(problem.span.file).path();
        let line = report.files.start(problem.span).line;
        lines.push(format!("note: {} ({path}:{line})", problem.message));
    }
    if let Some(before) = &report.before {
        for (rank, _, title) in &before.gone {
            let rank = rank.map_or_else(|| "unscored".to_owned(), |rank| format!("rank {rank}"));
            lines.push(format!("gone: {title} (was {rank})"));
        }
    }
    if let Some(plan) = &report.plan {
        let taken = &plan.taken;
        lines.push(format!(
            "down the ranking: {} of {} months for {} of Reach x Impact x Confidence, {}",
            taken.effort,
            plan.capacity,
            taken.value,
            count(taken.ideas.len())
        ));
        lines.push(match &plan.best {
            None => "the best selection is not known: there are too many to compare".to_owned(),
            Some(best) if best.value == taken.value => {
                "no other selection has more of it".to_owned()
            }
            Some(best) => {
                let mut ideas = best.ideas.clone();
                ideas.sort_by_key(|at| report.ranking.order.iter().position(|other| other == at));
                let titles: Vec<&str> =
                    ideas.iter().map(|&at| report.ideas[at].idea.title.as_str()).collect();
                format!(
                    "at best: {} months for {}, {}: {}",
                    best.effort,
                    best.value,
                    count(best.ideas.len()),
                    titles.join(", ")
                )
            }
        });
    }
    lines
}

fn count(ideas: usize) -> String {
    if ideas == 1 { "1 idea".to_owned() } else { format!("{ideas} ideas") }
}

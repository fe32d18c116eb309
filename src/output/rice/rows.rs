//! Ranked ideas as a table, for people, pages and spreadsheets.

use std::io;

use super::RiceReport;
use crate::output::line::{NOTHING, counted, place, text_or};
use crate::output::table::{Column, Format, Row, Table, Tone};
use crate::output::{Sink, markdown_message};
use crate::rice::capacity::Plan;
use crate::rice::scales::Scale;
use crate::rice::sensitivity::Move;
use crate::rice::{Exact, Factor, Judged};
use crate::source::sanitise_line;

pub(super) fn write(format: Format, report: &RiceReport<'_>, out: &mut Sink) -> io::Result<()> {
    if report.shown.is_empty() && format != Format::Csv {
        if report.ideas.is_empty() {
            writeln!(out, "no idea is estimated")?;
        } else if report.unscored.is_empty() {
            writeln!(out, "no idea matches")?;
        }
    } else {
        ideas(format, report).write(format, "ideas", report.width, out)?;
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

/// What makes the cell of the idea with an index.
type Cell<'r> = Box<dyn Fn(usize) -> String + 'r>;

/// The columns, and the cell of an idea in each.
#[derive(Default)]
struct Columns<'r>(Vec<(Column, Cell<'r>)>);

impl<'r> Columns<'r> {
    fn add(&mut self, column: Column, cell: impl Fn(usize) -> String + 'r) {
        self.0.push((column, Box::new(cell)));
    }
}

fn ideas(format: Format, report: &RiceReport<'_>) -> Table {
    let Columns(all) = columns(format, report);
    let mut rows = Vec::new();
    for &at in &report.shown {
        let tone = match &report.plan {
            Some(plan) if plan.taken.ideas.contains(&at) => Tone::Good,
            Some(_) => Tone::Faint,
            None => Tone::Plain,
        };
        rows.push(Row::new(all.iter().map(|(_, cell)| cell(at))).tone(tone));
        let Judged { idea, raters, .. } = &report.ideas[at];
        if report.by_rater && (raters.len() > 1 || raters.iter().any(|rater| rater.by.is_some())) {
            rows.extend(raters.iter().map(|rater| {
                let cells = all.iter().map(|(column, _)| match &*column.key {
                    // Programs find in each row which idea it belongs to.
                    "id" => idea.id.clone(),
                    "title" if format == Format::Csv => idea.title.clone(),
                    "title" => format!("  {}", rater.by.as_deref().unwrap_or("(no name)")),
                    "by" => rater.by.clone().unwrap_or_default(),
                    "score" => number(format, rater.score),
                    key => text_or(
                        Factor::named(key).map(|factor| {
                            factor_shown(format, factor, rater.values[factor.index()])
                        }),
                        "",
                    ),
                });
                Row::new(cells.collect::<Vec<_>>()).tone(Tone::Faint)
            }));
        }
    }
    Table::new(all.into_iter().map(|(column, _)| column), rows)
}

fn columns<'r>(format: Format, report: &'r RiceReport<'_>) -> Columns<'r> {
    let is_csv = format == Format::Csv;
    let idea = move |at: usize| -> &'r Judged { &report.ideas[at] };
    // A spreadsheet has an empty cell where people read a word.
    let word = move |word: &'static str| if is_csv { "" } else { word };
    let score = move |score: Option<Exact>| text_or(score.map(|score| number(format, score)), "");
    let is_any =
        |is: &dyn Fn(&Judged) -> bool| report.shown.iter().any(|&at| is(&report.ideas[at]));

    let mut columns = Columns::default();
    columns.add(Column::of("Rank"), move |at| {
        let tie = if report.ranking.is_tied(at) { word("=") } else { "" };
        text_or(report.ranking.rank(at), "") + tie
    });
    if let Some(before) = &report.before {
        columns.add(Column::new(before.heading.clone(), "old_rank"), move |at| {
            match before.ranks.get(&idea(at).idea.id) {
                Some(rank) => text_or(*rank, word("unscored")),
                None => word("new").to_owned(),
            }
        });
    }
    if is_csv {
        columns.add(Column::of("Id"), move |at| idea(at).idea.id.clone());
    }
    columns.add(Column::new("Idea", "title").cut(), move |at| idea(at).idea.title.clone());
    if is_csv && report.by_rater {
        columns.add(Column::of("By"), |_| String::new());
    }
    columns.add(Column::of("Area"), move |at| text_or(idea(at).area(), word(NOTHING)));
    for (factor, heading) in Factor::ALL.into_iter().zip(["R", "I", "C", "E"]) {
        columns.add(Column::new(heading, factor.name()), move |at| match idea(at).value(factor) {
            Some(value) => factor_shown(format, factor, value),
            None => {
                if is_csv {
                    String::new()
                } else {
                    idea(at).spelled(factor)
                }
            }
        });
    }
    columns.add(Column::of("Score"), move |at| score(idea(at).score));
    if is_any(&|idea| idea.raters.len() > 1) {
        columns.add(Column::of("Raters"), move |at| idea(at).raters.len().to_string());
        columns.add(Column::of("Lowest"), move |at| {
            score(idea(at).score_range().map(|range| range.0))
        });
        columns.add(Column::of("Highest"), move |at| {
            score(idea(at).score_range().map(|range| range.1))
        });
    }
    if let Some(found) = &report.sensitivities {
        let of = move |at: usize| found[at].as_ref();
        columns.add(Column::of("Could rank"), move |at| {
            text_or(of(at).map(|one| span_of(one.best, one.worst)), "")
        });
        columns.add(Column::new("Overtakes by", "overtakes").cut(), move |at| {
            step(of(at).and_then(|one| one.overtakes.as_ref()))
        });
        columns.add(Column::new("Falls behind by", "falls_behind").cut(), move |at| {
            step(of(at).and_then(|one| one.falls_behind.as_ref()))
        });
    }
    if let Some(simulation) = &report.simulation {
        let of = |at: usize| simulation.outcomes[at];
        columns.add(Column::new(format!("P(top {})", simulation.top), "p_top"), move |at| {
            let share = of(at).map(|one| one.p_top);
            if is_csv { text_or(share, "") } else { text_or(share.map(percent), "") }
        });
        columns.add(Column::of("Median rank"), move |at| {
            text_or(of(at).map(|one| one.median_rank), "")
        });
        columns.add(Column::new("5% to 95%", "rank_interval"), move |at| {
            text_or(of(at).map(|one| span_of(one.rank_interval.0, one.rank_interval.1)), "")
        });
    }
    if let Some(plan) = &report.plan {
        columns.add(Column::new(format!("In {} months", plan.capacity), "selected"), move |at| {
            if plan.taken.ideas.contains(&at) { "in" } else { "out" }.to_owned()
        });
    }
    if is_any(&|idea| idea.idea.notes.is_some()) {
        columns.add(Column::of("Notes").cut(), move |at| {
            let notes = idea(at).idea.notes.as_deref().unwrap_or_default();
            if format == Format::Table { shortened(notes) } else { notes.to_owned() }
        });
    }
    columns
}

/// The longest notes that are shown in a table.
const NOTES: usize = 60;

/// The beginning of notes: whole ones would make the table wider than the screen.
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
    let Some(step) = step else { return NOTHING.to_owned() };
    let spell = |value: Option<Exact>| value.map(|value| Scale::spell(step.factor, value));
    match (spell(step.from), spell(step.to)) {
        (Some(from), Some(to)) => format!("{} {from} to {to}", step.factor.name()),
        _ => format!("{} {}", step.factor.name(), if step.is_up { "up" } else { "down" }),
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn factor_shown(format: Format, factor: Factor, value: Exact) -> String {
    if format == Format::Csv { number(format, value) } else { Scale::spell(factor, value) }
}

/// A number with all its digits for programs, rounded for people.
fn number(format: Format, value: Exact) -> String {
    if format == Format::Csv { value.to_f64().to_string() } else { value.to_string() }
}

/// The lines below the table.
fn closing_lines(report: &RiceReport<'_>) -> Vec<String> {
    let place = |span| place(report.files, span);
    let mut lines = Vec::new();
    for &at in &report.unscored {
        let Judged { idea, problems, .. } = &report.ideas[at];
        let errors = problems.iter().filter(|problem| problem.kind.is_error());
        let mut reasons: Vec<String> =
            errors.map(|problem| format!("{}: {}", problem.label, place(problem.span))).collect();
        if reasons.is_empty() {
            reasons.push(place(idea.span));
        }
        lines.push(format!("unscored: {} ({})", idea.title, reasons.join("; ")));
    }
    for problem in report.shown.iter().flat_map(|&at| &report.ideas[at].problems) {
        lines.push(format!("note: {} ({})", problem.message, place(problem.span)));
    }
    for (rank, _, title) in report.before.iter().flat_map(|before| &before.gone) {
        let rank = text_or(rank.map(|rank| format!("rank {rank}")), "unscored");
        lines.push(format!("gone: {title} (was {rank})"));
    }
    if let Some(plan) = &report.plan {
        let Plan { capacity, taken, best } = plan;
        let count = counted(taken.ideas.len(), "idea");
        lines.push(format!(
            "down the ranking: {} of {capacity} months for {} of Reach x Impact x Confidence, {count}",
            taken.effort, taken.value
        ));
        lines.push(match best {
            None => "the best selection is not known: there are too many to compare".to_owned(),
            Some(best) if best.value == taken.value => {
                "no other selection has more of it".to_owned()
            }
            Some(best) => {
                let mut ideas = best.ideas.clone();
                ideas.sort_by_key(|&at| report.ranking.rank(at));
                let titles: Vec<&str> =
                    ideas.iter().map(|&at| report.ideas[at].idea.title.as_str()).collect();
                let (effort, value) = (best.effort, best.value);
                let (count, titles) = (counted(ideas.len(), "idea"), titles.join(", "));
                format!("at best: {effort} months for {value}, {count}: {titles}")
            }
        });
    }
    lines
}

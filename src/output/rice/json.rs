//! Ranked ideas as one JSON object; `docs/json.md` describes it.

use std::collections::HashSet;
use std::io;

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value, json};

use super::RiceReport;
use crate::output::Sink;
use crate::rice::capacity::Selection;
use crate::rice::sensitivity::Move;
use crate::rice::{Exact, Factor, Judged};
use crate::source::sanitise_line;

pub(super) fn write(report: &RiceReport<'_>, out: &mut Sink) -> io::Result<()> {
    crate::output::json::write(out, &Document(report))
}

/// A report, whose ideas become JSON one after the other: all at once would take many times their text.
struct Document<'r>(&'r RiceReport<'r>);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.0;
        let mut document = serializer.serialize_map(None)?;
        if let Some(plan) = &report.plan {
            let capacity = json!({
                "months": number(plan.capacity),
                "taken": selection(report, &plan.taken),
                "best": plan.best.as_ref().map(|best| selection(report, best)),
            });
            document.serialize_entry("capacity", &capacity)?;
        }
        if let Some(before) = report.before.as_ref().filter(|before| before.is_of_another_time) {
            let gone = before.gone.iter();
            let gone =
                gone.map(|(rank, id, title)| json!({"rank": rank, "id": id, "title": title}));
            document.serialize_entry("gone", &gone.collect::<Vec<_>>())?;
        }
        let taken = report.plan.iter().flat_map(|plan| plan.taken.ideas.iter().copied()).collect();
        let scored = |at| scored(report, at, &taken);
        let unscored = |at| unscored(report, at);
        document.serialize_entry("ideas", &Each(&report.shown, scored))?;
        document.serialize_entry("today", &report.today)?;
        document.serialize_entry("unscored", &Each(&report.unscored, unscored))?;
        document.end()
    }
}

/// What is made of each of some ideas.
struct Each<'p, F>(&'p [usize], F);

impl<F: Fn(usize) -> Value> Serialize for Each<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|&at| (self.1)(at)))
    }
}

fn scored(report: &RiceReport<'_>, at: usize, taken: &HashSet<usize>) -> Value {
    let judged = &report.ideas[at];
    let idea = &judged.idea;
    let files = report.files;
    let score = judged.score.unwrap_or(Exact::ZERO);
    let (lowest, highest) = judged.score_range().unwrap_or((score, score));
    let mut entry = Map::new();
    let mut add = |key: &str, value: Value| drop(entry.insert(key.to_owned(), value));
    add("rank", json!(report.ranking.rank(at)));
    add("id", json!(idea.id));
    add("title", json!(idea.title));
    add("area", json!(judged.area()));
    add("areas", json!(idea.areas));
    add("owner", json!(idea.owner));
    add("link", json!(idea.link));
    add("notes", json!(idea.notes));
    for one in Factor::ALL {
        add(one.name(), judged.value(one).map(number).unwrap_or_default());
    }
    add("score", exact(score));
    add("tied", json!(report.ranking.is_tied(at)));
    add("raters", json!(judged.raters.len()));
    add("lowest", number(lowest));
    add("highest", number(highest));
    add("path", json!(files.file(idea.span.file).path().as_str()));
    add("line", json!(files.start(idea.span).line));
    add("warnings", Value::Array(problems(report, judged)));
    if report.by_rater {
        let raters = judged.raters.iter().map(|rater| {
            let [reach, impact, confidence, effort] = rater.values.map(number);
            json!({
                "by": rater.by, "reach": reach, "impact": impact, "confidence": confidence, "effort": effort,
                "score": exact(rater.score),
            })
        });
        add("by_rater", Value::Array(raters.collect()));
    }
    if let Some(before) = &report.before {
        add("old_rank", json!(before.ranks.get(&idea.id).copied().flatten()));
        if before.is_of_another_time {
            add("new", json!(!before.ranks.contains_key(&idea.id)));
        }
    }
    if let Some(found) = report.sensitivities.as_ref().and_then(|found| found[at].as_ref()) {
        add("best_rank", json!(found.best));
        add("worst_rank", json!(found.worst));
        add("robust", json!(report.ranking.rank(at).is_some_and(|rank| found.is_robust(rank))));
        add("overtakes", step(report, found.overtakes.as_ref()));
        add("falls_behind", step(report, found.falls_behind.as_ref()));
    }
    if let Some(outcome) = report.simulation.as_ref().and_then(|all| all.outcomes[at]) {
        let (low, high) = outcome.rank_interval;
        add("p_top", json!(outcome.p_top));
        add("median_rank", json!(outcome.median_rank));
        add("rank_interval", json!([low, high]));
    }
    if report.plan.is_some() {
        add("selected", json!(taken.contains(&at)));
    }
    Value::Object(entry)
}

fn unscored(report: &RiceReport<'_>, at: usize) -> Value {
    let judged = &report.ideas[at];
    let (idea, files) = (&judged.idea, report.files);
    json!({
        "id": idea.id,
        "title": idea.title,
        "area": judged.area(),
        "problems": problems(report, judged),
        "path": files.file(idea.span.file).path().as_str(),
        "line": files.start(idea.span).line,
    })
}

fn problems(report: &RiceReport<'_>, judged: &Judged) -> Vec<Value> {
    let problems = judged.problems.iter().map(|problem| {
        let place = report.files.start(problem.span);
        json!({
            "rule": problem.kind.rule(),
            "message": problem.message,
            "help": problem.help,
            "path": report.files.file(problem.span.file).path().as_str(),
            "line": place.line,
            "column": place.column,
        })
    });
    problems.collect()
}

fn selection(report: &RiceReport<'_>, selection: &Selection) -> Value {
    let ids = selection.ideas.iter().map(|&at| report.ideas[at].idea.id.as_str());
    json!({
        "ids": ids.collect::<Vec<_>>(),
        "effort": number(selection.effort),
        "value": number(selection.value),
    })
}

fn step(report: &RiceReport<'_>, step: Option<&Move>) -> Value {
    step.map_or(Value::Null, |step| {
        json!({
            "id": report.ideas[step.other].idea.id,
            "factor": step.factor.name(),
            "direction": if step.is_up { "up" } else { "down" },
            "from": step.from.map(number),
            "to": step.to.map(number),
        })
    })
}

fn exact(score: Exact) -> Value {
    json!({ "exact": sanitise_line(&score.fraction()), "value": number(score) })
}

/// As a number; a whole one without a point.
fn number(exact: Exact) -> Value {
    match exact.parts() {
        (whole, 1) => i64::try_from(whole).map_or_else(|_| json!(exact.to_f64()), Value::from),
        _ => json!(exact.to_f64()),
    }
}

//! What is wrong with an estimate, and what it scores where nothing is.

use jiff::civil::Date;

use super::doubt::{Reason, reason};
use super::idea::{Estimate, Idea};
use super::ids::Ids;
use super::places::Places;
use super::problem::{Problem, ProblemKind};
use super::scales::{Factor, Scale};
use super::stated::{Statement, check_stated};
use super::written::{Unit, Written, unit_in};
use super::{Exact, Scales};
use crate::config::Interval;
use crate::handbook::Handbook;
use crate::source::{Span, Spanned};

/// An idea with its scores, or with the reasons why it has none.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The idea.
    pub idea: Idea,
    /// What each rater's estimate counts; empty where any of them has an error.
    pub raters: Vec<Rated>,
    /// The median of the raters' scores; `None` for an idea with an error.
    pub score: Option<Exact>,
    /// What is wrong, in the order of the page.
    pub problems: Vec<Problem>,
}

/// What an estimate counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// Who estimated.
    pub by: Option<String>,
    /// Reach, Impact, Confidence and Effort.
    pub values: [Exact; 4],
    /// The score.
    pub score: Exact,
}

/// How far raters may be apart: a factor below this.
const DISAGREEMENT: i64 = 4;

/// What estimates are judged by.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    /// The scales.
    pub scales: &'a Scales,
    /// How old an estimate may become.
    pub expires: Interval,
    /// The day of the judgement.
    pub today: Date,
}

/// Judges `ideas`, whose pointers lead into `handbook`, in their order.
pub fn judge(ideas: Vec<Idea>, handbook: &Handbook, measure: Measure<'_>) -> Vec<Judged> {
    let mut places = Places::new(handbook);
    let mut ids = Ids::default();
    let mut judged = Vec::with_capacity(ideas.len());
    for mut idea in ideas {
        let mut problems = places.resolve(&mut idea);
        problems.extend(ids.take(&mut idea).map(|other| duplicate(&idea, other)));
        judged.push(judge_one(idea, problems, measure));
    }
    judged
}

fn judge_one(idea: Idea, mut problems: Vec<Problem>, measure: Measure<'_>) -> Judged {
    let is_several = idea.estimates.len() > 1;
    let mut raters = Vec::with_capacity(idea.estimates.len());
    problems.extend(idea.refusals.iter().cloned());
    // Where the columns are not certain, nothing else is.
    let readable = if idea.refusals.is_empty() { &idea.estimates[..] } else { &[] };
    for estimate in readable {
        if let Some(values) = values(&idea, estimate, is_several, measure.scales, &mut problems) {
            match score(&values) {
                Some(score) => raters.push(Rated { by: estimate.by.clone(), values, score }),
                None => problems.push(too_long(&idea, estimate)),
            }
        }
    }
    let is_whole = raters.len() == idea.estimates.len();
    let mut score = Exact::median(raters.iter().map(|rater| rater.score).collect());
    if is_whole {
        problems.extend(idea.stated.iter().filter_map(|stated| mismatch(&idea, &raters, stated)));
    }
    if is_whole && score.is_none() {
        problems.extend(idea.estimates.last().map(|estimate| too_long(&idea, estimate)));
    }
    problems.extend(stale(&idea, measure));
    problems.extend(disagreement(&idea, &raters));
    problems.sort_by_key(|problem| (problem.span, problem.kind));
    if !is_whole || problems.iter().any(|problem| problem.kind.is_error()) {
        score = None;
        raters.clear();
    }
    Judged { idea, raters, score, problems }
}

/// What is wrong with a score that stands beside the factors of one of `raters`. Each of them may have one.
fn mismatch(idea: &Idea, raters: &[Rated], stated: &Spanned<String>) -> Option<Problem> {
    let of = |estimate: &Estimate| {
        let (whole, part) = (estimate.span.range(), stated.span.range());
        estimate.span.file == stated.span.file && whole.start <= part.start && part.end <= whole.end
    };
    let at = idea.estimates.iter().position(of).or((raters.len() == 1).then_some(0))?;
    let (rater, estimate) = (raters.get(at)?, idea.estimates.get(at)?);
    let in_cell = estimate.entry(Factor::Effort).and_then(|entry| unit_in(&entry.text));
    let units: Vec<Unit> = in_cell.or(estimate.unit).into_iter().collect();
    let Statement::Wrong(message) = check_stated(&stated.value, rater, &units) else { return None };
    Some(
        Problem::new(
            ProblemKind::ScoreMismatch,
            stated.span,
            format!("the score of `{}` is not what its factors give: {message}", idea.title),
        )
        .label(format!("the factors give {}", rater.score))
        .help("correct the score, or the factor that is wrong; the rank goes by the factors"),
    )
}

/// Reach x Impact x Confidence / Effort; `None` where that needs too many digits.
pub(super) fn score(values: &[Exact; 4]) -> Option<Exact> {
    let [reach, impact, confidence, effort] = *values;
    reach.times(impact)?.times(confidence)?.over(effort)
}

/// What the factors of `estimate` count, if all of them do.
fn values(
    idea: &Idea,
    estimate: &Estimate,
    is_several: bool,
    scales: &Scales,
    problems: &mut Vec<Problem>,
) -> Option<[Exact; 4]> {
    let whose = match (&estimate.by, is_several) {
        (Some(by), true) => format!("the estimate of `{}` by {by}", idea.title),
        _ => format!("`{}`", idea.title),
    };
    let mut found = [None; 4];
    for factor in Factor::ALL {
        let name = factor.name();
        let entry = estimate.entry(factor);
        let span = entry.map_or(estimate.span, |entry| entry.span);
        let mut report = |kind, label: String, message: String, help: String| {
            problems.push(Problem::new(kind, span, message).label(label).help(help));
        };
        let text = entry.map(|entry| entry.text.trim()).unwrap_or_default();
        let legal = || legal(scales, factor);
        match entry.map_or(&Written::Nothing, |entry| &entry.written) {
            Written::Value(value) => found[factor.index()] = Some(*value),
            Written::Nothing => report(
                ProblemKind::MissingFactor,
                format!("{name} is missing"),
                format!("{name} is missing from {whose}, so it has no score"),
                format!("estimate it: {}", legal()),
            ),
            Written::NotPositive => report(
                ProblemKind::EffortNotPositive,
                format!("effort `{text}` is not above zero"),
                format!("the effort of {whose} is `{text}`, and a score is divided by it"),
                format!("write {}", legal()),
            ),
            Written::OffScale(value) => {
                let help = match scales.of(factor) {
                    Some(scale) => {
                        let near = scale.nearest(*value);
                        let near: Vec<String> =
                            near.iter().map(|step| step.described(factor)).collect();
                        format!("the nearest steps are {}; {}", near.join(" and "), legal())
                    }
                    None => legal(),
                };
                report(
                    ProblemKind::OffScale,
                    format!("{name} `{text}` is no step of its scale"),
                    format!("the {name} of {whose} is `{text}`, which is no step of its scale"),
                    help,
                );
            }
            Written::Contradiction(both) => report(
                ProblemKind::OffScale,
                format!("{name} `{text}` says two things"),
                format!(
                    "the {name} of {whose} is `{text}`, which says {} and {} at once",
                    Scale::spell(factor, both.0),
                    Scale::spell(factor, both.1)
                ),
                format!("keep one; {}", legal()),
            ),
            Written::Refused(doubt) => {
                let Reason { label, message, help } = reason(doubt, factor, text, &whose, &legal());
                report(ProblemKind::OffScale, label, message, help);
            }
            Written::Unreadable => report(
                ProblemKind::OffScale,
                format!("{name} `{text}` cannot be read"),
                format!("the {name} of {whose} is `{text}`, which is no value of it"),
                format!("write {}", legal()),
            ),
        }
    }
    let [Some(reach), Some(impact), Some(confidence), Some(effort)] = found else { return None };
    Some([reach, impact, confidence, effort])
}

/// What a factor may be.
pub fn legal(scales: &Scales, factor: Factor) -> String {
    let Some(scale) = scales.of(factor) else {
        return "person-months above zero, such as `2`, `6 weeks` or `10 days`".to_owned();
    };
    let steps: Vec<String> =
        scale.steps.iter().map(|step| Scale::spell(factor, step.value)).collect();
    let (last, others) = steps.split_last().map_or(("", &[][..]), |(last, rest)| (last, rest));
    format!("{} is {} or {last}", factor.name(), others.join(", "))
}

fn too_long(idea: &Idea, estimate: &Estimate) -> Problem {
    Problem::new(
        ProblemKind::OffScale,
        estimate.span,
        format!("the factors of `{}` have too many digits to be multiplied exactly", idea.title),
    )
    .label("too many digits")
    .help("round them")
}

fn duplicate(idea: &Idea, other: Span) -> Problem {
    Problem::new(
        ProblemKind::DuplicateId,
        idea.span,
        format!("a second idea is called `{}`, so nobody can tell which one is meant", idea.id),
    )
    .label(format!("the id `{}` is taken", idea.id))
    .help("give one of them another title or id, or remove the older estimate")
    .related(other, "the first")
}

/// The oldest estimate, if it is too old.
fn stale(idea: &Idea, measure: Measure<'_>) -> Option<Problem> {
    let dates = idea.estimates.iter().filter_map(|estimate| estimate.date);
    let oldest = dates.min_by_key(|date| date.value)?;
    let end = measure.expires.after(oldest.value)?;
    if end >= measure.today {
        return None;
    }
    Some(
        Problem::new(
            ProblemKind::Stale,
            oldest.span,
            format!(
                "`{}` was estimated on {}, and that held until {end}",
                idea.title, oldest.value
            ),
        )
        .label(format!("estimated on {}", oldest.value))
        .help("estimate it again, and write the day"),
    )
}

fn disagreement(idea: &Idea, raters: &[Rated]) -> Option<Problem> {
    let lowest = raters.iter().min_by_key(|rater| rater.score)?;
    let highest = raters.iter().max_by_key(|rater| rater.score)?;
    let far = lowest.score.times(Exact::new(DISAGREEMENT, 1))?;
    if raters.len() < 2 || highest.score < far {
        return None;
    }
    let name = |rater: &Rated| rater.by.clone().unwrap_or_else(|| "somebody".to_owned());
    let apart: Vec<&str> = Factor::ALL
        .into_iter()
        .filter(|factor| lowest.values[factor.index()] != highest.values[factor.index()])
        .map(Factor::name)
        .collect();
    Some(
        Problem::new(
            ProblemKind::Disagreement,
            idea.span,
            format!(
                "the scores of `{}` are a factor of {} apart: {} for {}, {} for {}",
                idea.title,
                highest.score.over(lowest.score)?,
                highest.score,
                name(highest),
                lowest.score,
                name(lowest)
            ),
        )
        .label("the raters disagree")
        .help(format!("talk about {}, where the two differ", apart.join(", "))),
    )
}

//! `feature_matrix`: features against whatever has them: tiers, tools, code hosts, deployment options, levels.

use std::collections::HashMap;
use std::rc::Rc;

use super::cells::{Mark, legend};
use super::footnotes::Footnotes;
use super::names;
use crate::generate::content::{Block, Inline, Table};
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;
use crate::handbook::{Cell, Feature, Offers, ToolCell};
use crate::source::Spanned;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "feature_matrix",
    about: "A table of features and what has them, with remarks and a legend below",
    arguments: &[
        Argument::new(
            "columns",
            ArgumentKind::Choice(&[
                "code_hosts",
                "deployment_options",
                "tiers",
                "competitors",
                "maturity",
            ]),
            "what the features are held against",
        )
        .required(),
        Argument::new("rows", ArgumentKind::Choice(&["feature"]), "what the rows are"),
        Argument::new("team", ArgumentKind::Team, "only the features of a team"),
        Argument::new("category", ArgumentKind::Category, "only the features of a category"),
        Argument::new("stage", ArgumentKind::Stage, "only the features of a stage"),
        Argument::new(
            "only",
            ArgumentKind::Choice(&["differences"]),
            "only the features whose cells, as far as they are known, are not all the same",
        ),
    ],
    example: "feature_matrix rows=feature columns=tiers",
    make,
};

/// A column: its heading, and its cell for a feature.
struct Column<'s> {
    heading: String,
    cell: Box<dyn Fn(&'s Feature) -> Filled<'s> + 's>,
}

/// A mark, and what is said about it.
struct Filled<'s> {
    mark: Mark,
    details: Option<&'s str>,
}

impl From<Mark> for Filled<'_> {
    fn from(mark: Mark) -> Self {
        Self { mark, details: None }
    }
}

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let features = match (arguments.get("category"), arguments.get("team")) {
        (Some(category), _) => scene.features_of_category(category).collect(),
        (None, Some(team)) => scene.features_of_team_or_none(team),
        (None, None) => scene.features().iter().collect(),
    };
    let features = features.into_iter();
    let features: Vec<&Feature> =
        features.filter(|feature| is_asked_for(scene, feature, arguments)).collect();
    if features.is_empty() {
        return vec![Block::Paragraph(Inline::text("No feature matches."))];
    }
    let (columns, lack) = match arguments.get("columns") {
        Some("code_hosts") => (code_hosts(scene, &features), "The handbook lists no code hosts."),
        Some("deployment_options") => {
            (deployment_options(scene, &features), "The handbook lists no deployment options.")
        }
        Some("competitors") => {
            (competitors(&features), "No feature that matches is compared with another tool.")
        }
        Some("maturity") => (maturity(scene, &features), "No feature that matches has a level."),
        _ => (tiers(&features), "The features of this handbook have no tiers."),
    };
    if columns.is_empty() {
        return vec![Block::Paragraph(Inline::text(lack))];
    }
    let only_differences = arguments.get("only").is_some();
    let mut footnotes = Footnotes::default();
    let mut used: Vec<Mark> = Vec::new();
    let mut rows = Vec::new();
    for feature in features {
        let cells: Vec<Filled<'_>> = columns.iter().map(|column| (column.cell)(feature)).collect();
        if only_differences && !differ(&cells) {
            continue;
        }
        let mut name = names::feature_link(scene, feature);
        if let Some(note) = &feature.note {
            name = name.then_text(footnotes.mark(scene.markdown(&note.value)));
        }
        let mut row = vec![name];
        for Filled { mark, details } in cells {
            let details = details.map(|details| footnotes.mark(Inline::text(details)));
            row.push(Inline::text(format!("{}{}", mark.text(), details.unwrap_or_default())));
            // There are few marks that are not levels.
            if !matches!(mark, Mark::Level(_)) && !used.contains(&mark) {
                used.push(mark);
            }
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return vec![Block::Paragraph(Inline::text("No feature matches."))];
    }
    let headings = columns.into_iter().map(|column| column.heading);
    let columns = std::iter::once("Feature".to_owned()).chain(headings).collect();
    let table = Block::Table(Table { columns, rows });
    [Some(table), footnotes.block(), legend(&used)].into_iter().flatten().collect()
}

/// Whether two cells say different things; one that is unknown says nothing.
fn differ(cells: &[Filled<'_>]) -> bool {
    let mut known = cells.iter().map(|cell| &cell.mark).filter(|mark| **mark != Mark::Unknown);
    let first = known.next();
    known.any(|mark| Some(mark) != first)
}

/// Whether a feature of the category that is asked for is also of the stage and the team.
fn is_asked_for(scene: &Scene<'_>, feature: &Feature, arguments: &Arguments) -> bool {
    let categories = || feature.categories.iter().filter_map(|key| scene.category(&key.value));
    let is =
        |key: Option<&Spanned<String>>, wanted: &str| key.is_some_and(|key| key.value == wanted);
    let in_stage = arguments
        .get("stage")
        .is_none_or(|wanted| categories().any(|category| is(category.stage.as_ref(), wanted)));
    let of_team = arguments.get("team").is_none_or(|wanted| match &feature.team {
        Some(team) => team.value == wanted,
        None => categories().any(|category| is(category.team.as_ref(), wanted)),
    });
    in_stage && of_team
}

/// The code hosts of the handbook, then those that only features name.
fn code_hosts<'s>(scene: &'s Scene<'_>, features: &[&'s Feature]) -> Vec<Column<'s>> {
    let hosts = scene.code_hosts().iter();
    let known = hosts.map(|host| (&host.key, host.title.as_ref().unwrap_or(&host.key)));
    let named =
        features.iter().flat_map(|feature| feature.compatibility.iter().map(|(key, _)| key));
    let cells = Cells::of(features, |feature| &feature.compatibility);
    keyed(known, named, move |feature, key| {
        match cells.get(feature, key).map(|works| works.value) {
            Some(true) => Mark::Yes,
            Some(false) => Mark::No,
            None => Mark::Unknown,
        }
        .into()
    })
}

/// The deployment options of the handbook, then those that only features name.
fn deployment_options<'s>(scene: &'s Scene<'_>, features: &[&'s Feature]) -> Vec<Column<'s>> {
    let options = scene.deployment_options().iter();
    let known = options.map(|option| (&option.key, option.title.as_ref().unwrap_or(&option.key)));
    let named = features.iter().flat_map(|feature| feature.deployment.iter().map(|(key, _)| key));
    let cells = Cells::of(features, |feature| &feature.deployment);
    keyed(known, named, move |feature, key| {
        match cells.get(feature, key).map(|level| level.value.as_str()) {
            Some("ga") => Mark::Yes,
            Some("not_implemented") => Mark::No,
            Some(level) => Mark::Level(names::level(scene, level)),
            None => Mark::Unknown,
        }
        .into()
    })
}

/// The tools that the features are compared with, in the order in which they are first named.
fn competitors<'s>(features: &[&'s Feature]) -> Vec<Column<'s>> {
    let named = features.iter().flat_map(|feature| feature.tools.iter().map(|(tool, _)| tool));
    let cells = Cells::of(features, |feature| &feature.tools);
    keyed(std::iter::empty(), named, move |feature, key| filled(cells.get(feature, key)))
}

/// What features say of each key.
struct Cells<'s, C>(Rc<HashMap<(*const Feature, &'s str), &'s C>>);

impl<C> Clone for Cells<'_, C> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<'s, C> Cells<'s, C> {
    fn of(
        features: &[&'s Feature],
        cells: impl Fn(&'s Feature) -> &'s [(Spanned<String>, C)],
    ) -> Self {
        let mut all = HashMap::new();
        for &feature in features {
            for (key, cell) in cells(feature) {
                all.entry((std::ptr::from_ref(feature), key.value.as_str())).or_insert(cell);
            }
        }
        Self(Rc::new(all))
    }

    fn get(&self, feature: &Feature, key: &str) -> Option<&'s C> {
        self.0.get(&(std::ptr::from_ref(feature), key)).copied()
    }
}

/// A column for each of `known`, keys with titles, and then for each of `named` that is not among them.
fn keyed<'s>(
    known: impl Iterator<Item = (&'s Spanned<String>, &'s Spanned<String>)>,
    named: impl Iterator<Item = &'s Spanned<String>>,
    cell: impl Fn(&'s Feature, &str) -> Filled<'s> + Clone + 's,
) -> Vec<Column<'s>> {
    let mut seen = std::collections::HashSet::new();
    let all = known.chain(named.map(|key| (key, key)));
    all.filter(|(key, _)| seen.insert(key.value.as_str()))
        .map(|(key, title)| {
            let cell = cell.clone();
            Column {
                heading: title.value.clone(),
                cell: Box::new(move |feature| cell(feature, &key.value)),
            }
        })
        .collect()
}

/// The tiers, then what is hosted as far as a feature speaks of it.
fn tiers<'s>(features: &[&'s Feature]) -> Vec<Column<'s>> {
    let offers: Vec<&Offers> =
        features.iter().filter_map(|feature| feature.offers.as_ref()).collect();
    if offers.is_empty() {
        return Vec::new();
    }
    let tiers = Offers::TIERS.iter().enumerate().map(|(height, &field)| Column {
        heading: offer_title(field).to_owned(),
        cell: Box::new(move |feature| {
            let Some(offers) = &feature.offers else { return Mark::Unknown.into() };
            let of = |field: &str| {
                let cell = offers.tiers.iter().find(|(tier, _)| *tier == field);
                cell.map(|(_, cell)| cell)
            };
            let mut filled = offered(feature, of(field));
            let is_broken = feature.broken.iter().any(|broken| broken == field);
            let below = || Offers::TIERS[..height].iter().rev().find_map(|field| of(field));
            // What is in one tier is in all above it, though nobody may have written that out.
            if filled.mark == Mark::Unknown
                && !is_broken
                && below().is_some_and(|cell| cell.cell.value == Cell::Yes)
            {
                filled.mark = Mark::Yes;
            }
            if filled.mark == Mark::Unknown && feature.is_missing() && feature.links_issue() {
                filled.mark = Mark::Planned;
            }
            filled
        }),
    });
    let hosted = Offers::HOSTED.iter().filter(|field| {
        offers.iter().any(|offers| offers.hosted.iter().any(|(hosted, _)| hosted == *field))
    });
    let hosted = hosted.map(|&field| Column {
        heading: offer_title(field).to_owned(),
        cell: Box::new(move |feature| {
            let hosted = feature.offers.iter().flat_map(|offers| &offers.hosted);
            let mut own = hosted.filter(|(hosted, _)| *hosted == field);
            offered(feature, own.next().map(|(_, cell)| cell))
        }),
    });
    tiers.chain(hosted).collect()
}

/// What is offered of `feature`: where nothing has it, it may be planned.
fn offered<'s>(feature: &'s Feature, cell: Option<&'s ToolCell>) -> Filled<'s> {
    let mut filled = filled(cell);
    if filled.mark == Mark::No && feature.is_missing() && feature.links_issue() {
        filled.mark = Mark::Planned;
    }
    filled
}

fn filled(cell: Option<&ToolCell>) -> Filled<'_> {
    Filled {
        mark: cell.map_or(Mark::Unknown, |cell| cell.cell.value.into()),
        details: cell.and_then(|cell| cell.details.as_ref()).map(|details| details.value.as_str()),
    }
}

fn offer_title(field: &str) -> &str {
    match field {
        "gitlab_core" => "Core",
        "gitlab_starter" => "Starter",
        "gitlab_premium" => "Premium",
        "gitlab_ultimate" => "Ultimate",
        "gitlab_com" => "GitLab.com",
        "gitlab_free" => "GitLab.com Free",
        "gitlab_bronze" => "GitLab.com Bronze",
        "gitlab_silver" => "GitLab.com Silver",
        "gitlab_gold" => "GitLab.com Gold",
        other => other,
    }
}

/// The levels of the features, and those of their categories.
fn maturity<'s>(scene: &'s Scene<'_>, features: &[&'s Feature]) -> Vec<Column<'s>> {
    let mut columns: Vec<Column<'s>> = Vec::new();
    if features.iter().any(|feature| feature.maturity.is_some()) {
        columns.push(Column {
            heading: "Maturity".to_owned(),
            cell: Box::new(move |feature| {
                let level = feature.maturity.as_ref();
                let title = level.map(|level| names::level(scene, &level.value));
                title.map_or(Mark::Unknown, Mark::Level).into()
            }),
        });
    }
    if features.iter().any(|feature| category_levels(scene, feature).is_some()) {
        columns.push(Column {
            heading: "Maturity of the category".to_owned(),
            cell: Box::new(move |feature| {
                category_levels(scene, feature).map_or(Mark::Unknown, Mark::Level).into()
            }),
        });
    }
    columns
}

/// The level of the category of a feature; of several each with its name.
fn category_levels(scene: &Scene<'_>, feature: &Feature) -> Option<String> {
    let known = feature.categories.iter().filter_map(|key| scene.category(&key.value));
    let known: Vec<_> = known
        .filter_map(|category| Some((category, names::level_of(scene, category)?)))
        .map(|(category, level)| (names::category(category), names::level(scene, level)))
        .collect();
    let (_, first) = known.first()?;
    if known.iter().all(|(_, level)| level == first) {
        return Some(first.clone());
    }
    let each = known.iter().map(|(name, level)| format!("{level} ({name})"));
    Some(each.collect::<Vec<_>>().join(", "))
}

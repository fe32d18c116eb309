//! `missing_features`: what the product does not have yet, and where it is asked for.

use super::names::{self, NOTHING};
use crate::generate::content::{Block, Inline, Table};
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;
use crate::handbook::Feature;
use crate::handbook::address::before_query;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "missing_features",
    about: "A table of the features that no tier has, with the issues that would add them",
    arguments: &[Argument::new(
        "category",
        ArgumentKind::Category,
        "only the features of a category",
    )],
    example: "missing_features",
    make,
};

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let wanted = arguments.get("category");
    let mut missing: Vec<&Feature> = match wanted {
        Some(wanted) => scene.features_of_category(wanted).collect(),
        None => scene.features().iter().collect(),
    };
    missing.retain(|feature| feature.is_missing());
    if missing.is_empty() {
        return vec![Block::Paragraph(Inline::text("No feature is missing."))];
    }
    let has_categories = missing.iter().any(|feature| !feature.categories.is_empty());
    let has_teams = missing.iter().any(|feature| feature.team.is_some());
    let mut columns = vec!["Feature".to_owned()];
    columns.extend(has_categories.then(|| "Categories".to_owned()));
    columns.extend(has_teams.then(|| "Team".to_owned()));
    columns.push("Issue".to_owned());
    let rows = missing.into_iter().map(|feature| {
        let mut row = vec![Inline::text(names::feature(feature))];
        if has_categories {
            row.push(or_nothing(names::categories_of(scene, feature)));
        }
        if has_teams {
            let key = feature.team.as_ref().map(|team| team.value.as_str());
            let team = key.map(|key| scene.team(key).map_or(key, names::team));
            row.push(or_nothing(team.unwrap_or_default().to_owned()));
        }
        row.push(issue(scene, feature));
        row
    });
    let rows = rows.collect();
    vec![Block::Table(Table { columns, rows })]
}

fn or_nothing(text: String) -> Inline {
    Inline::text(if text.is_empty() { NOTHING.to_owned() } else { text })
}

/// The link of a feature: an issue by its project and number, anything else by its address.
fn issue(scene: &Scene<'_>, feature: &Feature) -> Inline {
    let Some(link) = &feature.link else { return Inline::text(NOTHING) };
    let text = reference(&link.value).unwrap_or_else(|| link.value.clone());
    Inline::link(text, Some(scene.destination(&link.value)))
}

/// `group/project#12` for the address of an issue, `group&3` for that of an epic.
fn reference(address: &str) -> Option<String> {
    let (_, path) = address.split_once("://")?;
    let (_, path) = path.split_once('/')?;
    let path = before_query(path);
    let (project, rest) = path.split_once("/-/").or_else(|| {
        let at = path.rfind("/issues/").or_else(|| path.rfind("/epics/"))?;
        Some((&path[..at], &path[at + 1..]))
    })?;
    let (kind, number) = rest.trim_end_matches('/').split_once('/')?;
    let mark = match kind {
        "issues" | "work_items" => '#',
        "epics" => '&',
        _ => return None,
    };
    let project = project.strip_prefix("groups/").filter(|_| mark == '&').unwrap_or(project);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("{project}{mark}{number}"))
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn issues_are_cited_with_their_project() {
        for (address, cited) in [
            ("https://gitlab.example.com/a/b/-/issues/12", Some("a/b#12")),
            ("https://gitlab.example.com/a/b/issues/12/?x=1#note_3", Some("a/b#12")),
            ("https://gitlab.example.com/groups/a/-/epics/3", Some("a&3")),
            ("https://github.example.com/a/b/issues/4", Some("a/b#4")),
            ("https://gitlab.example.com/a/b/-/issues", None),
            ("https://gitlab.example.com/a/b/-/issues/new", None),
            ("https://docs.example.com/a", None),
            ("/direction/a/", None),
        ] {
            assert_eq!(reference(address).as_deref(), cited, "{address}");
        }
    }
}

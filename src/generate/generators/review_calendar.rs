//! `review_calendar`: when pages were reviewed and when they are due. Where they stand today is left to
//! `pmctl review status`: a page that changes by itself is never up to date.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::names::NOTHING;
use crate::generate::content::{Block, Inline, Table};
use crate::generate::generator::{Argument, ArgumentKind, Arguments, Generator};
use crate::generate::scene::Scene;
use crate::review::PageReview;

/// The generator.
pub(super) static GENERATOR: Generator = Generator {
    name: "review_calendar",
    about: "A table of pages with the dates of their last and next reviews and their owners",
    arguments: &[Argument::new("by", ArgumentKind::Choice(&["owner"]), "a table for each owner")],
    example: "review_calendar by=owner",
    make,
};

fn make(scene: &Scene<'_>, arguments: &Arguments) -> Vec<Block> {
    let Some(survey) = scene.reviews() else {
        return vec![Block::Paragraph(Inline::text("The review dates have not been read."))];
    };
    let mut pages: Vec<(&PageReview, Option<Date>)> =
        survey.pages.iter().map(|page| (page, due(page))).collect();
    if pages.is_empty() {
        return vec![Block::Paragraph(Inline::text("No page is reviewed."))];
    }
    pages.sort_by_key(|(page, due)| (due.is_none(), *due, &page.path));
    if arguments.get("by").is_none() {
        let rows = pages.iter().map(|(page, due)| row(scene, page, *due, true)).collect();
        return vec![table(rows, true)];
    }
    let mut by_owner: BTreeMap<&str, Vec<Vec<Inline>>> = BTreeMap::new();
    let mut ownerless = Vec::new();
    for (page, due) in pages {
        let row = row(scene, page, due, false);
        if page.ownership.owners.is_empty() {
            ownerless.push(row.clone());
        }
        for owner in &page.ownership.owners {
            by_owner.entry(owner).or_default().push(row.clone());
        }
    }
    let mut blocks = Vec::new();
    for (owner, rows) in by_owner {
        blocks.push(Block::Heading(1, person(scene, owner)));
        blocks.push(table(rows, false));
    }
    if !ownerless.is_empty() {
        blocks.push(Block::Heading(1, Inline::text("No owner")));
        blocks.push(table(ownerless, false));
    }
    blocks
}

/// The next review by the date that is written, of a month by its last day. The day of the survey has no part
/// in it, so `due` of the page is not what is asked for.
fn due(page: &PageReview) -> Option<Date> {
    page.cadence.after(page.reviewed.as_ref()?.date.last_day())
}

fn table(rows: Vec<Vec<Inline>>, has_owner: bool) -> Block {
    let columns = ["Page", "Last reviewed", "Next due"].into_iter();
    let columns = columns.chain(has_owner.then_some("Owner"));
    Block::Table(Table { columns: columns.map(str::to_owned).collect(), rows })
}

fn row(scene: &Scene<'_>, page: &PageReview, due: Option<Date>, has_owner: bool) -> Vec<Inline> {
    let reviewed = match (&page.reviewed, &page.malformed) {
        (Some(dated), _) => dated.date.to_string(),
        (None, Some((raw, _))) => format!("{raw} (no date)"),
        (None, None) => NOTHING.to_owned(),
    };
    let due = due.map_or_else(|| NOTHING.to_owned(), |due| due.to_string());
    let link = scene.page(page.path.clone(), None);
    let mut row =
        vec![Inline::link(&page.title, Some(link)), Inline::text(reviewed), Inline::text(due)];
    if has_owner {
        let owners = &page.ownership.owners;
        row.push(match owners.is_empty() {
            true => Inline::text(NOTHING),
            false => Inline::joined(owners.iter().map(|owner| person(scene, owner)), ", "),
        });
    }
    row
}

/// Somebody by their name, linked where the handbook has a heading for them.
fn person(scene: &Scene<'_>, name: &str) -> Inline {
    match scene.person_named(name) {
        Some(person) => scene.person_link(&person.key.value),
        None => Inline::text(name),
    }
}

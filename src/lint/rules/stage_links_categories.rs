//! `stage-links-categories`: a stage's page that does not link the page of one of its categories.

use std::collections::{BTreeSet, HashMap};

use super::pages::title_place;
use crate::handbook::address::Addresses;
use crate::handbook::stage_pages::stage_pages;
use crate::handbook::{Category, Page};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::markdown::{LinkKind, Outline};
use crate::source::{FileId, RepoPath};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "stage-links-categories",
    level: Some(Severity::Warning),
    needs: Needs::OUTLINES.and(Needs::PARTIALS),
    manual: Manual {
        what: "Fires on the page of a stage that does not link the direction page of a category of the stage, once for each such category. The stage's page is where its `direction` leads, and the page at `/direction/STAGE/`: a link on either will do, also in a partial. A page of a whole section is not taken for that of its stages. A category without a page of its own in the handbook is not missed, and nothing is said of a page that has code which may list its categories.",
        why: "Who reads about a stage finds no way to what its categories plan.",
        bad: Example {
            path: "source/direction/keep/index.html.md",
            text: "---\ntitle: Keep\n---\n\nWe keep [returns](/direction/keep/returns/) simple, and loans too.\n",
        },
        good: Example {
            path: "source/direction/keep/index.html.md",
            text: "---\ntitle: Keep\n---\n\nWe keep [returns](/direction/keep/returns/) simple, and [loans](/direction/keep/loans/) too.\n",
        },
        source: "GitLab: a stage page links the category pages of its stage.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    let handbook = context.handbook;
    if handbook.stages.is_empty() || handbook.categories.is_empty() {
        return;
    }
    let addresses = handbook.addresses();
    let outlines: HashMap<&RepoPath, (&Page, &Outline)> =
        context.outlined().map(|(page, _, outline)| (&page.path, (page, outline))).collect();
    for stage in &handbook.stages {
        let pages = stage_pages(handbook, addresses, stage);
        let pages: Vec<(&Page, &Outline)> =
            pages.iter().filter_map(|path| outlines.get(path).copied()).collect();
        let Some((first, _)) = pages.first() else { continue };
        let pulled_in = || pages.iter().filter_map(|(page, _)| handbook.pulled_in.get(&page.path));
        if pulled_in().any(|pulled_in| pulled_in.has_more) {
            continue;
        }
        let mut linked: BTreeSet<RepoPath> = BTreeSet::new();
        for (page, outline) in &pages {
            linked.insert(page.path.clone());
            linked.extend(linked_files(addresses, &page.path, outline));
            let partials = handbook.pulled_in.get(&page.path);
            for &file in partials.iter().flat_map(|pulled_in| &pulled_in.files) {
                let outline = Outline::parse(context.files.file(file).text());
                linked.extend(linked_files(addresses, &page.path, &outline));
            }
        }
        let name = stage.name.as_ref().unwrap_or(&stage.key).value.as_str();
        for category in &handbook.categories {
            if category.stage.as_ref().is_some_and(|key| key.value == stage.key.value) {
                report_unlinked(context, addresses, (name, first.file), category, &linked, report);
            }
        }
    }
}

/// The files that the links on `page`, or in a partial of it, lead to.
fn linked_files(
    addresses: &Addresses,
    page: &RepoPath,
    outline: &Outline,
) -> impl Iterator<Item = RepoPath> {
    let links = outline.links.iter().filter(|link| link.kind == LinkKind::Link);
    links.filter_map(|link| addresses.resolve_from(page, &link.target).file().cloned())
}

/// The path of `address`, which may be a whole URL: links on pages leave the host out.
fn on_the_site(address: &str) -> &str {
    let Some((_, rest)) = address.split_once("://") else { return address };
    rest.find('/').map_or(address, |at| &rest[at..])
}

/// Reports `category` if it has a page that is not among those `linked` from the page `file` of its stage.
fn report_unlinked(
    context: Context<'_>,
    addresses: &Addresses,
    (stage, file): (&str, FileId),
    category: &Category,
    linked: &BTreeSet<RepoPath>,
    report: &mut Report,
) {
    let Some(direction) = &category.direction else { return };
    let target = addresses.resolve(&direction.value);
    if target.file().is_none_or(|page| linked.contains(page)) {
        return;
    }
    let name = category.name.as_ref().unwrap_or(&category.key).value.as_str();
    let message = format!("the page of the stage `{stage}` does not link its category `{name}`");
    let finding = Finding::new(title_place(context.files, file), message)
        .of_file()
        .of_quoted()
        .help(format!("link `{}` on it", on_the_site(direction.value.trim())))
        .related(direction.span, "the category's page");
    report.add(finding);
}

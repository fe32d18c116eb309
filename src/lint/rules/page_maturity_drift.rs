//! `page-maturity-drift`: a page and the data that differ about maturity.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::handbook::address::Target;
use crate::handbook::stated_maturity::{LevelWords, Stated, stated_maturity};
use crate::handbook::{Category, Ladder};
use crate::lint::{Context, Example, Finding, Fix, Manual, Needs, Report, Rule, Severity};
use crate::review::PageReview;
use crate::source::{RepoPath, Span, fold};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "page-maturity-drift",
    level: Some(Severity::Warning),
    needs: Needs::REVIEWS,
    manual: Manual {
        what: "Fires on a category's page that states another maturity than the data: in its top table, in its section called Maturity, or in a sentence such as `Search is at the **Viable** level`. What it plans, and what it was, does not count; of several places the first of these counts. An empty `maturity` is the lowest level. Where several categories share a page, it fires if none of them is at the level. `Loveable` is `lovable`, and is pointed out (info).",
        why: "Readers of the page and readers of the data are told different things, and one of them is misled.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\n<!-- data/categories.yml says `maturity: minimal` -->\n\nThis category is currently at the **Viable** level.\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\n<!-- data/categories.yml says `maturity: minimal` -->\n\nThis category is currently at the **Minimal** level.\n",
        },
        source: "GitLab: categories.yml and the page agree on maturity.",
    },
    check,
};

/// A category, and how high its level is; `None` for a level that is none.
type Levelled<'a> = (&'a Category, Option<usize>);

/// A page, and the id of a section of it.
type Place = (RepoPath, Option<String>);

fn check(context: Context<'_>, report: &mut Report) {
    let Some(survey) = context.reviews else { return };
    let ladder = &context.handbook.ladder;
    let by_place = by_place(context);
    if by_place.is_empty() {
        return;
    }
    let levels = LevelWords::of(context.handbook);
    let of_page = |page: &PageReview| {
        let mut found = Vec::new();
        let own = (page.path.clone(), None)..;
        let own = by_place.range(own).take_while(|((path, _), _)| *path == page.path);
        for ((_, section), categories) in own {
            let names = categories.iter().filter_map(|(category, _)| category.name.as_ref());
            let names: Vec<&str> = names.map(|name| name.value.as_str()).collect();
            let file = context.files.file(page.file);
            let (text, outline) = (file.text(), || file.outline());
            let stated = stated_maturity(text, outline, section.as_deref(), &levels, &names);
            let Some(stated) = stated else { continue };
            let spelling = &text[stated.span.clone()];
            if categories.iter().all(|(_, height)| *height != Some(stated.height)) {
                if categories.iter().all(|(_, height)| height.is_some()) {
                    found.push(drift(context, page, &stated, spelling, categories));
                }
            } else if is_variant(spelling, ladder, &stated) {
                found.push(variant(page, &stated, spelling));
            }
        }
        found
    };
    let found: Vec<_> = survey.pages.par_iter().map(of_page).collect();
    found.into_iter().flatten().for_each(|finding| report.add(finding));
}

/// The categories by the pages of their direction, and the section of it if the address names one: a category
/// that is a section of a page has no say in what the rest of the page is about.
fn by_place(context: Context<'_>) -> BTreeMap<Place, Vec<Levelled<'_>>> {
    let handbook = context.handbook;
    let addresses = handbook.addresses();
    let mut by_place: BTreeMap<Place, Vec<Levelled<'_>>> = BTreeMap::new();
    for category in &handbook.categories {
        let Some(direction) = &category.direction else { continue };
        let target = addresses.resolve(&direction.value);
        let Some(page) = target.file() else { continue };
        let section = match &target {
            Target::Redirected { to, .. } => {
                section_of(to).or_else(|| section_of(&direction.value))
            }
            _ => section_of(&direction.value),
        };
        let maturity = category.maturity.as_ref().map(|maturity| maturity.value.as_str());
        let is_broken = category.broken.iter().any(|field| field == "maturity");
        let height = handbook.ladder.height(maturity).filter(|_| !is_broken);
        by_place.entry((page.clone(), section)).or_default().push((category, height));
    }
    by_place
}

/// The id behind `#`.
fn section_of(address: &str) -> Option<String> {
    let (_, id) = address.split_once('#')?;
    let id = id.trim();
    (!id.is_empty()).then(|| id.to_owned())
}

fn drift(
    context: Context<'_>,
    page: &PageReview,
    stated: &Stated,
    spelling: &str,
    categories: &[Levelled<'_>],
) -> Finding {
    let rungs = &context.handbook.ladder.rungs;
    let level = |height: usize| rungs.get(height).map_or("", |rung| rung.key.as_str());
    let place = Span::new(page.file, stated.span.clone());
    let said = categories.iter().map(|(category, height)| {
        format!("`{}` is `{}`", category.key.value, level(height.unwrap_or_default()))
    });
    let said: Vec<String> = said.collect();
    let message = format!(
        "this page states the maturity `{}`, but by the data {}",
        level(stated.height),
        said.join(", ")
    );
    let help = if is_variant(spelling, &context.handbook.ladder, stated) {
        "change the page or the data, so that both say the same; the level is spelt `lovable`"
    } else {
        "change the page or the data, so that both say the same"
    };
    let finding = Finding::new(place, message).label("another level").help(help);
    categories.iter().fold(finding, |finding, (category, _)| match &category.maturity {
        Some(maturity) => finding.related(maturity.span, "the level in the data"),
        None => finding.related(category.key.span, "without a level, which is the lowest"),
    })
}

/// Whether the level is spelt `Loveable`, where the data says `lovable`.
fn is_variant(spelling: &str, ladder: &Ladder, stated: &Stated) -> bool {
    let is_key = ladder.rungs.get(stated.height).is_some_and(|rung| rung.key == "lovable");
    is_key && fold(spelling) == "loveable"
}

fn variant(page: &PageReview, stated: &Stated, spelling: &str) -> Finding {
    let place = Span::new(page.file, stated.span.clone());
    let message = format!("`{spelling}` is spelt `lovable` in the data");
    let mut finding = Finding::new(place, message).help("write `Lovable`");
    finding.at_most = Severity::Info;
    if spelling.eq_ignore_ascii_case("loveable") {
        let superfluous = stated.span.start + "lov".len();
        let letter = Span::new(page.file, superfluous..superfluous + "e".len());
        finding.fix = Some(Fix::text(letter, ""));
    }
    finding
}

//! `page-maturity-drift`: a page and the data that differ about maturity.

use std::collections::{BTreeMap, HashSet};

use crate::handbook::address::Addresses;
use crate::handbook::stated_maturity::{LevelWords, Stated, stated_maturity};
use crate::handbook::{Category, Ladder};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::review::PageReview;
use crate::source::{RepoPath, Span, fold};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "page-maturity-drift",
    level: Some(Severity::Warning),
    needs: Needs::Reviews,
    manual: Manual {
        what: "Fires on a category's page that states another maturity than the data: in its top table, in its section called Maturity, or in a sentence such as `Search is at the **Viable** level`. What it plans, and what it was, does not count; of several places the first of these counts. An empty `maturity` is the lowest level. Where several categories share a page, it fires if none of them is at the level. `Loveable` is `lovable`, and is pointed out (info).",
        why: "Readers of the page and readers of the data are told different things, and one of them is misled.",
        bad: Example {
            path: "direction/search/index.md",
            text: "| Maturity | Viable |\n| --- | --- |\n\n# data/categories.yml says\n#   maturity: minimal\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "| Maturity | Minimal |\n| --- | --- |\n\n# data/categories.yml says\n#   maturity: minimal\n",
        },
        source: "GitLab: categories.yml and the page agree on maturity.",
    },
    check,
};

/// A category, and how high its level is.
type Levelled<'a> = (&'a Category, usize);

fn check(context: Context<'_>, report: &mut Report) {
    let Some(survey) = context.reviews else { return };
    let ladder = &context.handbook.ladder;
    let by_page = by_page(context);
    if by_page.is_empty() {
        return;
    }
    let levels = LevelWords::of(context.handbook);
    for page in &survey.pages {
        let Some(categories) = by_page.get(&page.path) else { continue };
        let names: Vec<&str> = categories
            .iter()
            .filter_map(|(one, _)| Some(one.name.as_ref()?.value.as_str()))
            .collect();
        let text = context.files.file(page.file).text();
        let Some(stated) = stated_maturity(text, &levels, &names) else { continue };
        let spelling = &text[stated.span.clone()];
        if categories.iter().all(|(_, height)| *height != stated.height) {
            report.add(drift(context, page, &stated, spelling, categories));
        } else if is_variant(spelling, ladder, &stated) {
            report.add(variant(page, &stated, spelling));
        }
    }
}

/// The categories by the pages of their direction. A category whose level or whose direction cannot be read
/// is left out with its page: nothing could be said of the two together.
fn by_page<'a>(context: Context<'a>) -> BTreeMap<RepoPath, Vec<Levelled<'a>>> {
    let handbook = context.handbook;
    let addresses = Addresses::of(handbook);
    let mut by_page: BTreeMap<RepoPath, Vec<Levelled<'_>>> = BTreeMap::new();
    let mut unclear = HashSet::new();
    for category in &handbook.categories {
        let Some(direction) = &category.direction else { continue };
        let target = addresses.resolve(&direction.value);
        let Some(page) = target.file() else { continue };
        let maturity = category.maturity.as_ref().map(|maturity| maturity.value.as_str());
        let is_broken = category.broken.iter().any(|field| field == "maturity");
        match handbook.ladder.height(maturity) {
            Some(height) if !is_broken => {
                by_page.entry(page.clone()).or_default().push((category, height));
            }
            _ => drop(unclear.insert(page.clone())),
        }
    }
    by_page.retain(|page, _| !unclear.contains(page));
    by_page
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
    let said: Vec<String> = categories
        .iter()
        .map(|(category, height)| format!("`{}` is `{}`", category.key.value, level(*height)))
        .collect();
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
    finding
}

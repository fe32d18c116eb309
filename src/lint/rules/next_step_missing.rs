//! `next-step-missing`: a direction page whose section about what comes next names nothing.

use std::collections::BTreeSet;

use super::unwritten::says_nothing;
use crate::handbook::templates::is_template;
use crate::handbook::{Handbook, Page};
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::{RepoPath, Span};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "next-step-missing",
    level: Some(Severity::Warning),
    needs: Needs::OUTLINES,
    manual: Manual {
        what: "Fires on a section called `What's next`, `What's next and why`, `Next steps` or the like that names nothing: it is empty, or holds only headings, comments, or words such as `TBD`, `N/A` and `Coming soon`. It looks at the pages of categories and teams, where their `direction` or `strategy_link` leads, and at pages of the kind `strategy`.",
        why: "What comes next is what most readers open the page for, and an empty promise tells them that nobody knows.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\n## What's next & why\n\nTBD\n\n## Competitors\n\nThe card index.\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\n## What's next & why\n\nSearch by colour, because that is what readers remember.\n\n## Competitors\n\nThe card index.\n",
        },
        source: "GitLab and Sourcegraph: their templates of direction and strategy pages ask what is next, and why.",
    },
    check,
};

/// How many bytes of a section are quoted.
const LONGEST_QUOTE: usize = 60;

/// The kind of pages that tell the strategy of a team.
const STRATEGY: &str = "strategy";

fn check(context: Context<'_>, report: &mut Report) {
    let pages = pages_with_a_next_step(context.handbook);
    report.of_each(&context.handbook.pages, |page, report| {
        let (text, outline) = context.read(page);
        if !looks_ahead(page, &pages) || is_template(&page.path) {
            return;
        }
        for (index, heading) in outline.headings.iter().enumerate() {
            if !is_about_the_next_step(&heading.title) {
                continue;
            }
            let prose = outline.prose(text, outline.section(text, index));
            if says_nothing(&prose) {
                let span = Span::new(page.file, heading.title_span.clone());
                let words = prose.split_whitespace().collect::<Vec<_>>().join(" ");
                let is_bare = !words.contains(char::is_alphanumeric);
                let message = match words.len() {
                    _ if is_bare => format!("the section `{}` is empty", heading.title),
                    0..=LONGEST_QUOTE => {
                        format!("the section `{}` says only `{words}`", heading.title)
                    }
                    _ => format!("the section `{}` names nothing", heading.title),
                };
                let help = "name the next step and why it is the next, or take the section out";
                report.add(Finding::new(span, message).label("names nothing").help(help));
            }
        }
    });
}

/// The pages that categories and teams name as theirs.
pub(super) fn pages_with_a_next_step(handbook: &Handbook) -> BTreeSet<RepoPath> {
    let categories = handbook.categories.iter().map(|category| &category.direction);
    let teams = handbook.teams.iter().map(|team| &team.strategy_link);
    let orgs = handbook.product_orgs.iter().map(|org| &org.strategy_link);
    let addresses = handbook.addresses();
    let named = categories.chain(teams).chain(orgs).flatten();
    named.filter_map(|address| addresses.resolve(&address.value).file().cloned()).collect()
}

/// Whether `page` is one that has to name the next step; `pages` are those that the data names.
pub(super) fn looks_ahead(page: &Page, pages: &BTreeSet<RepoPath>) -> bool {
    page.kind == STRATEGY || pages.contains(&page.path)
}

/// Whether a heading is one over what comes next: `What's Next & Why`, `What is next for us?`, `Next steps`,
/// `Where we are now and what's next`.
pub(super) fn is_about_the_next_step(title: &str) -> bool {
    let title: String = title.to_lowercase().chars().filter(|c| !is_apostrophe(*c)).collect();
    let words: Vec<&str> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let holds = |phrase: &[&str]| words.windows(phrase.len()).any(|window| window == phrase);
    holds(&["whats", "next"])
        || holds(&["what", "is", "next"])
        || holds(&["what", "comes", "next"])
        || words.starts_with(&["next", "steps"])
        || words.starts_with(&["next", "step"])
}

/// The signs that are typed for an apostrophe.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{b4}' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{ff07}')
}

#[cfg(test)]
mod tests {
    use super::is_about_the_next_step as is_next;

    #[test]
    fn the_heading_is_known_however_it_is_written() {
        for title in [
            "What's Next & Why",
            "What’s next?",
            "Whats next",
            "What is Next & Why?",
            "What's next for us",
            "Next steps",
            "Where we are now and what's next",
        ] {
            assert!(is_next(title), "{title}");
        }
        for title in ["Next", "What is not planned", "Next-generation scanning", "What next means"]
        {
            assert!(!is_next(title), "{title}");
        }
    }
}

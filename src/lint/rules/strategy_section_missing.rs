//! `strategy-section-missing`: a page without a section that its template asks for.

use super::pages::title_place;
use crate::config::{Pages, Profile, SetBy};
use crate::handbook::Page;
use crate::handbook::template_sections::{Misplaced, compare};
use crate::lint::{Context, Example, Finding, Fix, Manual, Needs, Report, Rule, Severity};
use crate::source::Span;
use crate::source::markdown::{Heading, Outline};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "strategy-section-missing",
    level: Some(Severity::Warning),
    needs: Needs::OUTLINES,
    manual: Manual {
        what: "Fires on a page that lacks sections of its template, once for all of them, on a heading that is nearly one of them, and on one that is out of their order. `sections` of a `[[pages]]` in `pmctl.toml` names them, for every page that the entry matches; in `sourcegraph` they are those of the strategy template, for the pages below `content/strategy-goals/strategy/` that have two of them at least: the others are lists of pages, and pages about something else. Case, signs, `&` for `and`, the level of a heading and words around a section's name make no difference.",
        why: "Who compares strategies looks for the same answers on every page, and what is left out is what nobody has thought about.",
        bad: Example {
            path: "content/strategy-goals/strategy/search/index.md",
            text: "# Search strategy\n\n## Misson\n\nFind every book.\n\n## Goals\n\nTen seconds a book.\n",
        },
        good: Example {
            path: "content/strategy-goals/strategy/search/index.md",
            text: "# Search strategy\n\n## Mission\n\nFind every book.\n\n## Guiding principles\n\nReaders first.\n\n## Where we are now\n\n### Top customer, support, sales and marketing issues\n\nUmlauts.\n\n### Competitive landscape\n\nThe card index.\n\n## Strategy and plans\n\n### Goals\n\nTen seconds a book.\n\n### Themes\n\nColours.\n\n### What's next and why\n\nUmlauts, because half of all names have one.\n\n### What we're not working on & why\n\nSmells.\n",
        },
        source: "Sourcegraph: a strategy page follows `page_templates/strategy_template.md`, which lets a team leave out what it knows to be irrelevant.",
    },
    check,
};

/// How many sections a page has at least that is written after the template, where only the profile says so.
const OF_THE_FORM: usize = 2;

fn check(context: Context<'_>, report: &mut Report) {
    for (page, text, outline) in context.outlined() {
        let entry = context.config.pages.get(page.entry);
        let Some(entry) = entry.filter(|entry| !entry.sections.is_empty()) else { continue };
        judge(context, page, text, outline, entry, report);
    }
}

fn judge(
    context: Context<'_>,
    page: &Page,
    text: &str,
    outline: &Outline,
    entry: &Pages,
    report: &mut Report,
) {
    let compared = compare(&outline.headings, &entry.sections);
    if compared.met < OF_THE_FORM && entry.set_by == SetBy::Profile {
        return;
    }
    // What a partial brings in is not seen.
    let is_whole = !(context.config.profile == Profile::Gitlab && text.contains("<%="));
    if is_whole && !compared.missing.is_empty() {
        let names = compared.missing.iter().map(|&at| format!("`{}`", entry.sections[at]));
        let names: Vec<String> = names.collect();
        let message = match names.as_slice() {
            [name] => format!("this page lacks the section {name} of its template"),
            _ => format!(
                "this page lacks {} sections of its template: {}",
                names.len(),
                names.join(", ")
            ),
        };
        report.add(
            Finding::new(title_place(context.files, page.file), message)
                .of_file()
                .of_quoted()
                .help("write what there is to say under each, in the order of the template"),
        );
    }
    for (at, section) in compared.near {
        let heading = &outline.headings[at];
        let section = &entry.sections[section];
        let span = Span::new(page.file, heading.title_span.clone());
        let message =
            format!("the section `{}` is called `{section}` in the template", heading.title);
        let finding = Finding::new(span, message).help(format!("write `{section}`"));
        report.add(match heading.title == text[heading.title_span.clone()] {
            true => finding.fix(Fix::text(span, section).needs_a_look()),
            // Marks in the heading would be lost.
            false => finding,
        });
    }
    if let Some(misplaced) = compared.misplaced {
        report.add(out_of_order(page, &outline.headings, misplaced));
    }
}

fn out_of_order(page: &Page, headings: &[Heading], found: Misplaced) -> Finding {
    let (heading, other) = (&headings[found.heading], &headings[found.other]);
    let place = |heading: &Heading| Span::new(page.file, heading.title_span.clone());
    let (stands, belongs) =
        if found.belongs_before { ("behind", "before") } else { ("before", "behind") };
    let message = format!(
        "the section `{}` stands {stands} `{}`, but the template has it {belongs} that",
        heading.title, other.title
    );
    Finding::new(place(heading), message)
        .label("out of order")
        .help(format!("move it {belongs} `{}`", other.title))
        .related(place(other), format!("belongs {stands} it"))
}

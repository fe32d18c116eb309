//! `link-unsafe-scheme`: a link that runs a script, or opens a document that the link itself holds.

use std::collections::HashSet;

use super::links::shown;
use crate::handbook::LinkingText;
use crate::handbook::schema::Links;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::Span;
use crate::source::markdown::{Link, LinkForm, LinkKind, Outline};
use crate::source::scheme::is_unsafe;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "link-unsafe-scheme",
    level: Some(Severity::Error),
    needs: Needs::OUTLINES,
    manual: Manual {
        what: "Fires on a link or an address in raw HTML that begins with `javascript:`, `vbscript:` or `data:`, however it is spelled, on pages and in the links of data files. Images may be `data:image/...`.",
        why: "Who follows it runs a script in the name of the site, or sees a page that only looks like one of the site.",
        bad: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\nSee [the pilots](javascript:openPilots%28%29).\n",
        },
        good: Example {
            path: "direction/harbour.md",
            text: "# Harbour\n\nSee [the pilots](pilots.md).\n",
        },
        source: "The URL and HTML standards: `javascript:` runs in the page that holds the link. GitHub and GitLab remove such links.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report.of_each(&context.handbook.pages, |page, report| {
        let outline = context.read(page).1;
        of_markdown(outline, |range| Span::new(page.file, range), context, report);
    });
    // What several records take from one anchor is in one place.
    let mut seen = HashSet::new();
    for LinkingText { links, text } in &context.handbook.links {
        if !text.value.contains([':', '&']) || !seen.insert(text.span) {
            continue;
        }
        match links {
            Links::Whole if is_unsafe(&text.value, false) => {
                report.add(finding(text.span, &text.value));
            }
            Links::Whole => {}
            Links::Markdown => {
                // Escapes and indentation of YAML are not in the value, so the whole text is the place.
                let outline = Outline::parse_without_bare_links(&text.value);
                let of_html = outline.unsafe_html.iter().map(|range| &text.value[range.clone()]);
                let of_links = unsafe_links(&outline).map(|link| link.target.as_str());
                of_links.chain(of_html).for_each(|target| report.add(finding(text.span, target)));
            }
        }
    }
}

/// Reports the unsafe links of a page with `outline`, whose ranges `span` places in its file.
fn of_markdown(
    outline: &Outline,
    span: impl Fn(std::ops::Range<usize>) -> Span,
    context: Context<'_>,
    report: &mut Report,
) {
    let mut definitions = HashSet::new();
    for link in unsafe_links(outline) {
        let range = match link.target_span.is_empty() {
            true => link.span.clone(),
            false => link.target_span.clone(),
        };
        // Several links may share one definition.
        if link.form != LinkForm::Reference || definitions.insert(range.start) {
            report.add(finding(span(range), &link.target));
        }
    }
    for range in &outline.unsafe_html {
        let place = span(range.clone());
        report.add(finding(place, context.files.slice(place)));
    }
}

/// The links of Markdown that are not safe to follow; those of HTML are in [`Outline::unsafe_html`].
fn unsafe_links(outline: &Outline) -> impl Iterator<Item = &Link> {
    let links = outline.links.iter().filter(|link| link.form != LinkForm::Html);
    links.filter(|link| is_unsafe(&link.target, link.kind == LinkKind::Image))
}

fn finding(place: Span, target: &str) -> Finding {
    Finding::new(place, format!("`{}` is not safe to follow", shown(target.trim())))
        .label("unsafe scheme")
        .help("link to a page or a file, or remove the link")
}

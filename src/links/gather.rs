//! Where links stand: on pages, and in the texts of data files.

use std::ops::Range;

use foldhash::{HashSet, HashSetExt};

use super::malformed::{self, Fault};
use super::resolve::{Resolved, Resolver};
use super::tree::is_markdown;
use super::{Hold, Leads, Link, Origin, gitbook};
use crate::config::Profile;
use crate::generate::mark::MarkKind;
use crate::generate::page::GeneratedPage;
use crate::handbook::schema;
use crate::handbook::{Handbook, LinkingText, Page};
use crate::repo::Files;
use crate::source::markdown::{self, LinkForm, Outline};
use crate::source::{FileStore, Ranges, SourceFile, Span};

/// How long a target with white space in it may be, in bytes.
const MAX_SPACED: usize = 1_000;

/// The links of `page`, except those that lead out of the handbook. Those that are generated belong to the data.
pub(super) fn of_page(
    page: &Page,
    file: &SourceFile,
    marked: Option<&GeneratedPage>,
    resolver: &Resolver<'_, impl Files>,
) -> Vec<Link> {
    let (text, outline) = (file.text(), file.outline());
    let generated = marked.map(generated_ranges).unwrap_or_default();
    let mut definitions = HashSet::new();
    let mut links = Vec::new();
    let mut add = |target: &str, range: Range<usize>, hold: Hold, is_html: bool| {
        if let Some(Resolved { leads, is_absolute }) = resolver.on_page(page, target) {
            let place = Span::new(page.file, range);
            let (origin, target) = (Origin::Page(page.path.clone()), target.trim().to_owned());
            let missing_anchor = None;
            links.push(Link {
                origin,
                place,
                hold,
                target,
                leads,
                is_html,
                is_absolute,
                missing_anchor,
            });
        }
    };
    for link in outline.links.iter().filter(|link| !generated.contains(link.span.start)) {
        if link.form == LinkForm::Reference && !definitions.insert(link.target_span.start) {
            continue;
        }
        let (range, hold) = place_of(link);
        if hold == Hold::None && resolver.is_front_page(&link.target) {
            // Who writes the address of the site in words speaks of the site.
            continue;
        }
        add(&link.target, range, hold, link.form == LinkForm::Html);
    }
    if matches!(resolver.tree.profile, Profile::Mattermost | Profile::Default) {
        for range in gitbook::targets(text).filter(|range| !outline.is_literal(range.start)) {
            add(&text[range.clone()], range, Hold::Text, false);
        }
    }
    links.extend(with_spaces(page, text, outline));
    links
}

/// The target of `link`, and how it can be replaced.
fn place_of(link: &markdown::Link) -> (Range<usize>, Hold) {
    match link.form {
        LinkForm::Autolink | LinkForm::Bare => (link.span.clone(), Hold::None),
        _ if link.target_span.is_empty() => (link.span.clone(), Hold::None),
        _ => (link.target_span.clone(), Hold::Text),
    }
}

fn generated_ranges(page: &GeneratedPage) -> Ranges {
    let marks = page.filled.iter().filter(|filled| filled.outcome.is_ok());
    let blocks = marks.filter_map(|filled| match &filled.mark.kind {
        MarkKind::Block { content, .. } => Some(content.clone()),
        MarkKind::Directive { .. } => None,
    });
    blocks.collect()
}

/// What was meant as a link but is none, because white space stands in its target: `[x](/my plans.md)`.
fn with_spaces(page: &Page, text: &str, outline: &Outline) -> Vec<Link> {
    let mut known: Option<HashSet<usize>> = None;
    let mut links = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "](") {
        let start = at + 2;
        // No further, or a long line of brackets would be read once for each.
        let window = &text[start..text.floor_char_boundary(start + MAX_SPACED)];
        let Some(length) = memchr::memchr2(b')', b'\n', window.as_bytes()) else { continue };
        let inner = &window[..length];
        if !window[length..].starts_with(')') || !is_spaced_address(inner) {
            continue;
        }
        let range = start..start + length;
        let known = known.get_or_insert_with(|| {
            let marked = outline.links.iter().filter(|link| link.form != LinkForm::Bare);
            marked.map(|link| link.target_span.start).collect()
        });
        if known.contains(&start) || outline.is_literal(at) {
            continue;
        }
        links.push(Link {
            origin: Origin::Page(page.path.clone()),
            place: Span::new(page.file, range),
            hold: Hold::Text,
            target: inner.to_owned(),
            leads: Leads::Malformed(Fault::Space { repaired: malformed::spaced_out(inner) }),
            is_html: false,
            is_absolute: false,
            missing_anchor: None,
        });
    }
    links
}

/// Whether `text` is an address with white space in it, and not one with a title or the size of a picture behind it.
fn is_spaced_address(text: &str) -> bool {
    if !malformed::has_space(text.trim()) {
        return false;
    }
    let path = text.split('#').next().unwrap_or_default();
    let is_address =
        ["https://", "http://", "/", "./", "../"].iter().any(|start| text.starts_with(start))
            || is_markdown(path)
            || names_heading(text);
    is_address && !text.contains(['"', '\'', '(', '<', '[', '{', '='])
}

/// Whether `text` begins as the id of a heading does, and not as the number of an issue.
fn names_heading(text: &str) -> bool {
    let Some(fragment) = text.strip_prefix('#') else { return false };
    let first = fragment.split(char::is_whitespace).next().unwrap_or_default();
    first.starts_with(char::is_alphanumeric) && !first.bytes().all(|byte| byte.is_ascii_digit())
}

/// The links of data files, except those that lead out of the handbook.
pub(super) fn of_data(
    handbook: &Handbook,
    files: &FileStore,
    resolver: &Resolver<'_, impl Files>,
) -> Vec<Link> {
    let mut seen = HashSet::new();
    let mut links = Vec::new();
    for LinkingText { links: kind, text } in &handbook.links {
        // What several records take from one anchor stands in one place.
        if !seen.insert(text.span) {
            continue;
        }
        let mut add = |target: &str, place: Span, hold: Hold, form: Option<LinkForm>| {
            if let Some(Resolved { leads, is_absolute }) = resolver.in_data(target, form.is_none())
            {
                let (origin, target) = (Origin::Data, target.trim().to_owned());
                let missing_anchor = None;
                links.push(Link {
                    origin,
                    place,
                    hold,
                    target,
                    leads,
                    is_html: form == Some(LinkForm::Html),
                    is_absolute,
                    missing_anchor,
                });
            }
        };
        match kind {
            schema::Links::Whole => add(&text.value, text.span, Hold::Scalar, None),
            // Most texts have nothing that could be a link.
            schema::Links::Markdown if !may_link(&text.value) => {}
            schema::Links::Markdown => {
                let outline = Outline::parse_without_bare_links(&text.value);
                let file = files.file(text.span.file).text();
                let written = file.get(text.span.range()).unwrap_or_default();
                let mut search = Some(0);
                for link in &outline.links {
                    let (place, hold) = match place_in(written, link, &mut search) {
                        Some(range) => {
                            let start = text.span.range().start;
                            let range = start + range.start..start + range.end;
                            (Span::new(text.span.file, range), Hold::Text)
                        }
                        None => (text.span, Hold::None),
                    };
                    add(&link.target, place, hold, Some(link.form));
                }
            }
        }
    }
    links
}

/// Whether a link with a mark may stand in `text`.
fn may_link(text: &str) -> bool {
    memchr::memchr2(b'[', b'<', text.as_bytes()).is_some()
}

/// Where the target of `link` stands in a text as it is `written` in a data file, from `search` on. Escapes and indentation
/// may stand between the two. Once a target is not found as it is, those behind it are not looked for.
fn place_in(
    written: &str,
    link: &markdown::Link,
    search: &mut Option<usize>,
) -> Option<Range<usize>> {
    if link.form != LinkForm::Inline || link.target.is_empty() {
        return None;
    }
    let from = search.take()?;
    let mark = "](";
    let start = from + written[from..].find(&format!("{mark}{}", link.target))? + mark.len();
    let range = start..start + link.target.len();
    *search = Some(range.end);
    Some(range)
}

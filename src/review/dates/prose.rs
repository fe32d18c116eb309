//! What the body of a page says: lines, sentences, footers, tables and comments.

use std::ops::Range;

use crate::source::markdown::Outline;

use super::freshness;
use super::marker::Strength;
use super::others::is_in_foreign_facts;
use super::phrases::{Phrase, Start, Value, phrases};
use super::place::{FOOTER_LINES, Places, Zone, has_text};
use super::tables;
use super::tokens::Break;
use super::words::marker_words;
use super::{Finding, Form, Raw, What};

/// What a body says.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) findings: Vec<Finding>,
    pub(super) interval: Option<Raw>,
    pub(super) owner: Option<Raw>,
}

/// Reads `page` from `start` on, which is behind the front matter.
///
/// The lines around the words of a marker are read first, as text. Only if one of them says something, or
/// might in a table or a comment, is the page read as Markdown, to learn what of it is code, a comment, a
/// table, a section; unless somebody has, who gives its `outline`.
///
/// Where the page has the date of its review before its first section, or in its front matter (`has_review`), what a
/// section begins with is the section's.
pub(super) fn read(
    page: &str,
    start: usize,
    outline: Option<&Outline>,
    mut has_review: bool,
) -> Body {
    let mut body = Body::default();
    let mut found: Vec<Phrase> = Vec::new();
    let mut is_worth_parsing = false;
    let mut last = start;
    for window in windows(page, start) {
        let text = &page[window.clone()];
        last = window.end;
        let may_be_table = text.contains('|');
        is_worth_parsing |= text.contains("freshness:") || tables::may_be_change_log(text);
        for phrase in phrases(page, window) {
            is_worth_parsing |= may_be_table || !matches!(phrase.value, Value::Nothing);
            found.push(phrase);
        }
    }
    if !is_worth_parsing {
        return body;
    }
    let read_now;
    let outline = match outline {
        Some(outline) => outline,
        None => {
            read_now = Outline::parse_without_bare_links(&page[..enough(page, last)]);
            &read_now
        }
    };
    let places = Places::new(page, outline, &found);
    for comment in outline.comments.iter().filter(|comment| !places.is_code(comment.span.start)) {
        let Some(fresh) = freshness::read(page, comment.span.clone()) else { continue };
        body.findings.extend(fresh.finding);
        body.interval = body.interval.or(fresh.interval);
        body.owner = body.owner.or(fresh.owner);
    }
    body.findings.extend(tables::read(page, outline, &places, &found));
    body.findings.extend(found.into_iter().filter_map(|phrase| own(page, phrase, &places)));
    let is_review = |finding: &Finding| finding.facts.reviewed;
    let is_before = |finding: &Finding| !places.is_in_first_sections(finding.start());
    has_review |= body.findings.iter().any(|it| is_review(it) && is_before(it));
    if has_review {
        body.findings.retain(|finding| {
            !is_review(finding) || finding.form == Form::Freshness || is_before(finding)
        });
    }
    body
}

/// How much of `page` has to be read as Markdown to know what surrounds the markers, of which the last ends
/// at `last`. What follows more lines of text than a footer has, and then an empty line, changes neither the
/// blocks before it nor whether a marker is in a footer; most of most pages need not be read.
fn enough(page: &str, last: usize) -> usize {
    let mut at = last;
    let mut lines = 0;
    for line in page[last..].split_inclusive('\n') {
        let is_empty = line.trim().is_empty();
        if is_empty && lines > FOOTER_LINES {
            // A comment that goes on behind the empty line hides what stands before its end.
            let rest = &page[at..];
            let closes = rest.find("-->").unwrap_or(rest.len());
            let opens = rest.find("<!--").unwrap_or(rest.len());
            let may_be_hidden = closes < opens || rest.contains("{:/");
            return if may_be_hidden { page.len() } else { at };
        }
        lines += usize::from(has_text(line));
        at += line.len();
    }
    page.len()
}

/// The lines around the words of a marker, without overlap: a sentence begins at most two lines before
/// the words, and its date follows at most three lines behind.
fn windows(page: &str, start: usize) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut done = start;
    for word in marker_words(&page[start..]) {
        let word = start + word;
        if word < done {
            continue;
        }
        let mut from = page[done..word].rfind('\n').map_or(done, |at| done + at + 1);
        let first = from;
        for _ in 0..2 {
            let before = page[done..from].strip_suffix('\n').unwrap_or_default();
            let line = before.rfind('\n').map_or(0, |at| at + 1);
            if before[line..].trim().is_empty() {
                break;
            }
            from = done + line;
        }
        let mut end = first;
        for at in 0..4 {
            let line = page[end..].split_inclusive('\n').next().unwrap_or_default();
            if at > 0 && line.trim().is_empty() {
                break;
            }
            end += line.len();
        }
        match windows.last_mut() {
            Some(last) if last.end == from && !ends_blank(&page[last.clone()]) => last.end = end,
            _ => windows.push(from..end),
        }
        done = end;
    }
    windows
}

fn ends_blank(text: &str) -> bool {
    text.ends_with("\n\n")
}

/// The phrase as a date of the page, if it is the page's own.
///
/// A phrase that names the page counts wherever it stands. Any other counts where the page speaks of itself:
/// before its first section, behind its last, in a section about the page. Elsewhere it is the date of a
/// section or of a table.
fn own(page: &str, phrase: Phrase, places: &Places<'_>) -> Option<Finding> {
    let at = phrase.label.start;
    if places.is_hidden(at) || places.is_in_table(at) {
        return None;
    }
    let what = match phrase.value {
        Value::Date(date, span) => What::Date(date, span),
        Value::Malformed(span) => What::Malformed(span),
        Value::Partial(name, span) => What::Partial(name, span),
        Value::Nothing => return None,
    };
    let end = match &what {
        What::Date(_, span) | What::Malformed(span) | What::Partial(_, span) => span.end,
    };
    let zone = places.zone(at);
    let label = &page[phrase.label.clone()];
    if places.title.is_foreign_marker(label, zone == Zone::Section)
        || is_in_foreign_facts(page, at, &places.title)
    {
        return None;
    }
    let is_heading = phrase.start == Start::Of(Break::Heading);
    let is_own_section = is_heading && places.is_heading_alone(at);
    let names_page = phrase.strength == Strength::Page && !places.is_in_quote(at);
    if zone == Zone::Section && !names_page && !is_own_section {
        return None;
    }
    if phrase.is_code && (zone != Zone::Head || !places.is_line_of_its_own(at, end)) {
        return None;
    }
    let is_foot = places.is_foot(at);
    let form = if places.is_html(at) && is_foot {
        Form::HtmlFooter
    } else if places.is_cell(at) {
        Form::TableRow
    } else if phrase.strength == Strength::Page {
        Form::Sentence
    } else if is_foot && zone != Zone::Head {
        Form::PlainFooter
    } else if phrase.is_labelled {
        Form::Line
    } else {
        Form::Sentence
    };
    Some(Finding { facts: phrase.facts, form, what })
}

//! What the body of a page says: lines, sentences, footers, tables and comments.

use super::forms::words_of_forms;
use super::freshness;
use super::pattern::Pattern;
use super::place::Places;
use super::statement::Text;
use super::tables;
use super::{Finding, Form, Raw};
use crate::source::markdown::{Outline, PlainText};

/// What a body says.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) findings: Vec<Finding>,
    pub(super) interval: Option<Raw>,
    pub(super) owner: Option<Raw>,
}

/// Reads `page` from `start` on, which is after the front matter. It is read as Markdown, unless somebody has, who gives
/// its `outline`, only if words of a form and what may be a date are near each other in it.
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
    if !may_say_anything(&page[start..].to_ascii_lowercase()) {
        return body;
    }
    let read_now;
    let outline = match outline {
        Some(outline) => outline,
        None => {
            read_now = Outline::parse_without_bare_links(page);
            &read_now
        }
    };
    let statements = Text::new(page, PlainText::new(page, &outline.text)).statements();
    let places = Places::new(page, outline, &statements);
    for comment in &outline.comments {
        let Some(fresh) = freshness::read(page, comment.span.clone()) else { continue };
        body.findings.extend(fresh.finding);
        body.interval = body.interval.or(fresh.interval);
        body.owner = body.owner.or(fresh.owner);
    }
    body.findings.extend(tables::read(page, outline, &places, &statements));
    body.findings.extend(statements.into_iter().filter_map(|it| places.own(it)));
    let is_before = |finding: &Finding| !places.is_in_first_sections(finding.value.span().start);
    has_review |= body.findings.iter().any(|it| it.facts.reviewed && is_before(it));
    if has_review {
        let is_kept = |it: &Finding| it.form == Form::Freshness || is_before(it);
        body.findings.retain(|it| !it.facts.reviewed || is_kept(it));
    }
    body
}

/// Whether `text`, which is in lower case, may say anything of its dates.
fn may_say_anything(text: &str) -> bool {
    // What may be a date or the place of one.
    static VALUE: Pattern = Pattern::new("[0-9]|<%|yy|xx|tb[dca]|todo|date|日付");
    let has_value = |at: usize| {
        let near = &text[at..text.floor_char_boundary(at + NEAR)];
        VALUE.is_match(near)
    };
    let mut last = None;
    let mut words = words_of_forms(text).filter(|&at| {
        let is_far = last.is_none_or(|last| at >= last + NEAR / 2);
        last = if is_far { Some(at) } else { last };
        is_far
    });
    words.any(has_value) || text.contains("freshness:") || tables::may_hold_change_log(text)
}

/// So many bytes after the words of a form, there may be its date.
const NEAR: usize = 1_500;

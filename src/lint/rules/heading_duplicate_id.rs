//! `heading-duplicate-id`: two places of a page that one link would lead to.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::prose::written_by_others;
use crate::lint::{Context, Example, Finding, Manual, Needs, Report, Rule, Severity};
use crate::source::markdown::{Heading, Outline, slug};
use crate::source::{FileId, Ranges, Span};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "heading-duplicate-id",
    level: Some(Severity::Info),
    needs: Needs::OUTLINES,
    manual: Manual {
        what: "Fires on an id that a page gives twice, be it to headings or other HTML elements, and on a heading that repeats another under the same heading above them. A name that stands in several sections, such as `Added` under each version, is part of their form; so is an anchor right before its heading.",
        why: "A link leads to the first of both. A heading that repeats gets `-1` behind its id, and another number when one before it goes.",
        bad: Example {
            path: "direction/search/index.md",
            text: "# Search\n\n## Plans\n\nBy author.\n\n## Plans\n\nBy year.\n",
        },
        good: Example {
            path: "direction/search/index.md",
            text: "# Search\n\n## Plans for authors\n\nBy author.\n\n## Plans for years\n\nBy year.\n",
        },
        source: "HTML: an id stands once on a page. GitHub numbers the headings that repeat.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report.of_each(&context.handbook.pages, |page, report| {
        let (text, outline) = context.read(page);
        // Ids that are made of titles differ, those of repeats by a number at the end.
        let is_given = !outline.anchors.is_empty()
            || outline.headings.iter().any(|heading| heading.explicit_id);
        let ends_in_digit = |id: &str| id.ends_with(|c: char| c.is_ascii_digit());
        let may_repeat = outline.headings.iter().any(|heading| ends_in_digit(&heading.id));
        if !is_given && !may_repeat {
            return;
        }
        let others = written_by_others(text, outline);
        given_twice(page.file, text, outline, &others, report);
        repeated(page.file, outline, &others, report);
    });
}

/// Reports ids that stand in two places.
fn given_twice(file: FileId, text: &str, outline: &Outline, others: &Ranges, report: &mut Report) {
    let headings = outline.headings.iter().map(|heading| Place {
        id: &heading.id,
        span: &heading.span,
        is_tag: false,
    });
    let anchors = outline.anchors.iter().map(|anchor| Place {
        id: &anchor.id,
        span: &anchor.span,
        is_tag: !text[anchor.span.clone()].ends_with('}'),
    });
    let mut places: Vec<Place<'_>> = headings.chain(anchors).collect();
    places.sort_by_key(|place| place.span.start);
    // Of each id the first place, and the last that is still the same one.
    let mut known: HashMap<&str, (Place<'_>, Place<'_>)> = HashMap::new();
    for place in places {
        let is_templated = place.id.contains("<%") || place.id.contains("{{");
        if place.id.is_empty() || is_templated || others.contains(place.span.start) {
            continue;
        }
        match known.entry(place.id) {
            Entry::Vacant(entry) => {
                entry.insert((place, place));
            }
            Entry::Occupied(mut entry) if place.is_at(text, entry.get().1) => {
                entry.get_mut().1 = place;
            }
            Entry::Occupied(entry) => report.add(again(file, place, entry.get().0)),
        }
    }
}

fn again(file: FileId, second: Place<'_>, first: Place<'_>) -> Finding {
    let message = format!("the id `{}` stands twice on this page", second.id);
    Finding::new(Span::new(file, second.span.clone()), message)
        .label("again here")
        .help("give one of them another id: links lead to the first")
        .related(Span::new(file, first.span.clone()), "first here")
}

/// A place that has an id.
#[derive(Clone, Copy)]
struct Place<'a> {
    id: &'a str,
    span: &'a Range<usize>,
    /// Whether the span is that of the id in a tag.
    is_tag: bool,
}

impl Place<'_> {
    /// Whether this is the place of `before`: one lies in the other, or nothing that is shown stands between
    /// them, as between an anchor and its heading, or between `id` and `name` of one tag.
    fn is_at(&self, text: &str, before: Self) -> bool {
        /// No markup between two such places is longer.
        const REACH: usize = 200;
        let Some(between) = text.get(before.span.end..self.span.start) else { return true };
        if between.len() > REACH {
            return false;
        }
        let mut is_tag = before.is_tag;
        between.chars().all(|c| {
            let is_shown = !is_tag && c != '<' && !c.is_whitespace();
            is_tag = c == '<' || is_tag && c != '>';
            !is_shown
        })
    }
}

/// Reports headings that repeat another under the same heading.
fn repeated(file: FileId, outline: &Outline, others: &Ranges, report: &mut Report) {
    // By slug and the heading above, the headings of that name.
    let mut sections: BTreeMap<String, BTreeMap<Option<usize>, Vec<&Heading>>> = BTreeMap::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    for (at, heading) in outline.headings.iter().enumerate() {
        while open.last().is_some_and(|(level, _)| *level >= heading.level) {
            open.pop();
        }
        let above = open.last().map(|(_, above)| *above);
        open.push((heading.level, at));
        let slug = slug(&heading.title);
        let is_made = others.contains(heading.title_span.start) || heading.title.contains("<%");
        if !slug.is_empty() && !heading.explicit_id && !is_made {
            sections.entry(slug).or_default().entry(above).or_default().push(heading);
        }
    }
    // A name that stands in several sections is part of their form.
    for by_section in sections.into_values().filter(|by_section| by_section.len() == 1) {
        for headings in by_section.into_values() {
            let [first, rest @ ..] = headings.as_slice() else { continue };
            for second in rest.iter().filter(|second| second.level == first.level) {
                report.add(repeat(file, first, second));
            }
        }
    }
}

fn repeat(file: FileId, first: &Heading, second: &Heading) -> Finding {
    let (taken, given) = (&first.id, &second.id);
    let message =
        format!("this heading gets the id `{given}`, as another in its section has `{taken}`");
    Finding::new(Span::new(file, second.title_span.clone()), message)
        .label("the same name")
        .help("name it for what sets it apart, or give it an id of its own")
        .related(Span::new(file, first.title_span.clone()), format!("its id is `{taken}`"))
}

//! Where in a page a date stands, and so whether it is the page's own.

use crate::handbook;
use crate::source::markdown::{BlockKind, CodeKind, Heading, Outline};

use super::marker::marker;
use super::others::Title;
use super::phrases::Phrase;
use crate::source::Ranges;

/// The parts of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Before the first section.
    Head,
    /// Behind the last section, or a few lines before the end of the page.
    Foot,
    /// A section about the page: `## Document control`.
    About,
    /// A section.
    Section,
}

/// The parts of one page.
pub(super) struct Places<'a> {
    page: &'a str,
    outline: &'a Outline,
    head_end: usize,
    /// Where the first heading is that is neither the title nor about the page.
    first_section: usize,
    /// Whether each heading, or one above it, is of a section about other things.
    foreign: Vec<bool>,
    pub(super) title: Title,
    /// Code that is no span, sorted.
    code: Ranges,
    comments: Ranges,
}

/// So many lines behind a date may be the rest of a footer.
pub(super) const FOOTER_LINES: usize = 8;

impl<'a> Places<'a> {
    /// The parts of `page`, in which `phrases` were found.
    pub(super) fn new(page: &'a str, outline: &'a Outline, phrases: &[Phrase]) -> Self {
        let code = outline.code.iter().filter(|code| code.kind != CodeKind::Span);
        let first = outline.headings.first().filter(|first| first.level == 1);
        let title = handbook::front_matter_title(page);
        let title = title.as_deref().or(first.map(|first| first.title.as_str()));
        let title = Title::new(title.unwrap_or_default());
        let foreign = foreign(&outline.headings, &title);
        let end = head_end(page, outline, phrases);
        let other = outline.headings.iter().zip(&foreign).find(|(_, is_foreign)| **is_foreign);
        let is_section = |heading: &&Heading| {
            let is_title = first == Some(*heading);
            !is_title
                && !is_contents(heading)
                && !is_label(&heading.title)
                && !is_about_page(&heading.title)
        };
        let first_section = outline.headings.iter().find(is_section);
        Self {
            page,
            outline,
            head_end: other.map_or(end, |(heading, _)| end.min(heading.span.start)),
            first_section: first_section.map_or(page.len(), |heading| heading.span.start),
            foreign,
            title,
            code: code.map(|code| code.span.clone()).collect(),
            comments: outline.comments.iter().map(|comment| comment.span.clone()).collect(),
        }
    }

    /// Whether a reader of the page does not see `at`, or sees it as code.
    pub(super) fn is_hidden(&self, at: usize) -> bool {
        self.is_code(at) || self.comments.contains(at)
    }

    /// Whether `at` is in a block of code.
    pub(super) fn is_code(&self, at: usize) -> bool {
        self.code.contains(at)
    }

    pub(super) fn is_in_table(&self, at: usize) -> bool {
        let tables = &self.outline.tables;
        let next = tables.partition_point(|table| table.span.end <= at);
        tables.get(next).is_some_and(|table| table.span.start <= at)
    }

    pub(super) fn is_in_quote(&self, at: usize) -> bool {
        self.block(at) == Some(BlockKind::Quote)
    }

    pub(super) fn is_html(&self, at: usize) -> bool {
        self.block(at) == Some(BlockKind::Html)
    }

    /// Whether `at` is in a cell of an HTML table, or of a row that is in no table.
    pub(super) fn is_cell(&self, at: usize) -> bool {
        let near = &self.page[self.page.floor_char_boundary(at.saturating_sub(100))..at];
        let line = near.rfind('\n').map_or(near, |line| &near[line..]);
        let open = near.rfind("<td").max(near.rfind("<th"));
        open > near.rfind("</t") || line.trim_start().starts_with('|')
    }

    fn block(&self, at: usize) -> Option<BlockKind> {
        let blocks = &self.outline.blocks;
        let next = blocks.partition_point(|block| block.span.end <= at);
        blocks.get(next).filter(|block| block.span.start <= at).map(|block| block.kind)
    }

    /// The part of the page that `at` is in.
    pub(super) fn zone(&self, at: usize) -> Zone {
        if at < self.head_end {
            return Zone::Head;
        }
        let headings = &self.outline.headings;
        let next = headings.partition_point(|heading| heading.span.start <= at);
        if next.checked_sub(1).is_some_and(|last| self.foreign[last]) {
            return Zone::Section;
        }
        let above = self.heading_above(at);
        if above.is_some_and(|heading| is_about_page(&heading.title)) {
            return Zone::About;
        }
        let is_first = above.is_some_and(|heading| {
            let line = self.page[..at].rfind('\n').unwrap_or(at);
            let between = self.page.get(heading.span.end..line).unwrap_or_default();
            between.trim().is_empty()
        });
        if self.is_foot(at) && (!is_first || self.lines_behind(at) == 0) {
            Zone::Foot
        } else {
            Zone::Section
        }
    }

    /// Whether `at` is in the first sections of a page, which count as its head if it says nothing of itself before.
    pub(super) fn is_in_first_sections(&self, at: usize) -> bool {
        self.first_section <= at && at < self.head_end
    }

    /// Whether `at` is below the heading of a section.
    pub(super) fn is_below_a_section(&self, at: usize) -> bool {
        self.first_section <= at
    }

    /// Whether the page ends soon behind `at`.
    pub(super) fn is_foot(&self, at: usize) -> bool {
        let is_last = self.outline.headings.last().is_none_or(|last| last.span.start <= at);
        is_last && self.lines_behind(at) <= FOOTER_LINES
    }

    /// How many lines with text stand behind the line of `at`, counted up to one more than a footer has.
    fn lines_behind(&self, at: usize) -> usize {
        let lines = self.page[at..].split('\n').skip(1);
        lines.filter(|line| has_text(line)).take(FOOTER_LINES + 1).count()
    }

    fn heading_above(&self, at: usize) -> Option<&'a Heading> {
        let headings = &self.outline.headings;
        let next = headings.partition_point(|heading| heading.span.start <= at);
        headings[..next].iter().rev().find(|heading| heading.span.end <= at)
    }

    /// Whether the heading around `at` says no more than the marker.
    pub(super) fn is_heading_alone(&self, at: usize) -> bool {
        let headings = &self.outline.headings;
        let next = headings.partition_point(|heading| heading.span.end <= at);
        headings.get(next).is_some_and(|heading| is_label(&heading.title))
    }

    /// Whether nothing else stands on the line of `at..end`, and the text before does not introduce it:
    /// `Add this line:`.
    pub(super) fn is_line_of_its_own(&self, at: usize, end: usize) -> bool {
        let is_blank = |text: &str| !text.contains(char::is_alphanumeric);
        let line = self.page[..at].rfind('\n').map_or(0, |line| line + 1);
        let behind = self.page[end..].split('\n').next().unwrap_or_default();
        let is_introduced = self.page[..line].trim_end().ends_with([':', '：']);
        is_blank(&self.page[line..at]) && is_blank(behind) && !is_introduced
    }
}

/// Where the first section begins. A heading begins none if it is the page's title or the table of
/// contents, if nothing stands before it that a reader would read, or if it is a marker itself.
fn head_end(page: &str, outline: &Outline, phrases: &[Phrase]) -> usize {
    let mut from = outline.front_matter.as_ref().map_or(0, |found| found.block.end);
    let mut is_first = true;
    for heading in &outline.headings {
        if is_contents(heading) || is_label(&heading.title) {
            continue;
        }
        let is_title = is_first && heading.level == 1;
        let before = page.get(from..heading.span.start).unwrap_or_default();
        if !is_title && !is_preface(before, from, phrases) {
            return heading.span.start;
        }
        is_first = false;
        from = heading.span.end;
    }
    page.len()
}

fn is_contents(heading: &Heading) -> bool {
    ["on this page", "table of contents", "contents", "toc"]
        .contains(&heading.title.to_ascii_lowercase().as_str())
}

/// Whether each of `headings`, or one above it, names something that is not the page.
fn foreign(headings: &[Heading], title: &Title) -> Vec<bool> {
    let mut level = u8::MAX;
    let flags = headings.iter().enumerate().map(|(at, heading)| {
        if heading.level <= level {
            let is_title = at == 0 && heading.level == 1;
            level = match !is_title && title.is_foreign(&heading.title) {
                true => heading.level,
                false => u8::MAX,
            };
            // Headings of any level follow one that is the page's own.
            return level != u8::MAX;
        }
        true
    });
    flags.collect()
}

/// Whether `text`, which stands at `start`, holds nothing but a table of contents and facts of the page.
fn is_preface(text: &str, start: usize, phrases: &[Phrase]) -> bool {
    let mut at = start;
    let mut in_comment = false;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.len();
        at = span.end;
        let hidden = in_comment || line.contains("<!--");
        in_comment = hidden && !line.contains("-->");
        let next = phrases.partition_point(|phrase| phrase.label.start < span.start);
        let is_fact = phrases.get(next).is_some_and(|phrase| phrase.label.start < span.end);
        let item = line.trim().trim_start_matches(['-', '*', '+']).trim_start();
        let is_contents = item == "TOC" || item.starts_with('[') && item.ends_with(')');
        if !hidden && !is_fact && !is_contents && has_text(line) && !is_toc_heading(item) {
            return false;
        }
    }
    true
}

fn is_toc_heading(line: &str) -> bool {
    line.starts_with('#') || line.starts_with("{:") || line.starts_with("[[")
}

/// Whether a line shows text: more than tags, rules, comments and definitions.
pub(super) fn has_text(line: &str) -> bool {
    let line = line.trim();
    if line.starts_with("<!--") || line.starts_with("<%") || line.starts_with("{:") {
        return false;
    }
    let mut is_tag = false;
    line.chars().any(|char| {
        is_tag = (is_tag || char == '<') && char != '>';
        !is_tag && char.is_alphanumeric()
    })
}

/// Whether a heading is a marker and nothing else.
fn is_label(title: &str) -> bool {
    let words: Vec<&str> = title.split([' ', ':']).filter(|word| !word.is_empty()).collect();
    marker(&words).is_some_and(|found| words[found.words..].iter().all(|word| *word == "on"))
}

/// Whether a section is about the page: `Document control`, `Review history`, `About this page`, and
/// any `metadata`.
fn is_about_page(title: &str) -> bool {
    const NOUNS: [&str; 14] = [
        "information",
        "info",
        "metadata",
        "details",
        "control",
        "history",
        "maintenance",
        "review",
        "reviews",
        "revision",
        "revisions",
        "ownership",
        "properties",
        "about",
    ];
    const OTHERS: [&str; 16] = [
        "page",
        "document",
        "doc",
        "policy",
        "handbook",
        "guide",
        "runbook",
        "this",
        "the",
        "of",
        "and",
        "&",
        "version",
        "content",
        "status",
        "administrative",
    ];
    let title = title.to_ascii_lowercase();
    let words = || title.split([' ', '-', '/']).filter(|word| !word.is_empty());
    title.ends_with("metadata")
        || words().all(|word| NOUNS.contains(&word) || OTHERS.contains(&word))
            && words().any(|word| NOUNS.contains(&word))
}

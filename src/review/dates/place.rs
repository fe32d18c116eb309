//! Where in a page a statement is, and so whether it is the page's own.

use super::forms::{Strength, marker};
use super::statement::{Start, Statement};
use super::subject::Title;
use super::{Finding, Form};
use crate::handbook;
use crate::source::markdown::{Heading, Outline, PlainText, TextBlock};

/// The parts of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Before the first section.
    Head,
    /// After the last section, or a few lines before the end of the page.
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
}

/// So many lines after a date may be the rest of a footer.
const FOOTER_LINES: usize = 8;

impl<'a> Places<'a> {
    /// The parts of `page`, in which `statements` were found.
    pub(super) fn new(page: &'a str, outline: &'a Outline, statements: &[Statement]) -> Self {
        let headings = &outline.headings;
        let first = headings.first().filter(|first| first.level == 1);
        let title = handbook::front_matter_title(page);
        let title = title.as_deref().or(first.map(|first| first.title.as_str()));
        let title = Title::new(title.unwrap_or_default());
        let foreign = foreign(headings, &title);
        let is_own = |heading: &Heading| {
            first == Some(heading) || is_of_the_page(heading) || is_about_page(&heading.title)
        };
        let start_of = |heading: Option<&Heading>| heading.map_or(page.len(), |it| it.span.start);
        let other = headings.iter().zip(&foreign).find(|(_, is_foreign)| **is_foreign);
        Self {
            page,
            outline,
            head_end: head_end(page, outline, statements).min(start_of(other.map(|(it, _)| it))),
            first_section: start_of(headings.iter().find(|heading| !is_own(heading))),
            foreign,
            title,
        }
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
        let above = headings[..next].iter().rev().find(|heading| heading.span.end <= at);
        let line = self.page[..at].rfind('\n').unwrap_or(at);
        let between = above.and_then(|above| self.page.get(above.span.end..line));
        let is_first = above.is_some() && between.unwrap_or_default().trim().is_empty();
        match above {
            Some(above) if is_about_page(&above.title) => Zone::About,
            _ if self.is_foot(at) && (!is_first || self.lines_after(at) == 0) => Zone::Foot,
            _ => Zone::Section,
        }
    }

    /// Whether `at` is in the first sections of a page, which count as its head if it says nothing of itself before.
    pub(super) fn is_in_first_sections(&self, at: usize) -> bool {
        self.is_below_a_section(at) && at < self.head_end
    }

    /// Whether `at` is below the heading of a section.
    pub(super) fn is_below_a_section(&self, at: usize) -> bool {
        self.first_section <= at
    }

    /// Whether the page ends soon after `at`.
    fn is_foot(&self, at: usize) -> bool {
        let is_last = self.outline.headings.last().is_none_or(|last| last.span.start <= at);
        is_last && self.lines_after(at) <= FOOTER_LINES
    }

    /// How many lines with text follow the line of `at`, counted up to one more than a footer has.
    fn lines_after(&self, at: usize) -> usize {
        let lines = self.page[at..].split('\n').skip(1);
        lines.filter(|line| has_text(line)).take(FOOTER_LINES + 1).count()
    }

    /// Whether `at..end` is in one code span.
    fn is_code(&self, at: usize, end: usize) -> bool {
        let code = &self.outline.code;
        let next = code.partition_point(|code| code.span.end <= at);
        code.get(next).is_some_and(|code| code.span.start <= at && end <= code.span.end)
    }

    /// Whether nothing else is on the line of `at..end`, and the text before does not introduce it:
    /// `Add this line:`.
    fn is_line_of_its_own(&self, at: usize, end: usize) -> bool {
        let is_blank = |text: &str| !text.contains(char::is_alphanumeric);
        let line = self.page[..at].rfind('\n').map_or(0, |line| line + 1);
        let behind = self.page[end..].split('\n').next().unwrap_or_default();
        let is_introduced = self.page[..line].trim_end().ends_with([':', '：']);
        is_blank(&self.page[line..at]) && is_blank(behind) && !is_introduced
    }

    /// The statement as a date of the page, if it is the page's own.
    ///
    /// One that names the page counts wherever it is. Any other counts where the page speaks of itself:
    /// before its first section, after its last, in a section about the page. Elsewhere it is the date of a
    /// section or of a table.
    pub(super) fn own(&self, statement: Statement) -> Option<Finding> {
        let Statement { facts, strength, label, value, is_labelled, start } = statement;
        let (value, at) = (value?, label.start);
        let end = value.span().end;
        let runs = &self.outline.text;
        let run = runs.get(runs.partition_point(|run| run.span.start <= at).checked_sub(1)?)?;
        let zone = self.zone(at);
        // Tables are read as such.
        let is_in_table = run.block == TextBlock::Cell;
        if is_in_table
            || self.title.is_foreign_marker(&self.page[label], zone == Zone::Section)
            || self.title.is_in_foreign_facts(self.page, at)
        {
            return None;
        }
        let headings = &self.outline.headings;
        let around = headings.get(headings.partition_point(|heading| heading.span.end <= at));
        let is_own_section = start == Start::Of(PlainText::HEADING)
            && around.is_some_and(|heading| is_label(&heading.title));
        let names_page = strength == Strength::Page && !run.is_quoted;
        if zone == Zone::Section && !names_page && !is_own_section
            || self.is_code(at, end) && (zone != Zone::Head || !self.is_line_of_its_own(at, end))
        {
            return None;
        }
        let is_foot = self.is_foot(at);
        let form = match strength {
            _ if run.block == TextBlock::Html && is_foot => Form::HtmlFooter,
            _ if start == Start::Of(PlainText::CELL) => Form::TableRow,
            Strength::Page => Form::Sentence,
            _ if is_foot && zone != Zone::Head => Form::PlainFooter,
            _ if is_labelled => Form::Line,
            _ => Form::Sentence,
        };
        Some(Finding { facts, form, value })
    }
}

/// Where the first section begins. A heading begins none if it is the page's title or the table of
/// contents, if nothing is before it that a reader would read, or if it is a form itself.
fn head_end(page: &str, outline: &Outline, statements: &[Statement]) -> usize {
    let mut from = outline.front_matter.as_ref().map_or(0, |found| found.block.end);
    let mut is_first = true;
    for heading in outline.headings.iter().filter(|heading| !is_of_the_page(heading)) {
        let is_title = is_first && heading.level == 1;
        let before = page.get(from..heading.span.start).unwrap_or_default();
        if !is_title && !is_preface(before, from, statements) {
            return heading.span.start;
        }
        is_first = false;
        from = heading.span.end;
    }
    page.len()
}

/// Whether `text`, which is at `start`, holds nothing but a table of contents and facts of the page.
fn is_preface(text: &str, start: usize, statements: &[Statement]) -> bool {
    let mut at = start;
    let mut in_comment = false;
    text.split_inclusive('\n').all(|line| {
        let span = at..at + line.len();
        at = span.end;
        let is_hidden = in_comment || line.contains("<!--");
        in_comment = is_hidden && !line.contains("-->");
        let next = statements.partition_point(|it| it.label.start < span.start);
        let mut facts = statements[next..].iter().take_while(|it| it.label.start < span.end);
        let is_fact = facts.any(|it| !it.facts.next);
        let item = line.trim().trim_start_matches(['-', '*', '+']).trim_start();
        let is_contents = item == "TOC"
            || item.starts_with('[') && item.ends_with(')')
            || ["#", "{:", "[["].iter().any(|mark| item.starts_with(mark));
        is_hidden || is_fact || is_contents || !has_text(line)
    })
}

/// Whether a heading begins no section: the table of contents, or a form.
fn is_of_the_page(heading: &Heading) -> bool {
    let title = heading.title.to_ascii_lowercase();
    ["on this page", "table of contents", "contents", "toc"].contains(&title.as_str())
        || is_label(&title)
}

/// Whether each of `headings`, or one above it, names something that is not the page.
fn foreign(headings: &[Heading], title: &Title) -> Vec<bool> {
    let mut foreign = None;
    let flags = headings.iter().enumerate().map(|(at, heading)| {
        // Headings of any level follow one that is the page's own.
        if foreign.is_none_or(|level| heading.level <= level) {
            let is_title = at == 0 && heading.level == 1;
            let is_foreign = !is_title && title.is_foreign(&heading.title);
            foreign = is_foreign.then_some(heading.level);
        }
        foreign.is_some()
    });
    flags.collect()
}

/// Whether a line shows text: more than tags, rules, comments and definitions.
fn has_text(line: &str) -> bool {
    let line = line.trim();
    let mut is_tag = false;
    !["<!--", "<%", "{:"].iter().any(|mark| line.starts_with(mark))
        && line.chars().any(|c| {
            is_tag = (is_tag || c == '<') && c != '>';
            !is_tag && c.is_alphanumeric()
        })
}

/// Whether a heading is a form and nothing else.
fn is_label(title: &str) -> bool {
    let title = title.to_ascii_lowercase().replace(':', " ");
    let found = marker(&title).filter(|found| !found.facts.next);
    found.is_some_and(|found| title[found.end..].split_whitespace().all(|word| word == "on"))
}

/// Whether a section is about the page: `Document control`, `Review history`, `About this page`, and
/// any `metadata`.
fn is_about_page(title: &str) -> bool {
    const NOUNS: &str = "information info metadata details control history maintenance review reviews revision \
                         revisions ownership properties about";
    const OTHERS: &str = "page document doc policy handbook guide runbook this the of and & version content status \
                          administrative";
    let is_in = |list: &str, word: &str| list.split(' ').any(|it| it == word);
    let title = title.to_ascii_lowercase();
    let mut words = title.split([' ', '-', '/']).filter(|word| !word.is_empty());
    let has_noun = words.clone().any(|word| is_in(NOUNS, word));
    title.ends_with("metadata")
        || has_noun && words.all(|word| is_in(NOUNS, word) || is_in(OTHERS, word))
}

//! Ideas in a Markdown page: a table of factors, a table with a row for each idea, sections.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use aho_corasick::packed::Searcher;

use super::header::{Column, Header, factor, is_score};
use super::{id_of, together};
use crate::rice::idea::{Entry, Estimate, Idea};
use crate::rice::written::{Unit, Written, read, read_prose};
use crate::rice::{Factor, Scales};
use crate::source::markdown::{Cell, Heading, Outline, Table};
use crate::source::{FileId, Span, Spanned};

static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = ["reach", "impact", "confidence", "effort", "rice"];
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
});

/// Words of which no estimate is without one, as people write them: most pages hold none, and a searcher that compares
/// many bytes at once says so at a tenth of the cost.
pub const RARE_WORDS: [&str; 3] = ["onfidence", "ONFIDENCE", "RICE"];

static RARE: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(RARE_WORDS));

/// Whether `text` may hold an estimate: it has the words for all factors, or speaks of RICE. One scan, and
/// no parsing.
pub fn may_hold_ideas(text: &str) -> bool {
    if RARE.as_ref().is_some_and(|words| words.find(text).is_none()) {
        return false;
    }
    let Some(words) = WORDS.as_ref() else { return true };
    let mut seen = [false; 5];
    words.find_iter(text).any(|found| {
        seen[found.pattern().as_usize()] = true;
        let is_word = || !text[found.end()..].starts_with(|c: char| c.is_alphanumeric());
        (found.pattern().as_usize() == 4 && text[found.start()..].starts_with("RICE") && is_word())
            || seen[..4].iter().all(|seen| *seen)
    })
}

/// The ideas that the page `text` estimates, in its order.
pub fn ideas_of_page(file: FileId, text: &str, scales: &Scales) -> Vec<Idea> {
    match may_hold_ideas(text) {
        true => ideas_in(file, text, &Outline::parse_without_bare_links(text), scales),
        false => Vec::new(),
    }
}

/// The ideas that the page `text` estimates, by its `outline`, in its order.
pub(in crate::rice) fn ideas_in(
    file: FileId,
    text: &str,
    outline: &Outline,
    scales: &Scales,
) -> Vec<Idea> {
    let page = Page { file, text, outline, scales };
    let mut ideas = Vec::new();
    let generated = generated(outline, text.len());
    let is_generated = |at: usize| generated.iter().any(|range| range.contains(&at));
    for table in page.outline.tables.iter().filter(|table| !is_generated(table.span.start)) {
        match Header::new(table.header.iter().map(|cell| cell.text.as_str())) {
            Some(header) => ideas.extend(page.rows(table, &header)),
            None => ideas.extend(page.factors(table)),
        }
    }
    let sections = page.sections().into_iter();
    ideas.extend(sections.filter(|idea| !is_generated(idea.span.start as usize)));
    ideas.sort_by_key(|idea| idea.span);
    ideas
}

/// What pmctl itself has written into a page of `length` bytes: blocks between its markers, or all of a page
/// that is generated as a whole. A ranking there repeats estimates, and is none.
fn generated(outline: &Outline, length: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut begin = None;
    for comment in &outline.comments {
        match comment.text.split_whitespace().next() {
            Some("pmctl:page") => ranges.push(0..length),
            Some("pmctl:begin") => begin = Some(comment.span.end),
            Some("pmctl:end") => ranges.extend(begin.take().map(|begin| begin..comment.span.start)),
            _ => {}
        }
    }
    ranges
}

struct Page<'a> {
    file: FileId,
    text: &'a str,
    outline: &'a Outline,
    scales: &'a Scales,
}

impl Page<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    fn entry(&self, factor: Factor, cell: &Cell, unit: Unit) -> Entry {
        Entry {
            text: cell.text.clone(),
            span: self.span(cell.span.clone()),
            written: read(factor, &cell.text, self.scales, unit),
        }
    }

    /// A table with one row for each idea.
    fn rows(&self, table: &Table, header: &Header) -> Vec<Idea> {
        let mut ideas = Vec::new();
        for row in &table.rows {
            let cell = |column| header.position(column).and_then(|at| row.cells.get(at));
            let said = |column| {
                let text = cell(column).map(|cell| cell.text.trim().to_owned());
                text.filter(|text| !text.is_empty())
            };
            // A row of dashes divides the rows.
            if row.cells.iter().all(|cell| cell.text.chars().all(|c| matches!(c, '-' | ':' | ' ')))
            {
                continue;
            }
            let (title, span) =
                match (cell(Column::Title).or_else(|| cell(Column::Id)), said(Column::Title)) {
                    (Some(cell), Some(title)) => (title, cell.span.clone()),
                    _ => match said(Column::Id) {
                        Some(id) => (id, row.span.clone()),
                        None => (self.title_above(table.span.start), row.span.clone()),
                    },
                };
            let mut idea = Idea::new(
                said(Column::Id).unwrap_or_else(|| id_of(&title)),
                title,
                self.span(span),
            );
            let mut factors = [const { None }; 4];
            for factor in Factor::ALL {
                factors[factor.index()] =
                    cell(Column::Factor(factor)).map(|cell| self.entry(factor, cell, header.unit));
            }
            idea.area = said(Column::Area);
            idea.owner = said(Column::Owner);
            idea.notes = said(Column::Notes);
            idea.link = said(Column::Link).or_else(|| self.link_in(cell(Column::Title)?));
            idea.stated.extend(cell(Column::Score).and_then(|cell| self.stated(cell)));
            let date = cell(Column::Date).and_then(|cell| {
                let date = crate::config::parse_date(cell.text.trim())?;
                Some(Spanned::new(date, self.span(cell.span.clone())))
            });
            let span = self.span(row.span.clone());
            idea.estimates.push(Estimate { by: said(Column::Rater), date, span, factors });
            ideas.push(idea);
        }
        // A table that only tells what the columns mean estimates nothing.
        let is_named = header.position(Column::Title).or(header.position(Column::Id)).is_some();
        let is_told = ideas.iter().any(is_estimated) && (is_named || ideas.iter().any(has_effort));
        if is_told { together(ideas) } else { Vec::new() }
    }

    fn link_in(&self, cell: &Cell) -> Option<String> {
        // Links stand in the order of the page.
        let links = &self.outline.links;
        let first = links.partition_point(|link| link.span.start < cell.span.start);
        let link = links.get(first).filter(|link| link.span.start < cell.span.end)?;
        Some(link.target.clone())
    }

    fn stated(&self, cell: &Cell) -> Option<Spanned<String>> {
        let is_number = cell.text.contains(|c: char| c.is_ascii_digit());
        is_number.then(|| Spanned::new(cell.text.clone(), self.span(cell.span.clone())))
    }

    /// A table with one row for each factor.
    fn factors(&self, table: &Table) -> Option<Idea> {
        let mut factors = [const { None }; 4];
        let mut stated = Vec::new();
        // The header may be the first factor, where somebody left the header out.
        let rows = std::iter::once(&table.header).chain(table.rows.iter().map(|row| &row.cells));
        for cells in rows {
            let [name, value, ..] = &cells[..] else { return None };
            if let Some(factor) = factor(&name.text) {
                if factors[factor.index()].is_some() {
                    return None;
                }
                factors[factor.index()] = Some(self.entry(factor, value, Unit::Month));
            } else if is_score(&name.text) {
                stated.extend(self.stated(value));
            }
        }
        if factors.iter().flatten().count() < 3 {
            return None;
        }
        let title = self.title_above(table.span.start);
        let mut idea =
            Idea::new(id_of(&title), title, self.span(table.span.start..table.span.start));
        let span = self.span(table.span.clone());
        idea.estimates.push(Estimate { by: None, date: None, span, factors });
        idea.stated = stated;
        is_estimated(&idea).then_some(idea)
    }

    /// Headings that are called as the factors, side by side, each with its value below.
    fn sections(&self) -> Vec<Idea> {
        let headings = &self.outline.headings;
        let mut ideas = Vec::new();
        let mut at = 0;
        while at < headings.len() {
            if section_factor(&headings[at]).is_none() {
                at += 1;
                continue;
            }
            let level = headings[at].level;
            let mut factors = [const { None }; 4];
            let mut next = at;
            while let Some(heading) = headings.get(next)
                && heading.level >= level
            {
                if heading.level == level {
                    let Some(factor) = section_factor(heading) else { break };
                    if factors[factor.index()].is_some() {
                        break;
                    }
                    factors[factor.index()] = Some(self.section(factor, next));
                }
                next += 1;
            }
            let span = self.span(headings[at].span.clone());
            let title = self.title_above_level(headings[at].span.start, level);
            if factors.iter().flatten().count() < 3 {
                at += 1;
                continue;
            }
            at = next.max(at + 1);
            let mut idea = Idea::new(id_of(&title), title, span);
            idea.estimates.push(Estimate { by: None, date: None, span, factors });
            if is_estimated(&idea) {
                ideas.push(idea);
            }
        }
        ideas
    }

    /// What stands under the heading with the number `at`.
    fn section(&self, factor: Factor, at: usize) -> Entry {
        let headings = &self.outline.headings;
        let start = headings[at].span.end;
        let end = headings.get(at + 1).map_or(self.text.len(), |next| next.span.start);
        let range = start..end.max(start);
        let text = &self.text[range.clone()];
        let trimmed = text.trim();
        let from = start + (text.len() - text.trim_start().len());
        let line = trimmed.lines().next().unwrap_or_default();
        let place =
            if line.is_empty() { headings[at].span.clone() } else { from..from + line.len() };
        Entry {
            text: line.to_owned(),
            span: self.span(place),
            written: read_prose(factor, trimmed, self.scales),
        }
    }

    fn title_above(&self, at: usize) -> String {
        self.title_above_level(at, 7)
    }

    /// The nearest heading before `at` that is above `level` and says more than that this is an estimate;
    /// else the title of the page.
    fn title_above_level(&self, at: usize, level: u8) -> String {
        let mut level = level;
        let mut nearest = None;
        let headings = &self.outline.headings;
        let before = headings.partition_point(|heading| heading.span.start < at);
        for heading in headings[..before].iter().rev() {
            if heading.level >= level {
                continue;
            }
            if !is_about_estimating(&heading.title) {
                return heading.title.clone();
            }
            nearest = nearest.or(Some(&heading.title));
            level = heading.level;
        }
        let front_matter = crate::handbook::page_title(self.text);
        front_matter.or_else(|| nearest.cloned()).unwrap_or_else(|| "Untitled idea".to_owned())
    }
}

fn section_factor(heading: &Heading) -> Option<Factor> {
    factor(&heading.title).filter(|_| heading.title.trim().len() > 1)
}

/// Whether a heading says nothing but that an estimate follows: `RICE score`, `Estimates`.
fn is_about_estimating(title: &str) -> bool {
    const WORDS: [&str; 22] = [
        "rice",
        "score",
        "scores",
        "scoring",
        "estimate",
        "estimates",
        "estimation",
        "prioritization",
        "prioritisation",
        "priority",
        "calculation",
        "calculating",
        "framework",
        "factors",
        "factor",
        "analysis",
        "the",
        "our",
        "and",
        "of",
        "table",
        "ranking",
    ];
    let lower = title.to_lowercase();
    let mut words =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| WORDS.contains(&word))
}

/// Whether somebody thought of what it takes. A table of the steps has nothing to say there.
fn has_effort(idea: &Idea) -> bool {
    let mut efforts = idea.estimates.iter().filter_map(|estimate| estimate.entry(Factor::Effort));
    efforts.any(|entry| matches!(entry.written, Written::Value(_) | Written::NotPositive))
}

/// Whether an idea is one, and not the explanation of what the factors are: two factors at least have a
/// value, or what stands for one.
fn is_estimated(idea: &Idea) -> bool {
    let entries = idea.estimates.iter().flat_map(|estimate| estimate.factors.iter().flatten());
    let valued = entries.filter(|entry| {
        matches!(entry.written, Written::Value(_) | Written::OffScale(_) | Written::NotPositive)
    });
    valued.count() >= 2
}

//! Ideas in a Markdown page: a table of factors, a table with a row for each idea, sections.

mod sections;

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use aho_corasick::packed::Searcher;

use super::header::{Column, Header, is_score};
use super::measure::{begins_with_factor, unit_of};
use super::row::{
    Cell, Table as RowTable, as_written, below_second_header, no_titles, said_twice, too_many_cells,
};
use super::summary::without_summaries;
use super::{id_of, together};
use crate::rice::idea::{Entry, Estimate, Idea};
use crate::rice::written::{Doubt, Measure, Notation, Place, Written, is_measure, read_in};
use crate::rice::{Factor, Scales};
use crate::source::markdown::{Cell as MarkdownCell, Outline, Row, Table as MarkdownTable};
use crate::source::{FileId, Ranges, Span, Spanned};

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
    let page = Page {
        file,
        text,
        outline,
        scales,
        parents: sections::parents(outline),
        front_title: OnceCell::new(),
    };
    let mut ideas = Vec::new();
    let generated = generated(outline, text.len());
    for table in page.outline.tables.iter().filter(|table| !generated.contains(table.span.start)) {
        match Header::new(table.header.iter().map(|cell| page.name(cell)), scales) {
            Some(header) => ideas.extend(page.rows(table, header)),
            None => ideas.extend(page.factors(table)),
        }
    }
    let sections = page.sections().into_iter();
    ideas.extend(sections.filter(|idea| !generated.contains(idea.span.start as usize)));
    ideas.sort_by_key(|idea| idea.span);
    ideas
}

/// What pmctl itself has written into a page of `length` bytes: blocks between its markers, or all of a page
/// that is generated as a whole. A ranking there repeats estimates, and is none.
fn generated(outline: &Outline, length: usize) -> Ranges {
    let mut ranges = Vec::new();
    let mut begin = None;
    for comment in &outline.comments {
        match comment.text.split_whitespace().next() {
            Some("pmctl:page") => return std::iter::once(0..length).collect(),
            Some("pmctl:begin") => begin = Some(comment.span.end),
            Some("pmctl:end") => ranges.extend(begin.take().map(|begin| begin..comment.span.start)),
            _ => {}
        }
    }
    ranges.into_iter().collect()
}

struct Page<'a> {
    file: FileId,
    text: &'a str,
    outline: &'a Outline,
    scales: &'a Scales,
    /// The heading above each.
    parents: Vec<Option<usize>>,
    /// The title in front matter, once it is asked for.
    front_title: OnceCell<Option<String>>,
}

impl Page<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    /// What `cell` of a header names: its source if that has the mark of a footnote, which is no part of the name.
    fn name<'c>(&'c self, cell: &'c MarkdownCell) -> &'c str {
        let source = self.text.get(cell.span.clone()).unwrap_or_default();
        if source.contains("<sup>") { source.trim() } else { &cell.text }
    }

    fn cell<'c>(&'c self, cell: &'c MarkdownCell) -> Cell<'c> {
        let source = self.text.get(cell.span.clone()).unwrap_or_default();
        Cell { text: &cell.text, source, span: self.span(cell.span.clone()) }
    }

    fn entry(&self, factor: Factor, cell: &MarkdownCell, measure: &Measure) -> Entry {
        let place = Place::column(measure, Notation::default());
        Entry {
            text: cell.text.clone(),
            span: self.span(cell.span.clone()),
            written: read_in(factor, as_written(self.cell(cell)), self.scales, place),
        }
    }

    /// A table with one row for each idea.
    fn rows(&self, table: &MarkdownTable, mut header: Header) -> Vec<Idea> {
        let is_divider = |row: &&Row| {
            row.cells.iter().all(|cell| cell.text.chars().all(|c| matches!(c, '-' | ':' | ' ')))
        };
        // A row of dashes divides the rows.
        let rows: Vec<&Row> = table.rows.iter().filter(|row| !is_divider(row)).collect();
        let mut name = None;
        if !header.has_titles() {
            let has_text = |at: usize| rows.iter().all(|row| has_words(row, at));
            let has_text: Vec<bool> =
                (0..header.len()).map(|at| !rows.is_empty() && has_text(at)).collect();
            if let Err(may_be) = header.name_titles(&has_text) {
                let raters = header.position(Column::Rater);
                let is_one = rows.len() == 1
                    || raters.is_some_and(|at| rows.iter().all(|row| has_words(row, at)));
                if !is_one || may_be.len() > 1 {
                    return self.without_titles(table, &header, &rows, &may_be);
                }
                name = Some(self.title_above(table.span.start));
            }
        }
        let numbers: Vec<usize> = header.numbers().collect();
        let cells = rows.iter().flat_map(|row| numbers.iter().filter_map(|&at| row.cells.get(at)));
        let notation = Notation::of(cells.map(|cell| cell.text.as_str()));
        let all = RowTable { header: &header, notation, scales: self.scales };
        let mut ideas = Vec::new();
        let mut second = None;
        for (number, row) in rows.iter().enumerate() {
            let names = row.cells.iter().map(|cell| cell.text.as_str());
            if let Some(other) = Header::new(names, self.scales) {
                // The same header again changes nothing.
                let is_same = header.has_same_columns(&other);
                second = (!is_same).then_some(number + 1);
                continue;
            }
            let span = self.span(row.span.clone());
            let cell = |at: usize| row.cells.get(at).map(|cell| self.cell(cell));
            let Some(mut idea) = all.idea(cell, span, name.as_deref(), number + 1) else {
                continue;
            };
            if idea.link.is_none() {
                let title = header.position(Column::Title).and_then(|at| row.cells.get(at));
                idea.link = title.and_then(|cell| self.link_in(cell));
            }
            let shown =
                row.cells.last().map_or(row.span.end, |cell| cell.span.end.min(row.span.end));
            let is_more =
                self.text[shown..row.span.end].contains(|c: char| !matches!(c, '|' | ' ' | '\t'));
            if row.raw_cells > row.cells.len() && is_more {
                idea.refusals.push(too_many_cells(span, row.raw_cells, row.cells.len()));
            }
            idea.refusals.extend(second.map(|number| below_second_header(span, number)));
            ideas.push(idea);
        }
        // A table that only tells what the columns mean estimates nothing.
        let is_told =
            ideas.iter().any(is_estimated) && (name.is_none() || ideas.iter().any(has_effort));
        if is_told { together(without_summaries(ideas)) } else { Vec::new() }
    }

    /// A table of ideas without names, as one idea without a score.
    fn without_titles(
        &self,
        table: &MarkdownTable,
        header: &Header,
        rows: &[&Row],
        may_be: &[usize],
    ) -> Vec<Idea> {
        let title = self.title_above(table.span.start);
        let all = RowTable { header, notation: Notation::default(), scales: self.scales };
        let ideas = rows.iter().filter_map(|row| {
            let cell = |at: usize| row.cells.get(at).map(|cell| self.cell(cell));
            all.idea(cell, self.span(row.span.clone()), Some(&title), 0)
        });
        let ideas: Vec<Idea> = ideas.collect();
        if !ideas.iter().any(|idea| is_estimated(idea) && has_effort(idea)) {
            return Vec::new();
        }
        let end = table.header.last().map_or(table.span.start, |cell| cell.span.end);
        let span = self.span(table.span.start..end.max(table.span.start));
        let names: Vec<&str> = may_be
            .iter()
            .filter_map(|&at| table.header.get(at).map(|cell| cell.text.as_str()))
            .filter(|name| !name.trim().is_empty())
            .collect();
        let mut idea = Idea::new(id_of(&title), title, span);
        idea.refusals.push(no_titles(span, &names));
        let factors = [const { None }; 4];
        idea.estimates.push(Estimate { by: None, date: None, span, factors, unit: None });
        vec![idea]
    }

    fn link_in(&self, cell: &MarkdownCell) -> Option<String> {
        // Links stand in the order of the page.
        let links = &self.outline.links;
        let first = links.partition_point(|link| link.span.start < cell.span.start);
        let link = links.get(first).filter(|link| link.span.start < cell.span.end)?;
        Some(link.target.clone())
    }

    fn stated(&self, cell: &MarkdownCell) -> Option<Spanned<String>> {
        let is_number = cell.text.contains(|c: char| c.is_ascii_digit());
        is_number.then(|| Spanned::new(cell.text.clone(), self.span(cell.span.clone())))
    }

    /// A table with one row for each factor.
    fn factors(&self, table: &MarkdownTable) -> Option<Idea> {
        let mut factors = [const { None }; 4];
        let mut stated = Vec::new();
        let mut unit = None;
        let (mut twice, mut beside) = (None, 0);
        let mut labels = [const { None }; 4];
        // The header may be the first factor, where somebody left the header out.
        let rows = std::iter::once(&table.header).chain(table.rows.iter().map(|row| &row.cells));
        for cells in rows {
            let [name, value, more @ ..] = &cells[..] else { return None };
            if let Some((factor, measure)) = begins_with_factor(&name.text, self.scales) {
                let measure = match (factor, more.first().map(|cell| cell.text.trim())) {
                    // A column of its own may name the unit.
                    (Factor::Effort, Some(text)) if unit_of(text).is_some() => {
                        unit_of(text).map_or(measure, Measure::Unit)
                    }
                    (Factor::Effort, Some(text)) if is_measure(&text.to_lowercase()) => {
                        Measure::Unknown(text.to_owned())
                    }
                    _ => measure,
                };
                if let Measure::Unit(own) = measure {
                    unit = Some(own);
                }
                if let Some(label) = &labels[factor.index()] {
                    // The same label again is of a table of all steps, another one of a part.
                    if *label == name.text {
                        return None;
                    }
                    twice = Some(factor);
                    continue;
                }
                labels[factor.index()] = Some(name.text.clone());
                let is_value =
                    |cell: &MarkdownCell| is_valued(&self.entry(factor, cell, &measure).written);
                beside += usize::from(more.iter().any(is_value));
                factors[factor.index()] = Some(self.entry(factor, value, &measure));
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
        idea.estimates.push(Estimate { by: None, date: None, span, factors, unit });
        idea.stated = stated;
        if let Some(factor) = twice {
            let what = format!("the table has several rows for {}", factor.name());
            idea.refusals.push(said_twice(span, &what));
        } else if beside > 1 {
            idea.refusals.push(said_twice(span, "the table has several columns of values"));
        }
        is_estimated(&idea).then_some(idea)
    }

    /// The nearest heading before `at` that says more than that this is an estimate; else the title of the page.
    fn title_above(&self, at: usize) -> String {
        let before = self.outline.headings.partition_point(|heading| heading.span.start < at);
        self.title_from(before.checked_sub(1))
    }

    /// The title of `heading`, or of the nearest above it that says more than that this is an estimate; else the title of
    /// the page.
    fn title_from(&self, heading: Option<usize>) -> String {
        let mut next = heading;
        let mut nearest = None;
        while let Some((at, heading)) =
            next.and_then(|at| Some((at, self.outline.headings.get(at)?)))
        {
            if !is_about_estimating(&heading.title) {
                return heading.title.clone();
            }
            nearest = nearest.or(Some(&heading.title));
            next = self.parents.get(at).copied().flatten();
        }
        let of_page = self.front_title.get_or_init(|| crate::handbook::page_title(self.text));
        of_page.clone().or_else(|| nearest.cloned()).unwrap_or_else(|| "Untitled idea".to_owned())
    }
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

/// Whether the cell of `row` at the place `at` has words.
fn has_words(row: &Row, at: usize) -> bool {
    row.cells.get(at).is_some_and(|cell| cell.text.contains(char::is_alphabetic))
}

/// Whether somebody thought of what it takes. A table of the steps has nothing to say there.
fn has_effort(idea: &Idea) -> bool {
    let mut efforts = idea.estimates.iter().filter_map(|estimate| estimate.entry(Factor::Effort));
    efforts.any(|entry| is_valued(&entry.written))
}

/// Whether an idea is one, and not the explanation of what the factors are: two factors at least have a
/// value, or what stands for one.
fn is_estimated(idea: &Idea) -> bool {
    let entries = idea.estimates.iter().flat_map(|estimate| estimate.factors.iter().flatten());
    entries.filter(|entry| is_valued(&entry.written)).count() >= 2
}

/// Whether `written` has one value, even if that cannot be taken.
fn is_valued(written: &Written) -> bool {
    match written {
        Written::Value(_) | Written::OffScale(_) | Written::NotPositive => true,
        Written::Refused(doubt) => {
            !matches!(**doubt, Doubt::Several | Doubt::Bound | Doubt::Struck)
        }
        Written::Nothing | Written::Contradiction(..) | Written::Unreadable => false,
    }
}

//! Headings that are called as the factors, each with its value below.

use std::ops::Range;

use super::{Page, is_estimated};
use crate::rice::Factor;
use crate::rice::idea::{Entry, Estimate, Idea};
use crate::rice::read::id_of;
use crate::rice::read::measure::{begins_with_factor, unit_of};
use crate::rice::read::row::said_twice;
use crate::rice::written::{Doubt, Measure, Prose, Written, is_measure, read_prose};
use crate::source::markdown::{Cell as MarkdownCell, Outline};

/// What matters of a table below a heading.
struct SectionTable {
    measure: Option<Measure>,
    second: Option<Range<usize>>,
}

impl Page<'_> {
    /// Headings that are called as the factors, side by side, each with its value below.
    pub(super) fn sections(&self) -> Vec<Idea> {
        let headings = &self.outline.headings;
        let mut ideas = Vec::new();
        let mut at = 0;
        while at < headings.len() {
            if self.section_factor(at).is_none() {
                at += 1;
                continue;
            }
            let level = headings[at].level;
            let mut factors = [const { None }; 4];
            let mut unit = None;
            let mut places = [None; 4];
            let mut twice = None;
            let mut next = at;
            while let Some(heading) = headings.get(next)
                && heading.level >= level
            {
                if heading.level == level {
                    let Some((factor, measure)) = self.section_factor(next) else { break };
                    if let Some(first) = places[factor.index()] {
                        let found = factors.iter().flatten().count();
                        if found >= 3 && self.factors_from(next, level) >= 3 {
                            break;
                        }
                        twice = twice.or(Some((factor, first, next)));
                        next += 1;
                        continue;
                    }
                    places[factor.index()] = Some(next);
                    if let Measure::Unit(own) = measure {
                        unit = Some(own);
                    }
                    factors[factor.index()] = Some(self.section(factor, next, &measure));
                }
                next += 1;
            }
            let span = self.span(headings[at].span.clone());
            let title = self.title_from(self.parents.get(at).copied().flatten());
            if factors.iter().flatten().count() < 3 {
                at += 1;
                continue;
            }
            at = next.max(at + 1);
            let mut idea = Idea::new(id_of(&title), title, span);
            idea.estimates.push(Estimate { by: None, date: None, span, factors, unit });
            if let Some((factor, first, second)) =
                twice.or_else(|| self.again(next, level, &places))
            {
                let line =
                    |at: usize| self.text[..headings[at].span.start].matches('\n').count() + 1;
                let what = format!(
                    "the headings `{}` (line {}) and `{}` (line {}) are both for {}",
                    headings[first].title,
                    line(first),
                    headings[second].title,
                    line(second),
                    factor.name()
                );
                idea.refusals.push(said_twice(self.span(headings[second].span.clone()), &what));
            }
            if is_estimated(&idea) {
                ideas.push(idea);
            }
        }
        ideas
    }

    /// How many factors the headings of `level` from `at` on are about, side by side.
    fn factors_from(&self, at: usize, level: u8) -> usize {
        let headings = self.outline.headings.iter().enumerate().skip(at);
        let own = headings.take_while(|(_, heading)| heading.level >= level);
        let found = own
            .filter(|(_, heading)| heading.level == level)
            .map_while(|(at, _)| self.section_factor(at).map(|(factor, _)| factor));
        let mut seen = [false; 4];
        for factor in found {
            seen[factor.index()] = true;
        }
        seen.iter().filter(|seen| **seen).count()
    }

    /// A heading of `level` from `from` on, after others, that is for a factor which has its heading at one of `places`
    /// already, and does not begin another idea.
    fn again(
        &self,
        from: usize,
        level: u8,
        places: &[Option<usize>; 4],
    ) -> Option<(Factor, usize, usize)> {
        let headings = self.outline.headings.iter().enumerate().skip(from);
        let own = headings.take_while(|(_, heading)| heading.level >= level);
        let mut found = own.filter(|(_, heading)| heading.level == level).filter_map(|(at, _)| {
            let (factor, _) = self.section_factor(at)?;
            Some((at, factor, places[factor.index()]))
        });
        let (at, factor, first) = found.next()?;
        (self.factors_from(at, level) < 3).then_some((factor, first?, at))
    }

    /// The factor that the heading with the number `at` is about.
    fn section_factor(&self, at: usize) -> Option<(Factor, Measure)> {
        let heading = self.outline.headings.get(at)?;
        let source = self.text.get(heading.title_span.clone()).unwrap_or_default();
        // The mark of a footnote is no part of it.
        let title = if source.contains("<sup>") { source.trim() } else { &heading.title };
        begins_with_factor(title, self.scales).filter(|_| title.trim().len() > 1)
    }

    /// What stands under the heading with the number `at`.
    fn section(&self, factor: Factor, at: usize, measure: &Measure) -> Entry {
        let headings = &self.outline.headings;
        let start = headings[at].span.end;
        let level = headings[at].level;
        let next = headings[at + 1..].iter().find(|next| next.level <= level);
        let end = next.map_or(self.text.len(), |next| next.span.start);
        let range = start..end.max(start);
        let text = self.without_comments(range.clone());
        let trimmed = text.trim();
        let from = start + (text.len() - text.trim_start().len());
        let table = self.table_in(factor, &range, measure);
        let measure = table.as_ref().and_then(|table| table.measure.as_ref()).unwrap_or(measure);
        let Prose { mut written, mut place } = match measure {
            Measure::Part(_) => read_prose(factor, trimmed, self.scales, &Measure::Plain),
            _ => read_prose(factor, trimmed, self.scales, measure),
        };
        if let (Measure::Part(heading), Written::Value(_) | Written::OffScale(_)) =
            (measure, &written)
        {
            written = Written::Refused(Box::new(Doubt::Part(heading.clone())));
        }
        if let Some(row) = table.and_then(|table| table.second) {
            written = Written::Refused(Box::new(Doubt::Several));
            place = row.start.saturating_sub(from)..row.end.saturating_sub(from).min(trimmed.len());
        }
        let line = match &written {
            // What is refused is shown as it is written.
            Written::Refused(_) => place,
            _ => 0..trimmed.lines().next().unwrap_or_default().len(),
        };
        let place = match line.is_empty() {
            true => headings[at].span.clone(),
            false => from + line.start..from + line.end,
        };
        let text = trimmed[line].split_whitespace().collect::<Vec<_>>().join(" ");
        Entry { text, span: self.span(place), written }
    }

    /// The first table in `range`, in which the section of a heading is: what its header says of bare numbers, and the
    /// second of its rows that has a value.
    fn table_in(
        &self,
        factor: Factor,
        range: &Range<usize>,
        measure: &Measure,
    ) -> Option<SectionTable> {
        let mut tables = self.outline.tables.iter();
        let table = tables.find(|table| range.contains(&table.span.start))?;
        let of_header = table.header.iter().filter(|_| factor == Factor::Effort).find_map(|cell| {
            let is_unknown = || {
                let lower = cell.text.to_lowercase();
                lower.split(|c: char| !c.is_alphanumeric()).any(is_measure)
            };
            match unit_of(&cell.text) {
                Some(unit) => Some(Measure::Unit(unit)),
                None => is_unknown().then(|| Measure::Unknown(cell.text.clone())),
            }
        });
        let is_valued = |cell: &MarkdownCell| {
            let is_number = cell.text.trim().starts_with(|c: char| c.is_ascii_digit());
            is_number || matches!(self.entry(factor, cell, measure).written, Written::Value(_))
        };
        let rows = table.rows.iter().filter(|row| row.cells.iter().any(is_valued));
        Some(SectionTable { measure: of_header, second: rows.map(|row| row.span.clone()).nth(1) })
    }

    /// The text in `range`, with spaces in the place of comments, which say nothing.
    fn without_comments(&self, range: Range<usize>) -> String {
        let mut text = self.text[range.clone()].to_owned();
        for comment in &self.outline.comments {
            let (from, to) = (comment.span.start.max(range.start), comment.span.end.min(range.end));
            if from < to {
                let within = from - range.start..to - range.start;
                text.replace_range(within.clone(), &" ".repeat(within.len()));
            }
        }
        text
    }
}

/// The heading above each: the nearest before it with a lower level.
pub(super) fn parents(outline: &Outline) -> Vec<Option<usize>> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let headings = outline.headings.iter().enumerate();
    headings
        .map(|(at, heading)| {
            while open.last().is_some_and(|(level, _)| *level >= heading.level) {
                open.pop();
            }
            let parent = open.last().map(|(_, at)| *at);
            open.push((heading.level, at));
            parent
        })
        .collect()
}

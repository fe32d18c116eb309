//! Headings that are called as the factors, each with its value below.

use std::ops::Range;

use super::{Page, is_estimated};
use crate::rice::Factor;
use crate::rice::idea::{Entry, Estimate, Idea};
use crate::rice::read::id_of;
use crate::rice::read::measure::begins_with_factor;
use crate::rice::written::{Measure, Prose, Written, read_prose};
use crate::source::markdown::Outline;

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
            let mut next = at;
            while let Some(heading) = headings.get(next)
                && heading.level >= level
            {
                if heading.level == level {
                    let Some((factor, measure)) = self.section_factor(next) else { break };
                    if factors[factor.index()].is_some() {
                        break;
                    }
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
            if is_estimated(&idea) {
                ideas.push(idea);
            }
        }
        ideas
    }

    /// The factor that the heading with the number `at` is about.
    fn section_factor(&self, at: usize) -> Option<(Factor, Measure)> {
        let title = &self.outline.headings.get(at)?.title;
        begins_with_factor(title, self.scales).filter(|_| title.trim().len() > 1)
    }

    /// What stands under the heading with the number `at`.
    fn section(&self, factor: Factor, at: usize, measure: &Measure) -> Entry {
        let headings = &self.outline.headings;
        let start = headings[at].span.end;
        let end = headings.get(at + 1).map_or(self.text.len(), |next| next.span.start);
        let range = start..end.max(start);
        let text = self.without_comments(range.clone());
        let trimmed = text.trim();
        let from = start + (text.len() - text.trim_start().len());
        let Prose { written, place } = read_prose(factor, trimmed, self.scales, measure);
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

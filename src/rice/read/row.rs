//! A row of a table or of a sheet as an idea, and what keeps one from being read.

use super::header::{Column, Header};
use super::id_of;
use crate::rice::idea::{Entry, Estimate, Idea};
use crate::rice::written::{Measure, Notation, Place, is_struck, read_in};
use crate::rice::{Factor, Scales};
use crate::rice::{Problem, ProblemKind};
use crate::source::{Span, Spanned};

/// A cell: its text as people see it, the text in which marks such as `~~` are kept, and its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'t> {
    pub(super) text: &'t str,
    pub(super) source: &'t str,
    pub(super) span: Span,
}

/// What all rows of a table have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'t> {
    pub(super) header: &'t Header,
    pub(super) notation: Notation,
    pub(super) scales: &'t Scales,
}

impl Table<'_> {
    /// The idea in a row, by its `cells`. `name` is what an idea without a column for titles is called, and `number` the
    /// number of the row. A row that says nothing of an idea is none.
    pub(super) fn idea<'c>(
        &self,
        cell: impl Fn(usize) -> Option<Cell<'c>>,
        span: Span,
        name: Option<&str>,
        number: usize,
    ) -> Option<Idea> {
        let at = |column| self.header.position(column).and_then(&cell);
        let said = |column| {
            let text = at(column).map(|cell| cell.text.trim().to_owned());
            text.filter(|text| !text.is_empty())
        };
        let measure = self.effort_measure(said(Column::Unit));
        let mut factors = [const { None }; 4];
        for factor in Factor::ALL {
            let measure = match factor {
                Factor::Effort => &measure,
                _ => self.header.measure(factor),
            };
            factors[factor.index()] =
                at(Column::Factor(factor)).map(|cell| self.entry(factor, cell, measure));
        }
        let unit = match measure {
            Measure::Unit(unit) => Some(unit),
            _ => None,
        };
        let estimate = Estimate { by: said(Column::Rater), date: None, span, factors, unit };
        let titled = at(Column::Title).filter(|cell| !cell.text.trim().is_empty());
        let title =
            said(Column::Title).or_else(|| said(Column::Id)).or_else(|| name.map(str::to_owned));
        let mut refusals = Vec::new();
        let name_cell = titled.or_else(|| at(Column::Id));
        refusals.extend(name_cell.filter(|cell| is_struck(cell.source)).map(struck_title));
        let title = match title {
            Some(title) => title,
            None if estimate.is_blank() => return None,
            None => {
                refusals.push(untitled(span));
                format!("Untitled (row {number})")
            }
        };
        let id = said(Column::Id).unwrap_or_else(|| id_of(&title));
        let mut idea = Idea::new(id, title, titled.map_or(span, |cell| cell.span));
        idea.refusals = refusals;
        idea.area = said(Column::Area);
        idea.owner = said(Column::Owner);
        idea.notes = said(Column::Notes);
        idea.link = said(Column::Link);
        let score =
            at(Column::Score).filter(|cell| cell.text.contains(|c: char| c.is_ascii_digit()));
        let stated = score.map(|cell| Spanned::new(cell.text.trim().to_owned(), cell.span));
        idea.stated = stated.into_iter().collect();
        let date = at(Column::Date).and_then(|cell| {
            Some(Spanned::new(crate::config::parse_date(cell.text.trim())?, cell.span))
        });
        // A vector that grows would take room for four.
        idea.estimates = vec![Estimate { date, ..estimate }];
        Some(idea)
    }

    fn entry(&self, factor: Factor, cell: Cell<'_>, measure: &Measure) -> Entry {
        let place = Place::column(measure, self.notation);
        Entry {
            text: cell.text.trim().to_owned(),
            span: cell.span,
            written: read_in(factor, as_written(cell), self.scales, place),
        }
    }

    /// What a bare effort counts in a row whose column for units says `unit`.
    fn effort_measure(&self, unit: Option<String>) -> Measure {
        let whole = self.header.measure(Factor::Effort);
        match (unit, whole) {
            (None, _) | (_, Measure::Claimed(_) | Measure::Part(_)) => whole.clone(),
            (Some(unit), _) => match super::measure::unit_of(&unit) {
                Some(unit) => Measure::Unit(unit),
                None => Measure::Unknown(unit),
            },
        }
    }
}

/// The text of a cell, with its marks if something in it is struck through, if it has lines of its own, or if a tag is all
/// that divides two numbers or words, as in `2<sup>1</sup>`.
pub(super) fn as_written(cell: Cell<'_>) -> &str {
    let is_broken = cell.source.contains("<br");
    let is_apart = is_broken || is_struck(cell.source) || has_tag_in_word(cell.source);
    if is_apart { cell.source } else { cell.text }
}

/// Whether a tag follows a letter or digit and has one after it.
fn has_tag_in_word(source: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut chars = source.chars().peekable();
    // Of the tag that is open: whether it follows a letter or digit.
    let (mut before, mut open) = (None, None);
    while let Some(c) = chars.next() {
        match c {
            '<' => open = Some(is_word(before)),
            '>' if open.take() == Some(true) && is_word(chars.peek().copied()) => return true,
            _ => {}
        }
        before = Some(c);
    }
    false
}

fn untitled(span: Span) -> Problem {
    Problem::new(ProblemKind::OffScale, span, "a row has estimates and no title")
        .label("no title")
        .help("write a title in its row")
}

/// A row whose title is struck through.
fn struck_title(cell: Cell<'_>) -> Problem {
    Problem::new(
        ProblemKind::OffScale,
        cell.span,
        "the title is struck through, so the idea may be dropped",
    )
    .label("struck through")
    .help("remove the row, or the marks around its title")
}

/// A row with more cells than the header has.
pub(super) fn too_many_cells(span: Span, cells: usize, columns: usize) -> Problem {
    Problem::new(
        ProblemKind::OffScale,
        span,
        format!(
            "the row has {cells} cells, and the header {columns}, so the columns are not certain"
        ),
    )
    .label(format!("{cells} cells for {columns} columns"))
    .help("quote a cell with a comma in it, or escape a `|`")
}

/// A row below a second header with other columns.
pub(super) fn below_second_header(span: Span, number: usize) -> Problem {
    Problem::new(
        ProblemKind::OffScale,
        span,
        format!("row {number} above is a second header with other columns"),
    )
    .label("below a second header")
    .help("divide the table in two")
}

/// A table of which no column can be known to name the ideas.
pub(super) fn no_titles(span: Span, may_be: &[&str]) -> Problem {
    let of = match may_be {
        [] => String::new(),
        several => format!(": it may be `{}`", several.join("` or `")),
    };
    Problem::new(
        ProblemKind::OffScale,
        span,
        format!("no column of the table is known to name the ideas{of}"),
    )
    .label("no column for titles")
    .help("call the column `Title` or `Idea`")
}

/// A table or a list that says a factor several times.
pub(super) fn said_twice(span: Span, what: &str) -> Problem {
    Problem::new(ProblemKind::OffScale, span, format!("{what}, so none is taken"))
        .label("several values")
        .help("keep one, or write a table with a row for each idea")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_in_a_word_divides_it() {
        for text in ["2<sup>1</sup>", "2<sub>1</sub>", "a <b 2<i>1</i>", "<b>2</b>1"] {
            assert!(has_tag_in_word(text), "{text}");
        }
        for text in ["<b>2</b>", "2 <sup>1</sup>", "2<br> 1", "2 < 3 > 1", "2>1", ""] {
            assert!(!has_tag_in_word(text), "{text}");
        }
        // A cell is gone through once, however many tags begin in it.
        assert!(!has_tag_in_word(&"2<".repeat(2_000_000)));
    }
}

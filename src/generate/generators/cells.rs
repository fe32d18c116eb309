//! What stands in the cells of a feature matrix, and the legend of it.

use crate::generate::content::{Block, Inline};
use crate::handbook::Cell;

/// How something has a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It has.
    Yes,
    /// It has a part.
    Partial,
    /// It has not, but it is asked for.
    Planned,
    /// It has not.
    No,
    /// The question makes no sense for it.
    NotApplicable,
    /// Nobody has said.
    Unknown,
    /// It has it as far as a maturity level, by its title.
    Level(String),
}

impl Mark {
    /// The marks that have a line in the legend, in its order.
    const EXPLAINED: [Self; 6] =
        [Self::Yes, Self::Partial, Self::Planned, Self::No, Self::NotApplicable, Self::Unknown];

    /// What stands in the table.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Yes => "✓",
            Self::Partial => "◐",
            Self::Planned => "planned",
            Self::No => "✗",
            Self::NotApplicable => "n/a",
            Self::Unknown => "?",
            Self::Level(title) => title,
        }
    }

    /// What it means; levels speak for themselves.
    fn meaning(&self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partial => "in part",
            Self::Planned => "not yet, but there is an issue for it",
            Self::No => "no",
            Self::NotApplicable => "not applicable",
            Self::Unknown => "unknown",
            Self::Level(_) => "",
        }
    }
}

impl From<Cell> for Mark {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Yes => Self::Yes,
            Cell::No => Self::No,
            Cell::Partially => Self::Partial,
            Cell::NotApplicable => Self::NotApplicable,
        }
    }
}

/// A legend of the marks among `used`, if there are any that need one.
pub(super) fn legend(used: &[Mark]) -> Option<Block> {
    let lines: Vec<String> = Mark::EXPLAINED
        .iter()
        .filter(|mark| used.contains(mark))
        .map(|mark| format!("{} = {}", mark.text(), mark.meaning()))
        .collect();
    (!lines.is_empty()).then(|| Block::Paragraph(Inline::text(lines.join("; "))))
}

//! What a generator makes, before it is written in any format: headings, tables, lists, and where links lead.

use crate::source::RepoPath;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading, so many levels below the section that it comes into; 1 is the first.
    Heading(u8, Inline),
    /// A paragraph.
    Paragraph(Inline),
    /// A table.
    Table(Table),
    /// A list, without numbers.
    List(Vec<Item>),
    /// A list, numbered from 1.
    Numbered(Vec<Inline>),
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What it says.
    pub text: Inline,
    /// The items below it.
    pub children: Vec<Item>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The headings of its columns.
    pub columns: Vec<String>,
    /// Its rows, with a cell for each column.
    pub rows: Vec<Vec<Inline>>,
}

/// Text with links.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Inline(pub Vec<Piece>);

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Text that means nothing but itself.
    Text(String),
    /// The same, set off.
    Strong(String),
    /// A link.
    Link {
        /// What it says.
        text: String,
        /// Where it leads.
        to: Destination,
    },
    /// Markdown that somebody wrote into a data file, or a part of it.
    Markdown(String),
    /// Where a link leads whose brackets stand in the Markdown around it.
    To(Destination),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Destination {
    /// To another site, or to what cannot be told; as it is written.
    Address(String),
    /// To a page of the handbook, and to a heading in it.
    Page(RepoPath, Option<String>),
}

impl Inline {
    /// Text alone.
    pub fn text(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    /// Text set off.
    pub fn strong(text: impl Into<String>) -> Self {
        Self(vec![Piece::Strong(text.into())])
    }

    /// Markdown from a data file.
    pub fn markdown(text: impl Into<String>) -> Self {
        Self(vec![Piece::Markdown(text.into())])
    }

    /// A link, or text alone where it leads nowhere.
    pub fn link(text: impl Into<String>, to: Option<Destination>) -> Self {
        let text = text.into();
        Self(vec![match to {
            Some(to) => Piece::Link { text, to },
            None => Piece::Text(text),
        }])
    }

    /// This and then `other`.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// This and then text.
    #[must_use]
    pub fn then_text(self, text: impl Into<String>) -> Self {
        self.then(Self::text(text))
    }

    /// `parts`, with `between` between them.
    pub fn joined(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut all = Self::default();
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                all = all.then_text(between);
            }
            all = all.then(part);
        }
        all
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words alone, for a terminal and for programs.
    pub fn words(&self) -> String {
        let words = self.0.iter().map(|piece| match piece {
            Piece::Text(text)
            | Piece::Strong(text)
            | Piece::Markdown(text)
            | Piece::Link { text, .. } => text.as_str(),
            Piece::To(Destination::Address(address)) => address,
            Piece::To(Destination::Page(path, _)) => path.as_str(),
        });
        words.collect()
    }
}

impl Item {
    /// An item without others below it.
    pub fn new(text: Inline) -> Self {
        Self { text, children: Vec::new() }
    }
}

//! An idea and what is estimated of it, wherever it is written down.

use jiff::civil::Date;

use super::Factor;
use super::problem::Problem;
use super::written::{Unit, Written};
use crate::source::{Span, Spanned};

/// Something that could be built.
#[derive(Clone, Debug)]
pub struct Idea {
    /// What commands call it: its key in `rice.yml`, its id in a sheet, else its title as a slug.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub span: Span,
    /// What it names as its category, its feature and its team.
    pub pointers: Vec<(Pointer, Spanned<String>)>,
    /// The area it names itself, where that need be nothing that the handbook knows.
    pub area: Option<String>,
    /// What it belongs to, outermost first: section, stage, group and category, or team and category.
    pub areas: Vec<String>,
    /// Where it is discussed.
    pub link: Option<String>,
    /// Whose it is.
    pub owner: Option<String>,
    /// A remark.
    pub notes: Option<String>,
    /// The estimates, one for each rater. There is one at least.
    pub estimates: Vec<Estimate>,
    /// Scores that stand beside the factors.
    pub stated: Vec<Spanned<String>>,
    /// Why no estimate can be taken of where it is written, whatever its factors look like.
    pub refusals: Vec<Problem>,
}

/// What an idea can point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pointer {
    /// A category.
    Category,
    /// A feature, by its key or its title.
    Feature,
    /// A team; where there are stages, a group or a stage.
    Team,
}

impl Pointer {
    /// What it is called.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Feature => "feature",
            Self::Team => "team",
        }
    }
}

/// What one rater thinks.
#[derive(Clone, Debug)]
pub struct Estimate {
    /// Who; `None` where nobody is named.
    pub by: Option<String>,
    /// When.
    pub date: Option<Spanned<Date>>,
    /// Where it stands.
    pub span: Span,
    /// The factors, in the order of the formula; `None` where nothing is written.
    pub factors: [Option<Entry>; 4],
    /// The unit of effort that its column is headed with.
    pub unit: Option<Unit>,
}

/// A factor as it is written.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// What it counts.
    pub written: Written,
}

impl Estimate {
    /// What is written for `factor`.
    pub fn entry(&self, factor: Factor) -> Option<&Entry> {
        self.factors[factor.index()].as_ref()
    }

    /// Supposes that `text` is written for `factor`, which is read as `written`.
    pub fn set(&mut self, factor: Factor, text: &str, written: Written) {
        let span = self.entry(factor).map_or(self.span, |entry| entry.span);
        self.factors[factor.index()] = Some(Entry { text: text.to_owned(), span, written });
    }

    /// Whether nothing is written for any factor.
    pub fn is_blank(&self) -> bool {
        self.factors.iter().flatten().all(|entry| entry.written == Written::Nothing)
    }
}

impl Idea {
    /// An idea called `title` that stands at `span`, with nothing else known.
    pub fn new(id: String, title: String, span: Span) -> Self {
        Self {
            id,
            title,
            span,
            pointers: Vec::new(),
            area: None,
            areas: Vec::new(),
            link: None,
            owner: None,
            notes: None,
            estimates: Vec::new(),
            stated: Vec::new(),
            refusals: Vec::new(),
        }
    }
}

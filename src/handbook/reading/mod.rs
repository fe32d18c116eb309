//! Reading records by their [`Schema`](super::schema::Schema): every field is checked once against its
//! declaration, whatever is wrong is collected, and what is right can be asked for by name.

mod check;
mod fields;
mod records;
mod value;

use std::cell::RefCell;
use std::collections::HashMap;

use super::schema::{Links, Schema, Table};
use super::{Ladder, Problem};
use crate::source::yaml::Node;
use crate::source::{Span, Spanned};

pub use fields::Fields;
pub(super) use records::{key_is_no_text, read_list, read_records};

/// A pointer from one fact to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it points into.
    pub table: Table,
    /// The key it names.
    pub key: Spanned<String>,
    /// Whose it is, such as ``feature `Saved searches` ``.
    pub owner: String,
    /// The field it stands in, such as `category`.
    pub field: String,
}

/// A word of a vocabulary that a file sets itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VocabularyWord {
    /// The field, such as `priority_level`.
    pub field: String,
    /// The word.
    pub word: Spanned<String>,
}

/// A text of a data file that links to other places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkingText {
    /// How it does.
    pub links: Links,
    /// The text.
    pub text: Spanned<String>,
}

/// What reading finds beside the records.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What points where.
    pub references: Vec<Reference>,
    /// The words of the fields whose vocabulary the file sets.
    pub vocabulary: Vec<VocabularyWord>,
    /// The texts that link to other places.
    pub links: Vec<LinkingText>,
    /// The keys of records that are empty or no maps.
    pub broken_keys: Vec<String>,
    /// Records, and values that the model asked for, that could not be read: where, and what is wrong there.
    pub lost: RefCell<Vec<(Span, String)>>,
}

/// What reading a file needs to know, and what it finds.
pub(super) struct Reader<'a> {
    ladder: &'a Ladder,
    part: Option<Spanned<String>>,
    findings: Findings,
    /// What [`fields::near_fields`] said of the keys beside the fields: a file names the same tools
    /// over and over, and measuring their distance each time would take longer than all else.
    near: HashMap<(&'static str, String), Vec<usize>>,
}

impl<'a> Reader<'a> {
    /// A reader with nothing found yet.
    pub(super) fn new(ladder: &'a Ladder) -> Self {
        Self { ladder, part: None, findings: Findings::default(), near: HashMap::new() }
    }

    /// What was found.
    pub(super) fn into_findings(self) -> Findings {
        self.findings
    }

    /// From here on, records belong to `part` of the file.
    pub(super) fn enter(&mut self, part: Spanned<String>) {
        self.part = Some(part);
    }

    /// Reads all records of a file by `read`, which says whether they are laid out as they should be; where
    /// they are not, the last problem is one of the whole file.
    pub(super) fn whole(&mut self, read: impl FnOnce(&mut Self) -> bool) -> bool {
        let is_whole = read(self);
        if let Some(problem) = self.findings.problems.last_mut().filter(|_| !is_whole) {
            problem.is_of_whole_file = true;
        }
        is_whole
    }

    /// Adds a problem.
    pub(super) fn problem(&mut self, problem: Problem) {
        self.findings.problems.push(problem);
    }

    /// Adds a problem that costs what is at its place.
    pub(super) fn lost(&mut self, problem: Problem) {
        self.lose(problem.span, problem.message.clone());
        self.problem(problem);
    }

    /// Notes that what is at `span` could not be read; what is wrong there is reported already.
    fn lose(&self, span: Span, message: String) {
        self.findings.lost.borrow_mut().push((span, message));
    }

    /// Whether `value` could be the value of `check`.
    fn fits(&mut self, check: &check::Check<'_>, value: Node<'_, '_>) -> bool {
        let before = std::mem::take(&mut self.findings);
        check.run(value, self);
        let found = std::mem::replace(&mut self.findings, before);
        found.problems.is_empty()
    }

    /// The places of the fields of `schema` that `key` may be a slip of, the nearest first.
    fn near_fields(&mut self, schema: &Schema, key: &str) -> Vec<usize> {
        let near = self.near.entry((schema.noun, key.to_owned()));
        near.or_insert_with(|| fields::near_fields(schema, key)).clone()
    }
}

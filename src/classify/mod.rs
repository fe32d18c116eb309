//! What kind of change it is that somebody asks to merge: review dates, generated text, maturity, categories,
//! owners, or anything else.
//!
//! Both sides of the change are read as handbooks and compared. What the comparison of data and pages does not explain
//! is [`ChangeKind::Other`]: a change is never taken for less than it is.

mod approvals;
mod categories;
mod data;
mod facts;
mod maturity;
mod owners;
mod pages;
mod written;

use jiff::civil::Date;

use crate::config::{ChangeKind, Config, Direction};
use crate::generate::collect::Collected;
use crate::handbook::Loaded;
use crate::repo::diff::Diff;
use crate::repo::{Repo, Revision};
use crate::review::Survey;
use crate::source::{FileStore, RepoPath, Span};

pub use approvals::{Approver, Notified};

/// A handbook before or after the change.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// What it says, with its owner files.
    pub loaded: &'a Loaded,
    /// Its pages that are reviewed.
    pub reviews: &'a Survey,
}

/// A change of a handbook.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The handbook before.
    pub before: Side<'a>,
    /// The handbook now.
    pub after: Side<'a>,
    /// What is generated now.
    pub generated: &'a Collected,
    /// Which files changed.
    pub diff: &'a Diff,
    /// What changed outside the handbook.
    pub elsewhere: &'a [String],
    /// Where the files before are read from.
    pub base: &'a Revision,
    /// Where the files are read from now.
    pub repo: &'a Repo,
    /// The configuration.
    pub config: &'a Config,
    /// The day of the judgement.
    pub today: Date,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// The file, from the handbook's root; of what lies outside, with `..`.
    pub path: String,
    /// The line as the file is now, from 1; `None` for what is gone, and for a file as a whole.
    pub line: Option<usize>,
    /// What changed, in one sentence without a full stop.
    pub what: String,
    /// What there was before, where that is a word.
    pub from: Option<String>,
    /// What there is now.
    pub to: Option<String>,
    /// Where maturity goes, if both levels are on the ladder.
    pub direction: Option<Direction>,
    /// What it is about, for those who have to know.
    pub about: About,
    /// Whether nobody needs to look at it, if its kind is harmless: a review in the future is not.
    pub is_plausible: bool,
}

/// What a change is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// Nothing that has people of its own.
    #[default]
    File,
    /// The category of this key.
    Category(String),
    /// The feature of this key.
    Feature(String),
}

impl Change {
    fn new(kind: ChangeKind, path: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            kind,
            path: path.into(),
            line: None,
            what: what.into(),
            from: None,
            to: None,
            direction: None,
            about: About::File,
            is_plausible: true,
        }
    }

    /// A change that stands at `span` now.
    fn at(kind: ChangeKind, span: Span, files: &FileStore, what: impl Into<String>) -> Self {
        let path = files.file(span.file).path().as_str();
        Self { line: Some(files.start(span).line), ..Self::new(kind, path, what) }
    }

    fn between(mut self, from: Option<impl Into<String>>, to: Option<impl Into<String>>) -> Self {
        (self.from, self.to) = (from.map(Into::into), to.map(Into::into));
        self
    }

    fn about(mut self, about: About) -> Self {
        self.about = about;
        self
    }

    /// Its path, if it lies in the handbook.
    pub fn inside(&self) -> Option<RepoPath> {
        RepoPath::new(&self.path).ok()
    }
}

/// What kind of change it is altogether.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overall {
    /// Nothing changed.
    None,
    /// All of it is of one kind, or accompanied by review dates and generated text alone.
    One(ChangeKind),
    /// Several kinds.
    Mixed,
}

impl Overall {
    /// The names that it can have, beside those of the kinds.
    pub const OTHERS: [&'static str; 2] = ["mixed", "none"];

    /// Its name, which does not change.
    pub fn name(self) -> &'static str {
        match self {
            Self::One(kind) => kind.name(),
            Self::Mixed => Self::OTHERS[0],
            Self::None => Self::OTHERS[1],
        }
    }
}

/// What a change is.
#[derive(Clone, Debug)]
pub struct Classification {
    /// What changed, by kind, path and line.
    pub changes: Vec<Change>,
    /// Who approves it.
    pub approvers: Vec<Approver>,
    /// Who is told of it.
    pub notify: Vec<Notified>,
}

impl Classification {
    /// What kind of change it is. Review dates and generated text that come along with something else do not count:
    /// they follow from it, or say nothing new.
    pub fn kind(&self) -> Overall {
        let kinds = || self.changes.iter().map(|change| change.kind);
        let grave: Vec<ChangeKind> = kinds().filter(|kind| !kind.is_harmless()).collect();
        let counted = if grave.is_empty() { kinds().collect() } else { grave };
        match counted.split_first() {
            None => Overall::None,
            Some((first, rest)) if rest.iter().all(|kind| kind == first) => Overall::One(*first),
            Some(_) => Overall::Mixed,
        }
    }

    /// Whether it can be merged without anybody's decision: all of it is review dates that are plausible, and
    /// generated text that is what the generators make.
    pub fn is_auto_mergeable(&self) -> bool {
        let is_safe = |change: &Change| change.kind.is_harmless() && change.is_plausible;
        !self.changes.is_empty() && self.changes.iter().all(is_safe)
    }
}

/// Tells what kind of change `subject` is.
pub fn classify(subject: &Subject<'_>) -> Classification {
    let mut changes = data::changes(subject);
    changes.extend(pages::changes(subject));
    changes.extend(
        subject
            .elsewhere
            .iter()
            .map(|path| Change::new(ChangeKind::Other, path, "changes outside the handbook")),
    );
    changes.sort_by(|one, other| {
        let key = |change: &Change| (change.kind, change.line);
        let (kind, line) = key(one);
        (kind, &one.path, line, &one.what).cmp(&(
            other.kind,
            &other.path,
            key(other).1,
            &other.what,
        ))
    });
    let approvers = approvals::approvers(&changes, subject);
    let notify = approvals::notified(&changes, subject);
    Classification { changes, approvers, notify }
}

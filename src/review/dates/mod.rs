//! What a page says of its own dates: when it was reviewed, when it was updated, who looks after it and how
//! often it is due.
//!
//! Text in, facts out: no file is opened and no clock read. A review and an update are different facts, and
//! neither stands in for the other. The forms are those of real handbooks: keys of the front matter, lines
//! and sentences, tables, footers, Google's freshness comment, a change log, an ERB partial. The words are a table in
//! `forms`, the ways to write a date one in `notation`, so that a new spelling is a line with its example.

mod body;
mod draft;
mod forms;
mod freshness;
mod front_matter;
mod lines;
mod malformed;
mod notation;
mod partial;
mod pattern;
mod place;
mod statement;
mod subject;
mod tables;

#[cfg(test)]
mod any_text_tests;
#[cfg(test)]
mod marker_tests;
#[cfg(test)]
mod story_tests;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::packed::Searcher;

use crate::source::markdown::{self, Outline};

pub use draft::{Draft, draft_mark, is_draft};
pub use notation::{Notation, NotationKind, PartialDate, WrittenDate};
pub use partial::partial_date;

use forms::Facts;

/// The dates of a page, and what stands beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageDates {
    /// When the page was last reviewed. Where it says so twice, the place nearest to its top counts.
    pub reviewed: Reviewed,
    /// The page's other dates of its review (a footer besides a line at the top), in page order.
    pub other_reviewed: Vec<Stamp>,
    /// When the page was last updated, revised, edited or modified; never a review. The newest row of a
    /// change log counts where nothing else does.
    pub updated: Option<Stamp>,
    /// The day of the next review, if the page says it.
    pub next_review: Option<Stamp>,
    /// How often a review is due: `review_in`, `review_interval`.
    pub interval: Option<Raw>,
    /// Who looks after the page, by its front matter or its freshness comment.
    pub owner: Option<Raw>,
    /// How finished the page is, by its description.
    pub draft: Option<Draft>,
    /// A key of the front matter for the date of the review, which is still to get its value.
    pub empty_key: Option<EmptyKey>,
    /// Values of the front matter that aliases take to other keys: whoever changes one, changes the others.
    pub shared: Vec<Range<usize>>,
}

/// A key without a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmptyKey {
    /// The key.
    pub key: String,
    /// What says that there is no value: nothing behind the colon, `~`, `null`, a pair of quotes.
    pub span: Range<usize>,
}

/// What a page says of its last review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reviewed {
    /// Nothing.
    #[default]
    Missing,
    /// A date.
    Found(Stamp),
    /// Something that is no date: `2022-21-09`, `yyyy-mm-dd`. Such a page was not reviewed on any day.
    Malformed {
        /// How it is said.
        form: Form,
        /// What stands for the date.
        raw: String,
        /// Where.
        span: Range<usize>,
    },
    /// The date is in a partial.
    InPartial {
        /// As the page writes it: `direction/x/last_updated`.
        name: String,
        /// Where the name stands.
        span: Range<usize>,
    },
}

/// A date, how it is said, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// How it is said.
    pub form: Form,
    /// The date.
    pub date: WrittenDate,
    /// Exactly the characters of the date.
    pub span: Range<usize>,
}

/// Text of the page and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The text, without quotes and, in YAML, without escapes.
    pub raw: String,
    /// Its characters.
    pub span: Range<usize>,
}

/// How a page says a date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A key of the front matter.
    FrontMatter(String),
    /// `Last reviewed: 2022-10-05` before the page's first section.
    Line,
    /// `This page was last reviewed on 2022-10-05.`
    Sentence,
    /// `| Last reviewed | 2022-10-05 |`
    TableRow,
    /// A column of a table of one row.
    TableColumn,
    /// A line of the HTML that ends the page.
    HtmlFooter,
    /// A line that ends the page.
    PlainFooter,
    /// `<!--* freshness: { reviewed: '2022-10-05' } *-->`
    Freshness,
    /// All that a partial holds.
    Partial,
    /// `description: '50% DRAFT (revised by Ada on Oct 20, 2020)'`
    Description,
    /// A table of changes.
    ChangeLog,
    /// A key of a page that is a YAML file.
    YamlKey(String),
}

impl Form {
    /// Its name in JSON; never changed.
    pub fn name(&self) -> &'static str {
        match self {
            Self::FrontMatter(_) => "front-matter",
            Self::Line => "line",
            Self::Sentence => "sentence",
            Self::TableRow => "table-row",
            Self::TableColumn => "table-column",
            Self::HtmlFooter => "html-footer",
            Self::PlainFooter => "plain-footer",
            Self::Freshness => "freshness",
            Self::Partial => "partial",
            Self::Description => "description",
            Self::ChangeLog => "change-log",
            Self::YamlKey(_) => "yaml-key",
        }
    }
}

/// Something that a page says of a date, before it is weighed against what else it says.
#[derive(Clone, Debug)]
struct Finding {
    facts: Facts,
    form: Form,
    value: Value,
}

/// What is said, and where.
#[derive(Clone, Debug)]
enum Value {
    Date(WrittenDate, Range<usize>),
    /// What should have been a date.
    Malformed(Range<usize>),
    /// The name of an ERB partial.
    Partial(String, Range<usize>),
}

impl Value {
    fn span(&self) -> &Range<usize> {
        match self {
            Self::Date(_, span) | Self::Malformed(span) | Self::Partial(_, span) => span,
        }
    }
}

/// Whether [`page_dates`] may find anything in `text`: one scan, and no parsing.
pub fn may_hold_dates(text: &str) -> bool {
    static SEARCHER: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(STEMS));
    // The searcher compares many bytes at once, but not without regard to case.
    SEARCHER.as_ref().is_none_or(|words| words.find(text.to_ascii_lowercase()).is_some())
}

/// Stems of all words that a form, a key or a comment is made of, in lower case.
const STEMS: [&str; 21] = [
    "review",
    "updat",
    "revis",
    "edit",
    "modif",
    "amend",
    "last",
    "latest",
    "recent",
    "freshness",
    "draft",
    "owner",
    "maintainer",
    "dri:",
    "dri\"",
    "dri =",
    "dri=",
    "dris",
    "最終",
    "前回",
    "日",
];

/// Reads the dates of the page `text`, which has no byte order mark. A page is Markdown, with or without
/// ERB and HTML, or a YAML file. Takes time in proportion to its length.
pub fn page_dates(text: &str) -> PageDates {
    page_dates_in(text, None)
}

/// The [`page_dates`] of `text`, with its outline if somebody has read that.
pub fn page_dates_in(text: &str, outline: Option<&Outline>) -> PageDates {
    if !may_hold_dates(text) {
        return PageDates::default();
    }
    let front_matter = markdown::front_matter(text);
    let mut known = front_matter::read(text, front_matter.as_ref());
    let mut page = known.page;
    if !known.is_all {
        let body = front_matter.map_or(0, |found| found.block.end);
        let has_review = known.findings.iter().any(|finding| finding.facts.reviewed);
        let body = body::read(text, body, outline, has_review);
        known.findings.extend(body.findings);
        page.interval = page.interval.or(body.interval);
        page.owner = page.owner.or(body.owner);
    }
    weigh(text, known.findings, &mut page);
    page
}

/// The page's own dates among `findings`: the first of each, and the other reviews.
fn weigh(text: &str, mut findings: Vec<Finding>, page: &mut PageDates) {
    findings.sort_by_key(|finding| finding.value.span().start);
    for Finding { facts, form, value } in findings {
        let date = match &value {
            Value::Date(date, span) => {
                Some(Stamp { form: form.clone(), date: date.clone(), span: span.clone() })
            }
            _ => None,
        };
        if facts.updated && page.updated.as_ref().is_none_or(|it| it.form == Form::ChangeLog) {
            page.updated = date.clone().or(page.updated.take());
        }
        if facts.next {
            page.next_review = page.next_review.take().or(date.clone());
        }
        if !facts.reviewed {
            continue;
        }
        if page.reviewed != Reviewed::Missing {
            page.other_reviewed.extend(date);
            continue;
        }
        page.reviewed = match value {
            Value::Date(date, span) => Reviewed::Found(Stamp { form, date, span }),
            Value::Malformed(span) => {
                Reviewed::Malformed { form, raw: text[span.clone()].to_owned(), span }
            }
            Value::Partial(name, span) => Reviewed::InPartial { name, span },
        };
    }
}

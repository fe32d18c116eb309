//! What a page says of its own dates: when it was reviewed, when it was updated, who looks after it and how
//! often it is due.
//!
//! Text in, facts out: no file is opened and no clock read. A review and an update are different facts, and
//! neither stands in for the other. The forms are those of real handbooks, each in a file of its own here:
//! keys of the front matter, lines and sentences, tables, footers, Google's freshness comment, a change
//! log, an ERB partial. What a form is made of (the words, the date, the place) is read by `marker`,
//! `date` and `place`, so that a new spelling is a word in a list.

mod between;
mod date;
mod date_words;
mod draft;
mod freshness;
mod front_matter;
mod japanese;
mod lines;
mod malformed;
mod marker;
mod next;
mod notation;
mod others;
mod partial;
mod phrases;
mod place;
mod prose;
mod tables;
mod tokens;
mod words;

#[cfg(test)]
mod any_text_tests;
#[cfg(test)]
mod marker_tests;
#[cfg(test)]
mod story_tests;

use std::ops::Range;

use crate::source::markdown::{self, Outline};

pub use date::WrittenDate;
pub use draft::{Draft, draft_mark, is_draft};
pub use notation::{Notation, NotationKind, PartialDate};
pub use partial::partial_date;
pub use words::may_hold_dates;

use marker::Facts;

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
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Date(WrittenDate, Range<usize>),
    Malformed(Range<usize>),
    Partial(String, Range<usize>),
}

impl Finding {
    fn start(&self) -> usize {
        match &self.what {
            What::Date(_, span) | What::Malformed(span) | What::Partial(_, span) => span.start,
        }
    }
}

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
    let mut page = PageDates::default();
    let mut findings = Vec::new();
    let front_matter = markdown::front_matter(text);
    let known = front_matter::read(text, front_matter.as_ref());
    findings.extend(known.findings);
    (page.interval, page.owner, page.draft) = (known.interval, known.owner, known.draft);
    (page.empty_key, page.shared) = (known.empty, known.shared);
    page.next_review = known.next;
    if !known.is_all {
        let body = front_matter.map_or(0, |found| found.block.end);
        let has_review = findings.iter().any(|finding| finding.facts.reviewed);
        let body = prose::read(text, body, outline, has_review);
        findings.extend(body.findings);
        page.interval = page.interval.or(body.interval);
        page.next_review = page.next_review.or(body.next);
        page.owner = page.owner.or(body.owner);
    }
    weigh(text, findings, &mut page);
    page
}

/// The page's own dates among `findings`: the first of each, and the other reviews.
fn weigh(text: &str, mut findings: Vec<Finding>, page: &mut PageDates) {
    findings.sort_by_key(Finding::start);
    for Finding { facts, form, what } in findings {
        if facts.updated
            && page.updated.as_ref().is_none_or(|first| first.form == Form::ChangeLog)
            && let What::Date(date, span) = &what
        {
            let (date, span) = (date.clone(), span.clone());
            page.updated = Some(Stamp { form: form.clone(), date, span });
        }
        if !facts.reviewed {
            continue;
        }
        let is_first = page.reviewed == Reviewed::Missing;
        match what {
            What::Date(date, span) if is_first => {
                page.reviewed = Reviewed::Found(Stamp { form, date, span });
            }
            What::Date(date, span) => page.other_reviewed.push(Stamp { form, date, span }),
            What::Malformed(span) if is_first => {
                let raw = text[span.clone()].to_owned();
                page.reviewed = Reviewed::Malformed { form, raw, span };
            }
            What::Partial(name, span) if is_first => {
                page.reviewed = Reviewed::InPartial { name, span };
            }
            What::Malformed(_) | What::Partial(..) => {}
        }
    }
}

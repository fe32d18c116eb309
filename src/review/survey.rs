//! Every page that is to be reviewed: what it says, whose it is, where it stands.

use std::collections::HashMap;

use jiff::civil::Date;

use super::changes::{self, Change, Changes, Completeness};
use super::dates::{self, Notation, PageDates, PartialDate, Reviewed};
use super::owners::{Owners, Ownership};
use super::status::{Status, judge};
use crate::config::{Config, Interval, IntervalError, Pages, Profile};
use crate::handbook::{self, Loaded, Page, Scope, partials};
use crate::repo::history::HistoryError;
use crate::repo::{Files, Repo};
use crate::source::markdown::Outline;
use crate::source::{FileId, FileStore, RepoPath, Span};

/// The pages that are to be reviewed.
#[derive(Debug)]
pub struct Survey {
    /// The day of the judgement.
    pub today: Date,
    /// The pages, most overdue first: by the day they are due, then those without one.
    pub pages: Vec<PageReview>,
}

/// A page, and where it stands.
#[derive(Clone, Debug)]
pub struct PageReview {
    /// Its place.
    pub path: RepoPath,
    /// Its file.
    pub file: FileId,
    /// What it is, such as `direction`.
    pub kind: String,
    /// What it is called; its path if it has no title.
    pub title: String,
    /// Whose it is, once [`Survey::add_owners`] has found out.
    pub ownership: Ownership,
    /// What it says of its dates.
    pub dates: PageDates,
    /// The date of its last review, if it is one.
    pub reviewed: Option<Dated>,
    /// What stands where that date belongs and is none.
    pub malformed: Option<(String, Span)>,
    /// How often it is reviewed.
    pub cadence: Interval,
    /// What is wrong with the interval that the page asks for.
    pub interval_error: Option<(IntervalError, Span)>,
    /// Whether it has to carry a date.
    pub is_required: bool,
    /// When the next review is due.
    pub due: Option<Date>,
    /// How many days ago it was reviewed.
    pub age_days: Option<i64>,
    /// Where it stands.
    pub status: Status,
    /// The day of the judgement.
    pub today: Date,
    /// What git knows of it, once [`Survey::add_changes`] has asked; `None` without git, for a page that is not committed, and where a shallow
    /// clone hides it.
    pub changes: Option<Changes>,
}

/// A date and its place, which may be in a partial.
#[derive(Clone, Debug)]
pub struct Dated {
    /// The date.
    pub date: PartialDate,
    /// How it is written.
    pub notation: Notation,
    /// How it is said.
    pub form: &'static str,
    /// Its characters.
    pub span: Span,
}

/// How many pages there are of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All.
    pub pages: usize,
    /// With the date of a review.
    pub with_date: usize,
    counts: [usize; Status::ALL.len()],
}

impl PageReview {
    /// The last commit that changed it.
    pub fn last_change(&self) -> Option<&Change> {
        self.changes.as_ref().map(|changes| &changes.last)
    }

    /// How many commits changed more than the stamp since the review.
    pub fn commits_since_review(&self) -> Option<usize> {
        self.changes.as_ref().and_then(|changes| changes.since_review)
    }

    /// When the date of the review was last changed itself.
    pub fn stamp_changed(&self) -> Option<Date> {
        self.changes.as_ref().and_then(|changes| changes.stamp_changed)
    }

    /// The day of its review, as the first and the last that it may have been.
    pub fn review_days(&self) -> Option<(Date, Date)> {
        let date = self.reviewed.as_ref()?.date;
        let last = counted_from(date, self.today);
        Some(match date {
            PartialDate::Day(_) => (last, last),
            PartialDate::Month { .. } => (last.first_of_month(), last),
        })
    }

    /// The day of the next review that the page itself says.
    pub fn own_due(&self) -> Option<Date> {
        self.dates.next_review.as_ref().map(|stamp| stamp.date.value.last_day())
    }

    /// The partial that holds its date, if one does.
    pub fn partial(&self) -> Option<FileId> {
        let file = self.reviewed.as_ref()?.span.file;
        (file != self.file).then_some(file)
    }

    /// The characters of the date of its review, or of what stands in its place.
    pub fn date_span(&self) -> Option<Span> {
        let malformed = || self.malformed.as_ref().map(|(_, span)| *span);
        self.reviewed.as_ref().map(|dated| dated.span).or_else(malformed)
    }

    /// `day` or `month`, where there is a date.
    pub fn precision(&self) -> Option<&'static str> {
        self.reviewed.as_ref().map(|dated| match dated.date {
            PartialDate::Day(_) => "day",
            PartialDate::Month { .. } => "month",
        })
    }
}

impl Coverage {
    /// The coverage of `pages`.
    pub fn of<'p>(pages: impl IntoIterator<Item = &'p PageReview>) -> Self {
        let mut coverage = Self::default();
        for page in pages {
            coverage.pages += 1;
            coverage.with_date += usize::from(page.reviewed.is_some());
            coverage.counts[page.status as usize] += 1;
        }
        coverage
    }

    /// How many pages stand so.
    pub fn count(&self, status: Status) -> usize {
        self.counts[status as usize]
    }
}

/// What a page says that its review needs, before it is judged.
#[derive(Clone, Debug)]
pub struct Reading {
    title: Option<String>,
    dates: PageDates,
}

impl Reading {
    /// Reads the page `text`, with its outline if somebody has read that, if the page at `path` is one to be reviewed.
    pub fn new(
        path: &RepoPath,
        text: &str,
        outline: Option<&Outline>,
        (profile, entry): (Profile, Option<&Pages>),
    ) -> Option<Self> {
        if !is_reviewed(path, profile, entry?) {
            return None;
        }
        let dates = dates::page_dates_in(text, outline);
        Some(Self { title: handbook::page_title(text), dates })
    }
}

impl Survey {
    /// Reads the handbook, as far as `scope` goes, and looks at every page that is reviewed by a calendar.
    pub fn load(repo: &impl Files, config: &Config, scope: Scope, today: Date) -> (Loaded, Self) {
        let (mut loaded, readings) = handbook::load(repo, config, scope, |path, text, entry| {
            Reading::new(path, text, None, (config.profile, entry))
        });
        let survey = Self::new(repo, &mut loaded, readings, config, today);
        (loaded, survey)
    }

    /// Judges what `readings` say, which are one for each page of `loaded`.
    pub fn new(
        repo: &impl Files,
        loaded: &mut Loaded,
        readings: Vec<Option<Reading>>,
        config: &Config,
        today: Date,
    ) -> Self {
        let mut pages = Vec::new();
        for (at, reading) in readings.into_iter().enumerate() {
            // There is none of a page that is not reviewed.
            let Some(reading) = reading else { continue };
            let page = loaded.handbook.pages[at].clone();
            if let Some(entry) = config.pages.get(page.entry) {
                let found = locate(repo, loaded, &page, &reading);
                pages.push(review(page, reading, found, entry, config, today));
            }
        }
        let mut survey = Self { today, pages };
        survey.sort();
        survey
    }

    fn sort(&mut self) {
        self.pages.sort_by(|one, other| {
            let key = |page: &PageReview| (page.due.is_none(), page.due, page.status);
            key(one).cmp(&key(other)).then_with(|| one.path.cmp(&other.path))
        });
    }

    /// Lets `act` see the drafts alone, if there are any.
    pub fn with_drafts_alone(&mut self, act: impl FnOnce(&mut Self)) {
        let pages = std::mem::take(&mut self.pages);
        let (drafts, others) = pages.into_iter().partition(|page| page.dates.draft.is_some());
        self.pages = drafts;
        if !self.pages.is_empty() {
            act(self);
        }
        self.pages.extend::<Vec<_>>(others);
        self.sort();
    }

    /// Finds out whose the pages are.
    pub fn add_owners(&mut self, repo: &impl Files, loaded: &mut Loaded) {
        loaded.read_owner_files(repo);
        let owners = Owners::new(&loaded.handbook, &loaded.files);
        let people: HashMap<&str, &str> = loaded
            .handbook
            .people
            .iter()
            .filter_map(|person| {
                Some((person.key.value.as_str(), person.name.as_ref()?.value.as_str()))
            })
            .collect();
        let pages = &loaded.handbook.pages;
        for review in &mut self.pages {
            let Ok(at) = pages.binary_search_by(|page| page.path.cmp(&review.path)) else {
                continue;
            };
            // A page may name its owner by the key of a person.
            let own = review.dates.owner.as_ref().map(|owner| owner.raw.as_str());
            let own = own.map(|own| people.get(own).copied().unwrap_or(own));
            review.ownership = owners.of(&pages[at], own);
        }
    }

    /// Asks git what became of the pages since their reviews.
    pub fn add_changes(
        &mut self,
        repo: &Repo,
        files: &FileStore,
    ) -> Result<Completeness, HistoryError> {
        changes::add(repo, None, files, &mut self.pages)
    }

    /// Asks git what had become of the pages when the commit of the name `commit` was made.
    pub fn add_changes_until(
        &mut self,
        repo: &Repo,
        commit: &str,
        files: &FileStore,
    ) -> Result<Completeness, HistoryError> {
        changes::add(repo, Some(commit), files, &mut self.pages)
    }
}

/// Whether the page at `path`, which `entry` of the configuration is about, is reviewed.
fn is_reviewed(path: &RepoPath, profile: Profile, entry: &Pages) -> bool {
    // A partial is a piece of other pages, unless it is asked for by name.
    let is_partial = profile == Profile::Gitlab && path.file_name().starts_with('_');
    entry.is_reviewed && (!is_partial || entry.is_asked_for)
}

/// The date of a review as found, in the page or in its partial.
enum Found {
    Missing,
    Date(Dated),
    Malformed(String, Span),
    Unresolved,
}

fn locate(repo: &impl Files, loaded: &mut Loaded, page: &Page, reading: &Reading) -> Found {
    let file = page.file;
    match &reading.dates.reviewed {
        Reviewed::Missing => Found::Missing,
        Reviewed::Found(stamp) => Found::Date(Dated {
            date: stamp.date.value,
            notation: stamp.date.notation.clone(),
            form: stamp.form.name(),
            span: Span::new(file, stamp.span.clone()),
        }),
        Reviewed::Malformed { raw, span, .. } => {
            Found::Malformed(raw.clone(), Span::new(file, span.clone()))
        }
        Reviewed::InPartial { name, .. } => {
            let partial = partials::find(repo, &mut loaded.files, &page.path, name);
            let Some(partial) = partial else { return Found::Unresolved };
            match dates::partial_date(loaded.files.file(partial).text()) {
                Ok(stamp) => Found::Date(Dated {
                    date: stamp.date.value,
                    notation: stamp.date.notation,
                    form: "partial",
                    span: Span::new(partial, stamp.span),
                }),
                Err(raw) => Found::Malformed(raw.raw, Span::new(partial, raw.span)),
            }
        }
    }
}

fn review(
    page: Page,
    reading: Reading,
    found: Found,
    entry: &Pages,
    config: &Config,
    today: Date,
) -> PageReview {
    let Reading { title, dates } = reading;
    let own_interval = dates.interval.as_ref().map(|interval| {
        let span = Span::new(page.file, interval.span.clone());
        interval.raw.parse::<Interval>().map_err(|error| (error, span))
    });
    let (own_cadence, interval_error) = match own_interval {
        Some(Ok(cadence)) => (Some(cadence), None),
        Some(Err(error)) => (None, Some(error)),
        None => (None, None),
    };
    let cadence = own_cadence.or(entry.cadence).unwrap_or(config.review.cadence);
    let (mut reviewed, mut malformed) = (None, None);
    let (mut due, mut age_days) = (None, None);
    let status = match found {
        Found::Missing => Status::Missing,
        Found::Unresolved => Status::Unresolved,
        Found::Malformed(raw, span) => {
            malformed = Some((raw, span));
            Status::Malformed
        }
        Found::Date(dated) => {
            let day = counted_from(dated.date, today);
            let own = dates.next_review.as_ref().map(|stamp| stamp.date.value.last_day());
            let (next, status) = judge(day, own, cadence, config.review.due_soon, today);
            due = next;
            // A date that is today east of here is no days old.
            let is_here = day <= today || status == Status::Future;
            age_days = Some(if is_here { (today - day).get_days().into() } else { 0 });
            reviewed = Some(dated);
            status
        }
    };
    PageReview {
        title: title.unwrap_or_else(|| page.path.to_string()),
        path: page.path,
        file: page.file,
        kind: page.kind,
        ownership: Ownership::default(),
        dates,
        reviewed,
        malformed,
        cadence,
        interval_error,
        is_required: entry.is_required,
        due,
        age_days,
        status,
        today,
        changes: None,
    }
}

/// The day that a date stands for: of a month its last, or today while it lasts.
fn counted_from(date: PartialDate, today: Date) -> Date {
    match date {
        PartialDate::Day(day) => day,
        PartialDate::Month { year, month } if (year, month) == (today.year(), today.month()) => {
            today
        }
        // The month that begins tomorrow has begun east of here.
        PartialDate::Month { .. } => match today.tomorrow() {
            Ok(first)
                if PartialDate::Day(first)
                    == PartialDate::Day(date.last_day().first_of_month()) =>
            {
                first
            }
            _ => date.last_day(),
        },
    }
}

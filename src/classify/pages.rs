//! What changed in the other files: dates of reviews, generated text, owners in a table, or the text itself.
//!
//! Two versions of a page are compared without the places that may differ. If what is left is the same, the change
//! is that of those places alone.

use std::ops::Range;

use super::data::is_data;
use super::owners;
use super::{Change, Side, Subject};
use crate::config::ChangeKind;
use crate::generate::mark::{MarkKind, marks};
use crate::generate::page::State;
use crate::repo::Files;
use crate::repo::diff::Before;
use crate::review::PageReview;
use crate::review::dates::{PartialDate, Reviewed, Stamp, page_dates, partial_date};
use crate::review::stamp::{Stamping, stamp};
use crate::review::status::is_future;
use crate::source::{LineTable, RepoPath};

/// A place of a page that may differ.
#[derive(Debug)]
struct Place {
    span: Range<usize>,
    kind: PlaceKind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum PlaceKind {
    /// The date of a review; `None` for what stands there and is none.
    Review(Option<PartialDate>),
    /// What stands in the block with this number, and its checksum.
    Block(usize),
    /// The owners of an area in a table of product areas.
    Owners,
}

impl PlaceKind {
    /// What stands for the place in a text where it is left out.
    fn sign(self) -> &'static str {
        match self {
            Self::Review(_) => "\0review\0",
            Self::Block(_) => "\0block\0",
            Self::Owners => "\0owners\0",
        }
    }
}

/// What changed in files that hold no data.
pub(super) fn changes(subject: &Subject<'_>) -> Vec<Change> {
    let diff = subject.diff;
    let mut changes = Vec::new();
    let other = |path: &RepoPath, what: String| Change::new(ChangeKind::Other, path.as_str(), what);
    let mut moved = std::collections::BTreeSet::new();
    for (path, change) in diff.present().filter(|(path, _)| !is_data(subject, path)) {
        if change.has_other_mode {
            changes.push(other(path, "changes its mode".to_owned()));
        }
        if owners::is_owners_file(path) {
            changes.extend(owners::changes(subject, path));
        } else if let Some(change) = whole_page(subject, path) {
            changes.push(change);
        } else {
            match &change.before {
                Before::Nowhere => changes.push(other(path, "is new".to_owned())),
                Before::At(before) => {
                    moved.insert(before);
                    changes.push(other(path, format!("is renamed, was {before}")));
                }
                Before::Here => changes.extend(page(subject, path, change.has_other_mode)),
            }
        }
    }
    for path in diff.gone().filter(|path| !is_data(subject, path) && !moved.contains(path)) {
        match owners::is_owners_file(path) {
            true => changes.extend(owners::changes(subject, path)),
            false => changes.push(other(path, "is removed".to_owned())),
        }
    }
    let folders = diff.folders();
    changes.extend(
        folders.map(|path| other(path, "changes, and is a repository of its own".to_owned())),
    );
    if diff.has_unnamed() {
        changes.push(Change::new(ChangeKind::Other, "", "a file changes whose name is not UTF-8"));
    }
    changes
}

/// A page that is generated as a whole, and is what its template gives.
fn whole_page(subject: &Subject<'_>, path: &RepoPath) -> Option<Change> {
    let whole = subject.generated.whole.iter().find(|whole| whole.path == *path)?;
    let text = subject.repo.read(path).ok()?;
    // A byte order mark, a link or another mode is no generated text.
    let is_current = !whole.is_stale && whole.text.as_deref() == Some(&text);
    let was = subject.base.read(path);
    let is_text = was.as_ref().map_or(true, |was| *was != text);
    (is_current && is_text).then(|| {
        let what = format!("is what its template {} gives", whole.template);
        Change::new(ChangeKind::GeneratedOnly, path.as_str(), what)
    })
}

/// What changed in a file that was there before under the same name.
fn page(subject: &Subject<'_>, path: &RepoPath, has_other_mode: bool) -> Vec<Change> {
    let other = |what: &str| vec![Change::new(ChangeKind::Other, path.as_str(), what)];
    let (Ok(was), Ok(is)) = (subject.base.read(path), subject.repo.read(path)) else {
        return other("changes");
    };
    if was == is {
        // The mode may be all that changed, and is said already.
        return if has_other_mode { Vec::new() } else { other("changes its kind") };
    }
    let places = (places(subject.before, path, &was), places(subject.after, path, &is));
    // In a checkout with CRLF the file has what git does not store.
    let is_converted =
        is.contains("\r\n") && !was.contains('\r') && subject.repo.stores_lf(path, &is);
    let stored = |text: &str| match is_converted {
        true => text.replace("\r\n", "\n"),
        false => text.to_owned(),
    };
    let is_same = places.0.len() == places.1.len()
        && without(&was, &places.0) == stored(&without(&is, &places.1));
    if !is_same {
        return first_stamp(subject, path, &stored(&is))
            .map_or_else(|| other("its text changes"), |one| vec![one]);
    }
    let lines = LineTable::new(&is);
    let differing = places
        .0
        .iter()
        .zip(&places.1)
        .filter(|(old, new)| was[old.span.clone()] != stored(&is[new.span.clone()]));
    differing
        .map(|(old, new)| {
            let (from, to) = (was[old.span.clone()].trim(), is[new.span.clone()].trim());
            let change = match (old.kind, new.kind) {
                (PlaceKind::Review(before), PlaceKind::Review(Some(now))) => {
                    let what = format!("the date of the review is {to} now, was {from}");
                    let change = Change::new(ChangeKind::ReviewDatesOnly, path.as_str(), what);
                    let is_plausible = is_plausible(subject, before, now);
                    Change { is_plausible, ..change.between(Some(from), Some(to)) }
                }
                (_, PlaceKind::Block(number)) => block(subject, path, number),
                (_, PlaceKind::Owners) => {
                    let what = format!("the owner of an area is {to} now, was {from}");
                    let change = Change::new(ChangeKind::OwnersChange, path.as_str(), what);
                    change.between(Some(from), Some(to))
                }
                (_, PlaceKind::Review(_)) => {
                    let what = format!("the date of the review is `{to}` now, which is none");
                    Change::new(ChangeKind::Other, path.as_str(), what)
                }
            };
            Change { line: Some(lines.position(&is, new.span.start).line), ..change }
        })
        .collect()
}

/// Whether a review may have been on `now`: not in the future, nor before the last one.
fn is_plausible(subject: &Subject<'_>, before: Option<PartialDate>, now: PartialDate) -> bool {
    let first = match now {
        PartialDate::Day(day) => day,
        PartialDate::Month { .. } => now.last_day().first_of_month(),
    };
    !is_future(first, subject.today)
        && before.is_none_or(|before| before.last_day() <= now.last_day())
}

/// The block of a page, which is what its generator makes or is not.
fn block(subject: &Subject<'_>, path: &RepoPath, number: usize) -> Change {
    let pages = &subject.generated.pages;
    let page = pages.binary_search_by(|page| page.path.cmp(path)).ok();
    let filled = page.and_then(|at| pages[at].filled.get(number));
    let name = filled.map_or("", |filled| filled.mark.call.name.as_str());
    let outcome = filled.and_then(|filled| filled.outcome.as_ref().ok());
    match outcome.is_some_and(|generated| generated.state == State::Current) {
        true => {
            let what = format!("the text is what `{name}` makes of the data");
            Change::new(ChangeKind::GeneratedOnly, path.as_str(), what)
        }
        false => {
            let what = format!("the text is not what `{name}` makes of the data");
            Change::new(ChangeKind::Other, path.as_str(), what)
        }
    }
}

/// The first date of a review that a page gets, if it is written as `pmctl review` writes it.
fn first_stamp(subject: &Subject<'_>, path: &RepoPath, is: &str) -> Option<Change> {
    let review = subject.before.reviews.pages.iter().find(|page| page.path == *path)?;
    let Reviewed::Found(Stamp { date, span, .. }) = page_dates(is).reviewed else { return None };
    let PartialDate::Day(day) = date.value else { return None };
    let files = &subject.before.loaded.files;
    let Ok(Stamping::Edit(edit)) = stamp(review, files, subject.config.profile, day) else {
        return None;
    };
    let stamped = crate::generate::whole::applied(files.file(review.file).text(), &[edit]);
    let bom = files.file(review.file).bom();
    (format!("{bom}{stamped}") == is).then(|| {
        let what = format!("the page has its first date of a review, {day}");
        let change = Change::new(ChangeKind::ReviewDatesOnly, path.as_str(), what);
        let line = Some(LineTable::new(is).position(is, span.start).line);
        let is_plausible = is_plausible(subject, None, date.value);
        Change { line, is_plausible, ..change.between(None::<String>, Some(day.to_string())) }
    })
}

/// The places of the file at `path` that may differ, in its order and apart.
fn places(side: Side<'_>, path: &RepoPath, text: &str) -> Vec<Place> {
    let mut places = Vec::new();
    let loaded = side.loaded;
    let is_page = loaded.handbook.pages.binary_search_by(|page| page.path.cmp(path)).is_ok();
    // A byte order mark moves everything; a page that has one is compared as it is.
    if text.starts_with('\u{feff}') {
        return places;
    }
    if is_partial(side, path) {
        if let Ok(stamp) = partial_date(text) {
            places
                .push(Place { span: stamp.span, kind: PlaceKind::Review(Some(stamp.date.value)) });
        }
        return places;
    }
    if !is_page {
        return places;
    }
    for (number, mark) in marks(text).0.iter().enumerate() {
        if let MarkKind::Block { content, end, .. } = &mark.kind {
            places.push(Place { span: content.start..end.end, kind: PlaceKind::Block(number) });
        }
    }
    let dates = page_dates(text);
    let first = match dates.reviewed {
        Reviewed::Found(stamp) => Some((stamp.span, Some(stamp.date.value))),
        Reviewed::Malformed { span, .. } => Some((span, None)),
        Reviewed::Missing | Reviewed::InPartial { .. } => None,
    };
    // What other keys take by an alias changes with them.
    let is_shared = |span: &Range<usize>| dates.shared.contains(span);
    let others = dates.other_reviewed.into_iter().map(|stamp| (stamp.span, Some(stamp.date.value)));
    let reviews = first.into_iter().chain(others).filter(|(span, _)| !is_shared(span));
    places.extend(reviews.map(|(span, date)| Place { span, kind: PlaceKind::Review(date) }));
    let file = loaded.files.find(path);
    let areas =
        loaded.handbook.owner_files.areas.iter().filter(|area| Some(area.name.span.file) == file);
    let owners = areas.filter_map(|area| area.owners.first());
    // The spaces around them follow the width of the column.
    places.extend(owners.filter_map(|owner| {
        let Range { start, end } = owner.span.range();
        let start = text.get(..start)?.trim_end_matches(' ').len();
        let end = text.len() - text.get(end..)?.trim_start_matches(' ').len();
        Some(Place { span: start..end, kind: PlaceKind::Owners })
    }));
    places.sort_by_key(|place| (place.span.start, place.span.end));
    let mut end = 0;
    // What stands in a block belongs to the block.
    places.retain(|place| {
        let is_apart = place.span.start >= end && text.get(place.span.clone()).is_some();
        if is_apart {
            end = place.span.end;
        }
        is_apart
    });
    places
}

/// Whether some page takes the date of its review from the file at `path`.
fn is_partial(side: Side<'_>, path: &RepoPath) -> bool {
    let file = side.loaded.files.find(path);
    let mut partials = side.reviews.pages.iter().filter_map(PageReview::partial);
    file.is_some() && partials.any(|partial| Some(partial) == file)
}

/// `text` with a sign for each of its `places`.
fn without(text: &str, places: &[Place]) -> String {
    let mut rest = String::new();
    let mut at = 0;
    for place in places {
        rest.push_str(&text[at..place.span.start]);
        rest.push_str(place.kind.sign());
        at = place.span.end;
    }
    rest.push_str(&text[at..]);
    rest
}

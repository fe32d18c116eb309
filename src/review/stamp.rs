//! Stamping a page as reviewed: exactly the characters of its date change, in the page's own form.

use jiff::civil::Date;

use super::PageReview;
use super::dates::{
    EmptyKey, Form, Notation, PartialDate, Reviewed, Stamp, page_dates, partial_date,
};
use super::head;
use crate::config::Profile;
use crate::source::edit::{
    CheckError, Edit, EditedFile, ValueError, front_matter_refusal, insert_front_matter_key,
    open_front_matter, set_front_matter_value,
};
use crate::source::markdown::{Language, Outline, front_matter, opens_yaml};
use crate::source::{
    CONFLICT, CONFLICT_HELP, FileStore, RepoPath, SourceFile, Span, conflicts_outside_code,
    line_ending,
};

/// What stamping a page comes to.
#[derive(Debug)]
pub enum Stamping {
    /// An edit, in the page or in the partial that holds its date.
    Edit(Edit),
    /// The page carries this date already.
    Already,
}

/// Why a page is not stamped; what to do by hand is said.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    /// Reviewed later than on the day of the stamp.
    #[error("`{path}` was reviewed on {reviewed}, which is later than {day}")]
    Later {
        /// The page.
        path: RepoPath,
        /// The date it carries.
        reviewed: PartialDate,
        /// The date it was to carry.
        day: Date,
    },
    /// The partial that should hold the date is not there.
    #[error(
        "`{path}` takes its date from the partial `{partial}`, which is not there; create it with the date"
    )]
    NoPartial {
        /// The page.
        path: RepoPath,
        /// The partial as the page names it.
        partial: String,
    },
    /// A YAML file without a date.
    #[error(
        "`{0}` is no Markdown page and has no date; add `# Last reviewed: {1}` as its first line"
    )]
    NotAPage(RepoPath, Date),
    /// A merge is not finished in the file that has, or would get, the date.
    #[error("{path}:{line}: {CONFLICT}; {CONFLICT_HELP}")]
    Conflict {
        /// The page, or the partial that has its date.
        path: RepoPath,
        /// The line of the first marker, from 1.
        line: usize,
    },
    /// The lines of the page end in several ways.
    #[error(
        "`{0}` has carriage returns that are not part of a line end; give all lines the same end, or add the date {1} by hand"
    )]
    LineEnds(RepoPath, Date),
    /// The front matter cannot take a key.
    #[error("`{path}` cannot take `{key}: {day}` in its front matter: {reason}")]
    FrontMatter {
        /// The page.
        path: RepoPath,
        /// The key.
        key: String,
        /// The day.
        day: Date,
        /// What stands in the way.
        reason: ValueError,
    },
}

impl StampError {
    fn front_matter(page: &PageReview, key: &str, day: Date, reason: ValueError) -> Self {
        Self::FrontMatter { path: page.path.clone(), key: key.to_owned(), day, reason }
    }
}

/// The front matter key of pages that carry their cadence there (gov.uk's form).
const KEY: &str = "last_reviewed_on";

/// The edit that stamps `page` as reviewed on `day`.
pub fn stamp(
    page: &PageReview,
    files: &FileStore,
    profile: Profile,
    day: Date,
) -> Result<Stamping, StampError> {
    let place = page.reviewed.as_ref().map_or(page.file, |dated| dated.span.file);
    let file = files.file(place);
    // Which side is the page cannot be known.
    if let Some(marker) = conflicts_outside_code(file.text(), file.outline()).first() {
        let line = file.lines().position(file.text(), marker.line.start).line;
        return Err(StampError::Conflict { path: file.path().clone(), line });
    }
    if let Some(dated) = &page.reviewed {
        let written = files.slice(dated.span);
        let is_in_the_past = page.status != super::status::Status::Future;
        if is_in_the_past
            && dated.date.last_day() > day
            && matches!(dated.date, PartialDate::Day(_))
        {
            let (path, reviewed) = (page.path.clone(), dated.date);
            return Err(StampError::Later { path, reviewed, day });
        }
        let stamp = dated.notation.write(day);
        let is_there = dated.date == PartialDate::Day(day) || stamp == written;
        if is_there {
            return Ok(Stamping::Already);
        }
        return another_date(page, files, dated.span, stamp, day).map(Stamping::Edit);
    }
    if let Some((_, span)) = &page.malformed {
        let stamp = Notation::iso().write(day);
        return another_date(page, files, *span, stamp, day).map(Stamping::Edit);
    }
    if let Reviewed::InPartial { name, .. } = &page.dates.reviewed {
        return Err(StampError::NoPartial { path: page.path.clone(), partial: name.clone() });
    }
    first_stamp(page, files.file(page.file), profile, day).map(Stamping::Edit)
}

/// The edit that writes `stamp` in the place of what is at `span`. In front matter, only what can be read is written
/// into, and a value that other keys take by an alias stays: where a merge key brings it in, the page gets a key of its
/// own.
fn another_date(
    page: &PageReview,
    files: &FileStore,
    span: Span,
    stamp: String,
    day: Date,
) -> Result<Edit, StampError> {
    let text = files.file(span.file).text();
    let found = front_matter(text).filter(|found| found.block.contains(&span.range().start));
    let Some(found) = found.filter(|_| span.file == page.file) else {
        return Ok(Edit::new(span, stamp));
    };
    let key = match &page.dates.reviewed {
        Reviewed::Found(Stamp { form: Form::FrontMatter(key), .. })
        | Reviewed::Malformed { form: Form::FrontMatter(key), .. } => key.as_str(),
        _ => KEY,
    };
    let refused = |reason| StampError::front_matter(page, key, day, reason);
    if let Some(reason) = front_matter_refusal(&found, text) {
        return Err(refused(reason));
    }
    if page.dates.shared.contains(&span.range()) {
        let own = insert_front_matter_key(page.file, text, key, &day.to_string());
        return own.map_err(|reason| match reason {
            ValueError::KeyExists => refused(ValueError::Anchored),
            reason => refused(reason),
        });
    }
    // What takes the place of a number or a word of JSON is a text.
    let is_bare = found.language == Language::Json && !text[..span.range().start].ends_with('"');
    Ok(match is_bare && stamp.parse::<u32>().is_err() {
        true => Edit::new(span, format!("\"{stamp}\"")),
        false => Edit::new(span, stamp),
    })
}

/// The edit that gives a page without a date its first one: in an empty key of its front matter, or a new one where
/// the page keeps its cadence there; else below its title or table of contents, in the words of the house.
fn first_stamp(
    page: &PageReview,
    file: &SourceFile,
    profile: Profile,
    day: Date,
) -> Result<Edit, StampError> {
    let text = file.text();
    let name = page.path.file_name();
    if [".yml", ".yaml"].iter().any(|ending| name.ends_with(ending)) {
        return Err(StampError::NotAPage(page.path.clone(), day));
    }
    if has_stray_returns(text) {
        return Err(StampError::LineEnds(page.path.clone(), day));
    }
    let outline = Outline::parse(text);
    if let Some(found) = &outline.front_matter {
        let refused = |key: &str, reason| StampError::front_matter(page, key, day, reason);
        if let Some(reason) = front_matter_refusal(found, text) {
            return Err(refused(KEY, reason));
        }
        if let Some(EmptyKey { key, span }) = &page.dates.empty_key {
            let span = Span::new(page.file, span.clone());
            let edit = set_front_matter_value(page.file, text, span, &day.to_string());
            return edit.map_err(|reason| refused(key, reason));
        }
        let interval = page.dates.interval.as_ref().map(|interval| interval.span.start);
        if interval.is_some_and(|interval| found.block.contains(&interval)) {
            let edit = insert_front_matter_key(page.file, text, KEY, &day.to_string());
            return edit.map_err(|reason| refused(KEY, reason));
        }
    } else if opens_yaml(text) || begins_with_fence(text) {
        let reason = match opens_yaml(text) {
            true => open_front_matter(text, 0),
            false => ValueError::UnusualFrontMatter,
        };
        return Err(StampError::front_matter(page, KEY, day, reason));
    }
    let words = match profile {
        Profile::Gitlab => "Content Last Reviewed",
        Profile::Sourcegraph | Profile::Mattermost | Profile::Default => "Last reviewed",
    };
    let at = head::place(text, &outline);
    let eol = line_ending(text);
    let before = &text[..at];
    // A paragraph of its own: an empty line on either side, where the page has none.
    let above = match before {
        "" => "",
        _ if before.ends_with(&format!("{eol}{eol}")) => "",
        _ if before.ends_with('\n') => eol,
        _ => &format!("{eol}{eol}"),
    };
    let rest = &text[at..];
    let below = match rest {
        "" => "",
        _ if rest.starts_with(['\n', '\r']) => "",
        _ => eol,
    };
    Ok(Edit::insert(page.file, at, format!("{above}{words}: {day}{eol}{below}")))
}

/// Whether a carriage return is anywhere but before a line feed, so that programs differ in where lines end.
fn has_stray_returns(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'))
}

/// Whether the page begins with a line that opens front matter somewhere, but none that is known: `---` before lines
/// that are not YAML, and a `---` further down that would end it.
fn begins_with_fence(text: &str) -> bool {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty()).map(str::trim_end);
    lines.next() == Some("---") && lines.any(|line| line == "---")
}

/// Whether a stamped file says what it should, and nothing else about its dates than before.
pub fn check(change: &EditedFile<'_>, page: &RepoPath, day: Date) -> Result<(), CheckError> {
    if change.path != page {
        return match partial_date(change.new) {
            Ok(stamp) if stamp.date.value == PartialDate::Day(day) => Ok(()),
            _ => Err("the partial would not carry the date".into()),
        };
    }
    let (old, new) = (page_dates(change.old), page_dates(change.new));
    let is_stamped = matches!(&new.reviewed, Reviewed::Found(stamp)
        if stamp.date.value == PartialDate::Day(day) && stamp.form != Form::Partial);
    if !is_stamped {
        return Err(
            format!("the page would not read as reviewed on {day}; set the date by hand").into()
        );
    }
    // What could be read before can be read after, and begins and ends with the same lines.
    let block = |text: &str| {
        let found = front_matter(text)?;
        let is_read = front_matter_refusal(&found, text).is_none();
        Some((found.language, found.block.start, text.len() - found.block.end, is_read))
    };
    let (before, after) = (block(change.old), block(change.new));
    let has_same_front_matter = match (before, after) {
        (Some(before), Some(after)) => {
            let end = change.old.len() - before.2;
            let in_it = change.edits.iter().any(|edit| edit.span.range().start < end);
            (before.0, before.1) == (after.0, after.1)
                && (before.2 == after.2 || !in_it)
                && (after.3 || !before.3)
        }
        (before, after) => before.is_none() == after.is_none(),
    };
    if !has_same_front_matter {
        if let Some(open) = front_matter(change.old).filter(|found| !found.is_closed) {
            return Err(open_front_matter(change.old, open.block.start).to_string().into());
        }
        if opens_yaml(change.old) && front_matter(change.old).is_none() {
            return Err(open_front_matter(change.old, 0).to_string().into());
        }
        return Err("the front matter would begin or end elsewhere; stamp it by hand".into());
    }
    let updated = |dates: &super::dates::PageDates| {
        dates.updated.as_ref().map(|stamp| (stamp.form.clone(), stamp.date.value))
    };
    if updated(&old) != updated(&new)
        || old.draft.map(|it| it.percent) != new.draft.map(|it| it.percent)
    {
        return Err(
            "the page would say something else about its other dates; stamp it by hand".into()
        );
    }
    Ok(())
}

/// The place that an edit of `page` touches, for telling people where.
pub fn place(page: &PageReview) -> Span {
    let malformed = page.malformed.as_ref().map(|(_, span)| *span);
    let dated = page.reviewed.as_ref().map(|dated| dated.span);
    dated.or(malformed).unwrap_or_else(|| Span::start_of(page.file))
}

//! Stamping a page as reviewed: exactly the characters of its date change, in the page's own form.

use jiff::civil::Date;

use super::PageReview;
use super::dates::{Form, Notation, PartialDate, Reviewed, page_dates, partial_date};
use crate::config::Profile;
use crate::source::edit::{Change, Edit, Refusal, insert_front_matter_key};
use crate::source::markdown::{BlockKind, Outline};
use crate::source::{FileStore, RepoPath, SourceFile, Span, line_ending};

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
pub enum NotStamped {
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
        "`{0}` is no Markdown page and carries no date; add `last-reviewed: {1}` where it belongs"
    )]
    NotAPage(RepoPath, Date),
    /// The front matter cannot take a key.
    #[error("`{path}` cannot take `{key}: {day}` in its front matter: {reason}; add it by hand")]
    FrontMatter {
        /// The page.
        path: RepoPath,
        /// The key.
        key: &'static str,
        /// The day.
        day: Date,
        /// What stands in the way.
        reason: Refusal,
    },
}

/// The front matter key of pages that carry their cadence there (gov.uk's form).
const KEY: &str = "last_reviewed_on";

/// The edit that stamps `page` as reviewed on `day`.
pub fn stamp(
    page: &PageReview,
    files: &FileStore,
    profile: Profile,
    day: Date,
) -> Result<Stamping, NotStamped> {
    if let Some(dated) = &page.reviewed {
        let written = files.slice(dated.span);
        let is_in_the_past = page.status != super::status::Status::Future;
        if is_in_the_past
            && dated.date.last_day() > day
            && matches!(dated.date, PartialDate::Day(_))
        {
            let (path, reviewed) = (page.path.clone(), dated.date);
            return Err(NotStamped::Later { path, reviewed, day });
        }
        let stamp = dated.notation.write(day);
        let is_there = dated.date == PartialDate::Day(day) || stamp == written;
        return Ok(match is_there {
            true => Stamping::Already,
            false => Stamping::Edit(Edit::new(dated.span, stamp)),
        });
    }
    if let Some((_, span)) = &page.malformed {
        return Ok(Stamping::Edit(Edit::new(*span, Notation::iso().write(day))));
    }
    if let Reviewed::InPartial { name, .. } = &page.dates.reviewed {
        return Err(NotStamped::NoPartial { path: page.path.clone(), partial: name.clone() });
    }
    first_stamp(page, files.file(page.file), profile, day).map(Stamping::Edit)
}

/// The edit that gives a page without a date its first one: in the front matter where the page keeps its
/// cadence there, else below its title or table of contents, in the words of the house.
fn first_stamp(
    page: &PageReview,
    file: &SourceFile,
    profile: Profile,
    day: Date,
) -> Result<Edit, NotStamped> {
    let text = file.text();
    let name = page.path.file_name();
    if [".yml", ".yaml"].iter().any(|ending| name.ends_with(ending)) {
        return Err(NotStamped::NotAPage(page.path.clone(), day));
    }
    let outline = Outline::parse(text);
    let front_matter = outline.front_matter.as_ref().map(|found| found.block.clone());
    let interval = page.dates.interval.as_ref().map(|interval| interval.span.start);
    if let (Some(block), Some(interval)) = (&front_matter, interval)
        && block.contains(&interval)
    {
        let edit = insert_front_matter_key(page.file, text, KEY, &day.to_string());
        return edit.map_err(|reason| {
            let path = page.path.clone();
            NotStamped::FrontMatter { path, key: KEY, day, reason }
        });
    }
    let words = match profile {
        Profile::Gitlab => "Content Last Reviewed",
        Profile::Sourcegraph | Profile::Mattermost | Profile::Default => "Last reviewed",
    };
    let at = below_the_title(text, &outline, front_matter.map_or(0, |block| block.end));
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

/// The place for a line about the whole page: behind the table of contents or the title, if they come
/// first, else in front of everything.
fn below_the_title(text: &str, outline: &Outline, body: usize) -> usize {
    let mut at = body;
    let blocks = outline.blocks.iter().filter(|block| block.span.start >= body);
    for block in blocks.take(3) {
        let content = &text[block.span.clone()];
        let is_title = block.kind == BlockKind::Heading
            && at == body
            && outline
                .headings
                .iter()
                .any(|heading| heading.span.start == block.span.start && heading.level == 1);
        // kramdown: a list of one item that is replaced by the table of contents.
        let is_contents = content.contains("{:toc") || content.trim() == "[[_TOC_]]";
        if !is_title && !is_contents {
            break;
        }
        // The attributes of a list stand on the line below it.
        let rest = &text[block.span.end..];
        at = block.span.end + rest.find('\n').map_or(rest.len(), |end| end + 1);
        let next = text[at..].lines().next().unwrap_or_default();
        if next.starts_with("{:") {
            at += text[at..].find('\n').map_or(next.len(), |end| end + 1);
        }
    }
    at
}

/// Whether a stamped file says what it should, and nothing else about its dates than before.
pub fn check(change: &Change<'_>, page: &RepoPath, day: Date) -> Result<(), String> {
    if change.path != page {
        return match partial_date(change.new) {
            Ok(stamp) if stamp.date.value == PartialDate::Day(day) => Ok(()),
            _ => Err("the partial would not carry the date".to_owned()),
        };
    }
    let (old, new) = (page_dates(change.old), page_dates(change.new));
    let is_stamped = matches!(&new.reviewed, Reviewed::Found(stamp)
        if stamp.date.value == PartialDate::Day(day) && stamp.form != Form::Partial);
    if !is_stamped {
        return Err(format!("the page would not read as reviewed on {day}; set the date by hand"));
    }
    let updated = |dates: &super::dates::PageDates| {
        dates.updated.as_ref().map(|stamp| (stamp.form.clone(), stamp.date.value))
    };
    if updated(&old) != updated(&new)
        || old.draft.map(|it| it.percent) != new.draft.map(|it| it.percent)
    {
        return Err(
            "the page would say something else about its other dates; stamp it by hand".to_owned()
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

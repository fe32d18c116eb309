//! The day of the next review, where a page says it: `next_review: 2031-05-04`, `Next review due: 4 May 2031`.

use memchr::memmem;

use super::date::WrittenDate;
use super::place::{Places, Zone};
use super::{Form, Stamp};

/// Whether a key of front matter, in snake case, has that day.
pub(super) fn is_key(name: &str) -> bool {
    let name = name.strip_suffix("_date").or_else(|| name.strip_suffix("_on")).unwrap_or(name);
    let names = [
        "next_review",
        "next_review_due",
        "next_review_scheduled",
        "next_reviewed",
        "review_by",
        "review_due",
        "review_before",
        "review_again",
    ];
    names.contains(&name)
}

/// Whether a body may say it.
pub(super) fn may_be_said(page: &str) -> bool {
    places(page, 0).next().is_some()
}

/// Where `next review` is in `page` from byte `start` on, with large first letters or without.
fn places(page: &str, start: usize) -> impl Iterator<Item = usize> {
    memmem::find_iter(&page.as_bytes()[start..], b"ext ").filter_map(move |at| {
        let at = (start + at).checked_sub(1)?;
        let phrase = page.get(at..at + "next review".len())?;
        phrase.eq_ignore_ascii_case("next review").then_some(at)
    })
}

/// The day that a line of the page says of itself: at the start of the line, before its first section, behind its last or
/// in a section about the page.
pub(super) fn in_body(page: &str, start: usize, places_of: &Places<'_>) -> Option<Stamp> {
    places(page, start).find_map(|at| {
        let line = page[..at].rfind('\n').map_or(0, |line| line + 1);
        let is_first = !page[line..at].contains(char::is_alphanumeric);
        if !is_first || places_of.is_hidden(at) || places_of.zone(at) == Zone::Section {
            return None;
        }
        let from = at + "next review".len();
        let rest = page[from..].lines().next().unwrap_or_default();
        let mut skipped = 0;
        for word in rest.split_inclusive([' ', ':', '|', '*', '_']).take(12) {
            let bare = word.trim_matches([' ', ':', '|', '*', '_', '(', '`']);
            let glue = ["", "date", "due", "scheduled", "planned", "is", "on", "in", "by", "for"];
            if !glue.iter().any(|glue| glue.eq_ignore_ascii_case(bare)) {
                break;
            }
            skipped += word.len();
        }
        let value = &rest[skipped..];
        let marks = value.len() - value.trim_start_matches(['*', '_', '`', '(', ' ']).len();
        let begin = from + skipped + marks;
        let (date, length) = WrittenDate::read(&page[begin..from + rest.len()])?;
        Some(Stamp { form: Form::Line, date, span: begin..begin + length })
    })
}

#[cfg(test)]
mod tests {
    use crate::review::dates::page_dates;

    fn next(page: &str) -> Option<String> {
        let stamp = page_dates(page).next_review?;
        Some(format!("{}", stamp.date.value))
    }

    #[test]
    fn a_page_says_when_its_next_review_is() {
        for page in [
            "---\nlast_reviewed_on: 2030-05-04\nnext_review: 2031-05-04\n---\n# Hives\n",
            "---\nnext-review-date: '4 May 2031'\n---\n# Hives\n",
            "+++\nreview_by = 2031-05-04\n+++\n# Hives\n",
            "{\"nextReviewDue\": \"2031-05-04\"}\n# Hives\n",
            "# Hives\n\nLast reviewed: 2030-05-04\nNext review: 2031-05-04\n",
            "# Hives\n\n**Next review scheduled:** May 4, 2031\n",
            "# Hives\n\n- Next Review due on `2031-05-04`\n",
            "# Hives\n\n| Last reviewed | 2030-05-04 |\n|---|---|\n| Next review date | 2031-05-04 |\n",
            "# Hives\n\nBees.\n\n## Wax\n\nText.\n\n## Document control\n\nNext review: 2031-05-04\n\n## Bees\n\nText.\n",
        ] {
            assert_eq!(next(page).as_deref(), Some("2031-05-04"), "{page}");
        }
    }

    #[test]
    fn other_days_are_none_of_the_next_review() {
        for page in [
            "---\nnext_review: soon\n---\n# Hives\n",
            "---\nreview_by: Ada\n---\n# Hives\n",
            "---\nnext_meeting: 2031-05-04\n---\n# Hives\n",
            "# Hives\n\nThe next review is on 2031-05-04.\n",
            "# Hives\n\nNext reviewer: Ada, 2031-05-04\n",
            "# Hives\n\n```\nNext review: 2031-05-04\n```\n",
            "# Hives\n\nBees.\n\n## Wax\n\nText.\n\nNext review: 2031-05-04\n\nText.\n\n## Bees\n\nText.\n",
        ] {
            assert_eq!(next(page), None, "{page}");
        }
    }
}

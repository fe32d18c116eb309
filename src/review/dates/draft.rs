//! How finished a page is: Mattermost's `description: 50% DRAFT`.

use std::ops::Range;

use crate::source::markdown::front_matter;

use super::front_matter::{entries, snake};

/// That a page is a draft, by its own description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// From 0 to 100.
    pub percent: u8,
    /// `50% DRAFT`.
    pub span: Range<usize>,
}

/// Whether the front matter of `page` says that it is a draft: `draft: true`, `published: false`, `status: draft`,
/// or a `description: 50% DRAFT` of less than 100%.
pub fn is_draft(page: &str) -> bool {
    let Some(found) = front_matter(page) else { return false };
    entries(page, &found).iter().filter(|entry| !entry.is_nested).any(|entry| {
        let is = |words: &[&str]| words.iter().any(|word| entry.text.eq_ignore_ascii_case(word));
        match snake(&entry.key).as_str() {
            "draft" | "is_draft" => is(&["true", "yes"]),
            "published" => is(&["false", "no"]),
            "status" | "state" | "page_status" => is(&["draft"]),
            "description" => draft(page, entry.value.clone()).is_some_and(|it| it.percent < 100),
            _ => false,
        }
    })
}

/// The draft that the description `page[value]` speaks of: `50% DRAFT`, `Draft (50%)`.
pub(super) fn draft(page: &str, value: Range<usize>) -> Option<Draft> {
    let text = &page[value.clone()];
    for (sign, _) in text.match_indices('%').take(8) {
        let digits = text[..sign].bytes().rev().take_while(u8::is_ascii_digit).count();
        let start = sign - digits;
        let Some(percent) = text[start..sign].parse().ok().filter(|percent| *percent <= 100) else {
            continue;
        };
        let behind = &text[sign + 1..];
        let gap = behind.len() - behind.trim_start().len();
        if behind[gap..].get(..5).is_some_and(|word| word.eq_ignore_ascii_case("draft")) {
            let span = value.start + start..value.start + sign + 1 + gap + 5;
            return Some(Draft { percent, span });
        }
        let before = text[..start].trim_end_matches([' ', '(', ':', '-', '–', ',']);
        let word = before.len().checked_sub(5).and_then(|at| before.get(at..));
        if word.is_some_and(|word| word.eq_ignore_ascii_case("draft")) {
            let span = value.start + before.len() - 5..value.start + sign + 1;
            return Some(Draft { percent, span });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_in_its_front_matter_that_it_is_a_draft() {
        for key in [
            "draft: true",
            "Draft: yes",
            "published: false",
            "status: Draft",
            "description: '50% DRAFT (revised by Ada Bee)'",
            "title: [\ndraft: true",
        ] {
            assert!(is_draft(&format!("---\ntitle: Plums\n{key}\n---\n# Plums\n")), "{key}");
        }
        for key in [
            "draft: false",
            "draft:",
            "status: live",
            "title: Draft",
            "description: How we draft plans",
            "description: 100% DRAFT",
            "review: {status: draft}",
        ] {
            assert!(!is_draft(&format!("---\ntitle: Plums\n{key}\n---\n# Plums\n")), "{key}");
        }
        assert!(!is_draft("# Plums\n\ndraft: true\n"));
    }
}

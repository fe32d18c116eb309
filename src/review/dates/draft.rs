//! How finished a page is: Mattermost's `description: 50% DRAFT`.

use std::ops::Range;

use crate::source::markdown::front_matter;

use super::front_matter::{entries, snake};
use super::pattern::Pattern;

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
    draft_mark(page).is_some()
}

/// Where `page` says that it is a draft: the value of that entry of its front matter.
pub fn draft_mark(page: &str) -> Option<Range<usize>> {
    let found = front_matter(page)?;
    let entries = entries(page, &found);
    let mark = entries.iter().filter(|entry| !entry.is_nested).find(|entry| {
        let is = |words: &[&str]| words.iter().any(|word| entry.text.eq_ignore_ascii_case(word));
        match snake(&entry.key).as_str() {
            "draft" | "is_draft" => is(&["true", "yes"]),
            "published" => is(&["false", "no"]),
            "status" | "state" | "page_status" => is(&["draft"]),
            "description" => draft(page, entry.value.clone()).is_some_and(|it| it.percent < 100),
            _ => false,
        }
    });
    mark.map(|entry| entry.value.clone())
}

/// The draft that the description `page[value]` speaks of: `50% DRAFT`, `Draft (50%)`.
pub(super) fn draft(page: &str, value: Range<usize>) -> Option<Draft> {
    static FORMS: Pattern = Pattern::new(
        r"(?-u:\b)(?:100|[0-9]{1,2})%\s*(?i-u:draft)|(?i-u:draft)[\x20(:–,-]*(?:100|[0-9]{1,2})%",
    );
    let found = FORMS.find(&page[value.clone()])?;
    let digits: String = found.as_str().chars().filter(char::is_ascii_digit).collect();
    let span = value.start + found.start()..value.start + found.end();
    Some(Draft { percent: digits.parse().ok()?, span })
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

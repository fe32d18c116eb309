//! Other things than the page that are reviewed too: a supplier, an agreement, somebody else's policy.
//!
//! What the title of the page names is the page's own: on a page about an agreement, its review is the page's.

use std::ops::Range;

/// What a section, a row or a line of facts is about, whatever page it is on, in the singular.
const PARTIES: [&str; 18] = [
    "supplier",
    "vendor",
    "provider",
    "contractor",
    "subcontractor",
    "subprocessor",
    "processor",
    "partner",
    "customer",
    "client",
    "reseller",
    "distributor",
    "insurer",
    "agreement",
    "contract",
    "lease",
    "competitor",
    "licensor",
];

/// What a row of a table in a section may be about, if its value is not the page's title.
const THINGS: [&str; 18] = [
    "asset",
    "system",
    "service",
    "application",
    "app",
    "tool",
    "software",
    "dataset",
    "database",
    "certificate",
    "risk",
    "control",
    "dependency",
    "integration",
    "device",
    "account",
    "policy",
    "standard",
];

/// What a page may be called, but is often a thing that the page speaks of.
const SELDOM_A_PAGE: [&str; 9] =
    ["agreement", "contract", "terms", "notice", "website", "site", "template", "memo", "charter"];

/// What a page is called often, and speaks of often.
const AT_TIMES_A_PAGE: [&str; 6] =
    ["policy", "process", "procedure", "standard", "statement", "strategy"];

const OTHERS: [&str; 9] =
    ["their", "its", "his", "her", "your", "whose", "another", "each", "every"];

/// The words of a page's title, in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct Title {
    text: String,
}

impl Title {
    pub(super) fn new(title: &str) -> Self {
        Self { text: title.to_lowercase() }
    }

    fn has(&self, word: &str) -> bool {
        words(&self.text).any(|own| singular(own) == singular(word))
    }

    /// Whether `text` is, in part, what the page is called.
    fn is_named_by(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        !text.is_empty()
            && (self.text.contains(&text)
                || words(&text).any(|word| word.len() > 3 && self.has(word)))
    }

    /// Whether `text`, a heading or a label, names a party or a contract that the title does not.
    pub(super) fn is_foreign(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        words(&text).any(|word| PARTIES.contains(&singular(word)) && !self.has(word))
    }

    /// Whether the row `label | value` of a table says that the table is about another thing.
    pub(super) fn is_foreign_row(&self, label: &str, value: &str, in_section: bool) -> bool {
        let lower = label.to_lowercase();
        let is_short = words(&lower).count() <= 3;
        let is_thing = || {
            in_section
                && words(&lower).any(|word| THINGS.contains(&singular(word)) && !self.has(word))
        };
        is_short && (self.is_foreign(label) || is_thing()) && !self.is_named_by(value)
    }

    /// Whether a marker, by its words, speaks of something else: `Their policy was last reviewed`, and on a page
    /// of another title `This agreement was last reviewed`.
    pub(super) fn is_foreign_marker(&self, label: &str, in_section: bool) -> bool {
        let label = label.to_lowercase();
        let names =
            |list: &[&str]| words(&label).any(|word| list.contains(&word) && !self.has(word));
        let first = words(&label).next().unwrap_or_default();
        self.is_foreign(&label)
            || OTHERS.contains(&first)
            || names(&SELDOM_A_PAGE)
            || in_section && first != "this" && names(&AT_TIMES_A_PAGE)
    }
}

/// Whether the lines right above `at`, up to an empty one, hold a label of another thing: `Supplier: Acme`.
pub(super) fn is_in_foreign_facts(page: &str, at: usize, title: &Title) -> bool {
    let from = page.floor_char_boundary(at.saturating_sub(600));
    let line = page[..at].rfind('\n').map_or(0, |line| line + 1);
    let paragraph = Range { start: from, end: at };
    let text = &page[paragraph];
    let lines = text.split('\n').rev().enumerate();
    let lines = lines.take_while(|(number, line)| *number == 0 || !line.trim().is_empty());
    let mut lines = lines.map(|(_, line)| line);
    let own = lines.next().unwrap_or_default();
    let is_label = |line: &str| {
        let label = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let Some((label, value)) = label.split_once(':') else { return false };
        let is_short = words(&label.to_lowercase()).count() <= 2;
        is_short && title.is_foreign(label) && !title.is_named_by(value)
    };
    // On the same line, only what comes before: `Supplier: Acme. Last reviewed: ...`
    (line < at && is_label(own)) || lines.take(8).any(is_label)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn singular(word: &str) -> &str {
    if let Some(stem) = word.strip_suffix("s").filter(|stem| !stem.ends_with('s')) {
        return stem;
    }
    word
}

#[cfg(test)]
mod tests {
    use crate::review::dates::{PartialDate, Reviewed, page_dates};
    use jiff::civil::date;

    /// Whether the page `text`, in which `@` is a date, takes it for that of its review.
    fn is_own(text: &str) -> bool {
        let page = text.replace('@', "2031-05-04");
        let dates = page_dates(&page);
        let day = PartialDate::Day(date(2031, 5, 4));
        let first = matches!(&dates.reviewed, Reviewed::Found(stamp) if stamp.date.value == day);
        first || dates.other_reviewed.iter().any(|stamp| stamp.date.value == day)
    }

    #[test]
    fn what_is_about_something_else_is_no_review_of_the_page() {
        for text in [
            "# Kites\n\nLast reviewed: 2030-01-01\n\n## Rope\n\n| Kind | thick |\n|---|---|\n| Last reviewed | @ |\n",
            "---\nlast_reviewed: 2030-01-01\n---\n# Kites\n\n## Rope\n\nLast reviewed: @\n\nText.\n\n## More\n\nText.\n",
            "# Kites\n\n## Suppliers\n\n| Supplier | Acme |\n|---|---|\n| Last reviewed | @ |\n",
            "# Kites\n\n## Suppliers\n\nWe buy from one.\n\n| Name | Acme |\n|---|---|\n| Last reviewed | @ |\n",
            "# Kites\n\n## Suppliers\n\n### Acme\n\nLast reviewed: @\n",
            "# Kites\n\n| Vendor | Last reviewed |\n|---|---|\n| Acme | @ |\n",
            "# Kites\n\nThey fly.\n\n## Rope\n\n| Asset | Winch |\n|---|---|\n| Last reviewed | @ |\n",
            "# Kites\n\nSupplier: Acme\nLast reviewed: @\n",
            "# Kites\n\n- **Supplier:** Acme\n- **Last reviewed:** @\n",
            "# Kites\n\nSupplier: Acme. Last reviewed: @\n",
            "# Kites\n\nThis agreement was last reviewed on @.\n",
            "# Kites\n\nAgreement last reviewed: @\n",
            "# Kites\n\nTheir policy was last reviewed on @.\n",
            "# Kites\n\nSupplier policy last reviewed: @\n",
            "# Kites\n\nText.\n\n## Rope\n\nThe policy was last reviewed on @.\n\nMore.\n\n## End\n\nText.\n",
            "# Kites\n\nThis section was last reviewed on @.\n",
        ] {
            assert!(!is_own(text), "{text}");
        }
    }

    #[test]
    fn what_the_title_names_is_the_page_itself() {
        for text in [
            "# Supplier agreement\n\nThis agreement was last reviewed on @.\n",
            "# Agreement with Acme\n\n| Supplier | Acme |\n|---|---|\n| Last reviewed | @ |\n",
            "---\ntitle: Suppliers\n---\n\n## Suppliers\n\nLast reviewed: @\n",
            "# Kites\n\n| Service | Kites |\n|---|---|\n| Owner | Ada |\n| Last reviewed | @ |\n",
            "# Kites\n\nThis policy was last reviewed on @.\n",
            "# Kites\n\n## Overview\n\nLast reviewed: @\n\nText.\n",
            "# Kites\n\nLast reviewed: 2030-01-01\n\nText.\n\n## Rope\n\nText.\n\nLast reviewed: @\n",
            "# Kites\n\nOwner: Ada\nLast reviewed: @\n",
        ] {
            assert!(is_own(text), "{text}");
        }
    }
}

//! Other things than the page that are reviewed too: a supplier, an agreement, the policy of a supplier.
//!
//! What the title of the page names is the page's own: on a page about an agreement, its review is the page's.

/// What a section, a row or a line of facts is about, whatever page it is on, in the singular.
const PARTIES: &str = "supplier vendor provider contractor subcontractor subprocessor processor partner customer \
                       client reseller distributor insurer agreement contract lease competitor licensor";

/// What a row of a table in a section may be about, if its value is not the page's title.
const THINGS: &str = "asset system service application app tool software dataset database certificate risk control \
                      dependency integration device account policy standard";

/// What a page may be called, but is often a thing that the page speaks of.
const SELDOM_A_PAGE: &str = "agreement contract terms notice website site template memo charter";

/// What a page is called often, and speaks of often.
const AT_TIMES_A_PAGE: &str = "policy process procedure standard statement strategy";

/// What a form begins with that speaks of something else.
const OTHERS: &str = "their its his her your whose another each every";

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

    /// Whether `text` has a word of `list` that the title has not.
    fn lacks_one_of(&self, text: &str, list: &str) -> bool {
        words(text).any(|word| {
            list.split(' ').any(|it| it == word || it == singular(word)) && !self.has(word)
        })
    }

    /// Whether `text` is, in part, what the page is called.
    fn is_named_by(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        let has_word = || words(&text).any(|word| word.len() > 3 && self.has(word));
        !text.is_empty() && (self.text.contains(&text) || has_word())
    }

    /// Whether `text`, a heading or a label, names a party or a contract that the title does not.
    pub(super) fn is_foreign(&self, text: &str) -> bool {
        self.lacks_one_of(&text.to_lowercase(), PARTIES)
    }

    /// Whether the row `label | value` of a table says that the table is about another thing.
    pub(super) fn is_foreign_row(&self, label: &str, value: &str, in_section: bool) -> bool {
        let label = label.to_lowercase();
        let is_thing = in_section && self.lacks_one_of(&label, THINGS);
        let is_short = words(&label).count() <= 3;
        is_short && (is_thing || self.is_foreign(&label)) && !self.is_named_by(value)
    }

    /// Whether a form, by its words, speaks of something else: `Their policy was last reviewed`, and on a page
    /// of another title `This agreement was last reviewed`.
    pub(super) fn is_foreign_marker(&self, label: &str, in_section: bool) -> bool {
        let label = label.to_lowercase();
        let first = words(&label).next().unwrap_or_default();
        self.is_foreign(&label)
            || OTHERS.split(' ').any(|it| it == first)
            || self.lacks_one_of(&label, SELDOM_A_PAGE)
            || in_section && first != "this" && self.lacks_one_of(&label, AT_TIMES_A_PAGE)
    }

    /// Whether the lines right above `at`, up to an empty one, hold a label of another thing: `Supplier: Acme`.
    pub(super) fn is_in_foreign_facts(&self, page: &str, at: usize) -> bool {
        let near = &page[page.floor_char_boundary(at.saturating_sub(600))..at];
        let is_label = |line: &str| {
            let label = line.trim_start_matches(|c: char| !c.is_alphanumeric());
            label.split_once(':').is_some_and(|(label, value)| {
                let is_short = words(label).count() <= 2;
                is_short && self.is_foreign(label) && !self.is_named_by(value)
            })
        };
        // On the same line, only what comes before: `Supplier: Acme. Last reviewed: ...`
        let mut lines = near.split('\n').rev().take(9).enumerate();
        lines
            .by_ref()
            .take_while(|(number, line)| *number == 0 || !line.trim().is_empty())
            .any(|(_, line)| is_label(line))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(word)
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

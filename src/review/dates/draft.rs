//! How finished a page is: Mattermost's `description: 50% DRAFT`.

use std::ops::Range;

/// That a page is a draft, by its own description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// From 0 to 100.
    pub percent: u8,
    /// `50% DRAFT`.
    pub span: Range<usize>,
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

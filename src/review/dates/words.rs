//! One fast look at a page for the words without which nothing in it can be a date of its own.

use std::sync::LazyLock;

use aho_corasick::packed::Searcher;

/// Stems of all words that a marker, a key or a comment is made of, in lower case.
const STEMS: [&str; 21] = [
    "review",
    "updat",
    "revis",
    "edit",
    "modif",
    "amend",
    "last",
    "latest",
    "recent",
    "freshness",
    "draft",
    "owner",
    "maintainer",
    "dri:",
    "dri\"",
    "dri =",
    "dri=",
    "dris",
    "最終",
    "前回",
    "日",
];

/// Words that every marker of a line, a table or a footer holds one of, in lower case.
const MARKERS: [&str; 30] = [
    "reviewed",
    "updated",
    "revised",
    "edited",
    "modified",
    "amended",
    "last ",
    "last-",
    "latest ",
    "most recent",
    "date of",
    "revision date",
    "update date",
    "modification date",
    "edit date",
    "amendment date",
    "last\u{a0}",
    "freshness:",
    "last&nbsp;",
    "更新日",
    "改訂日",
    "改定日",
    "変更日",
    "編集日",
    "修正日",
    "改訂年",
    "改定年",
    "更新年",
    "最終",
    "前回",
];

static PAGE: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(STEMS));
static BODY: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(MARKERS));

/// Whether [`page_dates`](super::page_dates) may find anything in `text`: one scan, and no parsing.
pub fn may_hold_dates(text: &str) -> bool {
    PAGE.as_ref().is_none_or(|words| words.find(lower_case(text)).is_some())
}

/// Where words of a marker stand in `text`, in order.
pub(super) fn marker_words(text: &str) -> Vec<usize> {
    let lower = lower_case(text);
    BODY.iter().flat_map(|words| words.find_iter(&lower)).map(|found| found.start()).collect()
}

/// The searcher compares many bytes at once, but not without regard to case. A copy costs less than to go
/// from state to state with every byte.
fn lower_case(text: &str) -> Vec<u8> {
    text.as_bytes().to_ascii_lowercase()
}

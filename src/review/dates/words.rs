//! One fast look at a page for the words without which nothing in it can be a date of its own.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Stems of all words that a marker, a key or a comment is made of.
const STEMS: [&str; 17] = [
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
    "最終",
    "前回",
    "日",
];

/// Words that every marker of a line, a table or a footer holds one of.
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

static PAGE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| automaton(&STEMS));
static BODY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| automaton(&MARKERS));

fn automaton(words: &[&str]) -> Option<AhoCorasick> {
    // Built once and run over every page: the fastest of its kinds, though the slowest to build.
    let kind = Some(AhoCorasickKind::DFA);
    AhoCorasick::builder().kind(kind).ascii_case_insensitive(true).build(words).ok()
}

/// Whether [`page_dates`](super::page_dates) may find anything in `text`: one scan, and no parsing.
pub fn may_hold_dates(text: &str) -> bool {
    PAGE.as_ref().is_none_or(|words| words.is_match(text))
}

/// Where words of a marker stand in `text`, in order.
pub(super) fn marker_words(text: &str) -> impl Iterator<Item = usize> {
    BODY.iter().flat_map(move |words| words.find_iter(text).map(|found| found.start()))
}

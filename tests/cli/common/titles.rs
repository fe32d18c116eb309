//! Titles that mean something else in one format or another.

use serde_json::json;

use super::Handbook;

/// The titles, which mean something else in one format or another.
pub const ODD_TITLES: [&str; 7] = [
    "Pears, plums; and \\n quinces: 100%",
    "a | b | c",
    "[evil](https://example.com) ]( <https://example.com>",
    "*bold* _slanted_ `code` <b>tag</b> ~~gone~~ ![x](y) &lt;",
    "=1+1",
    "two\nlines",
    "👩‍💻 日本の果樹園 with a title that is much longer than any line of a calendar may be, e\u{301}t\u{e9}",
];

/// A handbook with a fresh page of each odd title, in order.
pub fn odd() -> Handbook {
    let none = Handbook::new().file("data/features.yml", "{}\n");
    ODD_TITLES.iter().enumerate().fold(none, |handbook, (at, title)| {
        // JSON's strings are YAML's, and titles may hold character references.
        let (title, owner) = (json!(title.replace('&', "&amp;")), json!(title));
        let text = format!(
            "---\ntitle: {title}\nowner: {owner}\n---\n\nLast reviewed: 2026-01-0{}\n",
            at + 1
        );
        handbook.file(&format!("direction/{at}.md"), text)
    })
}

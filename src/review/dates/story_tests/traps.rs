//! Dates that are not the page's own.

use super::*;

#[test]
fn dates_of_other_things_are_not_read() {
    for line in [
        "Our roadmap, as of 2031-05-04",
        "This roadmap was last updated: 2031-05-04",
        "* This table was last updated on 2031-05-04",
        "Table last updated: 2031-05-04",
        "The prices on this page were last updated on 2031-05-04.",
        "Next review: 2031-05-04",
        "Next review date: 2031-05-04",
        "Review date: 2031-05-04",
        "Review due: 2031-05-04",
        "To be reviewed on 2031-05-04",
        "This page must be reviewed by 2031-05-04",
        "**Effective Date**: May 4, 2031",
        "Effective from: 4th May 2031",
        "Date: 2031-05-04",
        "Created: 2031-05-04",
        "Published on 2031-05-04",
        "As of May 4, 2031, we keep bees.",
        "Approved 2031-05-04",
        "The hive was\nlast reviewed on 2031-05-04 by the keepers.",
        "The price list (last updated 2031-05-04) is short.",
        "- Updated 2031-05-04: more wax",
        "### Updated 2031-05-04",
        "Updated 2031-05-04 with the wax of the southern hives, which is better",
        "Update: 2031-05-04 is a holiday",
        "Last updated two days ago",
        "Last reviewed 2 days ago",
        "Last reviewed by: Ada, next review 2031-05-04",
        "**Reviewed by:** Ada, Bo\n**Date:** 2031-05-04",
        "Last reviewed by: Ada\nReleased: 2031-05-04",
        "Last reviewed:\nDate: 2031-05-04",
        "Last reviewed:\nIn 2031 we moved.",
        "| Last reviewed | 2nd reader |\n|---|---|\n| Ada | Bo |",
        "# Last reviewed hives (2031-05-04)",
        "Last code review: 2031-05-04",
        "Last reviewed hive of 2031-05-04",
        "- [x] Last hive check 2031-05-04",
        "Bees of the World. Content last reviewed May 2031. Wax Press.",
        "See [the review](https://hives.example/last-reviewed-2031-05-04).",
        "テーブル最終更新日: 2031年5月4日",
        "*次回予定レビュー: 2031年5月4日*",
        "ページ更新の手順: 2031年5月4日",
        "| 2031-05-04 | We met |",
    ] {
        assert_silent(&under_title(line));
        assert_silent(&at_end(line));
    }
}

#[test]
fn code_and_comments_are_not_the_page() {
    for text in [
        "```\nLast reviewed: 2031-05-04\n```",
        "~~~md\n---\nlast_reviewed_on: 2031-05-04\n---\n~~~",
        "    Last reviewed: 2031-05-04",
        "<!-- Last reviewed: 2031-05-04 -->",
        "<!--\nMade by a program.\n\nLast updated: 2031-05-04 12:30:44\n-->",
        "<pre>\nLast reviewed: 2031-05-04\n</pre>",
        "Put `Last reviewed: 2031-05-04` at the top.",
        "It says so. `Last reviewed: 2031-05-04` is the form.",
        "Add this line:\n\n`Content Last Reviewed: 2031-05-04`",
        "- `Last reviewed: 2031-05-04` at the top",
    ] {
        assert_silent(&under_title(text));
        assert_silent(&in_section(text));
    }
    let alone = under_title("`Last reviewed: 2031-05-04`");
    assert_eq!(reviewed(&alone), "2031-05-04 line", "a line of its own, in the type of a machine");
    assert_silent(&in_section("`Last reviewed: 2031-05-04`"));
}

#[test]
fn a_bare_label_in_a_section_dates_the_section() {
    for line in ["Last updated: 2031-05-04", "*Last reviewed: 2031-05-04*", "最終更新: 2031-05-04"]
    {
        assert_silent(&in_section(line));
    }
    let last =
        "# Hives\n\nBees.\n\n## Plans\n\nWax.\n\n## Risks\n\nLast updated: 2031-05-04\n\nBears.\n";
    assert_silent(last);
    let contents = "## On this page\n{:.no_toc}\n\n- TOC\n{:toc}\n\n## Hives\n\nLast updated: 2031-05-04\n\nText.\n\n## Plans\n\nText.\n";
    assert_eq!(updated(contents), "2031-05-04 line", "a table of contents is no section");
    let intro =
        "We keep bees.\n\n## Plans\n\nLast updated: 2031-05-04\n\nText.\n\n## Risks\n\nText.\n";
    assert_silent(intro);
}

#[test]
fn what_was_meant_as_a_date_never_reads_as_one() {
    for (text, raw) in [
        ("2031-21-09", "2031-21-09"),
        ("2031-02-30", "2031-02-30"),
        ("yyyy-mm-dd", "yyyy-mm-dd"),
        ("[YYYY-MM-DD HH:MM UTC]", "YYYY-MM-DD"),
        ("v1.30", "v1.30"),
        ("Feb 30, 2031", "Feb 30, 2031"),
        ("31 June 2031.", "31 June 2031"),
        ("05/06/2031", "05/06/2031"),
        ("2031-05-041", "2031-05-041"),
        ("2031-5", "2031-5"),
        ("TBD", "TBD"),
        ("2031年13月1日", "2031年13月1日"),
        ("3031", "3031"),
    ] {
        let page = under_title(&format!("Last reviewed: {text}"));
        if text == "2031-5" {
            assert_eq!(reviewed(&page), "2031-05 line", "a month, and no worse");
            continue;
        }
        assert_eq!(reviewed(&page), format!("malformed {raw} line"), "{text}");
        assert_eq!(updated(&page.replace("reviewed", "updated")), "none", "{text}");
    }
    assert_eq!(
        reviewed(&under_title("Content last reviewed on 2031-21-09")),
        "malformed 2031-21-09 sentence"
    );
    for prose in ["quarterly", "by the keepers", "not yet", "never", "see below", "-", "n/a"] {
        assert_silent(&under_title(&format!("Last reviewed: {prose}")));
    }
}

#[test]
fn a_page_without_the_words_is_not_looked_at() {
    assert!(!may_hold_dates("# Hives\n\nWe keep bees since 2031-05-04.\n"));
    assert!(may_hold_dates("# Hives\n\nLAST REVIEWED: 2031-05-04\n"));
    assert_eq!(page_dates(""), PageDates::default());
}

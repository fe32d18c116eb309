//! Lines, sentences, footers, labels above their date, partials.

use super::*;

#[test]
fn a_line_under_the_title_says_when_the_page_was_reviewed() {
    for line in [
        "Content Last Reviewed: 2031-05-04",
        "Last reviewed: 2031-05-04",
        "**Last reviewed**: 2031-05-04",
        "**Last reviewed:** 2031-05-04",
        "**Last reviewed: 2031-05-04**",
        "_Last Review Date: `2031-05-04`_",
        "`Last reviewed`: `2031-05-04`",
        "Last review - 2031-05-04",
        "Last reviewed – 2031-05-04",
        "Last reviewed \u{2014} 2031-05-04",
        "Last reviewed &mdash; 2031-05-04",
        "Last reviewed：2031-05-04",
        "Last reviewed = \"2031-05-04\"",
        "Last reviewed: [2031-05-04]",
        "Last reviewed: [2031-05-04](https://hives.example/changes)",
        "Last reviewed (YYYY-MM-DD): 2031-05-04",
        "Last-reviewed: 2031-05-04 (every quarter)",
        "LAST REVIEWED: 2031-05-04.",
        "Reviewed: 2031-05-04",
        "Reviewed on: 2031-05-04",
        "Date of last review: 2031-05-04",
        "Date last reviewed: 2031-05-04",
        "Most recent review: 2031-05-04",
        "Apiary policy last reviewed: 2031-05-04",
        "> Last reviewed: 2031-05-04",
        "> **Note**\n> Last reviewed: 2031-05-04",
        "- Owner: Ada\n- Last reviewed: 2031-05-04\n- Status: open",
        "* **Last reviewed**: 2031-05-04",
        "Owner: Ada | Last reviewed: 2031-05-04 | Team: Bees",
        "Owner: Ada, last reviewed: 2031-05-04",
        "Status: open\nLast reviewed: 2031-05-04\nOwner: Ada",
        "Status: open\\\nLast reviewed: 2031-05-04",
        "<small>Last reviewed: 2031-05-04</small>",
        "<p><em>Last reviewed:</em> <b>2031-05-04</b></p>",
        "(Last reviewed: 2031-05-04)",
        "最終レビュー日：2031-05-04",
    ] {
        assert_eq!(reviewed(&under_title(line)), "2031-05-04 line", "{line}");
        assert_eq!(updated(&under_title(line)), "none", "{line}");
    }
}

#[test]
fn a_sentence_needs_no_colon() {
    for line in [
        "Content last reviewed 2031-05-04",
        "**Content last reviewed on 2031-05-04**",
        "Last reviewed on 2031-05-04 by Ada.",
        "Last reviewed by Ada of the Bees team on 2031-05-04.",
        "Last reviewed by Ada (Bees), 2031-05-04",
        "This page was last reviewed on 2031-05-04. It needs another review on 2032-05-04.",
        "This direction page was last reviewed on: 2031-05-04",
        "The content of this page was reviewed by the Bees on 2031-05-04.",
        "This page was last\nreviewed on 2031-05-04, and it is good.",
        "We last reviewed this page on 2031-05-04.",
        "This guide is for keepers and was last reviewed on 2031-05-04.",
        "This statement was prepared on 2030-01-01. It was last reviewed on 2031-05-04.",
        "The last review of this page was on 2031-05-04.",
        "Reviewed by Ada on 2031-05-04",
        "Last reviewed (2031-05-04)",
        "Version 2, last reviewed 2031-05-04",
    ] {
        assert_eq!(reviewed(&under_title(line)), "2031-05-04 sentence", "{line}");
    }
}

#[test]
fn a_sentence_that_names_the_page_counts_wherever_it_stands() {
    let line = "This page was last reviewed on 2031-05-04.";
    assert_eq!(reviewed(&in_section(line)), "2031-05-04 sentence");
    assert_eq!(reviewed(&at_end(line)), "2031-05-04 sentence");
    assert_silent(&in_section(&format!("> {line}")));
}

#[test]
fn updated_revised_edited_and_modified_are_another_fact() {
    for line in [
        "Last updated: 2031-05-04",
        "**Last Updated:** 2031-05-04",
        "Last edited: 2031-05-04",
        "Last modified: 2031-05-04",
        "Updated: 2031-05-04",
        "Updated on: 2031-05-04",
        "Last Revised:\u{a0}2031-05-04",
        "**Last Updated Date**: 2031-05-04",
        "_Last Updated [2031-05-04 Sun 16:30]:_ 2031-05-04",
        "最終更新日: 2031-05-04",
        "**最終更新**: [2031-05-04]",
    ] {
        let page = under_title(line);
        assert_eq!(reviewed(&page), "missing", "{line}");
        let date = updated(&page);
        assert!(date.starts_with("2031-05-04 "), "{line}: {date}");
    }
    let page = under_title("Effective and last modified 2031-05-04");
    assert_eq!(updated(&page), "2031-05-04 sentence");
    let page = at_end("This direction page was revised on: 2031-05-04");
    assert_eq!(updated(&page), "2031-05-04 sentence");
}

#[test]
fn one_line_may_say_both() {
    let page = under_title("Last Reviewed: 2031-05-04, Last Updated: 2031-04-03");
    assert_eq!(
        (reviewed(&page), updated(&page)),
        ("2031-05-04 line".into(), "2031-04-03 line".into())
    );
    let page = under_title("Last updated on 2031-04-03 and last reviewed on 2031-05-04");
    assert_eq!(reviewed(&page), "2031-05-04 sentence");
    assert_eq!(updated(&page), "2031-04-03 sentence");
    let page = under_title("Last reviewed/updated: 2031-05-04");
    assert_eq!(
        (reviewed(&page), updated(&page)),
        ("2031-05-04 line".into(), "2031-05-04 line".into())
    );
}

#[test]
fn a_footer_may_be_html_or_plain() {
    let html = at_end(
        "<p align=\"center\"><i><br>\n    Last Reviewed: 2031-05-04<br>\n    Last Updated: 2031-05-03<br />\n</i></p>",
    );
    assert_eq!(reviewed(&html), "2031-05-04 html-footer");
    assert_eq!(updated(&html), "2031-05-03 html-footer");
    let plain = at_end("Last Reviewed: 2031-05-04\n\nLast Updated: 2031-05-03");
    assert_eq!(reviewed(&plain), "2031-05-04 plain-footer");
    assert_eq!(updated(&plain), "2031-05-03 plain-footer");
    let owned = at_end(
        "---\n\n**Owner:** Ada\n**Last reviewed:** 2031-05-04\n\n---\n\n*This page is written in plain words.*",
    );
    assert_eq!(reviewed(&owned), "2031-05-04 plain-footer");
    let linked = at_end(
        "Last reviewed on 2031-05-04\n\n[hives]: https://hives.example\n[bees]: https://bees.example",
    );
    assert_eq!(reviewed(&linked), "2031-05-04 plain-footer");
}

#[test]
fn the_top_wins_over_the_footer_which_is_kept() {
    let page = under_title("Content last reviewed 2031-05-04")
        + "\n<p><i>Last Reviewed: 2030-01-02<br>\nLast Updated: 2030-01-03</i></p>\n";
    let dates = page_dates(&page);
    assert_eq!(reviewed(&page), "2031-05-04 sentence");
    assert_eq!(dates.other_reviewed.len(), 1);
    assert_eq!(shown(&page, &dates.other_reviewed[0]), "2030-01-02 html-footer");
    assert_eq!(updated(&page), "2030-01-03 html-footer");
}

#[test]
fn a_malformed_date_at_the_top_is_not_made_good_by_a_footer() {
    let page = under_title("Last reviewed: 2031-21-09") + "\nLast reviewed: 2031-05-04\n";
    assert_eq!(reviewed(&page), "malformed 2031-21-09 line");
    assert_eq!(page_dates(&page).other_reviewed.len(), 1);
}

#[test]
fn the_date_may_stand_on_the_line_below_its_label() {
    for page in [
        "# Hives\n\nLast reviewed:\n2031-05-04\n",
        "# Hives\n\nLast reviewed:\n\n2031-05-04\n",
        "# Hives\n\n**Last review date**\n\n`2031-05-04`\n",
        "# Hives\n\n## Must know\n\n### **Last review date:**\n\n<!-- The day you read it all. -->\n\n2031-05-04\n\n### Owner\n\nAda\n",
        "# Hives\n\nText.\n\n## Bees\n\nText.\n\n## Last reviewed\n\n2031-05-04 by Ada\n\n## Wax\n\nText.\n",
        "# Hives\n\nLast reviewed<br>2031-05-04\n",
        "# Hives\n\n<dl><dt>Last reviewed</dt><dd>2031-05-04</dd></dl>\n",
        "# Hives\n\nLast reviewed\n: 2031-05-04\n",
    ] {
        assert!(reviewed(page).starts_with("2031-05-04 "), "{page}: {}", reviewed(page));
    }
    assert_silent(
        "# Hives\n\n### **Last review date:**\n\n<!-- The day. -->\n\n### Owner\n\nAda\n",
    );
    assert_silent("# Hives\n\nLast reviewed:\n\n- 2031-05-04 was sunny\n");
    assert_silent("# Hives\n\nLast reviewed:\n\nIn 2031 we moved.\n");
}

#[test]
fn a_page_may_keep_its_date_in_a_partial() {
    let page = "# Hives\n\nThis direction page was last reviewed on:\n<%= partial(\"direction/hives/last_updated\") %>\n\n## Plans\n";
    assert_eq!(reviewed(page), "partial direction/hives/last_updated");
    let page = "# Hives\n\nLast reviewed: <%= partial '/direction/hives/date', locals: {} %>\n";
    assert_eq!(reviewed(page), "partial /direction/hives/date");
    let page = "# Hives\n\nLast reviewed: <%= render partial: \"hives/date\" %>\n";
    assert_eq!(reviewed(page), "partial hives/date");
    assert_silent("# Hives\n\nLast reviewed: <%= Date.today %>\n");
    assert_silent("# Hives\n\nLast updated: <%= partial(\"hives/date\") %>\n");
    assert_silent("# Hives\n\n<%= partial(\"direction/hives/last_updated\") %>\n");
}

#[test]
fn a_partial_holds_one_date() {
    for partial in [
        "`2031-05-04`\n",
        "2031-05-04",
        "<b>2031-05-04</b>\n",
        "on 2031-05-04, by Ada\n",
        "\n\nMay 4, 2031\n",
        "Last reviewed: 2031-05-04 (before: 2030-01-01)",
    ] {
        let stamp = partial_date(partial).unwrap_or_else(|raw| panic!("{partial}: {raw:?}"));
        assert_eq!(
            (stamp.date.value.to_string().as_str(), stamp.form.name()),
            ("2031-05-04", "partial")
        );
    }
    for partial in ["", "  \n", "soon", "`2031-21-09`\n", "2031-05-04 or 2031-05-05"] {
        let raw = partial_date(partial).expect_err(partial);
        assert_eq!((raw.raw.as_str(), &partial[raw.span]), (partial.trim(), partial.trim()));
    }
}

//! Tables, and the log of changes.

use super::*;

#[test]
fn a_row_of_the_top_table_says_it() {
    for table in [
        "| | |\n| --- | --- |\n| Stage | Wax |\n| Content Last Reviewed | `2031-05-04` |",
        " | |\n| --- | --- |\n| Content Last Reviewed | `2031-05-04` |",
        "| | |\n|---|---|\n| **Last reviewed** | 2031-05-04 |",
        "| | |\n|---|---|\n| Content Last Reviewed | `2031-05-04`",
        "| ------ | ------ |\n| **Last reviewed** | 2031-05-04 |",
        "| Last reviewed | 2031-05-04 |\n|---|---|\n| Owner | Ada |",
        "| Fact | Value |\n|---|---|\n| Date of last review: | [2031-05-04](x) by Ada |",
        "| Owner | Ada | Last reviewed | 2031-05-04 |\n|---|---|---|---|",
        "| Owner: Ada | Last reviewed: 2031-05-04 |\n|---|---|",
        "<table><tr><td>Owner</td><td>Ada</td></tr>\n<tr><td>Last reviewed</td><td>2031-05-04</td></tr></table>",
        "<table>\n<tr>\n<th>Last reviewed</th>\n<td>2031-05-04</td>\n</tr>\n</table>",
        "<table>\n<tr>\n<td><strong>Last Reviewed: </strong>2031-05-04\n</td></tr></table>",
    ] {
        assert_eq!(reviewed(&under_title(table)), "2031-05-04 table-row", "{table}");
    }
}

#[test]
fn a_column_of_a_table_of_one_row_says_it() {
    for table in [
        "| **Stage** | **Maturity** | **Content Last Reviewed** |\n| --- | --- | --- |\n| [Wax](/wax/) | Viable | `2031-05-04` |",
        "| **Stage** | Group | **Maturity** | **Content Last Reviewed** |\n| --- | --- | --- | -- |\n| Wax | Bees | Viable | 2031-05-04 |",
        "|Section | Group | Last reviewed|\n|---|---|---|\n|Wax | Bees |  2031-05-04   |",
        "Stage | Last Reviewed (UTC)\n--- | ---\nWax | May 4, 2031",
    ] {
        assert_eq!(reviewed(&under_title(table)), "2031-05-04 table-column", "{table}");
    }
    let table = "| Group | Last updated |\n|---|---|\n| Bees | 2031-05-04 |";
    assert_eq!(updated(&under_title(table)), "2031-05-04 table-column");
    assert_eq!(reviewed(&under_title(table)), "missing");
}

#[test]
fn an_inventory_is_about_other_things() {
    for table in [
        "| Hive | Last reviewed |\n|---|---|\n| North | 2031-05-04 |\n| South | 2031-05-05 |",
        "| Hive | Facts |\n|---|---|\n| North | Last reviewed: 2031-05-04 |\n| South | Last reviewed: 2031-05-05 |",
        "| Key | Meaning |\n|---|---|\n| `last_reviewed_on` | Date of last review (YYYY-MM-DD). |",
        "| Version | Date | Author/Reviewer | Comments |\n|---|---|---|---|\n| 1.0 | 2031-05-04 | Ada | Reviewed |",
        "| Fact | Value |\n|---|---|\n| Last reviewed by | Ada |\n| Next review | 2031-05-04 |",
        "| Fact | Value |\n|---|---|\n| Last reviewed | the day it was read |",
    ] {
        assert_silent(&under_title(table));
    }
    assert_silent(&in_section("| Hive | Last reviewed |\n|---|---|\n| North | 2031-05-04 |"));
}

#[test]
fn a_table_may_hold_what_is_no_date() {
    let table = "| | |\n|---|---|\n| Date Last Reviewed | `[YYYY-MM-DD]` |";
    assert_eq!(reviewed(&under_title(table)), "malformed YYYY-MM-DD table-row");
    let table = "| Stage | Last Reviewed |\n|---|---|\n| Wax | 2031-02-30 |";
    assert_eq!(reviewed(&under_title(table)), "malformed 2031-02-30 table-column");
    assert_silent(&under_title("| Stage | Last Reviewed |\n|---|---|\n| Wax | |"));
}

#[test]
fn the_newest_row_of_a_change_log_is_the_last_update() {
    let log = "| Date | Edited By | Change Notes |\n|---|---|---|\n| 2/5/2031 | Ada | First |\n| 11/4/2031 | Bo | Wax |\n| 3/1/2031 | Cy | Bears |";
    let page = in_section(log);
    assert_eq!(updated(&page), "2031-11-04 change-log");
    assert_eq!(reviewed(&page), "missing");
    let page = in_section(log).replace("We keep bees.", "Last updated: 2030-01-01");
    assert_eq!(updated(&page), "2030-01-01 line", "what the page says itself is nearer");
    let page = in_section(log) + "\nLast updated: 2031-12-01\n";
    assert_eq!(updated(&page), "2031-12-01 plain-footer");
    assert_silent(&in_section("| Date | Edited By |\n|---|---|\n| soon | Ada |"));
    assert_silent(&in_section(
        "| File | Edited by | Notes |\n|---|---|---|\n| wax.md | Ada | 2/5/2031 |",
    ));
}

#[test]
fn a_section_about_the_page_counts_as_the_page() {
    for heading in [
        "Document control",
        "Review history",
        "About this page",
        "Contribution metadata",
        "Maintenance",
    ] {
        let page = in_section("x").replace("## Plans", &format!("## {heading}"));
        let page = page.replace("\nx\n", "\n- Owner: Ada\n- Last reviewed: 2031-05-04\n");
        assert_eq!(reviewed(&page), "2031-05-04 line", "{heading}");
    }
    for heading in ["Code review", "Product status", "History of bees"] {
        let page = in_section("Last reviewed: 2031-05-04");
        assert_silent(&page.replace("## Plans", &format!("## {heading}")));
    }
}

//! Front matter in YAML, TOML and JSON: read, left out of the text, and stamped.

use std::fs;

use crate::common;
use crate::common::{Handbook, Run};
use serde_json::Value;

fn handbook(page: &str) -> Handbook {
    Handbook::new().file("pmctl.toml", "profile = \"default\"\n").file("direction/kites.md", page)
}

fn stamp(handbook: &Handbook) -> Run {
    handbook.run(&["review", "--no-git", "direction/kites.md"])
}

fn text(handbook: &Handbook) -> String {
    fs::read_to_string(handbook.path("direction/kites.md")).expect("the page")
}

/// What `review-status` says of the page.
fn status(handbook: &Handbook) -> Value {
    let run = handbook.run(&["review-status", "--no-git", "--format", "json"]).exits(0);
    let all: Value = serde_json::from_str(&run.stdout).expect("JSON");
    all["pages"][0].clone()
}

/// Each finding as `LINE RULE MESSAGE`.
fn findings(page: &str) -> Vec<String> {
    let run = handbook(page).run(&["lint", "--no-git", "--format", "json"]);
    let all: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = all["diagnostics"].as_array().expect("a list").iter().map(|finding| {
        format!("{} {} {}", finding["line"], text(finding, "rule"), text(finding, "message"))
    });
    findings.collect()
}

/// Stamps `page`, which becomes `new`, reads as reviewed today, and does not change by a second stamp.
fn stamped(page: &str, new: &str) {
    let handbook = handbook(page);
    stamp(&handbook).exits(0);
    assert_eq!(text(&handbook), new);
    assert_eq!(status(&handbook)["last_reviewed"], common::TODAY, "{page}");
    stamp(&handbook).exits(0).prints("already");
    assert_eq!(text(&handbook), new);
}

/// Refuses to stamp `page`, says why, and leaves it as it is.
fn refused(page: &str, why: &str) {
    let handbook = handbook(page);
    stamp(&handbook).exits(2).says(why);
    assert_eq!(text(&handbook), page);
}

#[test]
fn what_it_says_counts_in_every_language() {
    for page in [
        "---\ntitle: \"Kites & co\"\nlast_reviewed_on: 2026-01-15\nreview_in: 6 months\nowner: Ada Pear\n---\n",
        "+++\ntitle = \"Kites & co\"\nlast_reviewed_on = 2026-01-15\nreview_in = \"6 months\"\nowner = 'Ada Pear'\n+++\n",
        "{\n  \"title\": \"Kites & co\",\n  \"last_reviewed_on\": \"2026-01-15\",\n  \"review_in\": \"6 months\",\n  \"owner\": \"Ada Pear\"\n}\n",
        ";;;\n\"title\": \"Kites & co\",\n\"last_reviewed_on\": \"2026-01-15\",\n\"review_in\": \"6 months\",\n\"owner\": \"Ada Pear\"\n;;;\n",
        "---json\n{\"title\": \"Kites & co\", \"last_reviewed_on\": \"2026-01-15\", \"review_in\": \"6 months\", \"owner\": \"Ada Pear\"}\n---\n",
        "---toml\ntitle = \"Kites & co\"\nlast_reviewed_on = \"15 January 2026\"\nreview_in = \"6 months\"\nowner = \"Ada Pear\"\n---\n",
    ] {
        let page = status(&handbook(&format!("{page}\n# Other\n")));
        assert_eq!(page["title"], "Kites & co");
        assert_eq!(page["last_reviewed"], "2026-01-15");
        assert_eq!(page["due"], "2026-07-15");
        assert!(page["owners"][0] == "Ada Pear", "{page}");
    }
}

#[test]
fn it_is_no_text_and_silences_findings_by_its_comments() {
    let data = "note = \"see #12345 and https://kites.example\"\nold = \"[old](gone.md)\"\nmore = \"# Heading\"\n";
    for page in [
        format!("+++\n{data}+++\n\n# Kites\n\nLast reviewed: 2026-01-15\n"),
        format!("+++\n{data}\n# Kites\n\nLast reviewed: 2026-01-15\n"),
        "{\n\"note\": \"see #12345 [old](gone.md)\"\n}\n\n# Kites\n\nLast reviewed: 2026-01-15\n".to_owned(),
        ";;;\n\"note\": \"see #12345 [old](gone.md)\"\n;;;\n\n# Kites\n\nLast reviewed: 2026-01-15\n".to_owned(),
    ] {
        let found = findings(&page);
        let is_of_text = |it: &String| ["link", "issue", "heading"].iter().any(|word| it.contains(word));
        assert!(!found.iter().any(is_of_text), "{page}{found:?}");
    }
    let silent = "+++\n# pmctl-ignore review-date-malformed: no date yet\nlast_reviewed_on = \"soon\"\n+++\n# Kites\n";
    let has_malformed =
        |page: &str| findings(page).iter().any(|it| it.contains("review-date-malformed"));
    assert!(has_malformed(&silent.replace("pmctl-ignore", "ignore")));
    assert!(!has_malformed(silent));
}

#[test]
fn what_is_broken_or_has_no_end_is_an_error_at_its_place() {
    for (page, line, message) in [
        ("+++\ntitle = \n+++\n\n# Kites\n", 2, "this is not TOML"),
        ("{\n\"title\": \"Kites\",\n}\n\n# Kites\n", 3, "this is not JSON"),
        ("+++\ntitle = 'x'\n\n# Kites\n", 1, "the front matter has no end"),
        (";;;\n\"title\": \"x\"\n\n# Kites\n", 1, "the front matter has no end"),
        ("---\ntitle: Kites\nowner: Ada\n\n# Kites\n\nText.\n", 1, "the front matter has no end"),
    ] {
        let wanted = format!("{line} yaml-syntax {message}");
        let found = findings(page);
        assert!(found.iter().any(|it| it.starts_with(&wanted)), "{page}{found:?}");
    }
}

#[test]
fn a_stamp_changes_the_date_that_is_there() {
    for (page, old, new) in [
        (
            "+++\nlast_reviewed_on = @ # when\ndraft = false\n+++\n\n# Kites\n",
            "2026-01-15",
            "2026-01-31",
        ),
        ("+++\nlast_reviewed_on = '@'\n+++\n\n# Kites\n", "15 January 2026", "31 January 2026"),
        (
            "+++\r\n[extra]\r\nlast_reviewed_on = @\r\n+++\r\n\r\n# Kites\r\n",
            "2026-01-15",
            "2026-01-31",
        ),
        ("+++\nlast_reviewed_on = \"@\"\n+++\n\n# Kites\n", "soon", "2026-01-31"),
        (
            "{\n\t\"last_reviewed_on\": \"@\",\n\t\"n\": [1]\n}\n\n# Kites\n",
            "2026-01-15",
            "2026-01-31",
        ),
        ("{\"last_reviewed_on\": @}\n\n# Kites\n", "20260115", "20260131"),
        ("{\"last_reviewed_on\": @}\n\n# Kites\n", "2026", "\"2026-01-31\""),
        (";;;\n\"last_reviewed_on\": \"@\"\n;;;\n\n# Kites\n", "2026-01-15", "2026-01-31"),
        ("---\nday: &day 2026-01-15\nlast_reviewed_on: @\n---\n\n# Kites\n", "*day", "2026-01-31"),
        ("---\nlast_reviewed_on: &day @\n---\n\n# Kites\n", "2026-01-15", "2026-01-31"),
    ] {
        stamped(&page.replace('@', old), &page.replace('@', new));
    }
}

#[test]
fn an_empty_key_gets_the_date() {
    for (page, empty, new) in [
        ("---\ntitle: Kites\nlast_reviewed_on:@ # fill in\n---\n\n# Kites\n", "", " 2026-01-31"),
        ("---\nlast_reviewed_on:@\nreview_in: 6 months\n---\n\n# Kites\n", "", " 2026-01-31"),
        ("---\r\nlast_reviewed_on:@\r\n---\r\n\r\n# Kites\r\n", "", " 2026-01-31"),
        ("---\nlast_reviewed_on: @\n---\n\n# Kites\n", "~", "2026-01-31"),
        ("---\nlast_reviewed: @\nreview_in: 6 months\n---\n\n# Kites\n", "null", "2026-01-31"),
        ("---\nlast_reviewed: @ # when\n---\n\n# Kites\n", "\"\"", "\"2026-01-31\""),
        ("---\nlast-reviewed: @\n---\n\n# Kites\n", "''", "'2026-01-31'"),
        ("---\nreview:\n  last_reviewed:@\n---\n\n# Kites\n", "", " 2026-01-31"),
        (
            "+++\nlast_reviewed_on = @\nreview_in = '6 months'\n+++\n\n# Kites\n",
            "\"\"",
            "\"2026-01-31\"",
        ),
        ("{\n  \"last_reviewed_on\": @\n}\n\n# Kites\n", "null", "\"2026-01-31\""),
        ("{\n  \"last_reviewed_on\": @\n}\n\n# Kites\n", "\"\"", "\"2026-01-31\""),
    ] {
        stamped(&page.replace('@', empty), &page.replace('@', new));
    }
    let handbook = handbook("---\nlast_reviewed_on:\n---\n\n# Kites\n");
    let run = handbook.run(&["lint", "--no-git"]);
    run.prints("give `last_reviewed_on` in its front matter the date");
}

#[test]
fn a_key_that_a_page_lacks_is_added_in_its_language() {
    for (page, new) in [
        (
            "+++\nreview_in = \"6 months\"\n\n[extra]\na = 1\n+++\n\n# Kites\n",
            "+++\nreview_in = \"6 months\"\nlast_reviewed_on = 2026-01-31\n\n[extra]\na = 1\n+++\n\n# Kites\n",
        ),
        (
            "{\n  \"review_in\": \"6 months\"\n}\n\n# Kites\n",
            "{\n  \"review_in\": \"6 months\",\n  \"last_reviewed_on\": \"2026-01-31\"\n}\n\n# Kites\n",
        ),
        (
            "---\nbase: &base\n  last_reviewed_on: 2026-01-15\n<<: *base\n---\n\n# Kites\n",
            "---\nbase: &base\n  last_reviewed_on: 2026-01-15\n<<: *base\nlast_reviewed_on: 2026-01-31\n---\n\n# Kites\n",
        ),
    ] {
        stamped(page, new);
    }
}

#[test]
fn what_cannot_be_stamped_stays_as_it_is_with_a_reason() {
    for (page, why) in [
        ("+++\ntitle = \n+++\n\n# Kites\n", "not valid; repair it first"),
        (
            "+++\ntitle = 'x'\n\n# Kites\n",
            "that begins on line 1 has no closing `+++`; close it first",
        ),
        ("{\n\"title\": \"Kites\",\n}\n\n# Kites\n", "not valid; repair it first"),
        (
            "\n{\n\"title\": \"Kites\"\n\n# Kites\n",
            "that begins on line 2 has no closing `}`; close it first",
        ),
        ("---\ntitle: Kites: more\n---\n\n# Kites\n", "not valid; repair it first"),
        (
            "---\ntitle: Kites: more\nlast_reviewed_on: 2026-01-15\n---\n",
            "not valid; repair it first",
        ),
        (
            "---\ntitle: Kites\n\n# Kites\n\nText.\n",
            "that begins on line 1 has no closing `---`; close it first",
        ),
        (
            "---\ntitle: Kites\n\n# Kites\n",
            "that begins on line 1 has no closing `---`; close it first",
        ),
        ("---php\n$title = 1;\n---\n\n# Kites\n", "write the date by hand"),
        ("---\n\nText.\n\n---\n\n# Kites\n", "write the key by hand"),
        ("---\nlast_reviewed_on: &day 2026-01-15\nexpires: *day\n---\n", "change it by hand"),
        ("---\nlast_reviewed_on: &day\nexpires: *day\n---\n", "change it by hand"),
        ("# Kites\r\r\n\r\r\nText.\r\r\n", "give all lines the same end"),
        ("# Kites\r\rText.\r", "give all lines the same end"),
    ] {
        refused(page, why);
    }
}

#[test]
fn dates_come_through_aliases_and_merge_keys() {
    for page in [
        "---\nday: &day 2026-01-15\nlast_reviewed_on: *day\n---\n# Kites\n",
        "---\nday: &day \"15 January 2026\"\nlast_reviewed_on: *day\n---\n# Kites\n",
        "---\nbase: &base\n  last_reviewed_on: 2026-01-15\n<<: *base\n---\n# Kites\n",
        "---\nbase: &base {last_reviewed_on: 2025-01-15}\n<<: *base\nlast_reviewed_on: 2026-01-15\n---\n# Kites\n",
    ] {
        assert_eq!(status(&handbook(page))["last_reviewed"], "2026-01-15", "{page}");
    }
}

#[test]
fn a_stamp_leaves_the_dates_of_other_things_alone() {
    let line = "# Kites\n\nLast reviewed: @\n";
    for front_matter in [
        "---\nvendor:\n  name: Acme\n  last_reviewed_on: 2025-01-15\n---\n",
        "---\nvendors:\n  - last_reviewed_on: 2025-01-15\n---\n",
        "+++\n[contract]\nlast_reviewed_on = 2025-01-15\nreview_in = \"6 months\"\n+++\n",
        "+++\n[[suppliers]]\nlast_reviewed_on = 2025-01-15\n+++\n",
        "{\n  \"policy\": {\"last_reviewed_on\": \"2025-01-15\"}\n}\n",
        "---\nvendor:\n  last_reviewed_on:\n---\n",
    ] {
        let page = format!("{front_matter}\n{line}");
        stamped(&page.replace('@', "2025-11-17"), &page.replace('@', "2026-01-31"));
        stamped(&format!("{front_matter}\n# Kites\n"), &page.replace('@', "2026-01-31"));
    }
}

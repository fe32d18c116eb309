//! Inputs so large that comparing each with each would take longer than a run may take in these tests.

use crate::common::Handbook;

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// The file that a handbook has to have.
const FEATURES: (&str, &str) = ("data/features.yml", "sails:\n  title: Sails\n");

fn lints(handbook: &Handbook) {
    let run = handbook.run(&["lint", "--no-git", "--format", "json"]);
    assert!(run.code < 2, "{}", run.stderr);
    run.json();
}

#[test]
fn thousands_of_sections_and_headings() {
    let sections = lines(4_000, |at| format!("\"Section number {at}\","));
    let handbook = Handbook::new()
        .file(
            "pmctl.toml",
            format!("profile = \"default\"\n[[pages]]\nglob = \"**/*.md\"\nkind = \"x\"\nsections = [{sections}]\n"),
        )
        .file(FEATURES.0, FEATURES.1)
        .file("direction/a.md", lines(4_000, |at| format!("## Other heading {at}\n\nx\n\n")))
        .file("direction/b.md", lines(4_000, |at| format!("## Section number {}\n\nx\n\n", 4_000 - at)));
    lints(&handbook);
}

#[test]
fn thousands_of_entries_that_lead_nowhere() {
    let mut handbook = Handbook::new()
        .file("pmctl.toml", "profile = \"mattermost\"\n")
        .file("SUMMARY.md", lines(4_000, |at| format!("* [P{at}](ops/page-{at:05}.md)\n")));
    for at in 0..4_000 {
        handbook = handbook.file(&format!("ops/pages_{at:05}.md"), "# P\n");
    }
    lints(&handbook);
}

#[test]
fn thousands_of_patterns_and_hundreds_of_pages() {
    let mut handbook = Handbook::new().file("pmctl.toml", "profile = \"default\"\n").file(
        ".github/CODEOWNERS",
        lines(8_000, |at| format!("/direction/x{at}/*.md @owner{at}\n")),
    );
    handbook = handbook.file(FEATURES.0, FEATURES.1);
    for at in 0..800 {
        handbook =
            handbook.file(&format!("direction/x{at}/a.md"), "# A\n\nLast reviewed: 2026-01-20\n");
    }
    lints(&handbook);
}

#[test]
fn thousands_of_fields_and_pointers_that_are_nearly_right() {
    let handbook = Handbook::new()
        .file("data/teams.yml", lines(5_000, |at| format!("crew_of_{at}:\n  title: T{at}\n")))
        .file(
            "data/features.yml",
            lines(5_000, |at| {
                format!(
                    "f{at}:\n  title: no\n  product_team: xrew_{at}_of\n  documntation_lnk{at}: x\n"
                )
            }),
        );
    lints(&handbook);
}

#[test]
fn thousands_of_slips_in_one_file_are_fixed_by_one_run() {
    let count = 2_500;
    let handbook = Handbook::new()
        .file("data/teams.yml", lines(count, |at| format!("crew_{at:05}:\n  title: Crew {at}\n")))
        .file(
            FEATURES.0,
            lines(count, |at| format!("f{at}:\n  title: F\n  product_team: crew_{at:05}x\n")),
        );
    let run = handbook.run(&["lint", "--no-git", "--rule", "unknown-reference", "--fix"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stderr.matches("fixed: ").count(), count);
    assert!(!run.stderr.contains("there is more to fix"));
}

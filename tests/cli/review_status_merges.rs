//! Commits since a review where histories come together: a merge counts if it says what none of its parents says.

use crate::common::git::Git;
use crate::common::pmctl;
use serde_json::json;

const PAGE: &str = "direction/boards.md";

fn text(stamp: &str, lines: [&str; 4]) -> String {
    format!("# Boards\n\nLast reviewed: {stamp}\n\n{}\n", lines.join("\n\n"))
}

#[track_caller]
fn counts(git: &Git, commits: usize) {
    let args = ["review-status", "--format", "json", "--today", "2026-03-01"];
    // The second run takes what the first has remembered.
    for _ in 0..2 {
        let status = pmctl(&args).run_in(git.root()).exits(0).json();
        assert_eq!(status["pages"][0]["commits_since_review"], json!(commits));
    }
}

const OLD: &str = "2026-01-10";
const NEW: &str = "2026-02-20";

/// A page that three branches change, each another line, while `main` stamps it.
fn branches() -> Git {
    let git = Git::new();
    git.write("data/features.yml", "").write(PAGE, text(OLD, ["One.", "Two.", "Three.", "Four."]));
    git.commit("2026-01-10T12:00:00+0000");
    for (branch, lines) in [
        ("one", ["One more.", "Two.", "Three.", "Four."]),
        ("two", ["One.", "Two more.", "Three.", "Four."]),
        ("three", ["One.", "Two.", "Three more.", "Four."]),
    ] {
        git.run(&["checkout", "-q", "-b", branch, "main"]);
        git.write(PAGE, text(OLD, lines)).commit("2026-01-20T12:00:00+0000");
    }
    git.run(&["checkout", "-q", "main"]);
    git.write(PAGE, text(NEW, ["One.", "Two.", "Three.", "Four."]));
    git.commit("2026-02-20T12:00:00+0000");
    git
}

/// Merges all of `branches` at once, with `lines` as the outcome.
fn octopus(git: &Git, branches: &[&str], lines: [&str; 4]) {
    let merge = ["merge", "-q", "--no-ff", "--no-commit", "-s", "ours"];
    git.run(&[&merge[..], branches].concat());
    git.write(PAGE, text(NEW, lines)).commit("2026-02-21T12:00:00+0000");
}

#[test]
fn a_clean_merge_of_any_number_of_parents_does_not_count_itself() {
    let git = branches();
    octopus(&git, &["one", "two"], ["One more.", "Two more.", "Three.", "Four."]);
    assert_eq!(git.run(&["rev-list", "--parents", "-1", "HEAD"]).split(' ').count(), 4);
    counts(&git, 2);
    let git = branches();
    octopus(&git, &["one", "two", "three"], ["One more.", "Two more.", "Three more.", "Four."]);
    counts(&git, 3);
    // git itself merges it to the same.
    let git = branches();
    let dates = [
        ("GIT_AUTHOR_DATE", "2026-02-21T12:00:00Z"),
        ("GIT_COMMITTER_DATE", "2026-02-21T12:00:00Z"),
    ];
    git.run_with(&["merge", "-q", "one", "two", "-m", "all"], &dates, b"");
    counts(&git, 2);
    // One after the other is the same as all at once.
    let git = branches();
    for branch in ["one", "two", "three"] {
        git.run_with(&["merge", "-q", branch, "-m", "one"], &dates, b"");
    }
    counts(&git, 3);
}

#[test]
fn a_merge_that_says_something_of_its_own_counts() {
    for lines in [
        // Another line than any parent changed.
        ["One more.", "Two more.", "Three.", "Four, by hand."],
        // A line that two parents have otherwise.
        ["One more, by hand.", "Two more.", "Three.", "Four."],
        // A line that all of them have is gone.
        ["One more.", "Two more.", "Three.", ""],
        // Both sides of one place.
        ["One more.\nOne.", "Two more.", "Three.", "Four."],
    ] {
        let git = branches();
        octopus(&git, &["one", "two"], lines);
        counts(&git, 3);
    }
    // That a side is dropped is nothing new; its commit counts.
    let git = branches();
    octopus(&git, &["one", "two"], ["One.", "Two more.", "Three.", "Four."]);
    counts(&git, 2);
}

#[test]
fn merges_that_cross_each_other_count_what_was_said_once() {
    let git = branches();
    git.run(&["checkout", "-q", "-b", "left", "one"]);
    git.merge("two", "2026-02-01T12:00:00+0000", |git| {
        git.write(PAGE, text(OLD, ["One more.", "Two more.", "Three.", "Four."]));
    });
    git.run(&["checkout", "-q", "-b", "right", "two"]);
    git.merge("one", "2026-02-02T12:00:00+0000", |git| {
        git.write(PAGE, text(OLD, ["One more.", "Two more.", "Three.", "Four."]));
    });
    let right = text(OLD, ["One more.", "Two more.", "Three.", "Four, right."]);
    git.write(PAGE, right).commit("2026-02-03T12:00:00+0000");
    git.run(&["checkout", "-q", "left"]);
    let left = text(OLD, ["One more.", "Two more.", "Three, left.", "Four."]);
    git.write(PAGE, left).commit("2026-02-03T12:00:00+0000");
    git.run(&["checkout", "-q", "main"]);
    octopus(&git, &["left", "right"], ["One more.", "Two more.", "Three, left.", "Four, right."]);
    // One, two, and what left and right said after they had crossed.
    counts(&git, 4);
}

//! `pmctl lint --changed-since`: data files that a change removes, in each state of git.

use crate::common::gate::{gate, handbook, lint};
use crate::common::git::Git;

const FILE: &str = "data/features.yml";

/// Asserts that the change removes the data file, and fails.
#[track_caller]
fn removes(git: &Git, message: &str, help: &str) {
    assert_eq!(gate(git, "data-file-removed"), [format!("{FILE}:1 {message}")]);
    let value = lint(git, &[]).exits(lint(git, &["--rule", "unreadable-file"]).code.max(1)).json();
    let all = value["diagnostics"].as_array().expect("a list");
    let found = all.iter().find(|one| one["rule"] == "data-file-removed").expect("a finding");
    assert_eq!(found["help"], help);
}

#[test]
fn a_data_file_is_removed_from_disk_from_the_index_or_by_a_commit() {
    let (message, help) = (
        "this change removes the data file `data/features.yml`",
        "restore it, or say under `[paths]` where `features` is now",
    );
    let git = handbook();
    git.run(&["checkout", "-q", "-b", "change"]);
    git.remove(FILE);
    removes(&git, message, help);
    git.run(&["checkout", "-q", "HEAD", FILE]);
    git.run(&["rm", "-q", FILE]);
    removes(&git, message, help);
    git.run(&["commit", "-q", "-m", "change"]);
    removes(&git, message, help);
}

#[test]
fn a_data_file_that_moves_is_named_by_its_new_place() {
    let (message, help) = (
        "this change removes the data file `data/features.yml`",
        "set `features = \"data/feature_list.yml\"` under `[paths]`, or move it back",
    );
    let git = handbook();
    git.write(FILE, "maps:\n  title: Maps\nmail:\n  title: Mail\n").commit("2026-01-21T12:00:00Z");
    git.run(&["checkout", "-q", "-b", "change"]);
    std::fs::rename(git.path(FILE), git.path("data/feature_list.yml")).expect("a new name");
    removes(&git, message, help);
    git.run(&["add", "-A"]);
    removes(&git, message, help);
    git.commit("2026-01-22T12:00:00Z");
    removes(&git, message, help);
}

#[test]
fn a_data_file_that_is_left_on_disk_is_removed_from_git() {
    let (message, help) = (
        "this change removes the data file `data/features.yml` from git",
        "run `git add -f data/features.yml`, or remove it from disk too to see what depends on it",
    );
    let git = handbook();
    git.run(&["checkout", "-q", "-b", "change"]);
    git.run(&["rm", "-q", "--cached", FILE]);
    removes(&git, message, help);
    git.write(".gitignore", "/data/features.yml\n").commit("2026-01-21T12:00:00Z");
    removes(&git, message, help);
}

#[test]
fn a_data_file_that_is_emptied_is_as_good_as_removed() {
    let message = "this change leaves nothing in the data file `data/features.yml`";
    for content in
        ["", "\n\n", "# Comes back.\n", "---\nnull\n", "\u{feff}~\n", "pier: # none\nrope:\n"]
    {
        let git = handbook();
        git.write(FILE, content);
        removes(&git, message, "restore what it had");
        git.commit("2026-01-21T12:00:00Z");
        assert_eq!(gate(&git, "data-file-removed"), [""; 0], "it was empty before");
    }
}

#[test]
#[cfg(unix)]
fn a_data_file_that_a_link_leads_to_is_there() {
    let git = handbook();
    std::fs::rename(git.path("data"), git.path("records")).expect("a new name");
    std::os::unix::fs::symlink("records", git.path("data")).expect("a link");
    git.run(&["add", "-A"]);
    assert_eq!(gate(&git, "data-file-removed"), [""; 0]);
}

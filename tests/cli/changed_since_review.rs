//! `changed-since-review`: what git knows of a page since its review.

use crate::common::git::Git;
use crate::common::{Run, pmctl};

const RULE: &str = "changed-since-review";

/// A handbook whose page was reviewed on 10 January in a commit of that day.
fn handbook() -> Git {
    let git = Git::new();
    git.write("data/features.yml", "{}\n");
    git.write("direction/piers.md", page("2026-01-10", "Piers are long."));
    git.commit("2026-01-10T12:00:00Z");
    git
}

fn page(date: &str, text: &str) -> String {
    format!("# Piers\n\nLast reviewed: {date}\n\n{text}\n")
}

fn lint(git: &Git, args: &[&str]) -> Run {
    pmctl(&[&["lint", "--format", "json"], args].concat()).run_in(git.root()).exits(0)
}

#[test]
fn a_change_of_content_after_the_review_is_found_with_who_made_it() {
    let git = handbook();
    git.write("direction/piers.md", page("2026-01-10", "Piers are very long."));
    git.commit_as("Ben", "2026-01-15T12:00:00Z", "2026-01-15T12:00:00Z");
    git.write("direction/piers.md", page("2026-01-10", "Piers are longer still."));
    git.commit_as("Cleo", "2026-01-20T12:00:00Z", "2026-01-20T12:00:00Z");
    let run = pmctl(&["lint", "--rule", RULE]).run_in(git.root()).exits(0);
    run.prints(
        "warning[changed-since-review]: this page was changed after its last review on 2026-01-10
 --> direction/piers.md:3:16
  |
3 | Last reviewed: 2026-01-10
  |                ^^^^^^^^^^ 2 commits since; last changed on 2026-01-20 by Cleo
",
    );
}

#[test]
fn it_is_off_unless_asked_for_and_needs_git() {
    let git = handbook();
    git.write("direction/piers.md", page("2026-01-10", "Piers are very long."));
    git.commit("2026-01-15T12:00:00Z");
    assert_eq!(lint(&git, &[]).rules(), [""; 0]);
    assert_eq!(lint(&git, &["--warn", RULE]).rules(), [RULE]);
    assert_eq!(lint(&git, &["--rule", RULE, "--no-git"]).rules(), [""; 0]);
    git.write("pmctl.toml", format!("[lint.rules]\n{RULE} = 'info'\n"));
    assert_eq!(lint(&git, &[]).rules(), [RULE]);
}

#[test]
fn a_page_reviewed_again_and_a_page_left_alone_are_in_order() {
    let git = handbook();
    assert_eq!(lint(&git, &["--rule", RULE]).rules(), [""; 0]);
    git.write("direction/piers.md", page("2026-01-10", "Piers are very long."));
    git.commit("2026-01-15T12:00:00Z");
    git.write("direction/piers.md", page("2026-01-20", "Piers are very long."));
    git.commit("2026-01-20T12:00:00Z");
    assert_eq!(lint(&git, &["--rule", RULE]).rules(), [""; 0]);
}

#[test]
fn a_commit_of_the_stamp_alone_is_no_change() {
    let git = handbook();
    git.write("direction/piers.md", page("2026-01-18", "Piers are long."));
    git.commit("2026-01-22T12:00:00Z");
    assert_eq!(lint(&git, &["--rule", RULE]).rules(), [""; 0]);
}

#[test]
fn without_a_repository_there_is_nothing_to_tell() {
    let folder = Git::nowhere();
    folder.write("data/features.yml", "{}\n");
    folder.write("direction/piers.md", page("2026-01-10", "Piers are long."));
    assert_eq!(lint(&folder, &["--rule", RULE]).rules(), [""; 0]);
}

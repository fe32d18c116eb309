//! `draft-stale`: drafts that nobody goes on with, by git and by what they say of themselves.

use crate::common::git::Git;
use crate::common::{Run, pmctl};

const RULE: &str = "draft-stale";

/// A handbook with a page of this description, committed on `day`.
fn handbook(description: &str, day: &str) -> Git {
    let git = Git::new();
    git.write("SUMMARY.md", "# Table of contents\n\n* [Loans](loans.md)\n");
    git.write("loans.md", page(description));
    git.commit(&format!("{day}T12:00:00Z"));
    git
}

fn page(description: &str) -> String {
    format!("---\ndescription: {description}\n---\n\n# Loans\n\nBooks are lent.\n")
}

fn lint(git: &Git, args: &[&str]) -> Run {
    let args = [&["lint", "--rule", RULE, "--format", "json"], args].concat();
    pmctl(&args).run_in(git.root()).exits(0)
}

#[test]
fn a_draft_that_git_has_unchanged_for_a_year_is_stale() {
    let git = handbook("50% DRAFT", "2025-01-31");
    pmctl(&["lint", "--rule", RULE]).run_in(git.root()).exits(0).prints(
        "warning[draft-stale]: this page is a 50% draft, last changed on 2025-01-31
 --> loans.md:2:14
  |
2 | description: 50% DRAFT
  |              ^^^^^^^^^ unchanged for a year
",
    );
    assert_eq!(lint(&git, &["--today", "2026-01-30"]).rules(), [""; 0]);
}

#[test]
fn what_is_being_worked_on_or_finished_is_not() {
    let git = handbook("50% DRAFT", "2024-01-31");
    git.write("loans.md", page("51% DRAFT"));
    assert_eq!(lint(&git, &[]).rules(), [""; 0], "not committed yet");
    git.commit("2025-12-01T12:00:00Z");
    assert_eq!(lint(&git, &[]).rules(), [""; 0], "changed since");
    for description in ["100% DRAFT", "How books are lent.", "All drafts of 2020"] {
        assert_eq!(lint(&handbook(description, "2024-01-31"), &[]).rules(), [""; 0]);
    }
}

#[test]
fn the_newest_date_that_anybody_knows_counts() {
    let old = "'50% DRAFT (revised by Ada on Oct 20, 2020)'";
    let new = "'50% DRAFT (revised by Ada on Oct 20, 2025)'";
    assert_eq!(lint(&handbook(old, "2025-10-20"), &[]).rules(), [""; 0]);
    assert_eq!(lint(&handbook(new, "2020-10-20"), &[]).rules(), [""; 0]);
    assert_eq!(lint(&handbook(old, "2020-10-20"), &[]).rules(), [RULE]);
}

#[test]
fn without_git_the_page_is_taken_at_its_word_and_nothing_is_guessed() {
    let old = handbook("'50% DRAFT (revised by Ada on Oct 20, 2020)'", "2025-10-20");
    let run = lint(&old, &["--no-git"]);
    assert_eq!(run.rules(), [RULE]);
    run.prints("this page is a 50% draft, by its own dates last changed on 2020-10-20");
    assert_eq!(lint(&handbook("1% DRAFT", "2020-10-20"), &["--no-git"]).rules(), [""; 0]);
}

#[test]
fn a_draft_with_other_line_breaks_than_git_has_is_unchanged() {
    let git = handbook("50% DRAFT", "2024-01-31");
    git.write("loans.md", page("50% DRAFT").replace('\n', "\r\n"));
    assert_eq!(lint(&git, &[]).rules(), [RULE]);
}

#[test]
fn a_shallow_clone_that_hides_the_last_change_says_so_and_reports_nothing() {
    let git = handbook("50% DRAFT", "2024-01-31");
    git.write("README.md", "# Library\n");
    git.commit("2026-01-01T12:00:00Z");
    let clone = git.beside("clone");
    let from = format!("file://{}", git.root().display());
    git.run(&["clone", "-q", "--depth", "1", &from, clone.to_str().expect("UTF-8")]);
    let run = pmctl(&["lint", "--rule", RULE]).run_in(&clone).exits(0);
    run.prints("nothing to report").says("this clone is shallow");
}

#[test]
fn git_is_not_asked_where_no_page_is_a_draft() {
    let git = handbook("How books are lent.", "2024-01-31");
    git.write(".git/HEAD", "damaged");
    let run = lint(&git, &[]);
    assert_eq!((run.rules(), run.stderr.as_str()), (vec![], ""));
}

#[test]
fn a_move_a_mode_and_line_ends_freshen_no_draft() {
    let git = handbook("50% DRAFT", "2024-01-31");
    git.write("SUMMARY.md", "# Table of contents\n\n* [Loans](new/loans.md)\n");
    git.remove("loans.md").write("new/loans.md", page("50% DRAFT"));
    git.commit("2026-01-10T12:00:00Z");
    let run = lint(&git, &[]);
    assert_eq!(run.rules(), [RULE]);
    run.prints("last changed on 2024-01-31");
    git.run(&["update-index", "--chmod=+x", "new/loans.md"]);
    git.run_with(&["commit", "-qm", "m"], &[("GIT_COMMITTER_DATE", "2026-01-11T12:00:00Z")], b"");
    git.run(&["checkout", "-q", "."]);
    git.write("new/loans.md", page("50% DRAFT").replace('\n', "\r\n"));
    git.commit("2026-01-12T12:00:00Z");
    assert_eq!(lint(&git, &[]).rules(), [RULE]);
    git.write("new/loans.md", page("50% DRAFT") + "\nAnd brought back.\n");
    git.commit("2026-01-13T12:00:00Z");
    assert_eq!(lint(&git, &[]).rules(), [""; 0]);
}

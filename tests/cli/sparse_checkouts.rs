//! Sparse checkouts: what git tracks is there, checked out or not.

use std::path::PathBuf;

use crate::common::git::{Git, run_in};
use crate::common::pmctl;

/// A repository whose pages link to what a sparse checkout leaves out.
fn repository() -> Git {
    let git = Git::new();
    git.write("data/features.yml", "{}\n").write("CODEOWNERS", "docs/ @ada\n");
    git.write("img/a.png", "png").write("docs/manual.md", "# Manual\n\n## Part\n");
    git.write("direction/own.png", "png").write(
        "direction/boards.md",
        "# Boards\n\nLast reviewed: 2026-01-30\n\n[m](../docs/manual.md), [p](../docs/manual.md#part), \
         [f](../docs/) and ![a](../img/a.png)\n",
    );
    git.commit("2026-01-10T12:00:00+0000");
    git.write("docs/manual.md", "# Manual\n\n## Part\n\nMore.\n");
    git.commit("2026-01-11T12:00:00+0000");
    git
}

fn clone(git: &Git, patterns: &[&str]) -> PathBuf {
    let to = git.beside("clone");
    let url = format!("file://{}", git.root().display());
    run_in(git.root(), &["clone", "-q", &url, to.to_str().expect("UTF-8")], &[], b"");
    run_in(&to, &[&["sparse-checkout", "set"], patterns].concat(), &[], b"");
    assert!(!to.join("docs").exists() && to.join("direction").exists());
    to
}

const KINDS: [&[&str]; 3] = [
    &["--cone", "direction", "data"],
    &["--no-cone", "/*", "!/docs/", "!/img/"],
    &["--cone", "--sparse-index", "direction", "data"],
];

#[test]
fn links_to_what_is_not_checked_out_are_alive() {
    for kind in KINDS {
        let git = repository();
        let clone = clone(&git, kind);
        pmctl(&["lint"]).run_in(&clone).exits(0).never_prints("link-");
        // What is gone from the index is gone.
        run_in(&clone, &["rm", "-q", "--cached", "--sparse", "docs/manual.md"], &[], b"");
        pmctl(&["lint"]).run_in(&clone).exits(1).prints("link-missing-file");
    }
}

#[test]
fn what_is_not_checked_out_has_not_changed() {
    for kind in &KINDS[..2] {
        let git = repository();
        let clone = clone(&git, kind);
        let classified = |base: &str| {
            let args = ["classify", "--format", "json", "--since", base];
            pmctl(&args).run_in(&clone).exits(0).json()
        };
        assert_eq!(classified("HEAD")["kind"], "none");
        // A commit that changed it did change it.
        let changes = classified("HEAD~1")["changes"].to_string();
        assert!(changes.contains("docs/manual.md") && !changes.contains("removed"), "{changes}");
        pmctl(&["lint", "--changed-since", "HEAD"]).run_in(&clone).exits(0);
        // What is checked out and deleted is deleted.
        std::fs::remove_file(clone.join("direction/own.png")).expect("it can go");
        let changes = classified("HEAD")["changes"].to_string();
        assert!(changes.contains("direction/own.png") && !changes.contains("img/"), "{changes}");
    }
}

#[test]
fn a_data_file_that_is_not_checked_out_is_read_as_git_has_it() {
    let git = Git::new();
    git.write("direction/a.md", "# A\n\nLast reviewed: 2026-01-30\n").write("pmctl.toml", "");
    git.write("data/features.yml", "sso:\n  nonsense: 1\n").commit("2026-01-10T12:00:00+0000");
    let to = git.beside("clone");
    let url = format!("file://{}", git.root().display());
    run_in(git.root(), &["clone", "-q", &url, to.to_str().expect("UTF-8")], &[], b"");
    run_in(&to, &["sparse-checkout", "set", "direction"], &[], b"");
    pmctl(&["lint"]).run_in(&to).prints("data/features.yml").prints("nonsense");
    pmctl(&["lint", "--no-git"]).run_in(&to).never_prints("nonsense");
}

#[test]
fn an_index_that_cannot_be_read_is_named_with_the_command_that_helps() {
    let git = repository();
    let clone = clone(&git, KINDS[2]);
    for args in [["classify", "--since", "HEAD"], ["lint", "--changed-since", "HEAD"]] {
        let run = pmctl(&args).run_in(&clone).exits(2);
        run.says("sparse index").says("git sparse-checkout reapply --no-sparse-index");
    }
    run_in(&clone, &["sparse-checkout", "reapply", "--no-sparse-index"], &[], b"");
    pmctl(&["classify", "--since", "HEAD"]).run_in(&clone).exits(0);

    git.run(&["update-index", "--split-index"]);
    let run = pmctl(&["classify", "--since", "HEAD"]).run_in(git.root()).exits(2);
    run.says("split index").says("git update-index --no-split-index");
    git.run(&["update-index", "--no-split-index"]);
    pmctl(&["classify", "--since", "HEAD"]).run_in(git.root()).exits(0);
}

#[test]
fn a_repository_that_git_can_read_and_libgit2_cannot_is_named_so() {
    let kinds = [
        ("--ref-format=reftable", "reftable", "git refs migrate --ref-format=files"),
        ("--object-format=sha256", "SHA-256", "--no-git"),
    ];
    for (option, cause, help) in kinds {
        let git = Git::nowhere();
        git.run(&["init", "-q", option]);
        git.write("data/features.yml", "{}\n").commit("2026-01-10T12:00:00+0000");
        pmctl(&["lint"]).run_in(git.root()).exits(0);
        let run = pmctl(&["classify", "--since", "HEAD"]).run_in(git.root()).exits(2);
        run.says("git can read").says(cause).says(help);
        pmctl(&["review-status"]).run_in(git.root()).exits(0).says(cause);
    }
}

//! Clones made with `--filter`: nothing is guessed in them, and what they lack is fetched only when asked.

use std::path::{Path, PathBuf};

use crate::common::git::{Git, run_in};
use crate::common::{Run, pmctl};
use serde_json::{Value, json};

const PAGE: &str = "direction/boards.md";

fn text(reviewed: &str, more: &str) -> String {
    format!("# Boards\n\nLast reviewed: {reviewed}\n\n{more}\n")
}

/// A repository in which two commits changed a page since its review.
fn repository() -> Git {
    let git = Git::new();
    git.run(&["config", "uploadpack.allowFilter", "true"]);
    git.write("data/features.yml", "{}\n").write(PAGE, text("2025-12-01", "First."));
    git.commit("2025-12-01T12:00:00+0000");
    git.write(PAGE, text("2026-01-10", "First.")).commit("2026-01-10T12:00:00+0000");
    git.write(PAGE, text("2026-01-10", "Second.")).commit("2026-01-11T12:00:00+0000");
    git.write(PAGE, text("2026-01-10", "Third.")).commit("2026-01-12T12:00:00+0000");
    git
}

fn clone(git: &Git, filter: &str) -> PathBuf {
    let to = git.beside("clone");
    let url = format!("file://{}", git.root().display());
    let filter = format!("--filter={filter}");
    let args = ["clone", "-q", &filter, &url, to.to_str().expect("UTF-8")];
    run_in(git.root(), &args, &[], b"");
    to
}

fn run(folder: &Path, args: &[&str]) -> Run {
    // Git of another user's settings is not asked.
    pmctl(args).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").run_in(folder)
}

#[track_caller]
fn counted(folder: &Path, args: &[&str]) -> [Value; 3] {
    let run = run(folder, &[&["review-status", "--format", "json"], args].concat()).exits(0).json();
    let page = run["pages"][0].clone();
    ["commits_since_review", "stamp_changed", "changed_since_review"].map(|key| page[key].clone())
}

#[test]
fn what_a_clone_lacks_is_not_counted_and_not_remembered() {
    for filter in ["blob:none", "tree:0"] {
        let git = repository();
        let clone = clone(&git, filter);
        assert_eq!(counted(&clone, &[]), [Value::Null, Value::Null, Value::Null], "{filter}");
        let told = run(&clone, &["review-status"]).exits(0);
        assert_eq!(told.stderr.lines().count(), 1, "{}", told.stderr);
        told.says("--filter").says("git fetch --refetch --no-filter").says("--fetch-missing");
        // The command that the note names helps, and nothing wrong was remembered.
        run_in(&clone, &["fetch", "-q", "--refetch", "--no-filter"], &[], b"");
        assert_eq!(counted(&clone, &[]), [json!(2), json!("2026-01-10"), json!(true)], "{filter}");
    }
}

#[test]
fn what_a_clone_lacks_is_fetched_when_asked() {
    for filter in ["blob:none", "tree:0"] {
        let git = repository();
        let clone = clone(&git, filter);
        let all = [json!(2), json!("2026-01-10"), json!(true)];
        assert_eq!(counted(&clone, &["--fetch-missing"]), all, "{filter}");
        assert_eq!(counted(&clone, &[]), all, "{filter}: it is there now");
    }
}

#[test]
fn a_comparison_with_a_commit_needs_its_files() {
    for filter in ["blob:none", "tree:0"] {
        let git = repository();
        let clone = clone(&git, filter);
        for args in [
            ["lint", "--changed-since", "HEAD~2"],
            ["classify", "--since", "HEAD~2"],
            ["rice", "--since", "HEAD~2"],
        ] {
            run(&clone, &args).exits(2).says("--filter").says("git fetch --refetch --no-filter");
        }
        run(&clone, &["classify", "--since", "HEAD~2", "--fetch-missing"]).exits(0).prints(PAGE);
        run(&clone, &["lint", "--changed-since", "HEAD~2"]).exits(0);
    }
}

#[test]
fn a_fetch_that_fails_says_why_and_guesses_nothing() {
    let git = repository();
    let clone = clone(&git, "blob:none");
    run_in(&clone, &["remote", "set-url", "origin", "/nowhere/at/all"], &[], b"");
    run(&clone, &["lint", "--changed-since", "HEAD~2", "--fetch-missing"])
        .exits(2)
        .says("cannot be fetched: `git fetch` failed");
    let told = run(&clone, &["review-status", "--format", "json", "--fetch-missing"]).exits(0);
    assert_eq!(told.json()["pages"][0]["commits_since_review"], Value::Null);
    told.says("cannot be fetched");
}

#[test]
fn hooks_and_monitors_of_the_clone_are_not_run_by_a_fetch() {
    let git = repository();
    let clone = clone(&git, "blob:none");
    let trap = clone.join("trap");
    std::fs::write(&trap, format!("#!/bin/sh\ntouch {}\n", clone.join("sprung").display()))
        .expect("a file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&trap, std::fs::Permissions::from_mode(0o755)).expect("a mode");
        std::fs::create_dir_all(clone.join(".git/hooks")).expect("a folder");
        for hook in ["reference-transaction", "post-index-change", "pre-auto-gc"] {
            std::fs::copy(&trap, clone.join(".git/hooks").join(hook)).expect("a hook");
        }
    }
    run_in(&clone, &["config", "core.fsmonitor", trap.to_str().expect("UTF-8")], &[], b"");
    let counted = counted(&clone, &["--fetch-missing"]);
    assert_eq!(counted[0], 2);
    assert!(!clone.join("sprung").exists());
}

#[test]
fn without_git_nothing_can_be_fetched() {
    let git = repository();
    run(git.root(), &["lint", "--no-git", "--fetch-missing"]).exits(2).says("--no-git");
}

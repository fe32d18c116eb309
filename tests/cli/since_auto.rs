//! What `--since` and `--changed-since` measure a change from: names that mean two things, and the pipelines of forges.

use std::path::Path;

use crate::common::git::{Git, run_in};
use crate::common::{Call, Run, pmctl};

const PAGE: &str = "# Quay\n\nLast reviewed: 2026-01-20\n\nBoats land here.\n";

/// A handbook on `main`.
fn handbook() -> Git {
    let git = Git::new();
    git.write("pmctl.toml", "profile = \"default\"\n").write("data/features.yml", "{}\n");
    git.write("direction/quay.md", PAGE).write("direction/pier.md", PAGE.replace("Quay", "Pier"));
    git.commit("2026-01-20T12:00:00Z");
    git
}

/// A clone of `git` on the branch `topic`, in which the text of a page changes first and then a review date.
fn clone_with_a_change(git: &Git) -> std::path::PathBuf {
    let clone = git.beside("clone");
    let to = clone.display().to_string();
    run_in(git.root(), &["clone", "-q", ".", &to], &[], b"");
    let run = |args: &[&str]| run_in(&clone, args, &[], b"");
    run(&["config", "user.name", "Ann"]);
    run(&["config", "user.email", "ann@example.org"]);
    run(&["switch", "-q", "-c", "topic"]);
    std::fs::write(
        clone.join("direction/pier.md"),
        "# Pier\n\nLast reviewed: 2026-01-20\n\nSold.\n",
    )
    .expect("a page");
    run(&["commit", "-q", "-a", "-m", "text"]);
    run(&["branch", "halfway"]);
    std::fs::write(clone.join("direction/quay.md"), PAGE.replace("2026-01-20", "2026-01-30"))
        .expect("a page");
    run(&["commit", "-q", "-a", "-m", "review"]);
    clone
}

fn classify(since: &str) -> Call {
    pmctl(&["classify", "--since", since, "--expect", "review-dates-only"])
}

fn head_of(folder: &Path, name: &str) -> String {
    run_in(folder, &["rev-parse", name], &[], b"").trim().to_owned()
}

#[test]
fn auto_takes_the_branch_of_the_remote_and_nothing_that_is_called_alike() {
    for impostor in [
        "refs/tags/origin/main",
        "refs/heads/origin/main",
        "refs/tags/refs/remotes/origin/main",
        "refs/origin/main",
    ] {
        let git = handbook();
        let clone = clone_with_a_change(&git);
        run_in(&clone, &["update-ref", impostor, "halfway"], &[], b"");
        let run = classify("auto").env("GITHUB_BASE_REF", "main").run_in(&clone);
        run.exits(1).prints("direction/pier.md: its text changes");
        // With the branch of the remote gone, nothing else takes its place.
        run_in(&clone, &["update-ref", "-d", "refs/remotes/origin/main"], &[], b"");
        let run = classify("auto").env("GITHUB_BASE_REF", "main").run_in(&clone);
        run.exits(2).says("refs/remotes/origin/main").says("git fetch origin main");
    }
}

#[test]
fn a_local_branch_is_not_the_branch_of_the_remote() {
    let git = handbook();
    let clone = clone_with_a_change(&git);
    run_in(&clone, &["branch", "-f", "main", "halfway"], &[], b"");
    let auto = || classify("auto").env("GITHUB_BASE_REF", "main");
    auto().run_in(&clone).exits(1);
    run_in(&clone, &["update-ref", "-d", "refs/remotes/origin/main"], &[], b"");
    auto().run_in(&clone).exits(2);
    // Without a remote, the branches here are all there is.
    run_in(&clone, &["remote", "remove", "origin"], &[], b"");
    auto().run_in(&clone).exits(0);
}

#[test]
fn a_name_that_means_two_commits_is_refused_and_a_full_one_is_not() {
    let git = handbook();
    let clone = clone_with_a_change(&git);
    run_in(&clone, &["tag", "main", "halfway"], &[], b"");
    let refused = |run: Run| {
        run.exits(2).says("`main` is ambiguous").says("`refs/tags/main` or `refs/heads/main`");
    };
    refused(classify("main").run_in(&clone));
    pmctl(&["lint", "--changed-since", "main~0"]).run_in(&clone).exits(2).says("is ambiguous");
    classify("refs/heads/main").run_in(&clone).exits(1);
    // Part of a name is not the name.
    run_in(&clone, &["branch", "main@2", "refs/heads/main"], &[], b"");
    classify("main@2").run_in(&clone).exits(1);
    classify("refs/tags/main").run_in(&clone).exits(0);
    // A tag on the same commit changes nothing.
    run_in(&clone, &["tag", "-f", "main", "refs/heads/main"], &[], b"");
    classify("main").run_in(&clone).exits(1);
    let short = head_of(&clone, "refs/heads/main")[..8].to_owned();
    classify(&short).run_in(&clone).exits(1);
    run_in(&clone, &["tag", &short, "halfway"], &[], b"");
    classify(&short).run_in(&clone).exits(2).says("is ambiguous");
}

/// `topic` stamps a page, `main` breaks a link meanwhile, and `HEAD` merges the two. Returns where they parted.
fn merged() -> (Git, String, String) {
    let git = handbook();
    let fork = git.head();
    git.run(&["switch", "-q", "-c", "topic"]);
    git.write("direction/quay.md", PAGE.replace("2026-01-20", "2026-01-30"));
    git.commit("2026-01-21T12:00:00Z");
    git.run(&["switch", "-q", "main"]);
    git.write("direction/pier.md", "# Pier\n\nLast reviewed: 2026-01-20\n\n[gone](gone.md)\n");
    let target = git.commit("2026-01-22T12:00:00Z");
    git.run(&["switch", "-q", "--detach", "main"]);
    git.run(&["merge", "-q", "--no-ff", "-m", "merged", "topic"]);
    (git, fork, target)
}

#[test]
fn in_a_pipeline_for_merged_results_the_work_of_others_is_no_part_of_the_change() {
    let (git, fork, target) = merged();
    let lint =
        || pmctl(&["lint", "--changed-since", "auto"]).env("CI_MERGE_REQUEST_DIFF_BASE_SHA", &fork);
    for event in ["merged_result", "merge_train"] {
        let in_pipeline = |call: Call| {
            call.env("CI_MERGE_REQUEST_EVENT_TYPE", event)
                .env("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", &target)
        };
        in_pipeline(lint()).run_in(git.root()).exits(0);
        let stamped = classify("auto").env("CI_MERGE_REQUEST_DIFF_BASE_SHA", &fork);
        in_pipeline(stamped).run_in(git.root()).exits(0);
    }
    // A detached pipeline checks the branch itself.
    git.run(&["switch", "-q", "topic"]);
    let detached = lint().env("CI_MERGE_REQUEST_EVENT_TYPE", "detached");
    detached.env("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "").run_in(git.root()).exits(0);
}

#[test]
fn a_merge_that_github_made_is_measured_from_its_first_parent() {
    let (git, _, _) = merged();
    let merge = git.head();
    // The branch has moved back since, so that nothing else shows what the pull request was merged with.
    git.run(&["update-ref", "refs/remotes/origin/main", "topic~1"]);
    let on_github = |merge: &str| {
        pmctl(&["lint", "--changed-since", "auto"])
            .env("GITHUB_BASE_REF", "main")
            .env("GITHUB_REF", "refs/pull/7/merge")
            .env("GITHUB_SHA", merge)
    };
    on_github(&merge).run_in(git.root()).exits(0);
    // A checkout of something else is measured from the branch.
    on_github(git.run(&["rev-parse", "topic"]).trim()).run_in(git.root()).exits(1);
}

//! `pmctl review-status`: what git knows of the pages since their reviews.

use crate::common::git::{Git, run_in};
use crate::common::{Run, pmctl};
use serde_json::{Value, json};

const PAGE: &str = "direction/boards.md";

/// The page with a date of its review, and more text.
fn text(reviewed: &str, more: &str) -> String {
    format!("# Boards\n\nLast reviewed: {reviewed}\n\n{more}\n")
}

/// A repository with a page that Bea wrote and reviewed on 10 January.
fn reviewed() -> Git {
    let git = Git::new();
    git.write("data/features.yml", "{}\n").write(PAGE, text("2025-12-01", "First."));
    git.commit("2025-12-01T12:00:00+0000");
    git.write(PAGE, text("2026-01-10", "First, and better."));
    git.commit_as("Bea Ø", "2026-01-10T12:00:00+0000", "2026-01-10T12:00:00+0000");
    git
}

#[track_caller]
fn run(git: &Git, args: &[&str]) -> Run {
    pmctl(&[&["review-status"], args].concat()).run_in(git.root()).exits(0)
}

/// What JSON tells of the page.
#[track_caller]
fn page(git: &Git) -> Value {
    let run = run(git, &["--format", "json"]).json();
    run["pages"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|page| page["path"] == PAGE)
        .expect("it")
        .clone()
}

/// How many commits changed the page since its review, and when its stamp was changed.
#[track_caller]
fn since(git: &Git) -> (Value, Value) {
    let page = page(git);
    let commits = page["commits_since_review"].clone();
    let changed = commits.as_u64().map(|commits| commits > 0);
    assert_eq!(page["changed_since_review"], json!(changed));
    (commits, page["stamp_changed"].clone())
}

#[track_caller]
fn last_changed(git: &Git) -> [Value; 3] {
    let page = page(git);
    ["last_changed", "last_changed_by", "last_changed_commit"].map(|key| page[key].clone())
}

#[test]
fn the_last_change_has_a_day_an_author_and_a_commit() {
    let git = reviewed();
    let review = git.head();
    git.write("direction/other.md", "# Other\n").commit("2026-01-20T12:00:00+0000");
    assert_eq!(last_changed(&git), [json!("2026-01-10"), json!("Bea Ø"), json!(review)]);
    let other = git.head();
    run(&git, &["--format", "csv"]).prints(&format!("2026-01-20,Ann,{other}"));
}

#[test]
fn the_commit_that_sets_the_stamp_is_the_review_whatever_else_it_changes() {
    let git = reviewed();
    assert_eq!(since(&git), (json!(0), json!("2026-01-10")));
    run(&git, &[]).prints(&format!("{PAGE}  (none)  unchanged\n"));
}

#[test]
fn what_comes_after_the_stamp_counts_on_the_same_day_too() {
    let git = reviewed();
    git.write(PAGE, text("2026-01-10", "Same day.")).commit("2026-01-10T13:00:00+0000");
    assert_eq!(since(&git), (json!(1), json!("2026-01-10")));
    run(&git, &[]).prints(&format!("{PAGE}  (none)  1 commit\n"));
    git.write(PAGE, text("2026-01-10", "Later.")).commit("2026-01-20T12:00:00+0000");
    git.write("direction/other.md", "# Other\n").commit("2026-01-21T12:00:00+0000");
    assert_eq!(since(&git), (json!(2), json!("2026-01-10")));
    run(&git, &[]).prints(&format!("{PAGE}  (none)  2 commits\n"));
}

#[test]
fn what_comes_before_the_stamp_on_its_day_was_reviewed() {
    let git = reviewed();
    git.write(PAGE, text("2026-01-10", "Morning.")).commit("2026-01-20T08:00:00+0000");
    git.write(PAGE, text("2026-01-20", "Morning.")).commit("2026-01-20T12:00:00+0000");
    assert_eq!(since(&git), (json!(0), json!("2026-01-20")));
}

#[test]
fn a_commit_that_only_moves_the_stamp_is_no_change() {
    let git = reviewed();
    // The review of the 20th was written down as one of the 18th, and put right the day after.
    git.write(PAGE, text("2026-01-18", "First, and better.")).commit("2026-01-20T12:00:00+0000");
    assert_eq!(since(&git), (json!(0), json!("2026-01-20")));
    git.write(PAGE, text("2026-01-17", "First, and better.")).commit("2026-01-21T12:00:00+0000");
    assert_eq!(since(&git), (json!(0), json!("2026-01-21")));
    git.write(PAGE, text("2026-01-17", "Changed.")).commit("2026-01-22T12:00:00+0000");
    assert_eq!(since(&git), (json!(1), json!("2026-01-21")));
}

#[test]
fn the_order_of_commits_decides_and_not_their_days() {
    let git = reviewed();
    // The stamp is of an earlier day than its commit, which comes after the edit all the same.
    git.write(PAGE, text("2026-01-10", "Changed.")).commit("2026-01-19T12:00:00+0000");
    git.write(PAGE, text("2026-01-18", "Changed.")).commit("2026-01-20T12:00:00+0000");
    assert_eq!(since(&git), (json!(0), json!("2026-01-20")));
    // Written long before the review, and landed after it.
    let (old, now) = ("2025-11-02T12:00:00+0000", "2026-01-21T12:00:00+0000");
    git.write(PAGE, text("2026-01-18", "Landed late.")).commit_as("Cy", old, now);
    assert_eq!(since(&git), (json!(1), json!("2026-01-20")));
    // Even by a clock that is years slow.
    git.write(PAGE, text("2026-01-18", "A slow clock.")).commit_as("Cy", old, old);
    assert_eq!(since(&git), (json!(2), json!("2026-01-20")));
}

#[test]
fn a_stamp_of_a_later_day_than_its_commit_is_found() {
    let git = Git::new();
    git.write("data/features.yml", "{}\n").write(PAGE, text("2025-12-01", "First."));
    git.commit("2025-09-01T12:00:00+0000");
    // Written down four months before its day.
    git.write(PAGE, text("2026-01-10", "First.")).commit("2025-09-10T12:00:00+0000");
    assert_eq!(since(&git), (json!(0), json!("2025-09-10")));
    git.write(PAGE, text("2026-01-10", "Second.")).commit("2025-09-20T12:00:00+0000");
    assert_eq!(since(&git), (json!(1), json!("2025-09-10")));
}

#[test]
fn a_stamp_that_is_not_committed_is_later_than_every_commit() {
    let git = reviewed();
    git.write(PAGE, text("2026-01-10", "This morning.")).commit("2026-01-31T09:00:00+0000");
    assert_eq!(since(&git).0, 1);
    git.write(PAGE, text("2026-01-31", "This morning."));
    assert_eq!(since(&git), (json!(0), Value::Null));
    git.commit("2026-01-31T12:00:00+0000");
    assert_eq!(since(&git), (json!(0), json!("2026-01-31")));
}

#[test]
fn work_on_a_branch_counts_from_when_it_lands() {
    let git = Git::new();
    let text = |stamp: &str, top: &str, end: &str| {
        format!("# Boards\n\nLast reviewed: {stamp}\n\n{top}\n\nMiddle.\n\n{end}\n")
    };
    git.write("data/features.yml", "{}\n").write(PAGE, text("2025-12-01", "Top.", "End."));
    git.commit("2025-12-01T12:00:00+0000");
    git.run(&["checkout", "-q", "-b", "side"]);
    git.write(PAGE, text("2025-12-01", "Top.", "Side.")).commit("2025-12-10T12:00:00+0000");
    git.write(PAGE, text("2025-12-01", "Top.", "Sides.")).commit("2025-12-11T12:00:00+0000");
    git.run(&["checkout", "-q", "main"]);
    git.write(PAGE, text("2026-01-10", "Top.", "End.")).commit("2026-01-10T12:00:00+0000");
    git.merge("side", "2026-01-20T12:00:00+0000", |git| {
        git.write(PAGE, text("2026-01-10", "Top.", "Sides."));
    });
    // Two commits, and a merge that says what the side says under the new stamp.
    assert_eq!(since(&git), (json!(2), json!("2026-01-10")));
    git.write(PAGE, text("2026-01-10", "Up.", "Sides.")).commit("2026-01-21T12:00:00+0000");
    assert_eq!(since(&git), (json!(3), json!("2026-01-10")));
}

#[test]
fn a_merge_does_not_set_the_stamp_that_one_of_its_parents_has() {
    let git = Git::new();
    git.write("data/features.yml", "{}\n").write(PAGE, text("2025-12-01", "Six."));
    git.commit("2025-12-01T12:00:00+0000");
    git.run(&["checkout", "-q", "-b", "side"]);
    git.write(PAGE, text("2026-01-09", "Seven.")).commit("2026-01-09T12:00:00+0000");
    git.run(&["checkout", "-q", "main"]);
    git.write(PAGE, text("2026-01-10", "Six.")).commit("2026-01-10T12:00:00+0000");
    git.run(&["checkout", "-q", "side"]);
    git.merge("main", "2026-01-20T12:00:00+0000", |git| {
        git.write(PAGE, text("2026-01-10", "Seven."));
    });
    assert_eq!(since(&git), (json!(1), json!("2026-01-10")));
}

#[test]
fn a_move_hides_no_edit_and_is_none() {
    let git = Git::new();
    let text = |stamp: &str, end: &str| {
        format!("# Boards\n\nLast reviewed: {stamp}\n\nOne.\n\nTwo.\n\nThree.\n\n{end}\n")
    };
    git.write("data/features.yml", "{}\n").write("direction/a.md", text("2026-01-10", "End."));
    git.commit("2026-01-10T12:00:00+0000");
    git.remove("direction/a.md").write("direction/b.md", text("2026-01-10", "End."));
    git.commit("2026-01-11T12:00:00+0000");
    let told = |path: &str| {
        let run = run(&git, &["--format", "json"]).json();
        let page = run["pages"]
            .as_array()
            .and_then(|pages| pages.iter().find(|page| page["path"] == path));
        let page = page.expect("the page").clone();
        ["commits_since_review", "stamp_changed", "last_changed"].map(|key| page[key].clone())
    };
    assert_eq!(told("direction/b.md"), [json!(0), json!("2026-01-10"), json!("2026-01-10")]);
    git.write("direction/b.md", text("2026-01-10", "Edited.")).commit("2026-01-12T12:00:00+0000");
    // Moved and edited in one commit, into a folder that has another page of that name's past.
    git.remove("direction/b.md").write(PAGE, text("2026-01-10", "Edited twice."));
    git.commit("2026-01-13T12:00:00+0000");
    git.remove(PAGE).write("direction/c/d.md", text("2026-01-10", "Edited twice."));
    git.commit("2026-01-14T12:00:00+0000");
    assert_eq!(told("direction/c/d.md"), [json!(2), json!("2026-01-10"), json!("2026-01-13")]);
}

#[test]
fn modes_and_line_ends_are_no_change_of_the_content() {
    let git = reviewed();
    let review = git.head();
    git.run(&["update-index", "--chmod=+x", PAGE]);
    git.run_with(
        &["commit", "-qm", "m"],
        &[("GIT_COMMITTER_DATE", "2026-01-20T12:00:00+0000")],
        b"",
    );
    git.write(PAGE, text("2026-01-10", "First, and better.").replace('\n', "\r\n"));
    git.commit("2026-01-21T12:00:00+0000");
    assert_eq!(since(&git), (json!(0), json!("2026-01-10")));
    assert_eq!(last_changed(&git)[2], json!(review));
    git.write(PAGE, text("2026-01-10", "First, and best.").replace('\n', "\r\n"));
    git.commit("2026-01-22T12:00:00+0000");
    assert_eq!(since(&git), (json!(1), json!("2026-01-10")));
    // A checkout with other line ends shows nothing new.
    git.run(&["config", "core.autocrlf", "true"]);
    assert_eq!(since(&git), (json!(1), json!("2026-01-10")));
}

#[test]
fn a_month_is_stamped_within_it() {
    let git = reviewed();
    git.write(PAGE, text("2026-01", "First.")).commit("2026-01-12T12:00:00+0000");
    assert_eq!(since(&git), (json!(0), json!("2026-01-12")));

    let git = Git::new();
    git.write("data/features.yml", "{}\n");
    git.write(PAGE, text("2025-12", "First.")).commit("2025-12-15T12:00:00+0000");
    git.write(PAGE, text("2025-12", "Later.")).commit("2026-01-02T12:00:00+0000");
    assert_eq!(since(&git), (json!(1), json!("2025-12-15")));
    git.write(PAGE, text("2025-12-15", "Later.")).commit("2026-01-03T12:00:00+0000");
    assert_eq!(since(&git), (json!(0), json!("2026-01-03")), "a new stamp, after the edit");
}

#[test]
fn a_commit_that_only_rewrites_the_stamp_is_no_change() {
    let git = reviewed();
    git.write(PAGE, text("2026-1-10", "First, and better.")).commit("2026-01-20T12:00:00+0000");
    assert_eq!(since(&git), (json!(0), json!("2026-01-10")));
    git.write(PAGE, text("10 January 2026", "Changed.")).commit("2026-01-21T12:00:00+0000");
    assert_eq!(since(&git), (json!(1), json!("2026-01-10")));
}

#[test]
fn a_stamp_in_a_partial_is_moved_there() {
    let git = Git::new();
    let page = "source/direction/orchard/index.html.md.erb";
    let partial = "source/direction/orchard/_last_updated.erb";
    let body =
        "# Orchard\n\nLast reviewed on: <%= partial(\"direction/orchard/last_updated\") %>\n";
    git.write("data/stages.yml", "stages: {}\n").write(page, body).write(partial, "2025-12-01\n");
    let first = git.commit("2025-12-01T12:00:00+0000");
    git.write(partial, "2026-01-10\n").commit("2026-01-11T12:00:00+0000");
    let told = || run(&git, &["--format", "json"]).json()["pages"][0].clone();
    assert_eq!(
        (&told()["date_path"], &told()["stamp_changed"]),
        (&json!(partial), &json!("2026-01-11"))
    );
    assert_eq!(
        (&told()["commits_since_review"], &told()["last_changed_commit"]),
        (&json!(0), &json!(first))
    );
    git.write(page, format!("{body}\nMore.\n")).commit("2026-01-12T12:00:00+0000");
    assert_eq!(
        (&told()["commits_since_review"], &told()["stamp_changed"]),
        (&json!(1), &json!("2026-01-11"))
    );
}

#[test]
fn a_page_without_a_review_has_a_last_change_only() {
    let git = Git::new();
    git.write("data/features.yml", "{}\n").write(PAGE, "# Boards\n");
    let commit = git.commit("2026-01-10T12:00:00+0000");
    assert_eq!(since(&git), (Value::Null, Value::Null));
    assert_eq!(last_changed(&git), [json!("2026-01-10"), json!("Ann"), json!(commit)]);
    run(&git, &[]).prints(&format!("{PAGE}  (none)  -\n"));
}

#[test]
fn commits_to_be_ignored_do_not_count() {
    let git = reviewed();
    let review = git.head();
    let format =
        git.write(PAGE, text("2026-01-10", "Formatted.")).commit("2026-01-20T12:00:00+0000");
    assert_eq!(since(&git).0, 1);
    git.write(".git-blame-ignore-revs", format!("# all pages formatted\n{format}\n"));
    assert_eq!(since(&git), (json!(0), json!("2026-01-10")));
    assert_eq!(last_changed(&git)[2], json!(review));
}

#[test]
fn a_page_that_is_not_committed_has_no_history() {
    let git = reviewed();
    git.write("direction/new.md", "# New\n\nLast reviewed: 2026-01-30\n");
    let run = run(&git, &["direction/new.md", "--format", "json"]).json();
    let page = &run["pages"][0];
    assert_eq!(page["status"], "fresh");
    for key in [
        "last_changed",
        "last_changed_by",
        "last_changed_commit",
        "commits_since_review",
        "stamp_changed",
    ] {
        assert_eq!(page[key], Value::Null, "{key}");
    }
    let none = Git::new();
    none.write("data/features.yml", "{}\n").write(PAGE, text("2026-01-10", ""));
    assert_eq!(since(&none), (Value::Null, Value::Null), "nothing is committed at all");
}

#[test]
fn without_git_nothing_is_known_and_nothing_said() {
    let git = reviewed();
    let quiet = run(&git, &["--no-git", "--format", "json"]);
    let page = &quiet.json()["pages"][0];
    assert_eq!(
        (&page["last_changed"], &page["commits_since_review"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!((&page["changed_since_review"], &page["status"]), (&Value::Null, &json!("fresh")));
    assert_eq!(quiet.stderr, "");
    run(&git, &["--no-git"]).prints(&format!("{PAGE}  (none)  -\n"));
    assert!(!git.path(".git/pmctl").exists(), "git was not asked");
}

#[test]
fn a_shallow_clone_says_once_how_to_deepen_it() {
    let git = reviewed();
    git.write("direction/other.md", text("2026-01-05", "")).commit("2026-01-20T12:00:00+0000");
    let clone = git.beside("clone");
    let url = format!("file://{}", git.root().display());
    run_in(
        git.root(),
        &["clone", "-q", "--depth=1", &url, clone.to_str().expect("UTF-8")],
        &[],
        b"",
    );
    let run = pmctl(&["review-status", "--format", "json"]).run_in(&clone).exits(0);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    let run = run.says("GIT_DEPTH: 0").says("fetch-depth: 0").says("git fetch --unshallow");
    let pages = run.json()["pages"].clone();
    for page in pages.as_array().expect("a list") {
        for key in [
            "last_changed",
            "last_changed_by",
            "last_changed_commit",
            "changed_since_review",
            "commits_since_review",
            "stamp_changed",
        ] {
            assert_eq!(page[key], Value::Null, "{key}");
        }
    }
    assert_eq!(pages.as_array().map(Vec::len), Some(2));
    let quiet = pmctl(&["review-status", "--quiet"]).run_in(&clone).exits(0);
    assert_eq!(quiet.stderr, "");
    let silent = pmctl(&["review-status", "--no-git"]).run_in(&clone).exits(0);
    assert_eq!(silent.stderr, "");

    run_in(&clone, &["fetch", "-q", "--unshallow"], &[], b"");
    let deep = pmctl(&["review-status", "--format", "json"]).run_in(&clone).exits(0);
    assert_eq!(deep.stderr, "");
    assert_eq!(deep.json()["pages"][1]["commits_since_review"], 0);
}

#[test]
fn a_handbook_may_be_a_folder_of_its_repository() {
    let git = Git::new();
    git.write("docs/data/features.yml", "{}\n").write("docs/pmctl.toml", "");
    git.write("docs/direction/boards.md", text("2026-01-10", ""))
        .commit("2026-01-10T12:00:00+0000");
    git.write("direction/boards.md", "# Not this one\n").commit("2026-01-11T12:00:00+0000");
    let last = git.write("docs/direction/boards.md", text("2026-01-10", "More."));
    let last = last.commit("2026-01-12T12:00:00+0000");
    for (folder, args) in [("docs", &[][..]), ("docs/direction", &[]), ("", &["-C", "docs"])] {
        let args = [args, &["review-status", "--format", "json"]].concat();
        let run = pmctl(&args).run_in(&git.path(folder)).exits(0).json();
        assert_eq!(run["pages"].as_array().map(Vec::len), Some(1));
        let page = &run["pages"][0];
        assert_eq!((&page["path"], &page["last_changed_commit"]), (&json!(PAGE), &json!(last)));
        assert_eq!(page["commits_since_review"], 1);
    }
}

#[test]
fn the_second_run_prints_the_same_bytes() {
    let git = reviewed();
    git.write(PAGE, text("2026-01-10", "Later.")).commit("2026-01-20T12:00:00+0000");
    for format in ["table", "json", "csv", "markdown", "ics"] {
        let first = run(&git, &["--format", format]);
        let second = run(&git, &["--format", format]);
        assert_eq!((first.stdout, first.stderr), (second.stdout, second.stderr));
    }
    assert!(git.path(".git/pmctl").exists(), "what git told is remembered");
    let remembered = run(&git, &["--format", "json"]).stdout;
    std::fs::remove_dir_all(git.path(".git/pmctl")).expect("it can go");
    assert_eq!(run(&git, &["--format", "json"]).stdout, remembered);
    // Another question than the one that was remembered.
    git.write(PAGE, text("2025-12-01", "Later."));
    let asked = run(&git, &["--format", "json"]).stdout;
    std::fs::remove_dir_all(git.path(".git/pmctl")).expect("it can go");
    assert_eq!(run(&git, &["--format", "json"]).stdout, asked);
}

#[test]
fn an_authors_name_cannot_steer_the_terminal() {
    let git = Git::new();
    git.write("data/features.yml", "{}\n").write(PAGE, text("2026-01-10", ""));
    git.commit_as("Eve \u{1b}[2J", "2026-01-10T12:00:00+0000", "2026-01-10T12:00:00+0000");
    run(&git, &["--color", "always", "--format", "json"]).never_prints("\u{1b}");
    run(&git, &["--color", "always"]).never_prints("\u{1b}[2J");
}

#[test]
fn a_repository_that_cannot_be_read_is_a_note_not_the_end() {
    let git = reviewed();
    std::fs::write(git.path(".git/refs/heads/main"), format!("{}\n", "1".repeat(40)))
        .expect("a file");
    let run = run(&git, &["--format", "json"]).says("what git knows of the pages is left out");
    assert_eq!(run.json()["pages"][0]["status"], "fresh");
    assert_eq!(run.json()["pages"][0]["last_changed"], Value::Null);
}

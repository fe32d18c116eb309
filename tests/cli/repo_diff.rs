//! What git says changed: a commit, a folder, an answer.

use crate::common;
use crate::common::git::{Git, repo_path};
use pmctl::repo::diff::{Before, Diff, Lines};
use pmctl::repo::{Repo, Revision};

const LINES: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";

fn git() -> Git {
    let git = Git::new();
    git.write("a.md", LINES).write("sub/b.md", LINES).write("submarine/c.md", LINES);
    git.commit("2026-01-01T12:00:00Z");
    git
}

fn diff_in(git: &Git, folder: &str) -> Diff {
    let repo = Repo::at(git.path(folder));
    let base = Revision::open(&repo, "main").expect("a commit");
    Diff::since(&repo, &base).expect("a difference")
}

fn diff(git: &Git) -> Diff {
    diff_in(git, "")
}

/// The files that are there and changed, and those that are gone.
fn paths(diff: &Diff) -> (Vec<String>, Vec<String>) {
    let present = diff.present().map(|(path, _)| path.to_string());
    (present.collect(), diff.gone().map(ToString::to_string).collect())
}

fn lines(diff: &Diff, path: &str) -> Option<Lines> {
    diff.lines(&repo_path(path)).cloned()
}

#[test]
fn nothing_changed_in_a_clean_folder() {
    let git = git();
    assert!(diff(&git).is_empty());
    assert_eq!(lines(&diff(&git), "a.md"), None);
}

#[test]
fn changed_lines_are_counted_as_they_are_now_and_removed_ones_are_none() {
    let git = git();
    git.write("a.md", "zero\none\ntwo\n3\n4\nfive\nsix\nseven\n");
    let diff = diff(&git);
    assert_eq!(lines(&diff, "a.md"), Some(Lines::Some(vec![1..=1, 4..=5])));
    let lines = lines(&diff, "a.md").expect("lines");
    let meets = |first, last| lines.meet(&(first..=last));
    assert_eq!(
        [meets(1, 1), meets(2, 3), meets(3, 4), meets(6, 9), meets(1, 9)],
        [true, false, true, false, true]
    );
    git.write("a.md", "one\ntwo\n");
    assert_eq!(super_lines(&git), Some(Lines::Some(Vec::new())));
}

fn super_lines(git: &Git) -> Option<Lines> {
    lines(&diff(git), "a.md")
}

#[test]
fn what_is_not_committed_counts_staged_or_not_and_untracked_files_too() {
    let git = git();
    git.write("a.md", "one\n").run(&["add", "a.md"]);
    git.write("sub/b.md", "two\n").write("new/d.md", "x\n").remove("submarine/c.md");
    git.write(".gitignore", "/ignored\n").write("ignored/e.md", "x\n");
    let (present, gone) = paths(&diff(&git));
    assert_eq!(present, [".gitignore", "a.md", "new/d.md", "sub/b.md"]);
    assert_eq!(gone, ["submarine/c.md"]);
    assert_eq!(lines(&diff(&git), "new/d.md"), Some(Lines::All));
}

#[test]
fn a_renamed_file_is_known_by_its_old_name_whether_git_was_told_or_not() {
    let git = git();
    git.write("a.md", format!("{LINES}nine\n")).remove("sub/b.md").remove("submarine/c.md");
    git.write("new.md", LINES.replace("four", "4"));
    for add in [false, true] {
        if add {
            git.run(&["add", "-A"]);
        }
        let diff = diff(&git);
        let change = diff.present().find(|(path, _)| path.as_str() == "new.md").expect("it").1;
        assert!(matches!(&change.before, Before::At(path) if path.as_str() == "sub/b.md"
            || path.as_str() == "submarine/c.md"));
        assert_eq!(change.lines, Lines::Some(vec![4..=4]));
        assert_eq!(diff.before(&repo_path("untouched.md")), Some(&repo_path("untouched.md")));
        assert_eq!(paths(&diff).1, ["sub/b.md", "submarine/c.md"]);
    }
}

#[test]
fn a_subfolder_sees_its_own_files_and_none_of_a_namesake() {
    let git = git();
    git.write("a.md", "x\n").write("submarine/c.md", "x\n").write("sub/b.md", "x\n");
    assert_eq!(paths(&diff_in(&git, "sub")).0, ["b.md"]);
    git.write("sub/b.md", LINES);
    assert!(diff_in(&git, "sub").is_empty());
}

#[test]
fn line_endings_alone_are_no_change_of_a_line() {
    let git = git();
    git.write("a.md", LINES.replace('\n', "\r\n").replace("two", "2"));
    assert_eq!(lines(&diff(&git), "a.md"), Some(Lines::Some(vec![2..=2])));
    git.run(&["config", "core.autocrlf", "true"]);
    git.write("a.md", LINES.replace('\n', "\r\n"));
    assert!(matches!(lines(&diff(&git), "a.md"), None | Some(Lines::Some(_))));
}

#[cfg(unix)]
#[test]
fn modes_links_binary_files_conflicts_and_submodules_are_taken_as_they_come() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let git = git();
    git.write("run.sh", "x\n").write("link.md", "x\n").write("data.bin", [0, 1, 2, 255]);
    git.commit("2026-01-02T12:00:00Z");
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(git.path("run.sh"), executable).expect("a mode");
    git.remove("link.md").write("data.bin", [0, 255, 2, 1]);
    symlink("a.md", git.path("link.md")).expect("a link");
    git.write("nested/x.md", "x\n");
    common::git::run_in(&git.path("nested"), &["init", "-q"], &[], b"");
    let diff = diff(&git);
    assert_eq!(lines(&diff, "run.sh"), Some(Lines::Some(Vec::new())));
    assert_eq!(lines(&diff, "data.bin"), Some(Lines::All));
    assert_eq!(lines(&diff, "link.md"), Some(Lines::All));
    assert_eq!(lines(&diff, "nested/x.md"), Some(Lines::All));
    assert_eq!(lines(&diff, "a.md"), None);
}

#[test]
fn the_base_is_where_the_branch_left_the_other() {
    let git = git();
    let fork = git.head();
    git.run(&["switch", "-q", "-c", "topic"]);
    git.write("a.md", "mine\n").commit("2026-01-02T12:00:00Z");
    git.run(&["switch", "-q", "main"]);
    git.write("sub/b.md", "theirs\n").commit("2026-01-03T12:00:00Z");
    git.run(&["switch", "-q", "topic"]);
    let repo = Repo::at(git.root());
    let base = Revision::merge_base(&repo, "main").expect("a merge base");
    assert_eq!(base.id(), fork);
    assert_eq!(paths(&Diff::since(&repo, &base).expect("a difference")).0, ["a.md"]);
}

#[test]
fn lines_of_commits_that_begin_apart_have_no_base() {
    let git = git();
    git.run(&["switch", "-q", "--orphan", "other"]);
    git.write("x.md", "x\n").commit("2026-01-02T12:00:00Z");
    let error = Revision::merge_base(&Repo::at(git.root()), "main").err().expect("no base");
    assert!(error.to_string().contains("no commit in common"), "{error}");
}

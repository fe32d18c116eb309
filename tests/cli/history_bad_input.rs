//! Repositories that are broken, odd or not for us: an error that names what to do, or the best answer.

use std::fs;

use crate::common::git::{Git, commits, history_of, last, repo_path, run_in, since};
use jiff::civil::date;
use pmctl::repo::history::{HistoryError, PathHistory};

const DAY: &str = "2024-01-10T12:00:00+0000";

/// The error of asking for `a.md`, which must hold all of `words`.
#[track_caller]
fn error(git: &Git, words: &[&str]) -> HistoryError {
    let error = git.try_history(&[last("dir/a.md")]).expect_err("an error");
    let text = error.to_string();
    for word in words {
        assert!(text.contains(word), "`{word}` is not in: {text}");
    }
    error
}

fn one_commit() -> Git {
    let git = Git::new();
    git.write("dir/a.md", "1").commit(DAY);
    git
}

#[test]
fn a_git_file_that_leads_nowhere_is_an_error_and_not_the_repository_above() {
    let git = Git::nowhere();
    git.write(".git", "gitdir: /nowhere/at/all\n");
    assert!(matches!(error(&git, &["git status"]), HistoryError::Unreadable { .. }));

    let git = one_commit();
    git.write("empty/x", "no repository").write("dir/.git", "gitdir: ../empty\n");
    let inner = history_of(&git.path("dir"), &[last("a.md")]).expect_err("an error").to_string();
    assert!(inner.contains("dir`") && inner.contains("leads to no repository"), "{inner}");
    assert!(history_of(&git.path("no-such-folder"), &[]).is_err());
}

#[test]
fn a_git_folder_that_is_none_is_no_repository() {
    let git = Git::nowhere();
    git.write(".git/HEAD", "");
    assert!(git.try_history(&[last("a.md")]).expect("no error").is_none());
}

#[test]
fn a_head_that_makes_no_sense_is_an_error() {
    let git = one_commit();
    git.write(".git/HEAD", "garbage\n");
    assert!(matches!(error(&git, &["git status"]), HistoryError::Unreadable { .. }));
    git.write(".git/HEAD", "1".repeat(40));
    assert!(matches!(error(&git, &["git fsck", "1111"]), HistoryError::Missing { .. }));
    git.write(".git/HEAD", git.run_with(&["hash-object", "-w", "--stdin"], &[], b"a blob"));
    // git itself cannot work here any more.
    assert!(matches!(error(&git, &["git fsck"]), HistoryError::Damaged { .. }));
}

/// Where git keeps the object `id`.
fn loose(git: &Git, id: &str) -> String {
    assert!(git.root().join(".git").is_dir());
    format!(".git/objects/{}/{}", &id[..2], &id[2..])
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_missing_or_damaged_is_an_error_that_names_it() {
    use std::os::unix::fs::PermissionsExt;

    let git = one_commit();
    let tree = git.run(&["rev-parse", "HEAD:dir"]);
    let file = loose(&git, &tree);
    let whole = fs::read(git.path(&file)).expect("a loose object");
    fs::set_permissions(git.path(&file), fs::Permissions::from_mode(0o644)).expect("writable");
    // Not cut in half: libgit2 1.9.7 reads such an object for ever (libgit2#7342, mended since).
    for damage in [&b""[..], b"garbage", &[&whole[..], b"more"].concat()] {
        git.write(&file, damage);
        assert!(matches!(error(&git, &["git fsck", &tree]), HistoryError::Damaged { .. }));
    }
    git.remove(&file);
    assert!(matches!(error(&git, &["git fsck", &tree]), HistoryError::Missing { .. }));
    git.write(&file, whole);
    assert_eq!(git.last("dir/a.md").commit, git.head());
}

#[test]
fn what_libgit2_cannot_read_is_said_to_be_so() {
    let git = one_commit();
    git.run(&["config", "core.repositoryformatversion", "1"]);
    git.run(&["config", "extensions.partialClone", "origin"]);
    assert!(matches!(error(&git, &["--filter", "partialclone"]), HistoryError::Unsupported { .. }));

    let git = Git::nowhere();
    git.run(&["init", "-q", "--object-format=sha256"]);
    git.write("dir/a.md", "1").commit(DAY);
    assert!(matches!(error(&git, &["SHA-256", "--no-git"]), HistoryError::Unsupported { .. }));
}

#[cfg(unix)]
#[test]
fn a_repository_of_another_user_is_not_trusted() {
    use std::os::unix::fs::{MetadataExt, chown};

    let git = one_commit();
    let is_trusted_anyway = std::process::Command::new("git")
        .args(["config", "--get-all", "safe.directory"])
        .output()
        .is_ok_and(|output| !output.stdout.is_empty());
    // Only root can give a folder away.
    let other = git.root().metadata().expect("a folder").uid() + 1;
    if is_trusted_anyway || chown(git.root(), Some(other), None).is_err() {
        return;
    }
    let root = git.root().canonicalize().expect("a folder");
    let words = ["safe.directory", root.to_str().expect("UTF-8")];
    assert!(matches!(error(&git, &words), HistoryError::NotTrusted { .. }));
}

#[test]
fn odd_commits_are_read_as_git_reads_them() {
    let git = one_commit();
    let commit = |people: &[u8], content: &str| {
        git.write("dir/a.md", content).run(&["add", "-A"]);
        let (tree, head) = (git.run(&["write-tree"]), git.head());
        let text =
            [format!("tree {tree}\nparent {head}\n").as_bytes(), people, b"\nodd\n"].concat();
        let write = ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"];
        let id = git.run_with(&write, &[], &text);
        git.run(&["update-ref", "HEAD", &id]);
        id
    };
    let id = commit(
        b"author J\xfcrgen \x1b[31m <j> 1704900000 +0530\ncommitter C <c> 1704900000 +0000\n",
        "2",
    );
    let change = git.last("dir/a.md");
    assert_eq!((change.commit, change.author.as_str()), (id, "J\u{fffd}rgen \u{1b}[31m"));
    assert_eq!(change.date.to_string(), git.run(&["log", "-1", "--format=%as"]));

    let id = commit(b"author <a>\ncommitter\n", "3");
    let change = git.last("dir/a.md");
    assert_eq!((change.commit, change.author.as_str(), change.date), (id, "", date(1970, 1, 1)));

    let id =
        commit(b"author A <a> 1704900000 +0000\ncommitter C <c> 99999999999999999999 +9999\n", "4");
    assert_eq!(git.last("dir/a.md").commit, id);
    // Time 0 in between does not end the search of what was committed before.
    assert!(git.since("dir/a.md", "2024-01-01").contains(&id));
}

#[test]
fn a_file_of_commits_to_be_ignored_may_be_anything() {
    let git = one_commit();
    let head = git.head();
    git.write(".git-blame-ignore-revs", [&b"\xff\xfe\0"[..], &[b'x'; 10_000]].concat());
    assert_eq!(git.last("dir/a.md").commit, head);
    git.remove(".git-blame-ignore-revs");
    fs::create_dir(git.path(".git-blame-ignore-revs")).expect("a folder");
    assert_eq!(git.last("dir/a.md").commit, head);
}

#[test]
fn a_history_of_many_commits_needs_no_stack_and_a_path_of_many_folders_neither() {
    let git = Git::new();
    let mut stream = Vec::new();
    for mark in 1..=20_000 {
        let content = if mark == 1 { "M 100644 inline dir/a.md\ndata 1\nx\n" } else { "" };
        let from = if mark == 1 { String::new() } else { format!("from :{}\n", mark - 1) };
        let commit = format!(
            "commit refs/heads/main\nmark :{mark}\ncommitter C <c@c> {} +0000\ndata 0\n{from}{content}\n",
            1_700_000_000 + mark
        );
        stream.extend_from_slice(commit.as_bytes());
    }
    git.run_with(&["fast-import", "--quiet"], &[], &stream);
    let deep = vec!["d"; 100_000].join("/");
    let history = git.history(&[since("dir/a.md", "2000-01-01"), last(&deep)]);
    let first = git.run(&["rev-list", "--max-parents=0", "HEAD"]);
    assert_eq!(commits(history.of(&repo_path("dir/a.md")).changes()), [first]);
    assert_eq!(history.of(&repo_path(&deep)), &PathHistory::Untracked);
    assert!(run_in(git.root(), &["status", "--short"], &[], b"").contains("dir/a.md"));
}

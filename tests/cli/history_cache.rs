//! What is remembered of the history between runs.

use std::fs;

use crate::common::git::{Git, commits, history_of, last, repo_path, since};
use pmctl::repo::history::{BlobId, PathHistory};
use sha2::{Digest as _, Sha256};

const JAN: &str = "2024-01-10T12:00:00+0000";
const FEB: &str = "2024-02-10T12:00:00+0000";
const MAR: &str = "2024-03-10T12:00:00+0000";

const CACHE: &str = ".git/pmctl/history";

fn three_commits() -> Git {
    let git = Git::new();
    git.write("a.md", "1").write("b.md", "1").commit(JAN);
    git.write("a.md", "2").commit(FEB);
    git.write("a.md", "3").commit(MAR);
    git
}

/// Makes the past unreadable, so that an answer can only be a remembered one.
fn forget_the_past(git: &Git) {
    fs::rename(git.path(".git/objects"), git.path(".git/objects.away")).expect("it can be moved");
    fs::create_dir(git.path(".git/objects")).expect("a folder");
}

fn files(git: &Git) -> Vec<String> {
    let files = fs::read_dir(git.path(".git/pmctl")).expect("a folder");
    files.map(|file| file.expect("a file").file_name().into_string().expect("UTF-8")).collect()
}

#[test]
fn what_was_asked_once_is_remembered() {
    let git = three_commits();
    let wanted = [since("a.md", "2024-01-01"), last("b.md"), last("none.md")];
    let told = git.history(&wanted);
    assert_eq!(files(&git), ["history"]);
    forget_the_past(&git);
    let again = git.history(&wanted);
    assert_eq!(told.of(&repo_path("a.md")).changes().len(), 3);
    for path in ["a.md", "b.md", "none.md"] {
        assert_eq!(again.of(&repo_path(path)), told.of(&repo_path(path)), "{path}");
    }
    // Less of it is told as a walk would tell it, more of it is not remembered.
    assert_eq!(
        commits(again.of(&repo_path("a.md")).changes())[..2],
        git.since("a.md", "2024-02-01")
    );
    assert_eq!(commits(again.of(&repo_path("a.md")).changes())[..1], [git.last("a.md").commit]);
    for wanted in [since("a.md", "2023-12-31"), since("b.md", "2024-01-01"), last("c.md")] {
        assert!(git.try_history(&[wanted]).is_err());
    }
    assert_eq!(
        git.history(&[since("none.md", "2020-01-01")]).of(&repo_path("none.md")),
        &PathHistory::Untracked
    );
}

#[test]
fn what_is_learnt_later_is_added() {
    let git = three_commits();
    git.last("b.md");
    git.last("a.md");
    let known = || git.history(&[since("a.md", "2024-02-01")]).of(&repo_path("a.md")).clone();
    assert_eq!(known().changes().len(), 2);
    forget_the_past(&git);
    git.last("b.md");
    assert_eq!(known().changes().len(), 2);
}

#[test]
fn it_is_good_for_one_head_one_folder_and_one_set_of_ignored_commits() {
    let git = three_commits();
    let third = git.last("a.md").commit;
    let fourth = git.write("a.md", "4").commit("2024-04-10T12:00:00+0000");
    assert_eq!(git.last("a.md").commit, fourth);
    git.write(".git-blame-ignore-revs", &fourth);
    assert_eq!(git.last("a.md").commit, third);
    git.remove(".git-blame-ignore-revs");
    assert_eq!(git.last("a.md").commit, fourth);
    let fifth = git.write("sub/a.md", "5").commit("2024-05-10T12:00:00+0000");
    assert_eq!(git.last("a.md").commit, fourth);
    let below =
        history_of(&git.path("sub"), &[last("a.md")]).expect("readable").expect("a repository");
    assert_eq!(commits(below.of(&repo_path("a.md")).changes()), [fifth]);
    assert_eq!(files(&git), ["history"], "one file is kept");
}

#[test]
fn an_answer_is_remembered_for_its_question_until_head_moves() {
    let git = three_commits();
    let (path, other) = (repo_path("a.md"), repo_path("b.md"));
    let question = |text: &str| BlobId::of(&[text.as_bytes()]).expect("a name");
    let recalled = |text: &str| git.history(&[last("a.md")]).recall::<u8>(&path, question(text));
    assert_eq!(recalled("how many"), None);

    let mut history = git.history(&[last("a.md")]);
    history.remember(&path, question("how many"), &3_u8);
    history.remember(&other, question("how many"), &4_u8);
    history.save();
    assert_eq!(recalled("how many"), Some(3));
    assert_eq!(recalled("how old"), None, "another question");
    assert_eq!(
        git.history(&[]).recall::<u8>(&other, question("how many")),
        None,
        "nobody wanted it"
    );

    git.write("b.md", "2").commit(MAR);
    assert_eq!(recalled("how many"), None, "another commit");
}

#[test]
fn a_blob_has_the_name_that_git_gives_it() {
    let git = three_commits();
    let change = git.last("a.md");
    assert_eq!(BlobId::of(&[b"3"]), change.blob);
    assert_eq!(BlobId::of(&[b"", b"3"]), change.blob);
    assert_ne!(BlobId::of(&[b"2"]), change.blob);
}

#[test]
fn a_damaged_or_foreign_file_is_as_good_as_none() {
    let git = three_commits();
    let third = git.last("a.md").commit;
    let whole = fs::read(git.path(CACHE)).expect("a file");
    let text = String::from_utf8(whole.clone()).expect("UTF-8");
    let other = if third.starts_with('0') { "1" } else { "0" };
    let damaged = [
        Vec::new(),
        whole[..whole.len() / 2].to_vec(),
        text.replace(&third, &format!("{other}{}", &third[1..])).into_bytes(),
        text.lines().next().expect("a line").as_bytes().to_vec(),
        b"\xff\xfe\n{}".to_vec(),
    ];
    for content in damaged {
        git.write(CACHE, &content);
        assert_eq!(git.last("a.md").commit, third);
        assert_eq!(fs::read(git.path(CACHE)).expect("a file"), whole, "it is written anew");
    }
    git.remove(CACHE);
    fs::create_dir(git.path(CACHE)).expect("a folder");
    assert_eq!(git.last("a.md").commit, third);
    assert_eq!(files(&git), ["history"], "and nothing is left beside what is in the way");
}

/// A file whose contents name another author is believed if its first line fits, so a first line that does not fit is
/// what keeps the file of another version, or of another state of the repository, from being read.
#[test]
fn the_file_of_another_version_or_state_is_not_read() {
    let git = three_commits();
    let author = git.last("a.md").author;
    let text = fs::read_to_string(git.path(CACHE)).expect("a file");
    let (title, contents) = text.split_once('\n').expect("two lines");
    let [name, kind, version, key, _] = title.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{title}");
    };
    let contents = contents.replace(&author, "forged@example.com");
    let sum = Sha256::digest(&contents)
        .iter()
        .fold(String::new(), |sum, byte| sum + &format!("{byte:02x}"));
    let remembered = |version: &str, key: &str| {
        git.write(CACHE, format!("{name} {kind} {version} {key} {sum}\n{contents}").as_bytes());
        git.last("a.md").author
    };
    assert_eq!(remembered(version, key), "forged@example.com");
    let next = (version.parse::<u32>().expect("a number") + 1).to_string();
    assert_eq!(remembered(&next, key), author, "another version");
    let other = if key.starts_with('0') { "1" } else { "0" };
    assert_eq!(remembered(version, &format!("{other}{}", &key[1..])), author, "another state");
}

#[test]
fn where_nothing_can_be_written_nothing_is_said() {
    let git = three_commits();
    git.write(".git/pmctl", "a file is in the way");
    assert_eq!(git.last("a.md").commit, git.head());
    assert_eq!(fs::read(git.path(".git/pmctl")).expect("a file"), b"a file is in the way");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let git = three_commits();
    let elsewhere = git.beside("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    std::os::unix::fs::symlink(&elsewhere, git.path(".git/pmctl")).expect("a link");
    assert_eq!(git.last("a.md").commit, git.head());
    assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 0);
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let git = three_commits();
    let head = git.head();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (git, head) = (&git, &head);
            scope.spawn(move || {
                for run in 0..20 {
                    let day = format!("2024-01-{:02}", 1 + (thread * 20 + run) % 28);
                    assert_eq!(git.since("a.md", &day)[0], *head);
                    assert_eq!(git.last("b.md").date.to_string(), "2024-01-10");
                }
            });
        }
    });
    assert_eq!(files(&git), ["history"]);
}

#[test]
fn what_a_killed_run_left_behind_is_removed_in_time() {
    let git = three_commits();
    let old = std::time::SystemTime::now() - std::time::Duration::from_hours(2);
    git.write(".git/pmctl/.history-old", "").write(".git/pmctl/.history-new", "");
    let file = fs::File::options().write(true).open(git.path(".git/pmctl/.history-old"));
    file.expect("a file").set_modified(old).expect("it can be set");
    git.last("a.md");
    let mut files = files(&git);
    files.sort();
    assert_eq!(files, [".history-new", "history"]);
}

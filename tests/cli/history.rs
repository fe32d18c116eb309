//! The history of files, told from real repositories.

use crate::common::git::{Git, commits, history_of, last, repo_path, run_in, since};
use jiff::civil::date;
use pmctl::repo::history::{End, History, PathHistory};

const JAN: &str = "2024-01-10T12:00:00+0000";
const FEB: &str = "2024-02-10T12:00:00+0000";
const MAR: &str = "2024-03-10T12:00:00+0000";
const APR: &str = "2024-04-10T12:00:00+0000";
const MAY: &str = "2024-05-10T12:00:00+0000";

#[test]
fn the_last_change_has_a_commit_an_author_a_day_and_contents() {
    let git = Git::new();
    git.write("a.md", "one\n").write("dir/b.md", "one\n").commit(JAN);
    let second = git.write("a.md", "two\n").commit_as("Bea Ø", FEB, MAR);
    let third = git.write("dir/b.md", "two\n").commit(APR);

    let history = git.history(&[last("a.md"), last("dir/b.md")]);
    assert_eq!((history.head(), history.is_shallow()), (third.as_str(), false));
    let change = history.of(&repo_path("a.md")).last().expect("a change");
    assert_eq!((&change.commit, change.author.as_str()), (&second, "Bea Ø"));
    assert_eq!(change.date, date(2024, 2, 10), "the author's date, not the committer's");
    let blobs = git.versions();
    let content = |blob| blobs.read(blob).expect("its content");
    assert_eq!(content(change.blob.expect("a blob")), b"two\n");
    assert_eq!(change.parent_blobs.len(), 1);
    assert_eq!(content(change.parent_blobs[0].expect("a blob")), b"one\n");
    assert_eq!(history.of(&repo_path("dir/b.md")).changes()[0].commit, third);
    assert_eq!(history.of(&repo_path("not-asked.md")), &PathHistory::Unknown);
}

#[test]
fn the_day_is_the_one_where_the_author_was() {
    let git = Git::new();
    git.write("a.md", "1").commit("2024-01-01T03:00:00+0900");
    assert_eq!(git.last("a.md").date, date(2024, 1, 1));
    git.write("a.md", "2").commit("2024-01-31T23:30:00-1100");
    assert_eq!(git.last("a.md").date, date(2024, 1, 31));
    assert_eq!(git.run(&["log", "-1", "--format=%as"]), "2024-01-31");
}

#[test]
fn outside_of_a_work_tree_and_before_the_first_commit_there_is_no_history() {
    let git = Git::nowhere();
    assert!(git.try_history(&[last("a.md")]).expect("no error").is_none());
    git.run(&["init", "-q"]);
    git.write("a.md", "one");
    assert!(git.try_history(&[last("a.md")]).expect("no error").is_none(), "nothing is committed");
    git.commit(JAN);
    assert!(
        history_of(&git.path(".git"), &[]).expect("no error").is_none(),
        "not in the work tree"
    );
    let bare = git.beside("bare.git");
    git.run(&["clone", "-q", "--bare", ".", bare.to_str().expect("UTF-8")]);
    assert!(history_of(&bare, &[]).expect("no error").is_none(), "a bare repository has none");
}

#[test]
fn a_handbook_may_be_a_folder_of_its_repository() {
    let git = Git::new();
    git.write("docs/hand book/a.md", "1").write("a.md", "1").commit(JAN);
    let second = git.write("docs/hand book/a.md", "2").commit(FEB);
    git.write("a.md", "3").commit(MAR);
    let history = history_of(&git.path("docs/hand book"), &[last("a.md"), last("docs")]);
    let history = history.expect("readable").expect("a repository");
    assert_eq!(commits(history.of(&repo_path("a.md")).changes()), [second]);
    assert_eq!(history.of(&repo_path("docs")), &PathHistory::Untracked);
}

#[test]
fn linked_work_trees_and_a_detached_head_tell_their_own_history() {
    let git = Git::new();
    let first = git.write("a.md", "1").commit(JAN);
    let second = git.write("a.md", "2").commit(FEB);
    let linked = git.beside("linked");
    git.run(&["worktree", "add", "-q", "--detach", linked.to_str().expect("UTF-8"), &first]);
    let history_there =
        history_of(&linked, &[last("a.md")]).expect("readable").expect("a repository");
    assert_eq!(history_there.head(), first);
    assert_eq!(commits(history_there.of(&repo_path("a.md")).changes()), [first.as_str()]);
    assert_eq!(git.last("a.md").commit, second);
    assert!(git.path(".git/worktrees/linked/pmctl/history").is_file());
    assert!(git.path(".git/pmctl/history").is_file());
    git.run(&["checkout", "-q", "--detach", &first]);
    assert_eq!(git.last("a.md").commit, first);
}

#[test]
fn deleted_renamed_and_added_again() {
    let git = Git::new();
    let first = git.write("a.md", "1").write("b.md", "1").commit(JAN);
    let renamed = git.remove("a.md").write("c.md", "1").commit(FEB);
    git.write("b.md", "2").commit(MAR);
    let change = git.last("a.md");
    assert_eq!((change.commit, change.blob), (renamed.clone(), None));
    assert!(change.parent_blobs[0].is_some());
    assert_eq!(git.last("c.md").commit, renamed, "renames are not followed");

    let again = git.write("a.md", "1").commit(APR);
    assert_eq!(git.since("a.md", "2024-01-01"), [again, renamed, first]);
    assert_eq!(git.since("a.md", "2024-01-01"), git.log("a.md"));
    git.write("new.md", "never committed");
    let history = git.history(&[last("new.md"), last("no/such/folder/x.md"), last("")]);
    for path in ["new.md", "no/such/folder/x.md", ""] {
        assert_eq!(history.of(&repo_path(path)), &PathHistory::Untracked, "{path}");
    }
}

#[test]
fn a_file_may_have_been_a_folder_or_a_submodule_and_may_be_a_link() {
    let git = Git::new();
    git.write("x/file.md", "1").write("y.md", "1").commit(JAN);
    let file = git.remove("x").write("x", "now a file").commit(FEB);
    let gitlink = format!("160000,{},x", "1".repeat(40));
    git.run(&["update-index", "--add", "--cacheinfo", &gitlink]);
    git.run_with(&["commit", "-qm", "sub"], &[("GIT_COMMITTER_DATE", MAR)], b"");
    let change = git.last("x");
    assert_eq!((change.commit, change.blob), (git.head(), None), "a submodule is no file");
    assert_eq!(git.since("x", "2024-01-01"), [git.head(), file.clone()], "nor is a folder");
    assert_eq!(git.last("x/file.md").commit, file);
    let history = git.history(&[last("x/file.md/deeper")]);
    assert_eq!(history.of(&repo_path("x/file.md/deeper")), &PathHistory::Untracked);

    #[cfg(unix)]
    {
        git.remove("y.md");
        std::os::unix::fs::symlink("x", git.path("y.md")).expect("a link");
        let linked = git.commit(APR);
        let change = git.last("y.md");
        assert_eq!(change.commit, linked);
        assert_eq!(git.versions().read(change.blob.expect("a blob")).as_deref(), Some(&b"x"[..]));
    }
}

#[test]
fn a_change_of_the_mode_is_no_change_of_the_content() {
    let git = Git::new();
    let first = git.write("a.md", "1").commit(JAN);
    git.run(&["update-index", "--chmod=+x", "a.md"]);
    git.run_with(&["commit", "-qm", "mode"], &[("GIT_COMMITTER_DATE", FEB)], b"");
    assert_eq!(git.log("a.md").len(), 2, "git log lists it");
    assert_eq!(git.since("a.md", "2024-01-01"), [first]);
}

#[test]
fn a_trail_follows_a_file_through_its_moves() {
    let git = Git::new();
    let text = |line: &str| format!("one\ntwo\nthree\nfour\n{line}\n");
    let first = git.write("old/a.md", text("five")).commit(JAN);
    // Moved only, then moved with an edit in the same commit, both beside another new file.
    git.remove("old/a.md").write("a.md", text("five")).write("b.md", "new").commit(FEB);
    let edited = git.remove("a.md").write("c.md", text("six")).write("d.md", "new").commit(MAR);
    let last_one = git.write("c.md", text("seven")).commit(APR);
    let history = git.history(&[since("c.md", "2024-04-01")]);
    let known = history.of(&repo_path("c.md"));
    assert_eq!(
        commits(&git.trail("c.md", known, true)),
        [last_one.clone(), edited.clone(), first.clone()]
    );
    assert_eq!(commits(&git.trail("c.md", known, false)), [last_one, edited]);
    // A new file that is like none of those that are gone was not moved.
    let new = git.remove("c.md").write("e.md", "something else altogether\n").commit(MAY);
    let history = git.history(&[last("e.md")]);
    assert_eq!(commits(&git.trail("e.md", history.of(&repo_path("e.md")), true)), [new]);
}

#[test]
fn a_file_that_was_removed_and_put_back_is_the_same_file() {
    let git = Git::new();
    let first = git.write("a.md", "1\n").commit(JAN);
    git.remove("a.md").write("b.md", "").commit(FEB);
    git.write("a.md", "1\n").commit(MAR);
    let history = git.history(&[since("a.md", "2024-01-01")]);
    let changes = git.trail("a.md", history.of(&repo_path("a.md")), true);
    assert_eq!(changes[0].parent_blobs, [changes[0].blob], "as it was before");
    assert_eq!(changes.last().map(|change| change.commit.as_str()), Some(first.as_str()));
}

/// `main` and `side` both changed `a.md`; `side` alone changed `b.md`.
fn two_sides() -> (Git, String, String) {
    let git = Git::new();
    git.write("a.md", "base").write("b.md", "base").commit(JAN);
    git.run(&["checkout", "-q", "-b", "side"]);
    let side = git.write("a.md", "side").write("b.md", "side").commit(FEB);
    git.run(&["checkout", "-q", "main"]);
    let main = git.write("a.md", "main").commit(MAR);
    (git, main, side)
}

#[test]
fn a_merge_that_takes_one_side_is_no_change_and_only_that_side_counts() {
    let (git, main, side) = two_sides();
    git.merge("side", APR, |git| {
        git.write("b.md", "side");
    });
    assert_eq!(git.last("a.md").commit, main);
    assert_eq!(git.last("b.md").commit, side, "where the second parent has it");
    assert_eq!(git.since("a.md", "2024-01-01"), git.log("a.md"));
    assert!(!git.since("a.md", "2024-01-01").contains(&side));
}

#[test]
fn a_merge_that_differs_from_both_sides_is_a_change_and_both_sides_count() {
    let (git, main, side) = two_sides();
    let merge = git.merge("side", APR, |git| {
        git.write("a.md", "both").write("b.md", "side");
    });
    let change = git.last("a.md");
    assert_eq!(change.commit, merge);
    assert_eq!(change.parent_blobs.len(), 2);
    assert_eq!(git.since("a.md", "2024-02-01"), [merge, main, side]);
    assert_eq!(git.since("a.md", "2024-01-01"), git.log("a.md"));
}

#[test]
fn all_changes_since_a_day_and_at_least_the_last_one() {
    let git = Git::new();
    git.write("a.md", "1").write("b.md", "1").commit(JAN);
    let second = git.write("a.md", "2").commit(FEB);
    let third = git.write("a.md", "3").commit(MAR);
    assert_eq!(git.since("a.md", "2024-02-10"), [third.clone(), second]);
    assert_eq!(git.since("a.md", "2024-02-11"), std::slice::from_ref(&third));
    assert_eq!(git.since("a.md", "2025-01-01"), [third], "the last change always is told");
    // The earlier of two days holds.
    let wanted = [since("a.md", "2024-03-01"), last("a.md"), since("a.md", "2024-01-01")];
    assert_eq!(git.history(&wanted).of(&repo_path("a.md")).changes().len(), 3);
}

#[test]
fn changes_that_were_committed_late_or_with_a_clock_a_day_off_are_found() {
    let git = Git::new();
    git.write("a.md", "1").commit(JAN);
    // Two days before the wanted day by the committer's clock, on it by the author's.
    let early = git.write("a.md", "2").commit_as("Ann", MAR, "2024-03-08T12:00:00+0000");
    // Written in January, committed in April: older than the wanted day, and no end of the search.
    let late = git.write("a.md", "3").commit_as("Ann", JAN, APR);
    let last = git.write("a.md", "4").commit(MAY);
    assert_eq!(git.since("a.md", "2024-03-10"), [last.clone(), early]);
    assert!(git.since("a.md", "2024-01-10").contains(&late));
}

#[test]
fn no_commit_is_told_twice_where_clocks_are_wrong() {
    let (git, ..) = two_sides();
    // The fork's base is the latest of all, so it is come by before both of its children.
    git.run(&["checkout", "-q", "--orphan", "skewed", "main"]);
    let base = git.write("a.md", "late").commit(MAY);
    git.run(&["checkout", "-q", "-b", "left"]);
    git.write("a.md", "left").commit(FEB);
    git.run(&["checkout", "-q", "skewed"]);
    git.write("a.md", "right 1").commit(FEB);
    git.write("a.md", "right 2").commit(JAN);
    git.merge("left", APR, |git| {
        git.write("a.md", "both");
    });
    let told = git.since("a.md", "2000-01-01");
    assert_eq!(told, git.log("a.md"));
    assert_eq!(told.iter().filter(|commit| **commit == base).count(), 1);
}

#[test]
fn commits_to_be_ignored_do_not_count() {
    let git = Git::new();
    let first = git.write("docs/a.md", "1").write("docs/b.md", "1").commit(JAN);
    let format = git.write("docs/a.md", "2").write("docs/b.md", "2").commit(FEB);
    let second = git.write("docs/b.md", "3").commit(MAR);
    let again = git.write("docs/a.md", "4").commit(APR);
    assert_eq!(git.last("docs/a.md").commit, again);

    let names = format!("# formatted\n\n{format} # all of it\n{}\n", &again[..10]);
    git.write(".git-blame-ignore-revs", &names);
    assert_eq!(git.last("docs/a.md").commit, again, "an abbreviation names nothing");
    git.write("docs/.git-blame-ignore-revs", &again);
    let told = |git: &Git, path| {
        let wanted = [since(path, "2024-01-01")];
        let history =
            history_of(&git.path("docs"), &wanted).expect("readable").expect("a repository");
        let changes = history.of(&repo_path(path)).changes();
        let counting: Vec<_> =
            changes.iter().filter(|change| !change.is_ignored).cloned().collect();
        commits(if counting.is_empty() { &changes[changes.len() - 1..] } else { &counting })
    };
    assert_eq!(told(&git, "a.md"), std::slice::from_ref(&first), "the files of both folders count");
    assert_eq!(told(&git, "b.md"), [second, first.clone()]);
    git.write(".git-blame-ignore-revs", format!("{first}\n{format}"));
    assert_eq!(told(&git, "a.md"), [first], "a file must come from somewhere");

    git.write(".git-blame-ignore-revs", "").write("docs/.git-blame-ignore-revs", "");
    assert_eq!(git.last("docs/a.md").commit, again);
    git.write("skip/revs", &again).run(&["config", "blame.ignoreRevsFile", "skip/revs"]);
    assert_eq!(git.last("docs/a.md").commit, format, "git's own setting counts");
    git.run(&["config", "--add", "blame.ignoreRevsFile", ""]);
    assert_eq!(git.last("docs/a.md").commit, again, "an empty name takes it back");
}

#[test]
fn below_an_ignored_merge_all_sides_count() {
    let (git, main, side) = two_sides();
    let merge = git.merge("side", APR, |git| {
        git.write("a.md", "both");
    });
    git.write(".git-blame-ignore-revs", &merge);
    assert_eq!(git.last("a.md").commit, main, "the later of the two");
    git.write(".git-blame-ignore-revs", format!("{merge}\n{main}"));
    assert_eq!(git.last("a.md").commit, side);
}

/// A clone of `git` with as many commits as `depth` of each line.
fn shallow(git: &Git, name: &str, depth: u32) -> History {
    let clone = git.beside(name);
    let url = format!("file://{}", git.root().display());
    let depth = format!("--depth={depth}");
    run_in(git.root(), &["clone", "-q", &depth, &url, clone.to_str().expect("UTF-8")], &[], b"");
    let wanted = [last("a.md"), last("old.md"), last("none.md"), since("b.md", "2024-03-01")];
    history_of(&clone, &wanted).expect("readable").expect("a repository")
}

#[test]
fn a_shallow_clone_tells_what_it_knows_and_no_more() {
    let git = Git::new();
    git.write("a.md", "1").write("b.md", "1").write("old.md", "1").commit(JAN);
    git.write("b.md", "2").commit(FEB);
    let third = git.write("b.md", "3").commit(MAR);
    let fourth = git.write("b.md", "4").commit(APR);
    let fifth = git.write("a.md", "5").commit(MAY);
    let of = |history: &History, path| history.of(&repo_path(path)).clone();
    let is_complete = |history| match history {
        PathHistory::Known { end, changes } => Some((end != End::Cut, commits(&changes))),
        _ => None,
    };

    let two = shallow(&git, "two", 2);
    assert!(two.is_shallow());
    assert_eq!(is_complete(of(&two, "a.md")), Some((true, vec![fifth.clone()])));
    assert_eq!(of(&two, "b.md"), PathHistory::Unknown, "not dated by the boundary");
    assert_eq!(of(&two, "old.md"), PathHistory::Unknown);
    assert_eq!(of(&two, "none.md"), PathHistory::Unknown, "it may have been deleted further down");

    let three = shallow(&git, "three", 3);
    assert_eq!(is_complete(of(&three, "b.md")), Some((false, vec![fourth.clone()])));
    let four = shallow(&git, "four", 4);
    let both = vec![fourth, third];
    assert_eq!(is_complete(of(&four, "b.md")), Some((true, both.clone())), "the rest is too old");

    // A work tree of the clone shares its boundary, and deepening is noticed at the same HEAD.
    let (clone, linked) = (git.beside("two"), git.beside("two-linked"));
    run_in(&clone, &["worktree", "add", "-q", linked.to_str().expect("UTF-8")], &[], b"");
    let wanted = [last("old.md"), since("b.md", "2024-03-01")];
    let there = history_of(&linked, &wanted).expect("readable").expect("a repository");
    assert!(there.is_shallow());
    assert_eq!(of(&there, "old.md"), PathHistory::Unknown);
    run_in(&clone, &["fetch", "-q", "--unshallow"], &[], b"");
    let there = history_of(&linked, &wanted).expect("readable").expect("a repository");
    assert!(!there.is_shallow());
    assert_eq!(is_complete(of(&there, "b.md")), Some((true, both)));
    assert_eq!(is_complete(of(&there, "old.md")).map(|(_, changes)| changes.len()), Some(1));
}

#[test]
fn a_history_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<History>();
}

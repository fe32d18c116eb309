//! `pmctl generate --commit` in repositories of unusual shapes.

use std::fs;

use crate::common::git::{Git, run_in};
use crate::common::{Run, pmctl};
use pmctl::repo::{CommitError, Committer, NewContent};
use pmctl::source::RepoPath;

const PAGE: &str = "# A\n\n<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n";
const DAY: &str = "2026-01-10T12:00:00+0000";

/// A repository with a handbook in the folder `sub`, which is empty or ends in a slash.
fn repository(sub: &str) -> Git {
    let git = Git::new();
    git.run(&["config", "user.name", "Ada"]);
    git.run(&["config", "user.email", "ada@example.com"]);
    let levels = "built:\n  title: Built\n  definition: It works.\n";
    git.write(&format!("{sub}pmctl.toml"), "profile = \"default\"\n")
        .write(&format!("{sub}data/features.yml"), "{}\n")
        .write(&format!("{sub}data/maturity_levels.yml"), levels)
        .write(&format!("{sub}direction/a.md"), PAGE)
        .write("one.txt", "1\n")
        .write("two.txt", "1\n")
        .commit(DAY);
    git
}

fn generate(git: &Git, args: &[&str]) -> Run {
    pmctl(&[&["generate", "--commit"], args].concat()).run_in(git.root())
}

/// What the last commit changed, with modes.
fn committed(git: &Git) -> String {
    git.run(&["show", "--raw", "--no-abbrev", "--format=", "HEAD"])
}

#[test]
fn a_handbook_in_a_folder_of_its_repository_commits_its_pages() {
    let git = repository("docs/handbook/");
    // Of another length: git may take a file of the same length and the same moment for unchanged.
    git.write("one.txt", "two\n");
    pmctl(&["-C", "docs/handbook", "generate", "--commit"]).run_in(git.root()).exits(0);
    assert_eq!(
        git.run(&["show", "--name-only", "--format=", "HEAD"]),
        "docs/handbook/direction/a.md"
    );
    assert_eq!(git.run(&["status", "--porcelain"]), " M one.txt");
}

#[cfg(unix)]
#[test]
fn modes_stay_and_the_index_agrees_with_the_commit() {
    use std::os::unix::fs::PermissionsExt as _;
    let executable = |git: &Git| {
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(git.path("direction/a.md"), mode).expect("permissions");
    };
    let git = repository("");
    executable(&git);
    git.commit(DAY);
    generate(&git, &[]).exits(0);
    assert!(committed(&git).starts_with(":100755 100755"), "{}", committed(&git));
    assert_eq!(git.run(&["status", "--porcelain"]), "");

    // A change of the mode alone is another change, which may be taken along.
    let git = repository("");
    executable(&git);
    generate(&git, &[]).exits(2).says("other uncommitted changes");
    generate(&git, &["--include-dirty"]).exits(0);
    assert!(committed(&git).starts_with(":100644 100755"), "{}", committed(&git));
    assert_eq!(git.run(&["status", "--porcelain"]), "");

    // Where the file system knows no modes, that of the last commit stays.
    let git = repository("");
    executable(&git);
    git.run(&["config", "core.fileMode", "false"]);
    generate(&git, &[]).exits(0);
    assert!(committed(&git).starts_with(":100644 100644"), "{}", committed(&git));
}

#[test]
fn line_breaks_are_stored_as_the_repository_wants_them() {
    let git = repository("");
    git.run(&["config", "core.autocrlf", "true"]);
    git.run(&["rm", "-q", "--cached", "-r", "."]);
    git.run(&["reset", "-q", "--hard"]);
    let on_disk = || fs::read_to_string(git.path("direction/a.md")).expect("a page");
    assert!(on_disk().contains("\r\n"));
    generate(&git, &[]).exits(0);
    assert!(!on_disk().replace("\r\n", "").contains('\n'));
    assert!(!git.run(&["show", "HEAD:direction/a.md"]).contains('\r'));
    assert_eq!(git.run(&["status", "--porcelain"]), "");
    generate(&git, &[]).exits(0).says("nothing to commit");
}

#[test]
fn a_new_whole_page_is_committed_though_nobody_has_added_it() {
    let git = repository("");
    let entry = "profile = \"default\"\n[[generate]]\npage = \"reference/levels.md\"\ntemplate = \"templates/levels.md\"\n";
    git.write("pmctl.toml", entry)
        .write("templates/levels.md", "# L\n\n{{generator:maturity_definitions}}\n")
        .commit(DAY);
    generate(&git, &[]).exits(0);
    let pages = git.run(&["show", "--name-only", "--format=", "HEAD"]);
    assert_eq!(pages, "direction/a.md\nreference/levels.md");
    assert_eq!(git.run(&["status", "--porcelain"]), "");
}

#[test]
fn staged_changes_of_the_same_page_are_refused() {
    let git = repository("");
    git.write("direction/a.md", format!("{PAGE}\nMine.\n"));
    git.run(&["add", "direction/a.md"]);
    git.write("direction/a.md", PAGE);
    let index = git.run(&["ls-files", "-s"]);
    generate(&git, &[]).exits(2).says("other uncommitted changes");
    assert_eq!(git.run(&["ls-files", "-s"]), index);
    assert_eq!(fs::read_to_string(git.path("direction/a.md")).expect("a page"), PAGE);
}

#[test]
fn a_linked_work_tree_commits_on_its_own_branch() {
    let git = repository("");
    let linked = git.beside("linked");
    let main = git.head();
    git.run(&["worktree", "add", "-q", "-b", "other", linked.to_str().expect("text")]);
    pmctl(&["generate", "--commit"]).run_in(&linked).exits(0).says("committed as");
    assert_eq!(git.head(), main);
    assert_eq!(run_in(&linked, &["rev-parse", "HEAD^"], &[], b""), main);
    assert_eq!(run_in(&linked, &["status", "--porcelain"], &[], b""), "");
    assert_eq!(git.run(&["status", "--porcelain"]), "");
}

#[test]
fn the_entries_of_other_files_stay_with_their_flags() {
    for version in ["2", "4"] {
        let git = repository("");
        git.run(&["update-index", "--index-version", version]);
        git.write("three.txt", "3\n").write("four.txt", "4\n");
        git.run(&["add", "--intent-to-add", "three.txt"]);
        git.run(&["add", "four.txt"]);
        git.run(&["update-index", "--skip-worktree", "one.txt"]);
        git.run(&["update-index", "--assume-unchanged", "two.txt"]);
        let others = || {
            let entries = git.run(&["ls-files", "-s", "-v", "--debug"]);
            let at = entries.find("direction/a.md").expect("the page");
            let (before, rest) = entries.split_at(at);
            let rest = rest.split_once("flags").expect("its flags").1.to_owned();
            (before.rsplit_once('\n').map(|(before, _)| before.to_owned()), rest)
        };
        let before = others();
        generate(&git, &[]).exits(0);
        assert_eq!(others(), before);
        assert_eq!(git.run(&["diff", "--cached", "--name-only"]), "four.txt");
    }
}

#[test]
fn an_index_that_cannot_be_read_is_said_before_anything_is_written() {
    let git = repository("");
    let head = git.head();
    fs::write(git.path(".git/index"), "DIRC no index at all").expect("an index");
    generate(&git, &[]).exits(2);
    assert_eq!(fs::read_to_string(git.path("direction/a.md")).expect("a page"), PAGE);
    assert_eq!(git.head(), head);
}

#[test]
fn an_index_that_libgit2_does_not_know_is_said_before_anything_is_written() {
    let git = repository("");
    let head = git.head();
    git.run(&["update-index", "--split-index"]);
    let run = generate(&git, &[]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert_eq!(fs::read_to_string(git.path("direction/a.md")).expect("a page"), PAGE);
    assert_eq!(git.head(), head);
}

#[test]
fn a_lock_that_is_a_link_is_one_all_the_same() {
    let git = repository("");
    let head = git.head();
    // A link to nowhere is no file, and yet in the way of the lock.
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", git.path(".git/index.lock")).expect("a link");
    #[cfg(not(unix))]
    fs::write(git.path(".git/index.lock"), "").expect("a lock");
    generate(&git, &[]).exits(2).says("locked");
    assert_eq!(git.head(), head);
    assert_eq!(fs::read_to_string(git.path("direction/a.md")).expect("a page"), PAGE);
}

#[test]
fn whatever_is_locked_or_in_the_way_is_said_before_anything_is_written() {
    let linked = |git: &Git| {
        let linked = git.beside("linked");
        git.run(&["worktree", "add", "-q", "-b", "other", linked.to_str().expect("text")]);
        linked
    };
    for lock in ["refs/heads/main.lock", "HEAD.lock", "index.lock", "refs/heads/other.lock"] {
        let git = repository("");
        let folder = if lock.contains("other") { linked(&git) } else { git.root().to_owned() };
        git.write("two.txt", "2\n");
        git.run(&["add", "two.txt"]);
        let (head, index) = (git.head(), git.run(&["ls-files", "-s"]));
        git.write(&format!(".git/{lock}"), "");
        let run = pmctl(&["generate", "--commit"]).run_in(&folder);
        run.exits(2).says("locked").says(lock).never_prints("direction/a.md");
        git.remove(&format!(".git/{lock}"));
        assert_eq!((git.head(), git.run(&["ls-files", "-s"])), (head, index));
        let page = fs::read_to_string(folder.join("direction/a.md")).expect("a page");
        assert_eq!(page, PAGE, "{lock}");
    }
    // A log that is a folder cannot be written.
    let git = repository("");
    git.run(&["pack-refs", "--all"]);
    fs::remove_file(git.path(".git/logs/HEAD")).expect("a log");
    git.write(".git/logs/HEAD/x", "");
    generate(&git, &[]).exits(2).says("logs/HEAD` cannot be written");
    assert_eq!(fs::read_to_string(git.path("direction/a.md")).expect("a page"), PAGE);
    // That packed references are locked is no obstacle to git either.
    let git = repository("");
    git.write(".git/packed-refs.lock", "");
    generate(&git, &[]).exits(0);
}

#[test]
fn a_branch_that_moves_meanwhile_leaves_the_index_as_it_was() {
    let git = repository("");
    git.write("two.txt", "2\n");
    git.run(&["add", "two.txt"]);
    let index = git.run(&["ls-files", "-s"]);
    let committer = Committer::open(git.root()).expect("no obstacle");
    let path = RepoPath::new("direction/a.md").expect("a path");
    let files = [NewContent { path: &path, bytes: b"# A\n".to_vec() }];
    let planned = committer.plan(&files, "One\n").expect("a plan").expect("a change");
    // The file on disk is not the one that was planned.
    assert!(matches!(committer.finish(&planned), Err(CommitError::Changed(_))));
    git.write("direction/a.md", "# A\n");
    git.write(".git/refs/heads/main.lock", "");
    assert!(committer.finish(&planned).is_err());
    git.remove(".git/refs/heads/main.lock");
    assert_eq!(git.run(&["ls-files", "-s"]), index);
    git.run(&["stash", "-q"]);
    git.write("one.txt", "1 and more\n").commit(DAY);
    git.write("direction/a.md", "# A\n");
    let head = git.head();
    assert!(matches!(committer.finish(&planned), Err(CommitError::Moved(_))));
    assert_eq!(
        (git.head(), git.run(&["status", "--porcelain"])),
        (head, " M direction/a.md".into())
    );
}

#[test]
fn of_commits_at_once_one_is_made() {
    let git = repository("");
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..6).map(|_| scope.spawn(|| generate(&git, &[]))).collect();
        runs.into_iter().map(|run| run.join().expect("it ends")).collect()
    });
    assert!(runs.iter().all(|run| matches!(run.code, 0 | 2)), "{runs:#?}");
    assert_eq!(git.run(&["rev-list", "--count", "HEAD"]), "2", "{runs:#?}");
    assert_eq!(git.run(&["status", "--porcelain"]), "");
    git.run(&["fsck", "--strict"]);
}

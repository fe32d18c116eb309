//! Commits with more folders in each other than any disk can hold.

use crate::common::git::Git;
use crate::common::pmctl;

/// How many folders are in each other: more than a stack holds that takes a step for each.
const DEPTH: usize = 20_000;

/// A repository whose branch `deep` has such folders, and whose `HEAD` comes after it.
fn repository() -> Git {
    let git = Git::new();
    git.write("data/features.yml", "{}\n").write("data/rice.yml", "ideas: []\n");
    git.write("direction/a.md", "# A\n\nLast reviewed: 2026-01-30\n");
    let first = git.commit("2026-01-10T12:00:00+0000");
    // git makes the trees of a commit one in another, so they are made from the inside, one by one.
    git.write("p.md", "# P\n");
    let blob = git.run(&["hash-object", "-w", "p.md"]);
    git.remove("p.md");
    let mut tree = mktree(&git, &format!("100644 blob {blob}\tp.md\n"));
    let repository = git2::Repository::open(git.root()).expect("a repository");
    let odb = repository.odb().expect("objects");
    for _ in 0..DEPTH {
        tree = folder(&odb, &tree);
    }
    let base = git.run(&["ls-tree", &first]);
    let root = mktree(&git, &format!("{base}\n040000 tree {tree}\tzz\n"));
    let when = [
        ("GIT_AUTHOR_DATE", "2026-01-11T12:00:00+0000"),
        ("GIT_COMMITTER_DATE", "2026-01-11T12:00:00+0000"),
    ];
    let deep = git.run_with(&["commit-tree", "-p", &first, "-m", "deep", &root], &when, b"");
    git.run(&["update-ref", "refs/heads/deep", &deep]);
    let main = format!("{first}^{{tree}}");
    let head = git.run_with(&["commit-tree", "-p", &deep, "-m", "back", &main], &when, b"");
    git.run(&["update-ref", "refs/heads/main", &head]);
    git
}

fn mktree(git: &Git, entries: &str) -> String {
    git.run_with(&["mktree", "--missing"], &[], entries.as_bytes())
}

/// Stores a tree with the folder `d`, which is `inner`; its name.
fn folder(odb: &git2::Odb<'_>, inner: &str) -> String {
    let id = git2::Oid::from_str(inner).expect("a name");
    let content = [&b"40000 d\0"[..], id.as_bytes()].concat();
    odb.write(git2::ObjectType::Tree, &content).expect("a tree").to_string()
}

#[test]
fn no_command_falls_over_them() {
    let git = repository();
    for args in [
        &["rice", "--since", "deep"][..],
        &["lint", "--changed-since", "deep"],
        &["classify", "--since", "deep"],
        &["review-status"],
        &["lint", "--changed-since", "deep~1"],
    ] {
        let run = pmctl(args).run_in(git.root());
        assert!(matches!(run.code, 0..=2), "{args:?}: {run:?}");
        assert!(!run.stderr.contains("an error of pmctl"), "{args:?}: {}", run.stderr);
    }
}

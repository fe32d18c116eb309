//! Generated text in sparse checkouts: it is that of a full checkout, and nothing is written outside of the cone.

use std::path::{Path, PathBuf};

use crate::common::git::{Git, run_in};
use crate::common::{Run, pmctl};

const BLOCK: &str = "<!-- pmctl:begin feature_matrix columns=maturity -->\n<!-- pmctl:end -->\n";
const LEVELS: &str = "<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n";

/// A repository whose generated pages are up to date. `reference/list.md` links to a page in another folder.
fn repository() -> Git {
    let git = Git::new();
    git.write("pmctl.toml", "profile = \"default\"\n");
    git.write(
        "data/features.yml",
        "kites:\n  title: Kites\n  maturity: built\n  note: See [the plan](../plans/sail.md).\n",
    );
    git.write("data/maturity_levels.yml", "built:\n  title: Built\n  definition: It flies.\n");
    git.write("reference/list.md", format!("# List\n\n{BLOCK}"));
    git.write("plans/sail.md", "# Sail\n")
        .write("plans/levels.md", format!("# Levels\n\n{LEVELS}"));
    pmctl(&["generate"]).run_in(git.root()).exits(0);
    let list = std::fs::read_to_string(git.path("reference/list.md")).expect("a page");
    assert!(list.contains("(../plans/sail.md)"), "{list}");
    git.commit("2026-01-10T12:00:00+0000");
    git
}

/// A clone of it whose work tree has the data and `reference`.
fn sparse(git: &Git, kind: &[&str]) -> PathBuf {
    let to = git.beside("clone");
    let url = format!("file://{}", git.root().display());
    run_in(git.root(), &["clone", "-q", &url, to.to_str().expect("UTF-8")], &[], b"");
    run_in(&to, &[&["sparse-checkout", "set"], kind].concat(), &[], b"");
    assert!(!to.join("plans").exists() && to.join("reference").exists());
    to
}

const KINDS: [&[&str]; 3] = [
    &["--cone", "data", "reference"],
    &["--no-cone", "/*", "!/plans/"],
    &["--cone", "--sparse-index", "data", "reference"],
];

fn run(folder: &Path, args: &[&str]) -> Run {
    pmctl(args).env("PMCTL_TODAY", "2026-01-31").run_in(folder)
}

#[test]
fn a_sparse_checkout_is_linted_and_generated_as_a_full_one() {
    for kind in KINDS {
        let git = repository();
        let clone = sparse(&git, kind);
        run(&clone, &["generate", "--check"]).exits(0);
        let lint = |folder: &Path| run(folder, &["lint", "--format", "json"]).json();
        assert_eq!(lint(&clone), lint(git.root()), "{kind:?}");
        // Data that changes costs pages on both sides of the cone.
        for folder in [&clone, git.root()] {
            let levels = "built:\n  title: Made\n  definition: It flies.\n";
            std::fs::write(folder.join("data/maturity_levels.yml"), levels).expect("data");
        }
        let check = run(&clone, &["generate", "--check"]).exits(1);
        check.prints("reference/list.md is not").prints("plans/levels.md is not");
        assert_eq!(lint(&clone), lint(git.root()), "{kind:?}");
    }
}

#[test]
fn every_command_gives_the_answer_of_a_full_checkout() {
    let git = repository();
    git.run(&["checkout", "-q", "-b", "change"]);
    git.write("plans/sail.md", "# Sail\n\n[n](no.md)\n\nLast reviewed: 2026-01-02\n");
    git.write("reference/new.md", "# New\n").write("direction/way.md", "# Way\n");
    git.write("data/maturity_levels.yml", "built:\n  title: Made\n  definition: It flies.\n");
    git.commit("2026-01-12T12:00:00+0000");
    let clone = sparse(&git, KINDS[0]);
    run_in(&clone, &["branch", "-q", "main", "origin/main"], &[], b"");
    for command in [
        "lint",
        "lint --changed-since main",
        "classify --since main",
        "review-status",
        "review plan",
        "rice",
        "generate --list",
        "matrix maturity_definitions",
    ] {
        let args: Vec<&str> = command.split(' ').chain(["--format", "json"]).collect();
        let (sparse, full) = (run(&clone, &args), run(git.root(), &args));
        assert_eq!((sparse.code, sparse.stdout), (full.code, full.stdout), "{command}");
        assert_eq!(sparse.stderr, full.stderr, "{command}");
    }
}

#[test]
fn nothing_is_written_where_a_page_is_left_out() {
    for (kind, command) in [
        (KINDS[0], "git sparse-checkout add plans`"),
        (KINDS[1], "git sparse-checkout add /plans/levels.md`"),
        (KINDS[2], "git sparse-checkout add plans`"),
    ] {
        let git = repository();
        let clone = sparse(&git, kind);
        let levels = "built:\n  title: Made\n  definition: It flies.\n";
        std::fs::write(clone.join("data/maturity_levels.yml"), levels).expect("data");
        let status = run_in(&clone, &["status", "--porcelain"], &[], b"");
        let head = run_in(&clone, &["rev-parse", "HEAD"], &[], b"");
        for more in [&[][..], &["--force"], &["--diff"], &["--commit", "--with-data"]] {
            let told = run(&clone, &[&["generate"], more].concat()).exits(2);
            let told =
                told.says("nothing was written").says("leaves out `plans/levels.md`").says(command);
            assert_eq!(told.stderr.lines().count(), 1, "{}", told.stderr);
        }
        assert_eq!(run_in(&clone, &["status", "--porcelain"], &[], b""), status);
        assert_eq!(run_in(&clone, &["rev-parse", "HEAD"], &[], b""), head);
        assert!(!clone.join("plans").exists());
        // Pages in the cone can be asked for alone.
        run(&clone, &["generate", "reference"]).exits(0).prints("reference/list.md");
        // The command that the message names helps.
        let words: Vec<&str> = command.trim_end_matches('`').split(' ').skip(1).collect();
        run_in(&clone, &words, &[], b"");
        run(&clone, &["generate"]).exits(0).prints("plans/levels.md");
        run(&clone, &["generate", "--check"]).exits(0);
    }
}

#[test]
fn a_commit_in_a_sparse_checkout_is_one_that_a_full_checkout_accepts() {
    for kind in &KINDS[..2] {
        let git = repository();
        let clone = sparse(&git, kind);
        let features =
            "kites:\n  title: Kites\n  maturity: built\n  note: See [sail](../plans/sail.md).\n";
        std::fs::write(clone.join("data/features.yml"), features).expect("data");
        let status = || run_in(&clone, &["status", "--porcelain"], &[], b"");
        run(&clone, &["generate", "--commit", "--with-data"]).exits(0);
        assert_eq!(status(), "", "the index is as it was");
        let full = git.beside("full");
        let paths = [&clone, &full].map(|path| path.to_str().expect("UTF-8"));
        run_in(git.root(), &["clone", "-q", paths[0], paths[1]], &[], b"");
        run(&full, &["generate", "--check"]).exits(0);
        run_in(&full, &["log", "-1", "--stat"], &[], b"");
        assert!(full.join("plans/levels.md").exists());
        // Data that is left out is as the index has it: nothing of it is uncommitted.
        run_in(&clone, &["sparse-checkout", "set", "--cone", "reference"], &[], b"");
        let list = std::fs::read_to_string(clone.join("reference/list.md")).expect("a page");
        let list = list.replace("# List\n", "# The list\n").replace("[sail]", "[sails]");
        std::fs::write(clone.join("reference/list.md"), list).expect("a page");
        run(&clone, &["generate", "--force", "--commit", "--include-dirty"]).exits(0);
        assert_eq!(status(), "");
    }
}

#[test]
fn no_command_writes_or_creates_a_file_outside_of_the_cone() {
    let git = repository();
    git.write("plans/sail.md", "# Sail\n\nLast reviewed: 2026-01-02\n\n[x](/levels.md)\n");
    git.write("plans/made.md", format!("# T\n\n{LEVELS}"));
    git.write("data/rice.yml", "ideas: {}\n").commit("2026-01-11T12:00:00+0000");
    let clone = sparse(&git, &["--cone", "data", "reference"]);
    let settings = "profile = \"default\"\n[[generate]]\npage = \"pages/new.md\"\ntemplate = \"plans/made.md\"\n";
    let refused = |args: &[&str], path: &str, folder: &str| {
        let told = run(&clone, args).exits(2);
        let told = told.says("nothing was written").says(path);
        told.says(&format!("git sparse-checkout add {folder}"));
        assert!(!clone.join("plans").exists() && !clone.join("pages").exists(), "{args:?}");
    };
    refused(&["review", "plans/sail.md"], "`plans/sail.md`", "plans");
    refused(&["lint", "--fix", "--unsafe-fixes"], "`plans/sail.md`", "plans");
    refused(&["init", "--ci", "github"], ".github/workflows", ".github/workflows");
    // A page that is not there yet would not be checked out either.
    std::fs::write(clone.join("pmctl.toml"), settings).expect("settings");
    refused(&["generate"], "`pages/new.md`", "pages");
    run(&clone, &["generate", "--check"]).exits(1).prints("pages/new.md");
    // A copy of pages that are not there would lack some.
    let copy = git.beside("copy");
    let told = run(&clone, &["generate", "--render", copy.to_str().expect("UTF-8")]).exits(2);
    told.says("the copy would lack files").says("git sparse-checkout add");
    assert!(!copy.exists());
    // Data is read from the index, and not written there.
    run_in(&clone, &["sparse-checkout", "set", "--cone", "reference"], &[], b"");
    let idea = [
        "rice",
        "add",
        "--title",
        "Sail",
        "--reach",
        "3",
        "--impact",
        "1",
        "--confidence",
        "80%",
        "--effort",
        "2",
    ];
    let told = run(&clone, &idea).exits(2);
    told.says("`data/rice.yml`").says("git sparse-checkout add data");
}

#[test]
fn links_and_ignored_files_are_what_they_are_in_a_full_checkout() {
    let git = repository();
    git.write("plans/.gitignore", "drafts/\n").write("plans/drafts/x.md", "# X\n\n[n](no.md)\n");
    std::os::unix::fs::symlink("sail.md", git.path("plans/boat.md")).expect("a link");
    std::os::unix::fs::symlink("none.md", git.path("plans/lost.md")).expect("a link");
    git.write("other/levels.yml", "built:\n  title: Other\n  definition: It swims.\n");
    git.remove("data/maturity_levels.yml");
    std::os::unix::fs::symlink("../other/levels.yml", git.path("data/maturity_levels.yml"))
        .expect("a link");
    git.run(&["add", "-f", "plans/drafts/x.md"]);
    run(git.root(), &["generate"]).exits(2);
    git.commit("2026-01-11T12:00:00+0000");
    let clone = sparse(&git, &["--cone", "reference"]);
    let full = run(git.root(), &["lint", "--format", "json"]).json();
    assert_eq!(run(&clone, &["lint", "--format", "json"]).json(), full);
    assert!(full.to_string().contains("plans/lost.md"), "{full}");
    run(&clone, &["generate", "--check"]).exits(2).says("plans/lost.md");
}

#[test]
fn what_a_partial_clone_lacks_is_one_message_and_fetched_at_once() {
    let git = repository();
    git.run(&["config", "uploadpack.allowFilter", "true"]);
    let to = git.beside("clone");
    let url = format!("file://{}", git.root().display());
    let clone =
        ["clone", "-q", "--filter=blob:none", "--sparse", &url, to.to_str().expect("UTF-8")];
    run_in(git.root(), &clone, &[], b"");
    run_in(&to, &["sparse-checkout", "set", "data", "reference"], &[], b"");
    for args in [&["lint"][..], &["generate"], &["generate", "--check"]] {
        let told = run(&to, args).exits(2);
        let all = format!("{}{}", told.stdout, told.stderr);
        assert_eq!(all.matches("cannot be judged").count(), 1, "{all}");
        assert!(all.contains("1 more page is missing too"), "{all}");
        assert!(all.contains("--fetch-missing"), "{all}");
    }
    assert!(!to.join("plans").exists());
    run(&to, &["generate", "--check", "--fetch-missing"]).exits(0);
    run(&to, &["generate", "--check"]).exits(0);
    assert!(!to.join("plans").exists());
}

#[test]
fn a_sparse_checkout_that_libgit2_cannot_read_is_named_so() {
    for (option, cause) in
        [("--ref-format=reftable", "reftable"), ("--object-format=sha256", "SHA-256")]
    {
        let git = Git::nowhere();
        git.run(&["init", "-q", option]);
        git.write("data/features.yml", "{}\n").write("plans/a.md", "# A\n");
        git.write("reference/b.md", "# B\n\n[a](../plans/a.md)\n");
        git.commit("2026-01-10T12:00:00+0000");
        git.run(&["sparse-checkout", "set", "data", "reference"]);
        let told = run(git.root(), &["lint"]).exits(2);
        told.prints("cannot be listed").prints(cause).prints("--no-git");
        run(git.root(), &["generate"]).exits(2).says(cause);
        git.run(&["sparse-checkout", "disable"]);
        run(git.root(), &["lint"]).never_prints(cause);
    }
}

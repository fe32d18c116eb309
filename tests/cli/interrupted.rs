//! Every command that writes is ended before and after each of its steps, and made to fail there: each file is the
//! old one or the new one, the next run completes the work and cleans up, and git's repository is sound.
//!
//! The steps can be interrupted in builds with debug assertions alone.
#![cfg(all(unix, debug_assertions))]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::common;
use crate::common::git::Git;
use crate::common::{TODAY, pmctl};

const DAY: &str = "2026-01-10T12:00:00+0000";

const FEATURES: &str = "lamp:\n  title: Lamp\n  maturity: Built\n  product_team: Harbour\nbuoy:\n  title: Buoy\n  maturity: bulit\n  \
                        product_team: harbuor\n";
const TEAMS: &str = "harbour:\n  title: Harbour\nbridge:\n  title: Bridge\n";
const LEVELS: &str = "built:\n  title: Built\n  definition: It works.\n";
const RICE: &str = "ideas:\n  lamp:\n    title: Lamp\n    reach: 10\n    impact: 1\n    confidence: 80%\n    effort: 2\n";
const BLOCK: &str = "<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n";

/// A handbook on which every command has something to write.
fn repository() -> Git {
    let git = Git::new();
    let page = |title: &str, rest: &str| {
        format!(
            "---\nlast_reviewed_on: 2025-01-05\n---\n\n# {title}\n\nSee [b](B.md) and [c](/c.MD).\n\n{rest}"
        )
    };
    git.write(
        "pmctl.toml",
        "profile = \"default\"\n[[generate]]\npage = \"made/levels.md\"\ntemplate = \"templates/levels.md\"\n",
    )
    .write("data/features.yml", FEATURES)
    .write("data/teams.yml", TEAMS)
    .write("data/maturity_levels.yml", LEVELS)
    .write("data/rice.yml", RICE)
    .write("templates/levels.md", format!("# Levels\n\n{BLOCK}"))
    .write("a.md", page("A", BLOCK))
    .write("b.md", page("B", "{{generator:maturity_definitions}}\n"))
    .write("sub/c.md", page("C", BLOCK))
    .write("c.md", "# C\n")
    .commit(DAY);
    git.run(&["config", "user.name", "Ada"]);
    git.run(&["config", "user.email", "ada@example.com"]);
    git
}

/// The same in a folder without a repository.
fn folder() -> Git {
    let git = repository();
    git.remove(".git");
    git
}

/// The files below `folder` but git's own, by their paths.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn add(top: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(top).expect("inside").display().to_string();
            if path.is_dir() && !path.ends_with(".git") {
                add(top, &path, files);
            } else if path.is_file() {
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    add(folder, folder, &mut found);
    found
}

fn is_temporary(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with(".pmctl-"))
        && Path::new(path).extension().is_some_and(|extension| extension == "tmp")
}

/// A copy of `from`, git's folder with it.
fn copy(from: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let from = from.join(".");
    let done = Command::new("cp").arg("-a").arg(from).arg(folder.path()).status().expect("cp runs");
    assert!(done.success());
    folder
}

/// Runs `pmctl` with `args` in `folder`, interrupted as the variable says.
fn interrupted(folder: &Path, args: &[&str], variables: &[(&str, String)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pmctl"));
    command.args(args).current_dir(folder).env("PMCTL_TODAY", TODAY);
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    command.output().expect("pmctl starts")
}

/// What a command leaves behind.
#[derive(Debug, PartialEq, Eq)]
struct State {
    files: BTreeMap<String, Vec<u8>>,
    /// What git says is changed, and what the last commit holds.
    git: [String; 2],
}

impl State {
    fn of(folder: &Path) -> Self {
        if !folder.join(".git").exists() {
            return Self { files: files(folder), git: Default::default() };
        }
        let git = |args: &[&str]| common::git::run_in(folder, args, &[], b"");
        let git = [
            git(&["status", "--porcelain", "--untracked-files=all"]),
            git(&["ls-tree", "-r", "HEAD"]),
        ];
        Self { files: files(folder), git }
    }
}

/// Whether a command that has many files does at `step` what it did with the files before: of these steps, one of
/// 13 is taken.
fn is_repeated(step: usize) -> bool {
    step > 24 && !step.is_multiple_of(13)
}

/// Ends the command `args` at each of its steps, in a copy of the repository of `repository`.
#[track_caller]
fn survives(repository: &Git, args: &[&str]) {
    let before = State::of(repository.root());
    let undisturbed = copy(repository.root());
    let run = interrupted(undisturbed.path(), args, &[]);
    let code = run.status.code().expect("no signal");
    let after = State::of(undisturbed.path());
    assert!(before != after, "{args:?} writes nothing: {}", String::from_utf8_lossy(&run.stderr));
    let is_whole = |folder: &Path, says: &str| {
        for (path, text) in files(folder) {
            let is_known =
                [&before, &after].iter().any(|state| state.files.get(&path) == Some(&text));
            assert!(is_known || is_temporary(&path), "{args:?}, {says}: {path} is torn");
        }
        let missing = before.files.keys().find(|path| !folder.join(path).exists());
        assert_eq!(missing, None, "{args:?}, {says}");
        if folder.join(".git").exists() {
            common::git::run_in(folder, &["fsck", "--strict"], &[], b"");
        }
    };
    let completes = |folder: &Path, says: &str| {
        let is_done = State::of(folder) == after;
        let again = interrupted(folder, args, &[]);
        let errors = String::from_utf8_lossy(&again.stderr).into_owned();
        // An idea that is there already is not added again, say.
        assert!(is_done || again.status.code() == Some(code), "{args:?}, {says}: {errors}");
        assert!(State::of(folder) == after, "{args:?}, {says}: another end: {errors}");
    };

    let mut steps = Vec::new();
    for step in (1_usize..).filter(|step| !is_repeated(*step)) {
        let folder = copy(repository.root());
        let end = [("PMCTL_TEST_END_AT", step.to_string())];
        let ended = interrupted(folder.path(), args, &end);
        if ended.status.code().is_some() {
            break;
        }
        steps.push(step);
        let says = format!("ended at step {step}");
        is_whole(folder.path(), &says);
        completes(folder.path(), &says);
    }
    assert!(steps.len() >= 5, "{args:?} has {steps:?}");

    for step in steps {
        let folder = copy(repository.root());
        // The disk is full.
        let fail =
            [("PMCTL_TEST_FAIL_AT", step.to_string()), ("PMCTL_TEST_FAIL_WITH", "28".to_owned())];
        let failed = interrupted(folder.path(), args, &fail);
        let errors = String::from_utf8_lossy(&failed.stderr).into_owned();
        let says = format!("failed at step {step}: {errors}");
        assert_eq!(failed.status.code(), Some(2), "{args:?}, {says}");
        assert!(errors.contains("error: ") && errors.contains("No space left"), "{args:?}, {says}");
        assert!(!files(folder.path()).keys().any(|path| is_temporary(path)), "{args:?}, {says}");
        is_whole(folder.path(), &says);
        completes(folder.path(), &says);
    }
}

macro_rules! survives {
    ($($name:ident: $args:expr,)*) => {
        $(
            #[test]
            fn $name() {
                survives(&folder(), &$args);
            }
        )*
    };
}

survives! {
    generate: ["generate"],
    generate_adopt: ["generate", "--adopt"],
    review: ["review", "a.md", "b.md", "sub/c.md"],
    fixes: ["lint", "--fix", "--exit-zero"],
    unsafe_fixes: ["lint", "--fix", "--unsafe-fixes", "--exit-zero"],
    baseline: ["lint", "--write-baseline"],
    idea: ["rice", "add", "--title", "Buoy", "--reach", "3", "--impact", "1", "--confidence", "80%", "--effort", "1"],
    set_up: ["init", "--ci", "github"],
    result: ["lint", "--exit-zero", "-o", "sub/report.txt"],
    reports: ["lint", "--exit-zero", "--report", "json=out.json", "--report", "sarif=out.sarif"],
    chart: ["rice", "--chart", "sub/rice.svg"],
    matrix_chart: ["rice", "--chart", "rice.html", "-o", "rice.txt"],
    manual: ["man", "--today", "2026-01-31", "man"],
}

#[test]
fn commands_that_ask_git() {
    survives(&repository(), &["review", "a.md"]);
    survives(&repository(), &["generate", "--commit"]);
    let git = repository();
    git.write("data/maturity_levels.yml", LEVELS.replace("works", "is there"));
    survives(&git, &["generate", "--commit", "--with-data"]);
}

#[test]
fn of_two_results_for_one_file_one_is_whole() {
    let git = folder();
    for _ in 0..10 {
        let runs = ["json", "sarif"].map(|format| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_pmctl"));
            command.args(["lint", "--exit-zero", "--format", format, "-o", "out.txt"]);
            command.current_dir(git.root()).env("PMCTL_TODAY", TODAY).spawn().expect("it starts")
        });
        for mut run in runs {
            assert_eq!(run.wait().expect("it ends").code(), Some(0));
        }
        let text = fs::read_to_string(git.path("out.txt")).expect("a file");
        serde_json::from_str::<serde_json::Value>(&text).expect("one result");
        assert!(!files(git.root()).keys().any(|path| is_temporary(path)));
    }
}

#[test]
fn what_a_killed_run_left_is_no_page_and_no_change() {
    let git = repository();
    let before = git.head();
    git.write("c.md", "# C\n\nSee [b](b.md).\n").commit(DAY);
    // At the step before the first page is renamed.
    let step = (1..1_000).find(|step| {
        let folder = copy(git.root());
        interrupted(folder.path(), &["generate"], &[("PMCTL_TEST_END_AT", step.to_string())]);
        State::of(folder.path()).files.get("a.md") != State::of(git.root()).files.get("a.md")
    });
    let last = (step.expect("a step") - 1).to_string();
    interrupted(git.root(), &["generate"], &[("PMCTL_TEST_END_AT", last)]);
    assert!(files(git.root()).keys().filter(|path| is_temporary(path)).count() >= 2);
    let run = |args: &[&str]| pmctl(args).run_in(git.root()).stdout;
    for args in [
        &["lint", "--format", "json"][..],
        &["classify", "--since", &before, "--format", "json"],
        &["review-status", "--format", "csv"],
        &["generate", "--list"],
    ] {
        let with = run(args);
        let without = copy(git.root());
        for path in files(without.path()).keys().filter(|path| is_temporary(path)) {
            fs::remove_file(without.path().join(path)).expect("removed");
        }
        assert_eq!(with, pmctl(args).run_in(without.path()).stdout, "{args:?}");
        assert!(!with.contains(".pmctl-write-"), "{with}");
    }
}

#[test]
fn a_copy_of_the_pages() {
    let git = Git::new();
    git.write("pmctl.toml", "profile = \"sourcegraph\"\n")
        .write("data/maturity_levels.yml", LEVELS)
        .write("content/a.md", format!("# A\n\n{BLOCK}"))
        .write("content/sub/logo.svg", "<svg/>")
        .write("site/a.md", "old")
        .remove(".git");
    survives(&git, &["generate", "--render", "site"]);
}

#[test]
fn a_smaller_baseline_and_files_that_are_there_already() {
    let git = folder();
    pmctl(&["lint", "--write-baseline", "-o", "report.txt"]).run_in(git.root());
    git.write("data/features.yml", FEATURES.replace("bulit", "built"));
    survives(&git, &["lint", "--prune-baseline", "-o", "report.txt"]);
}

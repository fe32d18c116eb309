//! `codeowners-dead`: which files a pattern is held against, in a folder and in a commit.

use crate::common::Handbook;
use crate::common::git::Git;
use jiff::civil::date;
use pmctl::config::Config;
use pmctl::lint::{Levels, judge};
use pmctl::repo::{Repo, Revision};

const RULE: &str = "codeowners-dead";

/// The words that the text of a run names as patterns without a file.
fn dead(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| line.contains(RULE));
    lines.filter_map(|line| line.split('`').nth(1)).collect()
}

#[test]
fn hidden_files_count_and_so_do_ignored_ones_which_may_be_tracked() {
    let handbook = Handbook::new()
        .file("data/features.yml", "{}\n")
        .file(".gitignore", "/public/\n")
        .file("public/logo.svg", "<svg/>")
        .file(".github/CODEOWNERS", "/.github/ @ada\n/public/ @ada\n/gone/ @ada\n/.git/ @ada\n")
        .file(".git/HEAD", "");
    let run = handbook.run(&["lint", "--rule", RULE]).exits(0);
    assert_eq!(dead(&run.stdout), ["/gone/", "/.git/"]);
}

#[test]
fn only_the_folders_that_are_whole_are_judged() {
    let owners =
        "*.css @ada\n/site/gone/ @ada\n/handbook/gone/ @ada\n/handbook/*.txt @ada\n/hand*/x @ada\n";
    let handbook = Handbook::new()
        .file("data/features.yml", "{}\n")
        .file("pmctl.toml", "[links]\nroots = ['handbook']\n")
        .file("handbook/index.md", "# Ferries\n")
        .file("CODEOWNERS", owners);
    let run = handbook.run(&["lint", "--rule", RULE]).exits(0);
    assert_eq!(dead(&run.stdout), ["/handbook/gone/", "/handbook/*.txt"]);
}

#[test]
fn a_commit_is_judged_by_its_own_files() {
    let git = Git::new();
    git.write("data/features.yml", "{}\n");
    git.write(".gitlab/notes.txt", "Notes.");
    git.write("CODEOWNERS", "/.gitlab/ @ada\n/piers/ @ada\n");
    git.commit("2026-01-10T12:00:00Z");
    git.remove(".gitlab").write("piers/index.md", "# Piers\n");

    let repo = Repo::at(git.root());
    let config = Config::load(&repo, None, None, None).expect("a good configuration");
    let mut levels = Levels::new();
    levels.only(RULE).expect("a rule");
    let committed = Revision::open(&repo, "HEAD").expect("a commit");
    let today = date(2026, 1, 31);
    let before = judge(&committed, &config, &levels, today, |_, _| {}).expect("a judgement");
    let now = judge(&repo, &config, &levels, today, |_, _| {}).expect("a judgement");
    let messages = |findings: &[pmctl::lint::Diagnostic]| {
        findings.iter().map(|found| found.finding.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(messages(&before.findings), ["the pattern `/piers/` matches no file"]);
    assert_eq!(messages(&now.findings), ["the pattern `/.gitlab/` matches no file"]);
}

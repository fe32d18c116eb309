//! Files that a person names for a result: none is written through a link of the work tree or into git's own folder,
//! and what a killed run left is removed.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::common;
use crate::common::git::Git;
use crate::common::{Handbook, pmctl};

const RICE: &str = "ideas:\n  lamp:\n    title: Lamp\n    reach: 10\n    impact: 1\n    confidence: 80\n    effort: 2\n";

/// A handbook in a folder of a repository, next to a file that nobody may touch.
fn handbook() -> Git {
    let git = Git::new();
    git.write("book/pmctl.toml", "")
        .write("book/data/features.yml", "features: {}\n")
        .write("book/data/rice.yml", RICE)
        .write("book/plans/lamp.md", "# Lamp\n")
        .write("precious.txt", "keep me\n")
        .write("out/.keep", "");
    git
}

/// Every way to name a file for a result, as arguments that end before the name.
const WAYS: [&[&str]; 10] = [
    &["lint", "--exit-zero", "--write-baseline", "--baseline", ""],
    &["lint", "--report", "json="],
    &["lint", "--format", "sarif", "-o", ""],
    &["rice", "--chart", ""],
    &["rice", "--format", "csv", "-o", ""],
    &["schema", "config", "-o", ""],
    &["completions", "bash", "-o", ""],
    &["config", "show", "-o", ""],
    &["generators", "-o", ""],
    &["explain", "link-malformed", "-o", ""],
];

/// The arguments of a way to write to `file`.
fn to(way: &[&str], file: &str) -> Vec<String> {
    let mut args: Vec<String> = way.iter().map(|&arg| arg.to_owned()).collect();
    if let Some(last) = args.last_mut() {
        last.push_str(file);
    }
    args
}

#[track_caller]
fn write(folder: &Path, way: &[&str], file: &str) -> common::Run {
    let args = to(way, file);
    pmctl(&args.iter().map(String::as_str).collect::<Vec<_>>()).run_in(folder)
}

#[test]
fn no_file_is_written_through_a_link_of_the_work_tree() {
    let git = handbook();
    symlink("../precious.txt", git.path("book/out.svg")).expect("a link");
    symlink("nowhere.svg", git.path("book/dangling.svg")).expect("a link");
    symlink("../out", git.path("book/away")).expect("a link");
    symlink("plans", git.path("book/near")).expect("a link");
    symlink("out", git.path("aside")).expect("a link");
    for way in WAYS {
        for file in ["out.svg", "dangling.svg", "away/x.svg", "near/x.svg", "../aside/x.svg"] {
            let run = write(&git.path("book"), way, file).exits(2);
            run.says("is a symbolic link in the work tree").says("name another file");
        }
        let run = write(&git.path("book"), way, "../.git/x.svg").exits(2);
        run.says("among the files of git itself");
    }
    let man = |folder| pmctl(&["man", folder]).run_in(&git.path("book")).exits(2);
    man("away").says("is a symbolic link in the work tree");
    man("../.git").says("among the files of git itself");
    assert_eq!(fs::read_to_string(git.path("precious.txt")).expect("a file"), "keep me\n");
    for folder in ["out", "book", "book/plans", ".git"] {
        assert!(
            !git.path(folder).join("x.svg").exists()
                && !git.path(folder).join("nowhere.svg").exists()
        );
    }
}

/// A baseline belongs to its handbook and has no other place.
fn is_anywhere(way: &[&str]) -> bool {
    !way.contains(&"--baseline")
}

#[test]
fn links_outside_of_the_work_tree_are_those_of_the_person_who_runs_the_command() {
    let git = handbook();
    symlink(git.root(), git.beside("way-in")).expect("a link");
    fs::create_dir(git.beside("results")).expect("a folder");
    symlink("results", git.beside("latest")).expect("a link");
    symlink("results/real.svg", git.beside("link.svg")).expect("a link");
    for way in WAYS.iter().filter(|way| is_anywhere(way)) {
        for (name, written) in [
            ("way-in/book/x.svg", "repo/book/x.svg"),
            ("latest/x.svg", "results/x.svg"),
            ("link.svg", "results/real.svg"),
        ] {
            let file = git.beside(name);
            let run = write(&git.path("book"), way, file.to_str().expect("UTF-8"));
            assert!(run.code != 2, "{run:#?}");
            assert!(git.beside(written).metadata().expect("a file").len() > 0, "{way:?}");
            fs::remove_file(git.beside(written)).expect("removed");
        }
    }
    assert!(git.beside("link.svg").is_symlink());
}

#[test]
fn pipes_and_devices_are_written_to() {
    let git = handbook();
    for way in WAYS.iter().filter(|way| is_anywhere(way)).filter(|way| !way.contains(&"--chart")) {
        let run = write(&git.path("book"), way, "/dev/null");
        assert!(run.code != 2, "{run:#?}");
        let run = write(&git.path("book"), way, "/dev/stdout");
        assert!(run.code != 2 && !run.stdout.is_empty(), "{run:#?}");
    }
}

#[test]
fn what_is_in_the_way_is_named_with_what_to_do() {
    let git = handbook();
    for way in WAYS.iter().filter(|way| is_anywhere(way)) {
        write(&git.path("book"), way, "no/x.svg").exits(2).says("no").says("make it first");
        fs::create_dir_all(git.path("book/taken.svg")).expect("a folder");
        write(&git.path("book"), way, "taken.svg").exits(2).says("a folder; name a file in it");
    }
}

#[test]
fn a_file_that_only_looks_like_one_that_pmctl_left_stays() {
    let names = [".pmctl-output-notes.tmp", ".pmctl-write-notes.tmp", ".pmctl-write-Abc123.tmp"];
    let handbook = names.into_iter().fold(
        Handbook::new().file("pmctl.toml", "").file("data/features.yml", "features: {}\n"),
        |handbook, name| handbook.file(name, "mine"),
    );
    handbook.run(&["lint", "--exit-zero", "-o", "report.txt"]).exits(0);
    handbook.run(&["init", "--ci", "github"]).exits(0);
    for name in names {
        assert_eq!(fs::read_to_string(handbook.path(name)).expect("a file"), "mine");
    }
}

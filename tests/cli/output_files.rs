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

fn read(git: &Git, path: &str) -> String {
    fs::read_to_string(git.path(path)).expect("a file")
}

#[test]
fn no_result_is_written_over_a_file_that_pmctl_reads() {
    let git = handbook();
    git.write("book/pmctl.toml", "paths = { votes = \"ballots/2026.yml\" }\n[[generate]]\npage = \"all.md\"\ntemplate = \"parts/all.txt.md\"\n")
        .write("book/ballots/2026.yml", "sessions: {}\n")
        .write("book/parts/all.txt.md", "All\n")
        .write("book/.pmctl-baseline.json", "{\"version\": 1, \"findings\": []}\n")
        .write("book/.gitignore", "/public\n")
        .write("book/plans/.gitignore", "/draft\n")
        .write("CODEOWNERS", "* @ada\n")
        .write("book/plans/CODENOTIFY", "* @bo\n")
        .write("book/empty.yml", "");
    fs::hard_link(git.path("book/data/rice.yml"), git.path("book/other-name.csv")).expect("a link");
    symlink(git.path("book"), git.beside("way-in")).expect("a link");
    let whole = git.path("book/data/rice.yml");
    let around = git.beside("way-in/data/rice.yml");
    let files = [
        "pmctl.toml",
        "data/rice.yml",
        "./data/../data/rice.yml",
        "plans/../data/features.yml",
        whole.to_str().expect("UTF-8"),
        around.to_str().expect("UTF-8"),
        "other-name.csv",
        "ballots/2026.yml",
        "parts/all.txt.md",
        ".pmctl-baseline.json",
        ".gitignore",
        "plans/.gitignore",
        "../CODEOWNERS",
        "plans/CODENOTIFY",
    ];
    for file in files {
        let before = fs::read(git.path("book").join(file)).expect("a file");
        for way in WAYS.iter().filter(|way| is_anywhere(way)) {
            if way.contains(&"--chart") {
                continue;
            }
            let run = write(&git.path("book"), way, file).exits(2);
            run.says("is not written: it is ").says("which pmctl reads").says("name another file");
            assert_eq!(fs::read(git.path("book").join(file)).expect("a file"), before, "{way:?}");
        }
    }
    let outside = pmctl(&["-C", "book", "rice", "--format", "csv", "-o", "book/data/rice.yml"]);
    outside.run_in(git.root()).exits(2).says("it is a data file of the handbook");
    // A file that pmctl does not read is a result like any other.
    for way in WAYS.iter().filter(|way| is_anywhere(way) && !way.contains(&"--chart")) {
        let run = write(&git.path("book"), way, "empty.yml");
        assert!(run.code != 2, "{run:#?}");
    }
}

#[test]
fn no_result_is_written_over_what_the_command_takes_as_its_input() {
    const SHEET: &str = "Title,Reach,Impact,Confidence,Effort\nLamp,3,2,80%,2\n";
    let git = handbook();
    git.write("book/ideas.csv", SHEET)
        .write("book/plans/ideas.md", "| Title | Reach | Impact | Confidence | Effort |\n| - | - | - | - | - |\n| Lamp | 3 | 2 | 80% | 2 |\n")
        .write("book/ballots.yml", "sessions: {}\n")
        .write("book/known.json", "{\"version\": 1, \"findings\": []}\n")
        .write("book/other.toml", "");
    for args in [
        &["rice", "--from", "ideas.csv", "--format", "csv", "-o", "ideas.csv"][..],
        &["rice", "explain", "lamp", "--from", "ideas.csv", "-o", "./ideas.csv"],
        &["rice", "plans/ideas.md", "--format", "markdown", "-o", "plans/ideas.md"],
        &["priority-matrix", "ballots.yml", "-o", "ballots.yml"],
        &["lint", "--baseline", "known.json", "--report", "json=known.json"],
        &["lint", "--config", "other.toml", "-o", "other.toml"],
    ] {
        let file = args.last().expect("a file").trim_start_matches("json=");
        let before = read(&git, &format!("book/{file}"));
        let run = pmctl(args).run_in(&git.path("book")).exits(2);
        run.says("is not written: it is ");
        assert_eq!(read(&git, &format!("book/{file}")), before, "{args:?}");
    }
}

#[test]
fn a_result_replaces_a_page_only_where_an_earlier_result_is() {
    let git = handbook();
    let ways: [&[&str]; 3] = [
        &["rice", "--format", "markdown", "-o"],
        &["review-status", "--format", "markdown", "-o"],
        &["explain", "link-malformed", "-o"],
    ];
    let book = git.path("book");
    for way in ways {
        let to = |file| [way, &[file]].concat();
        for page in ["# Lamp\n", "---\ntitle: Lamp\n---\n", "A note by hand.\n"] {
            git.write("book/plans/lamp.md", page);
            let run = pmctl(&to("plans/lamp.md")).run_in(&book).exits(2);
            run.says("it is a page of the handbook").says("remove the page first");
            assert_eq!(read(&git, "book/plans/lamp.md"), page);
        }
        // The second run finds what the first one wrote, committed or not.
        for file in ["plans/result.md", "result.txt"] {
            pmctl(&to(file)).run_in(&book).exits(0);
            let first = read(&git, &format!("book/{file}"));
            git.commit("2026-01-20T12:00:00Z");
            git.write("book/data/rice.yml", RICE.replace("effort: 2", "effort: 1"));
            pmctl(&to(file)).run_in(&book).exits(0);
            pmctl(&to(file)).run_in(&book).exits(0);
            git.write("book/data/rice.yml", RICE);
            pmctl(&to(file)).run_in(&book).exits(0);
            assert_eq!(read(&git, &format!("book/{file}")), first);
            fs::remove_file(book.join(file)).expect("removed");
        }
    }
}

#[test]
fn a_rendered_copy_is_not_written_over_files_that_pmctl_reads() {
    let git = Git::new();
    git.write("data/stages.yml", "stages: {}\n").write("source/stages.yml", "not data\n");
    git.write("source/index.html.md", "# Home\n").write("pmctl.toml", "profile = \"gitlab\"\n");
    pmctl(&["generate", "--render", "data"]).run_in(git.root()).exits(2).says("a data file");
    assert_eq!(read(&git, "data/stages.yml"), "stages: {}\n");
}

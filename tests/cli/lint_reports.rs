//! `pmctl lint --report`: several reports at once, where they lie, and whose paths they name.

use std::fs;
use std::path::Path;

use crate::common::git::Git;
use crate::common::{Handbook, pmctl};
use crate::schemas::{assert_code_quality, assert_junit, assert_sarif};

const CATEGORIES: &str = "search:\n  name: Search\n  direction: direction/search/index.md\n";
const FEATURES: &str = "saved:\n  title: Saved searches\n  titel: x\n  category: serch\n";

/// An error and a warning.
fn handbook() -> Handbook {
    Handbook::new().file("data/categories.yml", CATEGORIES).file("data/features.yml", FEATURES)
}

/// Nothing to report.
fn clean() -> Handbook {
    Handbook::new().file("data/features.yml", "saved:\n  title: Saved searches\n")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn several_reports_are_written_beside_the_result() {
    let handbook = handbook();
    let alone = |format: &str| handbook.run(&["lint", "--format", format]).stdout;
    let run = handbook.run(&[
        "lint",
        "--color",
        "always",
        "--report",
        "gitlab=gl.json",
        "--report",
        "sarif=out.sarif",
        "--report",
        "junit=out.xml",
        "--report",
        "text=out.txt",
        "--report",
        "github=out.log",
        "--report",
        "json=./out.json",
    ]);
    let run = run.exits(1).prints("\u{1b}[").prints("2 files checked: 1 error, 1 warning\n");
    assert_eq!(run.stderr, "");
    for (format, file) in [
        ("gitlab", "gl.json"),
        ("sarif", "out.sarif"),
        ("junit", "out.xml"),
        ("text", "out.txt"),
        ("github", "out.log"),
        ("json", "out.json"),
    ] {
        assert_eq!(read(handbook.path(file)), alone(format), "{format}");
    }
}

#[test]
fn one_report_beside_the_text_tells_as_much_as_alone() {
    let handbook = handbook();
    let json = handbook.run(&["lint", "--format", "json"]).json();
    let fingerprint = json["diagnostics"][0]["fingerprint"].as_str().expect("text");
    assert_eq!(fingerprint.len(), 32);
    for (format, tells_it) in
        [("json", true), ("gitlab", true), ("sarif", true), ("junit", false), ("github", false)]
    {
        handbook.run(&["lint", "--report", &format!("{format}=out")]).exits(1);
        let out = read(handbook.path("out"));
        let alone = handbook.run(&["lint", "--format", format]).stdout;
        assert_eq!(out, alone, "{format}");
        assert_eq!(out.contains(fingerprint), tells_it, "{format}");
    }
}

#[test]
fn reports_are_written_however_the_run_ends() {
    let good = clean();
    good.run(&["lint", "--report", "gitlab=gl.json", "-q"]).exits(0);
    assert_eq!(read(good.path("gl.json")), "[]\n");
    let unreadable = clean().file("data/teams.yml", [0xff]);
    unreadable.run(&["lint", "--report", "gitlab=gl.json", "--report", "junit=j.xml"]).exits(2);
    assert_code_quality(&read(unreadable.path("gl.json")));
    assert_junit(&read(unreadable.path("j.xml")));
    // A report replaces the one of the last run, and leaves nothing beside it.
    unreadable.run(&["lint", "--allow", "unreadable-file", "--report", "gitlab=gl.json"]).exits(0);
    assert_eq!(read(unreadable.path("gl.json")), "[]\n");
    let mut names: Vec<String> = fs::read_dir(unreadable.path(""))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    assert_eq!(names, ["data", "gl.json", "j.xml"]);
}

#[test]
fn a_report_that_cannot_be_written_is_said_before_anything_is_judged() {
    let handbook = handbook();
    let fails = |args: &[&str], says: &str| {
        let run = handbook.run(&[&["lint"], args].concat()).exits(2).says(says);
        assert_eq!(run.stdout, "");
    };
    fails(&["--report", "gitlap=x"], "did you mean `gitlab`?");
    fails(&["--report", "gitlab"], "FORMAT=FILE, such as `sarif=out.sarif`");
    fails(&["--report", "gitlab="], "FORMAT=FILE");
    fails(&["--report", "gitlab=no/x.json"], "there is no folder no; make it first");
    fails(&["--report", "gitlab=data"], "data is a folder");
    fails(&["--report", "gitlab=x", "--report", "sarif=./data/../x"], "is named twice");
    fails(&["--report", "gitlab=x", "-o", "x"], "x is named twice");
    assert!(!handbook.path("x").exists());
}

#[test]
fn a_report_lies_in_the_folder_where_the_command_is_given() {
    let handbook = handbook();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let folder = handbook.path("");
    let args = ["lint", "-C", folder.to_str().expect("UTF-8"), "--report", "gitlab=gl.json"];
    pmctl(&args).run_in(elsewhere.path()).exits(1);
    assert_code_quality(&read(elsewhere.path().join("gl.json")));
    assert!(!handbook.path("gl.json").exists());
}

#[cfg(unix)]
#[test]
fn a_file_keeps_who_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;

    let handbook = clean().file("kept.json", "old");
    fs::set_permissions(handbook.path("kept.json"), fs::Permissions::from_mode(0o640))
        .expect("permissions");
    let reports = ["--report", "sarif=/dev/null", "--report", "json=kept.json"];
    handbook.run(&[&["lint"], &reports[..]].concat()).exits(0);
    let mode = fs::metadata(handbook.path("kept.json")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn forges_are_given_paths_from_the_root_of_the_repository() {
    let git = Git::new();
    git.write("the docs/handbook/data/categories.yml", CATEGORIES)
        .write("the docs/handbook/data/features.yml", FEATURES);
    let lint = |args: &[&str]| {
        pmctl(&[&["lint", "-C", "the docs/handbook"], args].concat()).run_in(git.root()).exits(1)
    };
    lint(&["--format", "github"]).prints("::error file=the docs/handbook/data/features.yml,");
    let gitlab = lint(&["--format", "gitlab"]);
    assert_code_quality(&gitlab.stdout);
    gitlab.prints("\"path\": \"the docs/handbook/data/features.yml\"");
    let sarif = lint(&["--format", "sarif"]);
    assert_sarif(&sarif.stdout);
    sarif.prints("\"uri\": \"the%20docs/handbook/data/features.yml\"");
    lint(&["--format", "junit"]).prints("classname=\"the docs/handbook/data/features.yml\"");
    // People and programs that know the handbook are given its own paths.
    lint(&["--format", "json"]).prints("\"path\": \"data/features.yml\"");
    lint(&[]).prints("--> data/features.yml:");
    lint(&["--format", "github", "--no-git"]).prints("::error file=data/features.yml,");
    // From within, and from elsewhere, it is the same.
    let within = git.path("the docs/handbook/data");
    pmctl(&["lint", "--format", "github", "-C", ".."])
        .run_in(&within)
        .prints("::error file=the docs/handbook/data/features.yml,");
}

#[test]
fn two_handbooks_of_one_repository_share_no_fingerprint() {
    let git = Git::new();
    for handbook in ["a", "b"] {
        git.write(&format!("{handbook}/data/categories.yml"), CATEGORIES)
            .write(&format!("{handbook}/data/features.yml"), FEATURES);
    }
    let of = |handbook: &str| {
        let run = pmctl(&["lint", "-C", handbook, "--format", "gitlab"]).run_in(git.root());
        run.json()[0]["fingerprint"].as_str().expect("text").to_owned()
    };
    assert_ne!(of("a"), of("b"));
}

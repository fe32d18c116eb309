//! The baseline: old findings are reported no more, new ones are.

use std::fs;
use std::path::Path;

use crate::common::{Handbook, Run, pmctl, repository};

const FILE: &str = ".pmctl-baseline.json";
const FEATURES: &str = "data/features.yml";

/// A handbook with two errors and a warning.
fn handbook() -> Handbook {
    Handbook::new()
        .file(FEATURES, "a:\n  title: A\n  category: [x, y]\n  colour: red\n")
        .file("data/categories.yml", "z:\n  name: Z\n  direction: https://example.org/z\n")
}

fn baseline(handbook: &Handbook) -> String {
    fs::read_to_string(handbook.path(FILE)).expect("a baseline")
}

#[test]
fn what_is_in_the_baseline_is_not_reported_and_what_is_new_is() {
    let handbook = handbook();
    handbook.run(&["lint"]).exits(1);
    handbook
        .run(&["lint", "--write-baseline"])
        .exits(0)
        .says("the baseline `.pmctl-baseline.json` is written, with 3 findings")
        .prints("2 files checked, nothing to report (3 in the baseline)\n");
    let run = handbook.run(&["lint", "--format", "json", "--fail-on", "info"]).exits(0);
    assert_eq!(run.rules(), [""; 0]);
    assert_eq!(run.json()["summary"]["baselined"], 3);
    assert_eq!(run.stderr, "");

    let moved =
        "# moved\n\na:\n  title: A\n\n  category:   [x, y]\n  colour: red\n  shape: round\n";
    let handbook = handbook.file(FEATURES, moved);
    let run = handbook.run(&["lint", "--format", "json", "--fail-on", "warning"]).exits(1);
    assert_eq!((run.rules().len(), run.json()["diagnostics"][0]["line"].as_u64()), (1, Some(8)));
    handbook.run(&["lint", "--no-baseline"]).exits(1).prints("2 errors, 2 warnings\n");
}

#[test]
fn the_baseline_is_read_line_by_line_by_people() {
    let handbook = handbook();
    handbook.run(&["lint", "--write-baseline"]).exits(0);
    let text = baseline(&handbook);
    assert_eq!(text.lines().count(), 8, "{text}");
    assert!(text.contains("\"message\":\"category `x` does not exist\""), "{text}");
    assert!(text.contains("\"path\":\"data/features.yml\",\"rule\":\"unknown-field\",\"count\":1"));
}

#[test]
fn writing_it_again_leaves_it_as_it_is() {
    let handbook = handbook();
    handbook.run(&["lint", "--write-baseline"]).exits(0);
    let (text, file) = (baseline(&handbook), handbook.path(FILE));
    let written = fs::metadata(&file).expect("data").modified().expect("a time");
    handbook.run(&["lint", "--write-baseline"]).exits(0).says("is up to date, with 3 findings");
    handbook.run(&["lint", "--prune-baseline"]).exits(0).says("is up to date, with 3 findings");
    assert_eq!(baseline(&handbook), text);
    assert_eq!(fs::metadata(&file).expect("data").modified().expect("a time"), written);
}

#[test]
fn of_equal_findings_more_than_before_are_new_and_the_last_is_shown() {
    let record = |key: &str| format!("{key}:\n  title: {key}\n  colour: red\n");
    let handbook = Handbook::new().file(FEATURES, record("a"));
    handbook.run(&["lint", "--write-baseline"]).exits(0);
    let handbook = handbook.file(FEATURES, record("b") + &record("a"));
    let run = handbook.run(&["lint", "--format", "json"]);
    assert_eq!(run.json()["diagnostics"].as_array().map(Vec::len), Some(1));
    assert_eq!(run.json()["diagnostics"][0]["line"], 6);
}

#[test]
fn what_is_gone_is_said_and_pruned_and_nothing_is_added() {
    let handbook = handbook();
    handbook.run(&["lint", "--write-baseline"]).exits(0);
    let handbook =
        handbook.file(FEATURES, "a:\n  title: A\n  category: [x, y]\n  shape: round\n  size: 3\n");
    handbook
        .run(&["lint"])
        .exits(0)
        .says("note: 1 finding of the baseline is gone; `pmctl lint --prune-baseline` removes it")
        .prints("2 files checked: 2 warnings (2 in the baseline)");
    handbook
        .run(&["lint", "--prune-baseline"])
        .exits(0)
        .says("is written, with 2 findings")
        .prints("2 files checked: 2 warnings (2 in the baseline)");
    let run = handbook.run(&["lint"]).exits(0);
    assert_eq!(run.stderr, "");
    assert_eq!(baseline(&handbook).lines().count(), 7);
    let handbook = handbook.file(FEATURES, "a:\n  title: A\n");
    handbook.run(&["lint", "--prune-baseline"]).exits(0).says("with 0 findings");
    assert_eq!(baseline(&handbook), "{\n  \"version\": 1,\n  \"findings\": []\n}\n");
}

#[test]
fn a_run_that_looks_at_less_takes_nothing_else_as_gone() {
    let two = || handbook().file("data/teams.yml", "t:\n  title: T\n  colour: red\n");
    let handbook = two();
    handbook.run(&["lint", "--write-baseline"]).exits(0).says("4 findings");
    let whole = baseline(&handbook);
    let handbook =
        handbook.file(FEATURES, "a:\n  title: A\n").file("data/teams.yml", "t:\n  title: T\n");
    for args in [
        &["data/categories.yml"][..],
        &["--rule", "wrong-type"],
        &["--allow", "unknown-field", "--allow", "unknown-reference"],
    ] {
        let run = handbook.run(&[&["lint"], args].concat()).exits(0);
        assert_eq!(run.stderr, "", "{args:?}");
    }
    handbook.run(&["lint", "data/teams.yml"]).says("1 finding of the baseline is gone");
    handbook.run(&["lint", "--rule", "unknown-field"]).says("2 findings of the baseline are gone");
    handbook.run(&["lint", "--prune-baseline", "--rule", "wrong-type"]).says("with 4 findings");
    assert_eq!(baseline(&handbook), whole);
    handbook.run(&["lint", "--prune-baseline", "data/teams.yml"]).says("with 3 findings");
    handbook.run(&["lint", "--prune-baseline", "--rule", "unknown-field"]).says("with 2 findings");
    handbook.run(&["lint", "--prune-baseline"]).says("with 0 findings");
}

#[test]
fn a_run_that_looks_at_less_adds_what_it_sees_to_the_baseline() {
    let handbook = handbook().file("data/teams.yml", "t:\n  title: T\n  colour: red\n");
    handbook.run(&["lint", "--write-baseline", "--rule", "unknown-reference"]).says("2 findings");
    handbook.run(&["lint"]).exits(0).prints("3 files checked: 2 warnings (2 in the baseline)");
    handbook.run(&["lint", "--write-baseline", "data/teams.yml"]).says("3 findings");
    handbook
        .run(&["lint", "data/teams.yml"])
        .exits(0)
        .prints("nothing to report (1 in the baseline)");
    handbook.run(&["lint"]).exits(0).prints("3 files checked: 1 warning (3 in the baseline)");
}

#[test]
fn nothing_is_gone_while_data_cannot_be_read() {
    let handbook = handbook();
    handbook.run(&["lint", "--write-baseline"]).exits(0);
    let handbook = handbook.file("data/categories.yml", [0xff]);
    let run = handbook.run(&["lint"]).exits(2);
    assert!(!run.stderr.contains("gone"), "{}", run.stderr);
    handbook.run(&["lint", "--prune-baseline"]).exits(2).says("a data file cannot be read");
    handbook.run(&["lint", "--write-baseline"]).exits(2).prints("unreadable-file");
    handbook.run(&["lint"]).exits(2).prints("unreadable-file");
    let handbook = handbook.file("data/categories.yml", "a: [1\n");
    handbook.run(&["lint", "--write-baseline"]).exits(1).prints("yaml-syntax");
    handbook.run(&["lint"]).exits(1).prints("2 files checked: 1 error (1 in the baseline)");
}

#[test]
fn broken_front_matter_can_be_old_because_the_rest_of_the_page_is_judged() {
    let page = "---\ntitle: [\n---\n# A\n\nLast reviewed: 2026-01-20\n";
    let handbook = handbook().file("direction/a.md", page);
    handbook.run(&["lint", "--write-baseline"]).exits(0).says("with 4 findings");
    handbook
        .file("direction/a.md", page.replace("2026-01-20", "2026-1-20"))
        .run(&["lint", "--fail-on", "warning"])
        .exits(1)
        .prints("3 files checked: 1 warning (4 in the baseline)");
}

#[test]
fn another_file_can_be_named_inside_the_handbook() {
    let handbook = handbook().file("ci/README.md", "");
    handbook
        .run(&["lint", "--baseline", "ci/old.json"])
        .exits(2)
        .says("there is no baseline `ci/old.json`");
    handbook.run(&["lint", "--prune-baseline"]).exits(2).says("--write-baseline");
    handbook.run(&["lint", "--baseline", "ci/old.json", "--write-baseline"]).exits(0);
    handbook.run(&["lint"]).exits(1);
    handbook.run(&["lint", "--baseline", "ci/old.json"]).exits(0);
    assert!(!handbook.path(FILE).exists());
    handbook
        .run(&["lint", "--baseline", "../old.json", "--write-baseline"])
        .exits(2)
        .says("outside");
    handbook.run(&["lint", "--no-baseline", "--write-baseline"]).exits(2);
}

#[test]
fn what_is_no_baseline_is_an_error_with_its_line_and_is_not_overwritten() {
    let handbook = handbook();
    handbook.run(&["lint", "--write-baseline"]).exits(0);
    let text = baseline(&handbook);
    let broken = text.replacen("\n    {", "\n<<<<<<< HEAD\n    {", 1);
    let handbook = handbook.file(FILE, &broken);
    for args in [&["lint"][..], &["lint", "--write-baseline"], &["lint", "--prune-baseline"]] {
        handbook
            .run(args)
            .exits(2)
            .says("`.pmctl-baseline.json`:4:1: a merge conflict is not resolved here")
            .says("pmctl lint --write-baseline");
    }
    assert_eq!(baseline(&handbook), broken);
    handbook.run(&["lint", "--baseline", FEATURES, "--write-baseline"]).exits(2);
    let handbook = handbook.file(FILE, [0xff]);
    handbook.run(&["lint"]).exits(2).says("not UTF-8");
    handbook.run(&["lint", "--no-baseline"]).exits(1);
}

#[cfg(unix)]
#[test]
fn it_is_written_through_no_link() {
    let handbook = handbook().file("target.json", "");
    std::os::unix::fs::symlink("target.json", handbook.path(FILE)).expect("a link");
    handbook.run(&["lint", "--write-baseline"]).exits(2);
    assert_eq!(fs::read(handbook.path("target.json")).expect("a file"), b"");
    let text = "{\n  \"version\": 1,\n  \"findings\": []\n}\n";
    let handbook = handbook.file("target.json", text);
    handbook.run(&["lint", "--write-baseline"]).exits(2).says("link");
    assert_eq!(fs::read_to_string(handbook.path("target.json")).expect("a file"), text);
}

#[test]
fn where_nothing_is_found_no_baseline_is_written() {
    let handbook = Handbook::new().file(FEATURES, "a:\n  title: A\n");
    handbook
        .run(&["lint", "--write-baseline"])
        .exits(0)
        .says("so there is no `.pmctl-baseline.json`");
    assert!(!handbook.path(FILE).exists());
}

#[test]
fn a_suppressed_finding_has_no_place_in_it() {
    let handbook = handbook();
    handbook.run(&["lint", "--write-baseline"]).exits(0);
    let text =
        "a:\n  title: A\n  category: [x, y]\n  # pmctl-ignore unknown-field: old\n  colour: red\n";
    handbook
        .file(FEATURES, text)
        .run(&["lint"])
        .exits(0)
        .says("1 finding of the baseline is gone")
        .prints("nothing to report (2 in the baseline, 1 suppressed)");
}

/// Copies the folder `from` to `to`. Links and what cannot be read are left out.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (kind, to) = (entry.file_type().expect("a kind"), to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &to);
        } else if kind.is_file() {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

/// All files below `folder` whose names have one of `endings`.
fn files(folder: &Path, endings: &[&str]) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if path.extension().is_some_and(|it| endings.iter().any(|ending| it == *ending)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Files of the rules' broken handbooks of which nothing is read, so that neither they nor what is wrong with them can
/// ever be old: nothing tells what else is in them, and a baseline that knew them would be a way to check nothing of a file.
const NEVER_OLD: [(&str, &[&str]); 10] = [
    ("unreadable-file/default", &["data/features.yml"]),
    (
        "unreadable-file/gitlab",
        &[
            "data/categories.yml",
            "data/features.yml",
            "data/redirects.yml",
            "source/direction/plan/index.html.md",
        ],
    ),
    ("yaml-syntax/default", &["data/features.yml", "data/rice.yml"]),
    (
        "yaml-syntax/gitlab",
        &[
            "data/categories.yml",
            "data/features.yml",
            "data/redirects.yml",
            "data/sections.yml",
            "data/stages.yml",
        ],
    ),
    (
        "yaml-syntax/sourcegraph",
        &[
            "data/code_hosts.yml",
            "data/cross-product_owners.yml",
            "data/deployment_options.yml",
            "data/glossary.yml",
            "data/guilds.yml",
            "data/maturity_levels.yml",
            "data/product_orgs.yml",
            "data/product_teams.yml",
            "data/team.yml",
            "data/use_cases.yml",
        ],
    ),
    ("merge-conflict/default", &["data/features.yml"]),
    ("wrong-type/default", &["data/features.yml"]),
    ("wrong-type/gitlab", &["data/redirects.yml"]),
    ("wrong-type/sourcegraph", &["data/guilds.yml"]),
    // All of it has to be under a key, which it does not have.
    ("missing-field/gitlab", &["data/features.yml"]),
];

/// On every broken handbook of the rules: a run after the baseline is clean, also with other lines above what
/// was found, and one more finding is reported. Of files of which nothing is read, all is reported as ever.
#[test]
fn on_every_handbook_the_baseline_knows_what_is_old_and_nothing_else() {
    let (mut handbooks, mut with_unread) = (0, 0);
    for rule in fs::read_dir(repository("fixtures/rules")).expect("fixtures") {
        for from in fs::read_dir(rule.expect("an entry").path()).expect("fixtures") {
            let from = from.expect("an entry").path();
            if !from.is_dir() {
                continue;
            }
            let unread = NEVER_OLD.iter().filter(|(handbook, _)| from.ends_with(handbook));
            let unread: Vec<&str> = unread.flat_map(|(_, files)| *files).copied().collect();
            handbooks += 1;
            with_unread += usize::from(!unread.is_empty());
            knows_what_is_old(&from, &unread);
        }
    }
    assert!(handbooks > 60);
    assert_eq!(with_unread, NEVER_OLD.len());
}

fn knows_what_is_old(from: &Path, unread: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    copy(from, root);
    let lint = |args: &[&str]| {
        pmctl(&[&["lint", "-C", ".", "--fail-on", "info", "--format", "json"], args].concat())
            .run_in(root)
    };
    let place = from.display();
    // What is left is of the files of which nothing is read, each of which is reported once.
    let is_left = |run: &Run| {
        let value = run.json();
        let left = value["diagnostics"].as_array().expect("a list").iter();
        let left: Vec<_> = left.map(|one| one["path"].as_str().expect("a path")).collect();
        assert_eq!(left, unread, "{place}");
        assert_eq!(run.code == 0, unread.is_empty(), "{place}");
    };
    let all = lint(&[]).rules().len();
    let run = lint(&["--write-baseline"]);
    is_left(&run);
    assert_eq!(run.json()["summary"]["baselined"], all - unread.len(), "{place}");
    // Where nothing is old there is no file.
    let text = fs::read(root.join(FILE)).ok();
    assert_eq!(text.is_some(), all > unread.len(), "{place}");
    let run = lint(&[]);
    is_left(&run);
    assert_eq!(run.stderr, "", "{place}");
    is_left(&lint(&["--write-baseline"]));
    assert_eq!(fs::read(root.join(FILE)).ok(), text, "{place}");

    let is_read = |file: &Path| !unread.iter().any(|unread| file.ends_with(unread));
    for file in files(root, &["yml", "md", "erb"]).iter().filter(|file| is_read(file)) {
        let text = fs::read(file).expect("a file");
        let top = if file.extension().is_some_and(|it| it == "yml") { "# New\n" } else { "\n" };
        fs::write(file, [top.as_bytes(), &text].concat()).expect("a file");
    }
    is_left(&lint(&[]));

    let last = files(root, &["yml", "md"]).into_iter().rfind(|file| is_read(file));
    let file = last.unwrap_or_else(|| root.join("README.md"));
    let is_data = file.extension().is_some_and(|it| it == "yml");
    let mut text = fs::read(&file).unwrap_or_default();
    text.extend(if is_data { &b"\n# pmctl-ignore\n"[..] } else { b"\n\n<!-- pmctl-ignore -->\n" });
    fs::write(&file, text).expect("a file");
    let value = lint(&[]).json();
    let found = value["diagnostics"].as_array().expect("a list").iter();
    let is_of_read = |path: &str| !unread.contains(&path);
    let new: Vec<_> = found
        .filter(|one| is_of_read(one["path"].as_str().expect("a path")))
        .map(|one| one["rule"].as_str().expect("a rule"))
        .collect();
    assert_eq!(new, ["suppression-malformed"], "{place}");
}

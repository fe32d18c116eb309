//! What fixes bring about: none turns a warning into an error, in whatever handbook.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{Handbook, pmctl, repository};
use serde_json::Value;

/// The findings in `folder`.
fn findings(folder: &Path, profile: &str) -> Vec<Value> {
    let args = ["lint", "--profile", profile, "--format", "json", "--exit-zero", "--no-git"];
    let run = pmctl(&args).run_in(folder);
    assert!(run.code == 0 || run.code == 2, "{run:#?}");
    run.json()["diagnostics"].as_array().expect("a list").clone()
}

fn text<'f>(finding: &'f Value, key: &str) -> &'f str {
    finding[key].as_str().expect("text")
}

/// The files below `folder`.
fn files(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => self::files(&path, files),
            false => _ = fs::read(&path).map(|text| files.insert(path, text)),
        }
    }
}

fn state(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    files(folder, &mut found);
    found
}

/// Fixes what is wrong in a copy of `handbook`.
fn check(handbook: &Path, profile: &str, with_unsafe: bool) {
    let folder = tempfile::tempdir().expect("a folder");
    let from = handbook.join(".");
    let done = Command::new("cp").arg("-r").arg(from).arg(folder.path()).status().expect("cp runs");
    assert!(done.success());
    let lint = ["lint", "--profile", profile, "--exit-zero", "--no-git"];
    if !pmctl(&lint).run_in(folder.path()).stdout.contains("can be fixed") {
        return;
    }
    let before = findings(folder.path(), profile);
    let mut args = vec!["lint", "--profile", profile, "--fix", "--exit-zero", "--no-git"];
    args.extend(with_unsafe.then_some("--unsafe-fixes"));
    let fix = || pmctl(&args).run_in(folder.path());
    let said = fix().stderr;
    let after = findings(folder.path(), profile);
    let says = format!("{} {profile}: {said}", handbook.display());
    let count = |findings: &[Value], severity: &str| {
        findings.iter().filter(|finding| text(finding, "severity") == severity).count()
    };
    assert!(count(&after, "error") <= count(&before, "error"), "{says}");
    let of = |findings: &[Value], rule: &str, path: &str| {
        let same =
            |finding: &&Value| text(finding, "rule") == rule && text(finding, "path") == path;
        findings.iter().filter(same).count()
    };
    for finding in &after {
        let (rule, path) = (text(finding, "rule"), text(finding, "path"));
        let is_new = of(&after, rule, path) > of(&before, rule, path);
        // An error that is gone may have hidden another finding.
        let hid = count(&before, "error") > count(&after, "error")
            || before
                .iter()
                .any(|old| text(old, "severity") == "error" && text(old, "path") == path);
        assert!(!is_new || hid, "{rule} in {path} is new: {says}");
    }
    let fixed = state(folder.path());
    let again = fix().stderr;
    assert!(!again.contains("\nfixed: ") && !again.starts_with("fixed: "), "{says}\n{again}");
    assert_eq!(state(folder.path()), fixed, "{says}");
}

/// All handbooks of the fixtures.
fn handbooks() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let folders = |folder: PathBuf| {
        let entries =
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
        folders.sort();
        folders
    };
    for rule in
        folders(repository("fixtures/rules")).into_iter().chain([repository("fixtures/good")])
    {
        for handbook in folders(rule) {
            let name = handbook.file_name().expect("a name").to_string_lossy().into_owned();
            let profile = name.split('-').next().unwrap_or_default().to_owned();
            found.push((handbook, profile));
        }
    }
    found
}

#[test]
fn safe_fixes_cause_no_error_in_any_handbook_of_the_fixtures() {
    for (handbook, profile) in handbooks() {
        check(&handbook, &profile, false);
    }
}

#[test]
fn unsafe_fixes_cause_no_error_in_any_handbook_of_the_fixtures() {
    for (handbook, profile) in handbooks() {
        check(&handbook, &profile, true);
    }
}

/// A handbook with a field whose name is nearly that of another, which cannot hold its value.
fn misnamed() -> Handbook {
    Handbook::new()
        .file("pmctl.toml", "profile = 'sourcegraph'\n")
        .file("data/product_teams.yml", "harbour:\n  title: Harbour\n")
        .file("data/team.yml", "ada:\n  name: Ada\n  role: PM\n  emails: [ada@harbour.example]\n")
        .file(
            "data/features.yml",
            "lamp:\n  title: Lamp\n  product_team: harbor\n  maturity: Viable\n  product_teem: [harbour]\n",
        )
}

#[test]
fn a_fix_that_would_turn_a_warning_into_an_error_is_not_made() {
    for narrowed in [&[][..], &["--rule", "unknown-field"], &["data/team.yml"]] {
        for way in [&["--dry-run"][..], &[]] {
            let handbook = misnamed();
            let args =
                [&["lint", "--fix", "--unsafe-fixes", "--exit-zero"], narrowed, way].concat();
            handbook.run(&args).exits(0);
            let team = fs::read_to_string(handbook.path("data/team.yml")).expect("a file");
            assert!(team.contains("emails: [ada@harbour.example]"), "{team}");
        }
    }
}

#[test]
fn what_is_left_costs_no_other_fix_of_the_file() {
    let handbook = misnamed();
    handbook.run(&["lint", "--fix", "--unsafe-fixes", "--exit-zero"]).exits(0);
    let features = fs::read_to_string(handbook.path("data/features.yml")).expect("a file");
    assert!(features.contains("product_team: harbour\n"), "{features}");
}

#[test]
fn a_heading_that_pages_link_is_not_renamed() {
    let after = |links: &str| {
        let handbook = Handbook::new();
        let from = repository("fixtures/rules/strategy-section-missing/sourcegraph/.");
        let done = Command::new("cp").arg("-r").arg(from).arg(handbook.path("")).status();
        assert!(done.expect("cp runs").success());
        let handbook = handbook.file("content/a.md", links);
        let fix = ["lint", "--profile", "sourcegraph", "--fix", "--unsafe-fixes", "--exit-zero"];
        let run = handbook.run(&fix).exits(0);
        let cause = "it would cause content/a.md:1 link-missing-anchor: ";
        assert_eq!(run.stderr.contains(cause), links.contains("#where"), "{}", run.stderr);
        let path = handbook.path("content/strategy-goals/strategy/tides/index.md");
        fs::read_to_string(path).expect("a page").contains("## Where we are now\n")
    };
    let page = "strategy-goals/strategy/tides";
    assert!(after("# A\n"));
    assert!(after(&format!("[one]({page}/index.md#goals) [two]({page}/index.md)\n")));
    assert!(!after(&format!("[one]({page}/index.md#where-we-are)\n")));
    assert!(!after(&format!("[one](/{page}#where-we-are)\n\n[two](/{page}#where-we-are)\n")));
}

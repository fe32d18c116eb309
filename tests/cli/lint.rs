//! `pmctl lint`: a handbook, a command, an answer.

use crate::common::{Handbook, pmctl, repository};

fn handbook() -> Handbook {
    Handbook::new()
        .file("data/categories.yml", "search:\n  name: Search\n  direction: direction/search/index.md\n")
        .file(
            "data/features.yml",
            "saved_searches:\n  title: Saved searches\n  category:\n    - serch\n  maturty: planned\n",
        )
}

#[test]
fn a_finding_shows_its_line_its_place_and_what_to_do() {
    handbook().run(&["lint", "--rule", "unknown-reference"]).exits(1).prints(
        "error[unknown-reference]: category `serch` does not exist
 --> data/features.yml:4:7
  |
4 |     - serch
  |       ^^^^^ no such key in data/categories.yml
  |
  = help: did you mean `search`?

2 files checked: 1 error
1 of them can be fixed with `--fix`
",
    );
}

#[test]
fn json_has_every_field_of_a_finding() {
    let run = handbook().run(&["lint", "--format", "json", "--rule", "unknown-reference"]).exits(1);
    let value = run.json();
    let mut finding = value["diagnostics"][0].clone();
    let fingerprint = finding["fingerprint"].take();
    assert_eq!(fingerprint.as_str().map(str::len), Some(32));
    assert_eq!(
        finding,
        serde_json::json!({
            "rule": "unknown-reference", "severity": "error", "path": "data/features.yml",
            "line": 4, "column": 7, "end_line": 4, "end_column": 12,
            "message": "category `serch` does not exist", "help": "did you mean `search`?",
            "fixable": true, "fingerprint": null, "related": [],
        })
    );
    assert_eq!(
        value["summary"],
        serde_json::json!({"errors": 1, "warnings": 0, "infos": 0, "files_checked": 2,
                           "suppressed": 0, "baselined": 0, "older": 0})
    );
}

/// The fingerprints of the findings in `features`, sorted.
fn fingerprints(features: &str, args: &[&str]) -> Vec<String> {
    let handbook = handbook().file("data/features.yml", features);
    let run = handbook.run(&[&["lint", "--format", "json"], args].concat());
    let all = run.json()["diagnostics"].as_array().expect("a list").clone();
    let mut all: Vec<String> =
        all.iter().map(|finding| finding["fingerprint"].to_string()).collect();
    all.sort();
    all
}

#[test]
fn a_fingerprint_survives_lines_that_move_and_wider_indents_but_not_another_text() {
    let before = fingerprints("a:\n  title: A\n  category:\n  - x\n  - x\n", &[]);
    let after = fingerprints(
        "# moved\r\n\r\na:\r\n\r\n  title: A\r\n  category:\r\n    -  x\r\n    - x\r\n",
        &[],
    );
    assert_eq!(before, after);
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    let other = fingerprints("a:\n  title: A\n  category:\n  - y\n  - y\n", &[]);
    assert!(other.iter().all(|fingerprint| !before.contains(fingerprint)));
}

#[test]
fn a_fingerprint_of_a_whole_file_is_made_of_its_path_alone() {
    let find = |features: &str| {
        let handbook = Handbook::new().file("data/features.yml", features);
        let args = ["lint", "--profile", "gitlab", "--format", "json", "--rule", "missing-field"];
        let finding = handbook.run(&args).json()["diagnostics"][0].clone();
        (finding["message"].to_string(), finding["fingerprint"].to_string())
    };
    let (before, after) = (find("devops_stages: {}\n"), find("# Moved.\ndevops_stages: {}\n"));
    assert_eq!((&before, before.0.as_str()), (&after, "\"this file has no key `features`\""));
    let handbook = Handbook::new().file("data/features.yml", [0xff]).file("data/teams.yml", [0xff]);
    let run = handbook.run(&["lint", "--format", "json"]).exits(2).json();
    assert_ne!(run["diagnostics"][0]["fingerprint"], run["diagnostics"][1]["fingerprint"]);
}

#[test]
fn a_fingerprint_is_the_same_tomorrow_and_whatever_the_message_says_of_the_same_place() {
    let page = "# Search\n\n**Last reviewed:** 2025-01-31\n";
    let handbook = handbook().file("direction/search/index.md", page);
    let find = |handbook: &Handbook, day: &str| {
        let args = ["lint", "--format", "json", "--today", day, "--rule", "review-overdue"];
        let finding = handbook.run(&args).json()["diagnostics"][0].clone();
        (finding["message"].to_string(), finding["fingerprint"].to_string())
    };
    let then = find(&handbook, "2025-10-01");
    assert_eq!(then, find(&handbook, "2026-01-31"));
    let handbook = handbook.file("pmctl.toml", "[review]\ncadence = '1 week'\n");
    let now = find(&handbook, "2026-01-31");
    assert_ne!(then.0, now.0);
    assert_eq!(then.1, now.1);
}

#[test]
fn rules_are_chosen_and_levelled_by_flags_over_the_configuration() {
    let handbook = handbook().file("pmctl.toml", "[lint.rules]\nunknown-field = 'error'\n");
    let rules = |args: &[&str]| {
        let run = handbook.run(&[&["lint", "--format", "json"], args].concat());
        (run.rules(), run.json()["summary"]["errors"].as_u64(), run.code)
    };
    let (field, reference) = ("unknown-field".to_owned(), "unknown-reference".to_owned());
    assert_eq!(rules(&[]), (vec![reference.clone(), field.clone()], Some(2), 1));
    assert_eq!(rules(&["--rule", "unknown-field"]), (vec![field.clone()], Some(1), 1));
    assert_eq!(rules(&["--allow", "unknown-reference"]), (vec![field.clone()], Some(1), 1));
    assert_eq!(rules(&["--warn", "unknown-reference", "--warn", "unknown-field"]).2, 0);
    assert_eq!(rules(&["--warn", "unknown-reference", "--deny", "unknown-reference"]).1, Some(2));
}

#[test]
fn an_unknown_rule_is_an_error_wherever_it_is_named() {
    let handbook = handbook();
    handbook
        .run(&["lint", "--rule", "unknown-feild"])
        .exits(2)
        .says("did you mean `unknown-field`?");
    handbook.run(&["lint", "--deny", "x"]).exits(2).says("`pmctl rules` lists them");
    let handbook = handbook.file("pmctl.toml", "[lint.rules]\nunknown-feild = 'error'\n");
    handbook.run(&["lint"]).exits(2).says("did you mean `unknown-field`?").says("[lint.rules]");
}

#[test]
fn the_exit_status_follows_the_worst_finding_and_the_flags() {
    let warned = Handbook::new().file("data/features.yml", "a:\n  title: A\n  titel: A\n");
    warned.run(&["lint"]).exits(0).prints("1 file checked: 1 warning");
    warned.run(&["lint", "--fail-on", "warning"]).exits(1);
    warned.run(&["lint", "--fail-on", "info"]).exits(1);
    warned.run(&["lint", "--fail-on", "warning", "--exit-zero"]).exits(0);
    warned.run(&["lint", "--fail-on", "loud"]).exits(2);
    let unreadable = warned.file("data/teams.yml", [0xff]);
    unreadable.run(&["lint", "--exit-zero"]).exits(2);
    unreadable.run(&["lint", "--allow", "unreadable-file"]).exits(0);
}

#[test]
fn paths_narrow_what_is_reported_but_not_what_is_read() {
    let handbook =
        handbook().file("data/teams.yml", "a:\n  titel: A\n").file("notes.txt", "Read me\n");
    let paths = |args: &[&str]| {
        let run = handbook.run(&[&["lint", "--format", "json"], args].concat());
        let all = run.json()["diagnostics"].as_array().expect("a list").clone();
        let mut paths: Vec<String> =
            all.iter().map(|finding| finding["path"].as_str().expect("text").to_owned()).collect();
        paths.dedup();
        (paths, run.json()["summary"]["files_checked"].as_u64())
    };
    let (features, teams) = ("data/features.yml".to_owned(), "data/teams.yml".to_owned());
    assert_eq!(paths(&["data"]), (vec![features.clone(), teams.clone()], Some(3)));
    assert_eq!(paths(&["data/features.yml"]), (vec![features.clone()], Some(1)));
    assert_eq!(paths(&["./data/../data/teams.yml"]), (vec![teams], Some(1)));
    assert_eq!(paths(&["notes.txt"]), (vec![], Some(0)));
    handbook.run(&["lint", "notes.txt"]).exits(0).says("`notes.txt` is no part of the handbook");
    handbook.run(&["lint", "data/feature.yml"]).exits(2).says("did you mean `data/features.yml`?");
    handbook.run(&["lint", "/"]).exits(2).says("outside the handbook");
}

#[test]
fn the_handbook_is_found_from_below_and_named_from_afar() {
    let handbook =
        handbook().file("pmctl.toml", "").file("direction/search/index.md", "# Search\n");
    let below = handbook.path("direction/search");
    pmctl(&["lint"]).run_in(&below).exits(1).prints("data/features.yml:4:7");
    let folder = handbook.path("");
    let folder = folder.to_str().expect("UTF-8");
    pmctl(&["-C", folder, "lint"]).run_in(&repository("")).exits(1);
    let elsewhere = Handbook::new().file("data/features.yml", "{}\n");
    let paths = ["lint", "data/features.yml", "-C", folder];
    pmctl(&paths).run_in(&elsewhere.path("")).exits(1).prints("data/features.yml:4:7");
    pmctl(&["lint", "-C", "nowhere"]).run_in(folder.as_ref()).exits(2).says("is no folder");
}

#[test]
fn a_folder_without_a_handbook_is_said_to_be_none() {
    Handbook::new().run(&["lint"]).exits(2).says("holds no handbook");
    let empty = Handbook::new().file("pmctl.toml", "");
    empty
        .run(&["lint"])
        .exits(2)
        .prints("`data/features.yml` cannot be judged: the file does not exist");
    let other = Handbook::new().file("notes.txt", "");
    other.run(&["lint", "--profile", "gitlab"]).exits(2).says("so nothing was checked");
}

#[test]
fn references_into_a_file_that_is_broken_are_not_judged() {
    let handbook = handbook().file("data/categories.yml", "search: [\n");
    let run = handbook.run(&["lint", "--format", "json"]).exits(1);
    assert_eq!(run.rules(), ["yaml-syntax", "unknown-field"]);
}

#[test]
fn today_comes_from_the_flag_then_from_the_variables() {
    let handbook = Handbook::new().file("data/features.yml", "{}\n").file(
        "data/categories.yml",
        "search:\n  name: Search\n  direction: x\n  documentation: x\n  maturity: minimal\n  \
         available: 2024-06-01\n",
    );
    let folder = handbook.path("");
    let run = |args: &[&str], name: &str, value: &str| {
        let call = pmctl(&[&["lint", "--format", "json"], args].concat()).env("PMCTL_TODAY", "");
        call.env(name, value).run_in(&folder)
    };
    assert_eq!(run(&["--today", "2024-05-31"], "X", "").exits(1).rules(), ["maturity-date-future"]);
    run(&["--today", "2024-06-01"], "PMCTL_TODAY", "2020-01-01").exits(0);
    run(&[], "PMCTL_TODAY", "2024-05-31").exits(1);
    run(&[], "SOURCE_DATE_EPOCH", "1717113600").exits(1);
    run(&[], "SOURCE_DATE_EPOCH", "1717200000").exits(0);
    run(&["--today", "31.5.2024"], "X", "").exits(2).says("write it as 2026-01-31");
}

#[test]
fn merge_keys_lend_fields_and_tools_are_no_fields() {
    let handbook = Handbook::new()
        .file("data/stages.yml", "stages: {}\n")
        .file("data/categories.yml", "unknown: {name: x, stage: x}\n")
        .file(
            "data/features.yml",
            "features:\n  - &base\n    title: A\n    category: [unknown]\n    gitlab_core: true\n    \
             github_com: false\n    gitlab_com: true\n  - <<: *base\n    title: B\n    \
             gitlab_stater: true\n",
        );
    let run = handbook.run(&[
        "lint",
        "--format",
        "json",
        "--rule",
        "unknown-field",
        "--rule",
        "missing-field",
    ]);
    assert_eq!(run.rules(), ["unknown-field"]);
    assert_eq!(run.json()["diagnostics"][0]["help"], "did you mean `gitlab_starter`?");
}

#[test]
fn levels_and_their_dates_can_be_the_handbooks_own() {
    let handbook = Handbook::new()
        .file(
            "pmctl.toml",
            "[maturity]\nlevels = ['idea', 'beta', 'live']\ndates = { beta = 'tried' }\n",
        )
        .file("data/features.yml", "{}\n")
        .file(
            "data/categories.yml",
            "search:\n  name: Search\n  direction: x\n  documentation: x\n  maturity: live\n  \
             tried: 2025-02-01\n  live: 2025-01-01\nboards:\n  name: Boards\n  direction: x\n  \
             maturity: viable\n",
        );
    let run = handbook.run(&["lint", "--format", "json"]).exits(1);
    assert_eq!(run.rules(), ["maturity-date-order", "invalid-value"]);
}

#[test]
fn the_result_is_the_same_for_any_number_of_threads() {
    let folder = repository("fixtures/rules/unknown-reference/gitlab");
    let run = |threads: &str| {
        pmctl(&["lint", "--format", "json"])
            .env("RAYON_NUM_THREADS", threads)
            .run_in(&folder)
            .stdout
    };
    assert_eq!(run("1"), run("8"));
}

#[test]
fn what_could_not_be_judged_is_said_whichever_rules_run() {
    let unreadable = Handbook::new().file("data/features.yml", [0xff]);
    unreadable.run(&["lint"]).exits(2);
    let run = unreadable.run(&["lint", "--rule", "missing-field"]).exits(2);
    run.says("`data/features.yml` was not judged: run the rule unreadable-file to see why");
    unreadable.run(&["lint", "--warn", "unreadable-file"]).exits(2);
    unreadable.run(&["lint", "--allow", "unreadable-file"]).exits(0).says("was not judged");
    let broken = Handbook::new().file("data/features.yml", "a: [");
    broken.run(&["lint", "--rule", "missing-field"]).exits(0).says("run the rule yaml-syntax");
}

#[test]
fn a_file_that_the_configuration_names_has_to_be_there() {
    let handbook = handbook().file("pmctl.toml", "[paths]\ncategories = 'dta/categories.yml'\n");
    handbook.run(&["lint"]).exits(2).prints("`dta/categories.yml` cannot be judged");
    let handbook = handbook.file("pmctl.toml", "required = ['teams']\n");
    handbook.run(&["lint"]).exits(2).prints("`data/teams.yml` cannot be judged");
    let handbook = handbook.file("pmctl.toml", "[[pages]]\nglob = '../**'\nkind = 'x'\n");
    handbook.run(&["lint"]).exits(2).says("matches nothing");
}

#[test]
fn an_emptied_file_is_one_finding_not_hundreds() {
    let handbook = handbook().file("data/categories.yml", "");
    let run = handbook.run(&["lint", "--format", "json", "--rule", "unknown-reference"]).exits(1);
    let findings = run.json()["diagnostics"].clone();
    assert_eq!(findings.as_array().map(Vec::len), Some(1));
    assert_eq!(findings[0]["path"], "data/categories.yml");
    assert_eq!(
        findings[0]["message"],
        "there is no category in this file, but 1 reference leads here"
    );
}

#[test]
fn a_name_cannot_write_lines_of_its_own() {
    let handbook = Handbook::new()
        .file("data/features.yml", "a: {title: A, category: [\"x\\nerror[fake]: hi\"]}\n")
        .file("data/categories.yml", "b: {name: B, direction: b}\n")
        .file("direction/x\nerror[fake-rule]: broken.md", "---\na: [\n---\n");
    let run = handbook.run(&["lint"]).exits(1);
    assert!(!run.stdout.lines().any(|line| line.starts_with("error[fake")), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn links_among_pages_are_judged_where_they_lead() {
    use std::os::unix::fs::symlink;
    let handbook = handbook().file("direction/a.md", "---\na: [\n---\n");
    symlink("nowhere.md", handbook.path("direction/b.md")).expect("a link");
    symlink("a.md", handbook.path("direction/c.md")).expect("a link");
    symlink("data", handbook.path("link")).expect("a link");
    let run = handbook.run(&["lint", "--format", "json", "direction"]).exits(2);
    assert_eq!(run.rules(), ["yaml-syntax", "unreadable-file"]);
    let run = handbook.run(&["lint", "--format", "json", "link/features.yml"]).exits(1);
    assert_eq!(run.rules(), ["unknown-reference", "unknown-field"]);
}

#[test]
fn many_findings_on_one_long_line_are_shown_in_parts() {
    let entries: Vec<String> = (0..3_000).map(|at| format!("wrong_{at}")).collect();
    let features = format!("a: {{title: A, category: [{}]}}\n", entries.join(", "));
    let column = features.find("wrong_2999").map_or(0, |at| at + 1);
    let handbook = handbook().file("data/features.yml", features);
    handbook.run(&["lint"]).exits(1).prints(&format!(
        "error[unknown-reference]: category `wrong_2999` does not exist\n --> data/features.yml:1:{column}\n"
    ));
}

//! What holds for every command: help, formats, where output goes, colours, closed pipes.

use std::process::{Command, Stdio};

use crate::common::{Handbook, pmctl, repository};

fn handbook() -> Handbook {
    Handbook::new().file("data/features.yml", "a:\n  title: A\n  titel: A\n")
}

#[test]
fn help_and_version_are_answers_and_wrong_words_are_errors() {
    let here = repository("");
    pmctl(&["--version"]).run_in(&here).exits(0).prints("pmctl ");
    pmctl(&["--help"]).run_in(&here).exits(0).prints("Check the handbook's data and pages");
    pmctl(&["lint", "--help"]).run_in(&here).exits(0).prints("--fail-on");
    pmctl(&[]).run_in(&here).exits(2);
    pmctl(&["lnit"]).run_in(&here).exits(2).says("lint");
    pmctl(&["lint", "--frmat", "json"]).run_in(&here).exits(2).says("--format");
}

#[test]
fn each_command_has_its_formats_and_says_so() {
    let handbook = handbook();
    handbook
        .run(&["lint", "--format", "jsn"])
        .exits(2)
        .says("it has text, json, github, gitlab, sarif, junit; did you mean `json`?");
    handbook.run(&["--format", "json", "lint"]).exits(0).prints("\"diagnostics\"");
    handbook.run(&["rules", "--format", "text"]).exits(2).says("it has table, json, csv, markdown");
}

#[test]
fn the_result_goes_to_the_file_that_is_asked_for() {
    let handbook = handbook();
    let run = handbook.run(&["lint", "-o", "report.txt"]).exits(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    let report = std::fs::read_to_string(handbook.path("report.txt")).expect("a report");
    assert!(report.starts_with("warning[unknown-field]"), "{report}");
    assert!(!report.contains('\u{1b}'));
    handbook.run(&["lint", "-o", "no/such/folder"]).exits(2).says("cannot be written");
}

#[test]
fn colours_are_for_terminals_or_for_those_who_insist() {
    let handbook = handbook();
    let folder = handbook.path("");
    let plain = handbook.run(&["lint"]).never_prints("\u{1b}");
    let colored = handbook.run(&["lint", "--color", "always"]).prints("\u{1b}[");
    // They say the same.
    assert_eq!(anstream::adapter::strip_str(&colored.stdout).to_string(), plain.stdout);
    pmctl(&["lint"]).env("CLICOLOR_FORCE", "1").run_in(&folder).prints("\u{1b}[");
    let call = pmctl(&["lint", "--color", "never"]).env("CLICOLOR_FORCE", "1");
    call.run_in(&folder).never_prints("\u{1b}");
}

#[test]
fn quiet_leaves_the_findings_and_verbose_says_what_is_read() {
    let handbook = handbook();
    handbook.run(&["lint", "-q"]).exits(0).prints("unknown-field").never_prints("checked");
    let run = handbook.run(&["lint", "-v", "--format", "json"]).says("kept as default");
    run.json();
    handbook.run(&["lint", "--profile", "gitlub"]).exits(2).says("did you mean `gitlab`?");
}

#[test]
fn what_is_found_decides_the_status_whoever_closes_the_pipe() {
    let features = (0..5_000).fold(String::new(), |text, key| text + &format!("f{key}:\n  x: 1\n"));
    let handbook = Handbook::new().file("data/features.yml", features);
    for (args, status) in [
        (&["lint"][..], 1),
        (&["lint", "--format", "json"], 1),
        (&["lint", "--rule", "unknown-field", "--fail-on", "info"], 1),
        (&["lint", "--rule", "unknown-field"], 0),
        (&["explain", "--all"], 0),
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pmctl"))
            .args(args)
            .current_dir(handbook.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("pmctl starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("an end");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(output.status.code(), Some(status), "{args:?}");
    }
}

/// The commands that `pmctl --help`, or that of a command, lists.
fn commands_of(handbook: &Handbook, command: &[&str]) -> Vec<String> {
    let help = handbook.run(&[command, &["--help"]].concat()).exits(0).stdout;
    let list = help.split("Commands:\n").nth(1).unwrap_or_default();
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !name.is_empty() && *name != "help").map(str::to_owned).collect()
}

#[test]
fn every_command_refuses_a_format_that_it_lacks_and_writes_nothing() {
    let idea = "ideas:\n  sail: {title: Sail, date: 2026-01-20, reach: 6, impact: 1, confidence: 80%, effort: 2}\n";
    let handbook = Handbook::new()
        .file("pmctl.toml", "profile = 'default'\n")
        .file("data/features.yml", "sails:\n  title: Sails\n")
        .file("data/rice.yml", idea)
        .file("direction/a.md", "# A\n\nLast reviewed: 2025-11-02\n");
    let calls: &[&[&str]] = &[
        &["lint"],
        &["lint", "--fix"],
        &["review-status"],
        &["review", "direction/a.md"],
        &["review", "direction/a.md", "--dry-run"],
        &["review", "plan"],
        &["rice"],
        &["rice", "explain", "sail"],
        &[
            "rice",
            "add",
            "oar",
            "--reach",
            "3",
            "--impact",
            "1",
            "--confidence",
            "80%",
            "--effort",
            "1",
        ],
        &["priority-matrix"],
        &["generate"],
        &["generate", "--check"],
        &["generate", "--list"],
        &["generators"],
        &["matrix", "rice_ranking"],
        &["classify", "--base", "HEAD"],
        &["rules"],
        &["explain", "wrong-type"],
        &["init"],
        &["config", "show"],
        &["schema"],
        &["schema", "features"],
        &["completions", "bash"],
        &["man", "pages"],
    ];
    // A command that is new has to be in the list.
    for name in commands_of(&handbook, &[]) {
        let below = commands_of(&handbook, &[&name]);
        let called = |rest: &[&str]| {
            let whole = [&[name.as_str()], rest].concat();
            calls.iter().any(|call| call.starts_with(&whole))
        };
        assert!(called(&[]), "{name}");
        assert!(below.iter().all(|below| called(&[below])), "{name}: {below:?}");
    }
    for call in calls {
        let run = handbook.run(&[call, &["--no-git", "--format", "nonsense"][..]].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{call:?}: {run:#?}");
        assert!(run.stderr.contains("format"), "{call:?}: {run:#?}");
    }
    let page = std::fs::read_to_string(handbook.path("direction/a.md")).expect("a page");
    assert!(page.contains("2025-11-02"), "{page}");
    assert_eq!(std::fs::read_to_string(handbook.path("data/rice.yml")).expect("a file"), idea);
    assert!(!handbook.path("pages").exists());
    // A form that would be right elsewhere is refused as well.
    handbook
        .run(&["explain", "wrong-type", "--format", "json"])
        .exits(2)
        .says("leave --format out");
}

#[test]
fn lists_of_rules_are_separated_by_commas() {
    let handbook =
        Handbook::new().file("data/features.yml", "sails:\n  title: no\n  x: 1\noars: {}\n");
    let rules = |args: &[&str]| {
        let mut rules = handbook.run(&[&["lint", "--format", "json"], args].concat()).rules();
        rules.sort_unstable();
        rules
    };
    assert_eq!(rules(&[]), ["missing-field", "unknown-field", "wrong-type"]);
    assert_eq!(rules(&["--rule", "wrong-type,unknown-field"]), ["unknown-field", "wrong-type"]);
    assert_eq!(rules(&["--allow", "wrong-type, unknown-field"]), ["missing-field"]);
    assert_eq!(rules(&["--off", "wrong-type,unknown-field"]), ["missing-field"]);
    handbook
        .run(&["lint", "--warn", "wrong-type,missing-field"])
        .exits(0)
        .prints("warning[wrong-type]");
    handbook.run(&["lint", "--deny", "unknown-field,missing-field"]).prints("error[unknown-field]");
    handbook.run(&["lint", "--rule", "wrong-type,nonsense"]).exits(2).says("`nonsense`");
}

#[test]
fn a_level_that_is_printed_can_be_written() {
    let handbook = Handbook::new().file("data/features.yml", "sails:\n  title: no\n");
    let rules = handbook.run(&["rules", "--format", "json"]).exits(0).json();
    let levels = rules["rules"].as_array().expect("a list").iter();
    let levels = levels.map(|rule| rule["level"].as_str().expect("text").to_owned());
    for level in levels.chain(["allow".to_owned()]) {
        let toml = format!("profile = 'default'\n[lint.rules]\nbroken-table = '{level}'\n");
        std::fs::write(handbook.path("pmctl.toml"), toml).expect("a file");
        handbook.run(&["lint"]).exits(1);
        let shown = if level == "allow" { "off" } else { &level };
        let run = handbook.run(&["config", "show", "lint.rules.broken-table", "--format", "json"]);
        assert_eq!(run.json()["settings"][0]["value"], shown);
    }
}

#[test]
fn a_merge_that_was_not_finished_is_named_in_the_configuration_too() {
    let toml = "profile = 'default'\n<<<<<<< HEAD\n[review]\n=======\n[rice]\n>>>>>>> autumn\n";
    let handbook = Handbook::new().file("pmctl.toml", toml);
    handbook.run(&["lint"]).exits(2).says("pmctl.toml:2:1").says("merge conflict");
}

#[test]
fn the_site_of_a_profile_is_shown_as_the_setting_that_it_is() {
    for profile in ["gitlab", "sourcegraph", "mattermost"] {
        let handbook = Handbook::new().file("pmctl.toml", format!("profile = '{profile}'\n"));
        let run = handbook.run(&["config", "show", "links.site", "--format", "json"]).exits(0);
        let setting = &run.json()["settings"][0];
        assert!(setting["value"].as_str().is_some_and(|site| site.contains(profile)), "{setting}");
        assert_eq!(setting["origins"][0]["kind"], "profile");
    }
}

#[test]
fn a_folder_that_is_named_by_a_point_is_named_in_the_message() {
    let handbook = handbook().file("direction/a.md", "# A\n");
    handbook.run(&["review", "."]).exits(2).says("`.` is a folder");
    handbook.run(&["review", "direction"]).exits(2).says("`direction` is a folder");
}

#[test]
fn a_closed_pipe_is_quiet() {
    let features = (0..5_000).fold(String::new(), |text, key| text + &format!("f{key}:\n  x: 1\n"));
    let handbook = Handbook::new().file("data/features.yml", features);
    for format in ["text", "json"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pmctl"))
            .args(["lint", "--exit-zero", "--format", format])
            .current_dir(handbook.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("pmctl starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("an end");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn a_configuration_that_is_wrong_names_its_line() {
    let handbook = handbook().file("pmctl.toml", "profile = 'default'\n\n[lint]\nruels = {}\n");
    handbook.run(&["lint"]).exits(2).says("pmctl.toml:4:1").says("ruels");
    let handbook =
        handbook.file("pmctl.toml", "").file("other.toml", "[paths]\nfeatures = 'x.yml'\n");
    handbook.run(&["lint", "--config", "other.toml"]).exits(2).prints("x.yml");
    handbook.run(&["lint", "--config", "none.toml"]).exits(2).says("none.toml");
}

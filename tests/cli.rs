//! What holds for every command: help, formats, where output goes, colours, closed pipes.

mod common;

use std::process::{Command, Stdio};

use common::{Handbook, pmctl, repository};

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
fn a_closed_pipe_is_a_quiet_success() {
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

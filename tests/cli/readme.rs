//! What the README shows is what the program prints. A line `...` in it stands for any lines, and `...` at the
//! end of a line for the rest of it.

use std::fs;

use crate::common::{pmctl, repository};

/// The `console` blocks of the README: each command with the output shown below it.
fn transcripts() -> Vec<(String, Vec<String>)> {
    let readme = fs::read_to_string(repository("README.md")).expect("the README");
    let mut transcripts: Vec<(String, Vec<String>)> = Vec::new();
    let mut is_inside = false;
    for line in readme.lines() {
        match line {
            "```console" => is_inside = true,
            "```" => is_inside = false,
            _ if !is_inside => {}
            _ => match (line.strip_prefix("$ "), transcripts.last_mut()) {
                (Some(command), _) => transcripts.push((command.to_owned(), Vec::new())),
                (None, Some((_, output))) => output.push(line.to_owned()),
                (None, None) => panic!("output without a command: {line}"),
            },
        }
    }
    transcripts
}

/// Whether `actual` is `shown`, in which `...` stands for any lines, or for the rest of one.
fn matches(shown: &[String], actual: &[&str]) -> bool {
    match shown.split_first() {
        None => actual.is_empty(),
        Some((line, rest)) if line == "..." => {
            (0..=actual.len()).any(|skipped| matches(rest, &actual[skipped..]))
        }
        Some((line, rest)) => actual
            .split_first()
            .is_some_and(|(first, others)| is_line(line, first) && matches(rest, others)),
    }
}

fn is_line(shown: &str, actual: &str) -> bool {
    shown.strip_suffix("...").map_or(actual == shown, |start| actual.starts_with(start))
}

#[test]
fn every_transcript_is_true() {
    let transcripts = transcripts();
    assert!(transcripts.len() >= 3);
    for (command, shown) in transcripts {
        let mut words = command.split(' ');
        assert_eq!(words.next(), Some("pmctl"), "{command}");
        let args: Vec<&str> = words.collect();
        let run = pmctl(&args).run_in(&repository(""));
        let actual: Vec<&str> = run.stdout.lines().collect();
        assert!(matches(&shown, &actual), "$ {command}\n{}", run.stdout);
    }
}

#[test]
fn ci_runs_the_two_commands_of_the_readme() {
    let readme = fs::read_to_string(repository("README.md")).expect("the README");
    let ci = fs::read_to_string(repository(".ci/run")).expect("the CI script");
    for command in ["cargo run --release -- -C examples/handbook lint", "cargo test"] {
        assert!(readme.contains(&format!("\n    {command}\n")), "{command} is not in the README");
    }
    assert!(ci.contains("\nstep cargo run --release --locked -- -C examples/handbook lint\n"));
    assert!(ci.contains("\nstep cargo test --locked\n"));
}

#[test]
fn the_readme_counts_what_there_is() {
    let readme = fs::read_to_string(repository("README.md")).expect("the README");
    let count = |args: &[&str], key: &str| {
        pmctl(args).run_in(&repository("")).stdout.matches(&format!("\"{key}\":")).count()
    };
    let rules = count(&["rules", "--format", "json"], "rule");
    let generators =
        count(&["generators", "-C", "examples/handbook", "--format", "json"], "generator");
    for sentence in [
        format!("There are {rules} rules."),
        format!("| lists the {rules} rules |"),
        format!("There are {generators} generators,"),
    ] {
        assert!(readme.contains(&sentence), "{sentence}");
    }
}

/// What `lint` finds in the example on the day `today`, which no day makes an error.
fn found_in_the_example(today: &str) -> Vec<String> {
    let run = pmctl(&["lint", "-C", "examples/handbook", "--format", "json", "--today", today]);
    run.run_in(&repository("")).exits(0).rules()
}

#[test]
fn the_example_warns_of_five_things_on_its_day() {
    let data = ["maturity-plan-missed", "documentation-missing", "inconsistent-spelling"];
    let pages = ["review-overdue", "review-overdue"];
    assert_eq!(found_in_the_example("2026-01-31"), [&data[..], &pages].concat());
}

#[test]
fn later_the_example_has_more_overdue_pages_and_stale_estimates_and_still_no_error() {
    for today in ["2026-11-22", "2035-06-30"] {
        let found = found_in_the_example(today);
        let (data, old) = found.split_at(3);
        assert_eq!(
            data,
            ["maturity-plan-missed", "documentation-missing", "inconsistent-spelling"]
        );
        let (pages, ideas): (Vec<&str>, Vec<&str>) =
            old.iter().map(String::as_str).partition(|rule| *rule == "review-overdue");
        assert!(pages.len() > 2, "{old:?}");
        assert_eq!(ideas, ["rice-stale"; 10]);
    }
}

//! `pmctl config show`: every setting with its value, and where that comes from.

use crate::common::{Handbook, pmctl, repository};
use serde_json::{Value, json};

fn handbook() -> Handbook {
    Handbook::new().file("data/features.yml", "a:\n  title: A\n").file(
        "pmctl.toml",
        "required = ['teams']\n\n[paths]\nteams = 'who/teams.yml'\n\n[review]\ndue_soon = '2 weeks'\n\n\
         [[pages]]\nglob = 'docs/*.md'\nkind = 'page'\n\n[lint.rules]\ntier-cascade = 'allow'\n",
    )
}

/// The setting `name` of what was printed as JSON.
fn setting<'j>(json: &'j Value, name: &str) -> &'j Value {
    let settings = json["settings"].as_array().expect("a list");
    let found = settings.iter().find(|setting| setting["setting"] == name);
    found.unwrap_or_else(|| panic!("there is no {name} in {json:#}"))
}

#[test]
fn every_value_has_its_line_its_profile_or_is_the_default() {
    let run = handbook().run(&["config", "show"]).exits(0);
    let line = |name: &str| {
        let line = run.stdout.lines().find(|line| line.split(' ').next() == Some(name));
        let words: Vec<&str> = line.unwrap_or_default().split_whitespace().collect();
        words.join(" ")
    };
    assert_eq!(line("paths.teams"), "paths.teams who/teams.yml pmctl.toml:4");
    assert_eq!(line("paths.features"), "paths.features data/features.yml profile default");
    assert_eq!(line("required"), "required features, teams profile default, pmctl.toml:1");
    assert_eq!(line("review.due_soon"), "review.due_soon 2 weeks pmctl.toml:7");
    assert_eq!(line("review.cadence"), "review.cadence 1 month default");
    assert_eq!(line("pages[1].glob"), "pages[1].glob docs/*.md pmctl.toml:10");
    assert_eq!(line("pages[1].reviewed"), "pages[1].reviewed true default");
    assert_eq!(line("pages[2].glob"), "");
    assert_eq!(line("lint.rules.tier-cascade"), "lint.rules.tier-cascade off pmctl.toml:14");
    assert_eq!(line("lint.rules.missing-field"), "lint.rules.missing-field error default");
    assert_eq!(line("profile"), "profile default the handbook's files");
}

#[test]
fn the_example_of_the_manual_is_a_configuration() {
    let manual = std::fs::read_to_string(repository("docs/configuration.md")).expect("the manual");
    let (_, rest) = manual.split_once("```toml\n").expect("an example");
    let (example, _) = rest.split_once("```\n").expect("its end");
    let run = Handbook::new()
        .file("product/features.yml", "a:\n  title: A\n")
        .file("data/teams.yml", "t:\n  title: T\n")
        .file("direction/index.md", "# Direction\n")
        .file("templates/direction.md", "# Direction\n")
        .file("templates/teams.md", "# Teams\n")
        .file("pmctl.toml", example)
        .run(&["lint", "--format", "json"]);
    assert_ne!(run.code, 2, "{}", run.stderr);
}

#[test]
fn json_keeps_types_and_tells_origins_apart() {
    let json = handbook().run(&["config", "show", "--format", "json"]).exits(0).json();
    assert_eq!(setting(&json, "required")["value"], json!(["features", "teams"]));
    assert_eq!(
        setting(&json, "required")["origins"],
        json!([
            {"kind": "profile", "profile": "default"},
            {"kind": "file", "path": "pmctl.toml", "line": 1}
        ])
    );
    assert_eq!(setting(&json, "pages[1].required")["value"], json!(false));
    assert_eq!(setting(&json, "rice.scales.impact")["value"], Value::Null);
    let flag =
        handbook().run(&["config", "show", "profile", "--format", "json", "--profile", "gitlab"]);
    // The profile of a flag has no `teams`, which the file names.
    flag.exits(2).says("the gitlab profile has no data file `teams`");
}

#[test]
fn every_key_that_a_configuration_may_have_is_shown() {
    // The schema is made of what the reader takes, so a new setting cannot be forgotten here.
    let schema = pmctl(&["schema", "config"]).run_in(&repository("")).exits(0).json();
    let shown = handbook().run(&["config", "show"]).exits(0).stdout;
    for key in schema["properties"].as_object().expect("keys").keys() {
        let is_shown = |line: &str| {
            line.strip_prefix(key.as_str()).is_some_and(|rest| rest.starts_with(['.', '[', ' ']))
        };
        assert!(shown.lines().any(is_shown), "{key} is not in\n{shown}");
    }
}

#[test]
fn only_what_is_asked_for_is_shown() {
    let handbook = handbook();
    let run = handbook.run(&["config", "show", "review", "pages[1]"]).exits(0);
    let names: Vec<&str> =
        run.stdout.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names.first(), Some(&"pages[1].cadence"));
    assert_eq!(names.last(), Some(&"review.due_soon"));
    assert!(names.iter().all(|name| name.starts_with("review.") || name.starts_with("pages[1].")));
    handbook.run(&["config", "show", "reviw"]).exits(2).says("did you mean `review`?");
    handbook.run(&["config", "show", "review.cadense"]).exits(2).says("`review.cadence`?");
    handbook.run(&["config", "show", "lint.rules.tier-cascad"]).exits(2).says("tier-cascade");
    handbook.run(&["config", "show", "xyz"]).exits(2).says("`pmctl config show` lists them");
    handbook.run(&["config", "shwo"]).exits(2).says("show");
}

#[test]
fn another_file_is_named_as_it_was_given() {
    let handbook = handbook().file("ci/strict.toml", "profile = 'default'\n");
    let run = handbook.run(&["config", "show", "profile", "--config", "ci/strict.toml"]).exits(0);
    run.prints("ci/strict.toml:1").never_prints("pmctl.toml");
    let run = handbook.run(&[
        "config",
        "show",
        "profile",
        "--config",
        "ci/strict.toml",
        "--profile",
        "gitlab",
    ]);
    run.exits(0).prints("gitlab").prints("--profile");
}

#[test]
fn what_cannot_be_used_is_not_shown() {
    let broken = Handbook::new().file("pmctl.toml", "[review]\ncadence = 'soon'\n");
    broken.run(&["config", "show"]).exits(2).says("pmctl.toml:2").says("`soon` is not an interval");
    let rule = Handbook::new().file("pmctl.toml", "[lint.rules]\ntier-cascad = 'allow'\n");
    rule.run(&["config", "show"]).exits(2).says("did you mean `tier-cascade`?");
    Handbook::new().run(&["config", "show"]).exits(2).says("holds no handbook");
    handbook().run(&["config", "show", "--format", "toml"]).exits(2).says("it has table, json");
}

#[test]
fn twelve_entries_stay_in_order() {
    let entries = (1..=12).fold(String::new(), |text, at| {
        text + &format!("[[pages]]\nglob = '{at}/*.md'\nkind = 'page'\n")
    });
    let handbook = Handbook::new().file("pmctl.toml", entries);
    let run = handbook.run(&["config", "show", "pages"]).exits(0);
    let globs: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.contains("].glob"))
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    let wanted: Vec<String> = (1..=12).map(|at| format!("{at}/*.md")).collect();
    assert_eq!(globs, wanted);
}

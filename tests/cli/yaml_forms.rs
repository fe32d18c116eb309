//! Data files as people write them: words that other programs read as something else, tabs, merges that
//! were not finished, keys that hold anchors, and files of which nothing can be read.

use crate::common::{Handbook, Run};

fn lint(features: &str) -> Run {
    lint_of(Handbook::new().file("data/features.yml", features))
}

fn lint_of(handbook: Handbook) -> Run {
    handbook.file("pmctl.toml", "profile = \"default\"\n").run(&["lint", "--format", "json"])
}

/// The findings as `line:column rule`.
#[track_caller]
fn places(run: &Run) -> Vec<String> {
    let value = run.json();
    let all = value["diagnostics"].as_array().expect("a list").clone();
    let place = |one: &serde_json::Value| {
        format!("{}:{} {}", one["line"], one["column"], one["rule"].as_str().expect("text"))
    };
    all.iter().map(place).collect()
}

#[track_caller]
fn finds(features: &str, places_of: &[&str]) {
    assert_eq!(places(&lint(features)), places_of, "{features}");
}

#[test]
fn a_text_that_others_read_as_something_else_has_to_be_quoted() {
    for word in [
        "no",
        "Off",
        "yes",
        "true",
        "22:22",
        "1_000",
        "1,000",
        "0x1F",
        "017",
        "1e3",
        ".inf",
        "1.10",
        "2022-11-05",
    ] {
        finds(&format!("sails:\n  title: {word}\n"), &["2:10 wrong-type"]);
        finds(&format!("sails:\n  title: '{word}'\n"), &[]);
        finds(&format!("sails:\n  title: \"{word}\"\n"), &[]);
        finds(&format!("sails:\n  title: !!str {word}\n"), &[]);
        finds(&format!("{word}:\n  title: Sails\n"), &["1:1 wrong-type"]);
        finds(&format!("'{word}':\n  title: Sails\n"), &[]);
    }
    for word in ["y", "404", "-1.5", "Norway", "1.2.3", "10:75", "none", "80%"] {
        finds(&format!("sails:\n  title: {word}\n"), &[]);
        finds(&format!("{word}:\n  title: Sails\n"), &[]);
    }
}

#[test]
fn a_word_for_nothing_is_no_title() {
    finds("sails:\n  title: ~\n", &["2:10 wrong-type"]);
    finds("sails:\n  title: Null\n  note: ~\n", &["2:10 wrong-type"]);
    finds("sails:\n  title:\n", &["1:1 missing-field"]);
}

#[test]
fn items_of_lists_and_keys_that_are_pointed_to_are_texts_too() {
    let teams = "crew:\n  title: Crew\n  issue_labels: [on, oars, ~, 0x10]\nno:\n  title: No\n";
    let features = "sails:\n  title: Sails\n  product_team: no\n";
    let handbook =
        Handbook::new().file("data/teams.yml", teams).file("data/features.yml", features);
    assert_eq!(
        places(&lint_of(handbook)),
        [
            "3:17 wrong-type",
            "3:18 wrong-type",
            "3:28 wrong-type",
            "3:31 wrong-type",
            "4:1 wrong-type",
            "5:10 wrong-type"
        ]
    );
}

#[test]
fn fields_that_hold_no_text_are_left_alone() {
    let categories = "boats:\n  name: Boats\n  marketing: true\n  viable: 2026-01-05\n  maturity: viable\n  documentation: https://docs.example.com\n";
    let rice = "ideas:\n  oars:\n    title: Oars\n    date: 2026-01-05\n    reach: 6.0\n    impact: 0.50\n    confidence: 80%\n    effort: 1.10\n";
    let handbook =
        Handbook::new().file("data/categories.yml", categories).file("data/rice.yml", rice);
    let run = lint_of(handbook);
    assert!(!run.rules().iter().any(|rule| rule == "wrong-type"), "{run:#?}");
}

#[test]
fn the_quotes_are_a_safe_fix() {
    let handbook = Handbook::new()
        .file("pmctl.toml", "profile = \"default\"\n")
        .file("data/features.yml", "no: # why\n  title: off\nsails: {title: 22:22, note: yes}\n");
    handbook.run(&["lint", "--fix"]).exits(0);
    let fixed = std::fs::read_to_string(handbook.path("data/features.yml")).expect("a file");
    assert_eq!(fixed, "'no': # why\n  title: 'off'\nsails: {title: '22:22', note: 'yes'}\n");
}

#[test]
fn a_tab_that_indents_is_reported_where_it_is() {
    for (features, place) in [
        ("sails:\n\ttitle: Sails\n", "2:1"),
        ("sails:\n \ttitle: Sails\n", "2:2"),
        ("sails:\n  title: Sails\n\tmaturity: viable\n", "3:1"),
        ("sails:\n  title: Sails\n \t maturity: viable\n", "3:2"),
        ("sails:\n  title: 'Sails'\n\tmaturity: viable\n", "3:1"),
        ("sails:\n  title:\n\t  Sails\n", "3:1"),
        ("sails:\n  title: Sails\n  category:\n  \t- a\n", "4:3"),
        ("sails:\n  title: Sails\n  category:\n  - a\n\t- b\n", "5:1"),
        ("sails:\n  title: Sails\n  note:\n  -\ta: b\n", "4:4"),
        ("sails:\n  title: Sails\n  note:\n  -\t- b\n", "4:4"),
        ("sails:\n  title: Sails\n\n\t\toars:\n", "4:1"),
        ("sails:\n  title: |\n\tSails\n", "3:1"),
        ("\tsails:\n\t  title: Sails\n", "1:1"),
        ("sails:\n  title: Sails\n\toars:\n\t\ttitle: Oars\n", "3:1"),
        // A line that is blank but for a tab ends a text of several lines.
        ("sails:\n  title: Sails\n  note: |\n    a\n\t\n    b\n", "5:1"),
        ("sails:\n  title: Sails\n  note: >\n    a\n\n  \t\n\t\n    b\n", "6:3"),
        ("sails:\r\n  title: Sails\r\n  note: |2\r\n    a\r\n\t\r\n    b\r\n", "5:1"),
        ("sails:\n  title: Sails\n  note:\n  - |\n    a\n\t\n    b\n", "6:1"),
        ("sails:\n  title: Sails\n  note: |\n    a\n\t# a remark\n    b\n", "5:1"),
        ("sails:\n  title: Sails\n  note: |\n    a\n  \tb\n", "5:3"),
        ("sails:\n  title: Sails\n  note: |\n    a\n\tb\n", "5:1"),
        ("sails:\n  title: Sails\n  note: |\n\t\n    b\n", "4:1"),
        ("sails:\n  title: Sails\n  note: a\n\tb\n", "4:1"),
        ("sails:\n  title: Sails\n  note: [a,\n\tb]\n", "4:1"),
        ("sails:\n  title: Sails\n  note: [\n    a\n\t]\n", "5:1"),
    ] {
        finds(features, &[&format!("{place} yaml-syntax")]);
    }
}

#[test]
fn tabs_that_indent_nothing_are_left_alone() {
    for features in [
        "sails:\n  title:\tSails\t# a sail\n",
        "sails:\n  title: Sails\n  note: |\n    a\n    \tkey: b\n",
        "sails:\n  title: Sails\n  note: |\n    a\n    \t- b\n",
        "sails:\n  title: Sails\n  note: >\n    a\n\n    \tb\n",
        "sails:\n  title: Sails\n  note: one\n   \ttwo\n",
        "sails:\n  title: Sails\n  note: 'one\n    \ttwo: three'\n",
        "sails:\n  title: Sails\n\t\n  note: x\n",
        "sails:\n  title: Sails\n  note: \"a\tb\"\n",
        "sails: {\n  title: Sails,\n  \tnote: x\n  }\n",
        "sails:\n  title: Sails\n  \t# a remark\n  note: x\n",
        "sails:\n  title: Sails\n  note: |\n    a\n    \t\n    b\n",
        "sails:\n  note: |\n    a\n\t\n  title: Sails\n",
        "sails:\n  title: Sails\n  note: |\n    a\n\t\n",
        "sails:\n  title: Sails\n  note: a\n\t\n    b\n",
        "sails: {title: Sails,\n\tnote: y}\n",
    ] {
        finds(features, &[]);
    }
    // A dash and a tab begin an item, and a remark is no list.
    finds("sails:\n  title: Sails\n  note:\n  -\ta\n", &["4:5 wrong-type"]);
}

#[test]
fn a_tab_is_not_blamed_for_other_errors() {
    for features in [
        "sails:\n  title: Sails\n  note: |\n    \tkey: b\n  x: [a\noars:\n  title: Oars\n",
        "sails:\n  title: Sails\n\t\n  note: [a\n",
        "sails:\n  title: Sails\n  note: x\n\t\n y: 1\n",
        "sails:\n  title: Sails\n\t# a remark\n   note: x\n",
    ] {
        let run = lint(features);
        assert_eq!(run.rules(), ["yaml-syntax"], "{features}");
        assert!(!run.stdout.contains("a tab indents"), "{run:#?}");
    }
}

#[test]
fn an_unfinished_merge_is_one_finding_that_says_so() {
    for features in [
        "sails:\n<<<<<<< HEAD\n  title: Sails\n=======\n  title: Sheets\n>>>>>>> autumn\n",
        "sails:\r\n<<<<<<< HEAD\r\n  title: Sails\r\n=======\r\n  title: S\r\n>>>>>>> autumn\r\n",
        "sails:\n<<<<<<< a\n  title: A\n||||||| b\n  title: B\n=======\n  title: C\n>>>>>>> c\n",
        "sails:\n  title: Sails\n>>>>>>> autumn\n",
        "sails:\n  title: Sails\n=======\n",
        "sails:\n  title: Sails\n<<<<<<< HEAD\n\toars:\n",
    ] {
        let run = lint(features).exits(1).prints("a merge conflict is not resolved here");
        assert_eq!(run.rules(), ["merge-conflict"], "{features}");
    }
}

#[test]
fn what_a_file_with_an_error_may_say_is_not_held_against_others() {
    let features = "sails:\n  title: Sails\n  product_team: crew\n  category: [boats]\n";
    for broken in [
        "<<<<<<< a\ncrew:\n  title: Crew\n=======\n>>>>>>> b\n",
        "other:\n  title: Other\n\tcrew:\n",
        "other:\n  title: Other\n---\ncrew:\n  title: Crew\n",
        "- title: Crew\n",
        "text\n",
        "crew: just a text\n",
        "crew: *nothing\n",
    ] {
        let handbook = Handbook::new()
            .file("data/features.yml", features)
            .file(
                "data/categories.yml",
                "boats:\n  name: Boats\n  direction: https://example.com/boats\n",
            )
            .file("data/teams.yml", broken);
        let run = lint_of(handbook);
        let value = run.json();
        let all = value["diagnostics"].as_array().expect("a list");
        let paths: Vec<&str> = all.iter().filter_map(|one| one["path"].as_str()).collect();
        assert_eq!(paths, ["data/teams.yml"], "{broken}: {run:#?}");
    }
}

#[test]
fn keys_that_begin_with_a_dot_hold_anchors() {
    let features = ".defaults: &defaults\n  maturity: viable\nsails:\n  <<: *defaults\n  title: Sails\noars:\n  <<: [*defaults]\n  title: Oars\n  maturity: plannd\n";
    finds(features, &["9:13 invalid-value"]);
    let stages = ".x: &x {section: dev}\nstages:\n  .y: &y\n    section: dev\n  sail:\n    <<: *x\n    display_name: Sail\n  row:\n    <<: *y\n    display_name: Row\n";
    let handbook = Handbook::new()
        .file("pmctl.toml", "profile = \"gitlab\"\n")
        .file("data/sections.yml", "dev:\n  name: Dev\n")
        .file("data/stages.yml", stages);
    let run = handbook.run(&["lint", "--format", "json"]);
    assert!(!run.stdout.contains("data/stages.yml"), "{run:#?}");
}

#[test]
fn a_file_of_which_nothing_is_read_is_in_no_baseline_and_nothing_silences_it() {
    for (features, rule) in [
        ("- title: Sails\n", "wrong-type"),
        ("text\n", "wrong-type"),
        ("sails:\n\ttitle: Sails\n", "yaml-syntax"),
        ("sails:\n  title: Sails\n=======\n", "merge-conflict"),
        ("a:\n  title: A\n---\nb:\n  title: B\n", "yaml-syntax"),
    ] {
        let silenced = format!("# pmctl-ignore-file {rule}: we know\n{features}");
        for content in [features, &silenced] {
            let handbook = Handbook::new()
                .file("pmctl.toml", "profile = \"default\"\n")
                .file("data/features.yml", content);
            handbook.run(&["lint", "--write-baseline"]).exits(1);
            let run = handbook.run(&["lint", "--format", "json"]).exits(1);
            assert!(run.rules().iter().any(|found| found == rule), "{content}: {run:#?}");
        }
        let handbook = Handbook::new().file("data/features.yml", features);
        handbook.run(&["init", "--ci", "none"]).says("`data/features.yml` cannot be judged");
        handbook.run(&["lint"]).exits(1);
    }
}

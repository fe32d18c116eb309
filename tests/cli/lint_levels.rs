//! Levels of rules for some paths, and for pages that are drafts.

use crate::common::Handbook;

/// A handbook with an error in a page, one in a page of the drafts, and `config` as its configuration.
fn handbook(config: &str) -> Handbook {
    let page = "# A\n\nLast reviewed: 2026-01-20\n\n{{generator:no_such}}\n";
    Handbook::new()
        .file("data/features.yml", "a:\n  title: A\n  colour: red\n")
        .file("direction/a.md", page)
        .file("direction/_drafts/b.md", page)
        .file("pmctl.toml", config)
}

/// Each finding as `path severity rule`.
fn lint(handbook: &Handbook, args: &[&str]) -> Vec<String> {
    let run = handbook.run(&[&["lint", "--format", "json"], args].concat());
    let value = run.json();
    let text =
        |finding: &serde_json::Value, key: &str| finding[key].as_str().expect("text").to_owned();
    let all = value["diagnostics"].as_array().expect("a list").iter();
    all.map(|it| format!("{} {} {}", text(it, "path"), text(it, "severity"), text(it, "rule")))
        .collect()
}

const FIELD: &str = "data/features.yml warning unknown-field";
const PAGE: &str = "direction/a.md error generator-unknown";
const DRAFT: &str = "direction/_drafts/b.md error generator-unknown";

#[test]
fn an_override_levels_rules_for_its_paths_only() {
    assert_eq!(lint(&handbook(""), &[]), [FIELD, DRAFT, PAGE]);
    let allowed = handbook(
        "[[lint.overrides]]\npaths = ['direction/_drafts/**']\nrules = { generator-unknown = 'allow' }\n",
    );
    assert_eq!(lint(&allowed, &[]), [FIELD, PAGE]);
    let several = handbook(
        "[[lint.overrides]]\npaths = ['data/*.yml', 'direction/a.md']\n\
         rules = { generator-unknown = 'info', unknown-field = 'error' }\n",
    );
    assert_eq!(
        lint(&several, &[]),
        ["data/features.yml error unknown-field", DRAFT, "direction/a.md info generator-unknown"]
    );
}

#[test]
fn a_later_override_goes_before_an_earlier_one_and_both_before_the_rest() {
    let config = "[lint.rules]\ngenerator-unknown = 'warning'\n\
        [[lint.overrides]]\npaths = ['direction/**']\nrules = { generator-unknown = 'allow' }\n\
        [[lint.overrides]]\npaths = ['**/_drafts/*']\nrules = { generator-unknown = 'info' }\n";
    assert_eq!(
        lint(&handbook(config), &[]),
        [FIELD, "direction/_drafts/b.md info generator-unknown"]
    );
}

#[test]
fn flags_go_before_overrides() {
    let handbook = handbook(
        "[[lint.overrides]]\npaths = ['direction/**']\nrules = { generator-unknown = 'allow' }\n",
    );
    assert_eq!(lint(&handbook, &["--deny", "generator-unknown"]), [FIELD, DRAFT, PAGE]);
    assert_eq!(lint(&handbook, &["--rule", "generator-unknown"]), [DRAFT, PAGE]);
    assert_eq!(lint(&handbook, &["--allow", "unknown-field"]), [""; 0]);
}

#[test]
fn an_override_can_switch_a_rule_on() {
    let off = "maturity-plan-missed = 'allow'";
    let category = "x:\n  name: X\n  direction: direction/a.md\n  maturity: planned\n  available: 2020-01-01\n";
    let run = |config: String| {
        let handbook = Handbook::new()
            .file("data/features.yml", "a:\n  title: A\n")
            .file("data/categories.yml", category)
            .file("direction/a.md", "# A\n\nLast reviewed: 2026-01-20\n")
            .file("pmctl.toml", config);
        lint(&handbook, &[])
    };
    assert_eq!(run(format!("[lint.rules]\n{off}\n")), [""; 0]);
    let on = |paths| {
        format!(
            "[lint.rules]\n{off}\n[[lint.overrides]]\npaths = ['{paths}']\nrules = {{ maturity-plan-missed = 'error' }}\n"
        )
    };
    assert_eq!(run(on("data/**")), ["data/categories.yml error maturity-plan-missed"]);
    assert_eq!(run(on("direction/**")), [""; 0]);
}

#[test]
fn what_an_override_names_has_to_exist() {
    handbook("[[lint.overrides]]\npaths = ['**']\nrules = { unknown-feild = 'allow' }\n")
        .run(&["lint"])
        .exits(2)
        .says("[[lint.overrides]]")
        .says("did you mean `unknown-field`?");
    for (paths, said) in [("[]", "names the paths"), ("['/data']", "relative"), ("['a{']", "a{")] {
        let run = handbook(&format!("[[lint.overrides]]\npaths = {paths}\nrules = {{}}\n"))
            .run(&["lint"]);
        run.exits(2).says(if said == "names the paths" { "paths is empty" } else { said });
    }
    handbook("[[lint.overrides]]\npath = ['x']\nrules = {}\n").run(&["lint"]).exits(2).says("path");
}

/// A handbook with a page that says `front_matter` and has an error, a warning and a remark.
fn draft(front_matter: &str, config: &str) -> Handbook {
    Handbook::new()
        .file("data/features.yml", "a:\n  title: A\n")
        .file(
            "direction/a.md",
            format!(
                "---\n{front_matter}\n---\n# A\n\nLast reviewed: 2026-1-20\n\n{{{{generator:x}}}}\n"
            ),
        )
        .file("pmctl.toml", config)
}

const AS_EVER: [&str; 2] =
    ["direction/a.md warning review-date-imprecise", "direction/a.md error generator-unknown"];
const SOFTER: [&str; 2] =
    ["direction/a.md info review-date-imprecise", "direction/a.md warning generator-unknown"];

#[test]
fn findings_in_drafts_are_softer() {
    assert_eq!(lint(&draft("title: A", ""), &[]), AS_EVER);
    for key in ["draft: true", "status: draft", "description: 50% DRAFT", "published: false"] {
        assert_eq!(lint(&draft(key, ""), &[]), SOFTER, "{key}");
    }
    assert_eq!(lint(&draft("draft: true", "[lint]\ndrafts = 'softer'\n"), &[]), SOFTER);
    assert_eq!(lint(&draft("draft: true", "[lint]\ndrafts = 'same'\n"), &[]), AS_EVER);
    assert_eq!(lint(&draft("draft: true", "[lint]\ndrafts = 'ignore'\n"), &[]), [""; 0]);
    draft("draft: true", "[lint]\ndrafts = 'hard'\n").run(&["lint"]).exits(2).says("softer");
    draft("draft: true", "").run(&["lint"]).exits(0);
}

#[test]
fn what_somebody_says_of_a_path_or_on_the_command_line_holds_for_drafts_too() {
    let handbook = draft("draft: true", "");
    assert_eq!(lint(&handbook, &["--deny", "generator-unknown"])[1], AS_EVER[1]);
    let handbook = draft(
        "draft: true",
        "[lint]\ndrafts = 'ignore'\n[[lint.overrides]]\npaths = ['direction/*']\nrules = { generator-unknown = 'error' }\n",
    );
    assert_eq!(lint(&handbook, &[]), [AS_EVER[1]]);
    let handbook = draft("draft: true", "[lint.rules]\ngenerator-unknown = 'error'\n");
    assert_eq!(lint(&handbook, &[])[1], SOFTER[1]);
}

#[test]
fn what_could_not_be_read_is_as_bad_in_a_draft() {
    for config in ["", "[lint]\ndrafts = 'ignore'\n"] {
        let handbook = draft("draft: true\ntitle: [\n# pmctl-ignore", config);
        let found = lint(&handbook, &[]);
        assert!(found.contains(&"direction/a.md error yaml-syntax".to_owned()), "{found:?}");
        let malformed = "direction/a.md error suppression-malformed".to_owned();
        assert!(found.contains(&malformed), "{found:?}");
    }
}

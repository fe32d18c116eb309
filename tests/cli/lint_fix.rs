//! `pmctl lint --fix`: what is mended, what is left, and that nothing else changes.

use std::fs;

use crate::common::git::Git;
use crate::common::{Handbook, pmctl};

/// The text of `path` in `handbook`.
fn text(handbook: &Handbook, path: &str) -> String {
    fs::read_to_string(handbook.path(path)).expect("the file is there")
}

const STAGES: &str = "stages:\n  create:\n    display_name: Create\n    section: dev\n    groups:\n      \
                      search:\n        name: Search\n        categories: [search, alerts, reports]\n";

/// A handbook whose categories need no page.
fn small() -> Handbook {
    Handbook::new().file("pmctl.toml", "[lint.rules]\ndirection-missing = 'allow'\n")
}

/// Categories with every mistake of spelling that can be mended in a data file.
const CATEGORIES: &str = "# What we build.
search:
  name: Search
  stage: 'Create'   # where it belongs
  maturity: \"Loveable\" # so far
  available: 2025-1-5
  opportunity: core
  instrumentation: not_needed
  ux_scorecard_score: b+
  dogfooding_status: {text}
alerts: {name: Alerts, stage: creat, maturity: minimal, available: 2025-03-01, priority_level: High}
reports:
  name: Reports
  stage: create
  maturity: minimal
  available: 2025-03-01
  priority_level: high
maps:
  name: Maps
  stage: create
  maturity: minimal
  available: 2025-03-01
  priority_level: high
";

const MENDED: &str = "# What we build.
search:
  name: Search
  stage: 'create'   # where it belongs
  maturity: \"lovable\" # so far
  available: 2025-01-05
  opportunity: Core
  instrumentation: Not needed
  ux_scorecard_score: B+
  dogfooding_status: {text}
alerts: {name: Alerts, stage: create, maturity: minimal, available: 2025-03-01, priority_level: high}
reports:
  name: Reports
  stage: create
  maturity: minimal
  available: 2025-03-01
  priority_level: high
maps:
  name: Maps
  stage: create
  maturity: minimal
  available: 2025-03-01
  priority_level: high
";

const SPELLING: [&str; 9] = [
    "lint",
    "--rule",
    "invalid-value",
    "--rule",
    "wrong-type",
    "--rule",
    "inconsistent-spelling",
    "--rule",
    "unknown-reference",
];

fn misspelt() -> Handbook {
    Handbook::new()
        .file("data/sections.yml", "dev:\n  name: Dev\n")
        .file("data/stages.yml", STAGES)
        .file("data/categories.yml", CATEGORIES.replace("{text}", "limited"))
}

fn fix(more: &[&'static str]) -> Vec<&'static str> {
    [&SPELLING[..], &["--fix"], more].concat()
}

#[test]
fn spelling_is_mended_in_its_quotes_and_nothing_else_changes() {
    let handbook = misspelt();
    handbook
        .run(&fix(&[]))
        .exits(0)
        .prints("3 files checked, nothing to report\n")
        .says("fixed: data/categories.yml:4 unknown-reference: stage `Create` does not exist\n")
        .says("fixed: data/categories.yml:6 wrong-type: ")
        .says(
            "fixed: data/categories.yml:11 inconsistent-spelling: `priority_level` is spelt `High`",
        );
    assert_eq!(text(&handbook, "data/categories.yml"), MENDED.replace("{text}", "limited"));
    assert_eq!(text(&handbook, "data/stages.yml"), STAGES);
}

#[test]
fn line_endings_and_the_byte_order_mark_stay() {
    let foreign = |text: &str| {
        let text = text.replace("{text}", "limité 🙂").replace('\n', "\r\n");
        format!("\u{feff}{}", text.trim_end())
    };
    let handbook = misspelt().file("data/categories.yml", foreign(CATEGORIES));
    handbook.run(&fix(&[])).exits(0);
    assert_eq!(text(&handbook, "data/categories.yml"), foreign(MENDED));
}

#[test]
fn twice_is_once() {
    let handbook = misspelt();
    handbook.run(&fix(&[])).exits(0);
    let once = text(&handbook, "data/categories.yml");
    let again = handbook.run(&fix(&[])).exits(0);
    assert_eq!(again.stderr, "");
    assert_eq!(text(&handbook, "data/categories.yml"), once);
}

#[test]
fn a_dry_run_prints_a_diff_that_git_applies_and_changes_nothing() {
    let git = Git::new();
    git.write("data/sections.yml", "dev:\n  name: Dev\n").write("data/stages.yml", STAGES);
    let crlf = |text: &str| text.replace("{text}", "limited").replace('\n', "\r\n");
    git.write("data/categories.yml", crlf(CATEGORIES));
    git.commit("2026-01-01T12:00:00Z");
    let run = pmctl(&fix(&["--dry-run"])).run_in(git.root()).exits(1);
    assert!(run.stdout.starts_with("--- a/data/categories.yml\n+++ b/data/categories.yml\n@@ "));
    let run = run
        .prints("\n-  available: 2025-1-5\r\n")
        .says("would fix: data/categories.yml:6 wrong-type: ");
    let read = || fs::read_to_string(git.path("data/categories.yml")).expect("the file");
    assert_eq!(read(), crlf(CATEGORIES));
    git.write("../changes.diff", &run.stdout);
    git.run(&["apply", "../changes.diff"]);
    assert_eq!(read(), crlf(MENDED));
    pmctl(&fix(&["--dry-run"])).run_in(git.root()).exits(0).says("there is nothing to fix");
}

#[test]
fn a_dry_run_has_no_other_format_and_the_flags_need_each_other() {
    let handbook = misspelt();
    handbook.run(&fix(&["--dry-run", "--format", "json"])).exits(2).says("leave --format out");
    handbook.run(&["lint", "--dry-run"]).exits(2).says("--fix");
    let report = ["--dry-run", "--report", "sarif=out.sarif"];
    handbook.run(&fix(&report)).exits(2).says("cannot be used with");
    handbook.run(&["lint", "--unsafe-fixes"]).exits(2).says("--fix");
    for baseline in ["--write-baseline", "--prune-baseline"] {
        handbook.run(&["lint", baseline, "--dry-run"]).exits(2).says("cannot be used with");
        handbook.run(&["lint", baseline, "--unsafe-fixes"]).exits(2).says("cannot be used with");
    }
    assert!(!handbook.path(".pmctl-baseline.json").exists());
    assert_eq!(text(&handbook, "data/categories.yml"), CATEGORIES.replace("{text}", "limited"));
}

#[test]
fn what_needs_a_look_is_mended_on_demand_alone_and_what_that_brings_to_light_too() {
    let features = "saved:\n  title: Saved\n  categry: [serch]  # later\n";
    let handbook = small()
        .file("data/categories.yml", "search:\n  name: Search\n")
        .file("data/features.yml", features);
    handbook
        .run(&["lint"])
        .prints("1 of them can be fixed with `--fix --unsafe-fixes`; look at what comes of it\n");
    let left = handbook.run(&["lint", "--fix"]).prints("`categry` is no field of a feature");
    assert_eq!(
        (left.stderr.as_str(), text(&handbook, "data/features.yml").as_str()),
        ("", features)
    );
    handbook
        .run(&["lint", "--fix", "--unsafe-fixes"])
        .exits(0)
        .says("unknown-field: `categry` is no field")
        .says("unknown-reference: category `serch` does not exist");
    let mended = "saved:\n  title: Saved\n  category: [search]  # later\n";
    assert_eq!(text(&handbook, "data/features.yml"), mended);
}

#[test]
fn what_is_left_is_reported_and_makes_the_exit_status() {
    let handbook = small()
        .file("data/categories.yml", "search:\n  name: Search\nalerts:\n  name: Alerts\n")
        .file(
            "data/features.yml",
            "saved:\n  title: Saved\n  category: [serch, weather, Alerts]\n",
        );
    let run = handbook.run(&["lint", "--format", "json"]).exits(1);
    let fixable = |at: usize| run.json()["diagnostics"][at]["fixable"].clone();
    assert_eq!([fixable(0), fixable(1), fixable(2)], [true, false, true]);
    let run = handbook.run(&["lint", "--fix", "--format", "json"]).exits(1);
    assert_eq!(run.rules(), ["unknown-reference"]);
    assert_eq!(run.json()["diagnostics"][0]["message"], "category `weather` does not exist");
    assert_eq!(
        text(&handbook, "data/features.yml"),
        "saved:\n  title: Saved\n  category: [search, weather, alerts]\n"
    );
}

#[test]
fn only_what_is_reported_is_mended() {
    let wrong = "saved:\n  title: Saved\n  category: [serch]\n";
    let handbook = small()
        .file("data/categories.yml", "search:\n  name: Search\n  maturity: Planned\n")
        .file("data/features.yml", wrong);
    handbook.run(&["lint", "--fix", "data/categories.yml"]).exits(0);
    assert_eq!(text(&handbook, "data/features.yml"), wrong);
    assert!(text(&handbook, "data/categories.yml").contains("maturity: planned"));
    handbook.run(&["lint", "--fix", "--allow", "unknown-reference"]).exits(0);
    assert_eq!(text(&handbook, "data/features.yml"), wrong);
    let quiet = handbook.run(&["lint", "--fix", "-q"]).exits(0);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
    assert!(text(&handbook, "data/features.yml").contains("[search]"));
}

#[test]
fn one_of_two_near_keys_is_not_chosen_and_other_numbers_and_letters_are_no_slips() {
    let features = "a:\n  title: A\n  category: [mapz, tier_2, team_b]\n";
    let handbook = Handbook::new()
        .file(
            "data/categories.yml",
            "maps:\n  name: Maps\nmapx:\n  name: X\ntier_1:\n  name: T\nteam_a:\n  name: U\n",
        )
        .file("data/features.yml", features);
    handbook
        .run(&["lint", "--fix"])
        .exits(1)
        .prints("2 of them can be fixed with `--fix --unsafe-fixes`; look at what comes of it\n");
    assert_eq!(text(&handbook, "data/features.yml"), features);
    handbook.run(&["lint", "--fix", "--unsafe-fixes"]).exits(1).prints("category `mapz`");
    assert!(text(&handbook, "data/features.yml").contains("[mapz, tier_1, team_a]"));
}

#[test]
fn a_value_that_cannot_be_replaced_is_left_with_its_reason() {
    let categories = "search:\n  name: Search\n  maturity: &level Planned\nalerts:\n  name: Alerts\n  maturity: \
                      *level\nmaps:\n  name: Maps\n  maturity: >-\n    Planned\nroutes:\n  name: Routes\n  \
                      maturity: !!str Planned\ntides:\n  name: Tides\n  maturity: Planned\n";
    let handbook =
        Handbook::new().file("data/features.yml", "{}\n").file("data/categories.yml", categories);
    handbook
        .run(&["lint", "--rule", "invalid-value", "--fix"])
        .exits(1)
        .says("fixed: data/categories.yml:16 invalid-value: ")
        .says("not fixed: data/categories.yml:3 invalid-value: ")
        .says("this value has an anchor")
        .says("this value is a block of lines")
        .says("this value has a tag")
        .never_prints("can be fixed");
    let mended = categories.replace("maturity: Planned\n", "maturity: planned\n");
    assert_eq!(text(&handbook, "data/categories.yml"), mended);
}

#[test]
fn two_keys_that_mean_one_field_do_not_become_the_same() {
    let features = "a:\n  titel: A\n  tilte: B\n";
    let handbook = Handbook::new().file("data/features.yml", features);
    let args = ["lint", "--rule", "unknown-field", "--fix", "--unsafe-fixes"];
    handbook
        .run(&args)
        .says("fixed: data/features.yml:2 unknown-field")
        .prints("`tilte` is no field of a feature");
    assert_eq!(text(&handbook, "data/features.yml"), "a:\n  title: A\n  tilte: B\n");
    handbook.run(&args);
    assert_eq!(text(&handbook, "data/features.yml"), "a:\n  title: A\n  tilte: B\n");
}

#[test]
fn dates_get_their_zeros_where_pages_keep_them_and_months_no_day() {
    let page =
        |date: &str| format!("---\ntitle: x: y # broken\n---\n\n# Maps\n\nLast reviewed: {date}\n");
    let front =
        |date: &str| format!("---\ntitle: Maps\nlast_reviewed_on: {date} # by us\n---\n\n# Maps\n");
    let handbook = Handbook::new()
        .file("pmctl.toml", "profile = 'default'\n")
        .file("data/features.yml", "{}\n")
        .file("direction/maps.md", page("2026-1-5"))
        .file("direction/routes.md", front("2026-1-5"))
        .file("direction/tides.md", page("2026-01"));
    handbook
        .run(&["lint", "--rule", "review-date-imprecise", "--fix", "--fail-on", "warning"])
        .exits(1)
        .says("fixed: direction/maps.md:7 review-date-imprecise")
        .prints("has no day");
    assert_eq!(text(&handbook, "direction/maps.md"), page("2026-01-05"));
    assert_eq!(text(&handbook, "direction/routes.md"), front("2026-01-05"));
    assert_eq!(text(&handbook, "direction/tides.md"), page("2026-01"));
}

#[test]
fn loveable_loses_its_letter_and_no_level_changes() {
    let categories = "maps:\n  name: Maps\n  maturity: lovable\n  direction: direction/maps.md\nroutes:\n  name: \
                      Routes\n  maturity: viable\n  direction: direction/routes.md\n";
    let page = |name: &str, level: &str| {
        format!("# {name}\n\n## Maturity\n\n{name} is at the **{level}** level.\n")
    };
    let handbook = Handbook::new()
        .file(
            "pmctl.toml",
            "profile = 'default'\n[maturity]\nlevels = ['planned', 'viable', 'lovable']\n",
        )
        .file("data/features.yml", "{}\n")
        .file("data/categories.yml", categories)
        .file("direction/maps.md", page("Maps", "LOVEABLE"))
        .file("direction/routes.md", page("Routes", "Loveable"));
    handbook
        .run(&["lint", "--rule", "page-maturity-drift", "--fix"])
        .says("fixed: direction/maps.md:5 page-maturity-drift")
        .prints("this page states the maturity `lovable`, but by the data `routes` is `viable`");
    assert_eq!(text(&handbook, "direction/maps.md"), page("Maps", "LOVABLE"));
    assert_eq!(text(&handbook, "direction/routes.md"), page("Routes", "Loveable"));
}

#[cfg(unix)]
#[test]
fn a_file_behind_a_link_is_refused_and_costs_no_other() {
    let handbook = Handbook::new()
        .file("data/features.yml", "a:\n  title: A\n  maturity: Planned\n")
        .file("shared/categories.yml", "maps:\n  name: Maps\n  maturity: Planned\n");
    let link = handbook.path("data/categories.yml");
    std::os::unix::fs::symlink("../shared/categories.yml", link).expect("a link");
    handbook
        .run(&["lint", "--rule", "invalid-value", "--fix"])
        .exits(2)
        .says("error: `data/categories.yml` is reached through the symbolic link")
        .says("fixed: data/features.yml:3 invalid-value")
        .prints("data/categories.yml:3:");
    assert!(text(&handbook, "shared/categories.yml").contains("Planned"));
    assert!(text(&handbook, "data/features.yml").contains("planned"));
}

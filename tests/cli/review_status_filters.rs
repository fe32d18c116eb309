//! `pmctl review-status`: which pages it shows.

use crate::common::Handbook;

/// GitLab's way: section `orchard` > stage `grow` > groups `water` and `soil` > categories.
fn gitlab() -> Handbook {
    Handbook::new()
        .file(
            "data/sections.yml",
            "orchard:\n  name: Orchard\n  pm: Ada Pear\n  direction: /direction/orchard/\n",
        )
        .file(
            "data/stages.yml",
            "\
stages:
  grow:
    display_name: Grow
    section: orchard
    pm: Bo Plum
    direction: /direction/grow/
    groups:
      water:
        name: Water
        pm: Cy Quince (Acting)
        categories: [rain]
      soil:
        name: Soil
        pm: TBD
        categories: [compost]
  press:
    display_name: Press
    groups: {}
",
        )
        .file(
            "data/categories.yml",
            "rain:\n  name: Rain\n  stage: grow\n  direction: /direction/grow/rain/\n\
             compost:\n  name: Compost\n  stage: grow\n  direction: /direction/grow/compost/\n",
        )
        .file(".gitlab/CODEOWNERS", "/source/direction/ @orchard/Leads\n")
        .file("source/direction/index.html.md", "# All\n\nLast reviewed: 2025-09-01\n")
        .file("source/direction/orchard/index.html.md", "# Orchard\n\nLast reviewed: 2025-10-01\n")
        .file("source/direction/grow/index.html.md", "# Grow\n\nLast reviewed: 2025-11-01\n")
        .file("source/direction/grow/rain/index.html.md", "# Rain\n\nLast reviewed: 2026-01-05\n")
        .file("source/direction/grow/compost/index.html.md", "# Compost\n")
}

/// The folders of the pages that are shown.
#[track_caller]
fn shown(handbook: &Handbook, args: &[&str]) -> Vec<String> {
    let run = handbook.run(&[&["review-status", "--format", "json"], args].concat()).exits(0);
    let run = run.json();
    let paths = run["pages"].as_array().expect("a list").iter();
    let paths = paths.map(|page| page["path"].as_str().expect("text"));
    let name = |path: &str| {
        let path = path.trim_start_matches("source/direction/");
        path.trim_end_matches("index.html.md").trim_end_matches('/').to_owned()
    };
    paths.map(name).collect()
}

#[test]
fn an_owner_is_known_by_any_spelling() {
    let handbook = gitlab();
    for name in ["Cy Quince", "cy quince", "CyQuince", " cy_quince", "@cy-quince"] {
        assert_eq!(shown(&handbook, &["--owner", name]), ["grow/rain"], "{name:?}");
    }
    for name in ["@orchard/Leads", "orchard/leads", "@ORCHARD/LEADS"] {
        assert_eq!(shown(&handbook, &["--owner", name]), [""], "{name:?}");
    }
    assert_eq!(shown(&handbook, &["--owner", "Bo Plum"]), ["grow", "grow/compost"]);
}

#[test]
fn an_area_is_a_section_a_stage_a_group_or_a_category() {
    let handbook = gitlab();
    let area = |key| shown(&handbook, &["--area", key]);
    assert_eq!(area("orchard"), ["orchard", "grow", "grow/rain", "grow/compost"]);
    assert_eq!(area("grow"), ["grow", "grow/rain", "grow/compost"]);
    assert_eq!(area("water"), ["grow/rain"]);
    assert_eq!(area("compost"), ["grow/compost"]);
    assert_eq!(area("press"), [""; 0], "the stage is there, if without pages");
    handbook.run(&["review-status", "--area", "press"]).exits(0).prints("no page matches\n");
}

#[test]
fn an_area_is_a_team_too() {
    let handbook = Handbook::new()
        .file(
            "data/product_teams.yml",
            "pickers:\n  title: Pickers\n  pm: ada\n  strategy_link: /strategy-goals/strategy/pickers/index.md\n\
             packers:\n  title: Packers\n  pm: ada\n",
        )
        .file("data/team.yml", "ada:\n  name: Ada Pear\n  role: PM\n")
        .file("content/strategy-goals/strategy/pickers/index.md", "# Pickers\n")
        .file("content/strategy-goals/strategy/other.md", "# Other\n");
    let index = "content/strategy-goals/strategy/pickers/index.md";
    assert_eq!(shown(&handbook, &["--area", "pickers"]), [index]);
    assert_eq!(shown(&handbook, &["--area", "packers"]), [""; 0]);
    assert_eq!(shown(&handbook, &["--owner", "ada pear"]), [index]);
}

#[test]
fn filters_narrow_together() {
    let handbook = gitlab();
    assert_eq!(shown(&handbook, &["--status", "due-soon,missing"]), ["grow/rain", "grow/compost"]);
    let both = ["--status", "missing", "--status", "overdue", "--area", "grow"];
    assert_eq!(shown(&handbook, &both), ["grow", "grow/compost"]);
    assert_eq!(shown(&handbook, &["--owner", "Bo Plum", "--status", "overdue"]), ["grow"]);
    assert_eq!(shown(&handbook, &["--due-before", "2025-12-01"]), ["", "orchard"]);
    assert_eq!(shown(&handbook, &["--due-before", "2025-12-02"]), ["", "orchard", "grow"]);
    assert_eq!(shown(&handbook, &["--kind", "direction"]).len(), 5);
    handbook
        .run(&["review-status", "--area", "grow"])
        .prints("3 pages: 2 carry a review date (67%)");
}

#[test]
fn a_kind_is_one_of_the_configuration() {
    let handbook = gitlab().file(
        "pmctl.toml",
        "[[pages]]\nglob = 'source/direction/*/index.html.md'\nkind = 'stage'\n\
         [[pages]]\nglob = 'source/direction/**'\nkind = 'category'\n",
    );
    assert_eq!(shown(&handbook, &["--kind", "stage"]), ["orchard", "grow"]);
    let rest = ["", "grow/rain", "grow/compost"];
    assert_eq!(shown(&handbook, &["--kind", "category"]), rest);
    handbook.run(&["review-status", "--kind", "stages"]).exits(2).says("did you mean `stage`?");
}

#[test]
fn paths_are_files_and_folders() {
    let handbook = gitlab();
    assert_eq!(shown(&handbook, &["source/direction/grow"]), ["grow", "grow/rain", "grow/compost"]);
    let two = ["source/direction/index.html.md", "source/direction/grow/rain"];
    assert_eq!(shown(&handbook, &two), ["", "grow/rain"]);
    assert_eq!(
        shown(&handbook, &["source/direction/grow", "--status", "missing"]),
        ["grow/compost"]
    );
    assert_eq!(shown(&handbook, &["data"]), [""; 0]);
    let run = handbook.run(&["review-status", "source/direction/gro"]).exits(2);
    run.says("there is no source/direction/gro; did you mean `source/direction/grow`?");
}

#[test]
fn a_filter_that_can_match_nothing_is_a_mistake() {
    let handbook = gitlab();
    let said = |args: &[&str], text: &str| {
        handbook.run(&[&["review-status"], args].concat()).exits(2).says(text);
    };
    said(&["--owner", "Bo Plumm"], "no page has the owner `Bo Plumm`; did you mean `Bo Plum`?");
    said(&["--owner", "Zoe"], "there are @orchard/Leads, Ada Pear, Bo Plum, Cy Quince");
    said(&["--area", "growh"], "no page has the area `growh`; did you mean `grow`?");
    said(&["--area", "Grow"], "did you mean `grow`?");
    said(&["--area", "pres"], "did you mean `press`?");
    said(&["--kind", "directon"], "did you mean `direction`?");
    said(&["--status", "overdu"], "'overdue'");
    said(&["--status", "late"], "due-soon");
    said(&["--due-before", "1.2.2026"], "`1.2.2026` is no date; write it as 2026-01-31");
    said(&["--format", "icss"], "did you mean `ics`?");
    said(&["--format", "xml"], "it has table, json, csv, markdown, ics");
}

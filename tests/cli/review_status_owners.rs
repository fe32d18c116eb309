//! `pmctl review-status`: whose a page is, and how that is known.

use crate::common::Handbook;
use serde_json::{Value, json};

/// Owners, source and trace of the page at `path`.
#[track_caller]
fn owned(handbook: &Handbook, path: &str) -> [Value; 3] {
    let run = handbook.run(&["review-status", "--format", "json"]).exits(0).json();
    let mut pages = run["pages"].as_array().expect("a list").iter();
    let page = pages.find(|page| page["path"] == path).expect("the page");
    ["owners", "owner_source", "owner_trace"].map(|key| page[key].clone())
}

/// What `owned` tells.
fn told(owners: &[&str], source: &str, trace: &[&str]) -> [Value; 3] {
    [json!(owners), json!(source), json!(trace)]
}

#[test]
fn at_gitlab_it_is_the_groups_then_the_stages_then_the_sections() {
    let handbook = Handbook::new()
        .file(
            "data/sections.yml",
            "orchard: {name: Orchard, pm: Ada Pear, direction: /direction/orchard/}\n",
        )
        .file(
            "data/stages.yml",
            "\
stages:
  grow:
    display_name: Grow
    section: orchard
    pm: [Bo Plum, Zoë Medlar]
    groups:
      water: {name: Water, pm: Cy Quince (Acting), categories: [rain]}
      soil: {name: Soil, pm: TBD, categories: [compost]}
  press:
    display_name: Press
    section: orchard
",
        )
        .file(
            "data/categories.yml",
            "rain: {name: Rain, stage: grow, direction: /direction/grow/rain/}\n\
             compost: {name: Compost, stage: grow, direction: /direction/grow/compost/}\n",
        )
        .file(
            ".gitlab/CODEOWNERS",
            "[Press]\n/source/direction/press/ @dee\n/source/direction/lone.html.md @eve @fay\n",
        )
        .file("source/direction/grow/rain/index.html.md", "# Rain\n")
        .file("source/direction/grow/compost/index.html.md", "# Compost\n")
        .file("source/direction/press/index.html.md", "# Press\n")
        .file("source/direction/lone.html.md", "# Lone\n")
        .file("source/direction/nobody.html.md", "# Nobody\n");
    let owned = |path: &str| owned(&handbook, &format!("source/direction/{path}"));
    assert_eq!(
        owned("grow/rain/index.html.md"),
        told(
            &["Cy Quince"],
            "group-pm",
            &[
                "this is the page of category `rain`",
                "group `water` of stage `grow` names pm Cy Quince (Acting)",
            ]
        )
    );
    assert_eq!(
        owned("grow/compost/index.html.md"),
        told(
            &["Bo Plum", "Zoë Medlar"],
            "stage-pm",
            &[
                "this is the page of category `compost`",
                "group `soil` of stage `grow` names no pm",
                "stage `grow` names pm Bo Plum, Zoë Medlar",
            ]
        )
    );
    assert_eq!(
        owned("press/index.html.md"),
        told(
            &["Ada Pear"],
            "section-pm",
            &[
                "the page lies in the folder of stage `press`",
                "stage `press` names no pm",
                "section `orchard` names pm Ada Pear",
            ]
        )
    );
    assert_eq!(
        owned("lone.html.md"),
        told(
            &["@eve", "@fay"],
            "codeowners",
            &[
                "the pattern `/source/direction/lone.html.md` of section `Press` (.gitlab/CODEOWNERS:3) names @eve, @fay"
            ]
        )
    );
    let nobody = told(&[], "none", &["nothing in the handbook names an owner"]);
    assert_eq!(owned("nobody.html.md"), nobody);
    handbook
        .run(&["review-status", "source/direction/grow/compost"])
        .prints("  Bo Plum, Zoë Medlar  -");
}

#[test]
fn at_sourcegraph_it_is_the_teams_or_those_who_are_told() {
    let strategy = "content/strategy-goals/strategy";
    let handbook = Handbook::new()
        .file(
            "data/product_teams.yml",
            "pickers: {title: Pickers, pm: ada_pear, strategy_link: /strategy-goals/strategy/pickers/index.md}\n",
        )
        .file("data/team.yml", "ada_pear: {name: Ada Pear, role: PM}\n")
        .file(&format!("{strategy}/pickers/index.md"), "# Pickers\n")
        .file(&format!("{strategy}/baskets/index.md"), "# Baskets\n")
        .file(&format!("{strategy}/baskets/CODENOTIFY"), "*.md @bo\n")
        .file("content/team/lunch.md", "# Lunch\n");
    assert_eq!(
        owned(&handbook, &format!("{strategy}/pickers/index.md")),
        told(
            &["Ada Pear"],
            "team-pm",
            &["this is the page of team `pickers`", "team `pickers` names pm Ada Pear"]
        )
    );
    assert_eq!(
        owned(&handbook, &format!("{strategy}/baskets/index.md")),
        told(
            &["@bo"],
            "codenotify",
            &[
                "the pattern `*.md` (content/strategy-goals/strategy/baskets/CODENOTIFY:1) names @bo"
            ]
        )
    );
    let run = handbook.run(&["review-status"]).exits(0);
    run.prints("2 pages:").never_prints("lunch");
}

#[test]
fn at_mattermost_it_is_the_tables() {
    let handbook = Handbook::new()
        .file("SUMMARY.md", "# Contents\n")
        .file(
            "product/product-ownership-areas.md",
            "# Areas\n\n| Product Area | Example Features | PM Owner |\n| --- | --- | --- |\n\
             | Fruit & Nuts | Pears, Plums | Ada Pear |\n| Later | Security | TBD |\n",
        )
        .file("product/plums.md", "# Plums\n")
        .file("product/security.md", "# Security\n")
        .file("CODEOWNERS", "/product/security.md @guards\n");
    assert_eq!(
        owned(&handbook, "product/plums.md"),
        told(
            &["Ada Pear"],
            "ownership-table",
            &[
                "the page is named `plums`: the area `Fruit & Nuts` (product/product-ownership-areas.md:5) names Ada Pear"
            ]
        )
    );
    assert_eq!(
        owned(&handbook, "product/security.md"),
        told(
            &["@guards"],
            "codeowners",
            &[
                "the page is named `security`: the area `Later` (product/product-ownership-areas.md:6) names nobody",
                "the pattern `/product/security.md` (CODEOWNERS:1) names @guards",
            ]
        )
    );
    let run = handbook.run(&["review-status", "--area", "Fruit & Nuts"]).exits(0);
    run.prints("product/plums.md").prints("1 page:");
}

#[test]
fn in_a_new_handbook_it_is_the_teams_or_codeowners() {
    let handbook = Handbook::new()
        .file("data/features.yml", "{}\n")
        .file("data/people.yml", "ada: {name: Ada Pear, role: PM}\n")
        .file("data/teams.yml", "pickers: {title: Pickers, pm: ada}\n")
        .file(
            "data/categories.yml",
            "ladders: {name: Ladders, product_team: pickers, direction: direction/ladders.md}\n",
        )
        .file("CODEOWNERS", "* @all\n/strategy/ @bo bo@example.com\n")
        .file("direction/ladders.md", "# Ladders\n")
        .file("strategy/a.md", "# A\n");
    assert_eq!(
        owned(&handbook, "direction/ladders.md"),
        told(
            &["Ada Pear"],
            "team-pm",
            &["this is the page of category `ladders`", "team `pickers` names pm Ada Pear"]
        )
    );
    assert_eq!(
        owned(&handbook, "strategy/a.md"),
        told(
            &["@bo", "bo@example.com"],
            "codeowners",
            &["the pattern `/strategy/` (CODEOWNERS:2) names @bo, bo@example.com"]
        )
    );
}

#[test]
fn what_the_page_says_goes_before_all_that() {
    let handbook = Handbook::new()
        .file("data/features.yml", "{}\n")
        .file("data/people.yml", "ada: {name: Ada Pear, role: PM}\n")
        .file("CODEOWNERS", "* @all\n")
        .file("direction/key.md", "---\nowner: ada\n---\n")
        .file("direction/name.md", "---\nowner: Zoë Medlar\n---\n")
        .file("direction/quoted.md", "---\nowner: 'Pat O''Quince'\n---\n")
        .file("direction/escaped.md", "---\nowner: \"Zo\\u00eb \\\"Z\\\" Medlar\"\n---\n")
        .file("direction/blank.md", "---\nowner: ''\n---\n")
        .file(
            "direction/fresh.md",
            "# Fresh\n\n<!--* freshness: { owner: 'bo' reviewed: '2026-01-20' } *-->\n",
        );
    let owned = |path: &str| owned(&handbook, &format!("direction/{path}"));
    let own = |name: &str| told(&[name], "page", &[&format!("the page names its owner, {name}")]);
    assert_eq!(owned("key.md"), own("Ada Pear"));
    assert_eq!(owned("name.md"), own("Zoë Medlar"));
    assert_eq!(owned("fresh.md"), own("bo"));
    assert_eq!(owned("quoted.md"), own("Pat O'Quince"));
    assert_eq!(owned("escaped.md"), own("Zoë \"Z\" Medlar"));
    assert_eq!(owned("blank.md")[1], "codeowners");
    handbook
        .run(&["review-status", "--owner", "ada pear"])
        .prints("direction/key.md")
        .prints("1 page:");
}

//! Who owns the pages of small handbooks, one of each profile.

use std::fs;
use std::path::Path;

use super::*;
use crate::config::Config;
use crate::handbook::{Loaded, Scope, load};
use crate::repo::Repo;

/// A handbook of `files`, with its owner files.
fn handbook(profile: &str, files: &[(&str, &str)]) -> Loaded {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }
    loaded(profile, folder.path())
}

fn loaded(profile: &str, folder: &Path) -> Loaded {
    let repo = Repo::at(folder);
    let config = Config::load(&repo, None, Some(profile), None).expect("a good configuration");
    let (mut loaded, _) = load(&repo, &config, Scope::Whole, |_, _, _| ());
    loaded.read_owner_files(&repo);
    loaded
}

fn owned_by(loaded: &Loaded, page: &str, own: Option<&str>) -> Ownership {
    let owners = Owners::new(&loaded.handbook, &loaded.files);
    let page = loaded.handbook.pages.iter().find(|other| other.path.as_str() == page);
    owners.of(page.expect("a page"), own)
}

/// Source, owners and areas of each page, in one line.
fn all(loaded: &Loaded) -> Vec<String> {
    let owners = Owners::new(&loaded.handbook, &loaded.files);
    let line = |page: &Page| {
        let owned = owners.of(page, None);
        let (names, areas) = (owned.owners.join(", "), owned.areas.join(" > "));
        format!("{}: {} [{names}] {areas}", page.path, owned.source.name())
    };
    loaded.handbook.pages.iter().map(line).collect()
}

const SECTIONS: &str = "\
orchard:
  name: Orchard
  pm: Ada Pear
  direction: /direction/orchard/
cellar:
  name: Cellar
  pm: TBD
  direction: https://about.gitlab.com/direction/cellar
";

const STAGES: &str = "\
stages:
  grow:
    display_name: Grow
    section: orchard
    pm: Bo Plum
    direction: /direction/orchard/#grow
    groups:
      water:
        name: Water
        pm: [Cy Quince (Acting), Dee Fig]
        direction: /direction/grow/water
        categories: [rain, wells]
      soil:
        name: Soil
        pm: TBD
        categories: [compost]
  press:
    display_name: Press
    section: cellar
    direction: /direction/press/
    groups:
      juice:
        name: Juice
        categories: [must]
";

const CATEGORIES: &str = "\
rain:
  name: Rain
  stage: grow
  direction: /direction/grow/rain/#plans
wells:
  name: Wells
  stage: grow
  direction: /direction/grow/springs/
compost:
  name: Compost
  stage: grow
  direction: https://about.gitlab.com/direction/grow/compost.html
must:
  name: Must
  stage: press
  direction: /direction/press/must
lost:
  name: Lost
  direction: https://gitlab.com/groups/x/-/epics/1
";

fn gitlab(more: &[(&str, &str)]) -> Loaded {
    let data = [
        ("data/sections.yml", SECTIONS),
        ("data/stages.yml", STAGES),
        ("data/categories.yml", CATEGORIES),
        (
            "data/redirects.yml",
            "- sources: /direction/grow/springs/\n  target: /direction/grow/wells/\n  comp_op: '='\n",
        ),
        ("source/direction/index.html.md", "# All\n"),
        ("source/direction/orchard/template.html.md.erb", "# Orchard\n"),
        ("source/direction/cellar/index.html.md", "# Cellar\n"),
        ("source/direction/grow/water/index.html.md", "# Water\n"),
        ("source/direction/grow/rain/index.html.md.erb", "# Rain\n"),
        ("source/direction/grow/wells/index.html.md", "# Wells\n"),
        ("source/direction/grow/compost.html.md.erb", "# Compost\n"),
        ("source/direction/grow/notes/index.html.md", "# Notes\n"),
        ("source/direction/press/must/index.html.md", "# Must\n"),
        ("source/direction/orchard/trees/index.html.md", "# Trees\n"),
    ];
    handbook("gitlab", &[&data[..], more].concat())
}

#[test]
fn at_gitlab_the_group_goes_before_the_stage_and_the_stage_before_the_section() {
    assert_eq!(
        all(&gitlab(&[])),
        [
            "source/direction/cellar/index.html.md: none [] cellar",
            "source/direction/grow/compost.html.md.erb: stage-pm [Bo Plum] orchard > grow > soil > compost",
            "source/direction/grow/notes/index.html.md: stage-pm [Bo Plum] orchard > grow",
            "source/direction/grow/rain/index.html.md.erb: group-pm [Cy Quince, Dee Fig] orchard > grow > water > rain",
            "source/direction/grow/water/index.html.md: group-pm [Cy Quince, Dee Fig] orchard > grow > water",
            "source/direction/grow/wells/index.html.md: group-pm [Cy Quince, Dee Fig] orchard > grow > water > wells",
            "source/direction/index.html.md: none [] ",
            "source/direction/orchard/template.html.md.erb: section-pm [Ada Pear] orchard > grow",
            "source/direction/orchard/trees/index.html.md: section-pm [Ada Pear] orchard",
            "source/direction/press/must/index.html.md: none [] cellar > press > juice > must",
        ]
    );
}

#[test]
fn the_trace_tells_every_step() {
    let loaded = gitlab(&[]);
    let trace = |page: &str| owned_by(&loaded, page, None).trace;
    assert_eq!(
        trace("source/direction/grow/compost.html.md.erb"),
        [
            "this is the page of category `compost`",
            "group `soil` of stage `grow` names no pm",
            "stage `grow` names pm Bo Plum"
        ]
    );
    assert_eq!(
        trace("source/direction/grow/wells/index.html.md"),
        [
            "a redirect leads from the page of category `wells` to this one",
            "group `water` of stage `grow` names pm Cy Quince (Acting), Dee Fig"
        ]
    );
    assert_eq!(
        trace("source/direction/grow/notes/index.html.md")[0],
        "the page lies in the folder of stage `grow`"
    );
    assert_eq!(trace("source/direction/index.html.md"), ["nothing in the handbook names an owner"]);
}

#[test]
fn what_the_page_says_goes_first_and_keeps_its_areas() {
    let loaded = gitlab(&[]);
    let page = "source/direction/grow/rain/index.html.md.erb";
    let owned = owned_by(&loaded, page, Some(" Eve Medlar "));
    assert_eq!((owned.source, owned.owners), (OwnerSource::Page, vec!["Eve Medlar".to_owned()]));
    assert_eq!(owned.areas, ["orchard", "grow", "water", "rain"]);
    assert_eq!(owned_by(&loaded, page, Some("  ")).source, OwnerSource::GroupPm);
}

#[test]
fn at_gitlab_codeowners_are_the_last_resort() {
    let codeowners = "\
^[Direction]
/source/direction/ @orchard/leads
[Press]
/source/direction/press/ @fay @@gil
";
    let loaded =
        gitlab(&[(".gitlab/CODEOWNERS", codeowners), (".github/CODEOWNERS", "* @nobody\n")]);
    let all_pages = owned_by(&loaded, "source/direction/index.html.md", None);
    assert_eq!(all_pages.owners, ["@orchard/leads"]);
    let press = owned_by(&loaded, "source/direction/press/must/index.html.md", None);
    assert_eq!((press.source, press.owners), (OwnerSource::Codeowners, vec!["@fay".to_owned()]));
    assert_eq!(
        press.trace,
        [
            "this is the page of category `must`",
            "group `juice` of stage `press` names no pm",
            "stage `press` names no pm",
            "section `cellar` names no pm",
            "the pattern `/source/direction/press/` of section `Press` (.gitlab/CODEOWNERS:4) names @fay",
        ]
    );
    let grow = owned_by(&loaded, "source/direction/grow/rain/index.html.md.erb", None);
    assert_eq!(grow.source, OwnerSource::GroupPm);
    let file = loaded.handbook.owner_files.codeowners.as_ref().expect("CODEOWNERS");
    assert_eq!(file.faults.len(), 1);
}

#[test]
fn at_gitlab_the_file_at_the_root_goes_before_the_hidden_one() {
    let loaded = gitlab(&[("CODEOWNERS", "* @ada\n"), (".gitlab/CODEOWNERS", "* @bo\n")]);
    assert_eq!(owned_by(&loaded, "source/direction/index.html.md", None).owners, ["@ada"]);
}

#[test]
fn a_page_with_its_own_direction_does_not_belong_to_its_folder() {
    let more = [(
        "data/categories.yml",
        "must:\n  name: Must\n  stage: press\n  direction: /direction/grow/notes/\n",
    )];
    let loaded = gitlab(&more);
    let owned = owned_by(&loaded, "source/direction/grow/notes/index.html.md", None);
    assert_eq!(owned.areas, ["cellar", "press", "juice", "must"]);
}

#[test]
fn the_page_of_a_section_and_its_stage_is_the_stages() {
    let stages = "stages:\n  grow:\n    display_name: Grow\n    section: orchard\n    pm: Bo Plum\n    \
                  direction: /direction/orchard/\n";
    let loaded = gitlab(&[("data/stages.yml", stages)]);
    let owned = owned_by(&loaded, "source/direction/orchard/template.html.md.erb", None);
    assert_eq!((owned.source, owned.owners), (OwnerSource::StagePm, vec!["Bo Plum".to_owned()]));
    assert_eq!(owned.areas, ["orchard", "grow"]);
}

#[test]
fn where_many_have_a_part_and_nobody_the_whole_all_are_asked() {
    let categories = "rain:\n  name: Rain\n  stage: grow\n  direction: /direction/press/must/#rain\n\
                      compost:\n  name: Compost\n  stage: grow\n  direction: /direction/press/must/#compost\n";
    let loaded = gitlab(&[("data/categories.yml", categories)]);
    let owned = owned_by(&loaded, "source/direction/press/must/index.html.md", None);
    assert_eq!((owned.source, owned.owners.len()), (OwnerSource::GroupPm, 2));
    assert_eq!(owned.areas, ["orchard", "grow", "water", "soil", "rain", "compost"]);
}

#[test]
fn at_sourcegraph_the_team_of_the_strategy_page_owns_it_and_what_lies_below() {
    let loaded = handbook(
        "sourcegraph",
        &[
            ("data/features.yml", "{}\n"),
            ("data/team.yml", "ada_pear:\n  name: Ada Pear\n  role: PM\n"),
            (
                "data/product_orgs.yml",
                "harvest:\n  title: Harvest\n  pm: bo_gone\n  strategy_link: /strategy/harvest.md\n",
            ),
            (
                "data/product_teams.yml",
                "pickers:\n  title: Pickers\n  product_org: harvest\n  pm: ada_pear\n  strategy_link: /strategy/pickers\n\
                 packers:\n  title: Packers\n  product_org: harvest\n  strategy_link: /content/strategy/packers/index.md\n\
                 idlers:\n  title: Idlers\n  strategy_link: /strategy/idlers.md\n",
            ),
            ("content/strategy/harvest.md", "# Harvest\n"),
            ("content/strategy/index.md", "# Strategy\n"),
            ("content/strategy/idlers.md", "# Idlers\n"),
            ("content/strategy/packers/index.md", "# Packers\n"),
            ("content/strategy/pickers/index.md", "# Pickers\n"),
            ("content/strategy/pickers/ladders/long.md", "# Long ladders\n"),
            ("content/teams/near/page.md", "# Near\n"),
            ("content/teams/near/other.md", "# Other\n"),
            ("content/CODENOTIFY", "*.md @nobody\n**/* @crew\n"),
            ("content/teams/near/CODENOTIFY", "page.md @cy @dee\npage.md @eve\n"),
        ],
    );
    assert_eq!(
        all(&loaded),
        [
            "content/strategy/harvest.md: team-pm [bo_gone] harvest",
            "content/strategy/idlers.md: codenotify [@crew] idlers",
            "content/strategy/index.md: codenotify [@crew] ",
            "content/strategy/packers/index.md: team-pm [bo_gone] harvest > packers",
            "content/strategy/pickers/index.md: team-pm [Ada Pear] harvest > pickers",
            "content/strategy/pickers/ladders/long.md: team-pm [Ada Pear] harvest > pickers",
            "content/teams/near/other.md: codenotify [@crew] ",
            "content/teams/near/page.md: codenotify [@cy, @dee, @eve] ",
        ]
    );
}

#[test]
fn at_mattermost_a_row_of_the_table_owns_the_pages_named_as_it() {
    let table = "\
# Areas

| Product Area | Example Features | PM Owner |
| :--- | :--- | :--- |
| Fruit & Nuts | Pears, Quick Plums, Shared Shed | Ada Pear
| Growth | Shared shed, Grafts | Bo Plum |
| Later | Security | TBD |
";
    let loaded = handbook(
        "mattermost",
        &[
            ("SUMMARY.md", "# Contents\n"),
            ("CODEOWNERS", "/product/security/ @guards\n"),
            ("product/product-ownership-areas.md", table),
            ("product/fruit-and-nuts/README.md", "# Welcome\n"),
            ("product/fruit-and-nuts/baskets.md", "# Baskets\n"),
            ("product/quick_plums.md", "# All about plums\n"),
            ("product/x.md", "# Pears\n"),
            ("product/pears-and-more.md", "# Pears and more\n"),
            ("product/pears/y.md", "# Y\n"),
            ("product/shared-shed.md", "# Shed\n"),
            ("product/security/README.md", "# Security\n"),
        ],
    );
    assert_eq!(
        all(&loaded),
        [
            "SUMMARY.md: none [] ",
            "product/fruit-and-nuts/README.md: ownership-table [Ada Pear] Fruit & Nuts",
            "product/fruit-and-nuts/baskets.md: ownership-table [Ada Pear] Fruit & Nuts",
            "product/pears-and-more.md: none [] ",
            "product/pears/y.md: none [] ",
            "product/product-ownership-areas.md: none [] ",
            "product/quick_plums.md: ownership-table [Ada Pear] Fruit & Nuts",
            "product/security/README.md: codeowners [@guards] Later",
            "product/shared-shed.md: ownership-table [Ada Pear, Bo Plum] Fruit & Nuts > Growth",
            "product/x.md: ownership-table [Ada Pear] Fruit & Nuts",
        ]
    );
    let security = owned_by(&loaded, "product/security/README.md", None);
    assert_eq!(
        security.trace,
        [
            "the page is named `security`: the area `Later` (product/product-ownership-areas.md:7) names nobody",
            "the pattern `/product/security/` (CODEOWNERS:1) names @guards",
        ]
    );
}

#[test]
fn a_new_handbook_goes_from_the_category_to_its_team() {
    let loaded = handbook(
        "default",
        &[
            ("data/features.yml", "{}\n"),
            ("data/people.yml", "ada:\n  name: Ada Pear\n  role: PM\n"),
            (
                "data/teams.yml",
                "pickers:\n  title: Pickers\n  pm: ada\n  strategy_link: strategy/pickers.md\nnone:\n  title: None\n  pm: TBD\n",
            ),
            (
                "data/categories.yml",
                "ladders:\n  name: Ladders\n  product_team: pickers\n  direction: /direction/ladders/\n\
                 carts:\n  name: Carts\n  product_team: none\n  direction: direction/carts.md\n",
            ),
            ("strategy/pickers.md", "# Pickers\n"),
            ("strategy/pickers/rope.md", "# Rope\n"),
            ("direction/ladders/README.md", "# Ladders\n"),
            ("direction/ladders/rungs.md", "# Rungs\n"),
            ("direction/carts.md", "# Carts\n"),
            (".gitlab-ci.yml", ""),
            ("CODEOWNERS", "[Carts] @bo\ndirection/carts.md\n"),
        ],
    );
    assert_eq!(
        all(&loaded),
        [
            "direction/carts.md: codeowners [@bo] none > carts",
            "direction/ladders/README.md: team-pm [Ada Pear] pickers > ladders",
            "direction/ladders/rungs.md: team-pm [Ada Pear] pickers > ladders",
            "strategy/pickers.md: team-pm [Ada Pear] pickers",
            "strategy/pickers/rope.md: team-pm [Ada Pear] pickers",
        ]
    );
}

#[test]
fn owner_files_are_read_only_when_asked_and_a_broken_one_is_a_problem() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("SUMMARY.md"), "# Contents\n").expect("a file");
    fs::write(folder.path().join("CODEOWNERS"), b"* @ada\n\xff").expect("a file");
    let repo = Repo::at(folder.path());
    let config = Config::load(&repo, None, Some("mattermost"), None).expect("a good configuration");
    let (mut loaded, _) = load(&repo, &config, Scope::Whole, |_, _, _| ());
    assert!(loaded.handbook.problems.is_empty() && loaded.files.len() == 1);
    loaded.read_owner_files(&repo);
    assert_eq!(loaded.handbook.problems.len(), 1);
    assert_eq!(owned_by(&loaded, "SUMMARY.md", None).source, OwnerSource::None);
}

#[test]
fn every_source_has_a_name_of_its_own() {
    let names: std::collections::BTreeSet<&str> =
        OwnerSource::ALL.iter().map(|source| source.name()).collect();
    assert_eq!(names.len(), OwnerSource::ALL.len());
    assert_eq!(without_remark("Ada Pear (Acting)"), "Ada Pear");
    assert_eq!(without_remark("(open)"), "(open)");
}

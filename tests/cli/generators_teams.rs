//! The generators of teams, their features and their people: what each makes of a small handbook with odd titles,
//! broken pointers and people who report in a circle.

use std::path::Path;

use crate::common::{Handbook, compare, repository};
use pmctl::config::Config;
use pmctl::generate::generator::make;
use pmctl::generate::mark::marks;
use pmctl::generate::markdown::{Place, markdown};
use pmctl::generate::scene::Material;
use pmctl::handbook::{Loaded, Scope, load};
use pmctl::repo::Repo;
use pmctl::source::RepoPath;
use pmctl::source::markdown::Outline;

fn loaded(folder: &Path) -> Loaded {
    let repo = Repo::at(folder);
    let config = Config::load(&repo, None, Some("sourcegraph"), None).expect("a configuration");
    load(&repo, &config, Scope::Whole, |_, _, _| ()).0
}

/// What `call`, as in a directive, makes for a page that lies beside the team page, below a heading of the first level.
#[track_caller]
fn made(loaded: &Loaded, call: &str) -> String {
    let material = Material::new(loaded, &[], None);
    let text = format!("# Page\n\n{{{{generator:{call}}}}}\n");
    let (marks, broken) = marks(&text);
    assert!(broken.is_empty(), "{broken:?}");
    let made = make(&marks[0].call, &material).expect("a good call");
    let page = RepoPath::new("content/team/page.md").expect("a path");
    markdown(&made.blocks, Place { page: &page, level: marks[0].level })
}

/// `calls` below each other, as the golden file `name` has them.
#[track_caller]
fn check(handbook: &str, name: &str, calls: &[&str]) {
    let loaded = loaded(&repository("fixtures/generators").join(handbook));
    let made = calls.iter().map(|call| format!("<!-- {call} -->\n\n{}\n", made(&loaded, call)));
    let expected = repository("fixtures/generators").join(format!("{handbook}.expected"));
    compare(&made.collect::<String>(), &expected.join(format!("{name}.md")));
}

macro_rules! golden {
    ($($name:ident: [$($call:expr),+],)+) => {
        $(#[test]
        fn $name() {
            check("sourcegraph", stringify!($name), &[$($call),+]);
        })+
    };
}

golden! {
    maturity_definitions: ["maturity_definitions"],
    feature_maturity_levels: ["feature_maturity_levels"],
    feature_code_host_compatibilities: ["feature_code_host_compatibilities"],
    deployment_options: ["deployment_options"],
    product_teams_list: ["product_teams_list"],
    product_team_leads: ["product_team_leads.orchard", "product_team_leads.shed"],
    product_team: [
        "product_team.orchard", "product_team.cellar", "product_team.market", "product_team.shed"
    ],
    product_team_use_case_list: [
        "product_team_use_case_list.orchard", "product_team_use_case_list.cellar",
        "product_team_use_case_list.shed"
    ],
    use_case_feature_list: [
        "use_case_feature_list.harvest", "use_case_feature_list.storage",
        "use_case_feature_list.pruning"
    ],
    use_case_sponsors: ["use_case_sponsors"],
    reporting_structure: [
        "reporting_structure.ceo", "reporting_structure.lead_hazel",
        "reporting_structure.shift_lead"
    ],
    team_members_list: ["team_members_list"],
    guild_roster: ["guild_roster.beekeepers", "guild_roster.moles"],
    code_hosts_list: ["code_hosts_list"],
    glossary: ["glossary"],
}

#[test]
fn teams_are_listed_by_organisation_where_there_are_any() {
    check("sourcegraph-orgs", "product_teams_list", &["product_teams_list"]);
}

#[test]
fn tables_are_tables_again_with_all_their_cells() {
    let loaded = loaded(&repository("fixtures/generators/sourcegraph"));
    for (call, rows) in [
        ("feature_maturity_levels", 8),
        ("feature_code_host_compatibilities", 4),
        ("deployment_options", 3),
        ("use_case_sponsors", 3),
    ] {
        let text = made(&loaded, call);
        let tables = Outline::parse(&text).tables;
        let all = tables.iter().flat_map(|table| &table.rows);
        assert_eq!(all.clone().count(), rows, "{text}");
        let columns: Vec<usize> = tables.iter().map(|table| table.header.len()).collect();
        for (table, columns) in tables.iter().zip(columns) {
            assert!(table.rows.iter().all(|row| row.raw_cells == columns), "{text}");
        }
    }
}

#[test]
fn links_to_people_lead_to_the_headings_of_the_team_page() {
    let loaded = loaded(&repository("fixtures/generators/sourcegraph"));
    let page = std::fs::read_to_string(repository(
        "fixtures/generators/sourcegraph/content/team/index.md",
    ));
    let page = page.expect("the page");
    let list = made(&loaded, "team_members_list");
    let whole = page.replace("{{generator:team_members_list}}", &list);
    let headings = Outline::parse(&whole).headings;
    let material = Material::new(&loaded, &[], None);
    let scene = material.scene();
    let shown: Vec<_> = scene.team_members().collect();
    assert_eq!(headings.len(), shown.len() + 2);
    let at = RepoPath::new("content/team/index.md").expect("a path");
    for (person, heading) in shown.iter().zip(&headings[2..]) {
        let link = scene.person_link(&person.key.value);
        let text = markdown(
            &[pmctl::generate::content::Block::Paragraph(link)],
            Place { page: &at, level: 0 },
        );
        assert!(text.ends_with(&format!("](#{})\n", heading.id)), "{text} {}", heading.id);
    }
}

#[test]
fn a_chain_of_ten_thousand_managers_is_listed_to_its_end() {
    let chain = (0..10_000).map(|at| {
        let manager = if at == 0 { "none".to_owned() } else { format!("role_{}", at - 1) };
        format!("p{at}: {{name: Person {at}, role: R, reports_to: {manager}, manager_role_slug: role_{at}, hide_on_team_page: true}}\n")
    });
    let handbook = Handbook::new()
        .file("data/features.yml", "{}\n")
        .file("data/team.yml", chain.collect::<String>())
        .file("content/team/index.md", "# T\n\n{{generator:team_members_list}}\n");
    let text = made(&loaded(&handbook.path("")), "reporting_structure.role_0");
    assert_eq!(text.lines().count(), 10_000);
    assert!(text.ends_with("- Person 9999, R (reports to Person 9998)\n"));
}

#[test]
fn roles_with_several_holders_do_not_multiply() {
    let levels = (0..40).map(|at| {
        let role = format!("role: R, reports_to: r{at}, manager_role_slug: r{}", at + 1);
        format!("a{at}: {{name: A {at}, {role}}}\nb{at}: {{name: B {at}, {role}}}\n")
    });
    let handbook = Handbook::new()
        .file("data/features.yml", "{}\n")
        .file("data/team.yml", levels.collect::<String>());
    let text = made(&loaded(&handbook.path("")), "reporting_structure.r1");
    assert_eq!(text.lines().count(), 80);
    assert_eq!(text.matches("(reports are listed above)").count(), 39);
}

//! What lint says of fields and pointers that are wrong: what was meant, or what there is, and never a fix
//! that makes another error.

use crate::common::{Handbook, Run};

fn lint_of(handbook: &Handbook) -> Run {
    handbook.run(&["lint", "--format", "json"])
}

/// Message and help of the findings of `rule`.
fn said(run: &Run, rule: &str) -> Vec<String> {
    let value = run.json();
    let all = value["diagnostics"].as_array().expect("a list").clone();
    let of_rule = all.iter().filter(|one| one["rule"] == rule);
    of_rule
        .map(|one| {
            let (message, help) = (one["message"].as_str(), one["help"].as_str());
            format!("{}; {}", message.expect("text"), help.unwrap_or("-"))
        })
        .collect()
}

fn sourcegraph() -> Handbook {
    Handbook::new()
        .file("pmctl.toml", "profile = \"sourcegraph\"\n")
        .file("data/team.yml", "ada:\n  name: Ada\n  role: PM\n  emails: [ada@example.com]\n")
        .file("data/product_teams.yml", "crew:\n  title: Crew\n")
        .file(
            "data/features.yml",
            "sails:\n  title: Sails\n  maturity: beta\n  product_teams: [crew, guests]\n",
        )
}

#[test]
fn a_field_is_only_proposed_where_it_could_hold_the_value() {
    let handbook = sourcegraph();
    let before = lint_of(&handbook);
    for said in said(&before, "unknown-field") {
        assert!(!said.contains("did you mean"), "{said}");
    }
    handbook.run(&["lint", "--fix", "--unsafe-fixes"]);
    assert_eq!(lint_of(&handbook).stdout, before.stdout);
    let fitting = "sails:\n  title: Sails\n  maturity: beta\n  product_teams: crew\n";
    let handbook = handbook.file("data/features.yml", fitting);
    let said = said(&lint_of(&handbook), "unknown-field");
    assert!(said.iter().any(|said| said.ends_with("did you mean `product_team`?")), "{said:?}");
    handbook.run(&["lint", "--fix", "--unsafe-fixes"]);
    let fixed = std::fs::read_to_string(handbook.path("data/features.yml")).expect("a file");
    assert!(fixed.contains("product_team: crew"), "{fixed}");
}

#[test]
fn a_field_that_would_point_to_nothing_is_proposed_and_not_written() {
    let handbook = sourcegraph().file(
        "data/features.yml",
        "sails:\n  title: Sails\n  maturity: beta\n  product_teams: guests\n",
    );
    let before = lint_of(&handbook);
    let said = said(&before, "unknown-field");
    assert!(said.iter().any(|said| said.ends_with("did you mean `product_team`?")), "{said:?}");
    handbook.run(&["lint", "--fix", "--unsafe-fixes"]);
    let left = std::fs::read_to_string(handbook.path("data/features.yml")).expect("a file");
    assert!(left.contains("product_teams: guests"), "{left}");
}

#[test]
fn a_field_is_found_by_a_word_of_its_name() {
    let handbook = Handbook::new()
        .file("data/teams.yml", "crew:\n  title: Crew\n  colour: red\n  lables: [a]\n")
        .file("data/features.yml", "sails:\n  title: Sails\n  team: crew\n  link: x\n  bulk: 7\n");
    let said = said(&lint_of(&handbook), "unknown-field");
    for (field, help) in [
        ("team", "did you mean `product_team`?"),
        ("link", "did you mean `documentation_link`?"),
        ("bulk", "the fields are `title`, `description`, `category`, `product_team`"),
        ("colour", "`pmctl schema NAME` prints the fields"),
    ] {
        let found = said.iter().find(|said| said.starts_with(&format!("`{field}`")));
        assert!(found.is_some_and(|said| said.contains(help)), "{field}: {said:?}");
    }
}

#[test]
fn a_pointer_to_nothing_names_what_there_is_and_where_it_is_added() {
    let teams = |count: usize| -> String {
        (0..count).fold(String::new(), |text, at| text + &format!("crew_{at}:\n  title: C{at}\n"))
    };
    let features = "sails:\n  title: Sails\n  product_team: xylophone\n";
    let handbook = |count| {
        Handbook::new().file("data/teams.yml", teams(count)).file("data/features.yml", features)
    };
    let few = said(&lint_of(&handbook(2)), "unknown-reference");
    assert_eq!(
        few,
        [
            "team `xylophone` does not exist; expected one of `crew_0`, `crew_1`; or add `xylophone` to data/teams.yml"
        ]
    );
    let many = said(&lint_of(&handbook(12)), "unknown-reference");
    assert_eq!(
        many,
        [
            "team `xylophone` does not exist; name one of the 12 in data/teams.yml, or add `xylophone` there"
        ]
    );
    let none = said(&lint_of(&handbook(0)), "unknown-reference");
    assert!(none[0].contains("but 1 reference leads here"), "{none:?}");
}

#[test]
fn a_manager_without_a_slug_is_reported_where_a_person_reports() {
    let people = "maya:\n  name: Maya\n  role: Head\nbo:\n  name: Bo\n  role: PM\n  reports_to: maya\nkim:\n  name: Kim\n  role: PM\n  reports_to: head_of_product\n";
    let handbook = Handbook::new().file("data/people.yml", people);
    let run = lint_of(&handbook);
    assert_eq!(
        said(&run, "unknown-reference"),
        [
            "manager role slug `maya` does not exist; give `maya` the field `manager_role_slug: maya` in data/people.yml",
            "manager role slug `head_of_product` does not exist; give the person who is meant \
             `manager_role_slug: head_of_product` in data/people.yml"
        ]
    );
    let value = run.json();
    let mut lines = value["diagnostics"].as_array().expect("a list").iter();
    assert!(lines.any(|one| one["rule"] == "unknown-reference" && one["line"] == 7), "{run:#?}");
}

#[test]
fn a_map_where_a_list_belongs_is_shown_as_a_list() {
    let votes = "sessions:\n  june:\n    title: June\n    participants: [ada]\n    items:\n      sail: {title: Sail}\n    importance:\n      ada: {sail: 3, oar: 1}\n";
    let run = lint_of(&Handbook::new().file("data/votes.yml", votes));
    let said = said(&run, "wrong-type");
    assert!(
        said[0].ends_with("write it as a list with an entry for each: `[sail, oar]`"),
        "{said:?}"
    );
}

#[test]
fn a_fix_of_a_warning_that_would_make_an_error_is_left_out_and_said() {
    let toml = "profile = \"default\"\n[[pages]]\nglob = \"direction/*.md\"\nkind = \"direction\"\nsections = [\"Mission\", \"Goals\"]\n[lint.rules]\nlink-missing-anchor = \"error\"\n";
    let page = |link: &str| {
        format!(
            "# Sails\n\nLast reviewed: 2026-01-20\n\nSee [why]({link}).\n\n## Misson\n\nX.\n\n## Gaols\n\nY.\n"
        )
    };
    let handbook = Handbook::new()
        .file("pmctl.toml", toml)
        .file("data/features.yml", "sails:\n  title: Sails\n")
        .file("direction/a.md", page("#misson"))
        .file("direction/b.md", page("#sails"));
    // The rule that would report the error need not run.
    let args = ["lint", "--no-git", "--rule", "strategy-section-missing"];
    handbook.run(&args).exits(0);
    let run = handbook.run(&[&args[..], &["--fix", "--unsafe-fixes", "--dry-run"]].concat());
    run.prints("+## Goals").prints("+++ b/direction/b.md").says("it would cause direction/a.md");
    let run = handbook.run(&[&args[..], &["--fix", "--unsafe-fixes"]].concat()).exits(0);
    run.says("not fixed").says("it would cause direction/a.md");
    let read = |path| std::fs::read_to_string(handbook.path(path)).expect("a page");
    assert!(read("direction/a.md").contains("## Misson"), "{}", read("direction/a.md"));
    assert!(
        read("direction/b.md").contains("## Mission")
            && read("direction/b.md").contains("## Goals")
    );
    handbook.run(&args).exits(0);
}

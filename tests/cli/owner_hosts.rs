//! Which forge reads CODEOWNERS, and what of it that forge would not take.

use std::process::Command;

use crate::common::{Handbook, Run};

const PAGE: &str = "# A\n\nLast reviewed: 2026-01-20\n";
const SECTIONS: &str =
    "* @all\n\n[Docs][2] @bo @cy\n/direction/\n\n^[Style guide] @kim\n/direction/a.md\n";

fn handbook(profile: &str, page: &str) -> Handbook {
    Handbook::new().file("pmctl.toml", format!("profile = \"{profile}\"\n")).file(page, PAGE)
}

fn with_remote(handbook: Handbook, address: &str) -> Handbook {
    for args in [&["init", "-q"][..], &["remote", "add", "origin", address]] {
        let run = Command::new("git").args(args).current_dir(handbook.path("")).status();
        assert!(run.expect("git").success());
    }
    handbook
}

/// The owners of the first page.
fn owners(handbook: &Handbook, args: &[&str]) -> String {
    let run = handbook.run(&[&["review-status", "--format", "json"], args].concat());
    run.json()["pages"][0]["owners"].to_string()
}

fn codeowners_findings(run: &Run) -> Vec<String> {
    let value = run.json();
    let all = value["diagnostics"].as_array().expect("a list").clone();
    let of_owners = all
        .iter()
        .filter(|one| one["rule"].as_str().is_some_and(|it| it.starts_with("codeowners")));
    of_owners
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
            format!("{} {}: {}; {}", one["line"], text("rule"), text("message"), text("help"))
        })
        .collect()
}

#[test]
fn the_remote_says_who_reads_it_whatever_the_profile() {
    for profile in ["default", "mattermost"] {
        let handbook = handbook(profile, "direction/a.md").file("CODEOWNERS", SECTIONS);
        let handbook = with_remote(handbook, "https://gitlab.com/sails/handbook.git");
        let run = handbook.run(&["lint", "--format", "json"]);
        assert_eq!(codeowners_findings(&run), [""; 0], "{profile}");
    }
    // GitHub ties a pattern with a slash in its middle to the root, GitLab does not.
    let page = "source/direction/a.html.md";
    let handbook = handbook("gitlab", page).file("CODEOWNERS", "* @all\ndirection/*.md @bo\n");
    let handbook = with_remote(handbook, "git@github.com:sails/handbook.git");
    assert!(owners(&handbook, &[]).contains("@all"), "{}", owners(&handbook, &[]));
    assert!(owners(&handbook, &["--no-git"]).contains("@bo"));
}

#[test]
fn without_a_remote_the_place_the_other_files_and_the_sections_say_it() {
    let page = "direction/a.md";
    for (path, other) in [
        (".gitlab/CODEOWNERS", None),
        ("CODEOWNERS", Some(".gitlab-ci.yml")),
        ("docs/CODEOWNERS", None),
        ("CODEOWNERS", None),
    ] {
        let handbook = handbook("default", page).file(path, SECTIONS);
        let handbook = match other {
            Some(other) => handbook.file(other, ""),
            None => handbook,
        };
        let run = handbook.run(&["lint", "--format", "json", "--no-git"]);
        assert_eq!(codeowners_findings(&run), [""; 0], "{path} {other:?}");
        let found = owners(&handbook, &["--no-git"]);
        assert!(found.contains("@kim"), "{found}");
    }
    let handbook = handbook("default", page).file(".github/CODEOWNERS", SECTIONS);
    let run = handbook.run(&["lint", "--format", "json", "--no-git"]);
    assert!(!codeowners_findings(&run).is_empty(), "GitHub knows no sections");
}

#[test]
fn a_line_without_files_is_said_to_be_one() {
    let lines = "/direction/ @bo\n@sails/crew\n@ada @bo\nbo@example.com\n";
    for place in [".github/CODEOWNERS", ".gitlab/CODEOWNERS"] {
        let handbook = handbook("default", "direction/a.md").file(place, lines);
        let found = codeowners_findings(&handbook.run(&["lint", "--format", "json", "--no-git"]));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(
            found[0].starts_with("2 codeowners-malformed: this line names an owner and no files")
        );
        assert!(found[1].starts_with("3 codeowners-dead: `@ada` is the name of an owner"));
        assert!(
            found[2].starts_with("4 codeowners-malformed: this line names an owner and no files")
        );
        assert!(found.iter().all(|found| !found.contains("renamed")), "{found:?}");
    }
}

#[test]
fn a_file_that_github_does_not_load_is_an_error() {
    let rest =
        "# ................................................................\n".repeat(50_000);
    let large = format!("* @all\n{rest}");
    assert!(large.len() > 3 << 20);
    let run = |place: &str| {
        let handbook = handbook("default", "direction/a.md").file(place, &large);
        codeowners_findings(&handbook.run(&["lint", "--format", "json", "--no-git"]))
    };
    assert!(run(".github/CODEOWNERS")[0].contains("3 MB"), "{:?}", run(".github/CODEOWNERS"));
    assert_eq!(run(".gitlab/CODEOWNERS"), [""; 0]);
}

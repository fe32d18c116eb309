//! `pmctl lint --changed-since`: changes by which another folder is the root of the handbook.

use crate::common::gate::{PAGE, TOML};
use crate::common::git::Git;
use crate::common::pmctl;

/// A handbook in a folder of a larger repository that is one as well.
fn handbooks() -> Git {
    let git = Git::new();
    git.write("pmctl.toml", "profile = \"default\"\n").write("data/features.yml", "{}\n");
    git.write("guide/pmctl.toml", TOML).write("guide/data/features.yml", "{}\n");
    git.write("guide/direction/quay.md", PAGE).commit("2026-01-20T12:00:00Z");
    git
}

/// What weakens the check of the change, as a run in `folder` finds it.
fn weakened(git: &Git, folder: &str, args: &[&str]) -> Vec<String> {
    let lint = ["lint", "--changed-since", "main", "--format", "json", "--exit-zero"];
    let value = pmctl(&[&lint, args].concat()).run_in(&git.path(folder)).json();
    let all = value["diagnostics"].as_array().expect("a list").iter();
    all.filter(|one| one["rule"] == "gate-weakened")
        .map(|one| {
            let text = |key: &str| one[key].as_str().expect("text");
            format!("{} {}", text("path"), text("message"))
        })
        .collect()
}

#[test]
fn settings_that_go_move_the_root_up() {
    let git = handbooks();
    assert_eq!(weakened(&git, "guide", &[]), [""; 0]);
    git.remove("guide/pmctl.toml");
    let moved = "guide/pmctl.toml this change moves the root of the handbook from `guide` to `.`";
    assert_eq!(weakened(&git, "guide", &[]), [moved]);
    assert_eq!(weakened(&git, "guide/direction", &[]), [moved]);
    pmctl(&["lint", "--changed-since", "main"]).run_in(&git.path("guide")).exits(1);
    let accepted = ["lint", "--changed-since", "main", "--allow", "gate-weakened"];
    pmctl(&accepted).run_in(&git.path("guide")).exits(0);
    // Another handbook is none of its business.
    assert_eq!(weakened(&git, "", &[]), [""; 0]);
}

#[test]
fn settings_that_come_move_the_root_down() {
    let git = handbooks();
    git.write("guide/direction/pmctl.toml", "profile = \"default\"\n");
    let moved =
        "pmctl.toml this change moves the root of the handbook from `guide` to `guide/direction`";
    assert_eq!(weakened(&git, "guide/direction", &[]), [moved]);
    assert_eq!(weakened(&git, "guide", &[]), [""; 0]);
    let root = git.path("guide/direction");
    let root = root.to_str().expect("a path");
    assert_eq!(weakened(&git, "guide/direction", &["-C", root]), [""; 0]);
}

#[test]
fn the_first_settings_of_a_repository_without_a_handbook_move_nothing() {
    let git = Git::new();
    git.write("guide/README.md", "# Guide\n").commit("2026-01-20T12:00:00Z");
    git.write("guide/pmctl.toml", "profile = \"default\"\n");
    git.write("guide/data/features.yml", "{}\n");
    assert_eq!(weakened(&git, "guide", &[]), [""; 0]);
}

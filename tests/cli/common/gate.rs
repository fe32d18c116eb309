//! Changes, and what they do to their own check.

use super::git::Git;
use super::{Run, pmctl};

/// Settings.
pub const TOML: &str = "profile = \"default\"\n\n[lint]\ndrafts = \"same\"\n\n[lint.rules]\nunknown-field = \"error\"\n\n\
    [links]\nignore = [\"made/**\"]\nsite = \"https://handbook.example.com\"\n\n[review]\ncadence = \"1 month\"\n";
/// A page.
pub const PAGE: &str = "# Quay\n\nLast reviewed: 2026-01-20\n\nBoats land here.\n";

/// A handbook with settings, on `main`.
pub fn handbook() -> Git {
    let git = Git::new();
    git.write("pmctl.toml", TOML).write("data/features.yml", "maps:\n  title: Maps\n");
    git.write("data/categories.yml", "mail:\n  name: Mail\n  direction: /direction/quay.md\n");
    git.write("direction/quay.md", PAGE);
    git.commit("2026-01-20T12:00:00Z");
    git
}

/// The run of `pmctl lint` on the change since `main`.
pub fn lint(git: &Git, args: &[&str]) -> Run {
    let mut all = vec!["lint", "--changed-since", "main", "--format", "json"];
    all.extend(args);
    pmctl(&all).run_in(git.root())
}

/// The findings of the gate, each as `path:line message`.
pub fn gate(git: &Git, rule: &str) -> Vec<String> {
    let value = lint(git, &["--exit-zero"]).json();
    let all = value["diagnostics"].as_array().expect("a list").iter();
    all.filter(|one| one["rule"] == rule)
        .map(|one| {
            let text = |key: &str| one[key].as_str().expect("text").to_owned();
            format!("{}:{} {}", text("path"), one["line"], text("message"))
        })
        .collect()
}

/// Asserts that the change weakens its check by `wanted`, and that a person can accept it.
#[track_caller]
pub fn weakens(git: &Git, wanted: &[&str]) {
    assert_eq!(gate(git, "gate-weakened"), wanted);
    let exit = i32::from(!wanted.is_empty());
    lint(git, &["--allow", "gate-softened"]).exits(exit);
    assert_eq!(
        lint(git, &["--exit-zero", "--allow", "gate-weakened"])
            .rules()
            .iter()
            .filter(|id| *id == "gate-weakened")
            .count(),
        0
    );
}

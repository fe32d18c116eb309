//! `pmctl lint --changed-since`: changes by which the files of a handbook show another profile.

use crate::common::gate::{gate, lint, weakens};
use crate::common::git::Git;
use crate::common::pmctl;

const SUMMARY: &str = "# Contents\n\n* [Welcome](README.md)\n";
const BROKEN: &str = "# Welcome\n\nLast reviewed: 2026-01-20\n\n[gone](gone.md)\n";

/// A handbook without settings, whose table of contents shows the profile.
fn handbook() -> Git {
    let git = Git::new();
    git.write("SUMMARY.md", SUMMARY).write("README.md", BROKEN.replace("[gone](gone.md)\n", ""));
    git.commit("2026-01-20T12:00:00Z");
    git
}

fn flip(now: &str, before: &str, because: &str) -> String {
    format!("this change reads the handbook by the profile `{now}`, before by `{before}`{because}")
}

/// Asserts that the broken link that the change adds is reported.
#[track_caller]
fn checks_by_the_profile_of_before(git: &Git) {
    let rules = lint(git, &[]).exits(1).rules();
    assert!(rules.contains(&"link-missing-file".to_owned()), "{rules:?}");
}

#[test]
fn a_file_that_flips_the_profile_is_one_finding_at_its_place() {
    for (file, profile) in [
        ("data/stages.yml", "gitlab"),
        ("data/code_hosts.yml", "sourcegraph"),
        ("data/features.yml", "default"),
    ] {
        let git = handbook();
        git.write(file, "{}\n").write("README.md", BROKEN);
        let found =
            format!("{file}:1 {}", flip(profile, "mattermost", &format!(", because of `{file}`")));
        weakens(&git, &[&found]);
        checks_by_the_profile_of_before(&git);
        let text = pmctl(&["lint", "--changed-since", "main"]).run_in(git.root()).stdout;
        assert!(text.contains("set `profile = \"mattermost\"` in pmctl.toml"), "{text}");
        git.write("pmctl.toml", "profile = \"mattermost\"\n");
        weakens_nothing_and_checks(&git);
    }
}

#[track_caller]
fn weakens_nothing_and_checks(git: &Git) {
    assert_eq!(gate(git, "gate-weakened"), [""; 0]);
    checks_by_the_profile_of_before(git);
}

#[test]
fn a_folder_or_the_form_of_a_file_may_flip_the_profile_too() {
    let git = handbook();
    git.write("source/direction/quay.md", "# Quay\n").write("README.md", BROKEN);
    let because = ", because of `source/direction`";
    let found = format!("source/direction/quay.md:1 {}", flip("gitlab", "mattermost", because));
    weakens(&git, &[&found]);
    checks_by_the_profile_of_before(&git);

    let git = Git::new();
    git.write("data/features.yml", "maps:\n  title: Maps\n").write("direction/quay.md", "# Quay\n");
    git.commit("2026-01-20T12:00:00Z");
    git.write("data/features.yml", "features:\n  - title: Maps\n");
    let because = ", because of `data/features.yml`";
    let found = format!("data/features.yml:1 {}", flip("gitlab", "default", because));
    weakens(&git, &[&found]);
    git.write("data/features.yml", "maps:\n  title: Maps\n").write("content/index.md", "# Maps\n");
    let because = ", because of `content`";
    let found = format!("content/index.md:1 {}", flip("sourcegraph", "default", because));
    weakens(&git, &[&found]);
}

#[test]
fn a_file_that_goes_may_flip_the_profile() {
    let git = handbook();
    git.write("data/stages.yml", "stages: {}\n").write("source/index.html.md", "# Start\n");
    git.commit("2026-01-21T12:00:00Z");
    git.remove("data/stages.yml").write("source/index.html.md", "# Start\n\n[gone](/gone/)\n");
    let because = ", because of `data/stages.yml`";
    let found = format!("data/stages.yml:1 {}", flip("mattermost", "gitlab", because));
    weakens(&git, &[&found]);
}

#[test]
fn settings_that_flip_the_profile_are_reported_with_what_else_they_weaken() {
    let git = handbook();
    git.write("README.md", BROKEN)
        .write("pmctl.toml", "[lint.rules]\nlink-missing-file = \"off\"\n");
    let flipped =
        format!("pmctl.toml:1 {}", flip("default", "mattermost", ", because of `pmctl.toml`"));
    let lowered = "pmctl.toml:2 this change lowers `link-missing-file` from error to off";
    weakens(&git, &[&flipped, lowered]);
    checks_by_the_profile_of_before(&git);

    git.write("README.md", SUMMARY).write("pmctl.toml", "# Ours.\nprofile = \"mattermost\"\n");
    git.commit("2026-01-21T12:00:00Z");
    git.write("README.md", BROKEN);
    git.write("pmctl.toml", "# Ours.\nprofile = \"gitlab\"\n[paths]\nstages = \"stages.yml\"\n");
    weakens(&git, &[&format!("pmctl.toml:2 {}", flip("gitlab", "mattermost", ""))]);
    checks_by_the_profile_of_before(&git);
    git.write("pmctl.toml", "# Ours.\n");
    weakens(&git, &[&format!("pmctl.toml:1 {}", flip("default", "mattermost", ""))]);
    git.remove("pmctl.toml");
    weakens_nothing_and_checks(&git);
}

#[test]
fn a_profile_that_the_command_names_is_that_of_both_sides() {
    let git = handbook();
    git.write("data/stages.yml", "stages: {}\n").write("README.md", BROKEN);
    for profile in ["mattermost", "gitlab"] {
        let run = lint(&git, &["--profile", profile, "--exit-zero"]);
        assert!(!run.rules().contains(&"gate-weakened".to_owned()), "{profile}");
    }
}

#[test]
fn settings_outside_the_handbook_name_the_profile_or_the_files_of_before_show_it() {
    let git = handbook();
    git.write("data/stages.yml", "{}\n").write("README.md", BROKEN);
    let own = git.beside("own.toml");
    let config = own.to_str().expect("a path");
    std::fs::write(&own, "[review]\ncadence = \"1 month\"\n").expect("a file");
    let rules = lint(&git, &["--config", config]).exits(1).rules();
    assert_eq!(rules, ["link-missing-file", "gate-weakened"]);
    std::fs::write(&own, "profile = \"mattermost\"\n").expect("a file");
    let rules = lint(&git, &["--config", config]).exits(1).rules();
    assert_eq!(rules, ["link-missing-file"]);
}

#[test]
fn classify_reads_a_change_by_the_profile_of_before() {
    let git = handbook();
    git.write("data/stages.yml", "{}\n");
    let page = BROKEN.replace("2026-01-20", "2026-01-30").replace("[gone](gone.md)\n", "");
    git.write("README.md", page);
    let run = pmctl(&["classify", "--since", "main", "--format", "json"]).run_in(git.root());
    let value = run.exits(0).json();
    let files = value["changes"].as_array().expect("a list").iter();
    let kinds: Vec<_> = files.map(|one| one["kind"].as_str().expect("a kind")).collect();
    assert!(kinds.contains(&"review-dates-only"), "{value:#}");
}

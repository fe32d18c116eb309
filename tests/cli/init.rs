//! `pmctl init`: sets pmctl up, and leaves alone what is there.

use std::fs;

use crate::common::git::Git;
use crate::common::yaml::{json_of_toml, json_of_yaml};
use crate::common::{Handbook, pmctl, repository};

/// A handbook with one thing to find.
fn handbook() -> Handbook {
    Handbook::new()
        .file("data/features.yml", "a:\n  title: A\n  titel: A\n")
        .file("direction/a.md", "# A\n\nLast reviewed: 2026-01-30\n")
}

fn read(handbook: &Handbook, path: &str) -> String {
    fs::read_to_string(handbook.path(path)).expect("a file")
}

/// All files of the handbook, sorted, without those of git.
fn files(handbook: &Handbook) -> Vec<String> {
    let walk = ignore::WalkBuilder::new(handbook.path("")).hidden(false).build();
    let root = handbook.path("");
    let mut files: Vec<String> = walk
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(|entry| entry.path().strip_prefix(&root).expect("below").display().to_string())
        .filter(|path| !path.starts_with(".git/"))
        .collect();
    files.sort();
    files
}

#[test]
fn a_new_handbook_gets_a_configuration_and_a_baseline_and_then_lints_clean() {
    let handbook = handbook();
    handbook.run(&["lint", "--fail-on", "warning"]).exits(1).prints("unknown-field");
    let run = handbook.run(&["init"]).exits(0);
    assert_eq!(run.stdout, ".pmctl-baseline.json: written\npmctl.toml: written\n");
    let run = run.says("--ci adds a job");
    assert!(!run.stderr.contains("left alone"), "{run:?}");
    let toml = read(&handbook, "pmctl.toml");
    assert_eq!(json_of_toml(&toml), serde_json::json!({"profile": "default"}));
    assert!(toml.contains("\n# Found: data/features.yml, and 1 page.\n"), "{toml}");
    handbook.run(&["lint", "--fail-on", "warning"]).exits(0).prints("baseline");
    handbook.run(&["config", "show", "profile"]).exits(0).prints("pmctl.toml:");
}

#[test]
fn a_second_run_writes_nothing() {
    let handbook = handbook().file(".github/CODEOWNERS", "* @ada\n");
    handbook.run(&["init"]).exits(0).prints(".github/workflows/pmctl.yml: written");
    let (before, toml) = (files(&handbook), read(&handbook, "pmctl.toml"));
    let run = handbook.run(&["init"]).exits(0);
    assert_eq!(run.stdout, "");
    run.says("pmctl.toml is there and is left alone")
        .says(".pmctl-baseline.json is there and is left alone")
        .says(".github/workflows/pmctl.yml has pmctl already and is left alone");
    assert_eq!((files(&handbook), read(&handbook, "pmctl.toml")), (before, toml));
}

#[test]
fn what_no_baseline_holds_is_said_because_the_job_fails_of_it() {
    let handbook = Handbook::new().file("direction/a.md", "# A\n\nLast reviewed: 2026-01-30\n");
    handbook
        .run(&["init", "--profile", "default"])
        .exits(0)
        .says("`data/features.yml` cannot be judged")
        .says("`pmctl lint` fails");
    let toml = read(&handbook, "pmctl.toml");
    assert!(toml.contains("\n# Found: no data file yet, and 1 page.\n"), "{toml}");
    handbook.run(&["lint"]).exits(2);
    let broken = Handbook::new().file("data/features.yml", "maps: [\n");
    broken.run(&["init"]).exits(0).says("`data/features.yml` cannot be judged");
    broken.run(&["lint"]).exits(1);
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let handbook = handbook()
        .file("pmctl.toml", "# mine\nprofile = 'default'\n")
        .file(".pmctl-baseline.json", "{}")
        .file(".gitlab-ci.yml", "stages: [build]\n");
    let run =
        handbook.run(&["init"]).exits(0).says(".gitlab-ci.yml is there and is left alone; paste");
    let snippet = fs::read_to_string(repository("examples/ci/gitlab-ci.yml")).expect("a snippet");
    assert_eq!(run.stdout, snippet);
    assert_eq!(read(&handbook, "pmctl.toml"), "# mine\nprofile = 'default'\n");
    assert_eq!(read(&handbook, ".pmctl-baseline.json"), "{}");
    assert_eq!(read(&handbook, ".gitlab-ci.yml"), "stages: [build]\n");
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let handbook = handbook();
    let before = files(&handbook);
    let run = handbook.run(&["init", "--dry-run", "--ci", "gitlab"]).exits(0);
    run.prints("+++ b/pmctl.toml\n")
        .prints("+profile = \"default\"\n")
        .prints("+++ b/.pmctl-baseline.json\n")
        .prints("+++ b/.gitlab-ci.yml\n");
    assert_eq!(files(&handbook), before);
}

#[test]
fn the_profile_is_that_of_the_files_or_of_the_flag() {
    let mattermost = Handbook::new().file("SUMMARY.md", "# Contents\n");
    mattermost.run(&["init"]).exits(0);
    assert!(read(&mattermost, "pmctl.toml").contains("profile = \"mattermost\""));

    let empty = Handbook::new();
    empty.run(&["init"]).exits(2).says("holds no handbook").says("--profile");
    empty.run(&["init", "--profile", "gitlub"]).exits(2).says("did you mean `gitlab`?");
    assert_eq!(files(&empty), Vec::<String>::new());
    let run = empty.run(&["init", "--profile", "gitlab"]).exits(0);
    run.says("lint finds nothing that a baseline can hold, so none is written")
        .prints("pmctl.toml: written");
    assert_eq!(files(&empty), ["pmctl.toml"]);
    let toml = read(&empty, "pmctl.toml");
    assert!(toml.contains("profile = \"gitlab\"") && toml.contains("no data file yet"), "{toml}");
}

#[test]
fn a_broken_configuration_stops_it_before_anything_is_written() {
    let handbook = handbook().file("pmctl.toml", "[lint]\nruels = {}\n");
    let before = files(&handbook);
    handbook.run(&["init", "--ci", "github"]).exits(2).says("pmctl.toml:2");
    assert_eq!(files(&handbook), before);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let elsewhere = Handbook::new();
    let handbook = handbook();
    std::os::unix::fs::symlink(elsewhere.path(""), handbook.path(".github")).expect("a link");
    let run = handbook.run(&["init", "--ci", "github"]).exits(2).says("symbolic link");
    assert_eq!(run.stdout, "");
    assert!(!handbook.path("pmctl.toml").exists());
    assert_eq!(files(&elsewhere), Vec::<String>::new());
}

#[test]
fn the_remote_tells_the_forge() {
    for (address, file, other) in [
        ("git@gitlab.example.org:a/b.git", ".gitlab-ci.yml", ".github"),
        ("https://github.com/a/b", ".github/workflows/pmctl.yml", ".gitlab-ci.yml"),
    ] {
        let git = Git::new();
        git.run(&["remote", "add", "origin", address]);
        git.write("data/features.yml", "a:\n  title: A\n");
        let run = pmctl(&["init"]).run_in(git.root()).exits(0).prints(file);
        assert!(run.stderr.contains("The job needs"), "{run:?}");
        assert!(git.root().join(file).is_file() && !git.root().join(other).exists());
        json_of_yaml(&fs::read_to_string(git.root().join(file)).expect("a job"));
    }
}

#[test]
fn a_handbook_below_the_top_gets_its_job_printed_with_its_folder() {
    let git = Git::new();
    git.write("my docs/data/features.yml", "a:\n  title: A\n");
    let args = ["init", "-C", "my docs", "--ci", "gitlab"];
    let run = pmctl(&args).run_in(git.root()).exits(0).says("at the top of the repository");
    run.prints("pmctl.toml: written").prints("- pmctl -C 'my docs' lint $PMCTL_SCOPE --report");
    assert!(!git.root().join("my docs/.gitlab-ci.yml").exists());
}

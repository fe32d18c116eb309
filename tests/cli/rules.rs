//! Every rule has a manual and a broken fixture on which it fires, alone; all are silent on the good
//! handbooks.

use std::fs;

use crate::common::{compare, pmctl, repository};

/// The rules that look at the history of git, which a fixture cannot hold: `tests/cli/changed_since_review.rs`,
/// `tests/cli/draft_stale.rs` and `tests/cli/lint_gate.rs` make repositories for them.
const OF_HISTORY: [&str; 5] =
    ["changed-since-review", "draft-stale", "gate-weakened", "gate-softened", "data-file-removed"];

/// The ids of all rules.
fn rules() -> Vec<String> {
    let value = pmctl(&["rules", "--format", "json"]).run_in(&repository("")).exits(0).json();
    let rules = value["rules"].as_array().expect("a list").clone();
    rules.iter().map(|rule| rule["rule"].as_str().expect("text").to_owned()).collect()
}

#[test]
fn every_rule_fires_alone_on_its_broken_handbooks() {
    for rule in rules().into_iter().filter(|rule| !OF_HISTORY.contains(&rule.as_str())) {
        let folder = repository("fixtures/rules").join(&rule);
        let entries = fs::read_dir(&folder).unwrap_or_else(|_| panic!("{rule} has no fixtures"));
        let mut handbooks: Vec<_> = entries
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.is_dir())
            .collect();
        handbooks.sort();
        assert!(!handbooks.is_empty(), "{rule} has no fixtures");
        for handbook in handbooks {
            let profile = handbook.file_name().expect("a name").to_str().expect("UTF-8").to_owned();
            let found = pmctl(&["lint", "-C", ".", "--format", "json"]).run_in(&handbook).rules();
            assert!(!found.is_empty(), "{rule} is silent in {}", handbook.display());
            assert!(found.iter().all(|found| *found == rule), "{}: {found:?}", handbook.display());
            let run = pmctl(&["lint", "-C", ".", "-v"]).run_in(&handbook);
            let text = run.says(&format!("kept as {profile}")).stdout;
            compare(&text, &folder.join(format!("{profile}.expected.txt")));
        }
    }
}

#[test]
fn no_fixture_is_left_of_a_rule_that_is_gone() {
    let rules = rules();
    for entry in fs::read_dir(repository("fixtures/rules")).expect("fixtures") {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        assert!(rules.contains(&name), "there is no rule {name}");
    }
}

#[test]
fn every_rule_is_silent_on_the_good_handbooks() {
    for profile in ["gitlab", "sourcegraph", "mattermost", "default"] {
        let handbook = repository("fixtures/good").join(profile);
        pmctl(&["lint", "-C", "."]).run_in(&handbook).exits(0).prints("nothing to report");
        pmctl(&["lint", "-C", ".", "-v"]).run_in(&handbook).says(&format!("kept as {profile}"));
    }
}

#[test]
fn the_manual_of_all_rules_is_up_to_date() {
    let run = pmctl(&["explain", "--all"]).run_in(&repository("")).exits(0);
    compare(&run.stdout, &repository("docs/rules.md"));
}

#[test]
fn a_manual_has_its_parts_and_a_wrong_name_its_neighbour() {
    let here = repository("");
    let run = pmctl(&["explain", "tier-cascade"]).run_in(&here).exits(0);
    for part in ["# tier-cascade", "Level: warning", "## Why", "## Bad", "## Good", "## Source"] {
        assert!(run.stdout.contains(part), "{part}");
    }
    pmctl(&["explain", "tier-casade"]).run_in(&here).exits(2).says("did you mean `tier-cascade`?");
    pmctl(&["explain"]).run_in(&here).exits(2);
}

#[test]
fn rules_are_listed_in_every_format() {
    let here = repository("");
    pmctl(&["rules"]).run_in(&here).prints("yaml-syntax");
    pmctl(&["rules", "--format", "csv"]).run_in(&here).prints("rule,level,fires_on\r\n");
    pmctl(&["rules", "--format", "markdown"]).run_in(&here).prints("| Rule | Level | Fires on |");
}

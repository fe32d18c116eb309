//! The manuals and lists of the rules. What each rule finds in its fixtures is in `tests/fixtures`.

use crate::common::{compare, pmctl, repository};

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

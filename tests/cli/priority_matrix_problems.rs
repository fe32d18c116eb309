//! `pmctl priority-matrix`: what is wrong with votes, their file or the flags.

use crate::common::Handbook;
use crate::common::votes::{WINTER, handbook, matrix, placed, session};
use serde_json::json;

#[test]
fn who_votes_too_often_is_named_and_not_counted_on_that_axis() {
    let votes = session(
        "ada, bo",
        "    importance:\n      ada: [a, a, b, c, d, e]\n      bo: [b]\n    feasibility:\n      ada: [a]\n",
    );
    let run = matrix(&handbook(&votes), &["--format", "json"]).exits(1);
    let run = run.says(
        "error: data/votes.yml:7:7: `ada` casts 6 votes for importance in session `s`, but has 5; \
         take out what is too much; until then, none of these votes is counted\n",
    );
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    let wanted = ["b 1 0 plan", "a 0 1 fill in", "c 0 0 drop", "d 0 0 drop", "e 0 0 drop"];
    assert_eq!(placed(&run, 0), wanted);
    assert_eq!(run.json()["sessions"][0]["without_votes"], json!([]));
}

#[test]
fn a_vote_for_what_is_not_there_has_a_suggestion() {
    let votes = WINTER.replace("[ladders, crates, crates]", "[ladder, crates, hoses]");
    let run = matrix(&handbook(&votes), &["--format", "json"]).exits(1);
    let run = run
        .says("error: data/votes.yml:12:18: session `winter` has no item `ladder`, so the vote for it is not counted; did you mean `ladders`?\n")
        .says("error: data/votes.yml:12:34: session `winter` has no item `hoses`, so the vote for it is not counted; add it to `items`, or take the vote out\n");
    assert_eq!(placed(&run, 0)[..2], ["ladders 2 1 plan", "crates 1 2 fill in"]);
    // A vote for nothing is a vote all the same: with it, these are four.
    let votes = WINTER.replace("[ladders, crates, crates]", "[hoses, ladders, crates, crates]");
    matrix(&handbook(&votes), &[]).exits(1).says("`ada_pear` casts 4 votes");
}

#[test]
fn votes_of_a_stranger_are_named_and_not_counted() {
    let votes = WINTER.replace("      ada_pear: [crates", "      Ada Pear: [crates");
    let run = matrix(&handbook(&votes), &["--format", "json"]).exits(1);
    let run = run.says(
        "error: data/votes.yml:15:7: `Ada Pear` is no participant of session `winter`, so these votes are \
         not counted; did you mean `ada_pear`?\n",
    );
    assert_eq!(placed(&run, 0)[..2], ["ladders 3 1 do first", "crates 2 1 do first"]);
    let votes = WINTER.replace("      bo_plum: [crates", "      Zoe: [crates");
    matrix(&handbook(&votes), &[]).exits(1).says("; add them to `participants`, or take the");
}

#[test]
fn the_rules_of_lint_say_the_same() {
    let votes = session("ada", "    importance:\n      ada: [a, a, a, a, a, x]\n      bo: [a]\n");
    let found = handbook(&votes).run(&["lint", "--format", "json"]).exits(1).rules();
    assert_eq!(found, ["votes-exceeded", "vote-unknown-item", "vote-unknown-participant"]);
    // Whatever a configuration makes of the rule, the command cannot count these votes.
    let handbook = handbook(&votes)
        .file("pmctl.toml", "[lint.rules]\nvotes-exceeded = 'allow'\nvote-unknown-item = 'info'\n");
    handbook.run(&["lint", "--format", "json", "--rule", "vote-unknown-item"]).exits(0);
    let run = matrix(&handbook, &[]).exits(1);
    assert_eq!(run.stderr.matches("error: data/votes.yml:").count(), 3, "{}", run.stderr);
}

#[test]
fn a_file_that_is_not_there_says_what_to_create() {
    let handbook = Handbook::new().file("data/features.yml", "{}\n");
    let run = matrix(&handbook, &[]).exits(2);
    let run =
        run.says("error: there is no data/votes.yml; create it with a session under `sessions:`");
    assert_eq!(run.stdout, "");
    let handbook = handbook.file("pmctl.toml", "[paths]\nvotes = 'product/dots.yml'\n");
    let run = matrix(&handbook, &[]).exits(2);
    run.says("`product/dots.yml` cannot be judged: the file does not exist; create it, or say");
    let handbook = handbook.file("product/dots.yml", WINTER);
    matrix(&handbook, &[]).exits(0).prints("Crates that stack");
}

#[test]
fn a_file_that_cannot_be_parsed_is_no_half_answer() {
    for (votes, said) in [
        (format!("{WINTER}   what: is this\n"), "error: data/votes.yml:17:4: this is not YAML"),
        (format!("{WINTER}# \0\n"), "has a NUL byte"),
    ] {
        let run = matrix(&handbook(&votes), &["--format", "json"]).exits(2).says(said);
        assert_eq!(run.stdout, "");
    }
}

#[test]
fn what_is_wrong_with_a_field_is_said_with_its_place() {
    let said = |from: &str, to: &str, text: &str| {
        assert!(WINTER.contains(from), "{from}");
        matrix(&handbook(&WINTER.replace(from, to)), &[]).exits(1).says(text);
    };
    said(
        "votes_each: 3",
        "votes_each: 0",
        "error: data/votes.yml:5:17: `0` is no value for `votes_each` of session `winter`; write a whole number above zero",
    );
    said("votes_each: 3", "votes_each: -3", "`-3` is no value for `votes_each`");
    said(
        "votes_each: 3",
        "votes_each: 2.5",
        "`votes_each` of session `winter` is the number `2.5`",
    );
    said("votes_each: 3", "votes_each: '3'", "remove the quotes");
    said("votes_each: 3", "votes_each: 99999999999999999999", "data/votes.yml:5:17:");
    said("{title: A course in pruning}", "{by: Ada}", "`title` of item `pruning` is missing");
    said("[ladders, crates, crates]", "crates", "write it as a list: `[crates]`");
    said(
        "[ladders, crates, crates]",
        "{crates: 2}",
        "`ada_pear` in `importance` of session `winter` is a map",
    );
    said("    items:", "    itmes:", "did you mean `items`?");
    // What cannot be read is one problem, not one more for every vote.
    let votes = WINTER.replace("[ada_pear, bo_plum, Cy Quince]", "3");
    let run = matrix(&handbook(&votes), &[]).exits(1).prints("Crates that stack");
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    let votes = WINTER.replace("{title: A course in pruning}", "");
    let run = matrix(&handbook(&votes), &[]).exits(1).prints("drop      pruning");
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    let votes = "sessions:\n  s:\n    title: S\n    participants: [ada]\n    items: [a, b]\n    importance: {ada: [a, b]}\n";
    let run = matrix(&handbook(votes), &[])
        .exits(1)
        .says("a list stands where a map of item keys belongs");
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
}

#[test]
fn a_warning_fails_nothing_and_can_be_silenced() {
    let votes = WINTER.replace("by: ada_pear", "by: ada_pear, size: 3");
    let run = matrix(&handbook(&votes), &[]).exits(0);
    run.says("warning: data/votes.yml:7:54: `size` is no field of an item; the fields are `title`, `by`\n");
    assert_eq!(matrix(&handbook(&votes), &["-q"]).exits(0).stderr, "");
}

#[test]
fn a_wrong_flag_has_a_suggestion() {
    let handbook = handbook(WINTER);
    matrix(&handbook, &["--format", "makrdown"]).exits(2).says("did you mean `markdown`?");
    matrix(&handbook, &["--format", "ics"]).exits(2).says("it has table, json, csv, markdown");
    matrix(&handbook, &["--sesion", "s"]).exits(2).says("--session");
    handbook.run(&["priority-matix"]).exits(2).says("priority-matrix");
}

#[test]
fn a_file_of_nothing_but_slips_ends_soon() {
    let items: Vec<String> =
        (0..3_000).map(|at| format!("      item_number_{at}: {{title: T}}\n")).collect();
    let items = items.concat();
    let votes: Vec<String> = (0..20_000).map(|at| format!("itme_nubmer_{at}")).collect();
    let handbook = handbook(&format!(
        "sessions:\n  s:\n    title: S\n    participants: [ada]\n    votes_each: 99999\n    items:\n{items}    importance:\n      ada: [{}]\n",
        votes.join(", ")
    ));
    let run = matrix(&handbook, &[]).exits(1);
    assert_eq!(run.stderr.lines().count(), 20_000);
}

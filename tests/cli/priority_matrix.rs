//! `pmctl priority-matrix`: votes in, quadrants out.

use crate::common::Handbook;
use crate::common::titles::ODD_TITLES;
use crate::common::votes::{WINTER, handbook, matrix, placed, session};
use serde_json::{Value, json};

#[test]
fn a_table_has_the_items_by_quadrant() {
    let handbook = handbook(WINTER).file(
        "data/people.yml",
        "ada_pear: {name: Ada Pear, role: PM}\nbo_plum: {name: Bo Plum, role: PM}\n",
    );
    let run = matrix(&handbook, &[]).exits(0);
    assert_eq!(
        run.stdout,
        "\
What to do in winter (winter)
Quadrant  Item                 Importance  Feasibility  By
do first  Crates that stack    2           2            Dee Medlar
plan      Longer ladders       3           1            Ada Pear
fill in   Lanterns             0           3            Bo Plum
drop      A course in pruning  1           0            -
4 items; the medians are 1.5 for importance and 1.5 for feasibility
no votes yet from: Cy Quince
"
    );
    assert_eq!(run.stderr, "");
    let quiet = matrix(&handbook, &["-q"]).exits(0);
    quiet.never_prints("medians").never_prints("no votes yet").prints("Lanterns");
}

#[test]
fn markdown_is_a_section_to_paste() {
    let run = matrix(&handbook(WINTER), &["--format", "markdown"]).exits(0);
    assert_eq!(
        run.stdout,
        "\
## What to do in winter (winter)

| Quadrant | Item | Importance | Feasibility | By |
| --- | --- | --- | --- | --- |
| do first | Crates that stack | 2 | 2 | Dee Medlar |
| plan | Longer ladders | 3 | 1 | ada\\_pear |
| fill in | Lanterns | 0 | 3 | bo\\_plum |
| drop | A course in pruning | 1 | 0 | - |

4 items; the medians are 1.5 for importance and 1.5 for feasibility

no votes yet from: Cy Quince
"
    );
}

#[test]
fn csv_has_a_row_an_item() {
    let run = matrix(&handbook(WINTER), &["--format", "csv"]).exits(0);
    assert_eq!(
        run.stdout,
        "session,quadrant,item,title,importance,feasibility,by\r\n\
         winter,do first,crates,Crates that stack,2,2,Dee Medlar\r\n\
         winter,plan,ladders,Longer ladders,3,1,ada_pear\r\n\
         winter,fill in,lanterns,Lanterns,0,3,bo_plum\r\n\
         winter,drop,pruning,A course in pruning,1,0,\r\n"
    );
}

#[test]
fn json_has_every_field() {
    let run = matrix(&handbook(WINTER), &["--format", "json"]).exits(0).json();
    let item = |id, title, by, importance, feasibility, quadrant, line| {
        json!({"id": id, "title": title, "by": by, "importance": importance,
               "feasibility": feasibility, "quadrant": quadrant, "path": "data/votes.yml", "line": line})
    };
    let nobody: Option<&str> = None;
    assert_eq!(
        run,
        json!({"sessions": [{
            "id": "winter", "title": "What to do in winter",
            "participants": ["ada_pear", "bo_plum", "Cy Quince"], "votes_each": 3,
            "importance_median": 1.5, "feasibility_median": 1.5,
            "items": [
                item("crates", "Crates that stack", Some("Dee Medlar"), 2, 2, "do first", 8),
                item("ladders", "Longer ladders", Some("ada_pear"), 3, 1, "plan", 7),
                item("lanterns", "Lanterns", Some("bo_plum"), 0, 3, "fill in", 10),
                item("pruning", "A course in pruning", nobody, 1, 0, "drop", 9),
            ],
            "without_votes": ["Cy Quince"],
        }]})
    );
}

#[test]
fn votes_may_be_stacked_within_the_limit() {
    let votes =
        session("ada, bo", "    importance:\n      ada: [c, c, c, c, c]\n      bo: [c, d]\n");
    let run = matrix(&handbook(&votes), &["--format", "json"]).exits(0);
    assert_eq!(placed(&run, 0)[..2], ["c 6 0 plan", "d 1 0 plan"]);
    assert_eq!(run.stderr, "");
}

#[test]
fn what_ties_at_the_median_is_low_unless_nothing_is_above_it() {
    let quadrants = |importance: &str| {
        let ballots = importance
            .split('|')
            .enumerate()
            .map(|(at, votes)| format!("      p{at}: [{votes}]\n"));
        let votes =
            session("p0, p1, p2", &format!("    importance:\n{}", ballots.collect::<String>()));
        let run = matrix(&handbook(&votes), &["--format", "json"]).exits(0);
        let session = &run.json()["sessions"][0];
        let items = session["items"].as_array().expect("a list").clone();
        let high = items.iter().filter(|item| item["quadrant"] == "plan");
        let high: Vec<&str> = high.map(|item| item["id"].as_str().expect("text")).collect();
        format!("{} above {}", high.join(" "), session["importance_median"])
    };
    assert_eq!(quadrants("a, a, b, c, d|a, b, c, d|e"), "a above 2");
    assert_eq!(quadrants("a|b|b"), "b a above 0");
    assert_eq!(quadrants("a, b, c|a, b, c"), "a b c above 2", "nothing has more");
    assert_eq!(quadrants("a, b, c, d, e"), "a b c d e above 1", "nothing has more");
}

#[test]
fn sessions_come_one_after_the_other_or_by_their_key() {
    let summer = "  summer:\n    title: Summer\n    participants: [ada_pear]\n    items:\n      shade: {title: Shade}\n";
    let handbook = handbook(&format!("{WINTER}{summer}"));
    let run = matrix(&handbook, &[]).exits(0);
    run.prints("(winter)\n").prints(
        "no votes yet from: Cy Quince\n\nSummer (summer)\nQuadrant  Item   Importance  Feasibility  By\n\
         -         Shade  0           0            -\n\
         1 item; no votes, so there are no quadrants\nno votes yet from: ada_pear\n",
    );
    let run = matrix(&handbook, &["--session", "summer"]).exits(0);
    run.never_prints("winter").prints("Summer (summer)");
    let run = matrix(&handbook, &["--session", "summer", "--format", "json"]).exits(0);
    assert_eq!(run.json()["sessions"].as_array().map(Vec::len), Some(1));
    assert_eq!(placed(&run, 0), ["shade 0 0 -"]);
    let run = matrix(&handbook, &["--format", "csv"]).exits(0);
    run.prints("winter,drop,pruning").prints("\r\nsummer,,shade,Shade,0,0,\r\n");

    let run = matrix(&handbook, &["--session", "sumer"]).exits(2);
    run.says("error: data/votes.yml has no session `sumer`; did you mean `summer`?\n");
    let run = matrix(&handbook, &["--session", "autumn"]).exits(2);
    run.says("it has winter, summer");
}

#[test]
fn a_session_may_lack_items_or_votes() {
    let run = matrix(&handbook("sessions:\n  s: {title: S, participants: [ada]}\n"), &[]).exits(0);
    assert_eq!(run.stdout, "S (s)\nno items\nno votes yet from: ada\n");
    let run = matrix(
        &handbook("sessions:\n  s: {title: S, participants: [ada]}\n"),
        &["--format", "json"],
    );
    let session: Value = run.exits(0).json()["sessions"][0].clone();
    assert_eq!(session["items"], json!([]));
    assert_eq!((&session["importance_median"], &session["votes_each"]), (&Value::Null, &json!(5)));
}

#[test]
fn an_empty_file_has_no_sessions() {
    for empty in ["", "# Nothing yet\n", "sessions:\n", "sessions: {}\n"] {
        let handbook = handbook(empty);
        assert_eq!(matrix(&handbook, &[]).exits(0).stdout, "no sessions\n", "{empty:?}");
        let run = matrix(&handbook, &["--format", "json"]).exits(0);
        assert_eq!(run.json(), json!({"sessions": []}), "{empty:?}");
        matrix(&handbook, &["--session", "s"]).exits(2).says("no session `s`; it has none");
    }
}

#[test]
fn a_file_may_be_named() {
    let handbook = handbook(WINTER).file("retro/spring.yml", session("ada", ""));
    matrix(&handbook, &["retro/spring.yml"]).exits(0).prints("S (s)").never_prints("winter");
    let run = matrix(&handbook, &["retro/sprin.yml"]).exits(2);
    run.says("there is no retro/sprin.yml; did you mean `retro/spring.yml`?");
    matrix(&handbook, &["retro"]).exits(2).says("`retro` cannot be judged: this is a folder");
    matrix(&handbook, &[".."]).exits(2).says("lies outside the handbook");
    let broken = handbook.file("retro/broken.yml", session("ada", "    importance: {bo: [a]}\n"));
    matrix(&broken, &["retro/broken.yml"])
        .exits(1)
        .says("error: retro/broken.yml:6:18: `bo` is no");
    // Nothing else has to be a handbook.
    let alone = Handbook::new().file("dots.yml", WINTER);
    matrix(&alone, &["dots.yml"]).exits(0).prints("Crates that stack");
    matrix(&alone, &[]).exits(2).says("holds no handbook");
}

#[test]
fn every_profile_has_votes() {
    for mark in ["data/stages.yml", "data/product_teams.yml", "SUMMARY.md"] {
        let handbook = Handbook::new().file(mark, "").file("data/votes.yml", WINTER);
        matrix(&handbook, &[]).exits(0).prints("Crates that stack");
        let broken = handbook.file("data/votes.yml", WINTER.replace("[ladders, ", "[ladder, "));
        let found = broken.run(&["lint", "--format", "json"]).exits(1).rules();
        assert!(found.contains(&"vote-unknown-item".to_owned()), "{mark}: {found:?}");
    }
}

#[test]
fn titles_mean_nothing_but_themselves() {
    let hostile = ["\u{1b}[31mred\u{7}", "abc\u{202e}cba", "a|b"];
    let titles: Vec<&str> = ODD_TITLES.iter().chain(&hostile).copied().collect();
    let items: Vec<String> = titles
        .iter()
        .enumerate()
        // JSON's strings are YAML's.
        .map(|(at, title)| format!("      i{at}: {{title: {0}, by: {0}}}\n", json!(title)))
        .collect();
    let handbook = handbook(&format!(
        "sessions:\n  s:\n    title: {0}\n    participants: [{0}]\n    items:\n{1}    importance: {{{0}: [{0}]}}\n",
        json!("\u{1b}]0;title\u{7} | a\nb\u{202e}"),
        items.concat()
    ));
    let is_safe = |text: &str| !text.contains(['\u{1b}', '\u{7}', '\u{202e}']);
    let lines = 2 + titles.len() + 1;
    let run = matrix(&handbook, &[]).exits(1);
    assert!(is_safe(&run.stdout) && is_safe(&run.stderr), "{run:#?}");
    assert_eq!(run.stdout.lines().count(), lines, "{}", run.stdout);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    let run = matrix(&handbook, &["--format", "markdown"]).exits(1);
    assert!(is_safe(&run.stdout), "{}", run.stdout);
    assert_eq!(run.stdout.lines().filter(|line| line.starts_with("| ")).count(), titles.len() + 2);
    assert_eq!(run.stdout.lines().count(), titles.len() + 6, "{}", run.stdout);
    let run = matrix(&handbook, &["--format", "csv"]).exits(1);
    assert!(run.stdout.contains(",'=1+1,"), "{}", run.stdout);
    let run = matrix(&handbook, &["--format", "json"]).exits(1).json();
    let found = run["sessions"][0]["items"].as_array().expect("a list").clone();
    for title in titles {
        assert!(found.iter().any(|item| item["title"] == title && item["by"] == title), "{title}");
    }
}

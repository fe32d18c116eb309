//! `pmctl rice` with `--set` and `--since`, and `pmctl rice explain`.

use crate::common::git::Git;
use crate::common::rice::{ranked, rice, with_data};
use crate::common::{Handbook, Run, pmctl};
use serde_json::{Value, json};

const IDEAS: &str = "\
ideas:
  maps: {title: Maps, reach: 6, impact: 2, confidence: 80%, effort: 2}
  boats: {title: Boats, reach: 3, impact: 2, confidence: 80%, effort: 2}
  trains:
    title: Night trains
    estimates:
      - {by: ada, date: 2026-01-02, reach: 3, impact: 2, confidence: 100%, effort: 6 weeks}
      - {by: bo, reach: 1.5, impact: 2, confidence: 50%, effort: 1}
";

fn handbook() -> Handbook {
    with_data(IDEAS)
}

#[test]
fn what_if_shows_the_old_rank_beside_the_new_one() {
    let run = rice(&handbook(), &["--set", "boats.effort=2 weeks", "--set", "maps.confidence=low"]);
    assert_eq!(
        run.exits(0).stdout,
        "\
Rank  Was  Idea          Area  R         I  C           E          Score  Raters  Lowest  Highest
1     3    Boats         -     3         2  80%         0.476      10.1   1
2     1    Maps          -     6         2  50%         2          3      1
3     2    Night trains  -     1.5 to 3  2  50 to 100%  1 to 1.43  2.85   2       1.5     4.2
"
    );
    let found = rice(&handbook(), &["--set", "boats.effort=2 weeks", "--format", "json"]).json();
    assert_eq!(ranked(&found)[0], "1 boats 252/25");
    assert_eq!(
        (&found["ideas"][0]["old_rank"], &found["ideas"][0]["new"]),
        (&json!(3), &Value::Null)
    );
    // What is supposed of an idea is supposed of each of its raters, and of one without a score too.
    let found =
        rice(&handbook(), &["--set", "trains.reach=10", "--by-rater", "--format", "json"]).json();
    assert_eq!(found["ideas"][0]["reach"], 10);
    let broken = with_data("ideas:\n  a: {title: A, reach: 6, impact: 2, confidence: 80%}\n");
    rice(&broken, &["--set", "a.effort=2"]).exits(0).prints("1     unscored  A");
}

#[test]
fn what_if_asks_for_a_factor_and_a_value_of_it() {
    for (set, why) in [
        ("maps", "should be as `maps.effort=3`"),
        ("maps=3", "should be as `maps.effort=3`"),
        ("maps.size=3", "`size` is no factor; it is reach, impact, confidence or effort"),
        ("maps.reach=4", "`4` is no value of reach; reach is 10, 6, 3, 1.5 or 0.5"),
        ("maps.effort=0", "`0` is no value of effort; person-months above zero"),
        ("maps.effort=", "is no value of effort"),
        ("map.effort=3", "no idea is called `map`; did you mean `maps`?"),
        ("nothing.effort=3", "no idea is called `nothing`; there are maps, boats, trains"),
    ] {
        rice(&handbook(), &["--set", set]).exits(2).says(why);
    }
}

#[test]
fn explain_shows_the_arithmetic_and_where_each_factor_stands() {
    let run = rice(&handbook(), &["explain", "trains"]).exits(0);
    assert_eq!(
        run.stdout,
        "\
Night trains (trains), data/rice.yml:4
estimated by ada on 2026-01-02
  reach       3 (significant reach: 25 to 50% of users), written `3` at data/rice.yml:7
  impact      2 (high), written `2` at data/rice.yml:7
  confidence  100% (high), written `100%` at data/rice.yml:7
  effort      1.43 person-months, written `6 weeks` at data/rice.yml:7
  (3 x 2 x 100%) / 1.43 = 4.2
estimated by bo
  reach       1.5 (small reach: 5 to 25% of users), written `1.5` at data/rice.yml:8
  impact      2 (high), written `2` at data/rice.yml:8
  confidence  50% (low), written `50%` at data/rice.yml:8
  effort      1 person-month, written `1` at data/rice.yml:8
  (1.5 x 2 x 50%) / 1 = 1.5
median of 2 raters: 2.85
rank 2 of 3
"
    );
    let data = "ideas:\n  a: {title: A, reach: 7, impact: 2, confidence: 80%}\n";
    let run = rice(&with_data(data), &["explain", "a"]).exits(0);
    run.prints("  reach       no value, written `7` at data/rice.yml:2\n")
        .prints("rice-off-scale: the reach of `A` is `7`")
        .prints("rice-missing-factor: effort is missing from `A`")
        .prints("no score, and so no rank\n");
    rice(&handbook(), &["explain", "train"]).exits(2).says("did you mean `trains`?");
    rice(&handbook(), &["explain"]).exits(2);
    let page = "# Maps of sea\n\n| Factor | Value |\n|-|-|\n| Reach | 6 |\n| Impact | 2 |\n| Confidence | 80% |\n| Effort | 2 |\n";
    let named = Handbook::new().file("a.md", page);
    rice(&named, &["explain", "maps-of-sea", "a.md"]).exits(0).prints("rank 1 of 1");
}

fn since(git: &Git, args: &[&str]) -> Run {
    pmctl(&[&["rice", "--since"], args].concat()).run_in(git.root())
}

#[test]
fn since_shows_what_is_new_what_is_gone_and_what_moved() {
    let git = Git::new();
    git.write("data/features.yml", "{}\n")
        .write("data/rice.yml", IDEAS)
        .commit("2026-01-01T00:00:00Z");
    git.run(&["tag", "before"]);
    let now = "ideas:\n  boats: {title: Boats, reach: 10, impact: 3, confidence: 80%, effort: 2}\n  kites: {title: Kites, reach: 3, impact: 2, confidence: 80%, effort: 1}\n  maps: {title: Maps, reach: 6, impact: 2, confidence: 80%}\n";
    git.write("data/rice.yml", now);
    let run = since(&git, &["before"]).exits(0);
    assert_eq!(
        run.stdout,
        "\
Rank  At before  Idea   Area  R   I  C    E  Score
1     3          Boats  -     10  3  80%  2  12
2     new        Kites  -     3   2  80%  1  4.8
unscored: Maps (effort is missing: data/rice.yml:4)
gone: Night trains (was rank 2)
"
    );
    let found = since(&git, &["before", "--format", "json"]).exits(0).json();
    let of =
        |at: usize| (found["ideas"][at]["old_rank"].clone(), found["ideas"][at]["new"].clone());
    assert_eq!(of(0), (json!(3), json!(false)));
    assert_eq!(of(1), (Value::Null, json!(true)));
    assert_eq!(found["gone"], json!([{"rank": 2, "id": "trains", "title": "Night trains"}]));
    // Pages are compared too, and an empty list has lost everything.
    git.write("data/rice.yml", "");
    let run = since(&git, &["HEAD"]).exits(0);
    assert_eq!(
        run.stdout,
        "no idea is estimated\ngone: Maps (was rank 1)\ngone: Night trains (was rank 2)\ngone: Boats (was rank 3)\n"
    );
}

#[test]
fn since_asks_for_a_revision_of_a_repository() {
    let git = Git::new();
    git.write("data/features.yml", "{}\n")
        .write("data/rice.yml", IDEAS)
        .commit("2026-01-01T00:00:00Z");
    since(&git, &["yesterday"]).exits(2).says("yesterday");
    let none = handbook();
    rice(&none, &["--since", "HEAD"]).exits(2).says("git");
    // Before there was a file, everything is new.
    git.remove("data/rice.yml").commit("2026-01-02T00:00:00Z");
    git.write("data/rice.yml", IDEAS);
    since(&git, &["HEAD"]).exits(0).prints("1     new      Maps");
}

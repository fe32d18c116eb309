//! What `pmctl rice` says of how sure the order is, against a count of every case.

use std::collections::BTreeSet;

use crate::common::rice::{
    Dice, Plain, compare_fractions, empty, json_of_sheet, lowest_terms, name, of_sheet, rank, rice,
    sheet,
};
use crate::common::{TODAY, pmctl};
use serde_json::{Value, json};

/// The ideas of a run by their names.
fn by_name(run: &Value) -> Vec<Value> {
    let mut ideas = run["ideas"].as_array().expect("a list").clone();
    ideas.sort_by_key(|idea| idea["id"].as_str().expect("text").to_owned());
    ideas
}

#[test]
fn scores_and_ranks_are_those_of_whole_numbers() {
    let ideas = Dice(7).ideas(60);
    let found = by_name(&json_of_sheet(&sheet(&ideas), &[]));
    assert_eq!(found.len(), 60);
    for (at, found) in found.iter().enumerate() {
        assert_eq!(found["id"], name(at));
        assert_eq!(found["rank"], rank(&ideas, at), "{found}");
        assert_eq!(found["score"]["exact"], lowest_terms(ideas[at].score()), "{found}");
        let shared = ideas
            .iter()
            .filter(|other| compare_fractions(other.score(), ideas[at].score()).is_eq());
        assert_eq!(found["tied"], shared.count() > 1, "{found}");
    }
}

/// How far `from` is from `to`, as a ratio of one or above.
fn size(from: (i128, i128), to: (i128, i128)) -> (i128, i128) {
    let (above, below) = (from.0 * to.1, from.1 * to.0);
    if above >= below { (above, below) } else { (below, above) }
}

/// The smallest move that passes the idea with the score `other`, as factor and direction; of several alike
/// any will do, so all of them.
fn smallest(idea: Plain, other: Option<(i128, i128)>, up: bool) -> BTreeSet<(usize, bool)> {
    let Some(other) = other else { return BTreeSet::new() };
    let passing: Vec<_> = idea
        .moves()
        .into_iter()
        .filter(|(_, _, moved)| {
            let order = compare_fractions(moved.score(), other);
            if up { order.is_gt() } else { order.is_lt() }
        })
        .map(|(factor, is_up, moved)| (factor, is_up, size(idea.score(), moved.score())))
        .collect();
    let least = passing.iter().map(|one| one.2).min_by(|&a, &b| compare_fractions(a, b));
    let is_least =
        |size: (i128, i128)| least.is_some_and(|least| compare_fractions(size, least).is_eq());
    passing.into_iter().filter(|one| is_least(one.2)).map(|one| (one.0, one.1)).collect()
}

#[test]
fn sensitivity_is_what_every_single_step_gives() {
    let factors = ["reach", "impact", "confidence", "effort"];
    for seed in 0..12 {
        let ideas = Dice(seed).ideas(3 + usize::try_from(seed).expect("small"));
        let found = by_name(&json_of_sheet(&sheet(&ideas), &["--sensitivity"]));
        for (at, idea) in ideas.iter().enumerate() {
            let now = rank(&ideas, at);
            let after = idea.moves().into_iter().map(|(_, _, moved)| {
                let mut ideas = ideas.clone();
                ideas[at] = moved;
                rank(&ideas, at)
            });
            let ranks: Vec<usize> = after.chain([now]).collect();
            let (best, worst) =
                (*ranks.iter().min().expect("one"), *ranks.iter().max().expect("one"));
            let found = &found[at];
            assert_eq!(found["best_rank"], best, "{seed} {found}");
            assert_eq!(found["worst_rank"], worst, "{seed} {found}");
            assert_eq!(found["robust"], best == now && worst == now, "{seed} {found}");
            let scores = || ideas.iter().map(|idea| idea.score());
            let least = |a: &(i128, i128), b: &(i128, i128)| compare_fractions(*a, *b);
            let above =
                scores().filter(|s| compare_fractions(*s, idea.score()).is_gt()).min_by(least);
            let below =
                scores().filter(|s| compare_fractions(*s, idea.score()).is_lt()).max_by(least);
            for (key, other, up) in [("overtakes", above, true), ("falls_behind", below, false)] {
                let wanted = smallest(*idea, other, up);
                let Some(step) = found[key].as_object() else {
                    assert!(wanted.is_empty(), "{seed} {key} {wanted:?} {found}");
                    continue;
                };
                let factor = factors.iter().position(|name| step["factor"] == *name).expect("one");
                assert!(wanted.contains(&(factor, step["direction"] == "up")), "{seed} {found}");
                let passed = step["id"].as_str().expect("text")[1..].parse::<usize>().expect("one");
                assert!(compare_fractions(ideas[passed].score(), other.expect("one")).is_eq());
            }
        }
    }
}

#[test]
fn a_selection_is_the_best_of_all_subsets() {
    for seed in 100..125 {
        let mut dice = Dice(seed);
        let count = 1 + usize::try_from(dice.below(12)).expect("small");
        let ideas = dice.ideas(count);
        let quarters = i128::from(1 + dice.below(48));
        let months = format!("{}.{:02}", quarters * 25 / 100, quarters * 25 % 100);
        let found = json_of_sheet(&sheet(&ideas), &["--capacity", &months]);
        let of = |set: u32| {
            let chosen = ideas.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
            let sums = chosen.map(|(_, idea)| (idea.product(), idea.effort.0));
            sums.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
        };
        let fitting = (0..1_u32 << count).map(of).filter(|sum| sum.1 <= quarters * 25);
        // The most value, and with it the least effort.
        let (value, negated) =
            fitting.map(|(value, effort)| (value, -effort)).max().expect("none is one");
        let best = &found["capacity"]["best"];
        let set =
            best["ids"].as_array().expect("a list").iter().map(|id| {
                1_u32 << id.as_str().expect("text")[1..].parse::<u32>().expect("a number")
            });
        assert_eq!(of(set.sum()), (value, -negated), "{seed} {best}");
        let number = |value: &Value| value.as_f64().expect("a number");
        let near = |one: f64, other: i128, parts: f64| {
            (one * parts - f64::from(i32::try_from(other).expect("small"))).abs() < 1e-3
        };
        assert!(
            near(number(&best["value"]), value, 1e6)
                && near(number(&best["effort"]), -negated, 100.0)
        );
        // The walk down the ranking.
        let mut left = quarters * 25;
        for idea in found["ideas"].as_array().expect("a list") {
            let at: usize = idea["id"].as_str().expect("text")[1..].parse().expect("a number");
            let fits = ideas[at].effort.0 <= left;
            left -= if fits { ideas[at].effort.0 } else { 0 };
            assert_eq!(idea["selected"], fits, "{seed} {idea}");
        }
        assert!(near(number(&found["capacity"]["taken"]["effort"]), quarters * 25 - left, 100.0));
    }
}

#[test]
fn capacity_says_what_is_in_and_what_would_be_best() {
    let text =
        "Idea,Reach,Impact,Confidence,Effort\nBig,10,3,100%,4\nSmall,6,2,100%,1\nOther,6,2,80%,2\n";
    let run = of_sheet(text, &["--capacity", "4"]).exits(0);
    assert_eq!(
        run.stdout,
        "\
Rank  Idea   Area  R   I  C     E  Score  In 4 months
1     Small  -     6   2  100%  1  12     in
2     Big    -     10  3  100%  4  7.5    out
3     Other  -     6   2  80%   2  4.8    in
down the ranking: 3 of 4 months for 21.6 of Reach x Impact x Confidence, 2 ideas
at best: 4 months for 30, 1 idea: Big
"
    );
    for wrong in ["0", "-1", "many", ""] {
        of_sheet(text, &[&format!("--capacity={wrong}")]).exits(2);
    }
}

#[test]
fn a_simulation_depends_on_its_seed_and_on_nothing_else() {
    let text = sheet(&Dice(3).ideas(25));
    let folder = tempfile::tempdir().expect("a folder");
    let run = |seed: &str, threads: &str| {
        let args = ["rice", "--from", "-", "--simulate", "500", "--seed", seed, "--format", "json"];
        pmctl(&args).input(&text).env("RAYON_NUM_THREADS", threads).run_in(folder.path()).exits(0)
    };
    let one = run("1", "1");
    assert_eq!(one.stdout, run("1", "4").stdout);
    assert_eq!(one.stdout, run("1", "1").stdout);
    assert_ne!(one.stdout, run("2", "4").stdout);
    for idea in one.json()["ideas"].as_array().expect("a list") {
        let p_top = idea["p_top"].as_f64().expect("a number");
        assert!((0.0..=1.0).contains(&p_top), "{idea}");
        let interval = [&idea["rank_interval"][0], &idea["median_rank"], &idea["rank_interval"][1]];
        let interval = interval.map(|rank| rank.as_u64().expect("a number"));
        assert!(interval.is_sorted() && interval[0] >= 1 && interval[2] <= 25, "{idea}");
    }
    // The first five of 25 are five in every draw without ties.
    let found = one.json();
    let ideas = found["ideas"].as_array().expect("a list").iter();
    let sum: f64 = ideas.map(|idea| idea["p_top"].as_f64().expect("a number")).sum();
    assert!((sum - 5.0).abs() < 1e-9, "{sum}");
}

#[test]
fn an_idea_far_above_another_stays_there() {
    let text =
        "Idea,Reach,Impact,Confidence,Effort\nFar above,10,3,100%,1\nFar below,0.5,0.25,50%,9\n";
    let found = json_of_sheet(text, &["--simulate", "2000", "--top", "2"]);
    let picked = |at: usize| {
        let idea = &found["ideas"][at];
        (idea["p_top"].clone(), idea["median_rank"].clone(), idea["rank_interval"].clone())
    };
    assert_eq!(picked(0), (json!(1.0), json!(1), json!([1, 1])));
    assert_eq!(picked(1), (json!(1.0), json!(2), json!([2, 2])));
    let only = json_of_sheet(text, &["--simulate", "2000", "--top", "1"]);
    assert_eq!(only["ideas"].as_array().expect("a list").len(), 1);
    assert_eq!(only["ideas"][0]["p_top"], json!(1.0));
}

/// These numbers may change only when somebody means to change how ideas are drawn.
#[test]
fn the_same_numbers_come_out_on_every_machine() {
    let text = "Idea,Reach,Impact,Confidence,Effort\nA,6,2,80%,2\nB,6,1,100%,1.5\nC,3,3,50%,1\nD,10,0.5,80%,1\n";
    let run = of_sheet(text, &["--simulate", "1000", "--top", "3", "--format", "csv"]).exits(0);
    assert_eq!(
        run.stdout,
        "rank,id,title,area,reach,impact,confidence,effort,score,p_top,median_rank,rank_interval\r\n\
         1,a,A,,6,2,0.8,2,4.8,0.829,2,1 to 4\r\n\
         2,c,C,,3,3,0.5,1,4.5,0.664,2,1 to 4\r\n\
         3,b,B,,6,1,1,1.5,4,0.795,3,1 to 4\r\n\
         3,d,D,,10,0.5,0.8,1,4,0.712,3,1 to 4\r\n"
    );
    let run = of_sheet(text, &["--simulate", "1000", "--top", "3", "--seed", "9"]).exits(0);
    assert_eq!(
        run.stdout,
        "\
Rank  Idea  Area  R   I    C     E    Score  P(top 3)  Median rank  5% to 95%
1     A     -     6   2    80%   2    4.8    84%       2            1 to 4
2     C     -     3   3    50%   1    4.5    67%       2            1 to 4
3=    B     -     6   1    100%  1.5  4      80%       3            1 to 4
3=    D     -     10  0.5  80%   1    4      70%       3            1 to 4
"
    );
}

/// Simulated ideas by their titles.
fn simulated(
    text: &str,
    options: &[&str],
) -> std::collections::BTreeMap<String, serde_json::Value> {
    let found = json_of_sheet(text, options);
    let ideas = found["ideas"].as_array().expect("a list").iter();
    ideas.map(|idea| (idea["title"].as_str().expect("text").to_owned(), idea.clone())).collect()
}

#[test]
fn with_several_raters_the_median_rank_is_the_same_with_every_seed() {
    let rivals = "A,,6,2,100%,1\nB,,6,2,100%,2\nC,,6,2,100%,3\nD,,6,2,100%,4\nE,,3,2,100%,4\n";
    for raters in [1, 2, 3, 40] {
        let mut rows = String::new();
        for rater in 0..raters {
            let effort = if rater % 2 == 0 { "3" } else { "4" };
            let rater = rater.to_string();
            rows.extend(["Ours,rater ", &rater, ",10,3,100%,", effort, "\n"]);
        }
        let text = format!("Idea,By,Reach,Impact,Confidence,Effort\n{rows}{rivals}");
        for seed in ["1", "2", "3", "4"] {
            let found = simulated(&text, &["--simulate", "2000", "--seed", seed]);
            assert_eq!(found["Ours"]["median_rank"], 2, "{raters} raters, seed {seed}");
        }
    }
}

#[test]
fn how_unsure_an_idea_is_goes_by_the_value_of_its_confidence() {
    let sheet = "Idea,Reach,Impact,Confidence,Effort\nninety,3,1,90%,9\neighty,3,1,80%,8\nthirty,3,1,30%,3\ntwenty,3,1,20%,2\n";
    let scale = "[rice.scales]\nconfidence = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]\n";
    let folder = empty().file("pmctl.toml", scale).file("ideas.csv", sheet);
    let options = ["--from", "ideas.csv", "--simulate", "8000", "--format", "json"];
    let run = rice(&folder, &options).exits(0).json();
    let width = |title: &str| {
        let ideas = run["ideas"].as_array().expect("a list").iter();
        let idea = ideas.clone().find(|idea| idea["title"] == title).expect("it");
        let rank = |at: usize| idea["rank_interval"][at].as_f64().expect("a rank");
        rank(1) - rank(0)
    };
    assert!(width("ninety") <= width("twenty"));
    let first = rice(&folder, &[&options[..], &["--top", "1"]].concat()).exits(0).json();
    let p_top: Vec<f64> = first["ideas"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|idea| idea["p_top"].as_f64().expect("a number"))
        .collect();
    let (least, most) =
        (p_top.iter().copied().fold(1.0, f64::min), p_top.iter().copied().fold(0.0, f64::max));
    assert!(most - least > 0.1, "equal scores, unequal confidence: {p_top:?}");
}

#[test]
fn ideas_with_equal_score_confidence_and_raters_have_equal_chances_at_any_place_of_a_scale() {
    let text = "Idea,Reach,Impact,Confidence,Effort\ntop,10,3,80%,240\nmiddle,3,1,80%,24\nbottom,0.5,0.25,80%,1\n";
    let found = simulated(text, &["--simulate", "20000", "--top", "1"]);
    for (title, idea) in &found {
        let p_top = idea["p_top"].as_f64().expect("a number");
        assert!((p_top - 1.0 / 3.0).abs() < 0.015, "{title}: {p_top}");
    }
}

#[test]
fn scaling_all_efforts_changes_no_chance() {
    let text = |unit: &str| {
        format!(
            "Idea,Reach,Impact,Confidence,Effort ({unit})\nA,6,2,80%,2\nB,6,1,100%,1.5\nC,3,3,50%,1\n"
        )
    };
    let chances = |unit: &str| {
        let found = simulated(&text(unit), &["--simulate", "500"]);
        found.into_values().map(|idea| idea["p_top"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(chances("months"), chances("weeks"));
}

#[test]
fn flags_that_make_no_sense_are_refused() {
    let text = "Idea,Reach,Impact,Confidence,Effort\nA,6,2,80%,2\n";
    of_sheet(text, &["--simulate", "0"]).exits(2);
    of_sheet(text, &["--seed", "3"]).exits(2).says("--simulate");
    of_sheet(text, &["--top", "0"]).exits(2);
    of_sheet(text, &["--simulate", "4000000000"]).exits(2).says("are too many; ask for 100000000");
    of_sheet(text, &["--since", "main"]).exits(2).says("no revisions");
    of_sheet(text, &["--since", "main", "--set", "a.effort=1"]).exits(2);
    assert_eq!(json_of_sheet(text, &["--simulate"])["today"], TODAY);
}

//! `pmctl rice`: which ideas there are, in which order, and which have no score and why.

use crate::common::Handbook;
use crate::common::rice::{empty, json_of_sheet, of_sheet, ranked, rice, unscored, with_data};
use serde_json::{Value, json};

/// The ideas that the manual shows.
const PLAN: &str = "\
ideas:
  bulk_edit: {title: Bulk edit of epics, owner: ada, category: boards, reach: 6, impact: 2, confidence: 80%, effort: 1}
  saved_filters: {title: Saved filters, owner: bo, category: boards, reach: 3, impact: 2, confidence: 80%, effort: 2}
  shortcuts: {title: Keyboard shortcuts, owner: ada, category: lists, reach: 6, impact: 1, confidence: 80%, effort: 2}
  offline: {title: Offline mode, owner: '@Cy', team: outdoors, reach: 3, impact: 3, confidence: 50%, effort: 6}
  dark_sidebar:
    title: Dark sidebar
    category: lists
    reach: 3
    impact: low
    confidence: 80%
";

fn plan() -> Handbook {
    with_data(PLAN)
        .file("data/categories.yml", "boards: {name: Boards}\nlists: {name: Lists}\n")
        .file("data/teams.yml", "outdoors: {name: Outdoors}\n")
}

fn json_of(handbook: &Handbook, args: &[&str]) -> Value {
    rice(handbook, &[args, &["--format", "json"]].concat()).exits(0).json()
}

#[test]
fn ideas_are_ranked_and_ties_share_a_rank_by_title() {
    let run = rice(&plan(), &[]).exits(0);
    assert_eq!(
        run.stdout,
        "\
Rank  Idea                Area      R  I  C    E  Score
1     Bulk edit of epics  boards    6  2  80%  1  9.6
2=    Keyboard shortcuts  lists     6  1  80%  2  2.4
2=    Saved filters       boards    3  2  80%  2  2.4
4     Offline mode        outdoors  3  3  50%  6  0.75
unscored: Dark sidebar (effort is missing: data/rice.yml:6)
"
    );
    assert_eq!(run.stderr, "");
    rice(&plan(), &["-q"]).exits(0).never_prints("unscored").prints("Offline mode");
}

#[test]
fn markdown_and_csv_are_to_be_pasted() {
    let run = rice(&plan(), &["--format", "markdown", "--top", "1"]).exits(0);
    assert_eq!(
        run.stdout,
        "\
| Rank | Idea | Area | R | I | C | E | Score |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | Bulk edit of epics | boards | 6 | 2 | 80% | 1 | 9.6 |

- unscored: Dark sidebar (effort is missing: data/rice.yml:6)
"
    );
    let run = rice(&plan(), &["--format", "csv", "--owner", "cy"]).exits(0);
    assert_eq!(
        run.stdout,
        "rank,id,title,area,reach,impact,confidence,effort,score\r\n\
         4,offline,Offline mode,outdoors,3,3,0.5,6,0.75\r\n"
    );
}

#[test]
fn a_filter_hides_ideas_and_changes_no_rank() {
    let handbook = plan();
    assert_eq!(ranked(&json_of(&handbook, &["--area", "lists"])), ["2 shortcuts 12/5"]);
    assert_eq!(
        unscored(&json_of(&handbook, &["--area", "lists"])),
        ["dark_sidebar rice-missing-factor"]
    );
    assert_eq!(ranked(&json_of(&handbook, &["--area", "outdoors"])), ["4 offline 3/4"]);
    assert_eq!(ranked(&json_of(&handbook, &["--owner", "bo"])), ["2 saved_filters 12/5"]);
    assert_eq!(
        ranked(&json_of(&handbook, &["--owner", "@ADA", "--area", "lists"])),
        ["2 shortcuts 12/5"]
    );
    let top = json_of(&handbook, &["--top", "2"]);
    assert_eq!(ranked(&top), ["1 bulk_edit 48/5", "2 shortcuts 12/5", "2 saved_filters 12/5"]);
    assert_eq!(top["ideas"][1]["tied"], true);
    assert_eq!(top["ideas"][0]["tied"], false);
}

#[test]
fn a_filter_that_matches_nothing_is_a_mistake() {
    let handbook = plan();
    rice(&handbook, &["--area", "board"]).exits(2).says("did you mean `boards`?");
    rice(&handbook, &["--owner", "bob"]).exits(2).says("did you mean `bo`?");
    rice(&handbook, &["--area", "zzzzzz"])
        .exits(2)
        .says("no idea has the area `zzzzzz`; there are");
    rice(&handbook, &["explain", "bulk_edits"]).exits(2).says("did you mean `bulk_edit`?");
    rice(&handbook, &["--set", "bulk.effort=3"]).exits(2).says("no idea is called `bulk`");
    // An area of the handbook that has no ideas is no mistake.
    let handbook = handbook.file("data/teams.yml", "outdoors: {name: O}\nindoors: {name: I}\n");
    let run = rice(&handbook, &["--area", "indoors"]).exits(0);
    assert_eq!(run.stdout, "no idea matches\n");
}

/// The ideas of a page with one row.
fn of_row(row: &str) -> Value {
    let page = format!(
        "# T\n\n| Idea | Reach | Impact | Confidence | Effort | Score |\n|---|---|---|---|---|---|\n| fine | 6 | 2 | 80% | 2 | |\n| {row} |\n"
    );
    json_of(&empty().file("direction/t.md", page), &[])
}

#[test]
fn an_idea_with_an_error_has_no_score_but_a_reason_and_a_place() {
    for (row, rule, message) in [
        ("a | 4 | 2 | 80% | 2 | ", "rice-off-scale", "`4`, which is no step"),
        ("a | lots | 2 | 80% | 2 | ", "rice-off-scale", "`lots`, which is no value"),
        ("a | 6 (under 5%) | 2 | 80% | 2 | ", "rice-off-scale", "says 6 and 0.5 at once"),
        ("a |  | 2 | 80% | 2 | ", "rice-missing-factor", "reach is missing"),
        ("a | 6 | TBD | 80% | 2 | ", "rice-missing-factor", "impact is missing"),
        ("a | 6 | 2 | 80% | 0 | ", "rice-effort-not-positive", "the effort of `a` is `0`"),
        ("a | 6 | 2 | 80% | -1 month | ", "rice-effort-not-positive", "`-1 month`"),
        ("fine | 6 | 2 | 80% | 2 | ", "rice-duplicate-id", "a second idea is called `fine`"),
    ] {
        let run = of_row(row);
        assert_eq!(ranked(&run), ["1 fine 24/5"], "{row}");
        let problem = &run["unscored"][0]["problems"][0];
        assert_eq!(problem["rule"], rule, "{row}");
        assert!(problem["message"].as_str().expect("text").contains(message), "{problem}");
        assert_eq!((&problem["path"], &problem["line"]), (&json!("direction/t.md"), &json!(6)));
    }
    let near = of_row("a | 4 | 2 | 80% | 2 | ");
    let help = near["unscored"][0]["problems"][0]["help"].as_str().expect("text").to_owned();
    assert!(help.contains("3 (significant reach: 25 to 50% of users) and 6 (large"), "{help}");
    assert!(help.contains("reach is 10, 6, 3, 1.5 or 0.5"), "{help}");
}

#[test]
fn an_idea_of_nothing_that_there_is_has_no_score() {
    let data = "ideas:\n  a: {title: A, category: board, reach: 6, impact: 2, confidence: 1, effort: 1}\n  b: {title: B, team: nobody, reach: 6, impact: 2, confidence: 1, effort: 1}\n  c: {title: C, feature: None, reach: 6, impact: 2, confidence: 1, effort: 1}\n";
    let run = json_of(&plan().file("data/rice.yml", data), &[]);
    let rule = "rice-unknown-reference";
    assert_eq!(unscored(&run), [format!("a {rule}"), format!("b {rule}"), format!("c {rule}")]);
    assert_eq!(run["unscored"][0]["problems"][0]["help"], "did you mean `boards`?");
}

#[test]
fn what_is_only_doubtful_keeps_its_score() {
    let data = "\
ideas:
  old: {title: Old, date: 2025-03-01, reach: 6, impact: 2, confidence: 80%, effort: 1}
  split:
    title: Split
    estimates:
      - {by: ada, reach: 10, impact: 2, confidence: 100%, effort: 1}
      - {by: bo, reach: 10, impact: 1, confidence: 50%, effort: 1}
  near:
    title: Near
    estimates:
      - {by: ada, reach: 10, impact: 2, confidence: 100%, effort: 1}
      - {by: bo, reach: 6, impact: 2, confidence: 50%, effort: 1}
";
    let run = json_of(&with_data(data), &[]);
    assert_eq!(ranked(&run), ["1 near 13", "2 split 25/2", "3 old 48/5"]);
    let warnings = |at: usize| run["ideas"][at]["warnings"].as_array().expect("a list").clone();
    assert_eq!(warnings(0), [] as [Value; 0]);
    assert_eq!(warnings(1)[0]["rule"], "rice-disagreement");
    assert_eq!(warnings(2)[0]["rule"], "rice-stale");
    rice(&with_data(data), &[])
        .prints("note: `Old` was estimated on 2025-03-01")
        .prints("note: the scores of `Split` are a factor of 4 apart: 20 for ada, 5 for bo");
    let kept = with_data(data).file("pmctl.toml", "[rice]\nexpires = '2 years'\n");
    rice(&kept, &[]).exits(0).never_prints("`Old` was estimated");
}

#[test]
fn raters_are_told_by_their_median_lowest_and_highest() {
    let row = |by: &str, effort: &str| format!("A,{by},6,2,100%,{effort}\n");
    let head = "Idea,Rater,Reach,Impact,Confidence,Effort\n";
    let of = |efforts: &[&str]| {
        let rows = efforts.iter().enumerate().map(|(at, effort)| row(&format!("p{at}"), effort));
        let run = json_of_sheet(&format!("{head}{}", rows.collect::<String>()), &[]);
        let idea = run["ideas"][0].clone();
        [&idea["score"]["exact"], &idea["lowest"], &idea["highest"], &idea["raters"]]
            .map(Clone::clone)
    };
    assert_eq!(of(&["1", "2", "4"]), [json!("6"), json!(3), json!(12), json!(3)]);
    assert_eq!(of(&["4", "1", "3", "2"]), [json!("5"), json!(3), json!(12), json!(4)]);
    assert_eq!(of(&["2"]), [json!("6"), json!(6), json!(6), json!(1)]);
    // One rater without an effort, and nobody knows the median.
    let run = json_of_sheet(&format!("{head}{}{}", row("ada", "1"), row("bo", "")), &[]);
    assert_eq!(unscored(&run), ["a rice-missing-factor"]);
    let message = &run["unscored"][0]["problems"][0]["message"];
    assert_eq!(message, "effort is missing from the estimate of `A` by bo, so it has no score");
}

#[test]
fn without_ideas_it_says_so() {
    let run = rice(&empty(), &[]).exits(0);
    assert_eq!(run.stdout, "no idea is estimated\n");
    run.says("there is none in data/rice.yml and in no page");
    for text in ["", "\n\n", "Idea,Reach,Impact,Confidence,Effort\n", "\u{feff}"] {
        let run = of_sheet(text, &[]).exits(0);
        assert_eq!(run.stdout, "no idea is estimated\n", "{text:?}");
        run.says("there is none in what was named");
        assert_eq!(json_of_sheet(text, &[])["ideas"], json!([]));
        let all = ["--sensitivity", "--simulate", "--capacity", "6", "--by-rater", "--top", "3"];
        of_sheet(text, &all).exits(0);
    }
    rice(&with_data("ideas:\n"), &[]).exits(0).prints("no idea is estimated");
    rice(&with_data(""), &[]).exits(0).prints("no idea is estimated");
    rice(&Handbook::new(), &[]).exits(2);
}

#[test]
fn titles_that_differ_only_in_signs_are_two_ideas() {
    let sheet = "Idea,Reach,Impact,Confidence,Effort\nC++,6,2,80%,2\nC#,3,2,80%,2\nC#,3,2,80%,4\n";
    let handbook = Handbook::new().file("ideas.csv", sheet);
    let value = handbook.run(&["rice", "--from", "ideas.csv", "--format", "json"]).exits(0).json();
    let ids = |key: &str| -> Vec<String> {
        let ideas = value[key].as_array().expect("a list").iter();
        ideas.map(|idea| format!("{} {}", idea["id"], idea["title"])).collect()
    };
    assert_eq!(ids("ideas"), ["\"c\" \"C++\"", "\"c-1\" \"C#\""]);
    assert_eq!(ids("unscored"), ["\"c-1\" \"C#\""], "the second of the same title is one too many");
    let csv = handbook.run(&["rice", "--from", "ideas.csv", "--format", "csv"]).exits(0);
    csv.says("1 idea(s) have no score");
}

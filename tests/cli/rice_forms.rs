//! `pmctl rice`: every way in which people write an idea down, and what is none.

use crate::common::rice::{empty, json_of_sheet, of_sheet, ranked, rice, unscored, with_data};
use serde_json::{Value, json};

/// The ideas of a page.
fn of_page(page: &str) -> Value {
    rice(&empty().file("direction/idea.md", page), &["--format", "json"]).exits(0).json()
}

/// The four factors of the first idea.
fn factors(run: &Value) -> [f64; 4] {
    ["reach", "impact", "confidence", "effort"]
        .map(|name| run["ideas"][0][name].as_f64().unwrap_or_else(|| panic!("{run}")))
}

#[test]
fn rice_yml_holds_one_estimate_an_idea() {
    let data = "\
ideas:
  bulk_edit:
    title: Bulk edit
    link: https://example.com/1
    owner: ada
    date: 2026-01-02
    reach: 6.0
    impact: High
    confidence: 80%
    effort: 2 months
    notes: Ask again.
";
    let run = rice(&with_data(data), &["--format", "json"]).exits(0).json();
    assert_eq!(
        run,
        json!({"today": "2026-01-31", "unscored": [], "ideas": [{
            "rank": 1, "id": "bulk_edit", "title": "Bulk edit", "area": null, "areas": [],
            "owner": "ada", "link": "https://example.com/1", "notes": "Ask again.",
            "reach": 6, "impact": 2, "confidence": 0.8, "effort": 2,
            "score": {"exact": "24/5", "value": 4.8}, "tied": false, "raters": 1,
            "lowest": 4.8, "highest": 4.8, "path": "data/rice.yml", "line": 2, "warnings": [],
        }]})
    );
}

#[test]
fn rice_yml_holds_estimates_of_several_people() {
    let data = "\
ideas:
  map:
    title: Map
    estimates:
      - {by: ada, date: 2026-01-02, reach: 10, impact: 2, confidence: 100%, effort: 2}
      - {by: bo, reach: 6, impact: 2, confidence: 80%, effort: 2}
      - {by: cy, reach: 6, impact: 1, confidence: 80%, effort: 1}
";
    let run = rice(&with_data(data), &["--format", "json"]).exits(0).json();
    // 10, 4.8 and 4.8: the median is 4.8.
    assert_eq!(ranked(&run), ["1 map 24/5"]);
    let idea = &run["ideas"][0];
    assert_eq!(
        (&idea["raters"], &idea["lowest"], &idea["highest"]),
        (&json!(3), &json!(4.8), &json!(10))
    );
    assert_eq!((&idea["reach"], &idea["confidence"]), (&Value::Null, &Value::Null));
}

#[test]
fn the_worked_example_of_the_handbook_is_exactly_two() {
    let page = "\
# Offline maps

## RICE

| RICE Factor | Estimated Value |
| --- | --- |
| Reach | `10.0` |
| Impact | **.5** |
| Confidence | .80 |
| Effort | 2 months |
| Score | (10.0 x .5 x .80) / 2 = **2.0** |
";
    let run = of_page(page);
    let idea = &run["ideas"][0];
    assert_eq!(idea["score"], json!({"exact": "2", "value": 2}));
    assert_eq!((&idea["title"], &idea["id"]), (&json!("Offline maps"), &json!("offline-maps")));
    let wrong = of_page(&page.replace("**2.0**", "**2.5**"));
    assert_eq!(ranked(&wrong), ["1 offline-maps 2"]);
    let warning = &wrong["ideas"][0]["warnings"][0];
    assert_eq!((&warning["rule"], &warning["line"]), (&json!("rice-score-mismatch"), &json!(11)));
}

#[test]
fn a_table_has_a_row_an_idea_and_columns_in_any_order() {
    let page = "\
# Ideas of spring

| Who | **Effort** (weeks) | Conf. | Feature | I | Reach (Q1) | RICE |
| --- | ---: | --- | --- | --- | --- | --- |
| x | 26 | 80% | [Maps](https://example.com/m) | 2x | 6 | 1.6 |
| y | 13 | High | Trains | Medium | `3.0` | **1.0** |
";
    let run = of_page(page);
    assert_eq!(ranked(&run), ["1 maps 504/325", "2 trains 63/65"]);
    assert_eq!(run["ideas"][0]["link"], "https://example.com/m");
    assert_eq!(json!(factors(&run)), json!([6.0, 2.0, 0.8, 26.0 * 5.0 / 21.0]));
    assert_eq!(run["ideas"][1]["line"], 6);
}

#[test]
fn sections_say_it_in_sentences_and_in_any_order() {
    let page = "\
# Night trains

## Why

Because 2000 people ask.

### Impact

It is **high** for them.

### Reach

In Q3 2025 it was ~65% of users.

### Confidence

- `80%`, after 12 interviews

### Effort

About 6 weeks.
";
    // Headings below another belong to it; its own title is no better than the page's.
    let run = of_page(&page.replace("## Why\n\nBecause 2000 people ask.\n\n", ""));
    assert_eq!(ranked(&run), ["1 night-trains 168/25"]);
    let run = of_page(page);
    assert_eq!(ranked(&run), ["1 why 168/25"]);
}

#[test]
fn the_nearest_heading_is_the_title_or_the_front_matter() {
    let table = "| RICE Factor | Value |\n|---|---|\n| Reach | 6 |\n| Impact | 2 |\n| Confidence | 80% |\n| Effort | 2 |\n";
    let titled = |page: String| of_page(&page)["ideas"][0]["title"].clone();
    assert_eq!(titled(format!("# A\n\n## B\n\ntext\n\n{table}\n## C\n")), "B");
    assert_eq!(titled(format!("# A\n\n## B\n\n### RICE score\n\n{table}")), "B");
    assert_eq!(titled(format!("---\ntitle: From above\n---\n\n{table}")), "From above");
    assert_eq!(titled(format!("RICE\n\n{table}")), "Untitled idea");
}

#[test]
fn what_people_write_for_a_factor_counts() {
    let row = |reach: &str, impact: &str, confidence: &str, effort: &str| {
        let page = format!(
            "# A\n\n| Idea | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|\n| a | {reach} | {impact} | {confidence} | {effort} |\n"
        );
        factors(&of_page(&page))
    };
    let near = |found: [f64; 4], wanted: [f64; 4]| {
        let is_near = found.iter().zip(wanted).all(|(one, other)| (one - other).abs() < 1e-12);
        assert!(is_near, "{found:?} {wanted:?}");
    };
    near(row("10.0", "3x", "High", "2 months"), [10.0, 3.0, 1.0, 2.0]);
    near(row(".5", "**High**", "80%", "6 weeks"), [0.5, 2.0, 0.8, 6.0 * 5.0 / 21.0]);
    near(row("vast majority", "`.25`", "0.8", "10 days"), [10.0, 0.25, 0.8, 10.0 / 21.0]);
    near(row("~65% of users", "minimal", "**50%**", "`1.5`"), [6.0, 0.25, 0.5, 1.5]);
    near(
        row("The vast majority", "Massive = 3x", "medium (80%)", "half a month"),
        [10.0, 3.0, 0.8, 0.5],
    );
}

#[test]
fn a_sheet_may_be_divided_by_commas_semicolons_or_tabs() {
    let golden = ["1 a-train 24/5", "2 boats 12/5"];
    for mark in [",", ";", "\t"] {
        let text = "\u{feff}Idea|Reach|Impact|Confidence|Effort|Owner\r\n\"A train\"|6|High|80%|2|ada\r\n\r\nBoats|3|2|80%|2|\r\n";
        let text = text.replace('|', mark);
        let run = json_of_sheet(&text, &[]);
        assert_eq!(ranked(&run), golden, "{mark:?}");
        assert_eq!(run["ideas"][0]["owner"], "ada");
        let file = empty().file("export.csv", &text);
        let run = rice(&file, &["--from", "export.csv", "--format", "json"]).exits(0).json();
        assert_eq!(ranked(&run), golden);
        assert_eq!(
            (&run["ideas"][1]["path"], &run["ideas"][1]["line"]),
            (&json!("export.csv"), &json!(4))
        );
    }
    // A comma may be the decimal point where it divides nothing.
    let run = json_of_sheet("Idea;Reach;Impact;Confidence;Effort\na;1,5;0,25;0,8;0,5\n", &[]);
    assert_eq!(ranked(&run), ["1 a 3/5"]);
}

#[test]
fn a_sheet_may_have_a_row_for_each_rater() {
    let text = "\
Idea,Rater,Reach,Impact,Confidence,Effort,Score
Map,ada,6,2,80%,2,4.8
Boat,ada,6,1,100%,1,6
Map,bo,3,2,100%,2,3
Map,cy,10,2,50%,1,10
";
    let run = of_sheet(text, &["--by-rater"]).exits(0);
    assert_eq!(
        run.stdout,
        "\
Rank  Idea   Area  R        I  C           E       Score  Raters  Lowest  Highest
1     Boat   -     6        1  100%        1       6      1
        ada        6        1  100%        1       6
2     Map    -     3 to 10  2  50 to 100%  1 to 2  4.8    3       3       10
        ada        6        2  80%         2       4.8
        bo         3        2  100%        2       3
        cy         10       2  50%         1       10
"
    );
    let run = json_of_sheet(text, &["--by-rater"]);
    assert_eq!(
        run["ideas"][1]["by_rater"][1],
        json!({
            "by": "bo", "reach": 3, "impact": 2, "confidence": 1, "effort": 2, "score": {"exact": "3", "value": 3},
        })
    );
    // Each row's own score is judged.
    let wrong = json_of_sheet(&text.replace("50%,1,10", "50%,1,11"), &[]);
    let map = wrong["ideas"].as_array().expect("a list").iter().find(|idea| idea["id"] == "map");
    let warning = &map.expect("it keeps its rank")["warnings"][0];
    assert_eq!((&warning["rule"], &warning["line"]), (&json!("rice-score-mismatch"), &json!(5)));
    // Ada has one voice, however often she answers.
    let twice = json_of_sheet(&text.replace("cy", "ada"), &[]);
    assert_eq!(ranked(&twice), ["1 boat 6", "2 map 39/10"]);
    assert_eq!(unscored(&twice), ["map rice-duplicate-id"]);
}

#[test]
fn a_house_may_have_scales_of_its_own() {
    let data = "ideas:\n  a: {title: A, reach: 5, impact: huge, confidence: 0.9, effort: 2}\n  b: {title: B, reach: 10, impact: 8, confidence: 80%, effort: 2}\n  c: {title: C, reach: 30%, impact: 8, confidence: 10%, effort: 2}\n";
    let scales = "[rice.scales]\nreach = [{value = 5, from = 0.2}, {value = 1, from = 0}]\nimpact = [{value = 8, name = 'Huge', meaning = 'everybody sees it'}, 2]\nconfidence = [0.9, 0.1]\n";
    let run = rice(&with_data(data).file("pmctl.toml", scales), &["--format", "json"]).exits(0);
    let run = run.json();
    assert_eq!(ranked(&run), ["1 a 18", "2 c 2"]);
    assert_eq!(unscored(&run), ["b rice-off-scale rice-off-scale"]);
    for (wrong, why) in [
        ("impact = [1]", "[rice.scales] impact needs two steps or more"),
        ("impact = [1, 1.0]", "names a step twice"),
        ("impact = [1, -2]", "above zero"),
        ("confidence = [80, 50]", "write 80% as 0.8"),
    ] {
        let file = format!("[rice.scales]\n{wrong}\n");
        rice(&with_data(data).file("pmctl.toml", file), &[]).exits(2).says(why);
    }
}

#[test]
fn rice_yml_may_lie_elsewhere() {
    let handbook = empty()
        .file("pmctl.toml", "[paths]\nrice = 'plans/ideas.yml'\n")
        .file(
            "plans/ideas.yml",
            "ideas:\n  a: {title: A, reach: 6, impact: 2, confidence: 1, effort: 1}\n",
        )
        .file(
            "data/rice.yml",
            "ideas:\n  no: {title: No, reach: 6, impact: 2, confidence: 1, effort: 1}\n",
        );
    let run = rice(&handbook, &["--format", "json"]).exits(0).json();
    assert_eq!(ranked(&run), ["1 a 12"]);
    let run = rice(&handbook, &["data/rice.yml", "--format", "json"]).exits(0).json();
    assert_eq!(ranked(&run), ["1 no 12"]);
}

#[test]
fn a_page_that_explains_rice_estimates_nothing() {
    let explained = [
        "| RICE Factor | Estimated Value |\n|---|---|\n| Reach | 10/6/3/1.5/0.5 |\n| Impact | 3/2/1/0.5/0.25 |\n| Confidence | 100/80/50% |\n| Effort | person-months |\n",
        "| Factor | Values |\n|---|---|\n| Reach | 0.5 to 10 |\n| Impact | 0.25 to 3 |\n| Confidence | 50% to 100% |\n| Effort | person-months |\n",
        "| Factor | Values |\n|---|---|\n| Reach | 10, 6, 3, 1.5, 0.5 |\n| Impact | 3, 2, 1, 0.5, 0.25 |\n| Confidence | 100%, 80%, 50% |\n| Effort | above zero |\n",
        "| Factor | What it is |\n|---|---|\n| Reach | how many users |\n| Impact | how much |\n| Confidence | how sure |\n| Effort | how long |\n",
        "| Factor | Step | Meaning |\n|---|---|---|\n| Reach | 10 | vast majority |\n| Reach | 6 | large |\n| Impact | 3 | massive |\n| Impact | 2 | high |\n| Confidence | 100% | high |\n| Effort | 1 | month |\n",
        "| Reach | Impact | Confidence | Effort |\n|---|---|---|---|\n| 10 (80% or more) | 3 massive | 100% high | in person-months |\n| 6 | 2 high | 80% medium | |\n| 3 | 1 medium | 50% low | |\n",
        "## Reach\n\nHow many will benefit in the first quarter?\n\n- `10.0` = The vast majority (80% or more)\n- `6.0` = A large percentage\n\n## Impact\n\nHow much?\n\n- Massive = 3x\n- High = 2x\n\n## Confidence\n\n| High | 100% |\n| --- | --- |\n| Low | 50% |\n\n## Effort\n\nHow many person-months it takes, such as 2 for a month of two.\n",
        "| Idea | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|\n|  |  |  |  |  |\n| ... | ... | ... | ... | ... |\n",
    ];
    for page in explained {
        let run = of_page(&format!("# The RICE framework\n\n{page}"));
        assert_eq!(run["ideas"], json!([]), "{page}");
        assert_eq!(run["unscored"], json!([]), "{page}");
    }
}

#[test]
fn code_and_comments_hold_no_ideas() {
    let table = "| RICE Factor | Value |\n|---|---|\n| Reach | 6 |\n| Impact | 2 |\n| Confidence | 80% |\n| Effort | 2 |\n";
    let indented = format!("    {}", table.trim_end().replace('\n', "\n    "));
    for page in [
        format!("# A\n\n```markdown\n{table}```\n"),
        format!("# A\n\n~~~~\n{table}~~~~\n"),
        format!("# A\n\n<!--\n{table}-->\n"),
        format!("# A\n\nCode:\n\n{indented}"),
    ] {
        let run = of_page(&page);
        assert_eq!((&run["ideas"], &run["unscored"]), (&json!([]), &json!([])), "{page}");
    }
}

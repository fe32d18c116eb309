//! `pmctl rice` on files that are broken, hostile, huge or not there.

use std::fmt::Write as _;

use crate::common;
use crate::common::rice::{empty, json_of_sheet, of_sheet, ranked, rice, unscored, with_data};
use crate::common::titles::ODD_TITLES;
use serde_json::{Value, json};

#[test]
fn a_file_that_is_not_there_is_named() {
    let handbook =
        empty().file("direction/a.md", "# A\n").file("b.yml", "ideas:\n").file("c.yml", "");
    rice(&handbook, &["direction/none.md"]).exits(2).says("direction/none.md");
    rice(&handbook, &["--from", "none.csv"]).exits(2).says("none.csv cannot be read");
    rice(&handbook, &["--from", "direction"]).exits(2).says("direction cannot be read");
    rice(&handbook, &["b.yml", "c.yml"]).exits(2).says("name one of them");
    rice(&handbook, &["direction"]).exits(0).prints("no idea is estimated");
    rice(&handbook, &["--no-such-flag"]).exits(2);
    rice(&handbook, &["--format", "sarif"]).exits(2);
}

#[test]
fn a_folder_stands_for_its_pages() {
    let page = |title: &str| {
        format!(
            "# {title}\n\n| Factor | Value |\n|-|-|\n| Reach | 6 |\n| Impact | 2 |\n| Confidence | 80% |\n| Effort | 2 |\n"
        )
    };
    let handbook = empty()
        .file("epics/a.md", page("A"))
        .file("epics/deep/[b].md", page("B"))
        .file("direction/c.md", page("C"));
    let run = |args: &[&str]| {
        ranked(&rice(&handbook, &[args, &["--format", "json"]].concat()).exits(0).json())
    };
    assert_eq!(run(&["epics"]), ["1 a 24/5", "1 b 24/5"]);
    assert_eq!(run(&["epics/deep/[b].md"]), ["1 b 24/5"]);
    assert_eq!(run(&["epics/a.md", "direction"]), ["1 a 24/5", "1 c 24/5"]);
}

#[test]
fn a_sheet_without_its_columns_says_what_it_has() {
    of_sheet("Idea,Reach,Impact,Effort\na,6,2,1\n", &[])
        .exits(2)
        .says("standard input is no sheet of estimates")
        .says("it has Idea, Reach, Impact, Effort");
    of_sheet("Reach,Impact,Confidence,Effort\n6,2,1,1\n", &[])
        .exits(2)
        .says("no column is known to name the ideas");
    let latin = common::Handbook::new().file("a.csv", b"Idea,Reach\nM\xfcll,6\n");
    rice(&latin, &["--from", "a.csv"]).exits(2).says("UTF-8");
}

#[test]
fn malformed_rows_cost_only_themselves() {
    let text = "Idea,Reach,Impact,Confidence,Effort\nshort,6\nlong,6,2,80%,2,more,and more\n,6,2,80%,2\nfine,6,2,80%,2,,\n";
    let run = json_of_sheet(text, &[]);
    assert_eq!(ranked(&run), ["1 fine 24/5"]);
    let missing = "rice-missing-factor";
    assert_eq!(
        unscored(&run),
        [
            format!("short {missing} {missing} {missing}"),
            "long rice-off-scale".to_owned(),
            "untitled-row-3 rice-off-scale".to_owned(),
        ]
    );
    let page = "# T\n\n| Idea | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|\n| short | 6 |\n| long | 6 | 2 | 80% | 2 | more |\n| - | - | - | - | - |\n";
    let run = rice(&empty().file("direction/a.md", page), &["--format", "json"]).exits(0).json();
    assert!(ranked(&run).is_empty());
    let short = format!("short {missing} {missing} {missing}");
    assert_eq!(unscored(&run), [short, "long rice-off-scale".to_owned()]);
}

#[test]
fn what_rice_yml_leaves_out_because_of_its_shape_is_said() {
    let fine = "  b: {title: B, reach: 6, impact: 2, confidence: 1, effort: 1}\n";
    let run = rice(&with_data("ideas:\n  - {id: a, reach: 6}\n"), &[]).exits(2);
    run.says("data/rice.yml:2:3: a list stands where a map of idea keys belongs");
    let run = rice(&with_data(&format!("ideas:\n  a: 3\n{fine}")), &[]).exits(2);
    run.says("data/rice.yml:2:6: idea `a` is the number `3`").prints("1     B");
    let run = rice(&with_data(&format!("ideas:\n  a: {{title: A, reach: [6]}}\n{fine}")), &[]);
    run.exits(2).says("`reach` of idea `a` is a list").prints("unscored: A");
    rice(&with_data("ideas: {a: [\n"), &[]).exits(2).says("data/rice.yml:");
    rice(&with_data(&format!("ideas:\n{fine}{fine}")), &[]).exits(2).says("data/rice.yml:3");
    let null =
        common::Handbook::new().file("data/features.yml", "{}\n").file("data/rice.yml", b"a\0b");
    rice(&null, &[]).exits(2);
}

#[test]
fn hostile_titles_stay_in_their_place() {
    let long = "long ".repeat(5_000);
    let hostile = [
        "\u{1b}[31mred\u{1b}[0m",
        "\u{202e}drawkcab",
        "bell\u{7}",
        &long,
        "<script>alert(1)</script>",
    ];
    let titles: Vec<&str> = ODD_TITLES.into_iter().chain(hostile).collect();
    let mut data = "ideas:\n".to_owned();
    for (at, title) in titles.iter().enumerate() {
        // JSON's strings are YAML's.
        let title = json!(title);
        writeln!(data, "  i{at}: {{title: {title}, owner: {title}, notes: {title}, reach: 6, impact: 2, confidence: 1, effort: 1}}").expect("text");
    }
    let handbook = with_data(&data);
    for format in ["table", "markdown", "csv"] {
        let run = rice(&handbook, &["--format", format]).exits(0);
        // CSV in a pipe is data and stays as it is; a terminal gets it escaped.
        let is_data = format == "csv";
        assert_eq!(run.stdout.contains(['\u{1b}', '\u{202e}', '\u{7}']), is_data, "{format}");
        if format == "markdown" {
            let lines: Vec<&str> =
                run.stdout.lines().take_while(|line| line.starts_with('|')).collect();
            assert_eq!(lines.len(), titles.len() + 2, "{}", run.stdout);
            assert!(
                !run.stdout.replace("\\<", "").contains("<script>")
                    && !run.stdout.contains("[evil](")
            );
        }
        if format == "csv" {
            assert!(
                !run.stdout.contains("\n=1+1") && !run.stdout.contains(",=1+1"),
                "{}",
                run.stdout
            );
        }
    }
    let run = rice(&handbook, &["--format", "json"]).exits(0).json();
    let found = run["ideas"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|idea| titles.contains(&idea["title"].as_str().expect("text")));
    assert_eq!(found.count(), titles.len(), "JSON has them as they are");
    rice(&handbook, &["explain", "i7"]).exits(0).never_prints("\u{1b}");
}

#[test]
fn titles_without_letters_are_different_ideas() {
    let run = json_of_sheet(
        "Idea,Reach,Impact,Confidence,Effort\n🚀,6,2,80%,2\n⛵,3,2,80%,2\n日本,3,1,80%,2\n",
        &[],
    );
    assert_eq!(ranked(&run), ["1 🚀 24/5", "2 ⛵ 12/5", "3 日本 6/5"]);
}

#[test]
fn ten_thousand_ideas_are_no_trouble() {
    let mut text = "Idea,Reach,Impact,Confidence,Effort\n".to_owned();
    for at in 0..10_000 {
        let reach = ["10", "6", "3", "1.5", "0.5"][at % 5];
        let impact = ["3", "2", "1"][at % 3];
        writeln!(text, "Idea {at},{reach},{impact},80%,{}", 1 + at % 7).expect("text");
    }
    let run = json_of_sheet(&text, &["--sensitivity", "--capacity", "100"]);
    let ideas = run["ideas"].as_array().expect("a list");
    assert_eq!(ideas.len(), 10_000);
    let ranks: Vec<u64> = ideas.iter().map(|idea| idea["rank"].as_u64().expect("a rank")).collect();
    assert!(ranks.is_sorted() && ranks[0] == 1);
    // 10 x 3 x 80% / 1 is the highest, once in 5 x 3 x 7.
    let first = ideas.iter().filter(|idea| idea["rank"] == 1 && idea["score"]["exact"] == "24");
    assert_eq!(first.count(), 96);
    assert_eq!(ranks[96], 97);
    of_sheet(&text, &["--simulate", "20000"]).exits(2).says("ask for 10000 draws at most");
}

#[test]
fn a_page_of_very_many_ideas_does_not_hang() {
    let mut rows =
        "# A\n\n| Idea | Reach | Impact | Confidence | Effort |\n|-|-|-|-|-|\n".to_owned();
    let mut tables = String::new();
    for at in 0..4_000 {
        writeln!(rows, "| [i{at}](x) | 6 | 2 | 1 | 1 |").expect("text");
        writeln!(tables, "# h{at}\n\n| F | V |\n|-|-|\n| Reach | 6 |\n| Impact | 2 |\n| Confidence | 1 |\n| Effort | 1 |\n").expect("text");
    }
    for page in [rows, tables] {
        let handbook = empty().file("direction/a.md", page);
        let run = rice(&handbook, &["--top", "1", "--format", "json"]).exits(0).json();
        assert_eq!(run["ideas"].as_array().map(Vec::len), Some(4_000));
        assert_eq!(run["unscored"], Value::Array(Vec::new()));
    }
}

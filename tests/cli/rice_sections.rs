//! Headings that are called as the factors, each with its value below.

use crate::common::rice::{empty, ranked, rice, unscored};
use serde_json::Value;

fn of_page(page: &str) -> Value {
    rice(&empty().file("direction/boats.md", page), &["--format", "json"]).exits(0).json()
}

/// A page with these headings, of which the last is for the effort, and this effort.
fn page(headings: [&str; 4], effort: &str) -> String {
    let [reach, impact, confidence, own] = headings;
    format!(
        "# Sail\n\n## {reach}\n\n10\n\n## {impact}\n\n1\n\n## {confidence}\n\n80%\n\n## {own}\n\n{effort}\n"
    )
}

const PLAIN: [&str; 4] = ["Reach", "Impact", "Confidence", "Effort"];

#[test]
fn a_heading_is_refused_for_the_words_for_which_a_header_is() {
    for effort in [
        "Effort saved",
        "Efforts so far",
        "Effort per team",
        "Effort in sprints",
        "Effort without tests",
        "Effort, old",
        "Effort to undo",
        "Effort - rejected",
        "Effort notes",
    ] {
        let run = of_page(&page(["Reach", "Impact", "Confidence", effort], "2"));
        assert_eq!(unscored(&run), ["sail rice-off-scale"], "{effort}");
        let problem = &run["unscored"][0]["problems"][0];
        assert!(problem["message"].as_str().expect("text").contains(effort), "{problem}");
        assert_eq!(problem["line"], 17, "{effort}");
    }
    for headings in [
        ["Reach before", "Impact", "Confidence", "Effort"],
        ["Reach", "Impact lost", "Confidence", "Effort"],
        ["Reach", "Impact if late", "Confidence", "Effort"],
        ["Reach", "Impact", "Confidence of the captain", "Effort"],
    ] {
        let run = of_page(&page(headings, "2"));
        assert_eq!(unscored(&run), ["sail rice-off-scale"], "{headings:?}");
    }
    for effort in [
        "Effort",
        "Effort[^1]",
        "Effort<sup>1</sup>",
        "Effort: how long will it take?",
        "Effort (how many person-months?)",
        "Effort required",
        "Efforts",
    ] {
        let headings = ["Reach (how many users?)", "Impact on users", "Confidence", effort];
        assert_eq!(ranked(&of_page(&page(headings, "2"))), ["1 sail 4"], "{effort}");
    }
}

#[test]
fn two_headings_for_one_factor_are_refused_with_the_lines_of_both() {
    for (more, name) in [
        ("## Effort\n\n1 month\n", "Effort"),
        ("## Effort (rope)\n\n1 month\n", "Effort (rope)"),
        ("## Effort of the dock\n\n1 month\n", "Effort of the dock"),
    ] {
        let run = of_page(&format!("{}\n{more}", page(PLAIN, "2 months")));
        assert!(ranked(&run).is_empty(), "{name}");
        let problem = &run["unscored"][0]["problems"][0];
        let wanted =
            format!("the headings `Effort` (line 15) and `{name}` (line 19) are both for effort");
        assert!(problem["message"].as_str().expect("text").contains(&wanted), "{problem}");
    }
    let apart = format!("{}\n## Notes\n\nNone.\n\n## Effort (rope)\n\n1\n", page(PLAIN, "2"));
    assert!(ranked(&of_page(&apart)).is_empty());
    // The parts of a section belong to it.
    let parts = page(PLAIN, "2 months\n\n### Rope\n\n1 month");
    assert!(ranked(&of_page(&parts)).is_empty());
}

#[test]
fn of_a_table_below_a_heading_the_unit_counts_and_two_rows_are_one_too_many() {
    let of = |table: &str| of_page(&page(PLAIN, table));
    let weeks = of("| Estimate | Weeks |\n|---|---|\n| Effort | 2 |");
    assert_eq!(ranked(&weeks), ["1 sail 84/5"]);
    let sprints = of("| Estimate | Sprints |\n|---|---|\n| Effort | 2 |");
    assert_eq!(unscored(&sprints), ["sail rice-off-scale"]);
    let part = of("| Part | Months |\n|---|---|\n| Hull | 2 |");
    assert_eq!(unscored(&part), ["sail rice-off-scale"]);
    let both = of("| Estimate | Months |\n|---|---|\n| Effort | 2 |\n| Effort | 1 |");
    assert_eq!(unscored(&both), ["sail rice-off-scale"]);
    assert_eq!(both["unscored"][0]["problems"][0]["line"], 20);
    // A page that lists the steps of all factors explains them.
    let steps = |rows: &str| format!("| Step | Value |\n|---|---|\n{rows}\n");
    let explained = format!(
        "# How we rate\n\n## Reach\n\n{}\n## Impact\n\n{}\n## Confidence\n\n{}\n## Effort\n\n{}",
        steps("| all | 10 |\n| most | 6 |"),
        steps("| massive | 3 |\n| high | 2 |"),
        steps("| high | 100% |\n| low | 50% |"),
        steps("| S | 0.5 |\n| M | 1 |"),
    );
    let run = of_page(&explained);
    assert!(ranked(&run).is_empty() && unscored(&run).is_empty(), "{run}");
}

#[test]
fn the_mark_of_a_footnote_is_no_part_of_a_header() {
    for (header, score) in
        [("Effort<sup>1</sup>", "4"), ("Effort[^1]", "4"), ("Effort (weeks)[^1]", "84/5")]
    {
        let run = of_page(&format!(
            "# Boats\n\n| Idea | Reach | Impact | Confidence | {header} |\n|---|---|---|---|---|\n| Sail | 10 | 1 | 80% | 2 |\n"
        ));
        assert_eq!(ranked(&run), [format!("1 sail {score}")], "{header}");
    }
}

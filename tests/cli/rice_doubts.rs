//! Nothing is misread in silence: what cannot be read for sure has no score, a reason, and a place.

use crate::common::rice::{empty, json_of_sheet, of_sheet, ranked, rice, unscored, with_data};
use serde_json::{Value, json};

const HEAD: &str = "Idea,Reach,Impact,Confidence,Effort\n";

/// The efforts of ideas in the order of their titles.
fn efforts(run: &Value) -> Vec<(String, f64)> {
    let ideas = run["ideas"].as_array().expect("a list").iter();
    let mut efforts: Vec<(String, f64)> = ideas
        .map(|idea| {
            let title = idea["title"].as_str().expect("text").to_owned();
            (title, idea["effort"].as_f64().expect("a number"))
        })
        .collect();
    efforts.sort_by(|one, other| one.0.cmp(&other.0));
    efforts
}

fn of_page(page: &str) -> Value {
    rice(&empty().file("direction/boats.md", page), &["--format", "json"]).exits(0).json()
}

#[test]
fn an_effort_under_a_header_with_an_unknown_unit_has_no_score() {
    for header in [
        "Effort (h)",
        "Effort (sprints)",
        "Effort (story points)",
        "Effort in hours",
        "Effort [SP]",
        "Effort (1-10)",
        "Effort (T-shirt)",
        "Effort (FE)",
        "Effort (%)",
        "effort_points",
        "Effort (weeks/months)",
    ] {
        let run = json_of_sheet(
            &format!(
                "Idea,Reach,Impact,Confidence,{header}\nSail,10,1,100%,2\nRow,6,1,80%,2 weeks\n"
            ),
            &[],
        );
        assert_eq!(ranked(&run), ["1 row 252/25"], "{header}");
        let problem = &run["unscored"][0]["problems"][0];
        assert!(problem["message"].as_str().expect("text").contains(header), "{problem}");
        assert_eq!(problem["line"], 2);
    }
}

#[test]
fn a_known_unit_is_converted_wherever_it_is_written() {
    for header in [
        "Effort (weeks)",
        "Effort [w]",
        "Effort in weeks",
        "effort_weeks",
        "Effort / person-weeks",
        "Effort (PW)",
    ] {
        let run = json_of_sheet(
            &format!("Idea,Reach,Impact,Confidence,{header}\nSail,10,1,100%,2\n"),
            &[],
        );
        assert_eq!(ranked(&run), ["1 sail 21"], "{header}");
    }
    for cell in
        ["2 weeks", "2 (weeks)", "10 days", "2w", "two weeks", "10 person-days", "1 week + 5 days"]
    {
        let run = json_of_sheet(&format!("{HEAD}Sail,10,1,100%,{cell}\n"), &[]);
        assert_eq!(ranked(&run), ["1 sail 21"], "{cell}");
    }
    let run = json_of_sheet(
        "Idea,Reach,Impact,Confidence,Effort,Unit\nSail,10,1,100%,2,weeks\nRow,10,1,100%,2,sprints\n",
        &[],
    );
    assert_eq!(ranked(&run), ["1 sail 21"]);
    assert_eq!(unscored(&run), ["row rice-off-scale"]);
}

#[test]
fn a_reach_in_percent_or_in_another_measure_is_no_step() {
    let of = |header: &str, cell: &str| {
        json_of_sheet(
            &format!("Idea,{header},Impact,Confidence,Effort\nSail,{cell},1,100%,1\n"),
            &[],
        )
    };
    for header in ["Reach (%)", "Reach %", "Reach in percent", "Reach (% of users)"] {
        assert_eq!(of(header, "10")["ideas"][0]["reach"], json!(1.5), "{header}");
        assert_eq!(of(header, "60")["ideas"][0]["reach"], json!(6), "{header}");
    }
    for header in ["Reach (users)", "Reach (k)", "Reach per month", "Reach (1-10)", "Reach (boats)"]
    {
        assert_eq!(unscored(&of(header, "10")), ["sail rice-off-scale"], "{header}");
        assert_eq!(of(header, "65%")["ideas"][0]["reach"], json!(6), "{header}");
    }
}

#[test]
fn thousands_are_read_by_the_rest_of_the_table_or_not_at_all() {
    let run = json_of_sheet(&format!("{HEAD}Sail,10,1,100%,3.500\nRow,10,1,100%,\"3,500\"\n"), &[]);
    assert_eq!(unscored(&run), ["sail rice-off-scale", "row rice-off-scale"]);
    let message = run["unscored"][0]["problems"][0]["message"].as_str().expect("text").to_owned();
    assert!(message.contains("may be 3.5 or 3500"), "{message}");
    let comma = "Idea;Reach;Impact;Confidence;Effort\nSail;3.000;2;80%;2\nRow;3;0,5;80%;1.125\n";
    let run = json_of_sheet(comma, &[]);
    assert_eq!(efforts(&run), [("Row".to_owned(), 1125.0)]);
    let point = format!("{HEAD}Sail,3.0,2,80%,1.125\n");
    assert_eq!(efforts(&json_of_sheet(&point, &[])), [("Sail".to_owned(), 1.125)]);
    // In YAML a point is a point.
    let data = "ideas:\n  a: {title: A, reach: 3.000, impact: 1, confidence: 80%, effort: 1.125}\n";
    let run = rice(&with_data(data), &["--format", "json"]).exits(0).json();
    assert_eq!(efforts(&run), [("A".to_owned(), 1.125)]);
}

#[test]
fn several_columns_for_one_factor_are_refused_and_notes_of_a_factor_are_none() {
    for columns in [
        "Dev effort,Design effort,Effort",
        "Effort (FE),Effort (BE),Effort",
        "Effort,E,Effort (days)",
    ] {
        let run = json_of_sheet(
            &format!("Idea,Reach,Impact,Confidence,{columns}\nSail,10,1,100%,1,3,4\n"),
            &[],
        );
        assert_eq!(unscored(&run), ["sail rice-off-scale"], "{columns}");
    }
    let both = json_of_sheet("Idea,Reach,R,Impact,Confidence,Effort\nSail,10,6,1,100%,4\n", &[]);
    assert_eq!(unscored(&both), ["sail rice-off-scale"]);
    let notes = "Idea,Reach,Reach notes,Impact,Impact rationale,Confidence,Effort,Effort comment\nSail,10,6 of them,1,2 said so,100%,4,3?\n";
    assert_eq!(ranked(&json_of_sheet(notes, &[])), ["1 sail 5/2"]);
}

#[test]
fn a_row_of_which_the_columns_are_not_certain_has_no_score() {
    let run = json_of_sheet(
        &format!("{HEAD}Sail,10,3,80%,1,5\nRow,10,3,80%,1.5\nDrift,10,3,80%,2,,\n"),
        &[],
    );
    assert_eq!(ranked(&run), ["1 row 16", "2 drift 12"]);
    assert_eq!(run["unscored"][0]["problems"][0]["line"], 2);
    let run = json_of_sheet(
        &format!(
            "{HEAD}Sail,10,1,100%,2\n{HEAD}Row,6,1,100%,2\nIdea,Impact,Reach,Confidence,Effort\nDrift,1,3,100%,2\n"
        ),
        &[],
    );
    assert_eq!(ranked(&run), ["1 sail 5", "2 row 3"]);
    assert_eq!(unscored(&run), ["drift rice-off-scale"]);
    let page = "# Boats\n\n| Idea | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|\n| Sail | 10 | 1 | 100% | ~~5~~ 3 |\n| Row | 6 | 1 | 100% | 3\\*2 |\n| Drift | 6 | 1 | 100% | 2 | 3 |\n| Float | 3 | 1 | 100% | 2<br>3 |\n| | 3 | 1 | 100% | 2 |\n";
    let run = of_page(page);
    assert!(ranked(&run).is_empty(), "{run}");
    assert_eq!(run["unscored"].as_array().expect("a list").len(), 5);
}

#[test]
fn no_row_takes_the_name_of_a_heading_that_is_not_its_own() {
    let head = "|---|---|---|---|---|\n";
    let rows = "| Sail | 10 | 1 | 100% | 8 |\n| Row | 6 | 1 | 100% | 5 |\n";
    let run = of_page(&format!(
        "# Boats\n\n| Iniciativa | Reach | Impact | Confidence | Effort |\n{head}{rows}"
    ));
    assert_eq!(ranked(&run), ["1 sail 5/4", "2 row 6/5"]);
    let two = "# Boats\n\n## Plan\n\n| Prioridad | Iniciativa | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|---|\n| Alta | Sail | 10 | 1 | 100% | 8 |\n| Baja | Row | 6 | 1 | 100% | 5 |\n";
    let run = of_page(two);
    assert!(ranked(&run).is_empty());
    assert_eq!(unscored(&run), ["plan rice-off-scale"]);
    assert_eq!(run["unscored"][0]["problems"][0]["line"], 5);
    let nameless = "# Boats\n\n| Reach | Impact | Confidence | Effort |\n|---|---|---|---|\n| 10 | 1 | 100% | 8 |\n| 6 | 1 | 100% | 5 |\n";
    assert_eq!(unscored(&of_page(nameless)), ["boats rice-off-scale"]);
    of_sheet("Alta,Iniciativa,Reach,Impact,Confidence,Effort\nA,Sail,10,1,100%,8\n", &[])
        .exits(2)
        .says("it may be `Alta` or `Iniciativa`");
}

#[test]
fn a_table_of_factors_has_one_value_for_each_in_its_own_unit() {
    let table = |effort: &str| {
        format!(
            "# Sail\n\n| Factor | Value | Unit |\n|---|---|---|\n| Reach | 10 | |\n| Impact | 1 | |\n| Confidence | 100% | |\n{effort}"
        )
    };
    assert_eq!(ranked(&of_page(&table("| Effort (weeks) | 2 | |\n"))), ["1 sail 21"]);
    assert_eq!(ranked(&of_page(&table("| Effort | 2 | weeks |\n"))), ["1 sail 21"]);
    for refused in [
        "| Effort | 2 | sprints |\n",
        "| Effort (FE) | 2 | |\n| Effort (BE) | 3 | |\n",
        "| Effort (h) | 2 | |\n",
    ] {
        assert_eq!(unscored(&of_page(&table(refused))), ["sail rice-off-scale"], "{refused}");
    }
    let several = "# Boats\n\n| Factor | Sail | Row |\n|---|---|---|\n| Reach | 10 | 6 |\n| Impact | 1 | 2 |\n| Confidence | 100% | 80% |\n| Effort | 8 | 3 |\n";
    assert_eq!(unscored(&of_page(several)), ["boats rice-off-scale"]);
    let section = "# Sail\n\n## Reach\n\n10\n\n## Impact\n\nMedium\n\n## Confidence\n\nHigh\n\n## Effort (weeks)\n\n2, with tests\n";
    assert_eq!(ranked(&of_page(section)), ["1 sail 21"]);
    let sprints = section.replace("2, with tests", "2 sprints of the team");
    assert_eq!(unscored(&of_page(&sprints)), ["sail rice-off-scale"]);
}

#[test]
fn a_quote_that_is_never_closed_is_named_by_its_line() {
    for text in ["\"Sail,10,3,80%,2\nRow,10,3,80%,1\n", "\"Sail,10,3,80%,2\n\"Row\",10,3,80%,1\n"] {
        of_sheet(&format!("{HEAD}Drift,6,1,80%,1\n{text}"), &[]).exits(2).says("line 3: a quote");
    }
    let quoted =
        format!("{HEAD}\"Sail, fast\",10,3,80%,2\n\"Row \"\"hard\"\"\nand long\",10,3,80%,1\n");
    assert_eq!(ranked(&json_of_sheet(&quoted, &[])).len(), 2);
}

#[test]
fn a_first_line_may_name_the_delimiter() {
    for first in ["sep=;\n", "SEP=;\r\n", "\"sep=;\"\n", "\u{feff}sep=;\n"] {
        let text = format!("{first}Idea;Reach;Impact;Confidence;Effort\nSail, fast;10;3;80%;1,5\n");
        let run = json_of_sheet(&text, &[]);
        assert_eq!(ranked(&run), ["1 sail-fast 16"], "{first}");
        assert_eq!(run["ideas"][0]["line"], 3);
    }
}

#[test]
fn a_stated_score_is_compared_in_the_unit_of_the_table_and_as_people_round() {
    let page = |rows: &str| {
        of_page(&format!(
            "# Boats\n\n| Idea | Reach | Impact | Confidence | Effort (weeks) | RICE |\n|---|---|---|---|---|---|\n{rows}"
        ))
    };
    let run = page(
        "| Sail | 6 | 2 | 50% | 2 | 3 |\n| Row | 6 | 1 | 50% | 4 | 0.75 |\n| Drift | 10 | 2 | 80% | 3 | 5 |\n",
    );
    assert_eq!(run["ideas"].as_array().expect("a list").len(), 3);
    for idea in run["ideas"].as_array().expect("a list") {
        assert_eq!(idea["warnings"], json!([]), "{idea}");
    }
    let run = page("| Sail | 6 | 2 | 50% | 2 | 4 |\n");
    assert_eq!(ranked(&run), ["1 sail 63/5"], "it keeps its rank");
    let warning = &run["ideas"][0]["warnings"][0];
    assert_eq!(warning["rule"], "rice-score-mismatch");
    let message = warning["message"].as_str().expect("text");
    assert!(message.contains("they give 3 with the effort in weeks"), "{message}");
}

#[test]
fn usual_steps_that_are_given_by_their_numbers_keep_their_words() {
    let run = |scales: &str, impact: &str| {
        let data = format!(
            "ideas:\n  sail: {{title: Sail, reach: 6, impact: {impact}, confidence: 80%, effort: 2}}\n"
        );
        let folder = with_data(&data).file("pmctl.toml", format!("[rice.scales]\n{scales}\n"));
        rice(&folder, &["--format", "json"]).exits(0).json()
    };
    assert_eq!(ranked(&run("impact = [3, 2, 1, 0.5, 0.25]", "high")), ["1 sail 24/5"]);
    assert_eq!(ranked(&run("impact = [3, 2, 1]", "high")), ["1 sail 24/5"]);
    assert_eq!(ranked(&run("confidence = [1, 0.8, 0.6, 0.4]", "high")), ["1 sail 24/5"]);
    assert_eq!(ranked(&run("reach = [10, 6, 3, 1.5, 0.5]", "high")), ["1 sail 24/5"]);
    assert_eq!(unscored(&run("impact = [5, 4, 3, 2, 1]", "high")), ["sail rice-off-scale"]);
}

#[test]
fn a_named_page_is_read_whatever_its_words() {
    let page = "# Boats\n\n| Idea | R | I | C | E |\n|---|---|---|---|---|\n| Sail | 10 | 1 | 100% | 8 |\n";
    let folder = empty().file("direction/boats.md", page);
    let run = rice(&folder, &["direction/boats.md", "--format", "json"]).exits(0).json();
    assert_eq!(ranked(&run), ["1 sail 5/4"]);
}

#[test]
fn an_idea_is_found_by_its_id_its_title_and_its_slug() {
    let data = "ideas:\n  renewal: {title: Renew by post, reach: 6, impact: 1, confidence: 80%, effort: 2}\n  shelf: {title: Count a shelf, reach: 3, impact: 1, confidence: 80%, effort: 2}\n  rack: {title: Count a-shelf, reach: 3, impact: 1, confidence: 80%, effort: 2}\n";
    let folder = with_data(data);
    for name in ["renewal", "Renew by post", "renew by post", "renew-by-post"] {
        rice(&folder, &["explain", name]).exits(0).prints("Renew by post (renewal)");
        rice(&folder, &["--set", &format!("{name}.effort=1")]).exits(0);
    }
    rice(&folder, &["explain", "count-a-shelf"]).exits(2).says("name one by its id: shelf, rack");
    rice(&folder, &["explain", "renew-by-pots"]).exits(2).says("no idea has the id or title");
}

#[test]
fn a_title_that_exists_is_not_added_again() {
    let folder = with_data(
        "ideas:\n  renewal: {title: Renew by post, reach: 6, impact: 1, confidence: 80%, effort: 2}\n",
    );
    let factors = ["--reach", "3", "--impact", "1", "--confidence", "80%", "--effort", "1"];
    let add = |title: &str| {
        rice(&folder, &[&["add", "--id", "again", "--title", title][..], &factors].concat())
    };
    for title in ["Renew by post", "renew by  post"] {
        add(title).exits(2).says("data/rice.yml:2").says("`renewal`");
    }
    add("Renew by phone").exits(0);
}

#[test]
fn nothing_is_missing_from_a_file_that_could_not_be_read() {
    let data = "ideas:\n  sail: {title: Sail, feature: kites, category: maps, reach: 6, impact: 1, confidence: 80%, effort: 2}\n";
    for broken in [&b"kites:\n  title: \"Kites\n"[..], b"- a\n", b"kites: \xff\n"] {
        let folder = with_data(data)
            .file("data/features.yml", broken)
            .file("data/categories.yml", "maps:\n  name: Maps\n");
        let run = rice(&folder, &["--format", "json"]);
        assert_eq!(ranked(&run.json()).len(), 1, "{}", run.stderr);
    }
    let whole = with_data(data).file("data/categories.yml", "boats:\n  name: Boats\n");
    let unknown = rice(&whole, &["--format", "json"]).json();
    assert_eq!(unscored(&unknown), ["sail rice-unknown-reference rice-unknown-reference"]);
}

#[test]
fn a_cell_that_goes_on_after_its_value_has_no_score_and_a_place() {
    let row = |reach: &str, impact: &str, confidence: &str, effort: &str| {
        of_page(&format!(
            "# Boats\n\n| Idea | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|\n| Sail | {reach} | {impact} | {confidence} | {effort} |\n| Row | 3 | 2 | 80% | 2 |\n"
        ))
    };
    for (run, rest) in [
        (row("80% of admins", "2", "80%", "2"), "of admins"),
        (row("3", "low now, later more", "80%", "2"), "now, later more"),
        (row("3", "2", "80% at best", "2"), "at best"),
        (row("3", "2", "80%", "a month and a half"), "and a half"),
        (row("3", "2", "80%", "2 months twice"), "twice"),
        (row("3", "2", "80%", "2 months (each)"), "each)"),
    ] {
        assert_eq!(unscored(&run), ["sail rice-off-scale"], "{rest}");
        let problem = &run["unscored"][0]["problems"][0];
        let message = problem["message"].as_str().expect("text");
        assert!(message.contains(&format!("has more after its value: `{rest}`")), "{message}");
        assert_eq!(problem["line"], 5);
    }
    assert_eq!(unscored(&row("3", "2", "80%", "2 days a week")), ["sail rice-off-scale"]);
    assert!(unscored(&row("65% of users", "high (2)", "80%", "1 month 2 weeks")).is_empty());
}

#[test]
fn a_row_that_sums_up_the_others_is_not_ranked() {
    let rows = |rows: &str| {
        of_page(&format!(
            "# Boats\n\n| Idea | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|\n{rows}"
        ))
    };
    let sail = "| Sail | 10 | 1 | 100% | 8 |\n";
    let row = "| Row | 6 | 1 | 100% | 5 |\n";
    for title in ["Total", "**Total**", "*Average*", "`Sum`", "Weight", "Grand total", "TOTAL:"] {
        let total = format!("| {title} | 6 | 3 | 80% | 4 |\n");
        let run = rows(&format!("{sail}{row}{total}"));
        assert_eq!(ranked(&run), ["1 sail 5/4", "2 row 6/5"], "{title}");
        assert!(unscored(&run).is_empty(), "{title}");
        // Before another idea it may be one.
        let run = rows(&format!("{sail}{total}{row}"));
        assert_eq!(ranked(&run), ["1 sail 5/4", "2 row 6/5"], "{title}");
        assert_eq!(run["unscored"][0]["problems"][0]["line"], 6, "{title}");
    }
    let run = rows(&format!("{sail}| Total recall | 6 | 1 | 100% | 5 |\n"));
    assert_eq!(ranked(&run), ["1 sail 5/4", "2 total-recall 6/5"]);
    let sheet = format!("{HEAD}Sail,10,1,100%,8\n**Total**,10,1,100%,4\n");
    assert_eq!(ranked(&json_of_sheet(&sheet, &[])), ["1 sail 5/4"]);
}

#[test]
fn an_idea_whose_title_is_struck_through_is_not_ranked() {
    let page = "# Boats\n\n| Idea | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|\n| Sail | 10 | 1 | 100% | 8 |\n| ~~Row~~ | 6 | 1 | 100% | 1 |\n";
    let run = of_page(page);
    assert_eq!(ranked(&run), ["1 sail 5/4"]);
    assert_eq!(run["unscored"][0]["problems"][0]["line"], 6);
    let sheet = format!("{HEAD}Sail,10,1,100%,8\n~~Row~~,6,1,100%,1\n");
    assert_eq!(ranked(&json_of_sheet(&sheet, &[])), ["1 sail 5/4"]);
}

#[test]
fn a_header_that_qualifies_a_factor_does_not_claim_it() {
    for (columns, factor) in [
        ("Previous reach,Impact,Confidence,Effort", "reach"),
        ("Reach,Negative impact,Confidence,Effort", "impact"),
        ("Reach,Impact (old),Confidence,Effort", "impact"),
        ("Reach,Impact,Confidence lost,Effort", "confidence"),
        ("Reach,Impact,Confidence,Old effort", "effort"),
        ("Reach,Impact,Confidence,Effort saved", "effort"),
        ("Reach,Impact,Confidence,Actual effort", "effort"),
    ] {
        let run = json_of_sheet(&format!("Idea,{columns}\nSail,10,1,100%,2 weeks\n"), &[]);
        assert_eq!(unscored(&run), ["sail rice-off-scale"], "{columns}");
        let problem = &run["unscored"][0]["problems"][0];
        let message = problem["message"].as_str().expect("text");
        assert!(message.contains(factor), "{message}");
        assert_eq!(problem["line"], 2);
    }
    let both = "Idea,Previous reach,Reach,Impact,Confidence,Effort\nSail,3,10,1,100%,8\n";
    assert_eq!(ranked(&json_of_sheet(both, &[])), ["1 sail 5/4"]);
    let whose = "Idea,User reach,Business impact,Confidence,Effort\nSail,10,1,100%,8\n";
    assert_eq!(ranked(&json_of_sheet(whose, &[])), ["1 sail 5/4"]);
}

#[test]
fn a_sentence_below_a_heading_is_read_whole_or_not_at_all() {
    let page = |effort: &str| {
        format!(
            "# Sail\n\n## Reach\n\n10\n\n## Impact\n\nMedium. All of them wait for it.\n\n## Confidence\n\n80%, after 12 interviews\n\n## Effort\n\n{effort}\n"
        )
    };
    for effort in [
        "2 months",
        "2 months. We need to rewrite the importer, in 3 steps.",
        "2 months\n\nOf 3 teams that were asked, 2 agree.",
        "<!-- How many person-months? For example 3 -->\n2 months",
    ] {
        assert_eq!(ranked(&of_page(&page(effort))), ["1 sail 4"], "{effort}");
    }
    for (effort, line) in [
        ("a month and a half", 17),
        ("2 months for each of 3 teams", 17),
        ("2 months. Plus a week for tests.", 17),
        ("We counted it twice.\n\nIt is 2 months per team.", 19),
        ("- 2 months for the hull\n- 1 month for the mast", 17),
        ("2 months\n\n3 months", 19),
    ] {
        let run = of_page(&page(effort));
        assert_eq!(unscored(&run), ["sail rice-off-scale"], "{effort}");
        assert_eq!(run["unscored"][0]["problems"][0]["line"], line, "{effort}");
    }
    let run = of_page(&page("2 months for each of 3 teams"));
    let problem = &run["unscored"][0]["problems"][0];
    let message = problem["message"].as_str().expect("text");
    assert!(message.contains("has more after its value: `for each of 3 teams`"), "{message}");
    let help = problem["help"].as_str().expect("text");
    assert!(help.contains("in a column or paragraph of their own"), "{help}");
}

#[test]
fn a_footnote_in_a_cell_is_no_digit_of_its_number() {
    for effort in ["2<sup>1</sup>", "2<sub>1</sub>"] {
        let run = of_page(&format!(
            "# Boats\n\n| Idea | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|\n| Sail | 6 | 1 | 80% | {effort} |\n\
             | Row | 6 | 1 | 80% | <b>2</b> |\n"
        ));
        assert_eq!(efforts(&run), [("Row".to_owned(), 2.0)], "{effort}");
    }
}

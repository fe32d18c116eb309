//! `--chart`: a picture of the ideas, and of a session, that needs nothing but itself.

use std::fs;

use crate::common::{Handbook, Run, votes};

const RICE: &str = "\
ideas:
  ladders:
    title: Longer ladders & \"safer\" <ones>
    category: picking
    owner: Ada Pear
    date: 2026-01-02
    reach: 6
    impact: 2
    confidence: 80%
    effort: 3
  crates:
    title: Crates that stack so high that nobody sees the orchard behind them any more, on every cart
    date: 2026-01-02
    reach: 3
    impact: 1
    confidence: 50%
    effort: 2 weeks
  lanterns:
    title: 夜の果樹園 Lanterns 🏮
    date: 2026-01-02
    reach: 10
    impact: 3
    confidence: 100%
    effort: 0.5
  unscored:
    title: A course in pruning
    date: 2026-01-02
    reach: 10
    impact: 3
    confidence: 100%
";

const TITLES: [&str; 3] = [
    "Longer ladders &amp; &quot;safer&quot; &lt;ones&gt;",
    "Crates that stack so high that nobody sees the orchard behind them any more, on every cart",
    "夜の果樹園 Lanterns 🏮",
];

fn ideas() -> Handbook {
    Handbook::new()
        .file("data/features.yml", "{}\n")
        .file("data/categories.yml", "picking:\n  name: Picking\n  maturity: minimal\n")
        .file("data/rice.yml", RICE)
}

/// Draws into `name` with `command`, and gives what was drawn.
#[track_caller]
fn drawn(handbook: &Handbook, command: &[&str], name: &str) -> String {
    handbook.run(&[command, &["--chart", name]].concat()).exits(0);
    fs::read_to_string(handbook.path(name)).expect("a chart")
}

/// That a chart loads nothing and runs nothing.
#[track_caller]
fn needs_nothing(chart: &str) {
    // The only address is the name of the format.
    let without_name = chart.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    for word in
        ["http:", "https:", "//", "<script", "href=", "src=", "url(", "@import", "javascript:"]
    {
        assert!(!without_name.contains(word), "{word} is in\n{chart}");
    }
}

/// Opening and closing tags as a reader of XML would count them: every one is closed in its turn.
#[track_caller]
fn is_well_formed(svg: &str) {
    let mut open = Vec::new();
    for piece in svg.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').expect("a tag ends");
        let name = tag.trim_matches('/').split_whitespace().next().expect("a name");
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) => assert_eq!(open.pop(), Some(name)),
            (false, false) => open.push(name),
            (false, true) => {}
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn ideas_are_drawn_with_all_their_titles() {
    let handbook = ideas();
    for name in ["ideas.svg", "ideas.html"] {
        let chart = drawn(&handbook, &["rice"], name);
        for title in TITLES {
            assert!(chart.contains(title), "{title} is not in\n{chart}");
        }
        assert!(!chart.contains("A course in pruning"), "an idea without a score has no place");
        assert!(chart.contains("picking"), "colours are told");
        needs_nothing(&chart);
    }
}

#[test]
fn a_session_is_drawn_with_all_its_titles() {
    let handbook = votes::handbook(votes::WINTER);
    for name in ["winter.svg", "winter.html"] {
        let chart = drawn(&handbook, &["priority-matrix"], name);
        for title in
            ["Longer ladders", "Crates that stack", "A course in pruning", "Lanterns", "do first"]
        {
            assert!(
                chart.to_lowercase().contains(&title.to_lowercase()),
                "{title} is not in\n{chart}"
            );
        }
        needs_nothing(&chart);
    }
}

#[test]
fn a_drawing_is_well_formed_and_a_page_forbids_to_load_anything() {
    for (handbook, command) in
        [(ideas(), "rice"), (votes::handbook(votes::WINTER), "priority-matrix")]
    {
        let svg = drawn(&handbook, &[command], "chart.svg");
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{svg}");
        assert!(!svg.contains("<foreignObject"));
        is_well_formed(&svg);
        let html = drawn(&handbook, &[command], "chart.html");
        assert!(html.starts_with("<!doctype html>\n"), "{html}");
        assert!(
            html.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        );
        let inner = html.find("<svg").expect("a drawing");
        let end = html.find("</svg>").expect("its end") + "</svg>".len();
        is_well_formed(&html[inner..end]);
    }
}

#[test]
fn two_runs_draw_the_same_bytes() {
    for (handbook, command) in
        [(ideas(), "rice"), (votes::handbook(votes::WINTER), "priority-matrix")]
    {
        for end in ["svg", "html"] {
            let draw = |name: &str| drawn(&handbook, &[command], &format!("{name}.{end}"));
            assert_eq!(draw("one"), draw("two"), "{command}");
        }
    }
}

#[test]
fn the_result_is_printed_all_the_same_and_an_old_chart_replaced() {
    let handbook = ideas().file("ideas.svg", "old");
    let without = handbook.run(&["rice", "--format", "json"]).exits(0).stdout;
    let run = handbook.run(&["rice", "--format", "json", "--chart", "ideas.svg"]).exits(0);
    assert_eq!(run.stdout, without);
    assert!(fs::read_to_string(handbook.path("ideas.svg")).expect("a chart").starts_with("<svg"));
    // The end of the name may be written in any case.
    drawn(&handbook, &["rice"], "IDEAS.SVG");
}

#[test]
fn only_the_ideas_that_are_shown_are_drawn() {
    let handbook = ideas();
    let chart = drawn(&handbook, &["rice", "--top", "1"], "first.svg");
    assert!(
        chart.contains("夜の果樹園 Lanterns 🏮") && !chart.contains("Longer ladders"),
        "{chart}"
    );
    let chart = drawn(&handbook, &["rice", "--owner", "ada pear"], "own.svg");
    assert!(chart.contains("Longer ladders") && !chart.contains("Lanterns"), "{chart}");
}

#[test]
fn there_may_be_nothing_to_draw() {
    let none = Handbook::new().file("data/features.yml", "{}\n");
    let unscored = Handbook::new()
        .file("data/features.yml", "{}\n")
        .file("data/rice.yml", "ideas:\n  a:\n    title: A\n    reach: 6\n");
    let items = votes::handbook(&votes::session("ada", ""));
    for (handbook, command) in [(none, "rice"), (unscored, "rice"), (items, "priority-matrix")] {
        let svg = drawn(&handbook, &[command], "chart.svg");
        is_well_formed(&svg);
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}

#[test]
fn a_name_that_ends_in_something_else_is_a_wrong_flag() {
    for (handbook, command) in
        [(ideas(), "rice"), (votes::handbook(votes::WINTER), "priority-matrix")]
    {
        for name in ["chart.png", "chart", ".svg", "chart.svg.gz", ""] {
            let run = handbook.run(&[command, "--chart", name]).exits(2);
            run.says("name a file that ends in .svg or .html");
            assert!(name.is_empty() || !handbook.path(name).exists());
        }
    }
}

#[test]
fn of_several_sessions_one_has_to_be_chosen() {
    let second = votes::WINTER.replacen("sessions:\n  winter:", "  summer:", 1);
    let handbook = votes::handbook(&format!("{}{second}", votes::WINTER));
    let run = handbook.run(&["priority-matrix", "--chart", "chart.svg"]).exits(2);
    run.says("data/votes.yml has 2 sessions, and a chart shows one; choose it with --session");
    assert!(!handbook.path("chart.svg").exists());
    drawn(&handbook, &["priority-matrix", "--session", "summer"], "chart.svg");
}

#[test]
fn a_place_that_cannot_be_written_to_is_an_error() {
    let cannot = |run: Run, name: &str| {
        let run = run.exits(2).says(&format!("{name} cannot be written: "));
        assert_eq!(run.stdout, "");
    };
    let handbook = ideas().file("folder.svg/x", "");
    for name in ["nowhere/chart.svg", "folder.svg", "data/features.yml/chart.html"] {
        cannot(handbook.run(&["rice", "--chart", name]), name);
    }
    let handbook = votes::handbook(votes::WINTER);
    cannot(
        handbook.run(&["priority-matrix", "--chart", "nowhere/chart.html"]),
        "nowhere/chart.html",
    );
}

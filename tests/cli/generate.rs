//! `pmctl generate`: text made of the data, in the pages that ask for it.

use std::fs;

use crate::common::{Handbook, Run};

const LEVELS: &str = "built:\n  title: Built\n  definition: It works on a calm day.\nsafe:\n  title: Safe\n  definition: It works in a storm.\n";

/// A handbook with two maturity levels and a page that says `text`.
fn page(text: &str) -> Handbook {
    Handbook::new()
        .file("pmctl.toml", "profile = \"default\"\n")
        .file("data/features.yml", "fog_horn:\n  title: Fog horn\n")
        .file("data/maturity_levels.yml", LEVELS)
        .file("direction/harbour.md", text)
}

fn text(handbook: &Handbook) -> String {
    fs::read_to_string(handbook.path("direction/harbour.md")).expect("a page")
}

fn generate(handbook: &Handbook, args: &[&str]) -> Run {
    handbook.run(&[&["generate"], args].concat())
}

const EMPTY: &str =
    "# Harbour\n\n<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n\nEnd.\n";

#[test]
fn a_block_is_filled_once_and_then_left_alone() {
    let handbook = page(EMPTY);
    generate(&handbook, &[]).exits(0).prints("direction/harbour.md\n");
    let filled = text(&handbook);
    assert!(filled.contains("-->\n- **Built**: It works on a calm day.\n- **Safe**: It works in a storm.\n<!-- pmctl:end sha256="));
    assert!(
        filled.starts_with("# Harbour\n\n<!-- pmctl:begin maturity_definitions -->\n")
            && filled.ends_with(" -->\n\nEnd.\n")
    );
    let again = generate(&handbook, &[]).exits(0).says("nothing has to be written");
    assert_eq!((again.stdout.as_str(), text(&handbook)), ("", filled));
}

#[test]
fn check_writes_nothing_and_fails_on_drift_until_somebody_generates() {
    let handbook = page(EMPTY);
    generate(&handbook, &["--check"])
        .exits(1)
        .prints("direction/harbour.md is not up to date")
        .says("`pmctl generate`");
    assert_eq!(text(&handbook), EMPTY);
    generate(&handbook, &[]).exits(0);
    generate(&handbook, &["--check"]).exits(0);
    fs::write(handbook.path("data/maturity_levels.yml"), LEVELS.replace("storm", "gale"))
        .expect("a file");
    let diff = generate(&handbook, &["--check", "--diff"]).exits(1).stdout;
    assert!(
        diff.contains(
            "
-- **Safe**: It works in a storm.
"
        ),
        "{diff}"
    );
    assert!(
        diff.contains(
            "
+- **Safe**: It works in a gale.
"
        ),
        "{diff}"
    );
    assert!(text(&handbook).contains("storm"));
    let run = handbook.run(&["lint", "--format", "json"]).exits(1);
    assert!(run.stdout.contains("generated-drift"), "{}", run.stdout);
    generate(&handbook, &["--diff"]).exits(0).prints("It works in a gale.");
    generate(&handbook, &["--check"]).exits(0);
}

#[test]
fn an_edit_by_hand_is_shown_and_only_overwritten_by_force() {
    let handbook = page(EMPTY);
    generate(&handbook, &[]).exits(0);
    let edited = text(&handbook).replace("calm day", "calm day, mostly");
    fs::write(handbook.path("direction/harbour.md"), &edited).expect("a page");
    let run = generate(&handbook, &[]).exits(1).says("direction/harbour.md:3").says("--force");
    assert!(run.stdout.contains("-- **Built**: It works on a calm day, mostly."), "{}", run.stdout);
    assert_eq!(text(&handbook), edited);
    generate(&handbook, &["--check"]).exits(1);
    generate(&handbook, &["--force"]).exits(0);
    assert!(!text(&handbook).contains("mostly"));
    generate(&handbook, &["--check"]).exits(0);
}

#[test]
fn text_of_somebodys_own_in_a_new_block_is_not_lost() {
    let handbook = page(
        "# A\n\n<!-- pmctl:begin maturity_definitions -->\nMy own words.\n<!-- pmctl:end -->\n",
    );
    generate(&handbook, &[]).exits(1).says("edited");
    assert!(text(&handbook).contains("My own words."));
}

#[test]
fn line_breaks_a_byte_order_mark_and_a_missing_last_line_break_stay() {
    let crlf = format!("\u{feff}{}", EMPTY.trim_end().replace('\n', "\r\n"));
    let handbook = page(&crlf);
    generate(&handbook, &[]).exits(0);
    let filled = text(&handbook);
    assert!(filled.starts_with("\u{feff}# Harbour\r\n") && filled.ends_with("\r\n\r\nEnd."));
    assert!(!filled.replace("\r\n", "").contains('\n'));
    generate(&handbook, &["--check"]).exits(0);
}

#[test]
fn a_block_in_a_list_keeps_its_indentation() {
    let handbook = page(
        "# A\n\n- levels:\n\n  <!-- pmctl:begin maturity_definitions -->\n  <!-- pmctl:end -->\n- more\n",
    );
    generate(&handbook, &[]).exits(0);
    assert!(text(&handbook).contains("\n  - **Built**: It works on a calm day.\n  - **Safe**"));
    generate(&handbook, &["--check"]).exits(0);
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_costs_no_other_page() {
    let handbook = page("# A\n\n<!-- pmctl:begin maturity_definition -->\n<!-- pmctl:end -->\n")
        .file("direction/open.md", "# B\n\n<!-- pmctl:begin glossary -->\n")
        .file("direction/good.md", EMPTY);
    let run = generate(&handbook, &[]).exits(1);
    let run = run.says("direction/harbour.md:3:18: there is no generator `maturity_definition`; did you mean `maturity_definitions`?");
    let run = run.says("direction/open.md:3:1: this block is not closed");
    assert_eq!(run.stdout, "direction/good.md\n");
    let only = generate(&handbook, &["direction/good.md"]).exits(0);
    assert_eq!(only.stdout, "");
}

#[test]
fn examples_stay_examples() {
    let examples = "# A\n\n`{{generator:glossary}}` and `<!-- pmctl:begin x -->`\n\n```\n<!-- pmctl:begin x -->\n{{generator:x}}\n```\n\n<!-- {{generator:x}} -->\n";
    let handbook = page(examples);
    generate(&handbook, &[]).exits(0).says("nothing has to be written");
    generate(&handbook, &["--adopt"]).exits(0);
    assert_eq!(text(&handbook), examples);
}

#[test]
fn a_directive_stays_until_it_is_adopted_as_a_block() {
    let handbook = page("# A\n\n{{generator:maturity_definitions}}\n\nEnd.\n");
    generate(&handbook, &[]).exits(0);
    assert!(text(&handbook).contains("{{generator:"));
    generate(&handbook, &["--list"]).exits(0).prints("directive");
    generate(&handbook, &["--adopt"]).exits(0);
    assert!(
        text(&handbook)
            .starts_with("# A\n\n<!-- pmctl:begin maturity_definitions -->\n- **Built**")
    );
    assert!(text(&handbook).ends_with(" -->\n\nEnd.\n"));
    generate(&handbook, &["--check"]).exits(0);
    generate(&handbook, &["--list"]).exits(0).prints("current");
}

#[test]
fn a_copy_for_a_site_build_has_everything_filled_in_and_the_sources_stay() {
    let handbook = Handbook::new()
        .file("data/features.yml", "{}\n")
        .file("data/product_teams.yml", "{}\n")
        .file("data/maturity_levels.yml", LEVELS)
        .file(
            "content/index.md",
            "# A\n\n{{generator:maturity_definitions}}\n\n`{{generator:glossary}}`\n",
        )
        .file("content/logo.svg", "<svg/>")
        .file("content/deep/page.md", "# B\n");
    generate(&handbook, &["--render", "site"])
        .exits(0)
        .says("1 pages with generated text and 2 other files");
    let read = |path: &str| fs::read_to_string(handbook.path(path)).expect("a file");
    assert_eq!(
        read("site/index.md"),
        "# A\n\n- **Built**: It works on a calm day.\n- **Safe**: It works in a storm.\n\n`{{generator:glossary}}`\n"
    );
    assert_eq!(
        (read("site/logo.svg").as_str(), read("site/deep/page.md").as_str()),
        ("<svg/>", "# B\n")
    );
    assert!(read("content/index.md").contains("{{generator:maturity_definitions}}"));
    generate(&handbook, &["--render", "site"]).exits(0);
    generate(&handbook, &["--render", "content/site"]).exits(2).says("outside");
}

#[test]
fn a_whole_page_is_made_from_its_template_and_says_so() {
    let handbook = page("# A\n")
        .file("pmctl.toml", "profile = \"default\"\n[[generate]]\npage = \"reference/levels.md\"\ntemplate = \"templates/levels.md\"\n")
        .file("templates/levels.md", "---\ntitle: Levels\n---\n\n# Levels\n\n{{generator:maturity_definitions}}\n");
    generate(&handbook, &["--check"]).exits(1).prints("reference/levels.md");
    generate(&handbook, &[]).exits(0).prints("reference/levels.md\n");
    let levels = fs::read_to_string(handbook.path("reference/levels.md")).expect("a page");
    assert!(
        levels.starts_with(
            "---\ntitle: Levels\n---\n<!-- pmctl:page from=templates/levels.md sha256="
        ),
        "{levels}"
    );
    assert!(levels.contains("# Levels\n\n- **Built**"), "{levels}");
    generate(&handbook, &["--check"]).exits(0);
    fs::write(handbook.path("reference/levels.md"), levels.replace("calm", "windy"))
        .expect("a page");
    generate(&handbook, &[]).exits(1).says("reference/levels.md").says("--force");
    fs::write(handbook.path("data/maturity_levels.yml"), LEVELS.replace("storm", "gale"))
        .expect("a file");
    generate(&handbook, &["--force"]).exits(0);
    generate(&handbook, &["--check"]).exits(0);
}

#[test]
fn generators_are_listed_and_printed_without_touching_a_file() {
    let handbook = page(EMPTY);
    handbook.run(&["generators"]).exits(0).prints("maturity_definitions").prints("feature_matrix");
    handbook
        .run(&["matrix", "maturity_definitions"])
        .exits(0)
        .prints("- Built: It works on a calm day.");
    let json =
        handbook.run(&["matrix", "maturity_definitions", "--format", "json"]).exits(0).json();
    assert_eq!(json["blocks"][0]["items"][1]["text"], "Safe: It works in a storm.");
    handbook.run(&["matrix", "maturity_definitions", "--format", "markdown"]).prints("- **Built**");
    handbook.run(&["matrix", "maturity"]).exits(2).says("there is no generator");
    handbook.run(&["matrix", "maturity_definitions", "team=x"]).exits(2).says("takes no argument");
    assert_eq!(text(&handbook), EMPTY);
}

#[test]
fn flags_that_contradict_each_other_are_refused() {
    let handbook = page(EMPTY);
    for flags in [
        &["--check", "--commit"][..],
        &["--list", "--force"],
        &["--render", "x", "--adopt"],
        &["-m", "x"],
    ] {
        generate(&handbook, flags).exits(2);
    }
    generate(&handbook, &["nowhere.md"]).exits(2).says("there is no nowhere.md");
}

#[test]
fn a_ranking_does_not_feed_on_itself() {
    let rice = "ideas:\n  maps:\n    title: Maps\n    reach: 6\n    impact: 2\n    confidence: 80%\n    effort: 2\n";
    let handbook =
        page("# RICE ranking\n\n<!-- pmctl:begin rice_ranking -->\n<!-- pmctl:end -->\n")
            .file("data/rice.yml", rice);
    generate(&handbook, &[]).exits(0);
    assert!(text(&handbook).contains("| Maps |"), "{}", text(&handbook));
    generate(&handbook, &["--check"]).exits(0);
    let ideas = handbook.run(&["rice", "--format", "json"]).exits(0).json();
    assert_eq!(ideas["ideas"].as_array().map(Vec::len), Some(1));
}

#[test]
fn where_there_is_no_data_the_page_says_so() {
    let handbook = page("# A\n\n<!-- pmctl:begin glossary -->\n<!-- pmctl:end -->\n");
    generate(&handbook, &[]).exits(0);
    assert!(text(&handbook).contains("\nThe handbook has no data for this.\n"));
}

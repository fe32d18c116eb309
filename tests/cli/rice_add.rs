//! `pmctl rice add`: an idea more in rice.yml, and nothing else changed.

use std::fs;

#[cfg(unix)]
use crate::common::terminal::on_a_terminal;
use crate::common::{Handbook, Run};
use proptest::prelude::*;

/// Where ideas are.
const RICE: &str = "data/rice.yml";

/// Flags that say everything.
const WHOLE: [&str; 10] = [
    "--title",
    "Longer ladders",
    "--reach",
    "6",
    "--impact",
    "high",
    "--confidence",
    "80%",
    "--effort",
    "6 weeks",
];

/// What they become.
const LADDERS: &str = "  longer_ladders:\n    title: Longer ladders\n    date: 2026-01-31\n    reach: 6\n    \
                       impact: high\n    confidence: 80%\n    effort: 6 weeks\n";

const CATEGORIES: &str = "\
picking:
  name: Picking
  maturity: planned
  direction: https://example.org/picking
pruning:
  name: Pruning
  maturity: planned
  direction: https://example.org/pruning
";

fn handbook() -> Handbook {
    Handbook::new().file("data/features.yml", "{}\n").file("data/categories.yml", CATEGORIES)
}

fn add(handbook: &Handbook, args: &[&str]) -> Run {
    handbook.run(&[&["rice", "add"], args].concat())
}

fn ideas(handbook: &Handbook) -> String {
    fs::read_to_string(handbook.path(RICE)).expect("rice.yml")
}

/// The file `old` after the idea of the flags was added to it.
#[track_caller]
fn added(old: &str) -> String {
    let handbook = handbook().file(RICE, old);
    add(&handbook, &WHOLE).exits(0);
    ideas(&handbook)
}

/// That `pmctl` refuses to add to the file `old`, says `why`, and leaves it alone.
#[track_caller]
fn refused(old: &str, args: &[&str], why: &str) {
    let handbook = handbook().file(RICE, old);
    add(&handbook, args).exits(2).says(why);
    assert_eq!(ideas(&handbook), old);
}

#[test]
fn the_first_idea_makes_the_file() {
    let handbook = handbook();
    let run = add(&handbook, &WHOLE).exits(0);
    // 6 x 2 x 0.8 / (6 x 12/52).
    assert_eq!(
        run.stdout,
        "data/rice.yml: added `longer_ladders`, score 6.72, rank 1 of the 1 in this file\n"
    );
    assert_eq!(ideas(&handbook), format!("ideas:\n{LADDERS}"));
    handbook.run(&["lint"]).exits(0);
}

#[test]
fn a_folder_without_a_handbook_becomes_one_with_an_idea() {
    let nothing = Handbook::new();
    add(&nothing, &WHOLE).exits(0);
    assert_eq!(ideas(&nothing), format!("ideas:\n{LADDERS}"));
}

#[test]
fn every_flag_has_its_place() {
    let handbook = handbook();
    let more = [
        "--id",
        "ladders",
        "--category",
        "picking",
        "--link",
        "https://example.org/1#note",
        "--owner",
        "Ada Pear",
        "--date",
        "2026-01-02",
        "--notes",
        "Costs: #1 of what pickers ask for",
    ];
    add(&handbook, &[&WHOLE[..], &more].concat()).exits(0).prints("added `ladders`");
    let text = "ideas:\n  ladders:\n    title: Longer ladders\n    category: picking\n    \
                link: https://example.org/1#note\n    owner: Ada Pear\n    date: 2026-01-02\n    reach: 6\n    \
                impact: high\n    confidence: 80%\n    effort: 6 weeks\n    \
                notes: 'Costs: #1 of what pickers ask for'\n";
    assert_eq!(ideas(&handbook), text);
    handbook.run(&["lint"]).exits(0);
}

#[test]
fn a_flag_with_nothing_in_it_is_a_flag_that_is_not_there() {
    let handbook = handbook();
    add(&handbook, &[&WHOLE[..], &["--owner", "", "--notes", " ", "--team", ""]].concat()).exits(0);
    assert_eq!(ideas(&handbook), format!("ideas:\n{LADDERS}"));
}

#[test]
fn a_dry_run_shows_the_lines_and_writes_nothing() {
    let old = "ideas:\n  crates:\n    title: Crates\n";
    let handbook = handbook().file(RICE, old);
    let run = add(&handbook, &[&WHOLE[..], &["--dry-run"]].concat()).exits(0);
    let lines = format!("+{}\n", LADDERS.trim_end().replace('\n', "\n+"));
    assert_eq!(
        run.stdout,
        format!(
            "--- a/data/rice.yml\n+++ b/data/rice.yml\n@@ -1,3 +1,10 @@\n ideas:\n   crates:\n     title: Crates\n{lines}"
        )
    );
    assert_eq!(ideas(&handbook), old);

    let empty = Handbook::new();
    add(&empty, &[&WHOLE[..], &["--dry-run"]].concat()).exits(0).prints(&lines);
    assert!(!empty.path("data").exists());
}

#[test]
fn the_idea_comes_behind_the_last_and_every_other_byte_stays() {
    let crates = "  crates:   # two of them\n    title: \"Crates\"\n    reach:  6\n";
    for (what, before, after) in [
        ("the end of the file", format!("# Ideas\n\nideas:\n{crates}"), String::new()),
        ("another map", format!("ideas:\n{crates}"), "\n# Not ours.\nother: {a: 1}\n".to_owned()),
        (
            "a comment on the last",
            format!("ideas:\n{crates}    # impact: 3\n"),
            "# End.\n".to_owned(),
        ),
        (
            "several raters",
            format!("ideas:\n{crates}    estimates:\n    - by: ada\n      reach: 3\n"),
            "\n\n".to_owned(),
        ),
        (
            "a block of text",
            format!("ideas:\n{crates}    notes: |\n      one\n      # two\n"),
            "\nother: 1\n".to_owned(),
        ),
        ("a mark at the beginning", format!("\u{feff}---\nideas:\n{crates}"), String::new()),
    ] {
        let wanted = format!("{before}{LADDERS}{after}");
        assert_eq!(added(&format!("{before}{after}")), wanted, "{what}");
        let windows = |text: &str| text.replace('\n', "\r\n");
        let old = windows(&format!("{before}{after}"));
        assert_eq!(added(&old), windows(&wanted), "{what}, on Windows");
        let old = format!("{before}{after}");
        let old = old.trim_end_matches('\n');
        assert_eq!(added(old), wanted.trim_end_matches('\n'), "{what}, without a final line break");
    }
}

#[test]
fn ideas_are_apart_where_the_others_are() {
    let idea = |name: &str| format!("  {name}:\n    title: {name}\n");
    let close = format!("ideas:\n{}{}", idea("a"), idea("b"));
    assert_eq!(added(&close), format!("{close}{LADDERS}"));
    let apart = format!("ideas:\n{}\n{}", idea("a"), idea("b"));
    assert_eq!(added(&apart), format!("{apart}\n{LADDERS}"));
}

#[test]
fn a_map_without_ideas_is_filled_in() {
    for empty in ["ideas:\n", "ideas: {}\n", ""] {
        assert_eq!(added(empty), format!("ideas:\n{LADDERS}"), "{empty:?}");
    }
    assert_eq!(added("ideas: {} # none yet\n"), format!("ideas: # none yet\n{LADDERS}"));
    assert_eq!(added("# none yet\n"), format!("# none yet\nideas:\n{LADDERS}"));
    assert_eq!(added("other: 1\n"), format!("other: 1\nideas:\n{LADDERS}"));
}

#[test]
fn a_taken_id_is_refused() {
    let old = "ideas:\n  longer_ladders:\n    title: Others\n";
    let why = "data/rice.yml has an idea `longer_ladders` already; give this one another --id";
    refused(old, &WHOLE, why);
    // Nobody is asked for what would be thrown away.
    refused(old, &["--title", "Longer ladders"], why);
    let handbook = handbook().file(RICE, old);
    add(&handbook, &[&WHOLE[..], &["--id", "ladders"]].concat()).exits(0);
    assert_eq!(ideas(&handbook), format!("{old}{}", LADDERS.replace("longer_ladders", "ladders")));
}

#[test]
fn what_lint_would_refuse_is_not_written() {
    let old = "ideas:\n  crates:\n    title: Crates\n    reach: 99\n";
    let with = |flag: &str, value: &str| {
        let mut args: Vec<String> = WHOLE.iter().map(|&word| word.to_owned()).collect();
        match args.iter().position(|word| word == flag) {
            Some(at) => value.clone_into(&mut args[at + 1]),
            None => args.extend([flag.to_owned(), value.to_owned()]),
        }
        args
    };
    for (flag, value, why) in [
        ("--reach", "7", "--reach: `7` is no value of it; reach is 10, 6, 3, 1.5 or 0.5"),
        ("--impact", "enormous", "impact is 3, 2, 1, 0.5 or 0.25"),
        ("--confidence", "90%", "confidence is 100%, 80% or 50%"),
        ("--effort", "0", "person-months above zero"),
        ("--effort", "-1", "person-months above zero"),
        (
            "--category",
            "pickin",
            "the category `pickin`, which does not exist; did you mean `picking`?",
        ),
        ("--team", "pickers", "the handbook has no team; leave it out"),
        ("--date", "2026-02-01", "2026-02-01 is in the future"),
        ("--date", "tomorrow", "write it as 2026-01-31"),
        ("--title", "two\nlines", "the value of `title` has a line break or a control character"),
        ("--title", " ", "--title: it needs a name"),
        ("--title", "???", "no key can be made of the title; give one with --id"),
        ("--id", "a: b", "`a: b` cannot be a key; write it with letters, digits, `_` and `-`"),
    ] {
        let args = with(flag, value);
        // A value may begin with a dash.
        let args: Vec<String> =
            args.chunks(2).map(|pair| format!("{}={}", pair[0], pair[1])).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        refused(old, &args, why);
    }
}

#[test]
fn a_file_that_a_line_cannot_be_added_to_is_left_to_a_person() {
    for (old, why) in [
        ("ideas: {crates: {title: Crates}}\n", "`ideas` is written in braces"),
        ("ideas: [crates\n", "it is not valid YAML"),
        ("- crates\n", "it is not a map"),
        ("ideas: none\n", "`ideas` is not a map"),
        ("ideas: {}\nideas: {}\n", "add it by hand"),
        ("{}\n", "make the change by hand"),
        ("ideas:\n  crates:\n    title: Crates\n    notes: |+\n      x\n\n\n", "by hand"),
    ] {
        refused(old, &WHOLE, why);
        // Nobody is asked for what would be thrown away.
        refused(old, &["--title", "Longer ladders"], why);
    }
    let odd = handbook().file(RICE, b"ideas:\n  caf\xe9:\n");
    add(&odd, &WHOLE).exits(2).says("repair it first");
    assert_eq!(fs::read(odd.path(RICE)).expect("rice.yml"), b"ideas:\n  caf\xe9:\n");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_the_handbook() {
    let outside = Handbook::new().file("rice.yml", "ideas:\n");
    let handbook = handbook();
    std::os::unix::fs::symlink(outside.path("rice.yml"), handbook.path(RICE)).expect("a link");
    add(&handbook, &WHOLE).exits(2);
    assert_eq!(fs::read_to_string(outside.path("rice.yml")).expect("a file"), "ideas:\n");
}

#[test]
fn a_key_that_yaml_takes_for_something_else_is_quoted() {
    for (title, key) in [("No", "no"), ("2026", "2026"), ("Null", "null")] {
        let handbook = handbook();
        add(&handbook, &[&WHOLE[..], &["--id", key]].concat()).exits(0);
        assert!(ideas(&handbook).starts_with(&format!("ideas:\n  '{key}':\n")), "{title}");
        let run = handbook.run(&["rice", "--format", "json"]).exits(0);
        assert_eq!(run.json()["ideas"][0]["id"], key);
    }
}

#[test]
fn another_scale_and_another_place_are_kept_to() {
    let handbook = handbook()
        .file("pmctl.toml", "[paths]\nrice = \"plans/ideas.yml\"\n[rice.scales]\nreach = [1, 2]\n");
    // A file that the configuration names has to be there.
    let handbook = handbook.file("plans/ideas.yml", "ideas:\n");
    add(&handbook, &WHOLE).exits(2).says("reach is 2 or 1");
    let args =
        ["--title", "A", "--reach", "2", "--impact", "1", "--confidence", "1", "--effort", "1"];
    add(&handbook, &args).exits(0).prints("plans/ideas.yml: added `a`, score 2,");
    assert!(handbook.path("plans/ideas.yml").metadata().expect("a file").len() > 10);
}

#[test]
fn without_a_terminal_the_missing_flag_is_named() {
    let handbook = handbook();
    let missing = |args: &[&str], why: &str| {
        let run = add(&handbook, args).exits(2).says(why);
        assert!(!run.stderr.contains("\\n"), "{}", run.stderr);
    };
    missing(&[], "--title is missing, and there is no terminal to ask on");
    missing(&["--title", "A"], "--reach is missing");
    missing(&WHOLE[..8], "--effort is missing");
    assert!(!handbook.path(RICE).exists());
}

#[cfg(unix)]
#[test]
fn on_a_terminal_it_asks_with_the_bands_until_the_answer_is_one() {
    let handbook = handbook();
    let answers = ",Longer ladders,7,6,high,80%,0,6 weeks";
    let (code, shown) = on_a_terminal(&handbook, answers, &["rice", "add"]);
    assert_eq!(code, 0, "{shown}");
    for text in [
        "What is the idea called?",
        "it needs a name",
        "Reach: which share of users does it reach in the first quarter?",
        "  6 (large percentage: 50 to 80% of users)",
        "`7` is no value of it; reach is 10, 6, 3, 1.5 or 0.5",
        "  0.25 (minimal)",
        "  80% (medium)",
        "Such as 2, `6 weeks` or `10 days`.",
        "`0` is no value of it",
        "data/rice.yml: added `longer_ladders`, score 6.72",
    ] {
        assert!(shown.contains(text), "{text:?} is not in\n{shown}");
    }
    assert_eq!(ideas(&handbook), format!("ideas:\n{LADDERS}"));
}

#[cfg(unix)]
#[test]
fn on_a_terminal_it_asks_for_nothing_that_a_flag_says() {
    let handbook = handbook();
    let (code, shown) =
        on_a_terminal(&handbook, "6 weeks", &[&["rice", "add"], &WHOLE[..8]].concat());
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains("Reach") && shown.contains("Effort"), "{shown}");
    assert_eq!(ideas(&handbook), format!("ideas:\n{LADDERS}"));
}

/// Titles in which something means something to YAML.
const ODD: [&str; 14] = [
    "a: b",
    "#1",
    "a #b",
    "'quoted'",
    "\"quoted\"",
    "it's",
    "- a",
    "{a: 1}",
    "[x](y)",
    "*x",
    "100%",
    "~",
    " spaces ",
    "👩\u{200d}💻 日本の果樹園 e\u{301}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_title_and_notes_are_read_back_as_they_were_given(
        title in prop_oneof![prop::sample::select(&ODD[..]).prop_map(str::to_owned), "\\PC{1,40}"],
        notes in prop_oneof![prop::sample::select(&ODD[..]).prop_map(str::to_owned), "\\PC{0,60}"],
    ) {
        // Line breaks of Unicode are refused, and so is what is no text.
        let is_one_line = |text: &str| !text.contains(['\u{2028}', '\u{2029}', '\u{feff}']);
        prop_assume!(!title.trim().is_empty() && is_one_line(&title) && is_one_line(&notes));
        let old = "ideas:\n  crates:\n    title: Crates\n    reach: 10\n    impact: 3\n    confidence: 1\n    effort: 1\n";
        let handbook = handbook().file(RICE, old);
        let args = [format!("--title={title}"), format!("--notes={notes}"), "--id=new".to_owned()];
        let args: Vec<&str> = args.iter().map(String::as_str).chain(WHOLE[2..].iter().copied()).collect();
        add(&handbook, &args).exits(0);
        prop_assert!(ideas(&handbook).starts_with(old));
        let ranked = handbook.run(&["rice", "--format", "json"]).exits(0).json();
        let idea = &ranked["ideas"][1];
        prop_assert_eq!(&idea["id"], "new");
        prop_assert_eq!(&idea["title"], &title);
        match notes.trim() {
            "" => prop_assert!(idea["notes"].is_null()),
            _ => prop_assert_eq!(&idea["notes"], &notes),
        }
        handbook.run(&["lint", "--rule", "yaml-syntax"]).exits(0);
    }
}

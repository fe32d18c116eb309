//! Pages and templates that are damaged: nothing is generated into them or from them, and others go on.

use std::fs;

use crate::common::Handbook;

const CONFLICT: &str = "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n";
const BLOCK: &str = "<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n";
const SETTINGS: &str = "profile = \"default\"\n[[generate]]\npage = \"reference/made.md\"\ntemplate = \"templates/made.md\"\n";

fn levels(title: &str) -> String {
    format!("built:\n  title: {title}\n  definition: It flies.\n")
}

/// A handbook with a page from a template, and two pages with blocks; all are up to date.
fn filled() -> Handbook {
    let handbook = Handbook::new()
        .file("pmctl.toml", SETTINGS)
        .file("data/features.yml", "{}\n")
        .file("data/maturity_levels.yml", levels("Built"))
        .file("templates/made.md", format!("---\ntitle: Made\n---\n\n# Made\n\n{BLOCK}"))
        .file("reference/one.md", format!("# One\n\n{BLOCK}"))
        .file("reference/two.md", format!("# Two\n\n{BLOCK}"));
    handbook.run(&["generate"]).exits(0);
    handbook.file("data/maturity_levels.yml", levels("Finished"))
}

fn text(handbook: &Handbook, path: &str) -> String {
    fs::read_to_string(handbook.path(path)).expect("a file")
}

/// Checks that nothing of `path` is written, that `message` says why and where, and that `lint` says so by `rule`.
#[track_caller]
fn stays(handbook: &Handbook, path: &str, place: &str, message: &str, rule: &str) {
    let before = text(handbook, path);
    for args in [&["--check"][..], &[], &["--force"], &["--adopt"]] {
        let run = handbook.run(&[&["generate"], args].concat()).exits(2);
        run.says(&format!("{place}: {message}")).says(path).says("stays as it is");
        assert_eq!(text(handbook, path), before, "{args:?}");
    }
    assert!(text(handbook, "reference/two.md").contains("Finished"), "others go on");
    let found = handbook.run(&["lint", "--format", "json"]).json();
    let found = found["diagnostics"].as_array().expect("findings").clone();
    let at = place.split_once(':').expect("a place").0;
    let is_said = found.iter().any(|one| one["rule"] == rule && one["path"] == at);
    assert!(is_said, "{rule} at {at}: {found:?}");
    let drifts = found.iter().any(|one| one["rule"] == "generated-drift" && one["path"] == path);
    assert!(!drifts, "{found:?}");
}

#[test]
fn a_template_that_is_damaged_makes_no_page() {
    let conflict = format!("# Made\n\n{CONFLICT}\n{BLOCK}");
    let syntax = "yaml-syntax";
    for (template, place, message, rule) in [
        ("", "1:1", "the template is empty", "wrong-type"),
        ("\u{feff}", "1:1", "the template is empty", "wrong-type"),
        (" \n\t\n", "1:1", "the template is empty", "wrong-type"),
        ("<!-- later -->\n", "1:1", "the template holds nothing to show", "wrong-type"),
        ("<!-- cut off\n", "1:1", "the template holds nothing to show", "wrong-type"),
        ("---\n---\n\n", "1:1", "the template holds nothing to show", "wrong-type"),
        (&conflict, "3:1", "a merge conflict is not resolved here", "merge-conflict"),
        ("---\ntitle: [\n---\n\n# Made\n", "2:8", "the front matter cannot be read", syntax),
        ("---\ntitle: Made\nkind: x\n\n# Made\n", "1:1", "the front matter has no end", syntax),
        (
            "# Made\n\n<!--\n<<<<<<< HEAD\na -->\nA\n=======\n-->\nB\n>>>>>>> b\n",
            "4:1",
            "a merge conflict is not resolved here",
            "merge-conflict",
        ),
        (
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
            "1:1",
            "`templates/made.md` cannot be judged: it is a pointer of Git LFS",
            "unreadable-file",
        ),
        ("---\ntitle: Made\n\nText.\n", "1:1", "the front matter has no end", syntax),
        ("+++\ntitle = \n+++\n\n# Made\n", "2:9", "the front matter cannot be read", syntax),
        (";;;\n{\n;;;\n\n# Made\n", "3:1", "the front matter cannot be read", syntax),
    ] {
        let handbook = filled().file("templates/made.md", template);
        let run = handbook.run(&["generate", "--check"]).exits(2);
        assert_eq!(run.stderr.matches(message).count(), 1, "{}", run.stderr);
        stays(&handbook, "reference/made.md", &format!("templates/made.md:{place}"), message, rule);
    }
}

#[test]
fn a_template_that_is_also_a_page_is_named_once() {
    for (template, rule) in [("", "wrong-type"), ("---\ntitle: [\n---\n# M\n", "yaml-syntax")] {
        let settings = SETTINGS.replace("templates/", "reference/from-");
        let handbook =
            filled().file("pmctl.toml", settings).file("reference/from-made.md", template);
        let found = handbook.run(&["lint", "--format", "json"]).json();
        let found = found["diagnostics"].as_array().expect("findings").clone();
        assert_eq!(found.iter().filter(|one| one["rule"] == rule).count(), 1, "{found:?}");
        handbook.run(&["generate"]).exits(2).says("reference/from-made.md:");
        assert!(text(&handbook, "reference/made.md").contains("Built"));
    }
}

#[test]
fn a_template_that_only_has_markers_or_little_text_makes_its_page() {
    for template in [
        BLOCK,
        "<!-- a note -->\nText.\n",
        "---\ntitle: T\n---\n",
        "---\ntitle: T\n---\n{{generator:maturity_definitions}}\n",
    ] {
        let handbook = filled().file("templates/made.md", template);
        handbook.run(&["generate"]).exits(0);
        assert!(!text(&handbook, "reference/made.md").contains("# Made"), "{template}");
    }
}

#[test]
fn a_page_that_is_damaged_keeps_its_blocks() {
    let filled_page = text(&filled(), "reference/one.md");
    let conflict = filled_page.replace("# One\n", &format!("# One\n\n{CONFLICT}"));
    stays(
        &filled().file("reference/one.md", conflict),
        "reference/one.md",
        "reference/one.md:3:1",
        "a merge conflict",
        "merge-conflict",
    );
    for broken in [
        "---\ntitle: [\n---\n",
        "---\ntitle: One\nkind: x\n\n",
        "---\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n---\n",
    ] {
        let rule = if broken.contains("<<<") { "merge-conflict" } else { "yaml-syntax" };
        let handbook = filled().file("reference/one.md", format!("{broken}{filled_page}"));
        let place = match broken {
            _ if broken.contains("kind") => "1:1",
            _ if broken.contains('[') => "2:8",
            _ => "2:1",
        };
        stays(&handbook, "reference/one.md", &format!("reference/one.md:{place}"), "", rule);
    }
    // In a block it counts too, and code is not looked at.
    let inside = filled_page.replace("It flies.", &format!("It flies.\n\n{CONFLICT}"));
    let handbook = filled().file("reference/one.md", &inside);
    handbook.run(&["generate", "--force"]).exits(2).says("a merge conflict");
    assert_eq!(text(&handbook, "reference/one.md"), inside);
    let code = filled_page.replace("# One\n", &format!("# One\n\n```\n{CONFLICT}```\n"));
    filled().file("reference/one.md", code).run(&["generate"]).exits(0);
}

#[test]
fn what_is_made_of_damaged_pages_stays_as_it_is() {
    let table = "| Title | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|\n";
    let row = |title: &str| format!("| {title} | 6 | 1 | 80% | 2 |\n");
    let ideas = format!("# Ideas\n\n{table}{}", row("Sail"));
    let ranking = "# Ranking\n\n<!-- pmctl:begin rice_ranking -->\n<!-- pmctl:end -->\n";
    let reviews = "# Reviews\n\n<!-- pmctl:begin review_calendar -->\n<!-- pmctl:end -->\n";
    let dated = "---\nlast_reviewed_on: 2026-01-02\n---\n# Kites\n";
    let handbook = || {
        let handbook = Handbook::new()
            .file("pmctl.toml", "profile = \"default\"\n")
            .file("data/features.yml", "{}\n")
            .file("direction/ideas.md", &ideas)
            .file("direction/kites.md", dated)
            .file("reference/ranking.md", ranking)
            .file("reference/reviews.md", reviews);
        handbook.run(&["generate"]).exits(0);
        assert!(text(&handbook, "reference/ranking.md").contains("Sail"));
        handbook
    };
    let conflict = format!("<<<<<<< HEAD\n{}=======\n{}>>>>>>> x\n", row("Row"), row("Fly"));
    let both = handbook().file("direction/ideas.md", format!("{ideas}{conflict}"));
    let before = text(&both, "reference/ranking.md");
    both.run(&["generate"])
        .exits(2)
        .says("`direction/ideas.md`, which cannot be read whole (line 6:");
    assert_eq!(text(&both, "reference/ranking.md"), before);
    let broken = handbook().file("direction/kites.md", dated.replace("2026", "[2026"));
    let before = text(&broken, "reference/reviews.md");
    broken
        .run(&["generate"])
        .exits(2)
        .says("`direction/kites.md`, which cannot be read whole (line");
    assert_eq!(text(&broken, "reference/reviews.md"), before);
}

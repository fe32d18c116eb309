//! Generated text is made only of data that was read whole: else the block stays as it is, and says why.

use std::fs;

use crate::common::git::run_in;
use crate::common::{Handbook, Run, pmctl};

const FEATURES: &str = "kites:\n  title: Kites\n  maturity: viable\n  product_team: crew\noars:\n  title: Oars\n  maturity: viable\n";
const TEAMS: &str = "crew:\n  title: Crew\n  pm: ada\n";
const LIST: &str =
    "# List\n\n<!-- pmctl:begin feature_matrix columns=maturity -->\n<!-- pmctl:end -->\n";
const RANKING: &str = "# Ranking\n\n<!-- pmctl:begin rice_ranking -->\n<!-- pmctl:end -->\n";
const PEOPLE: &str =
    "# Teams\n\n<!-- pmctl:begin feature_maturity_levels -->\n<!-- pmctl:end -->\n";
const REVIEWS: &str = "# Reviews\n\n<!-- pmctl:begin review_calendar -->\n<!-- pmctl:end -->\n";

/// A handbook whose blocks are filled.
fn filled() -> Handbook {
    let handbook = Handbook::new()
        .file("pmctl.toml", "profile = \"default\"\n")
        .file("data/features.yml", FEATURES)
        .file("data/teams.yml", TEAMS)
        .file("data/people.yml", "ada:\n  name: Ada Moss\n")
        .file(
            "data/rice.yml",
            "ideas:\n  sail:\n    title: Sail\n    reach: 6\n    impact: 1\n    confidence: 80%\n    effort: 2\n",
        )
        .file("direction/list.md", LIST)
        .file("direction/ranking.md", RANKING)
        .file("direction/teams.md", PEOPLE)
        .file("direction/reviews.md", REVIEWS)
        .file("direction/kites.md", "# Kites\n\nLast reviewed: 2026-01-02\n");
    generate(&handbook, &[]).exits(0);
    for (page, words) in
        [("list", "Kites"), ("ranking", "Sail"), ("teams", "Ada Moss"), ("reviews", "2026-01-02")]
    {
        assert!(text(&handbook, page).contains(words), "{page}: {}", text(&handbook, page));
    }
    handbook
}

fn generate(handbook: &Handbook, args: &[&str]) -> Run {
    handbook.run(&[&["generate"], args].concat())
}

fn text(handbook: &Handbook, page: &str) -> String {
    fs::read_to_string(handbook.path(&format!("direction/{page}.md"))).expect("a page")
}

/// Checks that of a handbook with `content` in the file `path`, exactly `pages` stay as they are, with a word on why.
fn stay(path: &str, content: impl AsRef<[u8]>, pages: &[&str]) {
    let handbook = filled().file(path, content);
    let all = ["list", "ranking", "teams", "reviews"];
    for page in all {
        let own = text(&handbook, page).replace("# ", "# The ");
        fs::write(handbook.path(&format!("direction/{page}.md")), own).expect("a page");
    }
    let before = all.map(|page| text(&handbook, page));
    for args in [&["--check"][..], &[], &["--force"], &["--adopt"]] {
        let run = generate(&handbook, args).exits(2);
        for (page, before) in all.iter().zip(&before) {
            let says = format!("error: direction/{page}.md:3:");
            let is_said = run.stderr.lines().any(|line| {
                line.starts_with(&says) && line.contains(&format!("needs `{path}`, which cannot"))
            });
            assert_eq!(is_said, pages.contains(page), "{path} {page} {args:?}: {run:#?}");
            if pages.contains(page) {
                assert_eq!(text(&handbook, page), *before, "{path} {args:?}");
            }
        }
    }
    let lint = handbook.run(&["lint", "--format", "json"]);
    let drifts = lint.json()["diagnostics"].as_array().expect("findings").iter().any(|finding| {
        finding["rule"] == "generated-drift"
            && pages.iter().any(|page| finding["path"] == format!("direction/{page}.md"))
    });
    assert!(!drifts, "{path}: {lint:#?}");
    assert_ne!(lint.code, 0, "{path}: the file's own error is reported: {lint:#?}");
}

#[test]
fn a_data_file_that_cannot_be_read_keeps_the_blocks_that_are_made_of_it() {
    for content in [
        &b"kites:\n  title: \"Kites\n  maturity: viable\n"[..],
        b"kites:\n  title: K\xefte\n",
        b"kites:\n  title: Kites\0\n",
        b"kites:\n\ttitle: Kites\n",
        b"- title: Kites\n",
        b"Kites\n",
        b"kites:\n  title: *kite\n",
        b"kites:\n  title: Kites\n---\noars:\n  title: Oars\n",
    ] {
        stay("data/features.yml", content, &["list", "teams"]);
    }
    stay("data/features.yml", "# much\n".repeat(1_300_000), &["list", "teams"]);
    stay("data/teams.yml", "crew: [\n", &["teams", "reviews"]);
    stay("data/rice.yml", "ideas:\n  sail: {\n", &["ranking"]);
    stay("data/rice.yml", "idea:\n  sail:\n    title: Sail\n", &["ranking"]);
}

#[test]
fn what_is_lost_of_a_file_that_is_read_otherwise_keeps_them_too() {
    for lost in [
        // Records.
        "boats: 5\n",
        "boats:\n",
        "[boats, ships]:\n  title: Boats\n",
        // Of two with one key nobody knows which counts.
        "kites:\n  title: Dragons\n",
        "boats:\n  title: Boats\n  title: Ships\n",
        // Values that a table would show.
        "boats:\n  title: [Boats]\n",
        "boats:\n  title: Boats\n  maturity: {level: viable}\n",
        "boats:\n  title: Boats\n  category: [toys, {b: c}]\n",
    ] {
        stay("data/features.yml", format!("{FEATURES}{lost}"), &["list", "teams"]);
    }
    stay("data/people.yml", "ada:\n  name: [Ada]\n", &["teams", "reviews"]);
}

#[test]
fn what_is_read_as_it_is_written_keeps_nothing() {
    for harmless in [
        "boats:\n  titel: Boats\n",
        "boats:\n  title: 5\n",
        "boats:\n  title: Boats\n  maturity: viabel\n",
        "boats:\n  title: Boats\n  category:\n  use_cases: []\n",
        "boats:\n  title: Boats\n  product_team: nobody\n",
    ] {
        let handbook = filled().file("data/features.yml", format!("{FEATURES}{harmless}"));
        let run = generate(&handbook, &[]).exits(0);
        assert!(run.stdout.contains("direction/list.md"), "{harmless}: {run:#?}");
    }
}

#[test]
fn a_page_that_cannot_be_read_keeps_what_is_made_of_pages() {
    stay("direction/boats.md", b"# B\xf6te\n", &["ranking", "reviews", "teams"]);
    let handbook = filled().file("direction/kites.md", b"# Kites \xff\n");
    // The page is there all the same, so that a link to it stays one.
    let handbook = handbook.file(
        "data/features.yml",
        format!("{FEATURES}  documentation_link: /direction/kites.md\n"),
    );
    generate(&handbook, &["direction/list.md"]).exits(2);
    assert!(text(&handbook, "list").contains("[Oars](kites.md)"), "{}", text(&handbook, "list"));
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_in_the_place_of_data_or_of_a_page_is_unread() {
    let handbook = filled();
    let before = text(&handbook, "list");
    fs::remove_file(handbook.path("data/features.yml")).expect("a file");
    std::os::unix::fs::symlink("gone.yml", handbook.path("data/features.yml")).expect("a link");
    generate(&handbook, &[]).exits(2).says("needs `data/features.yml`").says("points to nothing");
    assert_eq!(text(&handbook, "list"), before);
    let handbook = filled();
    let before = text(&handbook, "reviews");
    std::os::unix::fs::symlink("gone.md", handbook.path("direction/dead.md")).expect("a link");
    generate(&handbook, &[]).exits(2).says("needs `direction/dead.md`");
    assert_eq!(text(&handbook, "reviews"), before);
}

#[test]
fn an_argument_that_names_what_could_not_be_read_is_not_called_unknown() {
    let handbook = filled()
        .file("direction/list.md", LIST.replace("columns=maturity", "columns=maturity team=crew"));
    generate(&handbook, &[]).exits(0);
    let handbook = handbook.file("data/teams.yml", "crew: [\n");
    let run = generate(&handbook, &[]).exits(2).says("needs `data/teams.yml`");
    assert!(!run.stderr.contains("there is no team"), "{run:#?}");
    let lint = handbook.run(&["lint", "--format", "json"]).exits(1);
    assert!(!lint.stdout.contains("generator-argument"), "{lint:#?}");
}

#[test]
fn a_template_that_cannot_be_read_costs_its_page_alone() {
    let entry = "profile = \"default\"\n[[generate]]\npage = \"reference/kites.md\"\ntemplate = \"templates/kites.md\"\n";
    let whole = || {
        let handbook = filled()
            .file("pmctl.toml", entry)
            .file("templates/kites.md", "# Kites\n\n{{generator:rice_ranking}}\n\nEnd\n");
        generate(&handbook, &[]).exits(0);
        let page = fs::read_to_string(handbook.path("reference/kites.md")).expect("a page");
        (handbook.file("direction/list.md", LIST), page)
    };
    for (path, content) in [
        ("templates/kites.md", &b"# Kites\n\nh\xe9llo\n"[..]),
        ("templates/kites.md", b"# Kites\0"),
        ("data/rice.yml", b"ideas: [\n"),
        ("reference/kites.md", b"# K\xe9\n"),
    ] {
        let (handbook, page) = whole();
        let handbook = handbook.file(path, content);
        for args in [&["--check"][..], &["--force"]] {
            generate(&handbook, args).exits(2).says(&format!("`{path}`"));
            let now = fs::read(handbook.path("reference/kites.md")).expect("a page");
            let page = if path == "reference/kites.md" { content } else { page.as_bytes() };
            assert_eq!(now, page, "{path}");
        }
        assert!(text(&handbook, "list").contains("Kites"), "other pages go on");
        let code = if path == "data/rice.yml" { 1 } else { 2 };
        let lint = handbook.run(&["lint", "--format", "json"]).exits(code);
        let drifts = lint.json()["diagnostics"]
            .as_array()
            .expect("findings")
            .iter()
            .any(|it| it["rule"] == "generated-drift");
        assert!(!drifts, "{lint:#?}");
    }
    let (handbook, page) = whole();
    fs::remove_file(handbook.path("templates/kites.md")).expect("a file");
    generate(&handbook, &[]).exits(2).says("`reference/kites.md` stays as it is");
    assert_eq!(fs::read_to_string(handbook.path("reference/kites.md")).expect("a page"), page);
    assert!(text(&handbook, "list").contains("Kites"));
    generate(&handbook, &["--list"]).exits(2).prints("unread");
}

#[test]
fn nothing_is_printed_copied_or_adopted_of_it_either() {
    let handbook = filled()
        .file("direction/later.md", "# Later\n\n{{generator:feature_maturity_levels}}\n")
        .file("data/teams.yml", "crew: [\n");
    let run = handbook.run(&["matrix", "feature_maturity_levels", "-o", "out.txt"]).exits(2);
    let run = run.says("needs `data/teams.yml`");
    assert_eq!((run.stdout.as_str(), handbook.path("out.txt").exists()), ("", false));
    handbook.run(&["matrix", "feature_matrix", "columns=maturity"]).exits(2).prints("Kites");
    let before = text(&handbook, "later");
    generate(&handbook, &["--adopt"]).exits(2);
    assert_eq!(text(&handbook, "later"), before);
    let site = tempfile::tempdir().expect("a folder");
    let folder = site.path().join("site");
    let folder = folder.to_str().expect("text");
    generate(&handbook, &["--render", folder]).exits(2).says("direction/later.md is left out");
    assert!(!site.path().join("site/direction/later.md").exists());
    let copied = fs::read_to_string(site.path().join("site/direction/teams.md")).expect("a page");
    assert_eq!(copied, text(&handbook, "teams"));
}

#[test]
fn a_data_file_that_holds_nothing_keeps_the_blocks_that_are_made_of_it() {
    for nothing in ["", "\n", "null\n", "# Later.\n", "---\n", "~\n"] {
        let handbook = filled().file("data/features.yml", nothing);
        let before = text(&handbook, "list");
        for args in [&["--check"][..], &[], &["--force"]] {
            let run = generate(&handbook, args).exits(2);
            run.says("needs `data/features.yml`, which holds nothing").says("write `{}` in it");
            assert_eq!(text(&handbook, "list"), before, "{nothing:?}");
        }
        let lint = handbook.run(&["lint"]).exits(1);
        assert!(lint.stdout.contains("which holds nothing"), "{nothing:?}: {lint:#?}");
    }
    let handbook = filled().file("data/features.yml", "{}\n");
    generate(&handbook, &[]).exits(0);
    assert!(!text(&handbook, "list").contains("Kites"), "a file that says so is empty");
}

#[test]
fn a_data_file_that_was_removed_and_not_from_git_keeps_them_too() {
    let handbook = filled();
    let git = |args: &[&str]| run_in(&handbook.path(""), args, &[], b"");
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "-m", "all"]);
    let before = text(&handbook, "teams");
    fs::remove_file(handbook.path("data/teams.yml")).expect("a file");
    let run = pmctl(&["generate"]).run_in(&handbook.path("")).exits(2);
    run.says("needs `data/teams.yml`, which git tracks and which is not there");
    assert_eq!(text(&handbook, "teams"), before);
    git(&["rm", "-q", "--cached", "data/teams.yml"]);
    pmctl(&["generate"]).run_in(&handbook.path("")).exits(0);
}

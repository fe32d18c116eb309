//! `pmctl lint --changed-since`: what a change makes worse is new, and what it only passes by is old.

use crate::common::git::Git;
use crate::common::{Run, pmctl};

/// A handbook with these files, committed on `main`.
fn handbook(files: &[(&str, &str)]) -> Git {
    let git = Git::new();
    git.write("pmctl.toml", "profile = \"default\"\n").write("data/features.yml", "{}\n");
    for (path, text) in files {
        git.write(path, text);
    }
    git.commit("2026-01-20T12:00:00Z");
    git
}

fn lint(git: &Git, args: &[&str]) -> Run {
    let mut all = vec!["lint", "--changed-since", "main", "--format", "json"];
    all.extend(args);
    pmctl(&all).run_in(git.root())
}

#[track_caller]
fn finds(git: &Git, rules: &[&str]) {
    assert_eq!(lint(git, &["--exit-zero"]).rules(), rules);
}

const DRAFT: &str =
    "---\ntitle: Quay\ndraft: true\n---\n# Quay\n\nLast reviewed: 2026-01-20\n\n[gone](gone.md)\n";

#[test]
fn a_draft_that_is_published_brings_up_its_errors() {
    for published in ["", "draft: false\n"] {
        let git = handbook(&[("direction/quay.md", DRAFT)]);
        git.write("direction/quay.md", DRAFT.replace("draft: true\n", published));
        lint(&git, &[]).exits(1);
        finds(&git, &["link-missing-file"]);
    }
    // The other way round nothing becomes worse.
    let git = handbook(&[("direction/quay.md", &DRAFT.replace("draft: true\n", ""))]);
    git.write("direction/quay.md", DRAFT);
    lint(&git, &["--rule", "link-missing-file"]).exits(0);
    assert_eq!(lint(&git, &["--rule", "link-missing-file"]).rules(), [""; 0]);
}

#[test]
fn a_page_that_leaves_the_paths_of_a_lower_level_brings_up_its_errors() {
    let page = "# Quay\n\nLast reviewed: 2026-01-20\n\nWords, and more words, so that git knows it.\n\n[gone](/gone.md)\n";
    let git = handbook(&[("direction/old/quay.md", page)]);
    git.write(
        "pmctl.toml",
        "profile = \"default\"\n[[lint.overrides]]\npaths = [\"direction/old/**\"]\n\
        rules = { link-missing-file = \"info\" }\n",
    );
    git.commit("2026-01-21T12:00:00Z");
    git.remove("direction/old/quay.md").write("direction/quay.md", page);
    finds(&git, &["link-missing-file"]);
    git.run(&["reset", "-q", "--hard"]);
    git.remove("direction/quay.md").write("direction/old/pier.md", page);
    git.remove("direction/old/quay.md");
    finds(&git, &[]);
}

#[test]
fn a_dead_link_whose_message_alone_changed_is_old() {
    let page =
        "# Quay\n\nLast reviewed: 2026-01-20\n\n[a](boats/) and [b](pier.md) and [c](ropes.md)\n";
    let git = handbook(&[("direction/quay.md", page)]);
    // Each of these changes what is said of a link: a folder, a file of nearly the name, one of the name elsewhere.
    git.write("direction/boats/small/row.md", "# Row\n\nLast reviewed: 2026-01-20\n");
    git.write("direction/piers.md", "# Piers\n\nLast reviewed: 2026-01-20\n");
    git.write("strategy/ropes.md", "# Ropes\n\nLast reviewed: 2026-01-20\n");
    finds(&git, &[]);
}

#[test]
fn what_concerns_a_page_as_a_whole_is_old_whatever_its_title_is_now() {
    for (before, after) in [
        ("# Plans\n\nText.\n", "# Our plans\n\nText.\n"),
        ("---\ntitle: Plans\n---\n\nText.\n", "---\ntitle: Our plans\n---\n\nText.\n"),
        ("First words.\n", "Other words first.\n"),
    ] {
        let git = handbook(&[("direction/plans.md", before)]);
        assert_eq!(pmctl(&["lint", "--format", "json"]).run_in(git.root()).rules().len(), 1);
        git.write("direction/plans.md", after);
        finds(&git, &[]);
    }
    let git = handbook(&[("direction/plans.md", "# Plans\n\nLast reviewed: 2026-01-20\n")]);
    git.write("direction/plans.md", "# Plans\n");
    finds(&git, &["review-date-missing"]);
}

#[test]
fn a_page_that_loses_one_more_section_is_worse_and_one_that_gains_one_is_not() {
    let page = "# Quay\n\n## Mission\n\nBoats.\n\n## Goals\n\nMore boats.\n";
    let git = handbook(&[("direction/quay.md", page)]);
    let toml = "profile = \"default\"\n[[pages]]\nglob = \"direction/*.md\"\nkind = \"direction\"\nreviewed = false\n\
        sections = [\"Mission\", \"Goals\", \"Risks\", \"Costs\"]\n";
    git.write("pmctl.toml", toml).commit("2026-01-21T12:00:00Z");
    git.write("direction/quay.md", page.replace("## Goals", "## Boats"));
    finds(&git, &["strategy-section-missing"]);
    git.write("direction/quay.md", format!("{page}\n## Risks\n\nStorms.\n"));
    finds(&git, &[]);
}

const TABLE: &str =
    "# Quay\n\n| Team | Last reviewed |\n|---|---|\n| [a](gone.md) | 2026-01-10 |\n";

#[test]
fn a_line_on_which_only_the_date_of_a_review_changed_has_not_changed() {
    let forms = [
        TABLE.to_owned(),
        "# Quay\n\nLast reviewed: 2026-01-10, see [a](gone.md)\n".to_owned(),
        TABLE.replace('\n', "\r\n"),
    ];
    for page in forms {
        let git = handbook(&[("direction/quay.md", &page)]);
        pmctl(&["review", "direction/quay.md"]).run_in(git.root()).exits(0);
        lint(&git, &[]).exits(0);
        finds(&git, &[]);
    }
}

#[test]
fn what_is_wrong_with_the_date_itself_or_next_to_it_is_new() {
    let git = handbook(&[("direction/quay.md", TABLE)]);
    git.write("direction/quay.md", TABLE.replace("2026-01-10", "2999-01-01"));
    finds(&git, &["review-date-future"]);
    git.write("direction/quay.md", TABLE.replace("2026-01-10", "2999-01-01"));
    git.commit("2026-01-21T12:00:00Z");
    git.write("direction/quay.md", TABLE.replace("2026-01-10", "2999-01-02"));
    finds(&git, &["review-date-future"]);
    git.write(
        "direction/quay.md",
        TABLE.replace("gone.md", "gone-too.md").replace("2026-01-10", "2026-01-30"),
    );
    finds(&git, &["link-missing-file"]);
    // The cell is another one, though the link is the same.
    git.write("direction/quay.md", TABLE.replace("[a]", "[b]").replace("2026-01-10", "2026-01-30"));
    finds(&git, &["link-missing-file"]);
}

#[test]
fn a_date_that_a_level_lacks_more_is_worse() {
    let categories = |fields: &str| {
        format!("maps:\n  name: Maps\n  direction: direction/maps.md\n{fields}  maturity: viable\n")
    };
    let git = handbook(&[
        ("direction/maps.md", "# Maps\n\nLast reviewed: 2026-01-20\n"),
        ("data/categories.yml", &categories("  available: 2025-01-01\n")),
    ]);
    git.write("data/categories.yml", categories(""));
    finds(&git, &["maturity-date-missing"]);
}

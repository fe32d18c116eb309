//! `pmctl lint --changed-since` and links: what goes or moves breaks pages that nobody touched.

use crate::common::git::Git;
use crate::common::{Run, pmctl};

fn lint(git: &Git, args: &[&str]) -> Run {
    let mut all = vec!["lint", "--changed-since", "main", "--format", "json"];
    all.extend(args);
    pmctl(&all).run_in(git.root())
}

/// A handbook with pages that link each other and an image, in a repository whose branch is `topic`.
fn linked() -> Git {
    let git = Git::new();
    git.write("data/features.yml", "maps:\n  title: Maps\n");
    let plans =
        "# Plans\n\n## Next year\n\nMore routes, and a plotter for the charts of the harbour.\n";
    git.write("guides/plans.md", plans).write("guides/plan.png", "PNG").write("logo.png", "PNG");
    git.write("guides/start.md", "# Start\n\nSee [next year](plans.md#next-year).\n");
    git.write("guides/look.md", "# Look\n\n![The plan](plan.png)\n\nAnd [gone](gone.md).\n");
    git.commit("2026-01-21T12:00:00Z");
    git.run(&["switch", "-q", "-c", "topic"]);
    git
}

/// The rule, path and line of the only finding.
fn only(run: &Run) -> (String, String, u64) {
    assert_eq!(run.rules().len(), 1, "{run:?}");
    let finding = &run.json()["diagnostics"][0];
    let text = |key: &str| finding[key].as_str().expect("text").to_owned();
    (text("rule"), text("path"), finding["line"].as_u64().expect("a number"))
}

#[test]
fn a_heading_that_goes_breaks_the_links_of_pages_that_nobody_touched() {
    let git = linked();
    git.write("guides/plans.md", "# Plans\n\n## Some day\n\nMore routes.\n");
    let run = lint(&git, &["--fail-on", "warning"]).exits(1);
    assert_eq!(only(&run), ("link-missing-anchor".to_owned(), "guides/start.md".to_owned(), 3));
    assert_eq!(run.json()["summary"]["older"], 1);
}

#[test]
fn a_page_that_moves_breaks_the_links_to_it_and_says_where_it_is() {
    let git = linked();
    git.write("later/keep.txt", "");
    git.run(&["mv", "guides/plans.md", "later/plans.md"]);
    let run = lint(&git, &[]).exits(1).prints("later/plans.md");
    assert_eq!(only(&run), ("link-missing-file".to_owned(), "guides/start.md".to_owned(), 3));
    git.write("guides/start.md", "# Start\n\nSee [next year](../later/plans.md#next-year).\n");
    assert_eq!(lint(&git, &[]).exits(0).rules(), Vec::<String>::new());
}

#[test]
fn links_of_a_page_that_moves_are_its_own_and_what_was_broken_before_is_old() {
    let git = linked();
    git.write("later/keep.txt", "");
    git.run(&["mv", "guides/look.md", "later/look.md"]);
    let run = lint(&git, &[]).exits(1).prints("plan.png");
    assert_eq!(only(&run), ("link-missing-file".to_owned(), "later/look.md".to_owned(), 3));
}

#[test]
fn an_image_that_goes_breaks_the_page_that_shows_it() {
    let git = linked();
    git.remove("guides/plan.png");
    let run = lint(&git, &[]).exits(1);
    assert_eq!(only(&run), ("link-missing-file".to_owned(), "guides/look.md".to_owned(), 3));
}

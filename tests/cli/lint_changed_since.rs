//! `pmctl lint --changed-since`: a handbook, a change, and what is said of the change alone.

use crate::common::git::{Git, run_in};
use crate::common::{Run, pmctl};

const FEATURES: &str = "maps:\n  title: Maps\n  category: [search]\n  titel: old\n\
    alerts:\n  title: Alerts\n  category: [search]\n";
const CATEGORIES: &str =
    "search:\n  name: Search\n  direction: direction/search.md\nmail:\n  name: Mail\n";

/// A handbook with two findings of old, in a repository whose branch is `topic`.
fn handbook() -> Git {
    let git = Git::new();
    git.write("data/features.yml", FEATURES).write("data/categories.yml", CATEGORIES);
    git.write("direction/search.md", "# Search\n\nLast reviewed: 2026-01-20\n");
    git.commit("2026-01-20T12:00:00Z");
    git.run(&["switch", "-q", "-c", "topic"]);
    git
}

fn lint(git: &Git, args: &[&str]) -> Run {
    let mut all = vec!["lint", "--changed-since", "main", "--format", "json"];
    all.extend(args);
    pmctl(&all).run_in(git.root())
}

fn older(run: &Run) -> u64 {
    run.json()["summary"]["older"].as_u64().expect("a number")
}

#[test]
fn nothing_changed_and_so_nothing_is_wrong() {
    let git = handbook();
    let run = lint(&git, &["--fail-on", "info"]).exits(0).says("nothing changed since ");
    assert_eq!(run.rules(), Vec::<String>::new());
    pmctl(&["lint", "--changed-since", "main"]).run_in(git.root()).exits(0);
}

#[test]
fn a_finding_on_a_changed_line_is_shown_and_the_old_ones_are_counted() {
    let git = handbook();
    git.write("data/features.yml", FEATURES.replace("Alerts\n", "Alerts\n  maturty: planned\n"));
    git.commit("2026-01-21T12:00:00Z");
    let run = lint(&git, &["--rule", "unknown-field"]).exits(0);
    assert_eq!(run.rules(), ["unknown-field"]);
    assert_eq!(run.json()["diagnostics"][0]["line"], 7);
    assert_eq!(older(&run), 1);
    let text = ["lint", "--changed-since", "main", "--rule", "unknown-field"];
    let text = pmctl(&text).run_in(git.root()).exits(0);
    text.prints("3 files checked: 1 warning; 1 older finding is not shown");
}

#[test]
fn lines_that_move_bring_up_nothing_old() {
    let git = handbook();
    git.write("data/features.yml", format!("# A remark.\n\n\n{FEATURES}"));
    let run = lint(&git, &[]).exits(0);
    assert_eq!(run.rules(), Vec::<String>::new());
    assert!(older(&run) >= 2, "{run:?}");
}

#[test]
fn an_old_finding_on_a_line_that_was_touched_is_shown() {
    let git = handbook();
    git.write("data/features.yml", FEATURES.replace("titel: old", "titel: new"));
    assert_eq!(lint(&git, &["--rule", "unknown-field"]).rules(), ["unknown-field"]);
}

#[test]
fn a_removed_category_breaks_features_that_nobody_touched() {
    let git = handbook();
    git.write("data/categories.yml", "mail:\n  name: Mail\n").commit("2026-01-21T12:00:00Z");
    let run = lint(&git, &["--rule", "unknown-reference"]).exits(1);
    assert_eq!(run.rules(), ["unknown-reference", "unknown-reference"]);
    assert_eq!(run.json()["diagnostics"][0]["path"], "data/features.yml");
}

#[test]
fn a_renamed_team_breaks_features_that_nobody_touched() {
    let git = Git::new();
    git.write("data/teams.yml", "explorers:\n  title: Explorers\n");
    git.write("data/features.yml", "maps:\n  title: Maps\n  product_team: explorers\n");
    git.commit("2026-01-20T12:00:00Z");
    git.write("data/teams.yml", "pathfinders:\n  title: Explorers\n");
    let run = lint(&git, &[]).exits(1);
    assert_eq!(run.rules(), ["unknown-reference"]);
    assert_eq!(run.json()["diagnostics"][0]["line"], 3);
}

#[test]
fn one_more_of_what_was_there_is_new() {
    let git = Git::new();
    // Both features lack their title, on lines that read alike.
    git.write("data/categories.yml", "search:\n  name: Search\n");
    let feature = "- &x\n  title: Maps\n  category: [serch]\n";
    git.write("data/stages.yml", "stages:\n").write("data/sections.yml", "{}\n");
    git.write("data/features.yml", format!("features:\n{feature}"));
    git.commit("2026-01-20T12:00:00Z");
    git.write("data/features.yml", format!("features:\n{feature}{feature}"));
    let run = lint(&git, &["--rule", "unknown-reference"]).exits(1);
    assert_eq!(run.rules(), ["unknown-reference"]);
    assert_eq!(older(&run), 1);
}

#[test]
fn one_error_mended_does_not_hide_another_at_the_same_place() {
    let git = Git::new();
    git.write("data/features.yml", "maps:\n  link: https://example.org\n  maturity: planned\n");
    git.write(
        "data/categories.yml",
        "mail:\n  name: Mail\n  direction: x.md\nalso:\n  direction: x.md\n",
    );
    git.commit("2026-01-20T12:00:00Z");
    // `also` gets its name and loses its direction: the key that both findings point at is the same line.
    git.write(
        "data/categories.yml",
        "mail:\n  name: Mail\n  direction: x.md\nalso:\n  name: Also\n",
    );
    let run = lint(&git, &["--rule", "direction-missing", "--rule", "missing-field"]);
    assert_eq!(run.rules(), ["direction-missing"]);
}

#[test]
fn a_dirty_tree_and_an_untracked_file_count() {
    let git = handbook();
    git.write("direction/mail.md", "# Mail\n\nLast reviewed: 2026-13-40\n");
    let run = lint(&git, &["--rule", "review-date-malformed"]).exits(1);
    assert_eq!(run.rules(), ["review-date-malformed"]);
    git.run(&["add", "-A"]);
    assert_eq!(lint(&git, &["--rule", "review-date-malformed"]).rules(), ["review-date-malformed"]);
}

#[test]
fn a_renamed_page_keeps_its_old_findings_to_itself() {
    let git = Git::new();
    let page = "# Search\n\nLast reviewed: 2026-13-40\n\nWords, and more words, so that git knows it again.\n";
    git.write("data/features.yml", "{}\n").write("direction/search.md", page);
    git.commit("2026-01-20T12:00:00Z");
    git.remove("direction/search.md").write("direction/find.md", format!("{page}\nOne more.\n"));
    let run = lint(&git, &["--rule", "review-date-malformed"]).exits(0);
    assert_eq!((run.rules(), older(&run)), (Vec::new(), 1));
    git.write("direction/find.md", page.replace("13-40", "14-40"));
    assert_eq!(lint(&git, &["--rule", "review-date-malformed"]).rules(), ["review-date-malformed"]);
}

#[test]
fn paths_narrow_what_is_reported_of_the_change() {
    let git = handbook();
    git.write("data/categories.yml", "mail:\n  name: Mail\n  nmae: Mail\n");
    assert_eq!(lint(&git, &["data/categories.yml"]).rules(), ["unknown-field"]);
    let rules = lint(&git, &["data/features.yml"]).rules();
    assert_eq!(rules, ["unknown-reference", "unknown-reference"]);
}

#[test]
fn a_page_that_was_changed_after_its_review_is_new_although_its_date_stands_where_it_stood() {
    let git = Git::new();
    let page = "# Search\n\nLast reviewed: 2026-01-20\n\nWords.\n";
    git.write("data/features.yml", "{}\n");
    git.write("direction/search.md", page).write("direction/mail.md", page);
    git.commit("2026-01-20T12:00:00Z");
    git.write("direction/mail.md", page.replace("Words", "Other words"));
    git.commit("2026-01-22T12:00:00Z");
    git.run(&["switch", "-q", "-c", "topic"]);
    git.write("direction/search.md", page.replace("Words", "More words"));
    git.commit("2026-01-23T12:00:00Z");
    let run = lint(&git, &["--rule", "changed-since-review"]);
    assert_eq!(run.rules(), ["changed-since-review"]);
    assert_eq!(run.json()["diagnostics"][0]["path"], "direction/search.md");
    assert_eq!(older(&run), 1);
}

#[test]
fn a_handbook_in_a_subfolder_is_compared_with_itself() {
    let git = Git::new();
    git.write("docs/data/features.yml", FEATURES).write("docs/data/categories.yml", CATEGORIES);
    git.write("data/features.yml", "not: one\n").write("docs/pmctl.toml", "");
    git.commit("2026-01-20T12:00:00Z");
    git.write("data/features.yml", "not: two\n");
    let args = ["lint", "--changed-since", "main", "--format", "json", "-C", "docs"];
    pmctl(&args).run_in(git.root()).exits(0).says("nothing changed");
    git.write("docs/data/categories.yml", "mail:\n  name: Mail\n");
    let run = pmctl(&args).run_in(git.root()).exits(1);
    assert_eq!(run.rules(), ["unknown-reference", "unknown-reference"]);
}

#[test]
fn a_handbook_that_was_not_there_before_is_new_as_a_whole() {
    let git = Git::new();
    git.write("README.md", "Read me\n").commit("2026-01-20T12:00:00Z");
    git.write("docs/data/features.yml", FEATURES).write("docs/data/categories.yml", CATEGORIES);
    let args = ["lint", "--changed-since", "main", "--format", "json", "-C", "docs"];
    let run = pmctl(&args).run_in(git.root());
    assert!(run.rules().contains(&"unknown-field".to_owned()), "{run:?}");
    assert_eq!(older(&run), 0);
}

#[test]
fn a_file_that_could_not_be_read_before_does_not_stop_a_change_elsewhere() {
    let git = handbook();
    git.write("direction/odd.md", [0xff]).commit("2026-01-21T12:00:00Z");
    git.run(&["branch", "-f", "main", "topic"]);
    git.write("direction/search.md", "# Search\n\nLast reviewed: 2026-01-21\n");
    lint(&git, &[]).exits(0);
    git.write("direction/odd.md", [0xfe]);
    lint(&git, &[]).exits(2);
    git.write("direction/odder.md", [0xff]);
    lint(&git, &[]).exits(2);
}

#[test]
fn a_page_that_begins_to_be_generated_needs_no_template_in_the_past() {
    let git = handbook();
    git.write(
        "pmctl.toml",
        "[[generate]]\npage = \"teams.md\"\ntemplate = \"templates/teams.md\"\n",
    );
    git.write("templates/teams.md", "# Teams\n\nNobody.\n");
    lint(&git, &["--rule", "generated-drift"]).exits(1).prints("teams.md");
}

#[test]
fn what_git_ignores_is_no_part_of_a_change() {
    let git = handbook();
    git.run(&["config", "core.excludesFile", ".git/ignore"]);
    git.write(".git/ignore", "/direction/built.md\n");
    git.write("direction/built.md", "# Built\n\nLast reviewed: 2026-13-40\n");
    git.write("direction/search.md", "# Search\n\nLast reviewed: 2026-01-21\n");
    let run = lint(&git, &["--rule", "review-date-malformed"]).exits(0);
    assert_eq!((run.rules(), older(&run)), (Vec::new(), 1));
}

#[test]
fn an_unknown_reference_is_an_error_with_a_suggestion() {
    let git = handbook();
    let since = |name: &str| pmctl(&["lint", "--changed-since", name]).run_in(git.root()).exits(2);
    since("mian").says("git has no revision `mian`; did you mean `main`?");
    since("nothing-like-it").says("name a commit, a tag or a branch");
    since("").says("git has no revision");
}

#[test]
fn without_git_it_is_an_error() {
    let git = handbook();
    pmctl(&["lint", "--changed-since", "main", "--no-git"])
        .run_in(git.root())
        .exits(2)
        .says("leave --no-git out");
    let nowhere = Git::nowhere();
    nowhere.write("data/features.yml", FEATURES);
    pmctl(&["lint", "--changed-since", "main"])
        .run_in(nowhere.root())
        .exits(2)
        .says("the handbook is in no git repository");
}

#[test]
fn a_shallow_clone_without_the_base_says_how_to_fetch_it() {
    let git = handbook();
    let base = git.head();
    git.write("data/categories.yml", "mail:\n  name: Mail\n").commit("2026-01-21T12:00:00Z");
    let clone = git.beside("clone");
    let (from, to) = (format!("file://{}", git.root().display()), clone.display().to_string());
    run_in(git.root(), &["clone", "-q", "--depth", "1", "-b", "topic", &from, &to], &[], b"");
    let auto = || pmctl(&["lint", "--changed-since", "auto"]);
    let says_how = |run: Run| {
        run.exits(2).says("GIT_DEPTH: 0").says("fetch-depth: 0").says("git fetch --unshallow")
    };
    says_how(pmctl(&["lint", "--changed-since", "origin/main"]).run_in(&clone));
    says_how(auto().env("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base).run_in(&clone));
    says_how(auto().env("GITHUB_BASE_REF", "main").run_in(&clone));
    // The branch is there, and what it has in common with HEAD is not.
    run_in(&clone, &["fetch", "-q", "--depth", "1", "origin", "main:main"], &[], b"");
    git.run(&["switch", "-q", "main"]);
    git.write("other.txt", "x\n").commit("2026-01-22T12:00:00Z");
    run_in(&clone, &["fetch", "-q", "--depth", "1", "origin", "main:other"], &[], b"");
    says_how(pmctl(&["lint", "--changed-since", "other"]).run_in(&clone));
    run_in(&clone, &["fetch", "-q", "--unshallow", "origin"], &[], b"");
    pmctl(&["lint", "--changed-since", &base]).run_in(&clone).exits(1).prints("`search`");
}

#[test]
fn auto_asks_the_variables_of_the_ci_systems() {
    let git = handbook();
    let base = git.head();
    git.write("data/categories.yml", "mail:\n  name: Mail\n").commit("2026-01-21T12:00:00Z");
    let auto = || pmctl(&["lint", "--changed-since", "auto", "--rule", "unknown-reference"]);
    let finds = |run: Run| run.exits(1).prints("2 errors");
    finds(auto().env("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base).run_in(git.root()));
    finds(auto().env("GITHUB_BASE_REF", "main").run_in(git.root()));
    git.run(&["update-ref", "refs/remotes/origin/trunk", &base]);
    finds(auto().env("GITHUB_BASE_REF", "trunk").run_in(git.root()));
    auto().run_in(git.root()).exits(2).says("neither is set");
    auto().env("GITHUB_BASE_REF", "").run_in(git.root()).exits(2).says("neither is set");
    auto()
        .env("GITHUB_BASE_REF", "trnk")
        .run_in(git.root())
        .exits(2)
        .says("no revision `refs/heads/trnk`");
}

#[test]
fn one_more_of_a_kind_is_new_though_it_stands_where_nothing_changed() {
    let git = Git::new();
    let twice = "- title: Maps\n- title: Maps\n";
    git.write("data/features.yml", format!("features:\n{twice}"));
    git.commit("2026-01-20T12:00:00Z");
    git.write("data/features.yml", format!("features:\n- link: x\n  title: Maps\n{twice}"));
    // It is the later ones that are reported, whichever came with the change.
    let run = lint(&git, &["--rule", "duplicate-title"]);
    assert_eq!((run.rules(), older(&run)), (vec!["duplicate-title".to_owned()], 1));
}

#[test]
fn line_endings_alone_bring_up_nothing_old() {
    let git = handbook();
    git.write("data/features.yml", FEATURES.replace('\n', "\r\n"));
    let run = lint(&git, &[]).exits(0);
    assert_eq!(run.rules(), Vec::<String>::new());
    git.run(&["config", "core.autocrlf", "true"]);
    assert_eq!(lint(&git, &[]).exits(0).rules(), Vec::<String>::new());
}

#[test]
fn a_detached_head_and_a_linked_work_tree_are_compared_like_any_other() {
    let git = handbook();
    git.write("data/categories.yml", "mail:\n  name: Mail\n").commit("2026-01-21T12:00:00Z");
    git.run(&["switch", "-q", "--detach"]);
    lint(&git, &[]).exits(1).prints("`search`");
    let linked = git.beside("linked");
    git.run(&["worktree", "add", "-q", &linked.display().to_string(), "topic"]);
    pmctl(&["lint", "--changed-since", "main"]).run_in(&linked).exits(1).prints("`search`");
}

#[test]
fn a_repository_without_a_commit_has_nothing_to_compare_with() {
    let git = Git::new();
    git.write("data/features.yml", FEATURES);
    lint(&git, &[]).exits(2).says("in no git repository with a commit");
}

#[test]
fn a_handbook_in_a_submodule_is_compared_in_its_own_repository() {
    let (git, outer) = (handbook(), Git::new());
    let from = git.root().display().to_string();
    git.run(&["switch", "-q", "main"]);
    outer.run(&["submodule", "--quiet", "add", &from, "book"]);
    outer.commit("2026-01-21T12:00:00Z");
    outer.write("book/data/categories.yml", "mail:\n  name: Mail\n");
    let run = |folder: &str| {
        let args = ["lint", "--changed-since", "main", "-C", folder, "--profile", "default"];
        pmctl(&args).run_in(outer.root())
    };
    run("book").exits(1).prints("`search`");
    // From outside, git tells no more than that something changed in there.
    outer.write("data/features.yml", "{}\n").write("book/direction/new.md", "# New\n");
    run(".").exits(0);
}

#[test]
fn what_is_mended_belongs_to_the_change_and_what_is_old_stays() {
    let git = handbook();
    let features = FEATURES.replace("[search]\nalerts", "[serch]\nalerts");
    git.write("data/features.yml", &features).commit("2026-01-21T12:00:00Z");
    git.run(&["branch", "-f", "main", "topic"]);
    git.write(
        "data/features.yml",
        features.replace("Alerts\n  category: [search]", "Alerts\n  category: [sarch]"),
    );
    let args = ["lint", "--fix", "--changed-since", "main"];
    pmctl(&args).run_in(git.root()).exits(0).prints("2 older findings are not shown");
    let now = std::fs::read_to_string(git.path("data/features.yml")).expect("a file");
    assert_eq!(now, features);
}

#[test]
fn a_comment_that_goes_brings_up_what_it_silenced() {
    let git = Git::new();
    let silenced =
        "maps:\n  # pmctl-ignore unknown-field: a plotter reads it\n  titel: Maps\n  title: Maps\n";
    git.write("data/features.yml", silenced).commit("2026-01-20T12:00:00Z");
    git.write("data/features.yml", "maps:\n  titel: Maps\n  title: Maps\n");
    assert_eq!(lint(&git, &[]).rules(), ["unknown-field"]);
}

#[test]
fn what_the_baseline_knows_is_not_of_the_change() {
    let git = handbook();
    pmctl(&["lint", "--write-baseline"]).run_in(git.root()).exits(0);
    git.commit("2026-01-21T12:00:00Z");
    // A baseline that comes with the change itself does not count for it.
    assert_eq!(lint(&git, &["--rule", "unknown-field"]).json()["summary"]["baselined"], 0);
    git.run(&["update-ref", "refs/heads/main", "HEAD"]);
    git.write(
        "data/features.yml",
        FEATURES.replace("title: Maps", "title: Charts\n  maturty: planned"),
    );
    let run = lint(&git, &["--rule", "unknown-field"]);
    assert_eq!(run.rules(), ["unknown-field"]);
    assert_eq!((&run.json()["summary"]["baselined"], older(&run)), (&1.into(), 0));
    let both = ["lint", "--changed-since", "main", "--write-baseline"];
    pmctl(&both).run_in(git.root()).exits(2).says("cannot be used with");
}

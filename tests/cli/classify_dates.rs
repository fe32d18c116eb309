//! `pmctl classify`: which changes are that of a page's review and nothing else.

use crate::common::git::Git;
use crate::common::pmctl;
use serde_json::Value;

const PAGE: &str = "direction/kites.md";

fn committed(page: &str) -> Git {
    let git = Git::new();
    git.write("pmctl.toml", "profile = \"default\"\n");
    git.write("data/features.yml", "kites: {title: Kites}\n").write(PAGE, page);
    git.commit("2026-01-20T12:00:00Z");
    git
}

fn kind(git: &Git) -> Value {
    let args = ["classify", "--since", "HEAD", "--format", "json"];
    let value = pmctl(&args).run_in(git.root()).exits(0).json();
    value["kind"].clone()
}

/// The kind of the change in which `@` of the page becomes another day.
fn kind_of(page: &str) -> Value {
    let git = committed(&page.replace('@', "2025-12-01"));
    git.write(PAGE, page.replace('@', "2026-01-25"));
    kind(&git)
}

#[test]
fn the_date_of_the_page_is_its_review_in_every_language() {
    for page in [
        "---\nlast_reviewed: @\n---\n\n# Kites\n",
        "---\nlast_reviewed: &day @\n---\n\n# Kites\n",
        "+++\nlast_reviewed = @\n+++\n\n# Kites\n",
        "{\n\"last_reviewed\": \"@\"\n}\n\n# Kites\n",
        "---\nparams:\n  last_reviewed: @\n---\n\n# Kites\n",
        "+++\n[extra]\nlast_reviewed = @\n+++\n\n# Kites\n",
        "# Supplier agreement\n\nThis agreement was last reviewed on @.\n",
    ] {
        assert_eq!(kind_of(page), "review-dates-only", "{page}");
    }
}

#[test]
fn the_date_of_something_else_is_not() {
    for page in [
        "---\nlast_reviewed: &day @\nexpires: *day\n---\n\n# Kites\n",
        "---\nbase: &base\n  last_reviewed: @\n<<: *base\nother: *base\n---\n\n# Kites\n",
        "---\nexpires: &day @\nlast_reviewed: *day\n---\n\n# Kites\n",
        "# Kites\n\nLast reviewed: 2026-01-01\n\n## Suppliers\n\n| Supplier | Acme |\n|---|---|\n| Last reviewed | @ |\n",
        "---\nvendor:\n  name: Acme\n  last_reviewed: @\n---\n\n# Kites\n\nLast reviewed: 2026-01-01\n",
        "---\nvendors:\n  - last_reviewed: @\n---\n\n# Kites\n",
        "+++\n[contract]\nlast_reviewed = @\n+++\n\n# Kites\n",
        "{\n\"policy\": {\"last_reviewed\": \"@\"}\n}\n\n# Kites\n",
        "# Kites\n\nLast reviewed: 2026-01-01\n\nTheir policy was last reviewed on @.\n",
        "# Kites\n\n{::comment}\nLast reviewed: @\n{:/comment}\n",
    ] {
        assert_eq!(kind_of(page), "other", "{page}");
    }
}

#[test]
fn line_ends_that_git_does_not_store_are_no_change() {
    let page = "# Kites\n\nLast reviewed: 2025-12-01\n\nThey fly.\n";
    let stamped = page.replace("2025-12-01", "2026-01-25").replace('\n', "\r\n");
    for (attributes, autocrlf, expected) in [
        ("", "true", "review-dates-only"),
        ("", "input", "review-dates-only"),
        ("*.md text\n", "false", "review-dates-only"),
        ("* text=auto\n", "false", "review-dates-only"),
        ("*.md eol=crlf\n", "false", "review-dates-only"),
        ("*.md -text\n", "true", "other"),
        ("", "false", "other"),
    ] {
        let git = committed(page);
        git.write(".gitattributes", attributes).commit("2026-01-21T12:00:00Z");
        git.run(&["config", "core.autocrlf", autocrlf]);
        git.write(PAGE, &stamped);
        assert_eq!(kind(&git), expected, "{attributes} {autocrlf}");
    }
    // A line that ends in two carriage returns is another text.
    let git = committed(page);
    git.run(&["config", "core.autocrlf", "true"]);
    git.write(PAGE, stamped.replace("\r\n", "\r\r\n"));
    assert_eq!(kind(&git), "other");
    // A first stamp as well.
    let git = committed("# Kites\n\nThey fly.\n");
    git.run(&["config", "core.autocrlf", "true"]);
    git.write(PAGE, "# Kites\r\n\r\nThey fly.\r\n");
    pmctl(&["review", "--no-git", PAGE]).run_in(git.root()).exits(0);
    assert_eq!(kind(&git), "review-dates-only");
}

#[test]
fn tomorrow_is_no_day_of_the_future_for_a_bot_either() {
    let page = "# Kites\n\nLast reviewed: @\n";
    for (day, is_mergeable) in [("2026-02-01", true), ("2026-02-02", false)] {
        let git = committed(&page.replace('@', "2025-12-01"));
        git.write(PAGE, page.replace('@', day));
        let args = ["classify", "--since", "HEAD", "--format", "json"];
        let value = pmctl(&args).run_in(git.root()).exits(0).json();
        assert_eq!(value["auto_mergeable"], is_mergeable, "{day}");
        let run = pmctl(&["lint", "--no-git", "--rule", "review-date-future"]).run_in(git.root());
        run.exits(i32::from(!is_mergeable));
    }
}

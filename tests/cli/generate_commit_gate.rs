//! `pmctl generate --commit` makes no commit that `pmctl generate --check` refuses, and none that git would not make.

use std::fs;

use crate::common::git::{Git, run_in};
use crate::common::{Run, pmctl};

const PAGE: &str = "# A\n\n<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n";
const RANKING: &str = "# R\n\n<!-- pmctl:begin rice_ranking -->\n<!-- pmctl:end -->\n";
const LEVELS: &str = "built:\n  title: Built\n  definition: It works.\n";
const DAY: &str = "2026-01-10T12:00:00+0000";

/// A repository with two pages to fill, and data for them.
fn repository() -> Git {
    let git = Git::new();
    git.run(&["config", "user.name", "Ada"]);
    git.run(&["config", "user.email", "ada@example.com"]);
    git.write("pmctl.toml", "profile = \"default\"\n")
        .write("data/features.yml", "{}\n")
        .write("data/maturity_levels.yml", LEVELS)
        .write("data/rice.yml", "ideas:\n  sail:\n    title: Sail\n    reach: 6\n    impact: 1\n    confidence: 80%\n    effort: 2\n")
        .write("direction/a.md", PAGE)
        .write("direction/r.md", RANKING)
        .commit(DAY);
    git
}

/// The same, with its pages filled and committed.
fn filled() -> Git {
    let git = repository();
    generate(&git, &["--commit"]).exits(0);
    git
}

fn generate(git: &Git, args: &[&str]) -> Run {
    pmctl(&[&["generate"], args].concat()).run_in(git.root())
}

fn text(git: &Git, path: &str) -> String {
    fs::read_to_string(git.path(path)).expect("a file")
}

/// Checks that the last commit, checked out elsewhere, is up to date.
fn is_up_to_date(git: &Git) {
    let clone = git.beside("clone");
    let _ = fs::remove_dir_all(&clone);
    let (from, to) = (git.root().to_str().expect("text"), clone.to_str().expect("text"));
    git.run(&["clone", "-q", from, to]);
    pmctl(&["generate", "--check"]).run_in(&clone).exits(0);
}

/// Checks that a commit is refused with `says`, and that neither the pages nor the branch move.
fn is_refused(git: &Git, args: &[&str], says: &[&str]) {
    let pages = || ["direction/a.md", "direction/r.md"].map(|page| text(git, page));
    let (head, before, status) = (git.head(), pages(), git.run(&["status", "--porcelain"]));
    let mut run = generate(git, &[&["--commit"], args].concat()).exits(2);
    for words in says {
        run = run.says(words);
    }
    assert_eq!(
        (git.head(), pages(), git.run(&["status", "--porcelain"])),
        (head, before, status),
        "{run:#?}"
    );
}

#[test]
fn uncommitted_data_that_pages_are_made_of_is_named_or_taken_along() {
    for (stage, untracked) in [(false, false), (true, false), (false, true)] {
        let git = filled();
        if untracked {
            git.run(&["rm", "-q", "--cached", "data/maturity_levels.yml"]);
            git.run(&["commit", "-q", "-m", "Forget"]);
        }
        git.write("data/maturity_levels.yml", LEVELS.replace("works", "holds"));
        if stage {
            git.run(&["add", "data/maturity_levels.yml"]);
        }
        is_refused(&git, &[], &["`data/maturity_levels.yml` is uncommitted", "--with-data"]);
        generate(&git, &["--commit", "--with-data"]).exits(0).prints("data/maturity_levels.yml");
        assert_eq!(
            git.run(&["show", "--name-only", "--format=%s", "HEAD"]),
            "Update generated page and data\n\ndata/maturity_levels.yml\ndirection/a.md"
        );
        assert_eq!(git.run(&["status", "--porcelain"]), "");
        is_up_to_date(&git);
    }
}

#[test]
fn uncommitted_changes_that_no_page_is_made_of_stop_nothing() {
    let git = repository();
    git.write("data/features.yml", "# none yet\n{}\n");
    git.write("data/maturity_levels.yml", format!("# in order\n{LEVELS}"));
    git.write("notes.md", "# Mine\n");
    generate(&git, &["--commit"]).exits(0);
    let pages = git.run(&["show", "--name-only", "--format=", "HEAD"]);
    assert_eq!(pages, "direction/a.md\ndirection/r.md");
    is_up_to_date(&git);
}

#[test]
fn templates_settings_and_pages_are_data_too() {
    let entry = "profile = \"default\"\n[[generate]]\npage = \"reference/l.md\"\ntemplate = \"templates/l.md\"\n";
    let git = filled();
    git.write("pmctl.toml", entry);
    git.write("templates/l.md", "# L\n\n{{generator:maturity_definitions}}\n");
    is_refused(&git, &[], &["`pmctl.toml`", "`templates/l.md`"]);
    generate(&git, &["--commit", "--with-data"]).exits(0);
    is_up_to_date(&git);

    let idea = "# Oars\n\n| Idea | Reach | Impact | Confidence | Effort |\n|---|---|---|---|---|\n| Oars | 6 | 1 | 80% | 1 |\n";
    let git = filled();
    git.write("direction/oars.md", idea);
    is_refused(&git, &[], &["`direction/oars.md` is uncommitted"]);
    generate(&git, &["--commit", "--with-data"]).exits(0);
    is_up_to_date(&git);
}

#[test]
fn data_that_git_ignores_is_in_no_commit() {
    let git = filled();
    git.write(".gitignore", "data/rice.yml\n");
    git.run(&["rm", "-q", "--cached", "data/rice.yml"]);
    git.commit(DAY);
    let rice = text(&git, "data/rice.yml").replace("Sail", "Oars");
    git.write("data/rice.yml", rice);
    is_refused(&git, &[], &["`data/rice.yml` is uncommitted"]);
    is_refused(&git, &["--with-data"], &["`data/rice.yml` is ignored by git"]);
}

#[test]
fn a_commit_that_the_check_would_refuse_for_another_reason_is_not_made() {
    let git = filled();
    let edited = text(&git, "direction/a.md").replace("works", "works, mostly");
    git.write("direction/a.md", edited).commit(DAY);
    git.write("data/rice.yml", text(&git, "data/rice.yml").replace("Sail", "Oars")).commit(DAY);
    is_refused(&git, &[], &["`generate --check` would refuse the commit", "direction/a.md:3"]);
    // What was asked for alone is what is checked.
    generate(&git, &["--commit", "direction/r.md"]).exits(0);
    generate(&git, &["--check", "direction/r.md"]).exits(0);
}

#[test]
fn pages_that_an_earlier_run_left_are_taken_up() {
    for stage in [false, true] {
        let git = repository();
        generate(&git, &[]).exits(0);
        if stage {
            git.run(&["add", "direction"]);
        }
        generate(&git, &["--commit"]).exits(0).prints("direction/a.md\ndirection/r.md");
        assert_eq!(git.run(&["status", "--porcelain"]), "");
        assert!(
            git.run(&["log", "-1", "--format=%b"]).contains("maturity_definitions, rice_ranking")
        );
        is_up_to_date(&git);
        generate(&git, &["--commit"]).exits(0).says("there is nothing to commit");
    }
    // One that the data has changed for since.
    let git = repository();
    generate(&git, &[]).exits(0);
    git.write("data/maturity_levels.yml", LEVELS.replace("works", "holds"));
    git.run(&["commit", "-q", "-m", "Data", "data"]);
    generate(&git, &["--commit"]).exits(0);
    assert_eq!(git.run(&["status", "--porcelain"]), "");
    is_up_to_date(&git);
}

#[test]
fn pages_left_with_other_changes_are_named_and_those_without_generated_ones_left_alone() {
    let git = repository();
    generate(&git, &[]).exits(0);
    git.write("direction/a.md", text(&git, "direction/a.md").replace("# A\n", "# A\n\nMine.\n"));
    is_refused(&git, &[], &["direction/a.md has other uncommitted changes"]);
    generate(&git, &["--commit", "--include-dirty"]).exits(0);
    assert_eq!(git.run(&["status", "--porcelain"]), "");
    git.write("direction/a.md", text(&git, "direction/a.md").replace("Mine.", "Yours."));
    generate(&git, &["--commit"]).exits(0).says("there is nothing to commit");
    assert_eq!(git.run(&["status", "--porcelain"]), " M direction/a.md");
}

#[test]
fn a_whole_page_that_an_earlier_run_left_is_taken_up() {
    let git = filled();
    let entry = "profile = \"default\"\n[[generate]]\npage = \"reference/l.md\"\ntemplate = \"templates/l.md\"\n";
    git.write("pmctl.toml", entry);
    git.write("templates/l.md", "# L\n\n{{generator:maturity_definitions}}\n").commit(DAY);
    generate(&git, &[]).exits(0);
    generate(&git, &["--commit"]).exits(0).prints("reference/l.md");
    is_up_to_date(&git);
    git.write("templates/l.md", "# Levels\n").commit(DAY);
    generate(&git, &[]).exits(0);
    generate(&git, &["--commit"]).exits(0).prints("reference/l.md");
    is_up_to_date(&git);
}

#[test]
fn variables_name_author_committer_and_dates_as_for_git() {
    let git = repository();
    git.run(&["config", "--unset", "user.name"]);
    git.run(&["config", "--unset", "user.email"]);
    let call = || {
        pmctl(&["generate", "--commit"])
            .env("HOME", "/nonexistent")
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .env("GIT_AUTHOR_NAME", "Wren")
            .env("GIT_AUTHOR_EMAIL", "wren@example.com")
            .env("GIT_AUTHOR_DATE", "2026-01-02T03:04:05+0200")
    };
    call().run_in(git.root()).exits(2).says("GIT_COMMITTER_NAME");
    assert_eq!(text(&git, "direction/a.md"), PAGE);
    let call = || {
        call().env("GIT_COMMITTER_NAME", "Robot").env("GIT_COMMITTER_EMAIL", "robot@example.com")
    };
    call().env("GIT_COMMITTER_DATE", "some day").run_in(git.root()).exits(2).says("GIT_COMMITTER_");
    assert_eq!(text(&git, "direction/a.md"), PAGE);
    call().env("GIT_COMMITTER_DATE", "@1767400000 -0500").run_in(git.root()).exits(0);
    assert_eq!(
        git.run(&["log", "-1", "--format=%an %ae %ad|%cn %ce %cd", "--date=raw"]),
        "Wren wren@example.com 1767315845 +0200|Robot robot@example.com 1767400000 -0500"
    );

    let git = repository();
    git.run(&["config", "author.name", "Wren"]);
    git.run(&["config", "committer.email", "robot@example.com"]);
    generate(&git, &["--commit"]).exits(0);
    let people = git.run(&["log", "-1", "--format=%an %ae|%cn %ce"]);
    assert_eq!(people, "Wren ada@example.com|Ada robot@example.com");
}

#[test]
fn a_page_that_a_filter_changes_is_refused() {
    for attribute in ["filter=lfs", "filter=up", "ident", "working-tree-encoding=UTF-16"] {
        let git = repository();
        git.write(".gitattributes", format!("direction/*.md {attribute}\n"));
        git.run(&["add", ".gitattributes"]);
        git.run(&["commit", "-q", "-m", "Attributes", ".gitattributes"]);
        is_refused(&git, &[], &[&format!("has the git attribute `{attribute}`")]);
    }
    for attribute in
        ["-filter", "!filter", "-ident", "working-tree-encoding=UTF-8", "text", "diff=markdown"]
    {
        let git = repository();
        git.write(".gitattributes", format!("direction/*.md {attribute}\n")).commit(DAY);
        generate(&git, &["--commit"]).exits(0);
        assert_eq!(git.run(&["status", "--porcelain"]), "", "{attribute}");
    }
}

#[test]
fn line_ends_are_stored_as_attributes_ask_for_them() {
    for attribute in ["text eol=crlf", "text=auto eol=crlf", "text eol=lf", "-text", "text=auto"] {
        let git = repository();
        git.write(".gitattributes", format!("*.md {attribute}\n")).commit(DAY);
        git.run(&["rm", "-q", "--cached", "-r", "."]);
        git.run(&["reset", "-q", "--hard"]);
        generate(&git, &["--commit"]).exits(0);
        assert_eq!(git.run(&["status", "--porcelain"]), "", "{attribute}");
        assert!(!git.run(&["show", "HEAD:direction/a.md"]).contains('\r'), "{attribute}");
        let is_crlf = attribute.contains("crlf");
        assert_eq!(text(&git, "direction/a.md").contains("\r\n"), is_crlf, "{attribute}");
        is_up_to_date(&git);
    }
}

#[cfg(unix)]
#[test]
fn names_of_pages_say_nothing_in_the_message() {
    let git = repository();
    for name in
        ["[skip ci]", "***NO_CI***", "Closes #1", "@all", "a\nSigned-off-by: Eve <e@example.com>"]
    {
        git.write(&format!("direction/{name}.md"), PAGE);
    }
    git.commit(DAY);
    generate(&git, &["--commit"]).exits(0);
    let message = git.run(&["log", "-1", "--format=%B"]);
    for sign in ["[", "]", "*", "#", "@", "Signed-off-by:"] {
        assert!(!message.contains(sign), "{sign}: {message}");
    }
    assert!(message.contains("- direction/%5Bskip%20ci%5D.md\n"), "{message}");
    assert_eq!(git.run(&["status", "--porcelain"]), "");
}

#[test]
fn a_message_that_says_nothing_is_refused() {
    for empty in ["", "  \n", "# a comment"] {
        let git = repository();
        is_refused(&git, &["-m", empty], &["the message of the commit is empty"]);
    }
    let git = repository();
    generate(&git, &["--commit", "-m", "\nLevels  \n\n\n#12 asks for them"]).exits(0);
    assert_eq!(git.run(&["log", "-1", "--format=%B"]), "Levels\n\n#12 asks for them");
}

#[cfg(unix)]
#[test]
fn data_that_is_a_link_within_the_repository_is_read_in_the_commit_too() {
    let git = repository();
    fs::rename(git.path("data"), git.path("shared")).expect("a folder");
    git.write("shared/more/rice.yml", text(&git, "shared/rice.yml"));
    std::os::unix::fs::symlink("shared", git.path("data")).expect("a link");
    fs::remove_file(git.path("shared/rice.yml")).expect("a file");
    std::os::unix::fs::symlink("../shared/more/rice.yml", git.path("shared/rice.yml"))
        .expect("a link");
    git.commit(DAY);
    generate(&git, &["--commit"]).exits(0);
    assert_eq!(git.run(&["status", "--porcelain"]), "");
    let clone = git.beside("clone");
    is_up_to_date(&git);
    assert_eq!(run_in(&clone, &["status", "--porcelain"], &[], b""), "");
}

#[test]
fn data_is_committed_only_with_all_pages_that_it_changes() {
    let git = filled();
    git.write(
        "direction/b.md",
        "# B\n\n<!-- pmctl:begin maturity_definitions -->\n<!-- pmctl:end -->\n",
    );
    generate(&git, &["--commit", "--include-dirty"]).exits(0);
    git.commit("2026-01-21T12:00:00Z");
    is_up_to_date(&git);
    git.write("data/maturity_levels.yml", LEVELS.replace("works", "holds"));
    is_refused(&git, &["--with-data", "direction/a.md"], &["direction/b.md", "name no pages"]);
    generate(&git, &["--commit", "--with-data"]).exits(0);
    is_up_to_date(&git);
}

//! `pmctl lint --changed-since`: pages that a change leaves in the repository, where nothing checks them.

use std::os::unix::fs::symlink;

use crate::common::gate::{PAGE, TOML, gate, handbook, lint, weakens};
use crate::common::git::Git;
use crate::common::pmctl;

const BROKEN: &str = "\n[gone](gone.md)\n";

/// A handbook with the pages `piers/east.md`, `piers/west.md` and `notes/rope.md`.
fn with_pages() -> Git {
    let git = handbook();
    for page in ["piers/east.md", "piers/west.md", "notes/rope.md"] {
        git.write(page, text(page));
    }
    git.commit("2026-01-21T12:00:00Z");
    git
}

fn text(page: &str) -> String {
    format!("# {page}\n\nWords of {page}, by which it is known.\n\nAnd more words of {page}.\n")
}

fn rename(git: &Git, from: &str, to: &str) {
    let parent = git.path(to).parent().expect("a parent").to_owned();
    std::fs::create_dir_all(parent).expect("a folder");
    std::fs::rename(git.path(from), git.path(to)).expect("a new name");
}

/// Asserts that the change weakens its check by `wanted`, in the work tree, in the index and in a commit.
#[track_caller]
fn weakens_in_each_state(git: &Git, wanted: &[&str]) {
    weakens(git, wanted);
    git.run(&["checkout", "-q", "-b", "change"]);
    git.run(&["add", "-A"]);
    weakens(git, wanted);
    git.commit("2026-01-22T12:00:00Z");
    weakens(git, wanted);
}

#[test]
fn a_page_that_becomes_a_symbolic_link_is_hidden() {
    let git = with_pages();
    rename(&git, "notes/rope.md", "texts/rope.txt");
    git.write("texts/rope.txt", text("notes/rope.md") + BROKEN);
    symlink("../texts/rope.txt", git.path("notes/rope.md")).expect("a link");
    let found =
        "notes/rope.md:1 this change hides the page `notes/rope.md` by making it a symbolic link";
    weakens_in_each_state(&git, &[found]);
    for target in ["nowhere.md", "/etc/hostname"] {
        let git = with_pages();
        git.remove("notes/rope.md");
        symlink(target, git.path("notes/rope.md")).expect("a link");
        assert_eq!(gate(&git, "gate-weakened"), [found], "{target}");
    }
}

#[test]
fn a_folder_that_becomes_a_symbolic_link_is_one_finding() {
    let found = "piers:1 this change hides the page `piers/east.md` and 1 more by making `piers` a symbolic link";
    let git = with_pages();
    rename(&git, "piers", ".piers");
    git.write(".piers/east.md", text("piers/east.md") + BROKEN);
    symlink(".piers", git.path("piers")).expect("a link");
    weakens_in_each_state(&git, &[found]);
    for target in ["nowhere", "/tmp"] {
        let git = with_pages();
        git.remove("piers");
        symlink(target, git.path("piers")).expect("a link");
        weakens(&git, &[found]);
    }
}

#[test]
fn a_link_to_a_page_that_is_checked_hides_nothing() {
    let git = with_pages();
    rename(&git, "notes/rope.md", "notes/ropes.md");
    symlink("ropes.md", git.path("notes/rope.md")).expect("a link");
    rename(&git, "piers", "quays");
    symlink("quays", git.path("piers")).expect("a link");
    weakens_in_each_state(&git, &[]);
    // Nothing of the pages is in the folder that the link leads to.
    let git = with_pages();
    git.remove("piers");
    symlink("notes", git.path("piers")).expect("a link");
    weakens(&git, &[]);
    // The link leads to another page, and the text of this one is where it is not read.
    let git = with_pages();
    rename(&git, "notes/rope.md", "notes/rope.txt");
    symlink("../piers/east.md", git.path("notes/rope.md")).expect("a link");
    weakens(
        &git,
        &[
            "notes/rope.txt:1 this change hides the page `notes/rope.md` by moving it to `notes/rope.txt`, \
             which pmctl does not read as a page",
        ],
    );
}

#[test]
fn pages_that_move_into_a_hidden_folder_are_one_finding() {
    let git = with_pages();
    rename(&git, "piers", "old/.piers");
    git.write("old/.piers/east.md", text("piers/east.md") + BROKEN);
    weakens_in_each_state(
        &git,
        &[
            "old/.piers/east.md:1 this change hides the page `piers/east.md` and 1 more by moving them to `old/.piers`, \
             a hidden folder",
        ],
    );
}

#[test]
fn pages_that_get_a_name_that_is_not_a_pages_are_hidden() {
    let not_a_page = "which pmctl does not read as a page";
    for (name, what) in [
        ("notes/.rope.md", "a hidden file"),
        ("notes/rope.markdown", not_a_page),
        ("notes/rope.mdx", not_a_page),
        ("notes/rope.MD", not_a_page),
        ("notes/rope.rst", not_a_page),
        ("notes/rope.md.erb", not_a_page),
        ("texts/rope", not_a_page),
    ] {
        let git = with_pages();
        rename(&git, "notes/rope.md", name);
        git.write(name, text("notes/rope.md") + BROKEN);
        let found = format!(
            "{name}:1 this change hides the page `notes/rope.md` by moving it to `{name}`, {what}"
        );
        weakens_in_each_state(&git, &[&found]);
    }
}

#[test]
fn a_name_that_is_not_utf_8_hides_a_page() {
    use std::os::unix::ffi::OsStrExt;
    let git = with_pages();
    let name = std::ffi::OsStr::from_bytes(b"notes/r\xf6pe.txt");
    std::fs::rename(git.path("notes/rope.md"), git.root().join(name)).expect("a new name");
    git.run(&["add", "-A"]);
    weakens(
        &git,
        &[
            r"notes/r\xf6pe.txt:1 this change hides the page `notes/rope.md` by moving it to `notes/r\xf6pe.txt`, which pmctl does not read as a page",
        ],
    );
}

#[test]
fn pages_that_move_to_where_the_settings_have_none_are_hidden() {
    let pages = "\n[[pages]]\nglob = \"{direction,piers,quays}/**/*.{md,mdx}\"\nkind = \"page\"\n";
    let git = with_pages();
    git.write("pmctl.toml", format!("{TOML}{pages}")).commit("2026-01-22T12:00:00Z");
    // The settings have the other folder and the other ending too.
    rename(&git, "piers", "quays");
    rename(&git, "quays/west.md", "quays/west.mdx");
    weakens(&git, &[]);
    git.run(&["reset", "-q", "--hard"]);
    git.remove("quays");
    rename(&git, "piers", "attic/piers");
    weakens_in_each_state(
        &git,
        &[
            "attic/piers/east.md:1 this change hides the page `piers/east.md` and 1 more by moving them to `attic/piers`, \
             where pmctl does not read such pages",
        ],
    );
    // What was not a page before has nothing to lose.
    let git = with_pages();
    git.write("pmctl.toml", format!("{TOML}{pages}")).commit("2026-01-22T12:00:00Z");
    rename(&git, "notes/rope.md", ".rope.md");
    weakens(&git, &[]);
}

#[test]
fn a_folder_that_becomes_a_submodule_is_one_finding() {
    let git = with_pages();
    git.remove("piers");
    git.run(&["checkout", "-q", "-b", "change"]);
    git.run(&["add", "-A"]);
    let id = git.head();
    git.run(&["update-index", "--add", "--cacheinfo", &format!("160000,{id},piers")]);
    std::fs::create_dir(git.path("piers")).expect("a folder");
    let found = "piers:1 this change hides the page `piers/east.md` and 1 more by making `piers` a submodule";
    weakens(&git, &[found]);
    git.run(&["commit", "-q", "-m", "change"]);
    weakens(&git, &[found]);
    // The pages are elsewhere, and checked there.
    git.write("quays/east.md", text("piers/east.md"));
    git.write("quays/west.md", text("piers/west.md"));
    weakens(&git, &[]);
}

#[test]
fn pages_that_are_deleted_moved_or_rewritten_are_not_hidden() {
    let git = with_pages();
    rename(&git, "piers/east.md", "direction/east.md");
    rename(&git, "piers/west.md", "piers/WEST.md");
    git.remove("notes/rope.md");
    weakens_in_each_state(&git, &[]);
    // Hardly any of its text is in the other file.
    let git = with_pages();
    git.remove("notes/rope.md");
    git.write(".rope.md", format!("# Twine\n\n{}", "Other words altogether.\n".repeat(20)));
    weakens(&git, &[]);
}

#[test]
fn pages_that_were_not_checked_before_are_not_hidden() {
    let git = with_pages();
    git.write(".gitignore", "notes/\n").run(&["add", "-f", "notes/rope.md"]);
    git.commit("2026-01-22T12:00:00Z");
    rename(&git, "notes/rope.md", "rope.txt");
    weakens(&git, &[]);
    let git = with_pages();
    git.write("pmctl.toml", TOML.replace("\"same\"", "\"ignore\""));
    git.write("notes/rope.md", format!("---\ndraft: true\n---\n{}", text("notes/rope.md")));
    git.commit("2026-01-22T12:00:00Z");
    rename(&git, "notes/rope.md", "notes/.rope.md");
    weakens(&git, &[]);
}

#[test]
fn a_page_that_moves_to_an_ignored_place_is_one_finding() {
    let git = with_pages();
    git.write(".gitignore", "/out\n/.out\n").commit("2026-01-22T12:00:00Z");
    rename(&git, "piers/east.md", "out/east.md");
    rename(&git, "piers/west.md", ".out/west.md");
    git.run(&["add", "-f", "out", ".out"]);
    weakens(
        &git,
        &[
            ".gitignore:1 this change hides the page `out/east.md`, which git tracks",
            ".gitignore:2 this change hides the page `.out/west.md`, which git tracks",
        ],
    );
}

#[test]
fn an_ignore_file_that_is_not_utf_8_hides_pages_too() {
    let git = with_pages();
    git.write(".gitignore", b"# Entw\xfcrfe\nnotes/\n");
    weakens(&git, &[".gitignore:2 this change hides the page `notes/rope.md`, which git tracks"]);
    git.commit("2026-01-22T12:00:00Z");
    git.write("direction/quay.md", format!("{PAGE}\nMore.\n"));
    weakens(&git, &[]);
}

#[test]
fn nothing_in_the_change_silences_it_and_the_settings_of_the_change_read_the_page_once_accepted() {
    let git = with_pages();
    rename(&git, "notes/rope.md", "notes/rope.mdx");
    git.write(
        "notes/rope.mdx",
        format!("<!-- pmctl-ignore-file gate-weakened: no -->\n{}{BROKEN}", text("notes/rope.md")),
    );
    let pages = "\n[[pages]]\nglob = \"{direction,strategy}/**/*.md\"\nkind = \"direction\"\n\n\
        [[pages]]\nglob = \"**/*.{md,mdx}\"\nkind = \"page\"\nreviewed = false\n";
    git.write("pmctl.toml", format!("{TOML}{pages}"));
    assert_eq!(gate(&git, "gate-weakened").len(), 1);
    lint(&git, &[]).exits(1);
    let rules = lint(&git, &["--allow", "gate-weakened"]).exits(1).rules();
    assert_eq!(rules, ["suppression-malformed", "link-missing-file"]);
}

#[test]
fn many_pages_that_move_at_once_are_found_in_good_time() {
    let git = handbook();
    for at in 0..1500 {
        git.write(&format!("many/{at}.md"), text(&format!("many/{at}.md")));
    }
    git.commit("2026-01-21T12:00:00Z");
    rename(&git, "many", ".many");
    let found = ".many/0.md:1 this change hides the page `many/0.md` and 1499 more by moving them to `.many`, a hidden folder";
    assert_eq!(gate(&git, "gate-weakened"), [found]);
    pmctl(&["lint", "--changed-since", "main"]).run_in(git.root()).exits(1);
}

#[test]
fn a_copy_in_a_hidden_place_hides_nothing_if_the_page_is_checked_elsewhere() {
    let git = with_pages();
    rename(&git, "notes/rope.md", "piers/rope.md");
    git.write(".drafts/rope.md", text("notes/rope.md"));
    weakens_in_each_state(&git, &[]);
}

//! `pmctl generate --render DIR`: a whole copy of the pages, and nothing of the handbook touched.

use std::fs;

use crate::common::{Handbook, Run, pmctl};

const DIRECTIVE: &str = "# A\n\n{{generator:maturity_definitions}}\n";
const LIST: &str = "# A\n\n- **Built**: It works.\n";

/// A handbook of which the pages lie in `content`.
fn handbook() -> Handbook {
    Handbook::new()
        .file("pmctl.toml", "profile = \"sourcegraph\"\n")
        .file("data/features.yml", "{}\n")
        .file("data/product_teams.yml", "{}\n")
        .file("data/maturity_levels.yml", "built:\n  title: Built\n  definition: It works.\n")
        .file("content/index.md", DIRECTIVE)
        .file("content/deep/page.md", DIRECTIVE)
        .file("content/deep/logo.svg", "<svg/>")
        .file("README.md", "Mine.\n")
}

fn render(handbook: &Handbook, folder: &str) -> Run {
    handbook.run(&["generate", "--render", folder])
}

fn read(handbook: &Handbook, path: &str) -> String {
    fs::read_to_string(handbook.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_copy_over_an_older_one_leaves_what_is_not_of_the_pages() {
    let handbook = handbook().file("site/own.txt", "own").file("site/index.md", "old");
    render(&handbook, "site").exits(0);
    render(&handbook, "site").exits(0);
    assert_eq!(
        (read(&handbook, "site/own.txt"), read(&handbook, "site/index.md")),
        ("own".to_owned(), LIST.to_owned())
    );
}

#[test]
fn a_relative_folder_is_meant_from_where_the_command_runs() {
    let (handbook, elsewhere) = (handbook(), Handbook::new());
    let root = handbook.path(".");
    let args = ["-C", root.to_str().expect("text"), "generate", "--render", "out/site"];
    pmctl(&args).run_in(&elsewhere.path(".")).exits(0);
    assert_eq!(read(&elsewhere, "out/site/deep/page.md"), LIST);
    assert!(!handbook.path("out").exists());
}

#[test]
fn a_folder_around_the_pages_is_refused_like_one_among_them() {
    let handbook = handbook().file("content/README.md", DIRECTIVE);
    for folder in [".", "content", "content/site", "content/../content/x", ".."] {
        render(&handbook, folder).exits(2);
    }
    assert_eq!(read(&handbook, "README.md"), "Mine.\n");
    assert!(!handbook.path("content/site").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_links() {
    use std::os::unix::fs::symlink;
    let handbook = handbook().file("site/x", "").file("elsewhere/page.md", "Mine.\n");
    symlink(handbook.path("content/deep"), handbook.path("site/deep")).expect("a link");
    render(&handbook, "site").exits(2).says("link");
    assert_eq!(read(&handbook, "content/deep/page.md"), DIRECTIVE);
    assert_eq!(read(&handbook, "content/deep/logo.svg"), "<svg/>");

    // A link in the place of a file is replaced.
    fs::remove_file(handbook.path("site/deep")).expect("a link");
    fs::create_dir(handbook.path("site/deep")).expect("a folder");
    symlink(handbook.path("content/deep/page.md"), handbook.path("site/deep/page.md")).expect("");
    render(&handbook, "site").exits(0);
    assert_eq!(read(&handbook, "content/deep/page.md"), DIRECTIVE);
    assert_eq!(read(&handbook, "site/deep/page.md"), LIST);

    // So is one in the place of the folder itself, unless it is outside of the work tree.
    symlink(handbook.path("elsewhere"), handbook.path("out")).expect("a link");
    render(&handbook, "out").exits(2).says("is a symbolic link in the work tree");
    assert_eq!(read(&handbook, "elsewhere/page.md"), "Mine.\n");
    let outside = tempfile::tempdir().expect("a folder");
    symlink(outside.path(), outside.path().join("link")).expect("a link");
    let out = outside.path().join("link");
    render(&handbook, out.to_str().expect("UTF-8")).exits(0);
    assert!(outside.path().join("deep/page.md").exists());
    symlink(handbook.path("content/deep"), handbook.path("among")).expect("a link");
    render(&handbook, "among").exits(2).says("symbolic link");
    assert_eq!(read(&handbook, "content/deep/page.md"), DIRECTIVE);
}

#[cfg(unix)]
#[test]
fn linked_and_hidden_files_are_part_of_the_copy_and_what_lies_outside_is_not() {
    use std::os::unix::fs::symlink;
    let handbook = handbook()
        .file("secret.txt", "secret")
        .file("content/.well-known/security.txt", "contact")
        .file("content/.nojekyll", "")
        .file("content/.git/config", "no");
    symlink("deep/logo.svg", handbook.path("content/logo.svg")).expect("a link");
    symlink("deep/page.md", handbook.path("content/page.md")).expect("a link");
    symlink("../secret.txt", handbook.path("content/secret.txt")).expect("a link");
    symlink("nowhere", handbook.path("content/broken.svg")).expect("a link");
    let run = render(&handbook, "site").exits(0);
    run.says("content/secret.txt");
    assert_eq!(read(&handbook, "site/.well-known/security.txt"), "contact");
    assert!(handbook.path("site/.nojekyll").exists());
    assert!(!handbook.path("site/.git").exists());
    assert_eq!(read(&handbook, "site/logo.svg"), "<svg/>");
    assert_eq!(read(&handbook, "site/page.md"), LIST);
    assert!(!handbook.path("site/secret.txt").exists());
}

#[test]
fn a_whole_page_that_was_never_written_is_in_the_copy() {
    let handbook = handbook()
        .file("pmctl.toml", "profile = \"sourcegraph\"\n[[generate]]\npage = \"content/new/levels.md\"\ntemplate = \"templates/levels.md\"\n")
        .file("templates/levels.md", DIRECTIVE);
    render(&handbook, "site").exits(0);
    assert!(read(&handbook, "site/new/levels.md").ends_with(LIST));
    assert!(!handbook.path("content/new").exists());
}

#[test]
fn a_folder_whose_place_is_taken_by_a_file_is_said() {
    let handbook = handbook().file("site", "a file");
    render(&handbook, "site").exits(2).says("cannot be written");
    assert_eq!(read(&handbook, "site"), "a file");
}

//! Files that are not written, and what is said about them.

use std::fs;

use super::super::write::{Step, write_watched};
use super::*;

#[test]
fn a_page_that_changed_since_it_was_read_stops_all() {
    for (change, reason) in [
        ("old!\n", "`b.md` changed on disk since it was read; run the command again"),
        ("bad\n", "`b.md` changed on disk since it was read; run the command again"),
        ("\u{feff}old\n", "`b.md` changed on disk since it was read; run the command again"),
    ] {
        let handbook = handbook();
        fs::write(handbook.root().join("b.md"), change).expect("a page");
        assert_eq!(handbook.refused(), format!("nothing was written: {reason}"));
        assert_eq!(handbook.contents(), ["old\n", change, "old\n"]);
        assert_eq!(handbook.leftovers(), 0);
    }
}

#[test]
fn a_page_that_changes_while_the_temporary_files_are_written_stops_all() {
    let handbook = handbook();
    let file = handbook.root().join("sub/c.md");
    let result = write_watched(handbook.root(), &handbook.prepared(), &mut |step| match step {
        Step::Ready => fs::write(&file, "mine\n"),
        _ => Ok(()),
    });
    assert!(result.expect_err("a refusal").to_string().contains("`sub/c.md` changed on disk"));
    assert_eq!(handbook.contents(), ["old\n", "old\n", "mine\n"]);
    assert_eq!(handbook.leftovers(), 0);
}

#[test]
fn every_page_that_is_in_the_way_is_named() {
    let handbook = handbook();
    fs::remove_file(handbook.root().join("a.md")).expect("removed");
    fs::remove_file(handbook.root().join("b.md")).expect("removed");
    fs::create_dir(handbook.root().join("b.md")).expect("a folder");
    assert_eq!(
        handbook.refused(),
        "nothing was written: `a.md` is gone since it was read; run the command again, `b.md` is not \
         a regular file; nothing is written to it"
    );
}

#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_link() {
    use std::os::unix::fs::symlink;
    for (name, link) in [("b.md", "b.md"), ("sub", "sub")] {
        let handbook = handbook();
        let outside = tempfile::tempdir().expect("a folder");
        let real = outside.path().join("real");
        fs::rename(handbook.root().join(name), &real).expect("moved");
        symlink(&real, handbook.root().join(name)).expect("a link");
        let error = handbook.refused();
        assert!(error.contains(&format!("through the symbolic link `{link}`")), "{error}");
        assert_eq!(handbook.contents(), ["old\n"; 3]);
        assert!(handbook.root().join(name).is_symlink());
    }
    // A link that stays inside, or that the person running pmctl chose as the root, is another matter.
    let handbook = handbook();
    fs::rename(handbook.root().join("a.md"), handbook.root().join("z.md")).expect("moved");
    symlink("z.md", handbook.root().join("a.md")).expect("a link");
    assert!(handbook.refused().contains("symbolic link `a.md`"));
    fs::remove_file(handbook.root().join("a.md")).expect("removed");
    fs::rename(handbook.root().join("z.md"), handbook.root().join("a.md")).expect("moved");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let root = elsewhere.path().join("root");
    symlink(handbook.root(), &root).expect("a link");
    write(&root, &handbook.prepared()).expect("written");
    assert_eq!(handbook.contents(), ["new\n"; 3]);
}

#[test]
fn no_path_leads_outside_or_into_git() {
    RepoPath::new("../x.md").expect_err("no such path can be made");
    let handbook = handbook();
    for name in [".git/hooks/pre-commit", "sub/.GIT/config", ".git"] {
        let mut prepared = Prepared::default();
        prepared.create(path(name), "x").expect("prepared");
        let error = write(handbook.root(), &prepared).expect_err("a refusal").to_string();
        assert!(error.contains("belongs to git"), "{error}");
    }
    let mut prepared = Prepared::default();
    prepared.create(path("."), "x").expect("prepared");
    write(handbook.root(), &prepared).expect_err("the root is no file");
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_to_stops_all() {
    use std::os::unix::fs::PermissionsExt;
    let handbook = handbook();
    let sub = handbook.root().join("sub");
    fs::set_permissions(&sub, fs::Permissions::from_mode(0o555)).expect("a mode");
    let guarded = fs::write(sub.join("probe"), "").is_err();
    if guarded {
        let error = handbook.refused();
        assert!(error.contains("`sub/c.md` cannot be written: Permission denied"), "{error}");
        assert!(!error.contains(&handbook.root().display().to_string()), "{error}");
        handbook.is_untouched();
    }
    fs::set_permissions(&sub, fs::Permissions::from_mode(0o755)).expect("a mode");
}

#[test]
fn a_page_that_appears_at_the_last_moment_is_not_overwritten() {
    let handbook = handbook();
    let mut prepared = Prepared::default();
    prepared.create(path("x.md"), "generated").expect("prepared");
    let file = handbook.root().join("x.md");
    let result = write_watched(handbook.root(), &prepared, &mut |step| match step {
        Step::Rename(_) => fs::write(&file, "mine"),
        _ => Ok(()),
    });
    let error = result.expect_err("a refusal").to_string();
    assert!(error.contains("`x.md` exists already"), "{error}");
    assert_eq!(content(&file), "mine");
    assert_eq!(handbook.leftovers(), 0);
}

//! Writes that succeed.

use std::process::Command;

use super::*;

#[test]
fn all_pages_are_written_and_listed() {
    let handbook = handbook();
    let written = handbook.write().expect("written");
    assert_eq!(written.changed, PAGES.map(path));
    assert_eq!(written.created, []);
    assert_eq!(handbook.contents(), ["new\n"; 3]);
    assert_eq!(handbook.leftovers(), 0);
    // Once more, with what is now on the disk: there is nothing to do.
    let (store, edits) = wish(handbook.root(), "new");
    assert!(prepare(&store, &edits, |_| Ok(())).expect("prepared").is_empty());
}

#[test]
#[cfg(unix)]
fn permissions_and_owner_stay() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    for mode in [0o600, 0o644, 0o755, 0o444, 0o664] {
        let handbook = handbook();
        let file = handbook.root().join("a.md");
        // Only root may give files away; for others this is the owner that the file has.
        let given = chown(&file, Some(1234), Some(1234)).is_ok();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("a mode");
        handbook.write().expect("written");
        let data = fs::metadata(&file).expect("a file");
        assert_eq!(data.mode() & 0o7777, mode);
        assert!(!given || (data.uid(), data.gid()) == (1234, 1234));
    }
}

#[test]
fn new_pages_are_created_with_their_folders_and_never_overwrite() {
    let handbook = handbook();
    let mut prepared = handbook.prepared();
    prepared.create(path("ref/en/features.md"), "x\n").expect("prepared");
    prepared.create(path("ref/teams.md"), "y").expect("prepared");
    let written = write(handbook.root(), &prepared).expect("written");
    assert_eq!(written.created, [path("ref/en/features.md"), path("ref/teams.md")]);
    assert_eq!(content(&handbook.root().join("ref/en/features.md")), "x\n");
    assert_eq!(content(&handbook.root().join("ref/teams.md")), "y");

    for name in ["ref/teams.md", "ref", "ref/teams.md/x.md"] {
        let mut prepared = Prepared::default();
        prepared.create(path(name), "z").expect("prepared");
        write(handbook.root(), &prepared).expect_err(name);
    }
    assert_eq!(content(&handbook.root().join("ref/teams.md")), "y");
}

#[test]
#[cfg(unix)]
fn a_new_page_can_be_read_by_those_who_can_read_its_neighbours() {
    use std::os::unix::fs::MetadataExt;
    let handbook = handbook();
    let mut prepared = Prepared::default();
    prepared.create(path("x.md"), "x").expect("prepared");
    write(handbook.root(), &prepared).expect("written");
    let mode = |name: &str| fs::metadata(handbook.root().join(name)).expect("a file").mode();
    assert_eq!(mode("x.md"), mode("a.md"));
}

#[test]
fn git_applies_what_the_diff_shows() {
    for text in ["old\r\n1\r\n2\r\n3\r\n4\r\nlast", "\u{feff}old\nx\rx\n", "old\n"] {
        let handbook = handbook();
        for page in PAGES {
            fs::write(handbook.root().join(page), text).expect("a page");
        }
        let handbook = Handbook::read(handbook.folder, "new");
        let mut prepared = handbook.prepared();
        prepared.create(path("made.md"), "x\ny").expect("prepared");
        let patched = tempfile::tempdir().expect("a folder");
        fs::create_dir(patched.path().join("sub")).expect("a folder");
        for page in PAGES {
            fs::copy(handbook.root().join(page), patched.path().join(page)).expect("a copy");
        }
        fs::write(patched.path().join("patch"), diff(&prepared)).expect("a patch");
        let git = Command::new("git")
            .args(["apply", "--whitespace=nowarn", "patch"])
            .current_dir(patched.path())
            .output()
            .expect("git runs");
        assert!(git.status.success(), "{}", String::from_utf8_lossy(&git.stderr));
        write(handbook.root(), &prepared).expect("written");
        for page in PAGES.iter().chain(&["made.md"]) {
            assert_eq!(content(&handbook.root().join(page)), content(&patched.path().join(page)));
        }
    }
}

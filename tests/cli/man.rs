//! `pmctl man`: a page for each command, the same every day, and nothing of others overwritten.

use std::fs;

use crate::common::{Handbook, pmctl, repository};

/// The names of the files in a folder of `place`, sorted.
fn names(place: &Handbook, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(place.path(folder)).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names
}

fn read(place: &Handbook, path: &str) -> String {
    fs::read_to_string(place.path(path)).expect("a page")
}

#[test]
fn every_command_has_its_page_also_below_another() {
    let place = Handbook::new();
    place.run(&["man", "share/man/man1"]).exits(0).says("pages are in share/man/man1");
    let names = names(&place, "share/man/man1");
    for name in [
        "pmctl.1",
        "pmctl-lint.1",
        "pmctl-review-plan.1",
        "pmctl-rice-add.1",
        "pmctl-config-show.1",
    ] {
        assert!(names.iter().any(|known| known == name), "{name} is not among {names:?}");
    }
    assert!(!names.iter().any(|name| name.contains("help")), "{names:?}");
    let lint = read(&place, "share/man/man1/pmctl-lint.1");
    assert!(lint.starts_with(".\\\" A manual page of pmctl"), "{lint}");
    assert!(lint.contains("\\-\\-fail\\-on") && lint.contains("\\-\\-profile"), "{lint}");
}

#[test]
fn the_same_version_gives_the_same_pages_and_only_a_day_that_is_asked_for() {
    let place = Handbook::new();
    pmctl(&["man", "one", "-q"]).env("PMCTL_TODAY", "2024-02-29").run_in(&place.path("")).exits(0);
    place.run(&["man", "two", "-q"]).exits(0);
    for name in names(&place, "one") {
        assert_eq!(read(&place, &format!("one/{name}")), read(&place, &format!("two/{name}")));
        assert!(!read(&place, &format!("one/{name}")).contains("2024-02-29"));
    }
    place.run(&["man", "two", "--today", "2026-01-31"]).exits(0);
    assert!(read(&place, "two/pmctl.1").contains("2026-01-31"));
    place.run(&["man", "two", "--today", "soon"]).exits(2).says("soon");
}

#[test]
fn pages_of_its_own_are_renewed_and_those_of_others_are_left() {
    let place = Handbook::new().file("man/other.1", "other").file("man/pmctl-lint.1", "by hand");
    let run = place.run(&["man", "man"]).exits(2);
    run.says("pmctl-lint.1 is no page that pmctl wrote, so nothing was written");
    assert_eq!(names(&place, "man"), ["other.1", "pmctl-lint.1"]);
    assert_eq!(read(&place, "man/pmctl-lint.1"), "by hand");

    fs::remove_file(place.path("man/pmctl-lint.1")).expect("it goes");
    place.run(&["man", "man"]).exits(0);
    let page = read(&place, "man/pmctl.1");
    let place = place.file("man/pmctl.1", format!("{page}.\\\" an older version\n"));
    place.run(&["man", "man"]).exits(0);
    assert_eq!(read(&place, "man/pmctl.1"), page);
    assert_eq!(read(&place, "man/other.1"), "other");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let place = Handbook::new().file("precious", "text").file("man/other.1", "");
    std::os::unix::fs::symlink(place.path("precious"), place.path("man/pmctl.1")).expect("a link");
    place.run(&["man", "man"]).exits(2).says("pmctl.1 is no page that pmctl wrote");
    assert_eq!(read(&place, "precious"), "text");
}

#[test]
fn a_folder_that_cannot_be_is_said() {
    let place = Handbook::new().file("man", "a file");
    place.run(&["man", "man"]).exits(2).says("man");
    place.run(&["man", "man/below"]).exits(2).says("below");
    pmctl(&["man"]).run_in(&repository("")).exits(2).says("<DIR>");
}

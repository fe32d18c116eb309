//! Writes that fail, are killed, or meet another: every page whole, old or new.

use std::cell::Cell;
use std::io;
use std::process::Command;

use super::super::write::{Step, write_watched};
use super::*;
use crate::repo::{Globs, Repo};

#[test]
fn a_failure_before_the_first_rename_leaves_everything_as_it_was() {
    for number in 0..5 {
        let handbook = handbook();
        let mut prepared = handbook.prepared();
        prepared.create(path("x/y/z.md"), "z\n").expect("prepared");
        // The four temporary files, and then the moment before the first rename.
        let mut steps = 0;
        let result = write_watched(handbook.root(), &prepared, &mut |_| {
            steps += 1;
            if steps > number { Err(io::Error::other("the disk is full")) } else { Ok(()) }
        });
        let error = result.expect_err("a failure");
        assert!(matches!(error, WriteError::Nothing(_)), "{error}");
        assert!(error.to_string().contains("the disk is full"), "{error}");
        handbook.is_untouched();
        assert!(!handbook.root().join("x").exists());
    }
}

#[test]
fn a_failure_between_renames_tells_which_pages_are_new() {
    for number in 0..3 {
        let handbook = handbook();
        let result = write_watched(handbook.root(), &handbook.prepared(), &mut |step| match step {
            Step::Rename(path) if path.as_str() == PAGES[number] => {
                Err(io::Error::other("the disk is gone"))
            }
            _ => Ok(()),
        });
        match result.expect_err("a failure") {
            WriteError::Nothing(_) => assert_eq!(number, 0),
            WriteError::Halfway { new, old, at, .. } => {
                assert_eq!(new, PAGES[..number].iter().map(|page| path(page)).collect::<Vec<_>>());
                assert_eq!(old, PAGES[number..].iter().map(|page| path(page)).collect::<Vec<_>>());
                assert_eq!(at, path(PAGES[number]));
            }
            other => panic!("{other}"),
        }
        let said = |index: usize| if index < number { "new\n" } else { "old\n" };
        assert_eq!(handbook.contents(), [said(0), said(1), said(2)]);
        assert_eq!(handbook.leftovers(), 0);
    }
}

#[test]
fn a_folder_that_does_not_reach_the_disk_is_told_though_all_is_written() {
    let handbook = handbook();
    let result = write_watched(handbook.root(), &handbook.prepared(), &mut |step| match step {
        Step::Sync(folder) if folder.ends_with("sub") => Err(io::Error::other("no")),
        _ => Ok(()),
    });
    assert!(matches!(result, Err(WriteError::NotSynced { folder, .. }) if folder == "./sub"));
    assert_eq!(handbook.contents(), ["new\n"; 3]);
}

/// The variable by which [`a_kill_between_two_renames_leaves_whole_pages_and_the_next_run_completes`]
/// says to its child, this test program again, which handbook to die in.
const VICTIM: &str = "PMCTL_TEST_VICTIM";

#[test]
#[ignore = "the child of the test below; it kills itself"]
fn killed_between_two_renames() {
    let Some(root) = std::env::var_os(VICTIM) else { return };
    let (store, edits) = wish(Path::new(&root), "new");
    let prepared = prepare(&store, &edits, |_| Ok(())).expect("prepared");
    let renames = Cell::new(0);
    _ = write_watched(Path::new(&root), &prepared, &mut |step| {
        if matches!(step, Step::Rename(_)) {
            renames.set(renames.get() + 1);
            if renames.get() == 2 {
                std::process::abort();
            }
        }
        Ok(())
    });
}

#[test]
fn a_kill_between_two_renames_leaves_whole_pages_and_the_next_run_completes() {
    let handbook = handbook();
    fs::write(handbook.root().join(".pmctl-baseline.json"), "{}").expect("a file");
    let status = Command::new(std::env::current_exe().expect("this program"))
        .args([
            "--exact",
            "source::edit::write_tests::cut_short::killed_between_two_renames",
            "--ignored",
        ])
        .env(VICTIM, handbook.root())
        .output()
        .expect("it starts")
        .status;
    assert!(!status.success());
    assert_eq!(handbook.contents(), ["new\n", "old\n", "old\n"]);
    assert_eq!(handbook.leftovers(), 3, "two temporary files, and a baseline that is none");
    let all = Globs::new(["**", "**/*"]).expect("patterns");
    assert_eq!(Repo::at(handbook.root()).list(&[&all]).files, PAGES.map(path));

    let (store, edits) = wish(handbook.root(), "new");
    let prepared = prepare(&store, &edits, |_| Ok(())).expect("prepared");
    write(handbook.root(), &prepared).expect("written");
    assert_eq!(handbook.contents(), ["new\n"; 3]);
    assert_eq!(handbook.leftovers(), 1, "the baseline alone");
}

#[test]
fn of_two_writers_at_once_one_wins_and_the_other_is_told() {
    for _ in 0..20 {
        let handbook = handbook();
        let wishes = ["first", "second"].map(|text| (text, wish(handbook.root(), text)));
        let barrier = std::sync::Barrier::new(2);
        let results: Vec<(&str, Result<Written, WriteError>)> = std::thread::scope(|scope| {
            let writers = wishes.iter().map(|(text, (store, edits))| {
                let (barrier, root) = (&barrier, handbook.root());
                scope.spawn(move || {
                    let prepared = prepare(store, edits, |_| Ok(())).expect("prepared");
                    barrier.wait();
                    (*text, write(root, &prepared))
                })
            });
            let writers: Vec<_> = writers.collect();
            writers.into_iter().map(|writer| writer.join().expect("it ends")).collect()
        });
        let winners: Vec<&str> =
            results.iter().filter(|(_, result)| result.is_ok()).map(|(text, _)| *text).collect();
        let whole = handbook.contents()[0].trim_end().to_owned();
        assert!(handbook.contents().iter().all(|page| page.trim_end() == whole));
        assert_eq!(handbook.leftovers(), 0);
        if cfg!(unix) {
            assert_eq!(winners, [whole.as_str()], "{results:?}");
        }
    }
}

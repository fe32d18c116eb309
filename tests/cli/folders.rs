//! What is found in a handbook's folder: names, ignore files and depths of any kind.

use crate::common::git::Git;
use crate::common::{Handbook, pmctl};

fn handbook() -> Handbook {
    Handbook::new()
        .file("data/features.yml", "{}\n")
        .file("direction/a.md", "# A\n\nLast reviewed: 2026-01-30\n")
}

const BROKEN: &str = "# B\n\nLast reviewed: 2026-01-30\n\n[gone](gone.md)\n";

#[cfg(unix)]
mod names {
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::path::Path;

    use super::*;

    fn write(root: &Path, name: &[u8], text: &str) {
        let path = root.join(OsStr::from_bytes(name));
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    #[test]
    fn a_page_whose_name_is_not_utf_8_is_a_finding() {
        let handbook = handbook();
        write(&handbook.path(""), b"direction/k\xefte.md", BROKEN);
        write(&handbook.path(""), b"direction/d\xe9/x.md", BROKEN);
        // Nobody would have looked at a picture.
        write(&handbook.path(""), b"direction/p\xe9.png", "");
        for args in [&["lint"][..], &["lint", "--no-git"]] {
            let run = handbook.run(args).exits(2);
            let run =
                run.prints("`direction/k\\xefte.md` cannot be").prints("direction/d\\xe9/x.md");
            run.prints("its name is not UTF-8").never_prints("png");
        }
        handbook.run(&["review-status"]).exits(2);
    }

    #[test]
    fn a_commit_with_such_a_name_is_not_taken_for_one_without() {
        let git = Git::new();
        git.write("data/features.yml", "{}\n").write("direction/a.md", BROKEN);
        git.commit("2026-01-10T12:00:00+0000");
        write(git.root(), b"direction/k\xefte.md", BROKEN);
        git.commit("2026-01-11T12:00:00+0000");
        let since = |base| pmctl(&["lint", "--changed-since", base]).run_in(git.root());
        since("HEAD~1").exits(2).prints("direction/k\\xefte.md");
        since("HEAD").exits(0);
        write(git.root(), b"direction/k\xefte.md", "# Another\n");
        since("HEAD").exits(2).prints("direction/k\\xefte.md");
        let run = pmctl(&["rice", "--since", "HEAD"]).run_in(git.root()).exits(2);
        run.says("direction/k\\xefte.md");
    }

    #[test]
    fn an_ignored_name_is_no_finding() {
        let handbook = handbook();
        write(&handbook.path(""), b"direction/k\xefte.md", BROKEN);
        fs::write(handbook.path(".gitignore"), b"k\xefte.md\n").expect("a file");
        handbook.run(&["lint"]).exits(0);
    }

    #[test]
    fn an_ignore_file_that_is_a_link_or_a_pipe_is_not_opened() {
        for target in [".git/pipe", "/dev/zero", "nowhere", "patterns"] {
            let handbook = handbook().file("build/b.md", BROKEN).file("patterns", "build/\n");
            fs::create_dir(handbook.path(".git")).expect("a folder");
            fifo(&handbook.path(".git/pipe"));
            std::os::unix::fs::symlink(target, handbook.path(".gitignore")).expect("a link");
            // As for git, its patterns do not count.
            handbook.run(&["lint", "--no-git"]).exits(1).prints("build/b.md");
        }
        let handbook = handbook();
        fifo(&handbook.path("direction/.gitignore"));
        let run = handbook.run(&["lint"]).exits(2);
        run.prints("`direction/.gitignore` cannot be").prints("a pipe");
    }

    fn fifo(path: &Path) {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo is there").success());
    }

    #[test]
    fn folders_in_each_other_are_walked_or_refused_and_never_crash() {
        let handbook = handbook().file("pmctl.toml", "");
        // Deeper than any path can say: one row of folders is moved into the innermost of another.
        let row = "d/".repeat(1800);
        let (outer, inner) = (handbook.path("direction").join(&row), handbook.path("inner"));
        fs::create_dir_all(&outer).expect("folders");
        fs::create_dir_all(inner.join(&row)).expect("folders");
        fs::rename(&inner, outer.join("d")).expect("it can be moved");
        handbook.run(&["lint"]).exits(2).prints("its path is longer than systems allow");
        handbook.run(&["review-status"]).exits(2);
        // Not every system removes that.
        let _ =
            std::process::Command::new("rm").arg("-rf").arg(handbook.path("direction")).status();
    }
}

#[test]
fn patterns_of_an_ignore_file_are_bytes_and_one_bad_byte_drops_none() {
    let handbook = handbook()
        .file("build/b.md", BROKEN)
        .file("direction/out/c.md", BROKEN)
        .file(".gitignore", b"# Entw\xfcrfe\nbuild/\n\xff\xfe\n")
        .file("direction/.gitignore", b"\xef\xbb\xbfout/\r\n");
    handbook.run(&["lint"]).exits(0);
}

#[test]
fn the_innermost_ignore_file_decides_and_only_those_of_the_handbook_count() {
    let handbook = handbook()
        .file("direction/b.md", BROKEN)
        .file("direction/keep/c.md", BROKEN)
        .file(".gitignore", "b.md\nc.md\n")
        .file("direction/keep/.gitignore", "!c.md\n")
        .file(".git/info/exclude", "direction/keep/\n")
        .file(".ignore", "direction/keep/\n");
    let run = handbook.run(&["lint", "--no-git"]).exits(1);
    run.prints("direction/keep/c.md").never_prints("direction/b.md");
}

#[test]
fn an_ignore_file_that_is_too_large_is_a_finding() {
    let handbook = handbook().file(".gitignore", vec![b'\n'; 8 * 1024 * 1024 + 1]);
    handbook.run(&["lint"]).exits(2).prints("`.gitignore` cannot be").prints("8 MiB");
    let many: Vec<String> = (0..10_001).map(|number| format!("a*b{number}")).collect();
    let handbook = handbook.file(".gitignore", many.join("\n"));
    handbook.run(&["lint"]).exits(2).prints("it has more than 10000 patterns");
    let handbook = handbook.file(".gitignore", "x.md\n");
    handbook.run(&["lint"]).exits(0);
}

#[test]
fn no_setting_leads_into_the_folder_of_git() {
    for place in [".git/features.yml", ".GIT/x", "a/../.git/x", "module/.git/config", "git~1/x"] {
        let handbook = handbook().file("pmctl.toml", format!("[paths]\nfeatures = \"{place}\"\n"));
        let run = handbook.run(&["lint"]).exits(2);
        run.says("[paths]").says("leads into the folder of a git repository");
    }
    #[cfg(unix)]
    {
        let handbook = handbook().file(".git/features.yml", "secret: 1\n");
        std::fs::remove_file(handbook.path("data/features.yml")).expect("it can go");
        std::os::unix::fs::symlink("../.git/features.yml", handbook.path("data/features.yml"))
            .expect("a link");
        let run = handbook.run(&["lint", "--no-git"]).exits(2);
        run.prints("leads into the folder of a git repository").never_prints("secret");
    }
}

#[test]
fn without_git_the_root_of_the_repository_is_not_looked_for() {
    let git = Git::new();
    git.write("data/features.yml", "one: [\n").write("handbook/data/features.yml", "{}\n");
    git.write("handbook/direction/a.md", "# A\n\nLast reviewed: 2026-01-30\n");
    git.commit("2026-01-10T12:00:00+0000");
    let folder = git.path("handbook");
    pmctl(&["lint"]).run_in(&folder).exits(1).prints("yaml-syntax");
    pmctl(&["lint", "--no-git"]).run_in(&folder).exits(0);
    // A configuration further up still says where the handbook is.
    git.write("pmctl.toml", "");
    pmctl(&["lint", "--no-git"]).run_in(&folder).exits(1).prints("yaml-syntax");
}

#[test]
fn threads_that_cannot_be_had_mean_fewer_threads() {
    let handbook = handbook().file("direction/b.md", BROKEN);
    let few = pmctl(&["lint"]).env("RAYON_NUM_THREADS", "1").run_in(&handbook.path("")).exits(1);
    let many = pmctl(&["lint"]).env("RAYON_NUM_THREADS", "9999999").run_in(&handbook.path(""));
    assert_eq!(many.exits(1).stdout, few.stdout);
}

//! Histories thrown with dice, compared path by path with what `git log` says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::common::git::{Git, commits, history_of, repo_path, run_in};
use pmctl::repo::history::{PathHistory, Wanted};

/// Paths that share folders, are prefixes of each other, and sort differently in trees than as text.
const PATHS: [&str; 12] = [
    "a",
    "a.b",
    "a/x",
    "a/y/z.md",
    "a-b/x",
    "b/c/d/e.md",
    "b/c/d/f.md",
    "b/c.md",
    "z.md",
    "é.md",
    "b/*.md",
    "b/c/x y.md",
];

/// Always the same dice for the same seed (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).expect("small")
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}

/// The files of a commit: content and mode.
type Files = BTreeMap<&'static str, (usize, bool)>;

/// How the times of commits follow each other.
#[derive(Clone, Copy, PartialEq)]
enum Clock {
    /// Each some hours after the last.
    Right,
    /// No two the same, but in any order.
    Wrong,
    /// All the same.
    Stopped,
}

/// A repository of `count` commits.
fn thrown(seed: u64, count: usize, clock: Clock) -> Git {
    let mut dice = Dice(seed);
    let mut commits: Vec<Files> = Vec::new();
    let mut tips: Vec<usize> = Vec::new();
    let mut stream = String::new();
    for mark in 1..=count {
        // Few tips, so that most commits build on a late one; now and then on any, or on none.
        let mut parents = Vec::new();
        for _ in 0..*dice.pick(&[1, 1, 1, 2, 2, 3]) {
            let parent = match dice.below(12) {
                0 => dice.below(mark),
                _ if tips.is_empty() => 0,
                _ => *dice.pick(&tips),
            };
            if parent > 0 && !parents.contains(&parent) {
                parents.push(parent);
            }
        }
        if mark == count {
            // Everything leads to HEAD.
            parents.clone_from(&tips);
        }
        let mut files = Files::new();
        for path in PATHS {
            // A merge takes each file from any side.
            let from = if parents.is_empty() { None } else { Some(*dice.pick(&parents)) };
            if let Some(file) = from.and_then(|parent| commits[parent - 1].get(path)) {
                files.insert(path, *file);
            }
        }
        for _ in 0..dice.below(3) {
            let path = *dice.pick(&PATHS);
            match dice.below(5) {
                0 => drop(files.remove(path)),
                // Few contents, so that sides come to the same by different ways.
                // `git log` lists a change of the mode, which is no change of the content.
                _ => drop(files.insert(path, (dice.below(3), path == "z.md"))),
            }
        }
        // `a` is a file or a folder, whichever comes first.
        if files.contains_key("a") {
            files.retain(|path, _| !path.starts_with("a/"));
        }
        let hours = match clock {
            Clock::Right => mark * 10,
            Clock::Wrong => mark * 10 + dice.below(40) * 10 + 1,
            Clock::Stopped => 0,
        };
        let time = 1_700_000_000 + hours * 3600 + if clock == Clock::Wrong { mark } else { 0 };
        let _ = writeln!(
            stream,
            "commit refs/heads/c{mark}\nmark :{mark}\ncommitter C <c@c> {time} +0000\ndata 0\n"
        );
        for (at, parent) in parents.iter().enumerate() {
            let _ = writeln!(stream, "{} :{parent}", if at == 0 { "from" } else { "merge" });
        }
        stream.push_str("deleteall\n");
        for (path, (content, is_executable)) in &files {
            let mode = if *is_executable { 755 } else { 644 };
            let _ = writeln!(stream, "M 100{mode} inline {path}\ndata 1\n{content}");
        }
        stream.push('\n');
        commits.push(files);
        tips.retain(|tip| !parents.contains(tip) || dice.below(3) == 0);
        tips.push(mark);
        if tips.len() > 4 {
            tips.remove(0);
        }
    }
    let git = Git::new();
    git.run_with(&["fast-import", "--quiet"], &[], stream.as_bytes());
    git.run(&["update-ref", "refs/heads/main", &format!("refs/heads/c{count}")]);
    git
}

/// The commits of each path that `git log` tells, newest first, with their days.
fn logs(git: &Git) -> BTreeMap<&'static str, Vec<(String, String)>> {
    let log = |path| {
        let args = ["--literal-pathspecs", "log", "--format=%H %as", "--", path];
        let split = |line: &str| {
            let (commit, day) = line.split_once(' ').expect("two words");
            (commit.to_owned(), day.to_owned())
        };
        git.run(&args).lines().map(split).collect::<Vec<_>>()
    };
    PATHS.iter().map(|path| (*path, log(path))).collect()
}

fn all_since(day: Option<&str>) -> Vec<Wanted> {
    let since = day.map(|day| day.parse().expect("a date"));
    PATHS.iter().map(|path| Wanted { path: repo_path(path), since }).collect()
}

/// `git log -- a` also tells of what was in a folder `a`, which is no change of a file `a`: they agree on the
/// last change of a file, and not always on what was before.
fn was_a_folder(path: &str) -> bool {
    path == "a"
}

fn check(seed: u64, clock: Clock) {
    let git = thrown(seed, 60, clock);
    let logs = logs(&git);
    let mut dice = Dice(seed);
    let day = format!("2023-11-{:02}", 14 + dice.below(14));
    let asked =
        [None, Some("2000-01-01"), Some(day.as_str())].map(|day| git.history(&all_since(day)));
    for (path, log) in &logs {
        let about = format!("seed {seed}, {path}");
        let mut expected: Vec<String> = log.iter().map(|(commit, _)| commit.clone()).collect();
        if was_a_folder(path) {
            continue;
        }
        // However far the walk over all paths went, a trail goes on to the same end.
        for (at, history) in asked.iter().enumerate() {
            let known = history.of(&repo_path(path));
            let line = commits(known.changes());
            if clock != Clock::Stopped {
                assert_eq!(line, expected[..line.len()], "{about}");
            }
            assert!(at > 0 || known.last().is_some() || line.is_empty(), "{about}");
            let mut told = commits(&git.trail(path, known, false));
            if clock == Clock::Stopped {
                // Of two commits of one second either may be told first.
                told.sort();
                expected.sort();
            }
            assert_eq!(told, expected, "{about}");
        }
    }
    ignoring(&git, &mut dice, &logs, clock);
    if clock != Clock::Stopped {
        shallow(&git, &mut dice, &logs);
    }
}

/// With commits to be ignored, the last change is the first that `git log` tells and that counts.
fn ignoring(
    git: &Git,
    dice: &mut Dice,
    logs: &BTreeMap<&'static str, Vec<(String, String)>>,
    clock: Clock,
) {
    let every = git.run(&["rev-list", "HEAD"]);
    let ignored: BTreeSet<&str> = every.lines().filter(|_| dice.below(3) == 0).collect();
    git.write(".git-blame-ignore-revs", ignored.iter().copied().collect::<Vec<_>>().join("\n"));
    let history = git.history(&all_since(None));
    for (path, log) in logs.iter().filter(|(path, _)| !was_a_folder(path)) {
        let changes = git.trail(path, history.of(&repo_path(path)), false);
        let last = changes.iter().find(|change| !change.is_ignored).or(changes.last());
        let told = last.map(|change| change.commit.as_str());
        let mut counting =
            log.iter().map(|(id, _)| id.as_str()).filter(|commit| !ignored.contains(commit));
        match counting.next() {
            Some(first) if clock != Clock::Stopped => assert_eq!(told, Some(first), "{path}"),
            Some(_) => assert!(told.is_some_and(|told| !ignored.contains(told)), "{path}"),
            None => assert_eq!(told.is_some(), !log.is_empty(), "{path}"),
        }
    }
}

/// A shallow clone tells the truth or nothing.
fn shallow(git: &Git, dice: &mut Dice, logs: &BTreeMap<&'static str, Vec<(String, String)>>) {
    let clone = git.beside("shallow");
    let (depth, url) = (1 + dice.below(20), format!("file://{}", git.root().display()));
    let (depth, to) = (format!("--depth={depth}"), clone.to_str().expect("UTF-8"));
    run_in(git.root(), &["clone", "-q", "-n", "-b", "main", &depth, &url, to], &[], b"");
    let boundary = std::fs::read_to_string(clone.join(".git/shallow")).unwrap_or_default();
    let history = history_of(&clone, &all_since(None)).expect("readable").expect("a repository");
    for (path, log) in logs.iter().filter(|(path, _)| !was_a_folder(path)) {
        let last = ["--literal-pathspecs", "log", "-1", "--format=%H", "--", path];
        let there = run_in(&clone, &last, &[], b"");
        let told = history.of(&repo_path(path));
        if there.is_empty() || boundary.contains(&there) {
            let none = PathHistory::Untracked;
            assert!(
                *told == PathHistory::Unknown || boundary.is_empty() || *told == none,
                "{path}"
            );
            assert!(*told != none || log.is_empty(), "{path}");
        } else {
            assert_eq!(commits(told.changes()), [log[0].0.as_str()], "{path}");
        }
    }
}

#[test]
fn every_path_has_the_changes_that_git_log_tells() {
    for seed in 0..12 {
        check(seed, Clock::Right);
    }
}

#[test]
fn wrong_clocks_change_nothing() {
    for seed in 100..108 {
        check(seed, Clock::Wrong);
    }
}

#[test]
fn a_stopped_clock_changes_nothing_but_the_order() {
    for seed in 200..204 {
        check(seed, Clock::Stopped);
    }
}

#[test]
fn the_dice_throw_merges_and_deletions() {
    let (mut merges, mut deleted) = (0, 0);
    for seed in 0..3 {
        let git = thrown(seed, 60, Clock::Right);
        let count = git.run(&["rev-list", "--count", "--merges", "HEAD"]);
        merges += count.parse::<usize>().expect("a number");
        let names = ["log", "--diff-filter=D", "--no-renames", "--format=", "--name-only"];
        deleted += git.run(&names).lines().count();
    }
    assert!(merges > 30 && deleted > 5, "{merges} merges, {deleted} deletions");
}

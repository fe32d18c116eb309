//! Commits since reviews in histories thrown with dice, compared with what follows from the definition, commit by commit, where
//! git itself says what was renamed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::common::git::Git;
use crate::common::pmctl;

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
}

/// A page of a commit: where it is, the day of its review in January, and its lines.
#[derive(Clone, PartialEq)]
struct Page {
    path: String,
    day: usize,
    lines: Vec<usize>,
}

impl Page {
    fn text(&self, number: usize) -> String {
        let mut text = format!("# Page {number}\n\nLast reviewed: 2026-01-{:02}\n\n", self.day);
        for (at, line) in self.lines.iter().enumerate() {
            let _ = writeln!(text, "Line {at} of page {number} in its version {line}.\n");
        }
        text
    }

    /// What it says but for the day.
    fn says_as(&self, other: &Self) -> bool {
        self.lines == other.lines
    }
}

type Commit = Vec<Page>;

const PAGES: usize = 3;

struct Thrown {
    git: Git,
    commits: Vec<Commit>,
    parents: Vec<Vec<usize>>,
    ids: Vec<String>,
}

/// A repository of `count` commits; with `is_wrong`, clocks go as they like.
fn thrown(seed: u64, count: usize, is_wrong: bool) -> Thrown {
    let mut dice = Dice(seed);
    let mut commits: Vec<Commit> = Vec::new();
    let mut all_parents: Vec<Vec<usize>> = Vec::new();
    let mut tips: Vec<usize> = Vec::new();
    let mut stream = String::new();
    let mut moves = 0;
    for mark in 0..count {
        let mut parents: Vec<usize> = Vec::new();
        for _ in 0..[1, 1, 1, 2, 2, 3][dice.below(6)] {
            if !tips.is_empty() {
                let tip = tips[dice.below(tips.len())];
                if !parents.contains(&tip) {
                    parents.push(tip);
                }
            }
        }
        if mark + 1 == count {
            parents.clone_from(&tips);
        }
        let mut pages: Commit = (0..PAGES)
            .map(|number| match parents.len() {
                0 => Page { path: format!("direction/p{number}.md"), day: 1, lines: vec![0; 12] },
                sides => commits[parents[dice.below(sides)]][number].clone(),
            })
            .collect();
        for (number, page) in pages.iter_mut().enumerate() {
            if parents.len() > 1 && dice.below(2) == 0 {
                // A merge that takes a part of each.
                for line in 0..12 {
                    page.lines[line] =
                        commits[parents[dice.below(parents.len())]][number].lines[line];
                }
            }
            if dice.below(4) == 0 {
                page.lines[dice.below(12)] += 1;
            }
            if dice.below(10) == 0 {
                page.day = 1 + dice.below(6);
            }
            if parents.len() == 1 && dice.below(8) == 0 {
                moves += 1;
                page.path = match dice.below(2) {
                    0 => format!("direction/f{moves}/p{number}.md"),
                    _ => format!("direction/n{moves}.md"),
                };
            }
        }
        let committed =
            1_760_000_000 + (if is_wrong { dice.below(4000) } else { mark * 60 }) * 1000;
        let authored = 1_740_000_000 + dice.below(30_000) * 1000;
        let _ = writeln!(
            stream,
            "commit refs/heads/c{mark}\nmark :{}\nauthor A <a@a> {authored} +0000\ncommitter C <c@c> {committed} +0000\ndata 0\n",
            mark + 1
        );
        for (at, parent) in parents.iter().enumerate() {
            let _ = writeln!(stream, "{} :{}", if at == 0 { "from" } else { "merge" }, parent + 1);
        }
        stream.push_str("deleteall\nM 100644 inline data/features.yml\ndata 0\n\n");
        for (number, page) in pages.iter().enumerate() {
            let text = page.text(number);
            let _ = writeln!(stream, "M 100644 inline {}\ndata {}\n{text}", page.path, text.len());
        }
        stream.push('\n');
        tips.retain(|tip| !parents.contains(tip) || dice.below(3) == 0);
        tips.push(mark);
        if tips.len() > 4 {
            tips.remove(0);
        }
        commits.push(pages);
        all_parents.push(parents);
    }
    let git = Git::new();
    git.run_with(&["fast-import", "--quiet"], &[], stream.as_bytes());
    git.run(&["reset", "-q", "--hard", &format!("refs/heads/c{}", count - 1)]);
    let ids = (0..count).map(|mark| git.run(&["rev-parse", &format!("refs/heads/c{mark}")]));
    let ids = ids.collect();
    Thrown { git, commits, parents: all_parents, ids }
}

impl Thrown {
    /// The renames between two commits, as git finds them: the new path and the old one.
    fn renames(&self, old: usize, new: usize) -> BTreeMap<String, String> {
        let range = [self.ids[old].as_str(), self.ids[new].as_str()];
        let args = ["diff-tree", "-r", "-M", "--diff-filter=R", "--name-status"];
        let lines = self.git.run(&[&args[..], &range].concat());
        let renamed = lines.lines().map(|line| {
            let mut words = line.split('\t').skip(1).map(str::to_owned);
            let old = words.next().expect("the old path");
            (words.next().expect("the new path"), old)
        });
        renamed.collect()
    }

    fn page_at(&self, commit: usize, path: &str) -> Option<(usize, &Page)> {
        self.commits[commit].iter().enumerate().find(|(_, page)| page.path == path)
    }

    fn ancestors(&self, of: usize) -> BTreeSet<usize> {
        let (mut all, mut open) = (BTreeSet::new(), vec![of]);
        while let Some(commit) = open.pop() {
            if all.insert(commit) {
                open.extend(&self.parents[commit]);
            }
        }
        all
    }

    /// How many commits changed the page at `path` since the commit that set its stamp.
    fn since_review(&self, path: &str) -> usize {
        let head = self.commits.len() - 1;
        let wanted = self.page_at(head, path).expect("a page of HEAD").1.day;
        let (mut later, mut stamps) = (BTreeSet::new(), Vec::new());
        let (mut seen, mut open) = (BTreeSet::new(), vec![(head, path.to_owned())]);
        while let Some((commit, path)) = open.pop() {
            if !seen.insert((commit, path.clone())) {
                continue;
            }
            let (number, page) = self.page_at(commit, &path).expect("a page");
            let text = page.text(number);
            let mut before: Vec<Option<(usize, String)>> = Vec::new();
            let mut is_moved = Vec::new();
            for parent in &self.parents[commit] {
                let here = self.page_at(*parent, &path).map(|_| path.clone());
                let there = || self.renames(*parent, commit).remove(&path);
                is_moved.push(here.is_none());
                before.push(here.or_else(there).map(|path| (*parent, path)));
            }
            let text_of = |(parent, path): &(usize, String)| {
                let (number, page) = self.page_at(*parent, path).expect("a page");
                page.text(number)
            };
            let same = |moved: bool| {
                (0..before.len()).find(|at| {
                    is_moved[*at] == moved
                        && before[*at].as_ref().is_some_and(|side| text_of(side) == text)
                })
            };
            if let Some(at) = same(false).or_else(|| same(true)) {
                open.extend(before[at].clone());
                continue;
            }
            let sides: Vec<&Page> = before
                .iter()
                .flatten()
                .map(|(parent, path)| self.page_at(*parent, path).expect("a page").1)
                .collect();
            if page.day == wanted && sides.iter().all(|side| side.day != wanted) {
                stamps.push(commit);
                continue;
            }
            // A merge that takes each line as one of its parents has it says nothing new.
            let is_taken = |at: usize| sides.iter().any(|side| side.lines[at] == page.lines[at]);
            let is_clean = sides.len() > 1 && (0..page.lines.len()).all(is_taken);
            if !is_clean && sides.iter().all(|side| !side.says_as(page)) {
                later.insert(commit);
            }
            open.extend(before.into_iter().flatten());
        }
        let reviewed: BTreeSet<usize> =
            stamps.iter().flat_map(|stamp| self.ancestors(*stamp)).collect();
        later.difference(&reviewed).count()
    }
}

fn check(seed: u64, is_wrong: bool) -> [usize; 2] {
    let thrown = thrown(seed, 50, is_wrong);
    let args = ["review-status", "--format", "json", "--today", "2026-06-01"];
    let run = pmctl(&args).run_in(thrown.git.root()).exits(0).json();
    let pages = run["pages"].as_array().expect("a list");
    assert_eq!(pages.len(), PAGES);
    let mut counted = 0;
    for page in pages {
        let path = page["path"].as_str().expect("a path");
        let expected = thrown.since_review(path);
        assert_eq!(page["commits_since_review"], expected, "seed {seed}, {path}");
        counted += expected;
    }
    let again = pmctl(&args).run_in(thrown.git.root()).exits(0).json();
    assert_eq!(again, run, "what is remembered says the same");
    let moved = pages.iter().filter(|page| {
        let path = page["path"].as_str().expect("a path");
        !path.starts_with("direction/p")
    });
    [counted, moved.count()]
}

#[test]
fn commits_since_reviews_are_those_that_the_stamp_does_not_build_on() {
    let totals = (0..12)
        .map(|seed| check(seed, false))
        .fold([0, 0], |sum, [count, moved]| [sum[0] + count, sum[1] + moved]);
    assert!(totals[0] > 60 && totals[1] > 10, "the dice throw edits and moves: {totals:?}");
}

#[test]
fn wrong_clocks_change_no_count() {
    for seed in 100..108 {
        check(seed, true);
    }
}

//! Which files that are new were there before under another name: those with the same content, then those of which at
//! least half is the same.

use std::collections::HashMap;

use git2::Oid;
use rayon::prelude::*;

use super::similarity::{Pieces, RENAMED};

/// How many pairs of files are compared at most, as `diff.renameLimit` of git has it.
const MOST_PAIRS: usize = 1000 * 1000;

/// A line that more files hold than this says nothing of which of them moved.
const COMMON: usize = 20;

/// How many files that share such lines are compared with a new one.
const CANDIDATES: usize = 8;

/// A file on one side only.
pub(super) struct OneSided {
    /// Its path in the repository.
    pub(super) path: Vec<u8>,
    /// Its content.
    pub(super) content: Vec<u8>,
}

/// By the place of each file of `added`, the place of the file of `removed` that it was.
pub(super) fn renames(added: &[OneSided], removed: &[OneSided]) -> HashMap<usize, usize> {
    let mut pairs = Pairs { of_added: HashMap::new(), is_taken: vec![false; removed.len()] };
    pairs.same_content(added, removed);
    let left_added: Vec<usize> = (0..added.len())
        .filter(|at| !pairs.of_added.contains_key(at) && !added[*at].content.is_empty())
        .collect();
    let left_removed: Vec<usize> = (0..removed.len())
        .filter(|at| !pairs.is_taken[*at] && !removed[*at].content.is_empty())
        .collect();
    if left_added.len().saturating_mul(left_removed.len()) > MOST_PAIRS {
        return pairs.of_added;
    }
    let pieces = left_removed.iter().map(|at| (*at, Pieces::of(&removed[*at].content)));
    let pieces: HashMap<usize, Pieces> = pieces.collect();
    let by_line = by_line(removed, &left_removed);
    let of_one = |at: &usize| {
        let content = &added[*at].content;
        let mut near = sharing(content, &by_line);
        if near.is_empty() {
            near.clone_from(&left_removed);
        }
        let new = Pieces::of(content);
        let likely = near.into_iter().filter_map(|before| {
            let likeness = new.likeness(pieces.get(&before)?, RENAMED);
            let is_same_name = name(&added[*at].path) == name(&removed[before].path);
            (likeness >= RENAMED).then_some((likeness, is_same_name, *at, before))
        });
        likely.collect::<Vec<_>>()
    };
    let mut likely: Vec<(u64, bool, usize, usize)> =
        left_added.par_iter().flat_map_iter(of_one).collect();
    // The likest first; of equal ones that of the same name, then the first.
    likely.sort_by_key(|(likeness, is_same_name, at, before)| {
        (std::cmp::Reverse((*likeness, *is_same_name)), *at, *before)
    });
    for (_, _, at, before) in likely {
        pairs.add(at, before);
    }
    pairs.of_added
}

/// The files of `removed` at the places `left`, by the lines that they hold, but for lines that many hold.
fn by_line<'c>(removed: &'c [OneSided], left: &[usize]) -> HashMap<&'c [u8], Vec<usize>> {
    let mut by_line: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for at in left {
        for line in lines(&removed[*at].content) {
            let files = by_line.entry(line).or_default();
            if files.len() <= COMMON && files.last() != Some(at) {
                files.push(*at);
            }
        }
    }
    by_line.retain(|_, files| files.len() <= COMMON);
    by_line
}

/// The files that share most with `content` of the lines that few hold, the first the one that shares most.
fn sharing(content: &[u8], by_line: &HashMap<&[u8], Vec<usize>>) -> Vec<usize> {
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for line in lines(content) {
        for at in by_line.get(line).into_iter().flatten() {
            *shared.entry(*at).or_default() += line.len() + 1;
        }
    }
    let mut found: Vec<(usize, usize)> = shared.into_iter().collect();
    found.sort_unstable_by_key(|(at, bytes)| (std::cmp::Reverse(*bytes), *at));
    found.into_iter().take(CANDIDATES).map(|(at, _)| at).collect()
}

fn lines(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii)
}

struct Pairs {
    of_added: HashMap<usize, usize>,
    is_taken: Vec<bool>,
}

impl Pairs {
    fn add(&mut self, at: usize, before: usize) {
        if !self.is_taken[before] && !self.of_added.contains_key(&at) {
            self.is_taken[before] = true;
            self.of_added.insert(at, before);
        }
    }

    /// Pairs files with the same content, those of the same name first. Empty files are the same by chance.
    fn same_content(&mut self, added: &[OneSided], removed: &[OneSided]) {
        let id = |file: &OneSided| Oid::hash_object(git2::ObjectType::Blob, &file.content).ok();
        let mut by_content: HashMap<Oid, Vec<usize>> = HashMap::new();
        for (at, file) in removed.iter().enumerate().filter(|(_, file)| !file.content.is_empty()) {
            if let Some(id) = id(file) {
                by_content.entry(id).or_default().push(at);
            }
        }
        for by_name in [true, false] {
            for (at, file) in added.iter().enumerate() {
                let same = id(file).and_then(|id| by_content.get(&id)).into_iter().flatten();
                let found = same.copied().find(|before| {
                    let is_same_name = name(&file.path) == name(&removed[*before].path);
                    !self.is_taken[*before] && (is_same_name || !by_name)
                });
                if let Some(before) = found {
                    self.add(at, before);
                }
            }
        }
    }
}

/// The last part of `path`.
fn name(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Vec<OneSided> {
        let file = |(path, content): &(&str, &str)| OneSided {
            path: path.as_bytes().to_vec(),
            content: content.as_bytes().to_vec(),
        };
        files.iter().map(file).collect()
    }

    fn of(added: &[(&str, &str)], removed: &[(&str, &str)]) -> Vec<(usize, usize)> {
        let mut found: Vec<_> = renames(&files(added), &files(removed)).into_iter().collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn the_same_content_comes_before_much_the_same_and_the_same_name_before_another() {
        let text = "one\ntwo\nthree\nfour\n";
        let edited = "one\ntwo\nthree\n4\n";
        assert_eq!(of(&[("b/x.md", edited), ("b/y.md", text)], &[("a/x.md", text)]), [(1, 0)]);
        assert_eq!(of(&[("b/x.md", text)], &[("a/y.md", text), ("a/x.md", text)]), [(0, 1)]);
        assert_eq!(of(&[("b/x.md", edited)], &[("a/y.md", text), ("a/x.md", text)]), [(0, 1)]);
        assert_eq!(of(&[("b/x.md", "six\nten\n")], &[("a/x.md", text)]), []);
        assert_eq!(of(&[("b/x.md", "")], &[("a/x.md", "")]), []);
        assert_eq!(of(&[("x", text), ("y", text)], &[("a", text)]), [(0, 0)]);
    }
}

//! Which files that are new were there before under another name, found as git finds renames: those with the same content,
//! then those with a name that no other has and much the same content, then those of which at least half is the same
//! (`diffcore-rename.c` of git).

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use git2::Oid;
use rayon::prelude::*;

use super::similarity::{Pieces, RENAMED, SAME};

/// How many pairs of files are compared at most, as `diff.renameLimit` of git has it.
const MOST_PAIRS: usize = 1000 * 1000;

/// How alike two files have to be that have the same name: half of the way from a rename to the same content.
const SAME_NAME: u64 = RENAMED + (SAME - RENAMED) / 2;

/// A line that more files hold than this says nothing of which of them moved.
const COMMON: usize = 20;

/// How many files that share such lines are compared with a new one.
const NEAR: usize = 8;

/// How many candidates of each new file are kept, as in git.
const CANDIDATES: usize = 4;

/// A file that only one side has: its path in the repository, and the name of its content.
pub(in crate::repo) type File = (Vec<u8>, Oid);

/// Returns the files of `added` that were renamed, each with the file of `removed` that it was.
///
/// `content` reads a file; it returns `None` for one that is too large to be compared.
pub(in crate::repo) fn renames<'c, E>(
    added: &[File],
    removed: &[File],
    content: impl Fn(&File) -> Result<Option<Cow<'c, [u8]>>, E>,
) -> Result<Vec<(File, File)>, E> {
    let is_taken = vec![false; removed.len()];
    let mut pairs = Pairs { added, removed, of_added: BTreeMap::new(), is_taken };
    pairs.same_content();
    let new: Vec<usize> = (0..added.len()).filter(|at| pairs.is_new(*at)).collect();
    let old: Vec<usize> = (0..removed.len()).filter(|at| !pairs.is_taken[*at]).collect();
    if !new.is_empty() && !old.is_empty() && new.len() * old.len() <= MOST_PAIRS {
        let read = |files: &[File], left: &[usize]| {
            let one = |at: &usize| {
                let content = content(&files[*at])?.unwrap_or_default();
                Ok(Compared { at: *at, pieces: Pieces::of(&content), content })
            };
            left.iter().map(one).collect::<Result<Vec<_>, E>>()
        };
        let (new, old) = (read(added, &new)?, read(removed, &old)?);
        pairs.same_name(&new, &old);
        pairs.like_content(&new, &old);
    }
    let pairs = pairs.of_added.iter();
    Ok(pairs.map(|(at, before)| (added[*at].clone(), removed[*before].clone())).collect())
}

/// A file with its content.
struct Compared<'c> {
    /// Its place among those of its side.
    at: usize,
    content: Cow<'c, [u8]>,
    pieces: Pieces,
}

/// The files of both sides, and those that belong together.
struct Pairs<'f> {
    added: &'f [File],
    removed: &'f [File],
    of_added: BTreeMap<usize, usize>,
    is_taken: Vec<bool>,
}

impl Pairs<'_> {
    fn add(&mut self, at: usize, before: usize) {
        if !self.is_taken[before] && self.is_new(at) {
            self.is_taken[before] = true;
            self.of_added.insert(at, before);
        }
    }

    fn is_new(&self, at: usize) -> bool {
        !self.of_added.contains_key(&at)
    }

    fn have_same_name(&self, at: usize, before: usize) -> bool {
        name(&self.added[at].0) == name(&self.removed[before].0)
    }

    /// Pairs files with the same content, those of the same name first.
    fn same_content(&mut self) {
        let mut by_content: HashMap<Oid, Vec<usize>> = HashMap::new();
        for (at, (_, content)) in self.removed.iter().enumerate() {
            by_content.entry(*content).or_default().push(at);
        }
        for (at, (_, content)) in self.added.iter().enumerate() {
            let same = by_content.get(content).into_iter().flatten().copied();
            let mut free = same.filter(|before| !self.is_taken[*before]);
            let first = free.clone().next();
            let found = free.find(|before| self.have_same_name(at, *before)).or(first);
            if let Some(before) = found {
                self.add(at, before);
            }
        }
    }

    /// Pairs files with much the same content whose name there is once on both sides.
    fn same_name(&mut self, new: &[Compared<'_>], old: &[Compared<'_>]) {
        let new_names = only_names(self.added, new);
        let old_names = only_names(self.removed, old);
        for (name, one) in new_names {
            let other = old_names.get(name).copied().flatten();
            let Some((one, other)) = one.zip(other) else { continue };
            if one.pieces.likeness(&other.pieces, RENAMED) >= SAME_NAME {
                self.add(one.at, other.at);
            }
        }
    }

    /// Pairs files that are at least half the same, the most alike first; of equal ones those of the same name, then the
    /// first.
    fn like_content(&mut self, new: &[Compared<'_>], old: &[Compared<'_>]) {
        let by_line = by_line(old);
        let likely = |one: &Compared<'_>| {
            let mut near = sharing(&one.content, &by_line);
            if near.is_empty() {
                near = (0..old.len()).collect();
            }
            let near = near.into_iter().map(|place| &old[place]);
            let free = near.filter(|other| !self.is_taken[other.at]);
            let mut likely: Vec<_> = free
                .map(|other| {
                    let likeness = one.pieces.likeness(&other.pieces, RENAMED);
                    let has_name = self.have_same_name(one.at, other.at);
                    (Reverse((likeness, has_name)), one.at, other.at)
                })
                .filter(|(Reverse((likeness, _)), ..)| *likeness >= RENAMED)
                .collect();
            likely.sort_unstable();
            likely.truncate(CANDIDATES);
            likely
        };
        let new = new.par_iter().filter(|one| self.is_new(one.at));
        let mut likely: Vec<_> = new.flat_map_iter(likely).collect();
        likely.sort_unstable();
        for (_, at, before) in likely {
            self.add(at, before);
        }
    }
}

/// Returns the places in `files` by the lines that they hold, but for lines that many hold.
fn by_line<'f>(files: &'f [Compared<'_>]) -> HashMap<&'f [u8], Vec<usize>> {
    let mut by_line: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (place, file) in files.iter().enumerate() {
        for line in lines(&file.content) {
            let places = by_line.entry(line).or_default();
            if places.len() <= COMMON && places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    by_line.retain(|_, places| places.len() <= COMMON);
    by_line
}

/// Returns the files that share most with `content` of the lines that few hold, the first the one that shares most.
fn sharing(content: &[u8], by_line: &HashMap<&[u8], Vec<usize>>) -> Vec<usize> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines(content) {
        for place in by_line.get(line).into_iter().flatten() {
            *shared.entry(*place).or_default() += line.len() + 1;
        }
    }
    let mut found: Vec<(usize, usize)> = shared.into_iter().collect();
    found.sort_by_key(|(_, bytes)| Reverse(*bytes));
    found.into_iter().take(NEAR).map(|(place, _)| place).collect()
}

fn lines(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii)
}

/// Returns the `compared` of `files` by their last name; `None` where several have it.
fn only_names<'f, 'c>(
    files: &'f [File],
    compared: &'f [Compared<'c>],
) -> BTreeMap<&'f [u8], Option<&'f Compared<'c>>> {
    let mut names = BTreeMap::new();
    for one in compared {
        let name = name(&files[one.at].0);
        names.entry(name).and_modify(|only| *only = None).or_insert(Some(one));
    }
    names
}

/// Returns the last part of `path`.
fn name(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(added: &[(&str, &str)], removed: &[(&str, &str)]) -> Vec<(String, String)> {
        let id = |content: &str| Oid::hash_object(git2::ObjectType::Blob, content.as_bytes());
        let file = |(path, content): &(&str, &str)| {
            (path.as_bytes().to_vec(), id(content).expect("an id"))
        };
        let files = |files: &[(&str, &str)]| files.iter().map(file).collect::<Vec<_>>();
        let content = |(_, wanted): &File| {
            let mut all = added.iter().chain(removed).map(|(_, content)| *content);
            let found = all.find(|content| id(content).is_ok_and(|id| id == *wanted));
            Ok::<_, ()>(found.map(|content| Cow::Owned(content.as_bytes().to_vec())))
        };
        let found = renames(&files(added), &files(removed), content).expect("contents");
        let text = |file: File| String::from_utf8(file.0).expect("a path");
        found.into_iter().map(|(new, old)| (text(new), text(old))).collect()
    }

    fn pair(new: &str, old: &str) -> [(String, String); 1] {
        [(new.to_owned(), old.to_owned())]
    }

    #[test]
    fn the_same_content_comes_before_much_the_same_and_the_same_name_before_another() {
        let text = "one\ntwo\nthree\nfour\n";
        let edited = "one\ntwo\nthree\n4\n";
        let other = "one\ntwo\nthree\nfive\n";
        let found = of(&[("b/x.md", edited), ("b/y.md", text)], &[("a/x.md", text)]);
        assert_eq!(found, pair("b/y.md", "a/x.md"));
        let found = of(&[("b/x.md", text)], &[("a/y.md", text), ("a/x.md", text)]);
        assert_eq!(found, pair("b/x.md", "a/x.md"));
        let found = of(&[("b/x.md", edited)], &[("a/y.md", text), ("a/x.md", text)]);
        assert_eq!(found, pair("b/x.md", "a/x.md"));
        assert_eq!(of(&[("b/x.md", "six\nten\n")], &[("a/x.md", text)]), []);
        let found = of(&[("x", text), ("y", text)], &[("a", text)]);
        assert_eq!(found, pair("x", "a"));
        // A name that there is once counts more than a little more of the same.
        let long = "a long line that both hold\n".repeat(20);
        let [one, two] = [text, other].map(|end| format!("{long}{end}"));
        let nearer = format!("{one}more\n");
        let found = of(&[("b/x.md", &nearer)], &[("a/w.md", &one), ("a/x.md", &two)]);
        assert_eq!(found, pair("b/x.md", "a/x.md"));
    }
}

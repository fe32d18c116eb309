//! The wanted paths, grouped by folder as a tree of git groups them.

use std::ops::Range;

use super::Wanted;

/// The number of a wanted path, in the order of their bytes.
pub(super) type PathId = u32;

/// The wanted paths. The paths of one folder have successive numbers, in the order of git's trees.
pub(super) struct Paths {
    folders: Vec<Folder>,
    count: u32,
}

/// A folder that holds wanted paths.
#[derive(Default)]
struct Folder {
    children: Vec<Child>,
}

/// A file or a folder in a folder.
pub(super) struct Child {
    /// Its name, with a `/` behind if it is a folder.
    pub(super) key: Box<[u8]>,
    /// The wanted paths in it.
    pub(super) paths: Range<PathId>,
    /// The number of the folder; `None` for a wanted file.
    pub(super) folder: Option<usize>,
}

/// The number of the work tree's root folder.
pub(super) const ROOT: usize = 0;

impl Paths {
    /// The paths of `wanted`, which lie in the folder `prefix` of the work tree and are sorted.
    pub(super) fn new(prefix: &[u8], wanted: &[&Wanted]) -> Self {
        let mut paths = Self { folders: vec![Folder::default()], count: 0 };
        for wanted in wanted {
            let separator: &[u8] = if prefix.is_empty() { b"" } else { b"/" };
            paths.push(&[prefix, separator, wanted.path.as_str().as_bytes()].concat());
        }
        paths
    }

    fn push(&mut self, path: &[u8]) {
        let mut folder = ROOT;
        let mut rest = path;
        // The last part is a file's name. The handbook's root has an empty one, which no tree holds.
        loop {
            let end = rest.iter().position(|byte| *byte == b'/').map(|slash| slash + 1);
            let (key, below) = rest.split_at(end.unwrap_or(rest.len()));
            let next = self.child(folder, key, end.is_some());
            match next {
                Some(next) => (folder, rest) = (next, below),
                None => break,
            }
        }
        self.count += 1;
    }

    /// Puts the next path into the child `key` of `folder`, and tells that child's number if it is a folder.
    fn child(&mut self, folder: usize, key: &[u8], is_folder: bool) -> Option<usize> {
        let new = self.folders.len();
        let children = &mut self.folders[folder].children;
        // Paths come in order, so one that belongs to a known folder belongs to the last one.
        if let Some(last) = children.last_mut().filter(|last| *last.key == *key) {
            last.paths.end = self.count + 1;
            return last.folder;
        }
        let paths = self.count..self.count + 1;
        children.push(Child { key: key.into(), paths, folder: is_folder.then_some(new) });
        if is_folder {
            self.folders.push(Folder::default());
        }
        is_folder.then_some(new)
    }

    /// How many they are.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The children of `folder` that hold any of `paths`, which are sorted, with the part of `paths` that
    /// they hold.
    pub(super) fn children(
        &self,
        folder: usize,
        paths: Range<usize>,
        pending: &[PathId],
    ) -> impl Iterator<Item = (&Child, Range<usize>)> {
        let mut children = self.folders[folder].children.as_slice();
        let mut at = paths.start;
        std::iter::from_fn(move || {
            let first = *pending[..paths.end].get(at)?;
            let (child, rest) = children
                [children.partition_point(|child| child.paths.end <= first)..]
                .split_first()?;
            children = rest;
            let start = at;
            at += pending[at..paths.end].partition_point(|path| *path < child.paths.end);
            Some((child, start..at))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::RepoPath;

    #[test]
    fn paths_are_grouped_in_the_order_of_a_tree() {
        let wanted: Vec<Wanted> = ["", "a", "a.b", "a/x", "a/y/z", "b"]
            .iter()
            .map(|path| Wanted::last(RepoPath::new(path).expect("a good path")))
            .collect();
        let paths = Paths::new(b"docs", &wanted.iter().collect::<Vec<_>>());
        let pending = [0, 1, 2, 4, 5];
        let keys = |folder: usize, range: Range<usize>| -> Vec<(String, Range<usize>)> {
            paths
                .children(folder, range, &pending)
                .map(|(child, range)| (String::from_utf8_lossy(&child.key).into_owned(), range))
                .collect()
        };
        assert_eq!(keys(ROOT, 0..5), [("docs/".to_owned(), 0..5)]);
        let names = ["", "a", "a.b", "a/", "b"].map(str::to_owned);
        let ranges = [0..1, 1..2, 2..3, 3..4, 4..5];
        assert_eq!(keys(1, 0..5), names.into_iter().zip(ranges).collect::<Vec<_>>());
        // `a/x` is not pending, so only `y/` of `a/` is looked at.
        assert_eq!(keys(2, 3..4), [("y/".to_owned(), 3..4)]);
    }
}

//! The wanted paths, grouped by folder as a tree of git groups them.

use std::ops::Range;

use super::Wanted;
use super::tree::Name;

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
    /// Its name, with a `/` after it if it is a folder.
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

    /// Puts the next path into the child `key` of `folder`, and returns that child's number if it is a folder.
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

    /// The child `name` of `folder`, and the part of `paths`, which are sorted in `pending`, that it holds;
    /// `None` if it holds none of them.
    pub(super) fn child_of(
        &self,
        folder: usize,
        name: Name<'_>,
        paths: Range<usize>,
        pending: &[PathId],
    ) -> Option<(&Child, Range<usize>)> {
        let children = &self.folders[folder].children;
        let at = children.binary_search_by(|child| name.compare_key(&child.key).reverse()).ok()?;
        let child = &children[at];
        let first = |id: PathId| {
            paths.start + pending[paths.clone()].partition_point(|pending| *pending < id)
        };
        let held = first(child.paths.start)..first(child.paths.end);
        (!held.is_empty()).then_some((child, held))
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
        let child = |folder: usize, name: &str, range: Range<usize>| {
            let name = match name.strip_suffix('/') {
                Some(folder) => Name { name: folder.as_bytes(), is_folder: true },
                None => Name { name: name.as_bytes(), is_folder: false },
            };
            let found = paths.child_of(folder, name, range, &pending);
            found.map(|(child, range)| (child.folder, range))
        };
        assert_eq!(child(ROOT, "docs/", 0..5), Some((Some(1), 0..5)));
        assert_eq!(child(ROOT, "docs", 0..5), None);
        let names = ["", "a", "a.b", "a/", "b"];
        let ranges = names.map(|name| child(1, name, 0..5).map(|(_, range)| range));
        assert_eq!(ranges, [0..1, 1..2, 2..3, 3..4, 4..5].map(Some));
        // `a/x` is not pending, so only `y/` of `a/` is looked at.
        assert_eq!(child(2, "x", 3..4), None);
        assert_eq!(child(2, "y/", 3..4).map(|(_, range)| range), Some(3..4));
    }
}

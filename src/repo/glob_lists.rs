//! Several lists of patterns, held against a path at once: a configuration may have as many of them as pages.

use globset::{GlobSet, GlobSetBuilder};

use super::Globs;
use crate::source::RepoPath;

/// Several [`Globs`], of which those are found that match a path.
#[derive(Clone, Debug, Default)]
pub struct GlobLists {
    lists: Vec<Globs>,
    /// All patterns together, and the list of each; `None` where they are too many to be compiled together.
    together: Option<(GlobSet, Vec<usize>)>,
}

impl GlobLists {
    /// `lists`, in their order.
    pub fn new<'g>(lists: impl IntoIterator<Item = &'g Globs>) -> Self {
        let lists: Vec<Globs> = lists.into_iter().cloned().collect();
        let (mut set, mut list_of) = (GlobSetBuilder::new(), Vec::new());
        for (at, list) in lists.iter().enumerate() {
            for glob in &list.compiled {
                set.add(glob.clone());
                list_of.push(at);
            }
        }
        let together = set.build().ok().map(|set| (set, list_of));
        Self { lists, together }
    }

    /// The places of the lists that match `path`, ascending.
    pub fn matching(&self, path: &RepoPath) -> Vec<usize> {
        let Some((set, list_of)) = &self.together else {
            let all = self.lists.iter().enumerate();
            return all.filter(|(_, list)| list.matches(path)).map(|(at, _)| at).collect();
        };
        let mut lists: Vec<usize> =
            set.matches(path.as_str()).into_iter().map(|glob| list_of[glob]).collect();
        lists.sort_unstable();
        lists.dedup();
        lists
    }

    /// The place of the first list that matches `path`.
    pub fn first(&self, path: &RepoPath) -> Option<usize> {
        self.matching(path).first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_that_match_are_found_in_their_order() {
        let globs = |patterns: &[&'static str]| {
            Globs::new(patterns.iter().copied()).expect("good patterns")
        };
        let lists = [
            globs(&["a/b.md"]),
            globs(&["b/**", "**/*.md"]),
            globs(&[]),
            globs(&["a/*.md", "a/b.*"]),
        ];
        let lists = GlobLists::new(&lists);
        let path = |path: &str| RepoPath::new(path).expect("a path");
        assert_eq!(lists.matching(&path("a/b.md")), [0, 1, 3]);
        assert_eq!(lists.matching(&path("b/c.md")), [1]);
        assert_eq!(lists.first(&path("a/c.md")), Some(1));
        assert_eq!(lists.first(&path("c.txt")), None);
        assert_eq!(GlobLists { together: None, ..lists }.matching(&path("a/b.md")), [0, 1, 3]);
    }
}

//! What a run looked at: only what it looked at and did not find is known to be gone.

use std::collections::HashSet;

use super::{Levels, Rule, UNREADABLE_FILE, YAML_SYNTAX};
use crate::config::Config;
use crate::handbook::{Loaded, ProblemKind};
use crate::review::Survey;
use crate::source::RepoPath;

/// What a run looked at.
#[derive(Clone, Debug)]
pub struct Sight<'a> {
    levels: &'a Levels,
    /// Whether git told what became of pages.
    has_changes: bool,
    /// The files that could not be read, or not as what they should be.
    unread: HashSet<RepoPath>,
    /// Those of them that hold data: what other files say cannot be held against it then.
    unread_data: HashSet<RepoPath>,
}

impl<'a> Sight<'a> {
    /// What a run by `levels` looks at.
    pub(super) fn new(
        levels: &'a Levels,
        loaded: &Loaded,
        config: &Config,
        reviews: Option<&Survey>,
    ) -> Self {
        let problems = loaded.handbook.problems.iter().filter(|problem| {
            matches!(problem.kind, ProblemKind::UnreadableFile | ProblemKind::Syntax)
        });
        let unread: HashSet<RepoPath> =
            problems.map(|problem| loaded.files.file(problem.span.file).path().clone()).collect();
        let data = config.paths.values().filter(|path| unread.contains(*path));
        let unread_data = data.cloned().collect();
        let has_changes =
            reviews.is_some_and(|survey| survey.pages.iter().any(|page| page.changes.is_some()));
        Self { levels, has_changes, unread, unread_data }
    }

    /// Whether `rule` looked at all there is at `path`.
    pub fn has(&self, rule: &Rule, path: &RepoPath) -> bool {
        self.levels.at(rule, path).is_some()
            && (self.has_changes || !rule.needs.changes)
            && !self.lacks_data()
            && !self.unread.contains(path)
    }

    /// Whether a data file could not be read, so that nothing is known to be gone.
    pub fn lacks_data(&self) -> bool {
        !self.unread_data.is_empty()
    }

    /// Whether what `rule` finds at `path` means that the file is not judged at all, and not only a page's front
    /// matter.
    pub fn is_of_unread(&self, rule: &Rule, path: &RepoPath) -> bool {
        rule.id == UNREADABLE_FILE || rule.id == YAML_SYNTAX && self.unread_data.contains(path)
    }
}

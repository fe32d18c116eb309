//! What a run looked at: only what it looked at and did not find is known to be gone.

use std::collections::HashSet;

use super::{Levels, MERGE_CONFLICT, Rule, UNREADABLE_FILE, YAML_SYNTAX};
use crate::config::Config;
use crate::handbook::{Loaded, Problem, ProblemKind};
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
    /// The files of whose records not all are known, with the rules that report why.
    not_whole: HashSet<(RepoPath, &'static str)>,
}

impl<'a> Sight<'a> {
    /// What a run by `levels` looks at.
    pub(super) fn new(
        levels: &'a Levels,
        loaded: &Loaded,
        config: &Config,
        reviews: Option<&Survey>,
    ) -> Self {
        let path_of = |problem: &Problem| loaded.files.file(problem.span.file).path().clone();
        let problems = loaded.handbook.problems.iter();
        let not_whole = problems.clone().filter(|problem| problem.is_of_whole_file);
        let not_whole = not_whole.map(|problem| (path_of(problem), rule_of(problem.kind)));
        let not_whole = not_whole.collect();
        let unread =
            problems.filter(|problem| problem.is_of_whole_file || problem.kind.stops_reading());
        let unread: HashSet<RepoPath> = unread.map(path_of).collect();
        let data = config.paths.values().filter(|path| unread.contains(*path));
        let unread_data = data.cloned().collect();
        let has_changes =
            reviews.is_some_and(|survey| survey.pages.iter().any(|page| page.changes.is_some()));
        Self { levels, has_changes, unread, unread_data, not_whole }
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
        let is_of_whole_file = || self.not_whole.contains(&(path.clone(), rule.id));
        rule.id == UNREADABLE_FILE
            || self.unread_data.contains(path) && (rule.id == YAML_SYNTAX || is_of_whole_file())
    }
}

/// The rule that reports problems of `kind`.
pub fn rule_of(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::UnreadableFile => UNREADABLE_FILE,
        ProblemKind::Syntax => YAML_SYNTAX,
        ProblemKind::MergeConflict => MERGE_CONFLICT,
        ProblemKind::DuplicateKey => "duplicate-key",
        ProblemKind::MissingField => "missing-field",
        ProblemKind::WrongType | ProblemKind::Unquoted => "wrong-type",
        ProblemKind::UnknownField => "unknown-field",
        ProblemKind::InvalidValue => "invalid-value",
    }
}

//! What a finding is known by that may be on another line now, or in a file of another name.

use std::collections::HashMap;

use super::stamps::Stamps;
use crate::lint::diagnostic::stable_text;
use crate::lint::{Diagnostic, Severity};
use crate::source::{FileStore, RepoPath};

/// What a finding is known by. Its message is no part of it: that may speak of what is around it.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Identity {
    rule: &'static str,
    /// Where the file was before the change.
    path: RepoPath,
    /// The text of its place; none for what concerns a file as a whole.
    text: String,
}

impl Identity {
    /// Of `diagnostic` in one of `files`, of a file that was at `path` before the change and has `stamps`.
    fn new(diagnostic: &Diagnostic, files: &FileStore, path: &RepoPath, stamps: &Stamps) -> Self {
        let finding = &diagnostic.finding;
        let text = match finding.is_of_file {
            true => String::new(),
            false => stable_text(finding.span, files, &stamps.cut_from(finding.span)),
        };
        Self { rule: diagnostic.rule.id, path: path.clone(), text }
    }
}

/// A finding that was there before, as far as its identity leaves open.
#[derive(Debug)]
struct Before {
    severity: Severity,
    targets: Vec<String>,
}

/// The findings that were there before a change.
#[derive(Debug, Default)]
pub(super) struct Known(HashMap<Identity, Vec<Before>>);

impl Known {
    /// Takes in `diagnostic`, in the file at `path` of `files`.
    pub(super) fn add(
        &mut self,
        diagnostic: &Diagnostic,
        files: &FileStore,
        path: &RepoPath,
        stamps: &Stamps,
    ) {
        let before =
            Before { severity: diagnostic.severity, targets: diagnostic.finding.targets.clone() };
        let identity = Identity::new(diagnostic, files, path, stamps);
        self.0.entry(identity).or_default().push(before);
    }

    /// Whether `diagnostic` was there before, in the file at `path`, at least as bad as it is now. Each that was there is
    /// one of now at most.
    pub(super) fn take(
        &mut self,
        diagnostic: &Diagnostic,
        files: &FileStore,
        path: &RepoPath,
        stamps: &Stamps,
    ) -> bool {
        let Some(all) = self.0.get_mut(&Identity::new(diagnostic, files, path, stamps)) else {
            return false;
        };
        let targets = &diagnostic.finding.targets;
        let is_same =
            |before: &Before| targets.iter().all(|target| before.targets.contains(target));
        let found = all.iter().enumerate().filter(|(_, before)| is_same(before));
        // The nearest: one of a lower level is used up as well, because it is what became worse.
        let nearest = found.min_by_key(|(_, before)| {
            let is_lower = before.severity < diagnostic.severity;
            let distance = (before.severity as u8).abs_diff(diagnostic.severity as u8);
            (is_lower, before.targets.len(), distance)
        });
        let Some(at) = nearest.map(|(at, _)| at) else { return false };
        all.remove(at).severity >= diagnostic.severity
    }
}

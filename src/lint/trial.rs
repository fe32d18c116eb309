//! What fixes would bring about, looked at before a file is written: a fix that causes a finding as grave as its own,
//! or a graver one, is left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Diagnostic, Severity};
use crate::source::{FileStore, RepoPath};

/// What is found in a handbook at one time.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    found: Vec<Seen>,
}

/// A finding, known by what does not depend on the text around it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    path: RepoPath,
    line: usize,
    rule: &'static str,
    severity: Severity,
    message: String,
    /// Whether its own fix is made next.
    is_fixed_next: bool,
}

impl Snapshot {
    /// The errors and warnings among `findings`, which are in `files`. Those of `fixed_next`, by their index in
    /// order, are fixed next.
    pub fn of(findings: &[Diagnostic], files: &FileStore, fixed_next: &[usize]) -> Self {
        let found = findings.iter().enumerate();
        let found = found.filter(|(_, found)| found.severity > Severity::Info);
        let found = found.map(|(at, found)| {
            let span = found.finding.span;
            Seen {
                path: files.file(span.file).path().clone(),
                line: files.start(span).line,
                rule: found.rule.id,
                severity: found.severity,
                message: found.finding.message.clone(),
                is_fixed_next: fixed_next.binary_search(&at).is_ok(),
            }
        });
        Self { found: found.collect() }
    }

    /// What was not found `before` and stays. A warning that only says something else now, such as how often a word is used, is
    /// not new.
    fn new_since(&self, before: &Self) -> Vec<&Seen> {
        let mut known: BTreeMap<_, usize> = BTreeMap::new();
        let (mut now, mut then) = (BTreeMap::new(), BTreeMap::new());
        for seen in &before.found {
            *known.entry(seen.key()).or_default() += 1;
            *then.entry(seen.rule).or_insert(0_usize) += 1;
        }
        for seen in &self.found {
            *now.entry(seen.rule).or_insert(0_usize) += 1;
        }
        let new = self.found.iter().filter(|seen| match known.get_mut(&seen.key()) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ if seen.is_fixed_next => false,
            _ => seen.severity == Severity::Error || now.get(seen.rule) > then.get(seen.rule),
        });
        new.collect()
    }

    /// Those of the `fixed` findings, by their index, whose fixes caused what was not found `before` and is as
    /// grave as they are, and why each is left out.
    pub fn culprits(
        &self,
        before: &Self,
        fixed: &[usize],
        findings: &[Diagnostic],
        files: &FileStore,
    ) -> BTreeMap<usize, String> {
        let mut culprits = BTreeMap::new();
        let suspects = Suspects::of(fixed, findings, files);
        // A finding that is gone makes room for one that it hid.
        let mut used = BTreeSet::new();
        // The same suspects need not be questioned again about as grave a finding, if none was used since.
        let mut questioned = HashMap::new();
        for new in self.new_since(before) {
            let (group, suspects) = suspects.for_new(new);
            if questioned.get(&(group, new.severity)) == Some(&used.len()) {
                continue;
            }
            let hid = |at: &&usize| {
                let severity = findings[**at].severity;
                let is_graver = severity > new.severity;
                is_graver || severity == Severity::Error && !used.contains(*at)
            };
            let (hid, rest): (Vec<&usize>, Vec<&usize>) = suspects.iter().partition(hid);
            // That a place is looked at again, once its error is gone, brings warnings to light.
            let is_sure = rest.is_empty() || new.severity < Severity::Error;
            if let Some(at) = hid.first().filter(|_| is_sure) {
                used.insert(**at);
                questioned.insert((group, new.severity), used.len());
                continue;
            }
            questioned.insert((group, new.severity), used.len());
            let suspects = if rest.is_empty() { hid } else { rest };
            for at in suspects {
                culprits.entry(*at).or_insert_with(|| {
                    let Seen { path, line, rule, message, .. } = new;
                    format!("it would cause {path}:{line} {rule}: {message}; change it by hand")
                });
            }
        }
        culprits
    }
}

impl Seen {
    fn key(&self) -> (&RepoPath, &'static str, Severity, &str) {
        (&self.path, self.rule, self.severity, &self.message)
    }
}

/// The fixes that may have caused something.
struct Suspects<'f> {
    by_line: HashMap<(&'f RepoPath, usize), Vec<usize>>,
    by_file: HashMap<&'f RepoPath, Vec<usize>>,
    all: &'f [usize],
}

/// Where fixes were made that are suspected together.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Near<'n> {
    Line(&'n RepoPath, usize),
    File(&'n RepoPath),
    Anywhere,
}

impl<'f> Suspects<'f> {
    fn of(fixed: &'f [usize], findings: &[Diagnostic], files: &'f FileStore) -> Self {
        let mut by_line: HashMap<_, Vec<usize>> = HashMap::new();
        let mut by_file: HashMap<_, Vec<usize>> = HashMap::new();
        for &at in fixed {
            let repairs = findings[at].finding.fix.iter().flat_map(|fix| &fix.repairs);
            let places = repairs.map(super::Repair::span);
            let places = places.map(|span| (files.file(span.file).path(), files.start(span).line));
            let places: BTreeSet<(&RepoPath, usize)> = places.collect();
            let of: BTreeSet<&RepoPath> = places.iter().map(|(path, _)| *path).collect();
            for place in places {
                by_line.entry(place).or_default().push(at);
            }
            for path in of {
                by_file.entry(path).or_default().push(at);
            }
        }
        Self { by_line, by_file, all: fixed }
    }

    /// Those that may have caused `new`: those on its line, else those in its file, else all.
    fn for_new(&self, new: &'f Seen) -> (Near<'f>, &[usize]) {
        let path = &new.path;
        if let Some(on_line) = self.by_line.get(&(path, new.line)) {
            return (Near::Line(path, new.line), on_line);
        }
        match self.by_file.get(path) {
            Some(in_file) => (Near::File(path), in_file),
            None => (Near::Anywhere, self.all),
        }
    }
}

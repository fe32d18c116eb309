//! Comments in the handbook that silence findings, each with its reason.
//!
//! In a page `<!-- pmctl-ignore RULE: reason -->`, in YAML and in files of owners `# pmctl-ignore RULE: reason`;
//! `pmctl-ignore-file` for all of the file. What is wrong with them, and which of them silence nothing, are findings of
//! two rules, which nothing silences.

mod comment;
mod place;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use memchr::memmem;
use rayon::prelude::*;

use super::diagnostic::sort;
use super::rules::{SUPPRESSION_MALFORMED, SUPPRESSION_UNUSED};
use super::{Diagnostic, Finding, Levels, Report, Rule, Sight};
use crate::config::Config;
use crate::source::{FileId, FileStore, RepoPath, SourceFile, Span};
use comment::{Fault, Reach, WORD};

/// The suppressions of one file.
struct Suppressions<'a> {
    path: &'a RepoPath,
    file: FileId,
    /// Each rule that a comment names, and what the comment is about.
    entries: Vec<Entry>,
    /// What is silenced, by rule.
    silences: BTreeMap<&'static str, Silence>,
    faults: Vec<Fault>,
}

/// A rule that a comment names.
struct Entry {
    rule: &'static Rule,
    reach: Reach,
    /// Where the rule is named.
    name: Range<usize>,
    about: Range<usize>,
}

/// Where a rule is silenced in a file, asked for places in rising order.
#[derive(Default)]
struct Silence {
    ranges: Vec<Range<usize>>,
    next: usize,
    open: Vec<Range<usize>>,
    /// The ranges in which something was silenced.
    used: HashSet<Range<usize>>,
}

impl Silence {
    /// Whether a finding is silenced that begins at byte `at`.
    fn holds(&mut self, at: usize) -> bool {
        while let Some(range) = self.ranges.get(self.next).filter(|range| range.start <= at) {
            self.open.push(range.clone());
            self.next += 1;
        }
        self.open.retain(|range| range.end >= at);
        self.used.extend(self.open.iter().cloned());
        !self.open.is_empty()
    }
}

/// What is left of `findings`, which are sorted, and what of them is suppressed; with the findings about the
/// suppressions themselves.
pub(super) fn apply(
    findings: Vec<Diagnostic>,
    files: &FileStore,
    config: &Config,
    levels: &Levels,
    sight: &Sight<'_>,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let candidates: Vec<&SourceFile> = files.all().collect();
    let mentions = memmem::Finder::new(WORD);
    let mentions = |file: &&SourceFile| mentions.find(file.text().as_bytes()).is_some();
    let all = candidates.into_par_iter().filter(mentions);
    let all: Vec<Suppressions<'_>> =
        all.filter_map(|file| read(file, files.find(file.path())?, config)).collect();
    if all.is_empty() {
        return (findings, Vec::new());
    }
    let mut by_file: HashMap<FileId, Suppressions<'_>> =
        all.into_iter().map(|suppressions| (suppressions.file, suppressions)).collect();
    let mut is_suppressed = |finding: &Diagnostic| {
        let Span { file, start, .. } = finding.finding.span;
        // A file of which nothing is known cannot say that this is as it should be.
        if sight.is_of_unread(finding.rule, files.file(file).path()) {
            return false;
        }
        let silence = by_file.get_mut(&file).and_then(|it| it.silences.get_mut(finding.rule.id));
        silence.is_some_and(|silence| silence.holds(start as usize))
    };
    let (suppressed, mut left): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|finding| is_suppressed(finding));
    let loud: HashSet<(FileId, &str)> =
        left.iter().map(|finding| (finding.finding.span.file, finding.rule.id)).collect();
    let mut own: Vec<Diagnostic> = by_file
        .values()
        .flat_map(|suppressions| {
            let (malformed, unused) = (suppressions.malformed(), suppressions.unused(sight, &loud));
            let reports = [(SUPPRESSION_MALFORMED, malformed), (SUPPRESSION_UNUSED, unused)];
            reports.map(|(rule, findings)| report(rule, findings, levels, files))
        })
        .flatten()
        .collect();
    left.append(&mut own);
    sort(&mut left, files);
    (left, suppressed)
}

/// `findings` as those of `rule`.
fn report(
    rule: &'static Rule,
    findings: Vec<Finding>,
    levels: &Levels,
    files: &FileStore,
) -> Vec<Diagnostic> {
    let mut report = Report::new(rule);
    for finding in findings {
        report.add(finding);
    }
    report.into_diagnostics(levels, files).collect()
}

/// The suppressions in `file`.
fn read<'a>(file: &'a SourceFile, id: FileId, config: &Config) -> Option<Suppressions<'a>> {
    if !file.is_readable() {
        return None;
    }
    let (path, text) = (file.path(), file.text());
    let comments = match kind(path, config) {
        Kind::Yaml => place::in_yaml(id, text, 0..text.len()),
        Kind::Owners => place::in_lines(text, 0..text.len()),
        Kind::Page => place::in_page(id, text, file.outline()),
    };
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for comment in comments {
        let Some(found) = comment::read(&text[comment.text.clone()]) else { continue };
        let in_file =
            |range: Range<usize>| comment.text.start + range.start..comment.text.start + range.end;
        let of_fault = |fault: Fault| Fault { range: in_file(fault.range.clone()), ..fault };
        faults.extend(found.faults.into_iter().map(of_fault));
        let reach = found.reach;
        let about = if reach == Reach::File { 0..text.len() } else { comment.about.clone() };
        let rules = found.rules.into_iter();
        entries.extend(rules.map(|(rule, name)| {
            let (name, about) = (in_file(name), about.clone());
            Entry { rule, reach, name, about }
        }));
    }
    let mut silences: BTreeMap<&'static str, Silence> = BTreeMap::new();
    for entry in &entries {
        silences.entry(entry.rule.id).or_default().ranges.push(entry.about.clone());
    }
    for silence in silences.values_mut() {
        silence.ranges.sort_by_key(|range| (range.start, range.end));
        silence.ranges.dedup();
    }
    Some(Suppressions { path, file: id, entries, silences, faults })
}

/// How comments are written in a file.
enum Kind {
    Yaml,
    Owners,
    Page,
}

fn kind(path: &RepoPath, config: &Config) -> Kind {
    let name = path.file_name();
    if matches!(name, "CODEOWNERS" | "CODENOTIFY") {
        Kind::Owners
    } else if config.paths.values().any(|data| data == path) {
        Kind::Yaml
    } else {
        Kind::Page
    }
}

impl Suppressions<'_> {
    fn malformed(&self) -> Vec<Finding> {
        let findings = self.faults.iter().map(|fault| {
            let span = Span::new(self.file, fault.range.clone());
            Finding::new(span, &*fault.message).label("silences nothing").help(&*fault.help)
        });
        findings.collect()
    }

    /// The suppressions that silence nothing, though their rules looked at the file. `loud` are the files and
    /// rules of all other findings.
    fn unused(&self, sight: &Sight<'_>, loud: &HashSet<(FileId, &str)>) -> Vec<Finding> {
        let is_unused = |entry: &&Entry| {
            let silence = self.silences.get(entry.rule.id);
            let is_used = silence.is_some_and(|silence| silence.used.contains(&entry.about));
            !is_used && sight.has(entry.rule, self.path)
        };
        let findings = self.entries.iter().filter(is_unused).map(|entry| {
            let id = entry.rule.id;
            let help = if entry.reach == Reach::Place && loud.contains(&(self.file, id)) {
                format!(
                    "move it before what it is about, or silence `{id}` in all of this file with \
                     `{WORD}-file {id}: why`"
                )
            } else {
                format!("remove it: `{id}` finds nothing here any more")
            };
            let span = Span::new(self.file, entry.name.clone());
            Finding::new(span, format!("this suppression of `{id}` is not used"))
                .label("silences nothing")
                .help(help)
        });
        findings.collect()
    }
}

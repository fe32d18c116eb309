//! What becomes of the findings in pages that are drafts.

use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;

use super::{Diagnostic, Levels};
use crate::handbook::Loaded;
use crate::review::dates::is_draft;
use crate::source::FileId;

/// `findings`, with those in drafts as bad as `levels` makes them there, and the drafts in which one is less bad for it.
pub(super) fn soften(
    mut findings: Vec<Diagnostic>,
    loaded: &Loaded,
    levels: &Levels,
) -> (Vec<Diagnostic>, Vec<FileId>) {
    if levels.drafts_are_the_same() {
        return (findings, Vec::new());
    }
    // Only pages with findings are looked at.
    let found: HashSet<FileId> =
        findings.iter().map(|diagnostic| diagnostic.finding.span.file).collect();
    let pages = loaded.handbook.pages.par_iter().map(|page| page.file);
    let drafts = pages.filter(|file| found.contains(file));
    let drafts: HashSet<FileId> =
        drafts.filter(|file| is_draft(loaded.files.file(*file).text())).collect();
    let mut softer = BTreeSet::new();
    findings.retain_mut(|diagnostic| {
        let file = diagnostic.finding.span.file;
        if !drafts.contains(&file) {
            return true;
        }
        let path = loaded.files.file(file).path();
        let softened = levels.in_draft(diagnostic.rule, path, diagnostic.severity);
        if softened != Some(diagnostic.severity) {
            softer.insert(file);
        }
        diagnostic.severity = softened.unwrap_or(diagnostic.severity);
        softened.is_some()
    });
    (findings, softer.into_iter().collect())
}

//! What becomes of the findings in pages that are drafts.

use std::collections::{HashMap, HashSet};

use super::{Diagnostic, Levels};
use crate::handbook::Loaded;
use crate::review::dates::is_draft;
use crate::source::FileId;

/// `findings`, with those in drafts as bad as `levels` makes them there.
pub(super) fn soften(
    mut findings: Vec<Diagnostic>,
    loaded: &Loaded,
    levels: &Levels,
) -> Vec<Diagnostic> {
    if levels.drafts_are_the_same() {
        return findings;
    }
    let pages: HashSet<FileId> = loaded.handbook.pages.iter().map(|page| page.file).collect();
    // Only pages with findings are looked at.
    let mut drafts: HashMap<FileId, bool> = HashMap::new();
    findings.retain_mut(|diagnostic| {
        let file = diagnostic.finding.span.file;
        let source = loaded.files.file(file);
        let is_draft =
            pages.contains(&file) && *drafts.entry(file).or_insert_with(|| is_draft(source.text()));
        if !is_draft {
            return true;
        }
        let softened = levels.in_draft(diagnostic.rule, source.path(), diagnostic.severity);
        diagnostic.severity = softened.unwrap_or(diagnostic.severity);
        softened.is_some()
    });
    findings
}

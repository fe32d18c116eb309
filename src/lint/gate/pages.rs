//! Pages of which a change asks less.

use std::collections::{BTreeMap, BTreeSet};

use super::sample::samples;
use super::settings::{Weakening, is_longer};
use crate::config::{Config, Pages, Step};
use crate::source::RepoPath;

/// The kind of pages that list other pages.
const CONTENTS: &str = "contents";

/// What is asked less of `pages`, and of those that may come, by `now` than by `before`.
pub(super) fn narrowed(
    before: &Config,
    now: &Config,
    pages: &BTreeSet<&RepoPath>,
) -> Vec<Weakening> {
    let may_come: Vec<RepoPath> =
        before.pages.iter().flat_map(|entry| samples(&entry.globs)).collect();
    // By the setting and what it was said of before, one page for which it is less.
    let mut found: BTreeMap<(usize, &'static str), Weakening> = BTreeMap::new();
    for path in pages.iter().copied().chain(&may_come) {
        let Some((at_before, was)) = first(before, path) else { continue };
        let globs = was.globs.patterns().join("`, `");
        let Some((at, is)) = first(now, path) else {
            let message = format!(
                "this change takes pages of `{globs}` out of `[[pages]]`, such as `{path}`"
            );
            let message = match pages.contains(path) {
                true => message,
                false => format!("this change takes `{globs}` out of `[[pages]]`"),
            };
            let entry = found.entry((at_before, "glob"));
            entry.or_insert_with(|| Weakening::at(&[Step::Key("pages")], message));
            continue;
        };
        for (field, what) in less(before, was, now, is) {
            let message = format!("this change {what} for pages of `{globs}`");
            let entry = ["pages"].map(Step::Key).into_iter().chain([Step::At(at)]);
            let steps: Vec<Step<'_>> = entry.chain([Step::Key(field)]).collect();
            found.entry((at_before, field)).or_insert_with(|| Weakening::at(&steps, message));
        }
    }
    found.into_values().collect()
}

/// The entry that is about the page at `path`.
fn first<'c>(config: &'c Config, path: &RepoPath) -> Option<(usize, &'c Pages)> {
    config.pages.iter().enumerate().find(|(_, entry)| entry.globs.matches(path))
}

/// What `is` asks less than `was`: the field, and what a change of it does.
fn less(before: &Config, was: &Pages, now: &Config, is: &Pages) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    if was.is_reviewed && !is.is_reviewed {
        found.push(("reviewed", "ends the reviews".to_owned()));
    }
    let cadence = |config: &Config, entry: &Pages| entry.cadence.unwrap_or(config.review.cadence);
    let is_of_entry = was.cadence.is_some() || is.cadence.is_some();
    if is.is_reviewed && is_of_entry && is_longer(cadence(now, is), cadence(before, was)) {
        found.push(("cadence", "makes reviews rarer".to_owned()));
    }
    if was.is_required && !is.is_required {
        found.push(("required", "no longer asks for a review date".to_owned()));
    }
    let missing: Vec<&String> =
        was.sections.iter().filter(|section| !is.sections.contains(section)).collect();
    if let Some(section) = missing.first() {
        found.push(("sections", format!("no longer asks for the section `{section}`")));
    }
    if was.template.is_some() && is.template.is_none() {
        found.push(("template", "takes away the template".to_owned()));
    }
    if was.kind == CONTENTS && is.kind != CONTENTS {
        found.push(("kind", format!("no longer takes them for `{CONTENTS}`")));
    }
    found
}

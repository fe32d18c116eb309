//! Settings by which less is checked than by those before a change, and the settings that count for it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::sample::samples;
use super::{levels, pages};
use crate::config::{Config, DatedLevels, Interval, Step, place};
use crate::handbook::{Ladder, Rung};
use crate::repo::Files;
use crate::repo::diff::Diff;
use crate::rice::{Factor, Scales};
use crate::source::RepoPath;

/// A setting by which less is checked.
#[derive(Clone, Debug)]
pub(super) struct Weakening {
    /// The ways to where it is, the nearest first: each setting, or else what it is in.
    steps: Vec<OwnStep>,
    pub(super) message: String,
}

#[derive(Clone, Debug)]
enum OwnStep {
    Key(String),
    At(usize),
}

impl Weakening {
    /// One by the setting that `steps` lead to.
    pub(super) fn at(steps: &[Step<'_>], message: impl Into<String>) -> Self {
        let steps = steps.iter().map(|step| match step {
            Step::Key(key) => OwnStep::Key((*key).to_owned()),
            Step::At(at) => OwnStep::At(*at),
        });
        Self { steps: steps.collect(), message: message.into() }
    }

    /// One by a setting that is gone.
    pub(super) fn gone(message: impl Into<String>) -> Self {
        Self { steps: Vec::new(), message: message.into() }
    }

    /// Where it is in `text`, or what it is in.
    pub(super) fn range(&self, text: &str) -> Option<Range<usize>> {
        let steps: Vec<Step<'_>> = self
            .steps
            .iter()
            .map(|step| match step {
                OwnStep::Key(key) => Step::Key(key),
                OwnStep::At(at) => Step::At(*at),
            })
            .collect();
        (1..=steps.len()).rev().find_map(|length| place(text, &steps[..length]))
    }
}

/// Both sides of a change, as far as settings are about them.
pub struct Sides<'a, B, N> {
    /// The files before.
    pub base: &'a B,
    /// The files now.
    pub repo: &'a N,
    /// Which files changed.
    pub diff: &'a Diff,
}

impl<B: Files, N: Files> Sides<'_, B, N> {
    /// Whether the file at `path` was at `before`.
    fn is_moved(&self, path: &RepoPath, before: &RepoPath) -> bool {
        self.diff.before(path) == Some(before) && path != before
    }

    /// The settings by which the handbook is checked now: those of `before`, and of `now`, by the same profile, what says where things are
    /// that were not there, what is generated, and who else approves.
    pub fn effective(&self, before: &Config, now: &Config) -> Config {
        let mut config = before.clone();
        config
            .approvals
            .extend(now.approvals.iter().filter(|own| !before.approvals.contains(own)).cloned());
        for (name, path) in &mut config.paths {
            if let Some(own) = now.paths.get(name)
                && own != path
                && !self.repo.has(path.as_str())
            {
                path.clone_from(own);
            }
        }
        if adds_levels(before, now) {
            config.maturity = now.maturity.clone();
        }
        config.generated.retain(|whole| {
            let is_own = now.generated.iter().any(|own| own.page == whole.page);
            !is_own && self.repo.read(&whole.template).is_ok()
        });
        config.generated.extend(now.generated.iter().cloned());
        config
    }

    /// What is checked less by `now` than by `before`, by one profile, of `files`, among which are the `pages`, and of those that may
    /// come.
    pub(super) fn weakened(
        &self,
        before: &Config,
        now: &Config,
        files: &BTreeSet<&RepoPath>,
        pages: &BTreeSet<&RepoPath>,
        ladders: [&Ladder; 2],
    ) -> Vec<Weakening> {
        let mut found = levels::lowered(before, now, files);
        found.extend(links(before, now));
        found.extend(self.paths(before, now));
        found.extend(pages::narrowed(before, now, pages));
        found.extend(times(before, now));
        found.extend(scales(before, now));
        found.extend(maturity(before, now, ladders));
        for whole in &before.generated {
            let is_kept = now.generated.iter().any(|own| own.page == whole.page);
            if !is_kept && self.repo.has(whole.page.as_str()) {
                let message = format!("this change takes `{}` out of `[[generate]]`", whole.page);
                found.push(Weakening::at(&[Step::Key("generate")], message));
            }
        }
        found
    }

    fn paths(&self, before: &Config, now: &Config) -> Vec<Weakening> {
        let mut found = Vec::new();
        for (name, path) in &before.paths {
            let Some(own) = now.paths.get(name).filter(|own| *own != path) else { continue };
            if self.base.has(path.as_str()) && !self.is_moved(own, path) {
                let message =
                    format!("this change reads `{name}` from `{own}`, before from `{path}`");
                found.push(Weakening::at(&[Step::Key("paths"), Step::Key(name)], message));
            }
        }
        for name in before.required.iter().filter(|name| !now.required.contains(name)) {
            // A file whose name is taken out of `[paths]` is found under the name that it has without it.
            let (was, is) = (before.paths.get(name), now.paths.get(name));
            let is_elsewhere = was != is && is.is_some_and(|path| self.repo.has(path.as_str()));
            if !is_elsewhere {
                let message = format!("this change no longer requires the data file `{name}`");
                found.push(Weakening::at(&[Step::Key("required")], message));
            }
        }
        found
    }
}

fn links(before: &Config, now: &Config) -> Vec<Weakening> {
    let mut found = Vec::new();
    let key = |name| [Step::Key("links"), Step::Key(name)];
    for (at, pattern) in now.links.ignored.patterns().iter().enumerate() {
        if before.links.ignored.patterns().contains(pattern) {
            continue;
        }
        let is_covered = crate::repo::Globs::new([pattern.as_str()]).is_ok_and(|globs| {
            let paths = samples(&globs);
            !paths.is_empty() && paths.iter().all(|path| before.links.ignored.matches(path))
        });
        if !is_covered {
            let steps = [Step::Key("links"), Step::Key("ignore"), Step::At(at)];
            found.push(Weakening::at(&steps, format!("this change ignores links to `{pattern}`")));
        }
    }
    for root in before.links.roots.iter().filter(|root| !now.links.cover(root)) {
        let shown = if root.as_str().is_empty() { "." } else { root.as_str() };
        let message = format!("this change takes `{shown}` out of the roots of links");
        found.push(Weakening::at(&key("roots"), message));
    }
    if let Some(site) = &before.links.site
        && now.links.site.as_ref() != Some(site)
    {
        let message = format!("this change no longer checks links to `{site}`");
        found.push(Weakening::at(&key("site"), message));
    }
    found
}

fn times(before: &Config, now: &Config) -> Vec<Weakening> {
    let mut found = Vec::new();
    if is_longer(now.review.cadence, before.review.cadence) {
        let steps = [Step::Key("review"), Step::Key("cadence")];
        found.push(Weakening::at(&steps, "this change makes reviews rarer"));
    }
    if is_longer(now.rice.expires, before.rice.expires) {
        let steps = [Step::Key("rice"), Step::Key("expires")];
        found.push(Weakening::at(&steps, "this change makes estimates hold longer"));
    }
    found
}

fn scales(before: &Config, now: &Config) -> Vec<Weakening> {
    // Scales that are wrong are an error of their own.
    let (Ok(was), Ok(is)) = (Scales::new(&before.rice.scales), Scales::new(&now.rice.scales))
    else {
        return Vec::new();
    };
    let more = Factor::SCALED.into_iter().filter(|factor| {
        let (Some(was), Some(is)) = (was.of(*factor), is.of(*factor)) else { return false };
        is.steps.iter().any(|step| was.step(step.value).is_none())
    });
    let found = more.map(|factor| {
        let steps = ["rice", "scales", factor.name()].map(Step::Key);
        Weakening::at(&steps, format!("this change adds steps to the scale of {}", factor.name()))
    });
    found.collect()
}

fn maturity(before: &Config, now: &Config, [was, is]: [&Ladder; 2]) -> Vec<Weakening> {
    let mut found = Vec::new();
    let mut levels = is.rungs.iter().map(|rung| &rung.key);
    let is_kept = was.rungs.iter().all(|rung| levels.any(|own| *own == rung.key));
    let is_other_end = |(height, rung): (usize, &Rung)| {
        let own = is.height(Some(&rung.key));
        own.is_some_and(|own| is.is_end(own) != was.is_end(height))
    };
    if was.rungs.iter().enumerate().any(is_other_end) {
        let message = "this change sets which maturity levels are an end of life";
        found.push(Weakening::at(&["maturity", "terminal"].map(Step::Key), message));
    } else if !is_kept {
        let message = "this change removes maturity levels or changes which is higher";
        found.push(Weakening::at(&["maturity", "levels"].map(Step::Key), message));
    }
    if before.maturity.dated == DatedLevels::Reached && now.maturity.dated == DatedLevels::Current {
        let message = "this change asks for the date of the current maturity level alone";
        found.push(Weakening::at(&["maturity", "dated"].map(Step::Key), message));
    }
    found
}

/// Whether `now` has the maturity levels of `before`, in their order and with the same ends of life, and perhaps others.
fn adds_levels(before: &Config, now: &Config) -> bool {
    let (was, is) = (&before.maturity, &now.maturity);
    let mut levels = is.levels.iter();
    let is_kept = was.levels.iter().all(|level| levels.any(|own| own == level));
    let same_ends = was.levels.iter().all(|level| was.is_terminal(level) == is.is_terminal(level));
    is_kept && same_ends && (was.is_configured == is.is_configured) && was.dated == is.dated
}

/// Whether `one` is a longer time than `other`.
pub(super) fn is_longer(one: Interval, other: Interval) -> bool {
    let from = jiff::civil::date(2001, 1, 1);
    one.after(from) > other.after(from)
}

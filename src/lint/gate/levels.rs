//! Levels of rules that a change lowers.

use std::collections::{BTreeMap, BTreeSet};

use super::sample::samples;
use super::settings::Weakening;
use crate::config::{Config, Drafts, RuleLevel, Step};
use crate::lint::{Rule, Severity, rules};
use crate::source::RepoPath;

/// What settles the level of a rule for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// The entry of `[[lint.overrides]]` at this place.
    Override(usize),
    /// `[lint.rules]`.
    Rules,
    /// The rule itself.
    Rule,
}

/// The levels that are lower by `now` than by `before`, for `files` and for those that may come.
pub(super) fn lowered(
    before: &Config,
    now: &Config,
    files: &BTreeSet<&RepoPath>,
) -> Vec<Weakening> {
    let mut found = Vec::new();
    let strictness = |drafts: Drafts| match drafts {
        Drafts::Same => 2,
        Drafts::Softer => 1,
        Drafts::Ignore => 0,
    };
    let (was, is) = (before.lint.drafts, now.lint.drafts);
    if strictness(is) < strictness(was) {
        found.push(Weakening::at(
            &[Step::Key("lint"), Step::Key("drafts")],
            format!("this change sets `drafts` from `{}` to `{}`", word(was), word(is)),
        ));
    }
    let named: BTreeSet<&str> = [before, now].into_iter().flat_map(named_rules).collect();
    if named.is_empty() {
        return found;
    }
    let overrides = [before, now].into_iter().flat_map(|config| &config.lint.overrides);
    let may_come: Vec<RepoPath> = overrides.flat_map(|paths| samples(&paths.globs)).collect();
    let anywhere = RepoPath::new("zq0x/w9k").ok();
    let paths: Vec<&RepoPath> = files.iter().copied().chain(&may_come).chain(&anywhere).collect();
    for rule in rules::ALL.iter().filter(|rule| named.contains(rule.id)) {
        let mut causes: BTreeMap<Cause, (Option<Severity>, Option<Severity>)> = BTreeMap::new();
        for path in &paths {
            let (was, _) = level(before, rule, path);
            let (is, cause) = level(now, rule, path);
            if is < was {
                let known = causes.entry(cause).or_insert((was, is));
                known.0 = known.0.max(was);
            }
        }
        found.extend(
            causes.into_iter().map(|(cause, levels)| weakening(before, now, rule, cause, levels)),
        );
    }
    found
}

fn weakening(
    before: &Config,
    now: &Config,
    rule: &Rule,
    cause: Cause,
    (was, is): (Option<Severity>, Option<Severity>),
) -> Weakening {
    let name = |level: Option<Severity>| level.map_or("off", Severity::name);
    let (was, is) = (name(was), name(is));
    let message = format!("this change lowers `{}` from {was} to {is}", rule.id);
    match cause {
        Cause::Override(at) => {
            let paths = now.lint.overrides[at].globs.patterns().join("`, `");
            let steps = ["lint", "overrides"].map(Step::Key).into_iter();
            let steps = steps.chain([Step::At(at), Step::Key("rules"), Step::Key(rule.id)]);
            Weakening::at(&steps.collect::<Vec<_>>(), format!("{message} in `{paths}`"))
        }
        Cause::Rules if before.lint.rules.get(rule.id) != now.lint.rules.get(rule.id) => {
            Weakening::at(&["lint", "rules", rule.id].map(Step::Key), message)
        }
        // What settled the level is gone.
        Cause::Rules | Cause::Rule => Weakening::gone(message),
    }
}

/// The level of `rule` for the file at `path`, and what settles it.
fn level(config: &Config, rule: &Rule, path: &RepoPath) -> (Option<Severity>, Cause) {
    let overrides = config.lint.overrides.iter().enumerate().rev();
    let mut matching = overrides.filter_map(|(at, paths)| {
        let level = paths.rules.get(rule.id)?;
        paths.globs.matches(path).then_some((severity(*level), Cause::Override(at)))
    });
    if let Some(found) = matching.next() {
        return found;
    }
    match config.lint.rules.get(rule.id) {
        Some(level) => (severity(*level), Cause::Rules),
        None => (rule.level, Cause::Rule),
    }
}

fn severity(level: RuleLevel) -> Option<Severity> {
    match level {
        RuleLevel::Allow => None,
        RuleLevel::Info => Some(Severity::Info),
        RuleLevel::Warning => Some(Severity::Warning),
        RuleLevel::Error => Some(Severity::Error),
    }
}

fn named_rules(config: &Config) -> impl Iterator<Item = &str> {
    let overrides = config.lint.overrides.iter().flat_map(|paths| paths.rules.keys());
    config.lint.rules.keys().chain(overrides).map(String::as_str)
}

fn word(drafts: Drafts) -> &'static str {
    match drafts {
        Drafts::Same => "same",
        Drafts::Softer => "softer",
        Drafts::Ignore => "ignore",
    }
}

//! Which rules run, and how bad their findings are.

use std::collections::{BTreeMap, BTreeSet};

use super::{MERGE_CONFLICT, Needs, Rule, Severity, UNREADABLE_FILE, YAML_SYNTAX, rules};
use crate::config::{Config, Drafts, RuleLevel};
use crate::repo::Globs;
use crate::source::{RepoPath, nearest};

/// The rules whose findings mean that something was not read, and the one that is about drafts alone: they are
/// as bad in a draft.
const NEVER_SOFTER: [&str; 5] =
    [UNREADABLE_FILE, YAML_SYNTAX, MERGE_CONFLICT, "suppression-malformed", "draft-stale"];

/// The level of every rule in a run: its own, under what the configuration says of the whole handbook, of some
/// paths, and what the flags say.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    only: BTreeSet<&'static str>,
    configured: RuleLevels,
    overrides: Vec<(Globs, RuleLevels)>,
    flags: RuleLevels,
    drafts: Drafts,
}

type RuleLevels = BTreeMap<&'static str, RuleLevel>;

/// Why the levels of a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{place} in the configuration: {unknown}")]
pub struct BadLevels {
    place: &'static str,
    unknown: UnknownRule,
}

/// A rule that pmctl does not have.
#[derive(Debug, thiserror::Error)]
#[error("there is no rule `{id}`; {}", self.help())]
pub struct UnknownRule {
    id: String,
    nearest: Option<&'static str>,
}

impl UnknownRule {
    /// What to do.
    pub fn help(&self) -> String {
        match self.nearest {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "`pmctl rules` lists them".to_owned(),
        }
    }
}

impl Levels {
    /// Every rule at its own level.
    pub fn new() -> Self {
        Self::default()
    }

    /// The levels that `config` gives.
    pub fn configured(config: &Config) -> Result<Self, BadLevels> {
        let named = |place, levels: &BTreeMap<String, RuleLevel>| {
            let named = levels.iter().map(|(id, level)| Ok((find(id)?.id, *level)));
            let named: Result<RuleLevels, UnknownRule> = named.collect();
            named.map_err(|unknown| BadLevels { place, unknown })
        };
        let overrides = config
            .lint
            .overrides
            .iter()
            .map(|paths| Ok((paths.globs.clone(), named("[[lint.overrides]]", &paths.rules)?)));
        Ok(Self {
            configured: named("[lint.rules]", &config.lint.rules)?,
            overrides: overrides.collect::<Result<_, BadLevels>>()?,
            drafts: config.lint.drafts,
            ..Self::default()
        })
    }

    /// Sets the level of the rule `id` wherever it looks, over what was set before.
    pub fn set(&mut self, id: &str, level: RuleLevel) -> Result<(), UnknownRule> {
        self.flags.insert(find(id)?.id, level);
        Ok(())
    }

    /// Lets only this rule, and others named so, run: also one that is off otherwise.
    pub fn only(&mut self, id: &str) -> Result<(), UnknownRule> {
        self.only.insert(find(id)?.id);
        Ok(())
    }

    /// What the rules that run need.
    pub fn need(&self) -> Needs {
        let running = rules::ALL.iter().filter(|rule| self.runs(rule));
        running.fold(Needs::NOTHING, |needs, rule| needs.and(rule.needs))
    }

    /// Whether `rule` looks at anything at all.
    pub fn runs(&self, rule: &Rule) -> bool {
        let is_on_somewhere = || {
            let levels = self.overrides.iter().filter_map(|(_, levels)| levels.get(rule.id));
            let mut severities = levels.filter_map(|level| self.severity(rule, Some(*level)));
            severities.next().is_some()
        };
        self.general(rule).is_some() || !self.flags.contains_key(rule.id) && is_on_somewhere()
    }

    /// Whether the rule `id` is switched off by name for the file at `path`.
    pub fn is_allowed(&self, id: &str, path: &RepoPath) -> bool {
        let level = self.of_path(id, path).or_else(|| self.configured.get(id).copied());
        level == Some(RuleLevel::Allow)
    }

    /// How bad the findings of `rule` in the file at `path` are; `None` if it does not look there.
    pub fn at(&self, rule: &Rule, path: &RepoPath) -> Option<Severity> {
        match self.of_path(rule.id, path) {
            Some(level) => self.severity(rule, Some(level)),
            None => self.general(rule),
        }
    }

    /// What becomes of a finding of `rule` in a page that is a draft: `None` if it is not reported. What somebody
    /// said of just this path, or on the command line, holds for drafts too.
    pub fn in_draft(&self, rule: &Rule, path: &RepoPath, severity: Severity) -> Option<Severity> {
        if NEVER_SOFTER.contains(&rule.id) || self.of_path(rule.id, path).is_some() {
            return Some(severity);
        }
        match self.drafts {
            Drafts::Same => Some(severity),
            Drafts::Ignore => None,
            Drafts::Softer => Some(match severity {
                Severity::Error => Severity::Warning,
                Severity::Warning | Severity::Info => Severity::Info,
            }),
        }
    }

    /// Whether drafts are judged like every other page.
    pub(super) fn drafts_are_the_same(&self) -> bool {
        self.drafts == Drafts::Same
    }

    /// How bad the findings of `rule` are where no override says otherwise.
    fn general(&self, rule: &Rule) -> Option<Severity> {
        let level = self.flags.get(rule.id).or_else(|| self.configured.get(rule.id));
        self.severity(rule, level.copied())
    }

    /// What flags, or else overrides, say of the rule `id` in the file at `path`. The last override wins.
    fn of_path(&self, id: &str, path: &RepoPath) -> Option<RuleLevel> {
        let in_override = || {
            let matching = self
                .overrides
                .iter()
                .rev()
                .filter_map(|(globs, levels)| levels.get(id).filter(|_| globs.matches(path)));
            matching.copied().next()
        };
        self.flags.get(id).copied().or_else(in_override)
    }

    /// What `level` makes of `rule`, which runs in any case where it is named.
    fn severity(&self, rule: &Rule, level: Option<RuleLevel>) -> Option<Severity> {
        let is_named = self.only.contains(rule.id);
        if !self.only.is_empty() && !is_named {
            return None;
        }
        match level {
            None if is_named => Some(rule.level_if_asked()),
            None => rule.level,
            Some(RuleLevel::Allow) => is_named.then(|| rule.level_if_asked()),
            Some(RuleLevel::Info) => Some(Severity::Info),
            Some(RuleLevel::Warning) => Some(Severity::Warning),
            Some(RuleLevel::Error) => Some(Severity::Error),
        }
    }
}

/// The rule `id`.
pub fn find(id: &str) -> Result<&'static Rule, UnknownRule> {
    rules::ALL.iter().copied().find(|rule| rule.id == id).ok_or_else(|| UnknownRule {
        id: id.to_owned(),
        nearest: nearest(id, rules::ALL.iter().map(|rule| rule.id)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_level_wins_and_a_named_rule_runs_even_where_it_is_off() {
        let rule = find("tier-cascade").expect("a rule");
        let other = find("missing-field").expect("a rule");
        let mut levels = Levels::new();
        let path = RepoPath::new("data/features.yml").expect("a path");
        assert_eq!(levels.at(rule, &path), Some(Severity::Warning));
        levels.set("tier-cascade", RuleLevel::Error).expect("a rule");
        assert_eq!(levels.at(rule, &path), Some(Severity::Error));
        levels.set("tier-cascade", RuleLevel::Allow).expect("a rule");
        assert_eq!((levels.at(rule, &path), levels.runs(rule)), (None, false));
        levels.only("tier-cascade").expect("a rule");
        assert_eq!(
            (levels.at(rule, &path), levels.at(other, &path)),
            (Some(Severity::Warning), None)
        );
    }

    #[test]
    fn an_unknown_rule_is_an_error_with_the_nearest_one() {
        let error = Levels::new().set("tier-cascad", RuleLevel::Allow).expect_err("no rule");
        assert!(error.to_string().contains("did you mean `tier-cascade`?"));
    }
}

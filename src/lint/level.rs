//! Which rules run, and how bad their findings are.

use std::collections::{BTreeMap, BTreeSet};

use super::{Needs, Rule, Severity, rules};
use crate::config::RuleLevel;
use crate::source::nearest;

/// The level of every rule in a run.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    only: BTreeSet<&'static str>,
    set: BTreeMap<&'static str, RuleLevel>,
}

/// A rule that pmctl does not have.
#[derive(Debug, thiserror::Error)]
#[error("there is no rule `{id}`; {}", match nearest {
    Some(nearest) => format!("did you mean `{nearest}`?"),
    None => "`pmctl rules` lists them".to_owned(),
})]
pub struct UnknownRule {
    id: String,
    nearest: Option<&'static str>,
}

impl Levels {
    /// Every rule at its own level.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the level of the rule `id`, over what was set before.
    pub fn set(&mut self, id: &str, level: RuleLevel) -> Result<(), UnknownRule> {
        self.set.insert(find(id)?.id, level);
        Ok(())
    }

    /// Lets only this rule, and others named so, run: also one that is off otherwise.
    pub fn only(&mut self, id: &str) -> Result<(), UnknownRule> {
        self.only.insert(find(id)?.id);
        Ok(())
    }

    /// What the rules that run need.
    pub fn need(&self) -> Needs {
        let running = rules::ALL.iter().filter(|rule| self.of(rule).is_some());
        running.fold(Needs::NOTHING, |needs, rule| needs.and(rule.needs))
    }

    /// Whether the rule `id` is switched off by name.
    pub fn is_allowed(&self, id: &str) -> bool {
        self.set.get(id) == Some(&RuleLevel::Allow)
    }

    /// How bad the findings of `rule` are; `None` if it does not run.
    pub fn of(&self, rule: &Rule) -> Option<Severity> {
        let is_named = self.only.contains(rule.id);
        if !self.only.is_empty() && !is_named {
            return None;
        }
        match self.set.get(rule.id) {
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
        assert_eq!(levels.of(rule), Some(Severity::Warning));
        levels.set("tier-cascade", RuleLevel::Error).expect("a rule");
        assert_eq!(levels.of(rule), Some(Severity::Error));
        levels.set("tier-cascade", RuleLevel::Allow).expect("a rule");
        assert_eq!(levels.of(rule), None);
        levels.only("tier-cascade").expect("a rule");
        assert_eq!((levels.of(rule), levels.of(other)), (Some(Severity::Warning), None));
    }

    #[test]
    fn an_unknown_rule_is_an_error_with_the_nearest_one() {
        let error = Levels::new().set("tier-cascad", RuleLevel::Allow).expect_err("no rule");
        assert!(error.to_string().contains("did you mean `tier-cascade`?"));
    }
}

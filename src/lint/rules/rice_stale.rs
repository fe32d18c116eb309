//! `rice-stale`: an estimate that is too old.

use super::ideas::report_ideas;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};
use crate::rice::ProblemKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "rice-stale",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on an idea with an estimate that is older than `[rice] expires`, which is two quarters unless the configuration says otherwise.",
        why: "Users, plans and what is known of the work change. An old estimate ranks an idea among new ones as if nothing had.",
        bad: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    date: 2025-02-03\n    reach: 6\n    impact: 2\n    confidence: 80%\n    effort: 2\n",
        },
        good: Example {
            path: "data/rice.yml",
            text: "ideas:\n  map_of_boats:\n    title: Boats on a map\n    date: 2026-01-12\n    reach: 6\n    impact: 2\n    confidence: 80%\n    effort: 2\n",
        },
        source: "pmctl: handbooks write down estimates, and nobody looks at them again.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    report_ideas(context, ProblemKind::Stale, report);
}

//! `gate-softened`: a change that silences or softens findings where they are.

use crate::lint::{Example, Manual, Needs, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "gate-softened",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a comment `pmctl-ignore` and on the mark of a draft that a change adds, if it silences or softens a finding. It runs with `--changed-since` alone.",
        why: "Both count at once, which is what they are for. Those who approve the change see here what it asks them to overlook.",
        bad: Example {
            path: "direction/kites.md",
            text: "<!-- pmctl-ignore link-missing-file: later -->\n[plan](plan.md)\n",
        },
        good: Example { path: "direction/kites.md", text: "[plan](plans.md)\n" },
        source: "pmctl: what is silenced is silenced with a reason, and in the open.",
    },
    // It compares both sides of a change, after all rules.
    check: |_, _| {},
};

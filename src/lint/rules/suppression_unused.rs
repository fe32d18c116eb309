//! `suppression-unused`: a comment that silences nothing.

use crate::lint::{Example, Manual, Needs, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "suppression-unused",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a `pmctl-ignore` comment, or a rule that it names, where that rule ran and finds nothing to silence.",
        why: "What it excused was fixed or moved, so it would hide the next finding, which no one has seen.",
        bad: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  # pmctl-ignore unknown-field: the old website reads it until June\n  title: Saved searches\n",
        },
        good: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: Saved searches\n",
        },
        source: "pmctl: an excuse goes when what it excuses is gone.",
    },
    // Suppressions are read behind all rules.
    check: |_, _| {},
};

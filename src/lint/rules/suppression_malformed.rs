//! `suppression-malformed`: a comment that was meant to silence a finding, and does not.

use crate::lint::{Example, Manual, Needs, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "suppression-malformed",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a comment that begins with `pmctl-ignore` and gives no reason, names no rule, or names one that does not exist.",
        why: "Such a comment silences nothing. The reason tells the next reader when the comment can go; without it, it stays for ever.",
        bad: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: Saved searches\n  # pmctl-ignore unknown-field\n  legacy_code: 12\n",
        },
        good: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: Saved searches\n  # pmctl-ignore unknown-field: the old website reads it until June\n  legacy_code: 12\n",
        },
        source: "pmctl: a finding is silenced by name and with a reason, or not at all.",
    },
    // Suppressions are read behind all rules.
    check: |_, _| {},
};

//! `data-file-removed`: a change that removes a data file.

use crate::lint::{Example, Manual, Needs, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "data-file-removed",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a data file that was there before a change and is not any more, if `[paths]` does not say where it is now: removed from disk, from git's index or by a commit, moved, or left with nothing in it. It runs with `--changed-since` alone.",
        why: "A data file that is not there is not missed, and nothing that points into it is checked: to remove it, or to move it by mistake, switches off all of that.",
        bad: Example { path: "pmctl.toml", text: "profile = \"default\"\n" },
        good: Example {
            path: "pmctl.toml",
            text: "profile = \"default\"\n\n[paths]\ncategories = \"product/categories.yml\"\n",
        },
        source: "pmctl: a file of the profile that is not there is taken for one that the handbook does not use.",
    },
    // It compares both sides of a change, after all rules.
    check: |_, _| {},
};

//! `gate-weakened`: a change that has less checked.

use crate::lint::{Example, Manual, Needs, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "gate-weakened",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on what a change does to have less checked: a rule with a lower level, data files, pages or links that are not looked at any more, a baseline that grows, `pmctl-ignore-file`, a `.gitignore` that names pages which git tracks, a `.gitmodules` that names a folder which is not a repository, a page whose text moves to where pmctl does not read it (a hidden file or folder, another ending, a symbolic link, a submodule), another profile. It runs with `--changed-since` alone. No setting, comment or baseline silences it; `--allow gate-weakened` on the command line accepts the change.",
        why: "A merge request could switch off its own check. So the settings of before count for it, and a person decides whether the new ones are to hold from then on.",
        bad: Example { path: "pmctl.toml", text: "[lint.rules]\nlink-missing-file = \"allow\"\n" },
        good: Example {
            path: "direction/kites.md",
            text: "<!-- pmctl-ignore link-missing-file: the page comes with the next release -->\n[plan](plan.md)\n",
        },
        source: "pmctl: a gate holds for those whom it stops. GitHub and GitLab read CODEOWNERS from the branch that a change goes to for the same reason.",
    },
    // It compares both sides of a change, after all rules.
    check: |_, _| {},
};

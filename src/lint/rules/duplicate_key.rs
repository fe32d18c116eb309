//! `duplicate-key`: the second of two equal keys in a mapping.

use crate::handbook::ProblemKind;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "duplicate-key",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on the second of two equal keys in one map, in data files and in front matter.",
        why: "Some programs read the first, some the last, and some refuse the file; whoever edits the one that is not read wonders why nothing changes.",
        bad: Example {
            path: "data/categories.yml",
            text: "dashboards:\n  maturity: minimal\n  maturity: viable\n",
        },
        good: Example { path: "data/categories.yml", text: "dashboards:\n  maturity: viable\n" },
        source: "YAML 1.2.2, 3.2.1.3: the keys of a mapping are unique.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    super::report_problems(context, ProblemKind::DuplicateKey, report);
}

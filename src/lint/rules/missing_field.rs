//! `missing-field`: a required field absent or empty, at its owner's key.

use crate::handbook::ProblemKind;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-field",
    level: Some(Severity::Error),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a record without a field that its format requires, or with nothing in it. The place is the record's key.",
        why: "Pages that are made from the data show a gap, or fail.",
        bad: Example { path: "data/features.yml", text: "saved_searches:\n  title: \"\"\n" },
        good: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: Saved searches\n",
        },
        source: "GitLab: the description of the data files in the handbook; Sourcegraph: `required` in `schema/*.schema.json`.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    super::report_problems(context, ProblemKind::MissingField, report);
}

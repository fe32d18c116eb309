//! `unknown-field`: a key that the file's format does not know.

use crate::handbook::ProblemKind;
use crate::lint::{Context, Example, Manual, Needs, Report, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-field",
    level: Some(Severity::Warning),
    needs: Needs::NOTHING,
    manual: Manual {
        what: "Fires on a key that the file's format does not know. Where a record has a column per tool, as in GitLab's features.yml, a key is only reported when it is a letter away from a field (two in a long word) that could hold its value, and that the record lacks where the value may as well be a tool's.",
        why: "A misspelt field is read by nothing, and nobody is told.",
        bad: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: Saved searches\n  documentaton_link: https://docs.example.com/saved\n",
        },
        good: Example {
            path: "data/features.yml",
            text: "saved_searches:\n  title: Saved searches\n  documentation_link: https://docs.example.com/saved\n",
        },
        source: "The tables of fields in the handbooks.",
    },
    check,
};

fn check(context: Context<'_>, report: &mut Report) {
    super::report_problems(context, ProblemKind::UnknownField, report);
}
